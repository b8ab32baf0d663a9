"""What is chained on a column builder (``.notNull()``, ``.default(x)`` …), as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from shipkit_mcp.readers.drizzle.sql import Raw, Sql
from shipkit_mcp.readers.typescript.values import UNDEFINED, Record, Site, Value, truthy

if TYPE_CHECKING:
    from shipkit_mcp.readers.drizzle.builders import ColumnBuilder


Method = Callable[["ColumnBuilder", Sequence[Value], Site], Value]
_MAX_DIMENSIONS = 20


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


def _references(builder: ColumnBuilder, arguments: Sequence[Value], _site: Site) -> Value:
    target = arguments[0] if arguments else UNDEFINED
    actions = arguments[1] if len(arguments) > 1 else UNDEFINED
    builder.references += ((target, actions),)
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
    made = builder.anew(site)
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
