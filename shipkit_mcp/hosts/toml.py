"""One table put into, or taken out of, a TOML text; every other line stays."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any


def put(text: str, path: tuple[str, ...], value: Mapping[str, Any]) -> str:
    """The text with the table ``[a.b]`` set to ``value``. Raises ValueError where the text is not TOML."""
    tomllib.loads(text)
    rest = take(text, path)
    lines = [
        f"[{'.'.join(path)}]",
        *(f"{key} = {json.dumps(one, ensure_ascii=False)}" for key, one in value.items()),
    ]
    made = rest.rstrip("\n") + ("\n\n" if rest.strip() else "") + "\n".join(lines) + "\n"
    tomllib.loads(made)
    return made


def take(text: str, path: tuple[str, ...]) -> str:
    """The text without the table and its sub-tables. Raises ValueError where the text is not TOML."""
    tomllib.loads(text)
    name = re.escape(".".join(path))
    header = re.compile(rf"[ \t]*\[{name}(?:\.[^\]]*)?\][ \t]*(?:#.*)?$")
    kept: list[str] = []
    gone = False
    for line in text.split("\n"):
        if line.lstrip().startswith("["):
            gone = bool(header.match(line))
        if not gone:
            kept.append(line)
    made = "\n".join(kept)
    return made if made.endswith("\n") or not made else made + "\n"
