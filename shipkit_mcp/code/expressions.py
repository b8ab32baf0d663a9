"""SQL text of defaults: what of it may be written into a migration, and as what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_STRING = re.compile(r"'(?:[^']|'')*'")
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?")
_CAST = re.compile(r"(?P<text>'(?:[^']|'')*')::(?P<type>jsonb?)")
_PART = re.compile(
    r"""\s+|'(?:[^']|'')*'|\d+(?:\.\d+)?|[A-Za-z_][A-Za-z0-9_]*|::|\|\||[-+*/%(),.\[\]<>=]""", re.ASCII
)
_REFUSED = re.compile(r"--|/\*|\*/")
MAX = 500
"""Characters of a default that we are ready to repeat."""

Kind = Literal["text", "number", "boolean", "json", "expression"]


@dataclass(frozen=True, slots=True)
class Default:
    """A default taken apart."""

    kind: Kind
    sql: str
    value: str = ""
    """The text of a string or JSON literal, without quotes."""


def read_default(text: str) -> Default | None:
    """A default as SQL; None where it is not one plain expression, and so must not be repeated."""
    text = text.strip()
    if _STRING.fullmatch(text) and "\0" not in text:
        return Default("text", text, unquoted(text))
    inner = text[1:-1].strip() if text.startswith("(") and text.endswith(")") else ""
    if inner and _STRING.fullmatch(inner):
        return Default("text", text, unquoted(inner))
    if _NUMBER.fullmatch(text):
        return Default("number", text)
    if text.lower() in ("true", "false"):
        return Default("boolean", text.lower())
    cast = _CAST.fullmatch(text)
    if cast:
        return Default("json", text, unquoted(cast["text"]))
    return Default("expression", text) if text and is_expression(text) else None


def is_expression(text: str) -> bool:
    """Whether this is one expression of names, literals and operators, with no way out of it."""
    if len(text) > MAX:
        return False
    at, depth, bare = 0, 0, _STRING.sub("''", text)
    if _REFUSED.search(bare):
        return False
    while at < len(text):
        found = _PART.match(text, at)
        if found is None:
            return False
        depth += {"(": 1, ")": -1}.get(found.group(), 0)
        if depth < 0 or (found.group() == "," and depth == 0):
            return False
        at = found.end()
    return depth == 0


def unquoted(text: str) -> str:
    """``'it''s'`` as ``it's``."""
    return text[1:-1].replace("''", "'")


def quoted(text: str) -> str:
    """A string literal of SQL."""
    return "'" + text.replace("'", "''") + "'"
