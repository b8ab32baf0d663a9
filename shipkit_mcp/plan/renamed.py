"""A table and a renamed column -> the table with the new name wherever it names the column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shipkit_mcp.facts import (
    Check,
    Column,
    DeclaredTable,
    ForeignKey,
    Index,
    Schema,
    Table,
    Unique,
)
from shipkit_mcp.findings import Rename
from shipkit_mcp.mapping.expressions import with_new_formula, with_new_names
from shipkit_mcp.plan.style import Style

Names = tuple[str, ...]


def renamed_column(table: Table, old: str, new: str, style: Style) -> Table:
    """The table with one column under a new name, and what drizzle names after the column named after it."""

    def swap(names: Names) -> Names:
        return tuple(new if name == old else name for name in names)

    def column(one: Column) -> Column:
        one = with_new_formula(one, {old: new})
        return one.model_copy(update={"name": new, "key": style.key(new)}) if one.name == old else one

    def key(one: ForeignKey) -> ForeignKey:
        foreign = swap(one.foreign_columns) if one.table == table.name else one.foreign_columns
        return _renamed_key(table, one, swap(one.columns), foreign)

    def unique(one: Unique) -> Unique:
        columns, derived = swap(one.columns), one.name == _unique_name(table, one.columns)
        return one.model_copy(
            update={"columns": columns, "name": _unique_name(table, columns) if derived else one.name}
        )

    swapped_key = swap(table.primary_key)
    return table.model_copy(
        update={
            "columns": tuple(column(one) for one in table.columns),
            "primary_key": swapped_key,
            "primary_key_name": _key_name(table, swapped_key),
            "unique": tuple(unique(one) for one in table.unique),
            "indexes": tuple(renamed_index(one, table, {old: new}) for one in table.indexes),
            "foreign_keys": tuple(key(one) for one in table.foreign_keys),
            "checks": tuple(_renamed_check(one, {old: new}) for one in table.checks),
        }
    )


def first_to_last(
    schema: Schema, renames: Sequence[Rename], declared: Sequence[DeclaredTable]
) -> tuple[Rename, ...]:
    """Every column of the schema that ends under another name, however many renames led there."""
    first: dict[tuple[str, str], str] = {}
    for table in schema.by_name.values():
        first |= {(table.name, one.name): one.name for one in table.columns}
    for one in renames:
        _follow(first, one.table, one.old, one.new)
    for said in declared:
        for column in said.columns:
            if column.dropped:
                first.pop((said.name, column.name), None)
            elif column.renamed_from:
                _follow(first, said.name, column.renamed_from, column.name)
    return tuple(Rename(table=table, old=old, new=new) for (table, new), old in first.items() if old != new)


def _follow(first: dict[tuple[str, str], str], table: str, old: str, new: str) -> None:
    if (table, old) in first and (table, new) not in first:
        first[table, new] = first.pop((table, old))


def pointing_at(table: Table, other: str, old: str, new: str) -> Table:
    """The table after a column of another one was renamed."""

    def key(one: ForeignKey) -> ForeignKey:
        foreign = tuple(new if name == old else name for name in one.foreign_columns)
        return _renamed_key(table, one, one.columns, foreign) if one.table == other else one

    def column(one: Column) -> Column:
        points = one.references == f"{other}.{old}"
        return one.model_copy(update={"references": f"{other}.{new}"}) if points else one

    return table.model_copy(
        update={
            "columns": tuple(column(one) for one in table.columns),
            "foreign_keys": tuple(key(one) for one in table.foreign_keys),
        }
    )


def _renamed_key(table: Table, one: ForeignKey, columns: Names, foreign: Names) -> ForeignKey:
    derived = not one.explicit_name and one.name == _foreign_name(
        table, one, one.columns, one.foreign_columns
    )
    name = _foreign_name(table, one, columns, foreign) if derived else one.name
    return one.model_copy(update={"columns": columns, "foreign_columns": foreign, "name": name})


def renamed_index(one: Index, table: Table, new: Mapping[str, str]) -> Index:
    """The index once columns of its table carry new names; an expression names them too."""
    columns = (
        new.get(name, name) if table.column(name) else with_new_names(name, new) for name in one.columns
    )
    where = one.where and with_new_names(one.where, new)
    return one.model_copy(update={"columns": tuple(columns), "where": where})


def _renamed_check(one: Check, new: Mapping[str, str]) -> Check:
    return one.model_copy(update={"expression": with_new_names(one.expression, new)})


def _unique_name(table: Table, columns: Names) -> str:
    return f"{table.name}_{'_'.join(columns)}_unique"


def _foreign_name(table: Table, one: ForeignKey, columns: Names, foreign: Names) -> str:
    return "_".join((table.name, *columns, one.table, *foreign)) + "_fk"


def _key_name(table: Table, key: Names) -> str | None:
    derived = table.primary_key_name == f"{table.name}_{'_'.join(table.primary_key)}_pk"
    return f"{table.name}_{'_'.join(key)}_pk" if derived else table.primary_key_name
