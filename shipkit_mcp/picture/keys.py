"""A table's keys: which columns stand only once, and which table a foreign key means."""

from __future__ import annotations

from collections.abc import Sequence

from shipkit_mcp.facts import ForeignKey, Table


def is_primary(table: Table, column: str) -> bool:
    """Whether a column is the primary key or part of it."""
    found = table.column(column)
    return column in table.primary_key or (found is not None and found.primary_key)


def is_unique(table: Table, columns: Sequence[str]) -> bool:
    """Whether those columns together can stand only once."""
    wanted = set(columns)
    keys = [one.columns for one in table.unique]
    keys += [one.columns for one in table.indexes if one.unique and one.where is None]
    keys += [(one.name,) for one in table.columns if one.unique or one.primary_key]
    keys += [table.primary_key] if table.primary_key else []
    return any(wanted == set(one) for one in keys)


def is_optional(table: Table, key: ForeignKey) -> bool:
    """Whether a row may stand without what the key refers to."""
    columns = [table.column(name) for name in key.columns]
    return any(one is not None and not one.not_null and not one.primary_key for one in columns)
