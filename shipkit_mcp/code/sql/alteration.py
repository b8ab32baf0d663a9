"""What changes in a kept table -> ALTER statements of PostgreSQL and MySQL, each with its way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from shipkit_mcp.code.difference import Difference
from shipkit_mcp.code.sql.casts import cast, losses
from shipkit_mcp.code.sql.constraints import (
    ALTERS,
    add_foreign_key,
    check_step,
    drop_foreign_key,
    foreign_key_step,
    index_step,
    primary_key_steps,
    taken_back,
    unique_step,
)
from shipkit_mcp.code.sql.step import Step, filling
from shipkit_mcp.code.sql.types import holds
from shipkit_mcp.code.sql.words import Words
from shipkit_mcp.facts import Column
from shipkit_mcp.mapping.expressions import index_compares, names_any


def alter_table(one: Difference, words: Words, later: frozenset[str]) -> list[Step]:
    """What goes, columns, what comes; foreign keys named in ``later`` wait for their tables.

    The columns have their new names already: see ``rename_columns``.
    """
    return [
        *_dropped_keys(one, words),
        *_dropped_columns(one, words),
        *_changed_columns(one, words),
        *(step for column in one.added for step in add_column(column, one, words)),
        *primary_key_steps(one, words),
        *_added_keys(one, words, later),
    ]


def rename_columns(one: Difference, words: Words) -> Iterator[Step]:
    """Comes before all else of a phase, in every table: keys of one name columns of another."""
    table = words.table(one.new)
    for rename in one.renamed:
        old, new = words.name(rename.old), words.name(rename.new)
        yield Step(
            (f"ALTER TABLE {table} RENAME COLUMN {old} TO {new};",),
            (f"ALTER TABLE {table} RENAME COLUMN {new} TO {old};",),
        )


def rename_constraints(one: Difference, words: Words) -> Iterator[Step]:
    """What drizzle names after columns follows them, once all of them are renamed."""
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


def _dropped_keys(one: Difference, words: Words) -> Iterator[Step]:
    for key in one.keys[0]:
        yield taken_back(foreign_key_step(key, one.before, words))
    for unique in one.uniques[0]:
        yield taken_back(unique_step(unique, one, words))
    for index in one.indexes[0]:
        yield taken_back(index_step(index, one.before, one, words))
    for check in one.checks[0]:
        yield taken_back(check_step(check, one, words))


def _added_keys(one: Difference, words: Words, later: frozenset[str]) -> Iterator[Step]:
    for unique in one.uniques[1]:
        yield unique_step(unique, one, words)
    for index in one.indexes[1]:
        yield index_step(index, one.new, one, words)
    for key in one.keys[1]:
        if key.name not in later:
            yield foreign_key_step(key, one.new, words)


def _dropped_columns(one: Difference, words: Words) -> Iterator[Step]:
    """A generated column goes before those that it is made from."""
    table = words.table(one.new)
    for column in sorted(one.dropped, key=lambda column: column.generated is None):
        lost = () if column.generated else (f"-- The values of {words.name(column.name)} are not restored.",)
        back = (line for step in add_column(column, one, words) for line in step.up)
        yield Step((f"ALTER TABLE {table} DROP COLUMN {words.name(column.name)};",), (*lost, *back))


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


def _changed_columns(one: Difference, words: Words) -> list[Step]:
    """Checks and conditions are taken off meanwhile: PostgreSQL holds them in the old types."""
    changed = [step for pair in one.changed for step in _changed_column(*pair, one, words)]
    typed = [new.name for old, new in one.changed if words.type(old) != words.type(new)]
    if words.dialect != "postgresql" or not typed:
        return changed
    kept = [check for check in one.before.checks if check in one.new.checks]
    listed = [index for index in one.before.indexes if index in one.new.indexes]
    again = [check_step(check, one, words) for check in kept if names_any(check.expression, typed)]
    again += [index_step(i, one.new, one, words) for i in listed if index_compares(i, one.new, typed)]
    return [*(taken_back(step) for step in reversed(again)), *changed, *again]


def _changed_column(old: Column, new: Column, one: Difference, words: Words) -> list[Step]:
    change = _CHANGES[words.dialect]
    filled = fill(new, one, words) if new.not_null and not old.not_null and not new.generated else ()
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
    """The default goes before a change of type and comes back after it, if it did not go with its value."""
    alter = f"ALTER TABLE {words.table(one.new)} ALTER COLUMN {words.name(new.name)}"
    typed = words.type(old) != words.type(new)
    before, after = words.default(old), words.default(new)
    went = old.enum in words.enums and not holds(old, words.enums[old.enum or ""])
    if before is not None and (typed or before != after) and not went:
        yield Step((f"{alter} DROP DEFAULT;",), (f"{alter} SET DEFAULT {before};",))
    if typed:
        forth, back = cast(old, new, words), cast(new, old, words)
        yield Step(
            (*losses(old, new), f"{alter} SET DATA TYPE {words.type(new)} USING {forth};"),
            (*losses(new, old), f"{alter} SET DATA TYPE {words.type(old)} USING {back};"),
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
