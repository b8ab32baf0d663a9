"""The columns that tables make of their builders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shipkit_mcp.readers.drizzle.builders import ColumnBuilder, type_of
from shipkit_mcp.readers.drizzle.encoding import encoded
from shipkit_mcp.readers.drizzle.kinds.kind import CannotKnow
from shipkit_mcp.readers.drizzle.sql import Writes, Writing
from shipkit_mcp.readers.typescript.values import Closure, Host, Site, Unknown, Value

if TYPE_CHECKING:
    from shipkit_mcp.readers.drizzle.tables import Table


class Column(Writes):
    """A column of a table."""

    __slots__ = ("builder", "key", "key_as_name", "name", "table", "type_override")

    def __init__(self, table: Table, key: str, builder: ColumnBuilder) -> None:
        self.table = table
        self.key = key
        if builder.name == "":
            builder.name = table.casing(key) if table.casing is not None else key
        self.name = builder.name
        self.key_as_name = builder.key_as_name and table.casing is None
        self.builder = builder
        self.type_override: Value = None
        if builder.built is None:
            builder.built = []
        builder.built.append(self)

    def get(self, key: str, site: Site) -> Value:
        if key == "name":
            return self.name
        if key == "enumValues":
            return self.builder.values
        if key == "table":
            return self.table
        if key == "getSQLType":
            return TypeFunction(self)
        return super().get(key, site)

    def assign(self, key: str, value: Value) -> None:
        """Projects put their own ``getSQLType`` on a column to say more than drizzle-orm can."""
        if key == "getSQLType":
            self.type_override = value

    def sql_type(self) -> str:
        """``getSQLType()``; raises CannotKnow."""
        override, site = self.type_override, self.builder.site
        if override is None:
            return type_of(self.builder)
        run = site.evaluator.run
        value = run(override, [], site, self) if isinstance(override, Closure) else override
        if not isinstance(value, str):
            raise CannotKnow(
                value if isinstance(value, Unknown) else site.unknown("`getSQLType` gives no text")
            )
        return value

    def invoke(self, key: str, arguments: Sequence[Value], site: Site) -> Value:
        """``.desc()`` and the like, inside an index."""
        if key in ("asc", "desc", "nullsFirst", "nullsLast", "op", "getSQL"):
            return self
        return super().invoke(key, arguments, site)

    def database_name(self, writing: Writing) -> str:
        """The name in the database: an unnamed column's goes through the casing."""
        casing = writing.casing
        return casing(self.name) if self.key_as_name and casing is not None else self.name

    def write(self, writing: Writing) -> str:
        return f"{self.table.write(writing)}.{writing.name(self.database_name(writing))}"

    def encoded(self, value: Value) -> Value:
        return encoded(self.builder.kind.encode, self.builder.options, value)

    def described(self) -> str:
        return f"column `{self.name}`"


class TypeFunction(Host):
    """``column.getSQLType`` as it was when it was asked for."""

    __slots__ = ("column", "override")

    def __init__(self, column: Column) -> None:
        self.column = column
        self.override = column.type_override

    def call(self, _arguments: Sequence[Value], _site: Site) -> Value:
        current, self.column.type_override = self.column.type_override, self.override
        try:
            return self.column.sql_type()
        except CannotKnow as fault:
            return fault.unknown
        finally:
            self.column.type_override = current

    def invoke(self, key: str, arguments: Sequence[Value], site: Site) -> Value:
        if key in ("call", "apply"):
            return self.call((), site)
        return self if key == "bind" else super().invoke(key, arguments, site)
