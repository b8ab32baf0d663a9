"""Tables that an assistant declares -> the same tables as wanted, column by column."""

from __future__ import annotations

from shipkit_mcp.facts import DeclaredColumn, DeclaredTable, Role
from shipkit_mcp.findings import ColumnMapping, ColumnState, Group, Origin, TableMapping, TableState
from shipkit_mcp.mapping.names import to_snake
from shipkit_mcp.patterns.owners import OWNER_NAMES
from shipkit_mcp.patterns.types import TEXT
from shipkit_mcp.plan.column_types import column_type
from shipkit_mcp.plan.columns import STAMPS


def wanted_table(declared: DeclaredTable, dialect: str) -> TableMapping:
    """A new table of the app's own, as the assistant declares it."""
    columns = tuple(wanted_column(one, dialect) for one in declared.columns if not one.dropped)
    return TableMapping(
        table=declared.name,
        doc_name=declared.doc_name,
        role=declared.role or Role.DOMAIN,
        state=TableState.CREATE,
        purpose=declared.purpose,
        columns=_keyed(columns, declared.primary_key),
        indexes=declared.indexes,
        unique=declared.unique,
        evidence=(declared.evidence,),
    )


def wanted_column(column: DeclaredColumn, dialect: str) -> ColumnMapping:
    """One column, with the assistant as its origin."""
    return ColumnMapping(
        name=column.name,
        doc_name=column.doc_name,
        type=column_type(column, dialect) or TEXT.named(dialect),
        not_null=_not_null(column),
        references=column.references,
        on_delete=column.on_delete,
        values=column.values,
        unique=column.unique,
        primary_key=column.primary_key,
        default=column.default,
        group=column_group(column.name, key=column.primary_key or bool(column.references)),
        origin=Origin.ASSISTANT,
        state=ColumnState.MISSING,
        note=column.note,
        evidence=(column.evidence,),
    )


def column_group(name: str, *, key: bool) -> Group:
    """The mission's group of a column that no document explains."""
    if to_snake(name) in OWNER_NAMES:
        return Group.OWNER
    if key:
        return Group.KEY
    return Group.TIMESTAMPS if to_snake(name).endswith("_at") else Group.INPUT


def _keyed(columns: tuple[ColumnMapping, ...], key: tuple[str, ...]) -> tuple[ColumnMapping, ...]:
    """A key of one column that the table names is that column's own."""
    if len(key) != 1:
        return columns
    return tuple(
        one.model_copy(update={"primary_key": True}) if one.name == key[0] else one for one in columns
    )


def _not_null(column: DeclaredColumn) -> bool | None:
    return True if to_snake(column.name) in STAMPS and column.not_null is None else column.not_null
