"""``pgEnum`` and ``mysqlEnum``: enum types of the database and enum columns."""

from __future__ import annotations

from collections.abc import Sequence

from shipkit_mcp.readers.drizzle.builders import ColumnBuilder, name_and_options
from shipkit_mcp.readers.drizzle.dialects import Dialect
from shipkit_mcp.readers.drizzle.kinds import Kind
from shipkit_mcp.readers.drizzle.kinds.kind import CannotKnow, plain
from shipkit_mcp.readers.drizzle.sql import Writes, Writing
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    Host,
    Items,
    Record,
    Site,
    Unknown,
    Value,
    text_of,
)


class EnumType(Writes):
    """An enum type; called, it makes a column of that type."""

    __slots__ = ("dialect", "key", "kind", "name", "namespace", "site", "statement", "values")

    def __init__(self, dialect: Dialect, name: str, values: Value, namespace: str | None, site: Site) -> None:
        self.dialect = dialect
        self.name = name
        self.values = values
        self.namespace = namespace
        self.site = site
        self.key = ""
        self.statement: Site | None = None
        self.kind = Kind(plain(name))

    def named(self, name: str, statement: Site) -> None:
        if not self.key:
            self.key, self.statement = name, statement

    def get(self, key: str, site: Site) -> Value:
        if key == "enumValues":
            return self.values
        return self.name if key == "enumName" else super().get(key, site)

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        name = arguments[0] if arguments and isinstance(arguments[0], (str, Unknown)) else ""
        if isinstance(name, Unknown):
            return name
        builder = ColumnBuilder(self.dialect, self.kind, name, {}, site)
        builder.enum = self
        builder.values = self.values
        return builder

    def write(self, writing: Writing) -> str:
        name = writing.name(self.name)
        return name if self.namespace is None else f"{writing.name(self.namespace)}.{name}"

    def described(self) -> str:
        return f"enum `{self.name}`"


def enum_values(given: Value, site: Site) -> Value:
    """The values of ``["a", "b"]`` or of an enum object."""
    if isinstance(given, Record):
        values = Items(list(given.values()))
        values.rest = given.rest
        return values
    if isinstance(given, (Items, Unknown)):
        return given
    return site.unknown("the values of an enum are no list")


def known_texts(values: Value, site: Site) -> tuple[str, ...]:
    """The values of an enum as text; raises CannotKnow unless every one is known."""
    if values is None or values is UNDEFINED:
        return ()
    members = list(values) if isinstance(values, Items) else [values]
    for one in (*members, *getattr(values, "rest", ())):
        if text_of(one) is None or isinstance(one, Unknown):
            raise CannotKnow(one if isinstance(one, Unknown) else site.unknown("an enum value is no text"))
    return tuple(text_of(one) or "" for one in members)


class MakesEnum(Host):
    """``pgEnum(name, values)`` and ``schema.enum(name, values)``."""

    __slots__ = ("dialect", "namespace")

    def __init__(self, dialect: Dialect, namespace: str | None = None) -> None:
        self.dialect = dialect
        self.namespace = namespace

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        name = arguments[0] if arguments else UNDEFINED
        if not isinstance(name, str):
            return name if isinstance(name, Unknown) else site.unknown("the name of an enum is no text")
        values = enum_values(arguments[1] if len(arguments) > 1 else UNDEFINED, site)
        return EnumType(self.dialect, name, values, self.namespace, site)


class MakesEnumColumn(Host):
    """``mysqlEnum(name, values)``: an enum that is a column's own type."""

    __slots__ = ("dialect",)

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        name, given = name_and_options(arguments)
        if isinstance(name, Unknown):
            return name
        values = enum_values(given, site)
        builder = ColumnBuilder(self.dialect, Kind(lambda _options: _own_type(values, site)), name, {}, site)
        builder.values = values
        return builder


def _own_type(values: Value, site: Site) -> str:
    return "enum(" + ",".join(f"'{value}'" for value in known_texts(values, site)) + ")"
