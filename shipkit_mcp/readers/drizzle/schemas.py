"""``pgSchema`` and ``mysqlSchema``: the tables, enums, views and sequences of a database schema."""

from __future__ import annotations

from collections.abc import Sequence

from shipkit_mcp.readers.drizzle.dialects import Dialect
from shipkit_mcp.readers.drizzle.enums import MakesEnum
from shipkit_mcp.readers.drizzle.sql import Writes, Writing
from shipkit_mcp.readers.drizzle.tables import Casing, MakesTable, casing_given
from shipkit_mcp.readers.drizzle.views import MakesSequence, MakesView
from shipkit_mcp.readers.typescript.values import UNDEFINED, Host, Site, Unknown, Value


class DatabaseSchema(Writes):
    """A schema of the database."""

    __slots__ = ("builders", "casing", "dialect", "name")

    def __init__(self, dialect: Dialect, name: str, builders: Value, casing: Casing | None = None) -> None:
        self.dialect = dialect
        self.name = name
        self.builders = builders
        self.casing = casing

    def get(self, key: str, site: Site) -> Value:
        made: dict[str, Host] = {
            "table": MakesTable(self.dialect, self.builders, namespace=self.name, casing=self.casing),
            "enum": MakesEnum(self.dialect, self.name),
            "view": MakesView(self.dialect, self.builders, namespace=self.name, casing=self.casing),
            "materializedView": MakesView(
                self.dialect, self.builders, namespace=self.name, casing=self.casing, materialized=True
            ),
            "sequence": MakesSequence(self.name),
        }
        if key == "schemaName":
            return self.name
        return made[key] if key in made else super().get(key, site)

    def invoke(self, key: str, arguments: Sequence[Value], site: Site) -> Value:
        return self if key == "existing" else super().invoke(key, arguments, site)

    def write(self, writing: Writing) -> str:
        return writing.name(self.name)

    def described(self) -> str:
        return f"database schema `{self.name}`"


class MakesSchema(Host):
    """``pgSchema(name)``."""

    __slots__ = ("builders", "casing", "dialect")

    def __init__(self, dialect: Dialect, builders: Value, casing: Casing | None = None) -> None:
        self.dialect = dialect
        self.builders = builders
        self.casing = casing

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        name = arguments[0] if arguments else UNDEFINED
        if isinstance(name, str):
            return DatabaseSchema(self.dialect, name, self.builders, casing_given(arguments) or self.casing)
        return name if isinstance(name, Unknown) else site.unknown("the name of a database schema is no text")
