"""Columns to one line each, in the mission's notation (``user_id: uuid (FK → users.id, cascade delete)``).

It is the notation that the tables of an amendment are given in: `| null` marks what may be null, the rest is not null.
"""

from __future__ import annotations

import re

from shipkit_mcp.facts import Column, ForeignKey, Index, Table, UnknownDefault
from shipkit_mcp.findings import ColumnMapping, ColumnState, Origin, TableMapping, TableState

USUAL_DEFAULTS = ("gen_random_uuid()", "now()", "CURRENT_TIMESTAMP")
"""Go without saying in a line; the full reply has them."""
USUAL_METHOD = "btree"
"""Of an index."""
WITH_TIME_ZONE = re.compile(r"\b(time(?:stamp)?) ?(\(\d\))? with time zone")
"""PostgreSQL's own short names, which documents use too: `timestamptz`, `timetz`."""


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
    nullable = not column.not_null and column.name not in table.primary_key
    return _line(column.name, column.type, notes, nullable=nullable)


def mapped_line(
    column: ColumnMapping, state: ColumnState | None = None, origin: Origin = Origin.DOCUMENTED
) -> str:
    """A wanted column: its type and keys, where it comes from and how it stands.

    ``state`` and ``origin`` are what is usual in its table and goes without saying.
    """
    notes = [
        "PK" if column.primary_key else "",
        _reference(column.references, column.on_delete) if column.references else "",
        "UNIQUE" if column.unique else "",
        f"values: {', '.join(column.values)}" if column.values else "",
    ]
    line = _line(column.name, column.type, notes, nullable=column.not_null is False)
    cause = "" if column.origin is origin else str(column.origin)
    standing = "" if column.state is state else _standing(column)
    marks = ", ".join(one for one in (cause, standing) if one)
    return f"{line} [{marks}]" if marks else line


def usual_origin(table: TableMapping) -> Origin:
    """Why columns of this table are asked for where a line does not say: documented, or what all of them are."""
    origins = {one.origin for one in table.columns}
    return origins.pop() if len(origins) == 1 else Origin.DOCUMENTED


def mapped_table_lines(table: TableMapping) -> list[str]:
    """A wanted table: its columns, then the unique keys and indexes it wants.

    What is usual goes without saying: a documented column, present in a table that is there, missing in one to create.
    """
    state = ColumnState.MISSING if table.state is TableState.CREATE else ColumnState.PRESENT
    origin = usual_origin(table)
    said_already = {(one.name,) for one in table.columns if one.unique}
    lines = [mapped_line(one, state, origin) for one in table.columns]
    lines += [f"unique: {', '.join(one)}" for one in table.unique if one not in said_already]
    together = "; ".join(", ".join(one) for one in table.indexes)
    return [*lines, *([f"index: {together}"] if together else []), *_nullability(table)]


def _nullability(table: TableMapping) -> list[str]:
    """Which columns no document calls nullable or not; an unmarked one is not null."""
    told = [one for one in table.columns if not one.primary_key]
    unknown = [one.name for one in told if one.not_null is None]
    if not unknown:
        return []
    which = "" if len(unknown) == len(told) else f": {', '.join(unknown)}"
    return [f"nullable or not is not stated{which}"]


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
    for kind, unique in (("unique index", True), ("index", False)):
        together = "; ".join(_index(one) for one in table.indexes if one.unique is unique)
        lines += [f"{kind}: {together}"] if together else []
    lines += [f"check {one.name}: {one.expression}" for one in table.checks]
    if table.rls or table.policies:
        lines.append(f"row level security: {', '.join(table.policies) or 'on'}")
    return lines + [f"not understood (line {one.line}): {one.why}" for one in table.unread]


def _line(name: str, kind: str, notes: list[str], *, nullable: bool) -> str:
    said = ", ".join(one for one in notes if one)
    kind = WITH_TIME_ZONE.sub(r"\1tz\2", kind)
    return f"{name}: {kind}{' | null' if nullable else ''}{f' ({said})' if said else ''}"


def _index(one: Index) -> str:
    method = f" using {one.method}" if one.method and one.method != USUAL_METHOD else ""
    return f"{', '.join(one.columns)}{method}{f' where {one.where}' if one.where else ''}"


def _standing(column: ColumnMapping) -> str:
    if column.state is ColumnState.NEAR and column.existing:
        return f"near: {column.why}" if column.existing == column.name else f"near {column.existing}"
    if column.state is ColumnState.CONFLICT and column.why:
        return f"{column.state}: {column.why}"
    return str(column.state)


def _foreign(key: ForeignKey) -> str:
    target = ", ".join(f"{key.table}.{one}" for one in key.foreign_columns)
    return _reference(target, key.on_delete)


def _reference(target: str, on_delete: str | None) -> str:
    action = {None: "", "no action": "", "cascade": ", cascade delete"}.get(
        on_delete, f", on delete {on_delete}"
    )
    return f"FK → {target}{action}"


def _unique_alone(column: Column, table: Table) -> bool:
    alone = (column.name,)
    return any(one.columns == alone for one in table.unique)


def _default(column: Column) -> str:
    if column.default is None or column.default in USUAL_DEFAULTS:
        return ""
    text = column.default.unknown if isinstance(column.default, UnknownDefault) else column.default
    return f"default {text}"
