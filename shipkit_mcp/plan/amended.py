"""A table and what an assistant says of it -> the amended table, column by column."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from shipkit_mcp.facts import Column, DeclaredColumn, DeclaredTable, Index, Role, Table
from shipkit_mcp.mapping.expressions import names_any
from shipkit_mcp.plan.column_types import family
from shipkit_mcp.plan.columns import as_value, make_column, quoted
from shipkit_mcp.plan.declared import wanted_column
from shipkit_mcp.plan.outlived import keeps_default
from shipkit_mcp.plan.renamed import renamed_column
from shipkit_mcp.plan.style import Style
from shipkit_mcp.plan.tables import with_indexes, with_unique


def amended_table(table: Table, declared: DeclaredTable, role: Role, style: Style) -> Table:
    """Columns dropped, renamed, added and changed, in that order; then keys and indexes."""
    for column in declared.columns:
        if column.dropped:
            table = without_column(table, column.name)
        elif column.renamed_from and table.column(column.renamed_from):
            table = renamed_column(table, column.renamed_from, column.name, style)
    for column in declared.columns:
        if not column.dropped:
            table = _with_column(table, column, role, style)
    table = with_unique(table, (*declared.unique, *((c.name,) for c in declared.columns if c.unique)))
    return with_indexes(table, declared.indexes, style)


def _with_column(table: Table, declared: DeclaredColumn, role: Role, style: Style) -> Table:
    made = make_column(wanted_column(declared, style.dialect), role, style)
    old = table.column(declared.name)
    if old is None:
        return table.model_copy(update={"columns": (*table.columns, made)})
    changed = old.model_copy(update=_said(old, declared, made))
    columns = tuple(changed if one.name == old.name else one for one in table.columns)
    return table.model_copy(update={"columns": columns})


def _said(old: Column, declared: DeclaredColumn, made: Column) -> dict[str, Any]:
    """Only what the assistant wrote; the rest of an existing column stays."""
    said: dict[str, Any] = {}
    if (declared.type or declared.type_comment) and not _holds(old, declared, made):
        counts = old.auto_increment and family(made.type) == "integer"
        said |= {"type": made.type, "array": made.array, "enum": None, "enum_values": None}
        said |= {"auto_increment": counts}
    if old.enum and old.enum_values and (declared.values or ())[: len(old.enum_values)] == old.enum_values:
        said |= {"enum_values": declared.values}
    elif declared.values is not None and declared.values != old.enum_values:
        said |= {"type": _listing(old, made), "enum": None, "enum_values": declared.values}
    if declared.not_null is not None:
        said["not_null"] = declared.not_null
    if declared.default is not None:
        values = said.get("enum_values", old.enum_values) or ()
        default = as_value(declared.default, values, None) or made.default
        said |= {"default": default, "has_default": True}
    elif said and not keeps_default(old, old.model_copy(update=said)):
        said |= {"default": None, "has_default": False}
    if declared.references:
        said["references"] = declared.references
    if declared.primary_key:
        said |= {"primary_key": True, "not_null": True}
    return said


def _listing(old: Column, made: Column) -> str:
    """MySQL spells the values in the type itself."""
    if not old.type.startswith("enum(") or not made.enum_values:
        return made.type
    return f"enum({','.join(quoted(one) for one in made.enum_values)})"


def _holds(old: Column, declared: DeclaredColumn, made: Column) -> bool:
    """Whether the column is what was written already, as a `varchar(80)` is `text`."""
    if declared.values is not None:
        return declared.values == old.enum_values
    sized = "(" in (declared.type or "")
    same_kind = family(old.type) == family(made.type) and old.array == made.array
    return old.type == made.type or (same_kind and not sized and not old.enum_values)


def without_column(table: Table, name: str) -> Table:
    """The table without a column and without every key, index, check and constraint that names it."""
    gone = (name,)
    return table.model_copy(
        update={
            "columns": tuple(one for one in table.columns if one.name != name),
            "primary_key": () if name in table.primary_key else table.primary_key,
            "unique": tuple(one for one in table.unique if name not in one.columns),
            "indexes": tuple(one for one in table.indexes if not _names(one, table, gone)),
            "foreign_keys": tuple(one for one in table.foreign_keys if name not in one.columns),
            "checks": tuple(one for one in table.checks if not names_any(one.expression, gone)),
        }
    )


def _names(index: Index, table: Table, columns: Collection[str]) -> bool:
    """Whether an index has one of the columns, in its list, in an expression of it or in its condition."""
    parts = (one for one in index.columns if not table.column(one))
    return any(one in index.columns for one in columns) or any(
        names_any(one, columns) for one in (*parts, index.where)
    )
