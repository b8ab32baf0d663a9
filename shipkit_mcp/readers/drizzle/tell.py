"""Tables, enums and views as they were made to the facts about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shipkit_mcp import facts
from shipkit_mcp.readers.drizzle.allows import allows_of, comment_of
from shipkit_mcp.readers.drizzle.columns import Column
from shipkit_mcp.readers.drizzle.constraints import Constraint
from shipkit_mcp.readers.drizzle.keys import ForeignKeys
from shipkit_mcp.readers.drizzle.kinds.kind import CannotKnow
from shipkit_mcp.readers.drizzle.names import CASINGS, primary_key_name, unique_name
from shipkit_mcp.readers.drizzle.sql import Writing
from shipkit_mcp.readers.drizzle.tables import Table
from shipkit_mcp.readers.drizzle.tell_columns import ColumnTeller
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    Closure,
    Items,
    Record,
    Site,
    Unknown,
    Value,
    truthy,
)


class TableTeller:
    """Tells one table; collects what could not be known."""

    def __init__(self, table: Table, casing: str | None) -> None:
        self.table = table
        self.writing = Writing(table.dialect, CASINGS.get(casing))
        self.unread: list[facts.Unread] = []
        self.reached: list[Table] = []
        self._keys = ForeignKeys(table, self.writing, self._lose, self.reached)
        self._indexes: list[facts.Index] = []
        self._uniques: list[facts.Unique] = []
        self._checks: list[facts.Check] = []
        self._policies: list[str] = []
        self._primary: tuple[tuple[str, ...], str] | None = None

    def tell(self, *, key: str, exported: bool) -> facts.Table:
        """The facts of the table."""
        table = self.table
        for unknown, what in table.problems:
            self._lose(unknown, what)
        tell_column = ColumnTeller(self.writing, self._lose, self._keys).tell
        columns = tuple(tell_column(column) for column in table.columns.values())
        linked = (one for one in table.linked if isinstance(one, Constraint))
        for constraint in (*self._constraints(), *linked):
            self._add(constraint)
        place = _place(table)
        primary = self._primary or (tuple(one.name for one in columns if one.primary_key), None)
        return facts.Table(
            name=table.name,
            namespace=table.namespace,
            dialect=table.dialect.name,
            key=key,
            exported=exported,
            path=place.path,
            line=place.line,
            comment=comment_of(table),
            columns=columns,
            primary_key=primary[0],
            primary_key_name=primary[1],
            unique=tuple(self._uniques),
            indexes=tuple(self._indexes),
            foreign_keys=tuple(self._keys.found),
            checks=tuple(self._checks),
            policies=tuple(self._policies),
            rls=table.rls,
            allows=allows_of(table),
            unread=tuple(dict.fromkeys(self.unread)),
        )

    def tell_only_name(self, unknown: Unknown, *, key: str, exported: bool) -> facts.Table:
        """What is left of a table that takes too much to read."""
        table, place = self.table, _place(self.table)
        return facts.Table(
            name=table.name,
            namespace=table.namespace,
            dialect=table.dialect.name,
            key=key,
            exported=exported,
            path=place.path,
            line=place.line,
            unread=(facts.Unread(path=place.path, line=place.line, why=f"the table {unknown.why}"),),
        )

    def _lose(self, unknown: Unknown, what: str) -> None:
        path, line = (
            (unknown.path, unknown.line) if unknown.path else (self.table.site.path, self.table.site.line)
        )
        self.unread.append(facts.Unread(path=path, line=line, why=f"{what}: {unknown.why}"))

    # --- the third argument ----------------------------------------------------------------------

    def _constraints(self) -> Sequence[Constraint]:
        extra, site = self.table.extra, self.table.site
        if isinstance(extra, Closure):
            extra = site.evaluator.call(extra, [self.table], site)
        if extra is UNDEFINED or extra is None:
            return ()
        if isinstance(extra, Unknown):
            self._lose(extra, "its constraints cannot be known")
            return ()
        found = (
            list(extra.values())
            if isinstance(extra, Record)
            else list(extra)
            if isinstance(extra, Items)
            else []
        )
        unknown = list(getattr(extra, "rest", ()))
        made: list[Constraint] = []
        for one in found:
            for part in one if isinstance(one, Items) else (one,):
                if isinstance(part, Constraint):
                    made.append(part)
                elif isinstance(part, Unknown):
                    unknown.append(part)
        for one in unknown:
            self._lose(one, "a constraint cannot be known")
        return made

    def _add(self, constraint: Constraint) -> None:
        try:
            _TELL[constraint.kind](self, constraint)
        except CannotKnow as fault:
            self._lose(fault.unknown, f"{constraint.described()} cannot be known")

    def _name(self, constraint: Constraint) -> str | None:
        if isinstance(constraint.name, Unknown):
            raise CannotKnow(constraint.name)
        return constraint.name if isinstance(constraint.name, str) else None

    def _columns(self, constraint: Constraint) -> list[Column]:
        return [known_column(one, constraint.site) for one in constraint.columns]

    def _part(self, constraint: Constraint, key: str) -> str | None:
        value = constraint.parts.get(key, UNDEFINED)
        return None if value is UNDEFINED or value is None else self.writing.text(value)

    def index(self, constraint: Constraint) -> None:
        name = self._name(constraint)
        columns = tuple(
            one.database_name(self.writing) if isinstance(one, Column) else self.writing.text(one)
            for one in constraint.columns
        )
        method = constraint.parts.get("using")
        if isinstance(method, Unknown):
            raise CannotKnow(method)
        self._indexes.append(
            facts.Index(
                name=name,
                columns=columns,
                unique=constraint.kind == "unique index",
                where=self._part(constraint, "where"),
                method=method if isinstance(method, str) and method != "btree" else None,
            )
        )

    def unique(self, constraint: Constraint) -> None:
        columns = self._columns(constraint)
        name = self._name(constraint) or unique_name(self.table.name, [one.name for one in columns])
        self._uniques.append(
            facts.Unique(
                name=name,
                columns=tuple(one.database_name(self.writing) for one in columns),
                nulls_not_distinct=truthy(constraint.parts.get("nullsNotDistinct", False)),
            )
        )

    def primary(self, constraint: Constraint) -> None:
        columns = self._columns(constraint)
        name = self._name(constraint) or primary_key_name(self.table.name, [one.name for one in columns])
        self._primary = tuple(one.database_name(self.writing) for one in columns), name

    def foreign(self, constraint: Constraint) -> None:
        self._keys.add(
            self._columns(constraint),
            constraint.target,
            constraint.parts.get("onDelete", UNDEFINED),
            constraint.parts.get("onUpdate", UNDEFINED),
            constraint.site,
            self._name(constraint),
        )

    def check(self, constraint: Constraint) -> None:
        text = self.writing.text(constraint.parts.get("value", UNDEFINED))
        self._checks.append(facts.Check(name=self._name(constraint) or "", expression=text))

    def policy(self, constraint: Constraint) -> None:
        self._policies.append(self._name(constraint) or "")


_TELL: dict[str, Callable[[TableTeller, Constraint], None]] = {
    "index": TableTeller.index,
    "unique index": TableTeller.index,
    "unique": TableTeller.unique,
    "primary": TableTeller.primary,
    "foreign": TableTeller.foreign,
    "check": TableTeller.check,
    "policy": TableTeller.policy,
}


def known_column(value: Value, site: Site) -> Column:
    """A column, or CannotKnow."""
    if isinstance(value, Column):
        return value
    raise CannotKnow(value if isinstance(value, Unknown) else site.unknown("it is no column"))


def _place(table: Table) -> Site:
    """Where a table is made: its call, or the statement that calls a helper of another place."""
    site, statement = table.site, table.statement
    if statement is None:
        return site
    inside = (
        site.module is statement.module
        and statement.node.start_byte <= site.node.start_byte <= statement.node.end_byte
    )
    return site if inside else statement
