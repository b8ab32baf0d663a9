"""Cuts what stands behind a column's colon into its type, its values, and the remarks after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shipkit_mcp.readers.notation_text import closing, outer_split, unquoted
from shipkit_mcp.readers.notation_words import TYPE_PHRASES

_WORD = re.compile(r"[^\W\d][\w.]*")
_SUFFIX = re.compile(r"\s?\[\s*\d*\s*\]")
_ARGUMENTS = re.compile(r"\s*\(\s*\d+\s*(?:,\s*\d+\s*)?\)")
_VALUE = re.compile(r"[\"'`]?([A-Za-z0-9][\w./+-]*(?: [\w./+-]+){0,3})[\"'`]?")
_NULLS = frozenset({"null", "undefined"})
_ENUMS = frozenset({"enum", "pgenum", "enumeration", "enumeracion", "enumerazione", "enumere"})


@dataclass(frozen=True, slots=True)
class TypeText:
    """A type as written, without its null alternative."""

    type: str | None
    values: tuple[str, ...] | None
    null: bool
    rest: str
    """What follows the type."""


def read_type(text: str) -> TypeText:
    """The type at the start of ``text``."""
    alternatives: list[str] = []
    at = 0
    while at < len(text):
        end = _alternative(text, at)
        if end <= at:
            break
        if alternative := text[at:end].strip(" |"):
            alternatives.append(alternative)
        bar = end + len(text[end:]) - len(text[end:].lstrip())
        at = end
        if text[bar : bar + 1] != "|":
            break
        at = bar + 1
    return _type_text(alternatives, text[at:].strip())


def _alternative(text: str, at: int) -> int:
    """The end of one alternative of a union."""
    at += len(text[at:]) - len(text[at:].lstrip(" |"))
    if at >= len(text):
        return at
    if text[at] in "\"'`":
        end = text.find(text[at], at + 1)
        return end + 1 if end > 0 else at
    if text[at] == "{" or (
        text[at] == "(" and "|" in text[at : closing(text, at)] and _array_behind(text, at)
    ):
        return _suffix(text, closing(text, at))
    phrase = TYPE_PHRASES.match(text, at) or _WORD.match(text, at)
    return _suffix(text, _arguments(text, phrase.end(), phrase[0])) if phrase else at


def _array_behind(text: str, at: int) -> bool:
    return text[closing(text, at) :].startswith("[")


def _arguments(text: str, at: int, word: str) -> int:
    if text[at : at + 1] == "<":
        return closing(text, at)
    found = _ARGUMENTS.match(text, at)
    return found.end() if found and word.lower() not in _ENUMS else at


def _suffix(text: str, at: int) -> int:
    while found := _SUFFIX.match(text, at):
        at = found.end()
    return at


def _type_text(alternatives: list[str], rest: str) -> TypeText:
    kept = [one for one in alternatives if one.lower() not in _NULLS]
    null = len(kept) < len(alternatives)
    if not kept:
        return TypeText(None, None, null, rest)
    values = tuple(unquoted(one) for one in kept) if all(one[:1] in "\"'`" for one in kept) else None
    if values is None and len(kept) == 1 and kept[0].lower() in _ENUMS:
        values, rest = _enum_list(rest)
    elif values is None and len(kept) == 1 and rest.startswith("("):
        values, rest = _quoted_list(rest)
    return TypeText(" | ".join(kept), values, null, rest)


def _enum_list(rest: str) -> tuple[tuple[str, ...] | None, str]:
    """The values behind ``enum``: in brackets, or after a colon."""
    if rest[:1] in {"(", "[", "{", "<"}:
        end = closing(rest, 0)
        values = read_values(rest[1 : end - 1])
        return (values, rest[end:].strip()) if values else (None, rest)
    if rest[:1] in {":", "="} or "|" in rest:
        values = read_values(rest.lstrip(":= "))
        return (values, "") if values else (None, rest)
    return None, rest


def _quoted_list(rest: str) -> tuple[tuple[str, ...] | None, str]:
    """``text ('a', 'b')``, ``text (a | b | c)`` and ``text ({ enum: ["a", "b"] })``."""
    end = closing(rest, 0)
    inner = rest[1 : end - 1]
    listed = inner.rpartition("enum:")[2].strip(" {}[]") if "enum:" in inner else inner
    parts = outer_split(listed, ",|/")
    quoted = len(parts) > 1 and all(part[0] in "\"'`" for part in parts)
    if quoted or ("|" in inner and "enum" not in inner):
        values = read_values(listed)
        return (values, rest[end:].strip()) if values else (None, rest)
    return None, rest


def read_values(text: str) -> tuple[str, ...] | None:
    """The members of a list such as ``a, b``, ``"a" | "b"`` or ``a/b/c``; None where it is not one."""
    separators = "|" if "|" in text else "," if "," in text else "/"
    parts = outer_split(text.strip().strip("[]{}"), separators)
    found = [_VALUE.fullmatch(part) for part in parts]
    if len(parts) < 2 or not all(found):
        return None
    values = tuple(one[1] for one in found if one)
    return tuple(value for value in values if value.lower() not in _NULLS)
