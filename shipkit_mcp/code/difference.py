"""A table as it is and as it will be -> what the change consists of, name by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from shipkit_mcp.facts import Check, Column, ForeignKey, Index, Table, Unique
from shipkit_mcp.findings import Rename
from shipkit_mcp.mapping.expressions import with_new_formula, with_new_names

T = TypeVar("T")
LONG = ("text", "json", "blob")
"""Types of MySQL whose default is an expression."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One kept table; ``before`` is the old table with its columns already under their new names."""

    old: Table
    before: Table
    new: Table
    renamed: tuple[Rename, ...]
    added: tuple[Column, ...]
    dropped: tuple[Column, ...]
    changed: tuple[tuple[Column, Column], ...]
    indexes: tuple[tuple[Index, ...], tuple[Index, ...]]
    """(dropped, added), and so for what follows."""
    uniques: tuple[tuple[Unique, ...], tuple[Unique, ...]]
    keys: tuple[tuple[ForeignKey, ...], tuple[ForeignKey, ...]]
    checks: tuple[tuple[Check, ...], tuple[Check, ...]]
    by_key: bool = False
    """Unnamed uniques are called after the properties of the code (see ``derived_unique``)."""

    @property
    def renamed_constraints(self) -> tuple[tuple[str, str, str], ...]:
        """(kind, old name, new name) of what drizzle names after the renamed columns."""
        old, new = self.settled_old, self.before
        pairs: list[tuple[str, str | None, str | None]] = [
            *(("unique", a.name, b.name) for a, b in zip(old.unique, new.unique, strict=True)),
            *(("index", a.name, b.name) for a, b in zip(old.indexes, new.indexes, strict=True)),
            *(
                ("foreign key", a.name, b.name)
                for a, b in zip(old.foreign_keys, new.foreign_keys, strict=True)
            ),
        ]
        if len(self.before.primary_key) > 1:
            pairs.append(("primary key", old.primary_key_name, new.primary_key_name))
        return tuple((kind, one, other) for kind, one, other in pairs if one and other and one != other)

    @property
    def settled_old(self) -> Table:
        return settled(self.old, by_key=self.by_key)

    @property
    def is_empty(self) -> bool:
        pairs = (self.indexes, self.uniques, self.keys, self.checks)
        lists = (
            self.renamed,
            self.added,
            self.dropped,
            self.changed,
            *(one for pair in pairs for one in pair),
        )
        return not any((*lists, self.renamed_constraints)) and self.before.primary_key == self.new.primary_key


def compare(old: Table, new: Table, renames: Sequence[Rename] = (), *, by_key: bool = False) -> Difference:
    """What turns one into the other; both are settled (see ``settled``)."""
    own = tuple(one for one in renames if one.table == old.name and old.column(one.old))
    own = tuple(one for one in own if new.column(one.new))
    before = settled(renamed(old, renames, new, by_key=by_key), by_key=by_key)
    after = {one.name: one for one in new.columns}
    there = {one.name for one in before.columns}
    pairs = [(one, after[one.name]) for one in before.columns if one.name in after]
    return Difference(
        old=old,
        before=before,
        new=new,
        renamed=own,
        added=tuple(one for one in new.columns if one.name not in there),
        dropped=tuple(one for one in before.columns if one.name not in after),
        changed=tuple((one, other) for one, other in pairs if _definition(one) != _definition(other)),
        indexes=_both(before.indexes, new.indexes),
        uniques=_both(before.unique, new.unique),
        keys=_both(before.foreign_keys, new.foreign_keys),
        checks=_both(before.checks, new.checks),
        by_key=by_key,
    )


def _both(before: Sequence[T], after: Sequence[T]) -> tuple[tuple[T, ...], tuple[T, ...]]:
    return tuple(one for one in before if one not in after), tuple(one for one in after if one not in before)


def _definition(column: Column) -> Column:
    """What the database knows of a column by itself."""
    beside = {"key": "", "comment": None, "line": 0, "references": None, "unique": False}
    told = {"has_default": False, "enum_values": None if column.enum else column.enum_values}
    return column.model_copy(update=beside | told)


