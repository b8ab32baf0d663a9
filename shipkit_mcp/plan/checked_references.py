"""Declared references and removed tables against what stands -> what is wrong, and what to write instead."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from shipkit_mcp.facts import DeclaredColumn, DeclaredTable, Schema
from shipkit_mcp.findings import Plan
from shipkit_mcp.plan.column_types import family
from shipkit_mcp.plan.links import references_of, target_of
from shipkit_mcp.plan.nearest import suggest
from shipkit_mcp.plan.standing import Standing
from shipkit_mcp.plan.words import listed


def check_referrer(table: DeclaredTable, column: DeclaredColumn, stands: Standing) -> Iterator[str]:
    """A column that another refers to keeps that one's type, or the foreign key could not be made."""
    other = stands.referrers.get((table.name, column.name), "")
    other_table, _, other_column = other.partition(".")
    needed = stands.columns.get(other_table, {}).get(other_column)
    new = stands.columns[table.name][column.name]
    if needed is not None and column.type and family(new) != family(needed):
        yield (
            f"`{table.name}.{column.name}` would be `{new}`, but `{other}` refers to it and is `{needed}`. "
            f"Write `{needed}`, or give `{other}` the same type."
        )


def check_reference(table: DeclaredTable, column: DeclaredColumn, stands: Standing) -> Iterator[str]:
    other, key = target_of(column.references or "")
    where = f"`{table.name}.{column.name}`"
    known = stands.columns.get(other)
    if known is None:
        gone = " It is removed." if other in stands.removed else ""
        yield (
            f"{where} refers to `{other}`, and there is no such table.{gone} "
            f"{suggest(other, stands.columns)} Or declare `{other}` in `tables` as well."
        )
    elif key not in known:
        yield f"{where} refers to `{other}.{key}`, and `{other}` has no such column. {suggest(key, known)}"
    elif (key,) not in stands.unique.get(other, set()):
        yield (
            f"{where} refers to `{other}.{key}`, which is neither a primary key nor unique. Refer to "
            f"{listed(sorted(one[0] for one in stands.unique[other] if len(one) == 1)) or 'its key'}."
        )
    elif column.type and family(stands.columns[table.name][column.name]) != family(known[key]):
        yield f"{where} is `{column.type}`, but `{other}.{key}` is `{known[key]}`. Write `{known[key]}`."


def check_removals(
    removed: Sequence[str], plan: Plan, existing: Schema, said: Collection[str]
) -> Iterator[str]:
    """Tables that are not there, or that something which stays refers to.

    ``plan`` is the one without amendments of tables, ``said`` the tables that amendments declare.
    """
    names = {one.name for one in existing.tables}
    planned = {one.table for one in plan.create} | set(said)
    for name in removed:
        if name in planned - names:
            yield f"`{name}` cannot be removed: the schema has no such table yet. {_whose(name, plan, said)}"
        elif name not in names:
            yield f"There is no table `{name}` to remove. {suggest(name, names)}"
    gone = set(removed)
    for table in plan.target.tables:
        for other in sorted((references_of(table) & gone & names) - {table.name}):
            if table.name not in gone:
                yield (
                    f"`{other}` cannot be removed: `{table.name}` refers to it. Remove `{table.name}` too, "
                    "or drop its column first."
                )


def _whose(name: str, plan: Plan, said: Collection[str]) -> str:
    """Who asks for a planned table, and so how it goes away."""
    if name in said:
        return f"An amendment plans it: write `-{name}` in `remove` to withdraw that."
    decision = next((one.decision for one in plan.changes if one.table == name and one.decision), None)
    if decision:
        return f"The decision `{decision}` plans it: choose another of its options."
    note = next(one for one in plan.create if one.table == name)
    place = next((f"{one.path}:{one.line}" for one in note.evidence), "a planning document")
    return f"{place} asks for it: change that document, then it is no longer planned."
