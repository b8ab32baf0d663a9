"""Columns to one line each, in the mission's notation (``user_id: uuid (FK → users.id, cascade delete)``)."""

from __future__ import annotations

from shipkit_mcp.facts import Column, ForeignKey, Table, UnknownDefault
from shipkit_mcp.findings import ColumnMapping, ColumnState, Origin, TableMapping, TableState

USUAL_DEFAULTS = ("gen_random_uuid()", "now()")
"""Go without saying in a line; the full reply has them."""


def column_line(column: Column, table: Table) -> str:
    """A column as it stands in the schema; keys of the table that concern it alone stand in its notes."""
    key = next((one for one in table.foreign_keys if one.columns == (column.name,)), None)
    notes = [
        "PK" if column.primary_key or table.primary_key == (column.name,) else "",
        _foreign(key) if key else "",
        "UNIQUE" if column.unique or _unique_alone(column, table) else "",
        f"values: {', '.join(column.enum_values)}" if column.enum_values else "",
        _default(column),
        "generated" if column.generated else "",
        "identity" if column.identity else "",
    ]
    return _line(column.name, column.type, column.not_null, notes)


def mapped_line(column: ColumnMapping, usual: ColumnState | None = None) -> str:
    """A wanted column: its type and keys, where it comes from and how it stands."""
    notes = [
        "PK" if column.primary_key else "",
        _reference(column.references, column.on_delete) if column.references else "",
        "UNIQUE" if column.unique else "",
        f"values: {', '.join(column.values)}" if column.values else "",
    ]
    line = _line(column.name, column.type, bool(column.not_null), notes)
    marks = [one for one in (_cause(column), "" if column.state is usual else _standing(column)) if one]
    return f"{line} [{', '.join(marks)}]" if marks else line


def mapped_table_lines(table: TableMapping) -> list[str]:
    """A wanted table: its columns, then the unique keys and indexes it wants.

    What is usual goes without saying: a documented column, present in a table that is there, missing in one to create.
    """
    usual = ColumnState.MISSING if table.state is TableState.CREATE else ColumnState.PRESENT
    lines = [mapped_line(one, usual) for one in table.columns]
    lines += [f"unique: {', '.join(one)}" for one in table.unique]
    together = "; ".join(", ".join(one) for one in table.indexes)
    return [*lines, f"index: {together}"] if together else lines


def table_lines(table: Table) -> list[str]:
    """A table of the schema: its columns, then its keys, indexes and checks, then what was not understood."""
    lines = [column_line(one, table) for one in table.columns]
    if len(table.primary_key) > 1:
        lines.append(f"primary key: {', '.join(table.primary_key)}")
    lines += [
        f"foreign key: {', '.join(one.columns)} ({_foreign(one)})"
        for one in table.foreign_keys
        if len(one.columns) > 1
    ]
    lines += [f"unique: {', '.join(one.columns)}" for one in table.unique if len(one.columns) > 1]
    lines += [
        f"{'unique index' if one.unique else 'index'}: {', '.join(one.columns)}" for one in table.indexes
    ]
    lines += [f"check {one.name}: {one.expression}" for one in table.checks]
    if table.rls or table.policies:
        lines.append(f"row level security: {', '.join(table.policies) or 'on'}")
    return lines + [f"not understood (line {one.line}): {one.why}" for one in table.unread]


def _line(name: str, kind: str, not_null: bool, notes: list[str]) -> str:  # noqa: FBT001 - a fact of the column
    said = ", ".join(one for one in notes if one)
    primary = "PK" in notes
    return f"{name}: {kind}{'' if not not_null or primary else ' NOT NULL'}{f' ({said})' if said else ''}"


def _cause(column: ColumnMapping) -> str:
    """Why it is asked for, where it is not simply documented."""
    return "" if column.origin is Origin.DOCUMENTED else str(column.origin)


def _standing(column: ColumnMapping) -> str:
    if column.state is ColumnState.NEAR and column.existing:
        return f"near {column.existing}"
    return (
        f"{column.state}: {column.why}"
        if column.state is ColumnState.CONFLICT and column.why
        else str(column.state)
    )


def _foreign(key: ForeignKey) -> str:
    target = ", ".join(f"{key.table}.{one}" for one in key.foreign_columns)
    return _reference(target, key.on_delete)


def _reference(target: str, on_delete: str | None) -> str:
    return f"FK → {target}{f', {on_delete} delete' if on_delete and on_delete != 'no action' else ''}"


def _unique_alone(column: Column, table: Table) -> bool:
    alone = (column.name,)
    return any(one.columns == alone for one in table.unique)


def _default(column: Column) -> str:
    if column.default is None or column.default in USUAL_DEFAULTS:
        return ""
    text = column.default.unknown if isinstance(column.default, UnknownDefault) else column.default
    return f"default {text}"
