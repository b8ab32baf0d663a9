"""Keys, uniques, indexes and checks of PostgreSQL and MySQL -> the step that makes each in a kept table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shipkit_mcp.code.difference import Difference
from shipkit_mcp.code.sql.creation import key_name, unique_constraint
from shipkit_mcp.code.sql.held import has_own_index, held_by
from shipkit_mcp.code.sql.step import Step
from shipkit_mcp.code.sql.words import Words
from shipkit_mcp.facts import Check, ForeignKey, Index, Table, Unique


@dataclass(frozen=True, slots=True)
class Alters:
    """How a dialect says what differs between the two."""

    drop_foreign_key: str
    drop_unique: str
    drop_index: str
    rename_constraint: str | None
    rename_index: str


ALTERS: Mapping[str, Alters] = {
    "postgresql": Alters(
        "ALTER TABLE {table} DROP CONSTRAINT {name};",
        "ALTER TABLE {table} DROP CONSTRAINT {name};",
        "DROP INDEX {index};",
        "ALTER TABLE {table} RENAME CONSTRAINT {old} TO {new};",
        "ALTER INDEX {index} RENAME TO {new};",
    ),
    "mysql": Alters(
        "ALTER TABLE {table} DROP FOREIGN KEY {name};",
        "ALTER TABLE {table} DROP INDEX {name};",
        "DROP INDEX {name} ON {table};",
        None,
        "ALTER TABLE {table} RENAME INDEX {old} TO {new};",
    ),
}


def drop_foreign_key(key: ForeignKey, table: Table, words: Words) -> tuple[str, ...]:
    """The key goes, and with it the index that MySQL made for it."""
    rule, place = ALTERS[words.dialect], {"table": words.table(table), "name": words.name(key.name)}
    own = words.dialect == "mysql" and has_own_index(key, table)
    return tuple(form.format(**place) for form in (rule.drop_foreign_key, rule.drop_index)[: 1 + own])


def add_foreign_key(key: ForeignKey, table: Table, words: Words) -> tuple[str, ...]:
    return (f"ALTER TABLE {words.table(table)} ADD {words.foreign_key(key)};",)


def foreign_key_step(key: ForeignKey, table: Table, words: Words) -> Step:
    return Step(add_foreign_key(key, table, words), drop_foreign_key(key, table, words))


def taken_back(step: Step) -> Step:
    return Step(step.down, step.up)


def unique_step(unique: Unique, one: Difference, words: Words) -> Step:
    table, form = words.table(one.new), ALTERS[words.dialect].drop_unique
    dropped = form.format(table=table, name=words.name(unique.name or ""))
    added = f"ALTER TABLE {table} ADD {unique_constraint(unique, words)};"
    return Step((added,), _without_holders(dropped, unique.columns, one, words))


def _without_holders(
    dropped: str, columns: tuple[str, ...], one: Difference, words: Words
) -> tuple[str, ...]:
    """A dropped index, with the foreign keys of MySQL that need one taken off meanwhile."""
    held = held_by(columns, one) if words.dialect == "mysql" else ()
    rule, table = ALTERS[words.dialect].drop_foreign_key, words.table(one.new)
    off = (rule.format(table=table, name=words.name(key.name)) for key in held)
    return (*off, dropped, *(line for key in held for line in add_foreign_key(key, one.new, words)))


def check_step(check: Check, one: Difference, words: Words) -> Step:
    alter, name = f"ALTER TABLE {words.table(one.new)}", words.name(check.name)
    added = f"{alter} ADD CONSTRAINT {name} CHECK ({check.expression});"
    return Step((added,), (f"{alter} DROP CONSTRAINT {name};",))


def index_step(index: Index, table: Table, one: Difference, words: Words) -> Step:
    form, name = ALTERS[words.dialect].drop_index, index.name or ""
    place = {"table": words.table(one.new), "name": words.name(name)}
    dropped = form.format(**place, index=words.qualified(name, one.new.namespace))
    return Step((words.index(index, table),), _without_holders(dropped, index.columns, one, words))


def primary_key_steps(one: Difference, words: Words) -> Iterator[Step]:
    before, after = one.before, one.new
    if before.primary_key == after.primary_key:
        return
    table = words.table(one.new)
    if before.primary_key:
        yield Step((_drop_key(before, table, words),), (_add_key(before, table, words),))
    if after.primary_key:
        yield Step((_add_key(after, table, words),), (_drop_key(after, table, words),))


def _drop_key(table: Table, name: str, words: Words) -> str:
    if words.dialect == "mysql":
        return f"ALTER TABLE {name} DROP PRIMARY KEY;"
    own = key_name(table) if len(table.primary_key) > 1 or table.primary_key_name else f"{table.name}_pkey"
    return f"ALTER TABLE {name} DROP CONSTRAINT {words.name(own)};"


def _add_key(table: Table, name: str, words: Words) -> str:
    own = f"CONSTRAINT {words.name(key_name(table))} " if len(table.primary_key) > 1 else ""
    return f"ALTER TABLE {name} ADD {own}PRIMARY KEY ({words.names(table.primary_key)});"
