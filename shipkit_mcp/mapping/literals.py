"""SQL text of defaults: what of it may be written into a migration, and as what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

_STRING = re.compile(r"'(?:[^']|'')*'")
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?")
_CAST = re.compile(r"(?P<text>'(?:[^']|'')*')::(?P<type>jsonb?)")
_PART = re.compile(
    r"""\s*(?:
        (?P<operand>'(?:[^']|'')*'|\d+(?:\.\d+)?)
      | (?P<call>(?:[a-z_][a-z0-9_]*\.)?[A-Za-z_][A-Za-z0-9_]*\s*\()
      | (?P<cast>(?:::|[Aa][Ss]\s)\s*[A-Za-z_][A-Za-z0-9_]*(?:\[\])*)
      | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<operator>\|\||[-+*/%])
      | (?P<open>\()
      | (?P<close>\))
      | (?P<comma>,)
    )\s*""",
    re.ASCII | re.VERBOSE,
)
WORDS = frozenset(
    (
        "null",
        "true",
        "false",
        "current_timestamp",
        "current_date",
        "current_time",
        "localtimestamp",
        "localtime",
    )
)
"""Words that are values by themselves."""
TYPED = frozenset(("interval", "date", "time", "timestamp", "timestamptz"))
"""Words that a literal may stand behind."""
_OPENS: Mapping[str, str] = {
    "operand": "value",
    "call": "called",
    "word": "value",
    "open": "wanted",
    "operator": "wanted",
}
_FOLLOWS: Mapping[str, str] = {"cast": "value", "operator": "wanted", "comma": "wanted", "close": "value"}
"""What each part leaves the reader waiting for, where a value may begin and where one just ended."""
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
    """Whether this is one expression of calls, literals and operators, with no way out of it."""
    if len(text) > MAX or "--" in _STRING.sub("''", text) or "\0" in text:
        return False
    at, depth, waits = 0, 0, "wanted"
    while at < len(text):
        found = _PART.match(text, at)
        kind = found.lastgroup if found else None
        if found is None or kind is None:
            return False
        depth += {"open": 1, "call": 1, "close": -1}.get(kind, 0)
        waits = _after(kind, found.group().strip(), waits)
        if not waits or depth < 0 or (kind == "comma" and depth == 0):
            return False
        at = found.end()
    return depth == 0 and waits == "value"


def _after(kind: str, text: str, waits: str) -> str:
    """What is waited for behind a part; nothing where it cannot stand there."""
    if kind == "word" and text.lower() in TYPED:
        return "wanted" if waits != "value" else ""
    if kind == "word" and text.lower() not in WORDS:
        return ""
    if waits == "called" and kind == "close":
        return "value"
    if kind == "operator" and waits != "value" and text not in "+-":
        return ""
    return (_FOLLOWS if waits == "value" else _OPENS).get(kind, "")


def unquoted(text: str) -> str:
    """``'it''s'`` as ``it's``."""
    return text[1:-1].replace("''", "'")


def quoted(text: str) -> str:
    """A string literal of SQL."""
    return "'" + text.replace("'", "''") + "'"
