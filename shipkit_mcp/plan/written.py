"""Declared tables -> text in the mission's notation, as the notation reader reads it back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from shipkit_mcp.facts import DeclaredColumn, DeclaredTable

_PURPOSE = re.compile(r"[\s{}]+")


def write_tables(tables: Iterable[DeclaredTable]) -> str:
    """One block a table, one statement a line; the same tables give the same text."""
    return "\n\n".join("\n".join(_table(one)) for one in tables)


def _table(table: DeclaredTable) -> Iterator[str]:
    """In braces where a column is only named: outside of them its line would begin a table."""
    purpose = _PURPOSE.sub(" ", table.purpose or "").strip()[:280]
    heading = f"{table.name} - {purpose}" if purpose else table.name
    if any(not one.dropped and _column(one) == f"{one.name}: " for one in table.columns):
        yield f"{heading} {{"
        yield from (f"  {line.removesuffix(': ')}" for line in _lines(table, dropped="drop "))
        yield "}"
    else:
        yield heading
        yield from _lines(table, dropped="- ")


def _lines(table: DeclaredTable, dropped: str) -> Iterator[str]:
    yield from (f"{dropped}{one.name}" if one.dropped else _column(one) for one in table.columns)
    if len(table.primary_key) > 1:
        yield f"primary key: {', '.join(table.primary_key)}"
    yield from (f"unique: {', '.join(columns)}" for columns in table.unique)
    yield from (f"index: {', '.join(columns)}" for columns in table.indexes)


def _column(column: DeclaredColumn) -> str:
    name = f"{column.renamed_from} -> {column.name}" if column.renamed_from else column.name
    remarks = ", ".join(_remarks(column))
    said = f"{_type(column) or ''}{f' ({remarks})' if remarks else ''}".strip()
    return f"{name}: {said}" if said or not column.renamed_from else name


def _type(column: DeclaredColumn) -> str | None:
    if column.values:
        return " | ".join(f'"{value}"' for value in column.values)
    return column.type_comment or column.type


def _remarks(column: DeclaredColumn) -> Iterator[str]:
    if column.primary_key:
        yield "PK"
    if column.references:
        yield f"FK → {column.references}"
        if column.on_delete:
            yield f"on delete {column.on_delete}"
    if column.unique:
        yield "UNIQUE"
    if column.not_null is False:
        yield "nullable"
    elif column.not_null and not column.primary_key:
        yield "NOT NULL"
    if column.default is not None:
        yield f"default {column.default}"
