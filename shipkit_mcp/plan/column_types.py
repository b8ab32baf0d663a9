"""A type as an assistant writes it -> the type of the project's dialect, or None where there is none."""

from __future__ import annotations

from shipkit_mcp.facts import DeclaredColumn
from shipkit_mcp.mapping.types import read_type, type_by_name
from shipkit_mcp.patterns.types import ENUM


def column_type(column: DeclaredColumn, dialect: str) -> str | None:
    """Read off the values, the type, its comment or the name; None where what is written is no type."""
    if column.values:
        return ENUM.named(dialect)
    reading = read_type(column.type, column.type_comment)
    if reading is None:
        return type_by_name(column.name).named(dialect)
    if reading.loose and not reading.word:
        return None
    return reading.named(dialect)


def family(type_: str) -> str:
    """The family of a dialect's type, such as ``text`` for ``varchar(255)``; itself where unknown."""
    reading = read_type(type_)
    return reading.kind.family if reading and not reading.loose else type_
