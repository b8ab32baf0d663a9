"""Declared references and removed tables against what stands -> what is wrong, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shipkit_mcp.facts import DeclaredColumn, DeclaredTable, Schema
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


def check_removals(removed: Sequence[str], target: Schema, existing: Schema) -> Iterator[str]:
    """Tables that are not there, or that something which stays refers to."""
    names = {one.name for one in existing.tables}
    planned = {one.name for one in target.tables} - names
    for name in removed:
        if name in planned:
            yield (
                f"`{name}` is only planned, so there is nothing to remove. Withdraw what was said of it with "
                f"`-{name}`, or change the decision that asks for it."
            )
        elif name not in names:
            yield f"There is no table `{name}` to remove. {suggest(name, names)}"
    gone = set(removed)
    for table in target.tables:
        for other in sorted((references_of(table) & gone) - {table.name}):
            if table.name not in gone:
                yield (
                    f"`{other}` cannot be removed: `{table.name}` refers to it. Remove `{table.name}` too, "
                    "or drop its column first."
                )
