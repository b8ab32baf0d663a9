"""A planned table -> one that MySQL takes: text in keys has a length, no name is too long."""

from __future__ import annotations

import zlib
from collections.abc import Collection

from shipkit_mcp.facts import Column, ForeignKey, Index, Table, Unique
from shipkit_mcp.patterns.types import ENUM, SHORT_TEXT

LONGEST_NAME = 64
"""Letters; MySQL refuses longer names, where PostgreSQL cuts them."""
WITHOUT_LENGTH = ("text", "tinytext", "mediumtext", "longtext")
"""Types of which MySQL indexes nothing unless it is told how many letters."""
LIST_LENGTH = 32
"""What ``ENUM`` gives a text with a list of values."""


def fit_mysql(table: Table, old: Table | None) -> Table:
    """The table with what is new in it made fit; what stands already stays as it is."""
    if table == old:
        return table
    table = _with_short_names(table, old)
    keyed = _keyed(table, old)
    columns = tuple(_with_length(one) if one.name in keyed else one for one in table.columns)
    return table.model_copy(update={"columns": columns})


def _keyed(table: Table, old: Table | None) -> frozenset[str]:
    """Columns of new keys and indexes, and new or changed ones of any."""
    before, keys = _lists(old) if old else set(), _lists(table)
    new = {name for columns in keys if columns not in before for name in columns}
    moved = {one.name for one in table.columns if old is None or old.column(one.name) != one}
    return frozenset(new | ({name for columns in keys for name in columns} & moved)) | set(table.primary_key)


def _lists(table: Table) -> set[tuple[str, ...]]:
    found = {one.columns for one in table.unique} | {one.columns for one in table.indexes}
    found |= {one.columns for one in table.foreign_keys}
    return found | {(one.name,) for one in table.columns if one.unique or one.primary_key}


def _with_length(column: Column) -> Column:
    if column.type not in WITHOUT_LENGTH:
        return column
    longest = max(map(len, column.enum_values or ()), default=0)
    type_ = SHORT_TEXT.mysql
    if column.enum_values:
        type_ = ENUM.mysql if longest <= LIST_LENGTH else f"varchar({longest})"
    return column.model_copy(update={"type": type_, "array": 0})


def _with_short_names(table: Table, old: Table | None) -> Table:
    standing = _names(old) if old else frozenset()

    def foreign(one: ForeignKey) -> ForeignKey:
        short = _short(one.explicit_name or one.name, standing)
        return one if short is None else one.model_copy(update={"name": short, "explicit_name": short})

    def unique(one: Unique) -> Unique:
        short = _short(one.name or "", standing)
        return one if short is None else one.model_copy(update={"name": short})

    def index(one: Index) -> Index:
        short = _short(one.name or "", standing)
        return one if short is None else one.model_copy(update={"name": short})

    return table.model_copy(
        update={
            "foreign_keys": tuple(foreign(one) for one in table.foreign_keys),
            "unique": tuple(unique(one) for one in table.unique),
            "indexes": tuple(index(one) for one in table.indexes),
            "primary_key_name": _short(table.primary_key_name or "", standing) or table.primary_key_name,
        }
    )


def _names(table: Table) -> frozenset[str]:
    found = {one.name for one in table.foreign_keys} | {one.name for one in table.unique}
    found |= {one.name for one in table.indexes} | {table.primary_key_name}
    return frozenset(one for one in found if one)


def _short(name: str, standing: Collection[str]) -> str | None:
    """A name that is cut and numbered after the whole of it; None where it can stay."""
    if len(name) <= LONGEST_NAME or name in standing:
        return None
    number = f"{zlib.crc32(name.encode()):08x}"
    return f"{name[: LONGEST_NAME - len(number) - 1].rstrip('_')}_{number}"
