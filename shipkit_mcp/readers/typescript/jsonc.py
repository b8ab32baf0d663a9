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
    bare = _COMMENT.sub(_kept, text)
    try:
        value = json.loads(_COMMA.sub(_kept, bare))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _kept(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith('"') else " "
