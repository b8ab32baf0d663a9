"""A table's keys: which columns stand only once, and which table a foreign key means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shipkit_mcp.facts import ForeignKey, Table


def is_primary(table: Table, column: str) -> bool:
    """Whether a column is the primary key or part of it."""
    found = table.column(column)
    return column in table.primary_key or (found is not None and found.primary_key)


def is_unique(table: Table, columns: Sequence[str]) -> bool:
    """Whether those columns together can stand only once."""
    wanted = set(columns)
    return any(wanted == set(one) for one in _keys(table))


def singles(table: Table) -> frozenset[str]:
    """The columns that alone can stand only once."""
    alone = (set(one) for one in _keys(table))
    return frozenset(name for one in alone if len(one) == 1 for name in one)


def _keys(table: Table) -> Iterator[Sequence[str]]:
    yield from (one.columns for one in table.unique)
    yield from (one.columns for one in table.indexes if one.unique and one.where is None)
    yield from ((one.name,) for one in table.columns if one.unique or one.primary_key)
    if table.primary_key:
        yield table.primary_key


def is_optional(table: Table, key: ForeignKey) -> bool:
    """Whether a row may stand without what the key refers to."""
    columns = [table.column(name) for name in key.columns]
    return any(one is not None and not one.not_null and not one.primary_key for one in columns)
