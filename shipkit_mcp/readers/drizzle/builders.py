"""Column builders, as drizzle-orm has them: shared, and changed in place."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from shipkit_mcp.readers.drizzle.chained import METHODS
from shipkit_mcp.readers.drizzle.dialects import Dialect
from shipkit_mcp.readers.drizzle.kinds import Kind
from shipkit_mcp.readers.drizzle.kinds.kind import Options, plain
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    Host,
    Items,
    Record,
    Repeatable,
    Site,
    Unknown,
    Value,
    text_of,
)

if TYPE_CHECKING:
    from shipkit_mcp.readers.drizzle.columns import Column


_NO_OPTIONS: Options = {}
_BLANK = Kind(plain(""))


class ColumnBuilder(Repeatable):
    """``uuid("id")`` and everything that is chained on it. Shared and changed in place, as in drizzle-orm."""

    default: Value = UNDEFINED
    primary = False
    is_unique = False
    unique_name: Value = UNDEFINED
    references: tuple[tuple[Value, Value], ...] = ()
    generated: tuple[Value, str | None] | None = None
    identity: tuple[str, Value] | None = None
    enum: Value = None
    base: ColumnBuilder | None = None
    """Of an array."""
    size: Value = UNDEFINED
    dimensions = 0
    auto_increment = False
    built: list[Column] | None = None
    own: Mapping[str, Value] = {}
    """What was assigned to it, such as a method of the project's own."""

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
        if key in self.own:
            return site.evaluator.call(self.own[key], arguments, site)
        rule = METHODS.get(key)
        if rule is None:
            return site.unknown(f"`.{key}()` of a column is not known")
        self.changes += 1
        if self.built is not None:
            self._leave_built()
        return rule(self, arguments, site)

    def assign(self, key: str, value: Value) -> None:
        self.own = {**self.own, key: value}

    def _leave_built(self) -> None:
        """Columns keep what their builder said when they were made."""
        then = copy.copy(self)
        for column in self.built or ():
            column.builder = then
        self.built = None

    def again(self, site: Site) -> ColumnBuilder:
        """A copy as it was before a table named it."""
        made = ColumnBuilder.__new__(ColumnBuilder)
        made.__dict__.update(self.__dict__)
        made.site = site
        made.built = None
        if made.key_as_name:
            made.name = ""
        return made

    def anew(self, site: Site) -> ColumnBuilder:
        """A builder of the same name that knows nothing else yet."""
        return ColumnBuilder(self.dialect, _BLANK, "" if self.key_as_name else self.name, {}, site)

    def described(self) -> str:
        return "a column"


def type_of(builder: ColumnBuilder) -> str:
    """drizzle-orm's ``getSQLType()``; raises CannotKnow."""
    if builder.base is None:
        return builder.kind.type(builder.options)
    size = builder.size
    return f"{type_of(builder.base)}[{text_of(size) if isinstance(size, (int, float)) else ''}]"


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
