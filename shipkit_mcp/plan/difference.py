"""A table as it is and as it will be -> what changes, in words of the database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from shipkit_mcp.facts import Column, ForeignKey, Table
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
    rekeyed: tuple[str, ...] = ()
    """Columns whose foreign key leads elsewhere or does otherwise on delete."""
    steps: tuple[str, ...] = ()
    """What is done to changed columns and with new keys, in words of SQL."""

    @property
    def columns(self) -> tuple[str, ...]:
        new = (one.new for one in self.renamed)
        rekeyed = (one for one in self.rekeyed if one not in self.changed)
        return (*(one.name for one in self.added), *new, *self.changed, *rekeyed, *self.dropped)

    @property
    def only_indexes(self) -> bool:
        rest = (self.added, self.dropped, self.changed, self.renamed, self.unique, self.keys, self.rekeyed)
        return bool(self.indexes) and not any(rest)

    @property
    def only_renames(self) -> bool:
        rest = (self.added, self.dropped, self.changed, self.indexes, self.unique, self.keys, self.rekeyed)
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
    changed = tuple(name for name, one in kept.items() if _changed(one, new.column(name)))
    keys = tuple(
        one
        for one in new.foreign_keys
        if one.columns not in keyed and one.columns[0] not in fresh | back.keys()
    )
    rekeyed = tuple(one for one in new.foreign_keys if _leads_elsewhere(one, old, gone | back.keys()))
    return Difference(
        added=added,
        dropped=tuple(one.name for one in old.columns if one.name in gone),
        changed=changed,
        renamed=renamed,
        indexes=tuple(one.columns for one in new.indexes if one not in standing),
        unique=tuple(
            one.columns for one in new.unique if one not in old.unique and not set(one.columns) & back.keys()
        ),
        keys=tuple(one.columns[0] for one in keys),
        rekeyed=tuple(one.columns[0] for one in rekeyed),
        steps=(
            *(_alteration(kept[name], new.column(name)) for name in changed),
            *(f"ADD FOREIGN KEY on {_key(one)}" for one in keys),
            *(f"DROP FOREIGN KEY on `{one.columns[0]}`, ADD it on {_key(one)}" for one in rekeyed),
        ),
    )


def _leads_elsewhere(key: ForeignKey, old: Table, other: Collection[str]) -> bool:
    """Whether the table has another foreign key on these columns, none of them renamed or dropped."""
    stands = [one for one in old.foreign_keys if one.columns == key.columns]
    return bool(stands) and not set(key.columns) & set(other) and _aim(key) not in map(_aim, stands)


def _aim(key: ForeignKey) -> tuple[object, ...]:
    return key.table, key.namespace, key.foreign_columns, key.on_delete, key.on_update


def _alteration(old: Column, new: Column | None) -> str:
    """``ALTER COLUMN `seconds` TYPE integer, SET NOT NULL``."""
    if new is None:
        return f"ALTER COLUMN `{old.name}`"
    words = [f"TYPE {new.type}"] if new.type != old.type else []
    words += [f"{'SET' if new.not_null else 'DROP'} NOT NULL"] if new.not_null != old.not_null else []
    if new.default != old.default:
        words.append(f"SET DEFAULT {new.default}" if isinstance(new.default, str) else "DROP DEFAULT")
    if new.enum_values != old.enum_values and new.enum_values:
        words.append(f"with the values {names(new.enum_values)}")
    return f"ALTER COLUMN `{new.name}` {', '.join(words)}".rstrip()


def _changed(old: Column, new: Column | None) -> bool:
    drop = {"name": "", "key": "", "references": None}
    return new is None or old.model_copy(update=drop) != new.model_copy(update=drop)


def actions(table: str, difference: Difference) -> str:
    """The migration in a sentence."""
    return f"ALTER TABLE `{table}`: {'; '.join(_actions(difference))}."


def _actions(one: Difference) -> Iterator[str]:
    yield from (f"RENAME COLUMN `{rename.old}` TO `{rename.new}`" for rename in one.renamed)
    yield from (f"ADD COLUMN {definition(column)}" for column in one.added)
    yield from (step for step in one.steps if step.startswith("ALTER"))
    if one.unique:
        yield f"ADD UNIQUE on {names(_group(columns) for columns in one.unique)}"
    yield from (step for step in one.steps if not step.startswith("ALTER"))
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
    parts += [f"has the foreign key on {listed(one.rekeyed)} otherwise than planned"] if one.rekeyed else []
    parts += [f"has {listed(one.dropped)}, which the plan drops"] if one.dropped else []
    parts += [f"calls `{rename.new}` `{rename.old}`" for rename in one.renamed]
    return names(parts)


def creation(table: Table, undeclared: Mapping[str, str]) -> str:
    """The new table in a sentence; ``undeclared`` is its columns that refer to a table which nothing declares."""
    parts = [f"CREATE TABLE `{table.name}` with {', '.join(definition(one) for one in table.columns)}"]
    if table.unique:
        parts.append(f"UNIQUE on {names(_group(one.columns) for one in table.unique)}")
    keys = [_key(one) for one in table.foreign_keys]
    if keys:
        parts.append(f"foreign key{'s' if keys[1:] else ''} from {names(keys)}")
    if undeclared:
        loose = names(f"`{column}` to `{other}`" for column, other in undeclared.items())
        parts.append(f"no foreign key yet from {loose}, which no document declares")
    if table.indexes:
        parts.append(f"indexes on {names(_group(one.columns) for one in table.indexes)}")
    return "; ".join(parts) + "."


def _key(key: ForeignKey) -> str:
    return f"`{key.columns[0]}` to `{key.table}`{_rule(key.on_delete)}"


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
