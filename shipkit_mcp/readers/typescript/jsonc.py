"""JSON with comments and trailing commas, as ``tsconfig.json`` is written, to Python values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"?|//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)')
_COMMA = re.compile(r'"(?:[^"\\\n]|\\.)*"?|,(?=\s*[}\]])')


def read_jsonc(text: str) -> Mapping[str, Any]:
    """The object that a text holds; an empty one where it holds none."""
    value = _loaded(text)
    if value is None:
        value = _loaded(_COMMA.sub(_kept, _COMMENT.sub(_kept, text)))
    return value if isinstance(value, dict) else {}


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _kept(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith('"') else " "
