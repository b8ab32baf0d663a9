"""A wanted table -> the table as it will stand in the schema, constraints to other tables still open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shipkit_mcp.facts import Index, Table, Unique
from shipkit_mcp.findings import ColumnMapping, ColumnState, Origin, TableMapping
from shipkit_mcp.patterns.tables import BY_ROLE
from shipkit_mcp.plan.columns import make_column
from shipkit_mcp.plan.style import Style

Names = tuple[str, ...]


def new_table(wanted: TableMapping, style: Style) -> Table:
    """A table that the plan creates."""
    columns = tuple(make_column(one, wanted.role, style) for one in wanted.columns)
    table = Table(
        name=wanted.table,
        dialect=style.dialect,
        key=style.table_key(wanted.table),
        path="",
        line=0,
        comment=wanted.purpose,
        columns=columns,
    )
    table = with_unique(table, (*wanted.unique, *_unique_columns(wanted)))
    return with_indexes(table, (*_usual_indexes(wanted, table), *wanted.indexes), style)


def extended_table(table: Table, wanted: TableMapping, style: Style) -> Table:
    """A table of the schema with what a workflow still needs of it."""
    added = missing_columns(table, wanted)
    columns = (*table.columns, *(make_column(one, wanted.role, style) for one in added))
    table = table.model_copy(update={"columns": columns})
    table = with_unique(table, (*wanted.unique, *((one.name,) for one in added if one.unique)))
    return with_indexes(table, wanted.indexes, style)


def missing_columns(table: Table, wanted: TableMapping) -> tuple[ColumnMapping, ...]:
    """The columns to add: what a document, the mission or the assistant asks for, no mere habit of a kind."""
    return tuple(
        one
        for one in wanted.columns
        if one.state is ColumnState.MISSING and one.origin is not Origin.KIND and not table.column(one.name)
    )


def with_unique(table: Table, wanted: Iterable[Names]) -> Table:
    """The table with unique constraints, named as drizzle derives them."""
    unique = list(table.unique)
    for columns in wanted:
        if (
            _has(table, columns)
            and not is_unique(table, columns)
            and columns not in [u.columns for u in unique]
        ):
            unique.append(Unique(name=f"{table.name}_{'_'.join(columns)}_unique", columns=columns))
    return table.model_copy(update={"unique": tuple(unique)})


def with_indexes(table: Table, wanted: Iterable[Names], style: Style) -> Table:
    """The table with indexes, named as the project names them."""
    indexes = list(table.indexes)
    for columns in wanted:
        if _has(table, columns) and not _is_led(table, indexes, columns):
            indexes.append(Index(name=style.index(table.name, columns), columns=columns))
    return table.model_copy(update={"indexes": tuple(indexes)})


def with_key(table: Table, key: Names) -> Table:
    """The table with a primary key over several columns, none of which is one by itself."""
    if len(key) < 2 or not _has(table, key):
        return table
    columns = (
        one.model_copy(update={"primary_key": False, "not_null": True, "auto_increment": False})
        if one.name in key
        else one
        for one in table.columns
    )
    name = f"{table.name}_{'_'.join(key)}_pk"
    return table.model_copy(update={"columns": tuple(columns), "primary_key": key, "primary_key_name": name})


def is_unique(table: Table, columns: Names) -> bool:
    """Whether the table already allows each combination once."""
    keys = {table.primary_key, *(one.columns for one in table.unique)}
    keys |= {one.columns for one in table.indexes if one.unique and not one.where}
    keys |= {(one.name,) for one in table.columns if one.unique or one.primary_key}
    return columns in keys


def _has(table: Table, columns: Sequence[str]) -> bool:
    return bool(columns) and all(table.column(name) for name in columns)


def _is_led(table: Table, indexes: Sequence[Index], columns: Names) -> bool:
    """Whether an index or a unique key starts with these columns."""
    keys = [one.columns for one in indexes] + [one.columns for one in table.unique] + [table.primary_key]
    keys += [(one.name,) for one in table.columns if one.unique or one.primary_key]
    return any(key[: len(columns)] == columns for key in keys)


def _unique_columns(wanted: TableMapping) -> tuple[Names, ...]:
    return tuple((one.name,) for one in wanted.columns if one.unique and not one.primary_key)


def _usual_indexes(wanted: TableMapping, table: Table) -> tuple[Names, ...]:
    """The mission's indexes of that role, then one for each reference."""
    pattern = BY_ROLE.get(wanted.role)
    owner = next((one.name for one in wanted.columns if one.group == "owner"), "user_id")
    usual = (
        [tuple(owner if name == "user_id" else name for name in one.columns) for one in pattern.indexes]
        if pattern
        else []
    )
    return (*usual, *((one.name,) for one in table.columns if one.references))
