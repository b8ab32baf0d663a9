"""A plan's target -> what amendments are held against, one declared table after the other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from shipkit_mcp.facts import DeclaredColumn, DeclaredTable, Role, Schema, Table
from shipkit_mcp.plan.column_types import column_type

Names = tuple[str, ...]


@dataclass
class Standing:
    """What stands while amendments are gone through one after the other; lives inside one check."""

    columns: dict[str, dict[str, str]]
    """Table to its columns and their types."""
    unique: dict[str, set[Names]]
    kinds: frozenset[str]
    """Names of enums and views: no table may take one."""
    removed: frozenset[str]
    dialect: str
    keys: dict[str, Names] = field(default_factory=dict)
    referrers: dict[tuple[str, str], str] = field(default_factory=dict)
    """(table, column) to a column elsewhere that refers to it."""
    roles: Mapping[str, Role] = field(default_factory=dict)
    not_null: set[tuple[str, str]] = field(default_factory=set)
    indexed: dict[str, set[Names]] = field(default_factory=dict)
    """Table to the columns of each of its keys and indexes."""


def standing(target: Schema, roles: Mapping[str, Role], removed: Collection[str], dialect: str) -> Standing:
    """The plan without the amendments in question, as what they are held against."""
    tables = [one for one in target.tables if one.name not in removed]
    return Standing(
        columns={one.name: {column.name: column.type for column in one.columns} for one in tables},
        unique={one.name: _unique(one) for one in tables},
        kinds=frozenset({one.name for one in target.enums} | {one.name for one in target.views}),
        removed=frozenset(removed),
        dialect=dialect,
        keys={one.name: _key(one) for one in tables},
        referrers={
            (key.table, column): f"{one.name}.{key.columns[0]}"
            for one in tables
            for key in one.foreign_keys
            for column in key.foreign_columns
            if key.table != one.name
        },
        roles=roles,
        not_null={(one.name, column.name) for one in tables for column in one.columns if column.not_null},
        indexed={one.name: _unique(one) | {index.columns for index in one.indexes} for one in tables},
    )


def _unique(table: Table) -> set[Names]:
    found = {one.columns for one in table.unique} | {one.columns for one in table.indexes if one.unique}
    found |= {(one.name,) for one in table.columns if one.unique or one.primary_key}
    return found | {table.primary_key}


def _key(table: Table) -> Names:
    return table.primary_key or tuple(one.name for one in table.columns if one.primary_key)


def take(table: DeclaredTable, stands: Standing) -> None:
    """The table as it stands after this amendment."""
    columns = stands.columns.setdefault(table.name, {})
    unique = stands.unique.setdefault(table.name, set())
    for column in table.columns:
        _move_keys(table.name, column, stands)
        if column.dropped:
            columns.pop(column.name, None)
            continue
        old = columns.pop(column.renamed_from, "") if column.renamed_from else columns.get(column.name, "")
        written = bool(column.type or column.type_comment or column.values)
        columns[column.name] = (column_type(column, stands.dialect) or old) if written or not old else old
        if column.unique or column.primary_key:
            unique.add((column.name,))
    unique |= {*table.unique, table.primary_key}
    key = table.primary_key or tuple(one.name for one in table.columns if one.primary_key)
    stands.keys.setdefault(table.name, key)
    stands.indexed.setdefault(table.name, set()).update({*table.unique, *table.indexes, key})


def _move_keys(table: str, column: DeclaredColumn, stands: Standing) -> None:
    """Keys go with a dropped column and follow a renamed one."""
    lists, unique = stands.indexed.setdefault(table, set()), stands.unique.setdefault(table, set())
    if column.dropped:
        for one in (lists, unique):
            one -= {names for names in one if column.name in names}
    elif column.renamed_from:
        _rename(table, column.renamed_from, column.name, stands)
    if column.unique:
        lists.add((column.name,))


def _rename(table: str, old: str, new: str, stands: Standing) -> None:
    def moved(names: Names) -> Names:
        return tuple(new if name == old else name for name in names)

    for lists in (stands.indexed, stands.unique):
        lists[table] = {moved(names) for names in lists[table]}
    if table in stands.keys:
        stands.keys[table] = moved(stands.keys[table])
    if (table, old) in stands.not_null:
        stands.not_null.add((table, new))
    for (other, column), referrer in tuple(stands.referrers.items()):
        if (other, column) == (table, old):
            stands.referrers[table, new] = stands.referrers.pop((table, old))
        if referrer == f"{table}.{old}":
            stands.referrers[other, column] = f"{table}.{new}"
