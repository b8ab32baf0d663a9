"""Declared tables against the schema and the plan -> what is wrong with them, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shipkit_mcp.facts import DeclaredTable
from shipkit_mcp.plan.checked_columns import check_column, check_name
from shipkit_mcp.plan.checked_references import check_reference, check_referrer
from shipkit_mcp.plan.checked_stripe import check_stripe
from shipkit_mcp.plan.nearest import suggest
from shipkit_mcp.plan.standing import Standing, take
from shipkit_mcp.plan.words import listed

UNINDEXED: Mapping[str, tuple[str, ...]] = {
    "postgresql": ("json", "point", "line"),
    "mysql": ("json", "blob"),
}
"""Types without an order (or a length) that a key or an index would need."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a declared table."""

    place: int
    """Which of the declared tables, counted from 0."""
    table: str
    column: str | None
    """None where the whole table is wrong."""
    text: str


def find_problems(declared: Sequence[DeclaredTable], stands: Standing) -> Iterator[Problem]:
    """Every problem of the declared tables, in the order in which they were written."""
    for place, table in enumerate(declared):
        yield from (Problem(place, table.name, None, text) for text in _check_table(table, stands))
        for column in table.columns:
            texts = check_column(table, column, stands)
            yield from (Problem(place, table.name, column.name, text) for text in texts)
        take(table, stands)
    for place, table in enumerate(declared):
        for column in table.columns:
            if column.dropped or column.name not in stands.columns[table.name]:
                continue
            wrong = [*check_referrer(table, column, stands)]
            if column.references:
                wrong.extend(check_reference(table, column, stands))
            yield from (Problem(place, table.name, column.name, text) for text in wrong)
        yield from (Problem(place, table.name, name, text) for name, text in _check_types(table, stands))


def _check_types(table: DeclaredTable, stands: Standing) -> Iterator[tuple[str, str]]:
    """Columns of keys and indexes whose type the database cannot compare."""
    types, lists = stands.columns[table.name], stands.indexed[table.name]
    said = [one.name for one in table.columns if not one.dropped]
    said += [name for names in (*table.unique, *table.indexes) for name in names]
    for name in dict.fromkeys(said):
        type_ = types.get(name, "")
        if type_ in UNINDEXED.get(stands.dialect, ()) and any(name in names for names in lists):
            lacks = f"{stands.dialect} has no keys or indexes of that type"
            instead = "Leave it out of them, or give it another type such as `text`."
            yield name, f"`{table.name}.{name}` is `{type_}`, and {lacks}. {instead}"


def _check_table(table: DeclaredTable, stands: Standing) -> Iterator[str]:
    if table.name in stands.removed:
        yield (
            f"`{table.name}` is amended and removed at once. Leave it out of `tables`, or withdraw the "
            f"removal with `-{table.name}`."
        )
    if table.name not in stands.columns:
        yield from _check_new_table(table, stands)
    yield from check_stripe(table, is_new=table.name not in stands.columns)
    yield from _check_lists(table, stands)


def _check_new_table(table: DeclaredTable, stands: Standing) -> Iterator[str]:
    yield from check_name(f"Table `{table.name}`", table.name, stands.dialect)
    if table.name in stands.kinds:
        yield f"`{table.name}` is already the name of an enum or a view. Choose another name for the table."
    changes = [one for one in table.columns if one.dropped or one.renamed_from]
    if changes:
        yield f"There is no table `{table.name}` to change. {suggest(table.name, stands.columns)}"
    elif not table.columns:
        yield (
            f"`{table.name}` has no columns. Write them below it, such as `id: uuid (PK)`; "
            f"to drop a column of that name, write `drop {table.name}` below its table."
        )
    elif not (table.primary_key or any(one.primary_key for one in table.columns)):
        yield f"`{table.name}` has no primary key. Add `id: uuid (PK)`, or `primary key: a, b`."


def _check_lists(table: DeclaredTable, stands: Standing) -> Iterator[str]:
    names = {*stands.columns.get(table.name, {}), *(one.name for one in table.columns if not one.dropped)}
    for kind, lists in (
        ("unique", table.unique),
        ("index", table.indexes),
        ("primary key", (table.primary_key,)),
    ):
        for columns in lists:
            if len(set(columns)) < len(columns):
                yield f"`{table.name}` lists a column twice in its {kind} of {listed(columns)}. List each once."
            for name in columns:
                if name not in names:
                    yield f"`{table.name}` has no column `{name}` for its {kind}. {suggest(name, names)}"
    key = stands.keys.get(table.name)
    if key and table.primary_key and table.primary_key != key:
        yield f"`{table.name}` has the primary key {listed(key)}. It cannot be changed by an amendment."
