"""What changes in a kept table -> ALTER statements of PostgreSQL and MySQL, each with its way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from shipkit_mcp.code.difference import Difference
from shipkit_mcp.code.sql.casts import cast
from shipkit_mcp.code.sql.creation import key_name, unique_constraint
from shipkit_mcp.code.sql.held import has_own_index, held_by
from shipkit_mcp.code.sql.step import Step, filling
from shipkit_mcp.code.sql.words import Words
from shipkit_mcp.facts import Column, ForeignKey, Index, Table, Unique


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


def alter_table(one: Difference, words: Words, later: frozenset[str]) -> list[Step]:
    """Renames, what goes, columns, what comes; foreign keys named in ``later`` wait for their tables."""
    return [
        *_renames(one, words),
        *_dropped_keys(one, words),
        *_dropped_columns(one, words),
        *(step for pair in one.changed for step in _changed_column(*pair, one, words)),
        *(step for column in one.added for step in add_column(column, one, words)),
        *_primary_key(one, words),
        *_added_keys(one, words, later),
    ]


def _renames(one: Difference, words: Words) -> Iterator[Step]:
    table = words.table(one.new)
    for rename in one.renamed:
        old, new = words.name(rename.old), words.name(rename.new)
        yield Step(
            (f"ALTER TABLE {table} RENAME COLUMN {old} TO {new};",),
            (f"ALTER TABLE {table} RENAME COLUMN {new} TO {old};",),
        )
    for kind, before, after in one.renamed_constraints:
        if kind == "primary key" and words.dialect == "mysql":
            continue  # it is called PRIMARY whatever one writes
        yield _renamed_constraint(kind, before, after, one, words)


def _renamed_constraint(kind: str, before: str, after: str, one: Difference, words: Words) -> Step:
    rule, table = ALTERS[words.dialect], words.table(one.new)
    if kind == "index" or (kind == "unique" and rule.rename_constraint is None):
        form = rule.rename_index
    elif rule.rename_constraint is None:
        return _remade_foreign_key(before, after, one, words)
    else:
        form = rule.rename_constraint

    def said(old: str, new: str) -> str:
        index = words.qualified(old, one.new.namespace)
        return form.format(table=table, old=words.name(old), new=words.name(new), index=index)

    return Step((said(before, after),), (said(after, before),))


def _remade_foreign_key(before: str, after: str, one: Difference, words: Words) -> Step:
    key = next(k for k in one.before.foreign_keys if k.name == after)
    named = key.model_copy(update={"name": before})
    return Step(
        (*drop_foreign_key(named, one.before, words), *add_foreign_key(key, one.new, words)),
        (*drop_foreign_key(key, one.before, words), *add_foreign_key(named, one.new, words)),
    )


def drop_foreign_key(key: ForeignKey, table: Table, words: Words) -> tuple[str, ...]:
    """The key goes, and with it the index that MySQL made for it."""
    rule, place = ALTERS[words.dialect], {"table": words.table(table), "name": words.name(key.name)}
    own = words.dialect == "mysql" and has_own_index(key, table)
    return tuple(form.format(**place) for form in (rule.drop_foreign_key, rule.drop_index)[: 1 + own])


def add_foreign_key(key: ForeignKey, table: Table, words: Words) -> tuple[str, ...]:
    return (f"ALTER TABLE {words.table(table)} ADD {words.foreign_key(key)};",)


def foreign_key_step(key: ForeignKey, table: Table, words: Words) -> Step:
    return Step(add_foreign_key(key, table, words), drop_foreign_key(key, table, words))


def _reversed(step: Step) -> Step:
    return Step(step.down, step.up)


def _unique_step(unique: Unique, one: Difference, words: Words) -> Step:
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


def _dropped_keys(one: Difference, words: Words) -> Iterator[Step]:
    for key in one.keys[0]:
        yield _reversed(foreign_key_step(key, one.before, words))
    for unique in one.uniques[0]:
        yield _reversed(_unique_step(unique, one, words))
    for index in one.indexes[0]:
        yield _reversed(_index_step(index, one.before, one, words))
    for check in one.checks[0]:
        table = words.table(one.new)
        added = f"ALTER TABLE {table} ADD CONSTRAINT {words.name(check.name)} CHECK ({check.expression});"
        yield Step((f"ALTER TABLE {table} DROP CONSTRAINT {words.name(check.name)};",), (added,))


def _index_step(index: Index, table: Table, one: Difference, words: Words) -> Step:
    form, name = ALTERS[words.dialect].drop_index, index.name or ""
    place = {"table": words.table(one.new), "name": words.name(name)}
    dropped = form.format(**place, index=words.qualified(name, one.new.namespace))
    return Step((words.index(index, table),), _without_holders(dropped, index.columns, one, words))


def _added_keys(one: Difference, words: Words, later: frozenset[str]) -> Iterator[Step]:
    for unique in one.uniques[1]:
        yield _unique_step(unique, one, words)
    for index in one.indexes[1]:
        yield _index_step(index, one.new, one, words)
    for key in one.keys[1]:
        if key.name not in later:
            yield foreign_key_step(key, one.new, words)


def _dropped_columns(one: Difference, words: Words) -> Iterator[Step]:
    table = words.table(one.new)
    for column in one.dropped:
        yield Step(
            (f"ALTER TABLE {table} DROP COLUMN {words.name(column.name)};",),
            (
                f"-- The values of {words.name(column.name)} are not restored.",
                *(line for step in add_column(column, one, words) for line in step.up),
            ),
        )


def add_column(column: Column, one: Difference, words: Words) -> list[Step]:
    """One statement, or three where existing rows need a value first."""
    table, name = words.table(one.new), words.name(column.name)
    added = Step(
        (f"ALTER TABLE {table} ADD COLUMN {words.column(column, null=True)};",),
        (f"ALTER TABLE {table} DROP COLUMN {name};",),
    )
    if not column.not_null:
        return [added]
    if words.default(column) is not None or counts_by_itself(column) or column.generated:
        whole = f"ALTER TABLE {table} ADD COLUMN {words.column(column)};"
        return [Step((whole,), added.down)]
    return [added, Step((*fill(column, one, words), *set_not_null(column, one, words)))]


def counts_by_itself(column: Column) -> bool:
    """Whether rows that are there get a number without being told one."""
    return column.auto_increment or column.identity is not None or "serial" in column.type


def fill(column: Column, one: Difference, words: Words) -> tuple[str, ...]:
    """The marked statement for rows that have no value."""
    alone = {unique.columns for unique in one.new.unique}
    keyed = {name for key in one.new.foreign_keys for name in key.columns}
    made_up = column.name not in keyed and (column.name,) not in alone and not column.primary_key
    first = words.default(column)
    if first is None and column.enum_values and not column.array:
        first = words.text(column.enum_values[0])
    return filling(column, words.table(one.new), words.name(column.name), decided=made_up, first=first)


def set_not_null(column: Column, one: Difference, words: Words) -> tuple[str, ...]:
    table = words.table(one.new)
    if words.dialect == "mysql":
        return (f"ALTER TABLE {table} MODIFY COLUMN {_modified(column, words)};",)
    return (f"ALTER TABLE {table} ALTER COLUMN {words.name(column.name)} SET NOT NULL;",)


def _modified(column: Column, words: Words) -> str:
    return words.column(column.model_copy(update={"primary_key": False}))


def _changed_column(old: Column, new: Column, one: Difference, words: Words) -> list[Step]:
    change = _CHANGES[words.dialect]
    filled = fill(new, one, words) if new.not_null and not old.not_null else ()
    return [*change(old, new, one, words, filled)]


def _change_mysql(
    old: Column, new: Column, one: Difference, words: Words, filled: tuple[str, ...]
) -> Iterator[Step]:
    table = words.table(one.new)
    yield Step(
        (*filled, f"ALTER TABLE {table} MODIFY COLUMN {_modified(new, words)};"),
        (f"ALTER TABLE {table} MODIFY COLUMN {_modified(old, words)};",),
    )


def _change_postgresql(
    old: Column, new: Column, one: Difference, words: Words, filled: tuple[str, ...]
) -> Iterator[Step]:
    """The default goes before a change of type and comes back after it."""
    alter = f"ALTER TABLE {words.table(one.new)} ALTER COLUMN {words.name(new.name)}"
    typed = words.type(old) != words.type(new)
    before, after = words.default(old), words.default(new)
    if before is not None and (typed or before != after):
        yield Step((f"{alter} DROP DEFAULT;",), (f"{alter} SET DEFAULT {before};",))
    if typed:
        forth, back = cast(old, new, words), cast(new, old, words)
        yield Step(
            (f"{alter} SET DATA TYPE {words.type(new)} USING {forth};",),
            (f"{alter} SET DATA TYPE {words.type(old)} USING {back};",),
        )
    if after is not None and (typed or before != after):
        yield Step((f"{alter} SET DEFAULT {after};",), (f"{alter} DROP DEFAULT;",))
    if new.not_null and not old.not_null:
        yield Step((*filled, f"{alter} SET NOT NULL;"), (f"{alter} DROP NOT NULL;",))
    if old.not_null and not new.not_null:
        yield Step((f"{alter} DROP NOT NULL;",), (f"{alter} SET NOT NULL;",))
    if (old.generated, old.identity) != (new.generated, new.identity):
        yield Step((f"-- {words.name(new.name)} is generated otherwise: change it by hand.",))


_CHANGES: Mapping[str, Callable[[Column, Column, Difference, Words, tuple[str, ...]], Iterator[Step]]] = {
    "postgresql": _change_postgresql,
    "mysql": _change_mysql,
}


def _primary_key(one: Difference, words: Words) -> Iterator[Step]:
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
