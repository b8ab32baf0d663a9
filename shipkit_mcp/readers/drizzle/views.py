"""Views, materialized views and sequences."""

from __future__ import annotations

from collections.abc import Sequence

from shipkit_mcp.readers.drizzle.columns import Column
from shipkit_mcp.readers.drizzle.dialects import Dialect
from shipkit_mcp.readers.drizzle.queries import Query, QueryBuilder
from shipkit_mcp.readers.drizzle.sql import Writes, Writing
from shipkit_mcp.readers.drizzle.tables import Casing, MakesTable, Table
from shipkit_mcp.readers.typescript.values import UNDEFINED, Closure, Host, Record, Site, Unknown, Value


class ViewType(Writes):
    """A view; its fields are known where its query or its columns are."""

    __slots__ = (
        "dialect",
        "existing",
        "fields",
        "key",
        "materialized",
        "name",
        "namespace",
        "site",
        "statement",
    )

    def __init__(self, dialect: Dialect, name: str, namespace: str | None, site: Site) -> None:
        self.dialect = dialect
        self.name = name
        self.namespace = namespace
        self.materialized = False
        self.existing = False
        self.fields: dict[str, Value] = {}
        self.site = site
        self.key = ""
        self.statement: Site | None = None

    def named(self, name: str, statement: Site) -> None:
        if not self.key:
            self.key, self.statement = name, statement

    def get(self, key: str, site: Site) -> Value:
        return self.fields[key] if key in self.fields else super().get(key, site)

    def write(self, writing: Writing) -> str:
        name = writing.name(self.name)
        return name if self.namespace is None else f"{writing.name(self.namespace)}.{name}"

    def described(self) -> str:
        return f"view `{self.name}`"


class _ViewBuilder(Host):
    """What stands between ``pgView(name)`` and ``.as(…)``."""

    __slots__ = ("view",)

    def __init__(self, view: ViewType) -> None:
        self.view = view

    def invoke(self, key: str, arguments: Sequence[Value], site: Site) -> Value:
        if key == "existing":
            self.view.existing = True
            return self.view
        if key != "as":
            known = key in (
                "with",
                "using",
                "tablespace",
                "withNoData",
                "algorithm",
                "sqlSecurity",
                "withCheckOption",
            )
            return self if known else site.unknown(f"`.{key}()` of a view is not known")
        query = arguments[0] if arguments else UNDEFINED
        if isinstance(query, Closure):
            query = site.evaluator.call(query, [QueryBuilder()], site)
        if isinstance(query, Query) and not self.view.fields:
            self.view.fields = query.selected()
        return self.view


class MakesView(Host):
    """``pgView(name, columns?)``."""

    __slots__ = ("materialized", "table")

    def __init__(
        self,
        dialect: Dialect,
        builders: Value,
        *,
        namespace: str | None = None,
        casing: Casing | None = None,
        materialized: bool = False,
    ) -> None:
        self.table = MakesTable(dialect, builders, namespace=namespace, casing=casing)
        self.materialized = materialized

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        name = arguments[0] if arguments else UNDEFINED
        if not isinstance(name, str):
            return name if isinstance(name, Unknown) else site.unknown("the name of a view is no text")
        view = ViewType(self.table.dialect, name, self.table.namespace, site)
        view.materialized = self.materialized
        if len(arguments) > 1 and isinstance(arguments[1], (Record, Closure)):
            shape = self.table.call(arguments[:2], site)
            if isinstance(shape, Table):
                view.fields = dict(shape.columns)
        return _ViewBuilder(view)


def field_name(key: str, field: Value, writing: Writing) -> str:
    """What a selected field is called."""
    if isinstance(field, Column):
        return field.database_name(writing)
    alias = getattr(field, "alias", None)
    return alias if isinstance(alias, str) else key


class SequenceType(Host):
    """A sequence."""

    __slots__ = ("key", "name", "namespace", "site", "statement")

    def __init__(self, name: str, namespace: str | None, site: Site) -> None:
        self.name = name
        self.namespace = namespace
        self.site = site
        self.key = ""
        self.statement: Site | None = None

    def named(self, name: str, statement: Site) -> None:
        if not self.key:
            self.key, self.statement = name, statement


class MakesSequence(Host):
    """``pgSequence(name, options?)``."""

    __slots__ = ("namespace",)

    def __init__(self, namespace: str | None = None) -> None:
        self.namespace = namespace

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        name = arguments[0] if arguments else UNDEFINED
        if isinstance(name, str):
            return SequenceType(name, self.namespace, site)
        return name if isinstance(name, Unknown) else site.unknown("the name of a sequence is no text")
