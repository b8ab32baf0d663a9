"""Declared tables against the schema and the plan -> what is wrong with them, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from shipkit_mcp.facts import DeclaredColumn, DeclaredTable, Role, Schema, Table
from shipkit_mcp.patterns.columns import PROGRESS, RUN_ID
from shipkit_mcp.patterns.reserved import is_reserved
from shipkit_mcp.patterns.types import VOCABULARY
from shipkit_mcp.plan.checked_stripe import check_stripe
from shipkit_mcp.plan.column_types import column_type, family
from shipkit_mcp.plan.links import references_of, target_of
from shipkit_mcp.plan.nearest import nearest, suggest
from shipkit_mcp.plan.words import listed

NAME = re.compile(r"[a-z_][a-z0-9_]*")
LONGEST = 63
"""PostgreSQL cuts longer names."""
LONGEST_TEXT = 10_485_760
_LENGTH = re.compile(r"(?:var)?char(?:acter varying)?\((\d{1,40})\)")
EVERYDAY = ("text", "uuid", "integer", "bigint", "boolean", "numeric", "jsonb", "date", "timestamp")
"""Types that an assistant most often means."""


@dataclass
class Standing:
    """What stands while amendments are gone through one after the other; lives inside one check."""

    columns: dict[str, dict[str, str]]
    """Table to its columns and their types."""
    unique: dict[str, set[tuple[str, ...]]]
    kinds: frozenset[str]
    """Names of enums and views: no table may take one."""
    removed: frozenset[str]
    dialect: str
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    referrers: dict[tuple[str, str], str] = field(default_factory=dict)
    """(table, column) to a column elsewhere that refers to it."""
    roles: Mapping[str, Role] = field(default_factory=dict)
    not_null: set[tuple[str, str]] = field(default_factory=set)


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
    )


def _unique(table: Table) -> set[tuple[str, ...]]:
    found = {one.columns for one in table.unique} | {one.columns for one in table.indexes if one.unique}
    found |= {(one.name,) for one in table.columns if one.unique or one.primary_key}
    return found | {table.primary_key}


def _key(table: Table) -> tuple[str, ...]:
    return table.primary_key or tuple(one.name for one in table.columns if one.primary_key)


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
            texts = _check_column(table, column, stands)
            yield from (Problem(place, table.name, column.name, text) for text in texts)
        _take(table, stands)
    for place, table in enumerate(declared):
        for column in table.columns:
            if column.dropped or column.name not in stands.columns[table.name]:
                continue
            wrong = [*_check_referrer(table, column, stands)]
            if column.references:
                wrong.extend(_check_reference(table, column, stands))
            yield from (Problem(place, table.name, column.name, text) for text in wrong)


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
    yield from _check_name(f"Table `{table.name}`", table.name, stands.dialect)
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


def _check_name(what: str, name: str, dialect: str) -> Iterator[str]:
    if not NAME.fullmatch(name):
        yield f"{what} is no name for SQL. Use lower case letters, digits and `_`, beginning with a letter."
    elif len(name) > LONGEST:
        yield f"{what} is longer than {LONGEST} letters. Shorten it."
    elif is_reserved(name, dialect):
        yield f"{what} is a reserved word of {dialect}. Call it `{name}_value` or something more telling."


def _check_column(table: DeclaredTable, column: DeclaredColumn, stands: Standing) -> Iterator[str]:
    known = stands.columns.get(table.name, {})
    where = f"`{table.name}.{column.name}`"
    if column.dropped:
        yield from _check_drop(table, column, stands)
        return
    if column.renamed_from:
        yield from _check_rename(table, column, stands)
    if column.name not in known:
        yield from _check_name(where, column.name, stands.dialect)
        yield from _check_near(table, column, stands)
    if column_type(column, stands.dialect) is None:
        instead = _other_type(column)
        yield f"{where} has the type `{column.type}`, which {stands.dialect} lacks. {instead}"
    yield from _check_length(column, where, stands.dialect)
    yield from _check_values(column, where)
    if column.on_delete == "set null" and _is_filled(table, column, stands):
        yield f"{where} is NOT NULL and would be set null. Write `nullable`, or `cascade delete`."


def _check_length(column: DeclaredColumn, where: str, dialect: str) -> Iterator[str]:
    """``varchar(0)`` and lengths beyond what PostgreSQL, the narrowest of the dialects, can hold."""
    found = _LENGTH.match(column_type(column, dialect) or "")
    if found and not 1 <= int(found[1]) <= LONGEST_TEXT:
        yield f"{where} has the length {found[1]}. Give one from 1 to {LONGEST_TEXT}, or write `text`."


def _check_referrer(table: DeclaredTable, column: DeclaredColumn, stands: Standing) -> Iterator[str]:
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


def _other_type(column: DeclaredColumn) -> str:
    """The type that was meant, everyday ones first, or how a column is typed and how it is dropped."""
    written = (column.type or "").split("(")[0].strip().lower()
    if nearest(written, EVERYDAY) or nearest(written, VOCABULARY):
        return suggest(written, EVERYDAY if nearest(written, EVERYDAY) else VOCABULARY)
    types = ", ".join(f"`{one}`" for one in EVERYDAY)
    return f"Write one such as {types}; to drop the column, write `drop {column.name}`."


def _is_filled(table: DeclaredTable, column: DeclaredColumn, stands: Standing) -> bool:
    if column.not_null is None:
        return (table.name, column.name) in stands.not_null
    return column.not_null


def _check_drop(table: DeclaredTable, column: DeclaredColumn, stands: Standing) -> Iterator[str]:
    known = stands.columns.get(table.name, {})
    if table.name in stands.columns and column.name not in known:
        yield f"`{table.name}` has no column `{column.name}` to drop. {suggest(column.name, known)}"
    elif column.name in stands.keys.get(table.name, ()):
        yield f"`{table.name}.{column.name}` is its primary key. Remove the table, or keep the key."
    elif (table.name, column.name) in stands.referrers:
        other = stands.referrers[table.name, column.name]
        yield f"`{table.name}.{column.name}` cannot go: `{other}` refers to it. Drop that column first."


def _check_rename(table: DeclaredTable, column: DeclaredColumn, stands: Standing) -> Iterator[str]:
    known = stands.columns.get(table.name, {})
    old = column.renamed_from or ""
    if table.name in stands.columns and old not in known:
        yield f"`{table.name}` has no column `{old}` to rename. {suggest(old, known)}"
    elif column.name in known:
        yield f"`{table.name}` has a column `{column.name}` already. Choose another name for `{old}`."


def _check_near(table: DeclaredTable, column: DeclaredColumn, stands: Standing) -> Iterator[str]:
    """A jobs table needs one run id and one progress, not two under different names."""
    if stands.roles.get(table.name) is not Role.JOBS or column.renamed_from:
        return
    for pattern in (RUN_ID, PROGRESS):
        if column.name in pattern.near and pattern.name in stands.columns.get(table.name, {}):
            yield (
                f"`{table.name}.{column.name}` says the same as `{pattern.name}`, which stands there. "
                f"Leave it out, or write `{pattern.name} -> {column.name}` to rename it."
            )


def _check_values(column: DeclaredColumn, where: str) -> Iterator[str]:
    values = column.values or ()
    if len(set(values)) < len(values):
        yield f"{where} lists a value twice. List each once."
    default = (column.default or "").strip("'\"")
    if values and column.default is not None and default not in values:
        yield f"{where} has the default `{default}`, none of its values. Use one of {listed(values)}."


def _check_lists(table: DeclaredTable, stands: Standing) -> Iterator[str]:
    names = {*stands.columns.get(table.name, {}), *(one.name for one in table.columns if not one.dropped)}
    for kind, lists in (
        ("unique", table.unique),
        ("index", table.indexes),
        ("primary key", (table.primary_key,)),
    ):
        for columns in lists:
            for name in columns:
                if name not in names:
                    yield f"`{table.name}` has no column `{name}` for its {kind}. {suggest(name, names)}"
    key = stands.keys.get(table.name)
    if key and table.primary_key and table.primary_key != key:
        yield f"`{table.name}` has the primary key {listed(key)}. It cannot be changed by an amendment."


def _take(table: DeclaredTable, stands: Standing) -> None:
    """The table as it stands after this amendment."""
    columns = stands.columns.setdefault(table.name, {})
    unique = stands.unique.setdefault(table.name, set())
    for column in table.columns:
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


def _check_reference(table: DeclaredTable, column: DeclaredColumn, stands: Standing) -> Iterator[str]:
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
