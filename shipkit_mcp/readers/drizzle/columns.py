"""Column builders and the columns that tables make of them, as drizzle-orm has them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from shipkit_mcp.readers.drizzle.dialects import Dialect
from shipkit_mcp.readers.drizzle.encoding import encoded
from shipkit_mcp.readers.drizzle.kinds import Kind
from shipkit_mcp.readers.drizzle.kinds.kind import CannotKnow, Options, plain
from shipkit_mcp.readers.drizzle.sql import Raw, Sql, Writes, Writing
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    Closure,
    Items,
    Record,
    Site,
    Unknown,
    Value,
    text_of,
    truthy,
)
from shipkit_mcp.readers.typescript.values import Host as Host

if TYPE_CHECKING:
    from shipkit_mcp.readers.drizzle.tables import Table

_NO_OPTIONS: Options = {}
_MAX_DIMENSIONS = 20


class ColumnBuilder(Host):
    """``uuid("id")`` and everything that is chained on it. Shared and changed in place, as in drizzle-orm."""

    default: Value = UNDEFINED
    primary = False
    is_unique = False
    unique_name: Value = UNDEFINED
    references: tuple[tuple[Value, Value, Site], ...] = ()
    generated: tuple[Value, str | None] | None = None
    identity: tuple[str, Value] | None = None
    enum: Value = None
    base: ColumnBuilder | None = None
    """Of an array."""
    size: Value = UNDEFINED
    dimensions = 0
    auto_increment = False
    built: list[Column] | None = None

    def __init__(self, dialect: Dialect, kind: Kind, name: str, options: Options, site: Site) -> None:
        self.dialect = dialect
        self.kind = kind
        self.name = name
        self.key_as_name = name == ""
        self.options = options
        self.site = site
        self.not_null = kind.not_null and (not kind.not_null_if or options.get("mode") == kind.not_null_if)
        self.has_default = kind.has_default
        self.values: Value = options.get("enum", UNDEFINED) if kind.values else UNDEFINED

    def invoke(self, key: str, arguments: Sequence[Value], site: Site) -> Value:
        rule = METHODS.get(key)
        if rule is None:
            return site.unknown(f"`.{key}()` of a column is not known")
        if self.built is not None:
            self._leave_built()
        return rule(self, arguments, site)

    def _leave_built(self) -> None:
        """Columns keep what their builder said when they were made."""
        then = copy.copy(self)
        for column in self.built or ():
            column.builder = then
        self.built = None

    def described(self) -> str:
        return "a column"


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


def type_of(builder: ColumnBuilder) -> str:
    """drizzle-orm's ``getSQLType()``; raises CannotKnow."""
    if builder.base is None:
        return builder.kind.type(builder.options)
    size = builder.size
    return f"{type_of(builder.base)}[{text_of(size) if isinstance(size, (int, float)) else ''}]"


# --- what is chained on a builder -------------------------------------------------------------

Method = Callable[[ColumnBuilder, Sequence[Value], Site], Value]


def _same(builder: ColumnBuilder, _arguments: Sequence[Value], _site: Site) -> Value:
    return builder


def _not_null(builder: ColumnBuilder, _arguments: Sequence[Value], _site: Site) -> Value:
    builder.not_null = True
    return builder


def _default(builder: ColumnBuilder, arguments: Sequence[Value], _site: Site) -> Value:
    builder.default = arguments[0] if arguments else UNDEFINED
    builder.has_default = True
    return builder


def _runtime_default(builder: ColumnBuilder, _arguments: Sequence[Value], _site: Site) -> Value:
    builder.has_default = True
    return builder


def _default_now(builder: ColumnBuilder, _arguments: Sequence[Value], site: Site) -> Value:
    if not builder.kind.now:
        return site.unknown("`.defaultNow()` of a column that is no date")
    return _default(builder, [Sql([Raw(builder.kind.now)])], site)


def _default_random(builder: ColumnBuilder, _arguments: Sequence[Value], site: Site) -> Value:
    return _default(builder, [Sql([Raw("gen_random_uuid()")])], site)


def _primary_key(builder: ColumnBuilder, arguments: Sequence[Value], _site: Site) -> Value:
    builder.primary = True
    builder.not_null = True
    options = arguments[0] if arguments else UNDEFINED
    if builder.kind.default_from_key:
        builder.has_default = True
        builder.auto_increment = isinstance(options, Record) and truthy(options.get("autoIncrement", False))
    return builder


def _auto_increment(builder: ColumnBuilder, _arguments: Sequence[Value], _site: Site) -> Value:
    builder.auto_increment = True
    builder.has_default = True
    return builder


