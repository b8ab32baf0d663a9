"""``pgTable`` and its relatives in every dialect: tables, table creators and database schemas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from shipkit_mcp.readers.drizzle.builders import ColumnBuilder
from shipkit_mcp.readers.drizzle.columns import Column
from shipkit_mcp.readers.drizzle.dialects import Dialect
from shipkit_mcp.readers.drizzle.names import CASINGS
from shipkit_mcp.readers.drizzle.sql import Writes, Writing
from shipkit_mcp.readers.typescript.values import UNDEFINED, Closure, Host, Record, Site, Unknown, Value

Casing = Callable[[str], str]


class Table(Writes):
    """A table as it was made; constraints are read when all tables are known."""

    __slots__ = (
        "base_name",
        "casing",
        "columns",
        "dialect",
        "extra",
        "key",
        "linked",
        "members",
        "name",
        "namespace",
        "problems",
        "record",
        "rls",
        "site",
        "statement",
    )

    def __init__(self, dialect: Dialect, name: str, site: Site) -> None:
        self.dialect = dialect
        self.name = name
        self.namespace: str | None = None
        self.base_name = name
        self.columns: dict[str, Column] = {}
        self.members: Mapping[str, Value] = self.columns
        self.record: Record = Record()
        self.extra: Value = UNDEFINED
        self.rls = False
        self.casing: Casing | None = None
        self.key = ""
        self.linked: list[Host] = []
        """Policies that name the table themselves."""
        self.site = site
        self.statement: Site | None = None
        self.problems: list[tuple[Unknown, str]] = []

    def forget(self) -> None:
        """Lets go of the columns, which hold the table."""
        for column in self.columns.values():
            column.builder.built = None
        self.columns.clear()
        self.record = Record()
        self.extra = UNDEFINED

    def named(self, name: str, statement: Site) -> None:
        """Called with the first name that the table is bound to."""
        if not self.key:
            self.key = name
            self.statement = statement

    def get(self, key: str, site: Site) -> Value:
        if key in self.columns:
            return self.columns[key]
        for unknown, _ in self.problems:
            return unknown
        return site.unknown(f"table `{self.name}` has no column `{key}`")

    def invoke(self, key: str, arguments: Sequence[Value], site: Site) -> Value:
        if key == "enableRLS":
            self.rls = True
            return self
        return super().invoke(key, arguments, site)

    def write(self, writing: Writing) -> str:
        name = writing.name(self.name)
        return name if self.namespace is None else f"{writing.name(self.namespace)}.{name}"

    def described(self) -> str:
        return f"table `{self.name}`"


class MakesTable(Host):
    """``pgTable``, what ``pgTableCreator`` gives, ``schema.table``."""

    __slots__ = ("builders", "casing", "dialect", "namespace", "rename", "rls")

    def __init__(
        self,
        dialect: Dialect,
        builders: Value,
        *,
        namespace: str | None = None,
        rename: Value = None,
        casing: Casing | None = None,
        rls: bool = False,
    ) -> None:
        self.dialect = dialect
        self.builders = builders
        self.namespace = namespace
        self.rename = rename
        self.casing = casing
        self.rls = rls

    def get(self, key: str, site: Site) -> Value:
        if key == "withRLS":
            return MakesTable(
                self.dialect,
                self.builders,
                namespace=self.namespace,
                rename=self.rename,
                casing=self.casing,
                rls=True,
            )
        return super().get(key, site)

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        given = [*arguments, UNDEFINED, UNDEFINED, UNDEFINED]
        problems: list[tuple[Unknown, str]] = []
        name = self._name(given[0], problems, site)
        if not isinstance(name, str):
            return name
        table = Table(self.dialect, name, site)
        table.namespace, table.casing, table.rls = self.namespace, self.casing, self.rls
        table.base_name = given[0] if isinstance(given[0], str) else name
        table.problems += problems
        table.extra = given[2]
        self._add_columns(table, given[1], site)
        return table

    def _name(self, given: Value, problems: list[tuple[Unknown, str]], site: Site) -> str | Unknown:
        renamed = given if self.rename is None else site.evaluator.call(self.rename, [given], site)
        if isinstance(renamed, str):
            return renamed
        if not isinstance(renamed, Unknown):
            return site.unknown("the name of a table is no text")
        likely = renamed.fallback if isinstance(renamed.fallback, str) else given
        if not isinstance(likely, str):
            return Unknown(f"the name of a table cannot be known: {renamed.why}", renamed.path, renamed.line)
        problems.append((renamed, "its name (or a part of it) cannot be known"))
        return likely

    def _add_columns(self, table: Table, given: Value, site: Site) -> None:
        members = site.evaluator.call(given, [self.builders], site) if isinstance(given, Closure) else given
        if not isinstance(members, Record):
            unknown = members if isinstance(members, Unknown) else site.unknown("they are no object")
            table.problems.append((unknown, "its columns cannot be known"))
            return
        table.record = members
        for key, value in members.items():
            if isinstance(value, ColumnBuilder):
                table.columns[key] = Column(table, key, value)
            else:
                unknown = value if isinstance(value, Unknown) else site.unknown("it is no column")
                if unknown.path == table.site.path:  # the column says more than the import of what it calls
                    unknown = replace(unknown, line=members.lines.get(key, unknown.line))
                table.problems.append((unknown, f"column `{key}` cannot be known"))
        table.problems += [(one, "some columns cannot be known") for one in members.rest]


class MakesCreator(Host):
    """``pgTableCreator((name) => `prefix_${name}`)``."""

    __slots__ = ("builders", "casing", "dialect")

    def __init__(self, dialect: Dialect, builders: Value, casing: Casing | None = None) -> None:
        self.dialect = dialect
        self.builders = builders
        self.casing = casing

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        if not arguments:
            return site.unknown("a table creator without function")
        return MakesTable(
            self.dialect, self.builders, rename=arguments[0], casing=casing_given(arguments) or self.casing
        )


def casing_given(arguments: Sequence[Value]) -> Casing | None:
    """1.0 takes a casing as second argument of creators and schemas."""
    given = arguments[1] if len(arguments) > 1 else None
    return CASINGS.get(given) if isinstance(given, str) else None
