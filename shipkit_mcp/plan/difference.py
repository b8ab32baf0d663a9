"""A table as it is and as it will be -> what changes, in words of the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shipkit_mcp.facts import Column, Table
from shipkit_mcp.findings import Rename
from shipkit_mcp.plan.renamed import renamed_index
from shipkit_mcp.plan.words import listed, names


@dataclass(frozen=True, slots=True)
class Difference:
    """What a migration of one table does."""

    added: tuple[Column, ...] = ()
    dropped: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[Rename, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    keys: tuple[str, ...] = ()
    """Columns that get a foreign key, without the added ones."""

    @property
    def columns(self) -> tuple[str, ...]:
        new = (one.new for one in self.renamed)
        return (*(one.name for one in self.added), *new, *self.changed, *self.dropped)

    @property
    def only_indexes(self) -> bool:
        rest = (self.added, self.dropped, self.changed, self.renamed, self.unique, self.keys)
        return bool(self.indexes) and not any(rest)

    @property
    def only_renames(self) -> bool:
        rest = (self.added, self.dropped, self.changed, self.indexes, self.unique, self.keys)
        return bool(self.renamed) and not any(rest)


def compare(old: Table, new: Table, renames: tuple[Rename, ...] = ()) -> Difference:
    """What turns one into the other, a renamed column being neither dropped nor added."""
    renamed = tuple(one for one in renames if one.table == old.name and old.column(one.old))
    back = {one.new: one.old for one in renamed}
    before = {one.name: one for one in old.columns}
    kept = {
        one.name: before[back.get(one.name, one.name)]
        for one in new.columns
        if back.get(one.name, one.name) in before
    }
    gone = before.keys() - {one.name for one in kept.values()}
    added = tuple(one for one in new.columns if one.name not in kept)
    keyed = {one.columns for one in old.foreign_keys}
    fresh = {one.name for one in added}
    standing = [renamed_index(one, old, {one.old: one.new for one in renamed}) for one in old.indexes]
    return Difference(
        added=added,
        dropped=tuple(one.name for one in old.columns if one.name in gone),
        changed=tuple(name for name, one in kept.items() if _changed(one, new.column(name))),
        renamed=renamed,
        indexes=tuple(one.columns for one in new.indexes if one not in standing),
        unique=tuple(
            one.columns for one in new.unique if one not in old.unique and not set(one.columns) & back.keys()
        ),
        keys=tuple(
            one.columns[0]
            for one in new.foreign_keys
            if one.columns not in keyed and one.columns[0] not in fresh | back.keys()
        ),
    )


def _changed(old: Column, new: Column | None) -> bool:
    drop = {"name": "", "key": "", "references": None}
    return new is None or old.model_copy(update=drop) != new.model_copy(update=drop)


def actions(table: str, difference: Difference) -> str:
    """The migration in a sentence."""
    return f"ALTER TABLE `{table}`: {'; '.join(_actions(difference))}."


def _actions(one: Difference) -> Iterator[str]:
    yield from (f"RENAME COLUMN `{rename.old}` TO `{rename.new}`" for rename in one.renamed)
    yield from (f"ADD COLUMN {definition(column)}" for column in one.added)
    if one.changed:
        yield f"ALTER COLUMN {listed(one.changed)}"
    if one.unique:
        yield f"ADD UNIQUE on {names(_group(columns) for columns in one.unique)}"
    if one.keys:
        yield f"ADD FOREIGN KEY on {listed(one.keys)}"
    if one.indexes:
        yield f"CREATE INDEX on {names(_group(columns) for columns in one.indexes)}"
    if one.dropped:
        yield f"DROP COLUMN {listed(one.dropped)}"


def needs(one: Difference) -> str:
    """What the table lacks, or has otherwise than planned."""
    lacks = [f"`{column.name}`" for column in one.added]
    fresh = {(column.name,) for column in one.added}
    lacks += [f"a unique constraint on {_group(columns)}" for columns in one.unique if columns not in fresh]
    lacks += [f"a foreign key on `{column}`" for column in one.keys]
    lacks += [f"an index on {_group(columns)}" for columns in one.indexes]
    parts = [f"lacks {names(lacks)}"] if lacks else []
    parts += [f"has {listed(one.changed)} otherwise than planned"] if one.changed else []
    parts += [f"has {listed(one.dropped)}, which the plan drops"] if one.dropped else []
    parts += [f"calls `{rename.new}` `{rename.old}`" for rename in one.renamed]
    return names(parts)


def creation(table: Table) -> str:
    """The new table in a sentence."""
    parts = [f"CREATE TABLE `{table.name}` with {', '.join(definition(one) for one in table.columns)}"]
    if table.unique:
        parts.append(f"UNIQUE on {names(_group(one.columns) for one in table.unique)}")
    keys = [f"`{one.columns[0]}` to `{one.table}`{_rule(one.on_delete)}" for one in table.foreign_keys]
    if keys:
        parts.append(f"foreign keys from {names(keys)}")
    if table.indexes:
        parts.append(f"indexes on {names(_group(one.columns) for one in table.indexes)}")
    return "; ".join(parts) + "."


def definition(column: Column) -> str:
    """``status`` job_status NOT NULL DEFAULT 'pending'."""
    words = [f"`{column.name}`", column.type]
    words += ["PRIMARY KEY"] if column.primary_key else ["NOT NULL"] if column.not_null else []
    if isinstance(column.default, str):
        words.append(f"DEFAULT {column.default}")
    return " ".join(words)


def _group(columns: tuple[str, ...]) -> str:
    inside = ", ".join(f"`{one}`" for one in columns)
    return inside if len(columns) == 1 else f"({inside})"


def _rule(on_delete: str | None) -> str:
    return f" (on delete {on_delete})" if on_delete else ""