def renamed(table: Table, renames: Sequence[Rename], new: Table, *, by_key: bool = False) -> Table:
    """The table once columns (its own and those that it refers to) carry their new names."""
    own = {one.old: one.new for one in renames if one.table == table.name}

    def swap(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(own.get(name, name) for name in names)

    def key(one: ForeignKey) -> ForeignKey:
        there = {other.old: other.new for other in renames if other.table == one.table}
        foreign = tuple(there.get(name, name) for name in one.foreign_columns)
        return one.model_copy(update={"columns": swap(one.columns), "foreign_columns": foreign})

    def column(one: Column) -> Column:
        one = with_new_formula(one, own)
        after = new.column(own.get(one.name, one.name)) if one.name in own else None
        return one.model_copy(update={"name": after.name, "key": after.key}) if after else one

    columns = tuple(column(one) for one in table.columns)
    after = table.model_copy(update={"columns": columns})

    def unique(one: Unique) -> Unique:
        derived = one.name == derived_unique(table, one.columns, by_key=by_key)
        name = derived_unique(after, swap(one.columns), by_key=by_key) if derived else one.name
        return one.model_copy(update={"columns": swap(one.columns), "name": name})

    return after.model_copy(
        update={
            "primary_key": swap(table.primary_key),
            "unique": tuple(unique(one) for one in table.unique),
            "foreign_keys": tuple(key(one) for one in table.foreign_keys),
        }
    ).model_copy(update=_expressions(table, own, swap))


def _expressions(
    table: Table, own: Mapping[str, str], swap: Callable[[tuple[str, ...]], tuple[str, ...]]
) -> dict[str, Any]:
    """Checks and conditions of indexes, which name columns as SQL."""
    return {
        "checks": tuple(
            one.model_copy(update={"expression": with_new_names(one.expression, own)}) for one in table.checks
        ),
        "indexes": tuple(
            _renamed_index(
                one,
                table,
                swap(_with_new_parts(one.columns, table, own)),
                one.where and with_new_names(one.where, own),
            )
            for one in table.indexes
        ),
    }


def _with_new_parts(columns: tuple[str, ...], table: Table, own: Mapping[str, str]) -> tuple[str, ...]:
    """What an index lists, its expressions under the new names."""
    return tuple(one if table.column(one) else with_new_names(one, own) for one in columns)


def _renamed_index(one: Index, table: Table, columns: tuple[str, ...], where: str | None) -> Index:
    """A derived name follows the columns."""
    name = index_name(table, columns) if one.name == index_name(table, one.columns) else one.name
    return one.model_copy(update={"columns": columns, "where": where, "name": name})


def index_name(table: Table, columns: Sequence[str]) -> str:
    """As drizzle-kit derives it."""
    return f"{table.name}_{'_'.join(columns)}_index"


def rederived(table: Table, renames: Sequence[Rename], old: Table | None, *, by_key: bool = False) -> Table:
    """The table of the target, everything under the names that hold once the columns are renamed."""
    forth = {one.old: one.new for one in renames if one.table == table.name}
    table = table.model_copy(update=_expressions(table, forth, lambda names: names))
    back = {one.new: one.old for one in renames if one.table == table.name}

    def named(one: Unique) -> Unique:
        before = tuple(back.get(name, name) for name in one.columns)
        if old is None or one.name != derived_unique(old, before, by_key=by_key) or before == one.columns:
            return one
        return one.model_copy(update={"name": derived_unique(table, one.columns, by_key=by_key)})

    def listed(one: Index) -> Index:
        before = tuple(back.get(name, name) for name in one.columns)
        derived = one.name == index_name(table, before)
        return one.model_copy(update={"name": index_name(table, one.columns)}) if derived else one

    return table.model_copy(
        update={
            "unique": tuple(named(one) for one in table.unique),
            "indexes": tuple(listed(one) for one in table.indexes),
        }
    )


def settled(table: Table, *, by_key: bool = False) -> Table:
    """The table with every constraint in one form: uniques of columns listed, names as drizzle derives them."""
    columns = tuple(_settled_column(one, table.dialect) for one in table.columns)
    key = table.primary_key or tuple(one.name for one in columns if one.primary_key)
    update = {
        "columns": columns,
        "primary_key": key,
        "primary_key_name": _key_name(table, key),
        "unique": _uniques(table, by_key=by_key),
        "indexes": tuple(_named(one, table) for one in table.indexes),
        "foreign_keys": tuple(_foreign(one, table) for one in table.foreign_keys),
    }
    return table.model_copy(update=update)


def _settled_column(column: Column, dialect: str) -> Column:
    """Keys are never null; MySQL takes a default of long text only in brackets."""
    update: dict[str, Any] = {"not_null": True} if column.primary_key and not column.not_null else {}
    default = column.default
    if dialect == "mysql" and column.type in LONG and isinstance(default, str) and default.startswith("'"):
        update["default"] = f"({default})"
    return column.model_copy(update=update) if update else column


def _key_name(table: Table, key: tuple[str, ...]) -> str | None:
    if len(key) < 2 and table.primary_key_name is None:
        return None
    name = table.primary_key_name
    derived = name is None or (name.startswith(f"{table.name}_") and name.endswith("_pk"))
    return f"{table.name}_{'_'.join(key)}_pk" if derived else name


def derived_unique(table: Table, columns: Sequence[str], *, by_key: bool) -> str:
    """As drizzle-orm derives it: where a casing makes the columns' names, it still goes by their properties."""
    found = [table.column(name) for name in columns]
    keys = [one.key if one and by_key else name for one, name in zip(found, columns, strict=True)]
    return f"{table.name}_{'_'.join(keys)}_unique"


def _uniques(table: Table, *, by_key: bool) -> tuple[Unique, ...]:
    listed = list(table.unique)
    seen = {one.columns for one in listed}
    listed += [
        Unique(name=None, columns=(one.name,))
        for one in table.columns
        if one.unique and (one.name,) not in seen
    ]
    return tuple(
        one.model_copy(update={"name": one.name or derived_unique(table, one.columns, by_key=by_key)})
        for one in listed
    )


def _named(one: Index, table: Table) -> Index:
    return one.model_copy(update={"name": one.name or index_name(table, one.columns)})


def _foreign(one: ForeignKey, table: Table) -> ForeignKey:
    derived = "_".join((table.name, *one.columns, one.table, *one.foreign_columns)) + "_fk"
    actions = {
        name: None if action == "no action" else action
        for name, action in (("on_delete", one.on_delete), ("on_update", one.on_update))
    }
    return one.model_copy(update={"name": one.explicit_name or derived, **actions})
