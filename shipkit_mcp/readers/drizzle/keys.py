"""Foreign keys of a table, inline and from ``foreignKey()``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shipkit_mcp import facts
from shipkit_mcp.readers.drizzle.columns import Column
from shipkit_mcp.readers.drizzle.kinds.kind import CannotKnow
from shipkit_mcp.readers.drizzle.names import foreign_key_name
from shipkit_mcp.readers.drizzle.sql import Writing
from shipkit_mcp.readers.drizzle.tables import Table
from shipkit_mcp.readers.typescript.values import UNDEFINED, Items, Record, Site, Unknown, Value


class ForeignKeys:
    """The foreign keys found so far, and the tables they lead to."""

    def __init__(
        self, table: Table, writing: Writing, lose: Callable[[Unknown, str], None], reached: list[Table]
    ) -> None:
        self._table = table
        self.writing = writing
        self.lose = lose
        self._reached = reached
        self.found: list[facts.ForeignKey] = []

    def add(
        self,
        columns: Sequence[Column],
        target: Value,
        on_delete: Value,
        on_update: Value,
        site: Site,
        name: str | None,
    ) -> None:
        """Adds one key; raises CannotKnow."""
        foreign = _columns(target, site)
        table = foreign[0].table
        self._reached.append(table)
        derived = foreign_key_name(
            self._table.name, [one.name for one in columns], table.name, [one.name for one in foreign]
        )
        self.found.append(
            facts.ForeignKey(
                name=name or derived,
                explicit_name=name,
                columns=tuple(one.database_name(self.writing) for one in columns),
                table=table.name,
                namespace=table.namespace,
                foreign_columns=tuple(one.database_name(self.writing) for one in foreign),
                on_delete=_action(on_delete),
                on_update=_action(on_update),
            )
        )


def inline_reference(keys: ForeignKeys, column: Column) -> str | None:
    """Adds the keys of ``.references()``; gives ``table.column`` of the first."""
    first = None
    site = column.builder.site
    for given, actions in column.builder.references:
        try:
            target = site.evaluator.bounded(site, site.evaluator.constant, given, site)
            if isinstance(actions, Unknown):
                raise CannotKnow(actions)
            chosen = actions if isinstance(actions, Record) else {}
            keys.add(
                [column],
                target,
                chosen.get("onDelete", UNDEFINED),
                chosen.get("onUpdate", UNDEFINED),
                site,
                _name(column, chosen.get("name", UNDEFINED)),
            )
        except CannotKnow as fault:
            keys.lose(fault.unknown, f"what column `{column.key}` references cannot be known")
            continue
        key = keys.found[-1]
        first = first or f"{key.table}.{key.foreign_columns[0]}"
    return first


def _name(column: Column, given: Value) -> str | None:
    return given if column.builder.dialect.names_references and isinstance(given, str) else None


def _columns(target: Value, site: Site) -> list[Column]:
    values = list(target) if isinstance(target, Items) else [target]
    for one in [*values, *getattr(target, "rest", ())]:
        if not isinstance(one, Column):
            raise CannotKnow(one if isinstance(one, Unknown) else site.unknown("it is no column of a table"))
    if not values:
        raise CannotKnow(site.unknown("it names no column"))
    return values


def _action(value: Value) -> str | None:
    if isinstance(value, Unknown):
        raise CannotKnow(value)
    return value if isinstance(value, str) and value != "no action" else None
