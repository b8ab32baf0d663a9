"""Columns that refer to other tables -> foreign keys with matching types, and the tables nobody declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Column, ForeignKey, Table
from shipkit_mcp.patterns.types import referring_type


def link_tables(tables: Mapping[str, Table], rules: Mapping[tuple[str, str], str | None]) -> dict[str, Table]:
    """Every table with the constraints that its new references ask for.

    ``rules`` holds the delete rule of each new reference by (table, column); a reference to a table or column
    that is nowhere loses its constraint and keeps its column.
    """
    linked = dict(tables)
    for name in in_order(tables.values()):
        linked[name] = _link(linked[name], linked, rules)
    return linked


def target_of(reference: str) -> tuple[str, str]:
    """``sites.id`` -> (``sites``, ``id``); a bare table means its ``id``."""
    table, _, column = reference.rpartition(".")
    return (table.rpartition(".")[2], column) if table else (reference, "id")


def in_order(tables: Iterable[Table]) -> tuple[str, ...]:
    """Names with every table after those that it refers to; cycles fall back to the order given."""
    needs = {table.name: references_of(table) for table in tables}
    waiting = {name: {one for one in own if one in needs and one != name} for name, own in needs.items()}
    place = {name: at for at, name in enumerate(waiting)}
    users: dict[str, list[str]] = {name: [] for name in waiting}
    for name, own in waiting.items():
        for one in own:
            users[one].append(name)
    done: list[str] = []
    ready = [name for name, own in waiting.items() if not own]
    while waiting:
        ready = ready or [next(iter(waiting))]
        for name in ready:
            del waiting[name]
        done += ready
        ready = sorted(_freed(ready, users, waiting), key=place.__getitem__)
    return tuple(done)


def _freed(
    done: Iterable[str], users: Mapping[str, Sequence[str]], waiting: Mapping[str, set[str]]
) -> Iterator[str]:
    """What waited for nothing but these."""
    for name in done:
        for user in users[name]:
            if user in waiting:
                waiting[user].discard(name)
                if not waiting[user]:
                    yield user


def references_of(table: Table) -> frozenset[str]:
    """Every table that a table refers to."""
    inline = {target_of(one.references)[0] for one in table.columns if one.references}
    return frozenset(inline | {key.table for key in table.foreign_keys})


def _link(table: Table, tables: Mapping[str, Table], rules: Mapping[tuple[str, str], str | None]) -> Table:
    beat()
    columns, keys = [], list(table.foreign_keys)
    for column in table.columns:
        if not column.references or (table.name, column.name) not in rules:
            columns.append(column)
            continue
        keys = [key for key in keys if key.columns != (column.name,)]
        target = _target(column, table, tables)
        columns.append(_fitted(column, target, table.dialect))
        if target:
            other = tables.get(target_of(column.references)[0])
            key = _key(table, column, rules[table.name, column.name])
            keys.append(key.model_copy(update={"namespace": other.namespace if other else None}))
    if all(one is other for one, other in zip(columns, table.columns, strict=True)):
        return table
    return table.model_copy(update={"columns": tuple(columns), "foreign_keys": tuple(keys)})


def _target(column: Column, table: Table, tables: Mapping[str, Table]) -> Column | None:
    name, key = target_of(column.references or "")
    other = table if name == table.name else tables.get(name)
    return other.column(key) if other else None


def _fitted(column: Column, target: Column | None, dialect: str) -> Column:
    if target is None:
        return column.model_copy(update={"references": None})
    type_ = referring_type(target.type, dialect)
    return column.model_copy(
        update={"type": type_, "enum": None, "references": ".".join(target_of(column.references or ""))}
    )


def _key(table: Table, column: Column, on_delete: str | None) -> ForeignKey:
    other, key = target_of(column.references or "")
    return ForeignKey(
        name=f"{table.name}_{column.name}_{other}_{key}_fk",
        columns=(column.name,),
        table=other,
        foreign_columns=(key,),
        on_delete=on_delete,
    )


def dangling(tables: Sequence[Table]) -> tuple[tuple[str, str, str], ...]:
    """(table, column, reference) of every reference whose target is nowhere in these tables."""
    known = {(table.name, column.name) for table in tables for column in table.columns}
    return tuple(
        (table.name, column.name, column.references)
        for table in tables
        for column in table.columns
        if column.references and target_of(column.references) not in known
    )
