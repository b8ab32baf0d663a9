"""Enum types of PostgreSQL: made, given more values, dropped."""

from __future__ import annotations

from shipkit_mcp.code.sql.step import Step
from shipkit_mcp.code.sql.words import Words
from shipkit_mcp.code.work import Work
from shipkit_mcp.facts import DbEnum


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
    return [_changed(before, after, work, words) for before, after in pairs if before.values != after.values]


def _changed(before: DbEnum, after: DbEnum, work: Work, words: Words) -> Step:
    """Added values alone are added where they belong; PostgreSQL can do nothing else without a new type."""
    kept = [one for one in after.values if one in before.values]
    down = _remade(after, before, work, words)
    if kept != list(before.values):
        return Step(_remade(before, after, work, words), down)
    name = words.qualified(after.name, after.namespace)
    up = []
    for at, value in enumerate(after.values):
        if value not in before.values:
            place = f" AFTER {words.text(after.values[at - 1])}" if at else f" BEFORE {words.text(kept[0])}"
            up.append(f"ALTER TYPE {name} ADD VALUE {words.text(value)}{place if kept else ''};")
    return Step(tuple(up), down, outside=True)


def _remade(old: DbEnum, new: DbEnum, work: Work, words: Words) -> tuple[str, ...]:
    """A new type under the name of the old, every column moved over. Fails on a row whose value is gone."""
    name = words.qualified(new.name, new.namespace)
    aside = f"{new.name}__old"
    users = [
        (table, column)
        for table in work.schema.tables
        for column in table.columns
        if column.enum == new.name and work.target.table(table.name)
    ]
    lines = [f"ALTER TYPE {name} RENAME TO {words.name(aside)};", enum_step(new, words).up[0]]
    for table, column in users:
        alter = f"ALTER TABLE {words.table(table)} ALTER COLUMN {words.name(column.name)}"
        default = words.default(column)
        lines += [f"{alter} DROP DEFAULT;"] if default else []
        lines.append(
            f"{alter} SET DATA TYPE {words.type(column)} USING {words.name(column.name)}::text::{words.type(column)};"
        )
        lines += [f"{alter} SET DEFAULT {default};"] if default else []
    return (*lines, f"DROP TYPE {words.qualified(aside, old.namespace)};")


def dropped_enums(work: Work, words: Words) -> list[Step]:
    """Types that no table needs any more."""
    kept = {one.name for one in work.target.enums}
    steps = [enum_step(one, words) for one in work.schema.enums if one.name not in kept]
    return [Step(one.down, one.up) for one in steps]
