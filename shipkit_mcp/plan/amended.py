"""A table and what an assistant says of it -> the amended table, column by column."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from shipkit_mcp.facts import Column, DeclaredColumn, DeclaredTable, Index, Role, Table
from shipkit_mcp.mapping.expressions import index_compares, names_any
from shipkit_mcp.plan.column_types import family
from shipkit_mcp.plan.columns import as_value, make_column, quoted
from shipkit_mcp.plan.declared import wanted_column
from shipkit_mcp.plan.outlived import keeps_default
from shipkit_mcp.plan.renamed import renamed_column
from shipkit_mcp.plan.style import Style
from shipkit_mcp.plan.tables import with_indexes, with_unique

_LENGTH = re.compile(r"((?:var)?char)\((\d+)\)")
ROOM = (("smallint", "integer", "bigint"), ("smallint", "int", "bigint"), ("real", "double precision"))
"""Types of one family, each with more room than those before it."""

LOOSE = ("number", "Number")
"""Words of TypeScript, which say nothing of room."""


def _wider(old: str, new: str) -> bool:
    return any(old in one and new in one and one.index(new) > one.index(old) for one in ROOM)


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
    if declared.values is not None:
        said |= _listed(old, declared.values, made)
    elif (declared.type or declared.type_comment) and not _holds(old, declared, made):
        counts = old.auto_increment and family(made.type) == "integer"
        said |= {"type": made.type, "array": made.array, "enum": None, "enum_values": None}
        said |= {"auto_increment": counts}
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


def _listed(old: Column, values: tuple[str, ...], made: Column) -> dict[str, Any]:
    """A list of values: one that stands keeps its type, be it an enum's or text; any other column becomes one."""
    if values == old.enum_values:
        return {}
    if old.enum_values and not old.array:
        return {"type": _listing(old, values), "enum_values": values}
    return {"type": made.type, "array": 0, "enum": None, "enum_values": values, "auto_increment": False}


def _listing(old: Column, values: tuple[str, ...]) -> str:
    """MySQL spells the values in the type itself, and a text with a length must be long enough."""
    if old.type.startswith("enum("):
        return f"enum({','.join(quoted(one) for one in values)})"
    sized = _LENGTH.fullmatch(old.type)
    longest = max(len(one) for one in values)
    return f"{sized[1]}({longest})" if sized and longest > int(sized[2]) else old.type


def _holds(old: Column, declared: DeclaredColumn, made: Column) -> bool:
    """Whether the column is what was written already, as a `varchar(80)` is `text`; more room is another type."""
    if _wider(old.type, made.type) and declared.type not in LOOSE:
        return False
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
    return any(one in index.columns for one in columns) or index_compares(index, table, columns)
