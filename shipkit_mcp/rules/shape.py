"""Questions about one table of the schema that many checks ask."""

from __future__ import annotations

import re
from collections.abc import Iterable

import inflection

from shipkit_mcp.facts import Column, Evidence, ForeignKey, Table

_QUOTED = re.compile(r"'([^']+)'")
_NAME = re.compile(r'["`]?(\w+)')

FAMILIES: tuple[tuple[str, str], ...] = (
    (r"text|varchar|char|citext|clob|string", "text"),
    (r"uuid", "uuid"),
    (r"int|serial", "integer"),
    (r"numeric|decimal|real|double|float", "decimal"),
    (r"timestamp|datetime", "timestamp"),
    (r"date", "date"),
    (r"bool", "boolean"),
    (r"json", "json"),
)
"""What the name of a type tells of it; first match wins."""


def folded(name: str) -> str:
    """A column's name for comparison: projects with camelCase databases keep the same rules."""
    return inflection.underscore(name) if not name.islower() else name


def find(table: Table, names: Iterable[str]) -> Column | None:
    """The first of these names that the table has."""
    columns = {folded(one.name): one for one in reversed(table.columns)}
    return next((columns[name] for name in names if name in columns), None)


def line_of(table: Table, column: Column | None = None) -> Evidence:
    """Where a table, or one of its columns, stands."""
    return Evidence(path=table.path, line=max(1, (column.line if column else 0) or table.line))


def family(column: Column) -> str | None:
    """The kind of value a column holds; None for a type of the project's own."""
    if column.enum or column.enum_values:
        return "text"
    kind = column.type.lower()
    return next((name for words, name in FAMILIES if re.match(rf"(?:\w+\.)?\w*(?:{words})", kind)), None)


def values_of(table: Table, column: Column) -> tuple[str, ...]:
    """The values a column may take, from its enum or from a check constraint."""
    if column.enum_values:
        return column.enum_values
    for check in table.checks:
        if re.search(rf"\b{re.escape(column.name)}\b", check.expression):
            return tuple(_QUOTED.findall(check.expression))
    return ()


def indexed(table: Table, column: str, *, second: bool = False) -> bool:
    """Whether an index, key or unique constraint starts with the column.

    ``second`` also accepts the second place, as in (owner, created_at): the mission's lists are one owner's.
    """
    places = 2 if second else 1
    found = [tuple(_bare(one) for one in index.columns)[:places] for index in table.indexes]
    found += [unique.columns[:places] for unique in table.unique]
    found.append(table.primary_key[:places])
    own = table.column(column)
    partial = second and any(re.search(rf"\b{column}\b", one.where or "") for one in table.indexes)
    return partial or any(column in one for one in found) or bool(own and (own.unique or own.primary_key))


def unique_alone(table: Table, column: str) -> bool:
    """Whether no two rows may share the column's value."""
    own = table.column(column)
    if own and (own.unique or own.primary_key):
        return True
    lists = [one.columns for one in table.unique]
    lists += [one.columns for one in table.indexes if one.unique and not one.where]
    return (column,) in [*lists, table.primary_key]


def foreign_key(table: Table, column: str) -> ForeignKey | None:
    """The foreign key of one column."""
    return next((one for one in table.foreign_keys if one.columns == (column,)), None)


def _bare(column: str) -> str:
    match = _NAME.match(column)
    return match[1] if match else column
