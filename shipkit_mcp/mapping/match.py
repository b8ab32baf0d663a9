"""A wanted table -> the table of the schema that it is, and the reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.fuzz import ratio

from shipkit_mcp.facts import Role, Table
from shipkit_mcp.mapping.lookups import Lookups, references_of
from shipkit_mcp.mapping.names import singular, table_key, to_snake, words
from shipkit_mcp.patterns.columns import PROGRESS, RUN_ID, STATUS
from shipkit_mcp.patterns.near import find_column

_TRACKING = frozenset({"job", "run"})
"""Words that say that a table tracks, and not what."""
ALIKE = 88
"""Names at least this alike (of 100) may be one table, if columns agree too."""
SHARED = 0.5
"""The share of the declared columns that a table of a similar name must have."""


@dataclass(frozen=True, slots=True)
class Match:
    """A table of the schema and why it is the one."""

    table: Table
    why: str
    confidence: Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a table of the schema must be like."""

    name: str
    role: Role
    columns: frozenset[str] = frozenset()
    refers_to: str | None = None
    """The table that it must refer to (jobs for results, results for enhancements)."""


def match_table(wanted: Wanted, lookups: Lookups, taken: Collection[str]) -> Match | None:
    """The schema's table by declared name, foreign key, role pattern, similar name, in this order.

    ``taken`` are folded names that another declaration has: they match by their own name only.
    """
    named = lookups.table(wanted.name)
    if named is not None:
        return Match(named, _named(wanted.name, named.name), "high")
    free = [table for key, table in lookups.tables.items() if key not in taken]
    steps = (_by_foreign_key, _by_role, _by_similar_name)
    return next((found for step in steps for found in step(wanted, free)), None)


def is_jobs_shape(table: Table) -> bool:
    """Status, and a run id or progress: the mission's integration fields."""
    names = [to_snake(column.name) for column in table.columns]
    tracked = find_column(names, RUN_ID) or find_column(names, PROGRESS)
    return bool(find_column(names, STATUS) and tracked)


def _named(wanted: str, found: str) -> str:
    if wanted == found:
        return f"the schema has a table `{found}`"
    return f"`{found}` is `{wanted}` in another spelling"


def _by_foreign_key(wanted: Wanted, free: list[Table]) -> Iterator[Match]:
    if wanted.refers_to is None:
        return
    own, target = words(wanted.name), table_key(wanted.refers_to)
    for table in free:
        if words(table.name).isdisjoint(own):
            continue
        column = next((name for name, key in references_of(table) if key == target), None)
        if column:
            why = f"`{table.name}.{column}` refers to `{wanted.refers_to}` and the name is alike"
            yield Match(table, why, "medium")


def _by_role(wanted: Wanted, free: list[Table]) -> Iterator[Match]:
    """A name that says more than the workflow's; or less, if no other table could be meant."""
    if wanted.role is not Role.JOBS:
        return
    own = words(wanted.name) - _TRACKING
    named = [(table, words(table.name) - _TRACKING) for table in free]
    why = "`{table}` has status and run id or progress, and the name fits"
    more = [table for table, name in named if own and own <= name and is_jobs_shape(table)]
    less = [table for table, name in named if name and name < own and is_jobs_shape(table)]
    yield from (Match(table, why.format(table=table.name), "medium") for table in more)
    yield from (Match(table, why.format(table=table.name), "low") for table in less if len(less) == 1)


def _by_similar_name(wanted: Wanted, free: list[Table]) -> Iterator[Match]:
    own = table_key(wanted.name)
    for table in free:
        alike = ratio(own, table_key(table.name))
        if alike >= ALIKE and _columns_agree(wanted, table):
            yield Match(table, f"`{table.name}` is named almost alike and has the same columns", "low")


def _columns_agree(wanted: Wanted, table: Table) -> bool:
    names = {singular(column.name) for column in table.columns}
    shared = sum(singular(name) in names for name in wanted.columns)
    return bool(wanted.columns) and shared >= SHARED * len(wanted.columns)
