"""A column with its default -> whether a database would take the two together."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from shipkit_mcp.facts import Column
from shipkit_mcp.mapping.literals import Default, read_default

_LIST = re.compile(r"(?:\[\d*\])+$")
_WHOLE = ("integer", "smallint", "bigint", "int", "tinyint", "mediumint", "serial")
_NUMBERS = (*_WHOLE, "numeric", "decimal", "real", "double", "float")
_MOMENTS = ("timestamp", "datetime", "date", "time")
_TEXTS = ("text", "varchar", "char", "tinytext", "mediumtext", "longtext")
_CALLS: Mapping[str, tuple[str, ...]] = {
    "now()": (*_MOMENTS, *_TEXTS),
    "(now())": _MOMENTS,
    "current_timestamp": (*_MOMENTS, *_TEXTS),
    "current_date": (*_MOMENTS, *_TEXTS),
    "(unixepoch())": _NUMBERS,
    "gen_random_uuid()": ("uuid", *_TEXTS),
}
"""Calls to the types that can hold what they give."""


def fits(column: Column, dialect: str) -> bool:
    """Whether a column can have its default; what cannot be told is taken to fit."""
    if not isinstance(column.default, str):
        return True
    read = read_default(column.default)
    if read is None:
        return False
    if column.array:
        called = read.kind == "expression" and read.sql.lower() not in _CALLS
        return called or read.value.startswith("{")
    if column.enum:
        return read.kind == "text" and read.value in (column.enum_values or ())
    return _FITS[read.kind](read, _LIST.sub("", column.type), dialect)


def _text(read: Default, type_: str, dialect: str) -> bool:
    if type_.startswith((*_TEXTS, "enum")) or dialect == "sqlite":
        return True
    if type_.startswith(("json", "jsonb")):
        return read.value[:1] in ("{", "[", '"')
    return not type_.startswith((*_NUMBERS, *_MOMENTS, "boolean", "uuid")) or any(
        map(str.isdigit, read.value)
    )


def _number(_read: Default, type_: str, dialect: str) -> bool:
    return type_.startswith(_NUMBERS) or dialect == "sqlite" or (dialect == "mysql" and type_ == "boolean")


def _boolean(_read: Default, type_: str, dialect: str) -> bool:
    return type_ == "boolean" or (dialect == "sqlite" and type_ in ("integer", "numeric"))


def _json(_read: Default, type_: str, _dialect: str) -> bool:
    return type_.startswith("json")


def _expression(read: Default, type_: str, _dialect: str) -> bool:
    types = _CALLS.get(read.sql.lower())
    return types is None or type_.startswith(types)


_FITS: Mapping[str, Callable[[Default, str, str], bool]] = {
    "text": _text,
    "number": _number,
    "boolean": _boolean,
    "json": _json,
    "expression": _expression,
}
