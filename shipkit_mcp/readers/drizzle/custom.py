"""``customType({ dataType() { … } })``: column builders that a project makes itself."""

from __future__ import annotations

from collections.abc import Sequence

from shipkit_mcp.readers.drizzle.builders import ColumnBuilder, name_and_options, options_of
from shipkit_mcp.readers.drizzle.dialects import Dialect
from shipkit_mcp.readers.drizzle.kinds import Kind
from shipkit_mcp.readers.drizzle.kinds.kind import CannotKnow, TypeOf
from shipkit_mcp.readers.typescript.values import UNDEFINED, Host, Record, Site, Unknown, Value, text_of


class MakesCustomType(Host):
    """``customType``."""

    __slots__ = ("dialect",)

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        given = arguments[0] if arguments else UNDEFINED
        if not isinstance(given, Record):
            return given if isinstance(given, Unknown) else site.unknown("a custom type is no object")
        return CustomType(self.dialect, given)


class CustomType(Host):
    """A custom column builder."""

    __slots__ = ("dialect", "rules")

    def __init__(self, dialect: Dialect, rules: Record) -> None:
        self.dialect = dialect
        self.rules = rules

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        name, options = name_and_options(arguments)
        if isinstance(name, Unknown):
            return name
        kind = Kind(self._type_of(options, site), encode="custom" if "toDriver" in self.rules else "")
        return ColumnBuilder(self.dialect, kind, name, options_of(options), site)

    def _type_of(self, options: Value, site: Site) -> TypeOf:
        def type_of(_options: object) -> str:
            function = site.evaluator.get(self.rules, "dataType", site)
            value = site.evaluator.call(function, [options], site)
            text = text_of(value)
            if text is None:
                raise CannotKnow(
                    value if isinstance(value, Unknown) else site.unknown("`dataType` gives no text")
                )
            return text

        return type_of