def _unique(builder: ColumnBuilder, arguments: Sequence[Value], _site: Site) -> Value:
    builder.is_unique = True
    builder.unique_name = arguments[0] if arguments else UNDEFINED
    return builder


def _references(builder: ColumnBuilder, arguments: Sequence[Value], site: Site) -> Value:
    target = arguments[0] if arguments else UNDEFINED
    actions = arguments[1] if len(arguments) > 1 else UNDEFINED
    builder.references += ((target, actions, site),)
    return builder


def _generated(builder: ColumnBuilder, arguments: Sequence[Value], _site: Site) -> Value:
    options = arguments[1] if len(arguments) > 1 else UNDEFINED
    mode = options.get("mode") if isinstance(options, Record) else None
    builder.generated = (
        arguments[0] if arguments else UNDEFINED,
        mode if isinstance(mode, str) else builder.dialect.generated_mode,
    )
    return builder


def _identity(kind: str) -> Method:
    def rule(builder: ColumnBuilder, arguments: Sequence[Value], _site: Site) -> Value:
        options = arguments[0] if arguments else UNDEFINED
        name = options.get("name", UNDEFINED) if isinstance(options, Record) else UNDEFINED
        builder.identity = (kind, name if builder.dialect.names_sequences else UNDEFINED)
        builder.has_default = True
        builder.not_null = True
        return builder

    return rule


def _array(builder: ColumnBuilder, arguments: Sequence[Value], site: Site) -> Value:
    """In 0.x an array is a new builder around the old one: nothing else of it is kept."""
    if not builder.dialect.first_generation:
        given = arguments[0] if arguments and isinstance(arguments[0], str) else "[]"
        builder.dimensions = len(given) // 2
        return builder
    if builder.dimensions >= _MAX_DIMENSIONS:
        return site.unknown("an array of too many dimensions")
    made = ColumnBuilder(
        builder.dialect, Kind(plain("")), "" if builder.key_as_name else builder.name, {}, site
    )
    made.base = builder
    made.size = arguments[0] if arguments else UNDEFINED
    made.dimensions = builder.dimensions + 1
    made.values = builder.values
    made.enum = builder.enum
    return made


METHODS: Mapping[str, Method] = {
    "$type": _same,
    "notNull": _not_null,
    "default": _default,
    "$defaultFn": _runtime_default,
    "$default": _runtime_default,
    "$onUpdate": _runtime_default,
    "$onUpdateFn": _runtime_default,
    "onUpdateNow": _runtime_default,
    "defaultNow": _default_now,
    "defaultRandom": _default_random,
    "primaryKey": _primary_key,
    "autoincrement": _auto_increment,
    "unique": _unique,
    "references": _references,
    "generatedAlwaysAs": _generated,
    "identity": _identity("always"),
    "generatedAlwaysAsIdentity": _identity("always"),
    "generatedByDefaultAsIdentity": _identity("byDefault"),
    "array": _array,
}


# --- what makes a builder -----------------------------------------------------------------------


class Builds(Host):
    """``uuid``, ``varchar`` …: called with a name, options, or both."""

    __slots__ = ("dialect", "kind", "word")

    def __init__(self, dialect: Dialect, word: str, kind: Kind) -> None:
        self.dialect = dialect
        self.word = word
        self.kind = kind

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        name, options = name_and_options(arguments)
        if isinstance(name, Unknown):
            return name
        return ColumnBuilder(self.dialect, self.kind, name, options_of(options), site)


def name_and_options(arguments: Sequence[Value]) -> tuple[str | Unknown, Value]:
    """drizzle-orm's ``getColumnNameAndConfig``."""
    first = arguments[0] if arguments else UNDEFINED
    second = arguments[1] if len(arguments) > 1 else UNDEFINED
    if isinstance(first, str):
        return first, second
    return (
        (first, second)
        if isinstance(first, Unknown)
        else ("", first if isinstance(first, (Record, Items)) else second)
    )


def options_of(value: Value) -> Options:
    """An options argument as a mapping; what could not be spread into it makes every option unknown."""
    if isinstance(value, Record):
        return _Partial(value) if value.rest else value
    return _Partial({}, value) if isinstance(value, Unknown) else _NO_OPTIONS


class _Partial(dict[str, Value]):
    """Options of which some are not known."""

    def __init__(self, known: Mapping[str, Value], unknown: Unknown | None = None) -> None:
        super().__init__(known)
        rest = getattr(known, "rest", ())
        self.unknown = unknown or (rest[0] if rest else None)

    def get(self, key: str, default: Value = None) -> Value:
        return super().get(key, self.unknown or default)
