"""Enum types of PostgreSQL: made, given more values, dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from shipkit_mcp.code.sql.step import Step, replacing
from shipkit_mcp.code.sql.words import Words
from shipkit_mcp.code.work import Work
from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Column, DbEnum, Schema, Table
from shipkit_mcp.mapping.expressions import index_compares, names_any


def enum_step(enum: DbEnum, words: Words) -> Step:
    """CREATE TYPE and DROP TYPE."""
    name = words.qualified(enum.name, enum.namespace)
    values = ", ".join(words.text(one) for one in enum.values)
    return Step((f"CREATE TYPE {name} AS ENUM ({values});",), (f"DROP TYPE {name};",))


def changed_enums(work: Work, words: Words) -> list[Step]:
    """Enums of the schema whose values change."""
    if words.dialect != "postgresql":
        return []
    old = {one.name: one for one in work.schema.enums}
    pairs = [(old[one.name], one) for one in work.target.enums if one.name in old]
    users = _users(work.schema)
    return [
        _changed(before, after, users.get(after.name, ()), words)
        for before, after in pairs
        if before.values != after.values
    ]


def _users(schema: Schema) -> Mapping[str, Sequence[Table]]:
    """Enum to the tables that have a column of it."""
    found: dict[str, list[Table]] = {}
    for table in schema.tables:
        for enum in dict.fromkeys(one.enum for one in table.columns if one.enum):
            found.setdefault(enum, []).append(table)
    return found


def _changed(before: DbEnum, after: DbEnum, users: Sequence[Table], words: Words) -> Step:
    """Added values alone are added where they belong; PostgreSQL can do nothing else without a new type."""
    kept = [one for one in after.values if one in before.values]
    beat()
    down = _remade(after, before, users, words)
    if kept != list(before.values):
        return Step(_remade(before, after, users, words), down)
    name = words.qualified(after.name, after.namespace)
    up = []
    for at, value in enumerate(after.values):
        if value not in before.values:
            place = f" AFTER {words.text(after.values[at - 1])}" if at else f" BEFORE {words.text(kept[0])}"
            up.append(f"ALTER TYPE {name} ADD VALUE {words.text(value)}{place if kept else ''};")
    made = tuple(words.text(one) for one in after.values if one not in before.values)
    return Step(tuple(up), down, unused=made)


def _remade(old: DbEnum, new: DbEnum, users: Sequence[Table], words: Words) -> tuple[str, ...]:
    """A new type under the name of the old, every column moved over. Fails on a row whose value is gone.

    It runs where every table is as the schema has it: first on the way up, last on the way down.
    """
    name = words.qualified(new.name, new.namespace)
    aside, gone = f"{new.name}__old", [words.text(one) for one in old.values if one not in new.values]
    return (
        f"ALTER TYPE {name} RENAME TO {words.name(aside)};",
        enum_step(new, words).up[0],
        *(line for table in users for line in _moved(table, new, gone, words)),
        f"DROP TYPE {words.qualified(aside, old.namespace)};",
    )


def _moved(table: Table, enum: DbEnum, gone: Sequence[str], words: Words) -> Iterator[str]:
    """The columns of a table moved over, without the checks and indexes that compare them with values."""
    columns = [one for one in table.columns if one.enum == enum.name]
    names = [one.name for one in columns]
    checks = [one for one in table.checks if names_any(one.expression, names)]
    indexes = [one for one in table.indexes if index_compares(one, table, names)]
    alter = f"ALTER TABLE {words.table(table)}"
    yield from (f"{alter} DROP CONSTRAINT {words.name(one.name)};" for one in checks)
    yield from (f"DROP INDEX {words.index_name(one, table)};" for one in indexes)
    for column in columns:
        own, default = f"{alter} ALTER COLUMN {words.name(column.name)}", words.default(column)
        type_ = words.type(column)
        yield from [f"{own} DROP DEFAULT;"] if default else []
        if gone and not column.array:
            yield f"{own} SET DATA TYPE text USING {words.name(column.name)}::text;"
            yield from replacing(words.table(table), words.name(column.name), gone)
        yield f"{own} SET DATA TYPE {type_} USING {words.name(column.name)}::text::{type_};"
        yield from [f"{own} SET DEFAULT {default};"] if default and holds(column, enum) else []
    yield from (f"{alter} ADD CONSTRAINT {words.name(one.name)} CHECK ({one.expression});" for one in checks)
    yield from (words.index(one, table) for one in indexes)


def holds(column: Column, enum: DbEnum) -> bool:
    """Whether a column's default is a value of an enum; what is none of its own is taken to be."""
    default = column.default
    if not isinstance(default, str) or default.strip("'").replace("''", "'") not in (
        column.enum_values or ()
    ):
        return True
    return default.strip("'").replace("''", "'") in enum.values


def dropped_enums(work: Work, words: Words) -> list[Step]:
    """Types that no table needs any more."""
    kept = {one.name for one in work.target.enums}
    steps = [enum_step(one, words) for one in work.schema.enums if one.name not in kept]
    return [Step(one.down, one.up) for one in steps]
