"""One column builder: how its options become the SQL type, and what it brings along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from shipkit_mcp.readers.typescript.values import UNDEFINED, Unknown, Value, text_of, truthy

Options: TypeAlias = Mapping[str, Value]
"""The options object of a column builder."""


class CannotKnow(Exception):
    """What is asked for depends on an unknown value."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown.why)
        self.unknown = unknown


def option(options: Options, key: str) -> Value:
    """An option, ``UNDEFINED`` where it is absent; raises CannotKnow."""
    value = options.get(key, UNDEFINED)
    if isinstance(value, Unknown):
        raise CannotKnow(value)
    return value


def _shown(options: Options, key: str) -> str | None:
    value = option(options, key)
    return None if value is UNDEFINED else text_of(value)


TypeOf: TypeAlias = Callable[[Options], str]


def plain(name: str) -> TypeOf:
    """``uuid``."""
    return lambda _options: name


def sized(name: str, key: str = "length") -> TypeOf:
    """``varchar(255)``."""

    def type_of(options: Options) -> str:
        size = _shown(options, key)
        return name if size is None else f"{name}({size})"

    return type_of


def sized_if(name: str, key: str = "length") -> TypeOf:
    """Like ``sized``, where a size of 0 counts as none."""
    return lambda options: sized(name, key)(options) if truthy(option(options, key)) else name


def always_sized(name: str, key: str) -> TypeOf:
    """``vector(3)``; drizzle-orm prints what it is given, even nothing."""
    return lambda options: f"{name}({_shown(options, key) or 'undefined'})"


def scaled(
    name: str, between: str = ", ", *, unsigned: bool = False, plain_if: tuple[str, ...] = ()
) -> TypeOf:
    """``numeric(10, 2)``."""

    def type_of(options: Options) -> str:
        precision, scale = _shown(options, "precision"), _shown(options, "scale")
        parts = [one for one in (precision, scale if precision is not None else None) if one is not None]
        made = f"{name}({between.join(parts)})" if parts else name
        made = name if made in plain_if else made
        return f"{made} unsigned" if unsigned and truthy(option(options, "unsigned")) else made

    return type_of


def unsigned(name: str) -> TypeOf:
    """``int unsigned``."""
    return lambda options: f"{name} unsigned" if truthy(option(options, "unsigned")) else name


def zoned(name: str, *, gap: bool = False) -> TypeOf:
    """``timestamp (3) with time zone``; drizzle-orm leaves the gap in date mode only."""

    def type_of(options: Options) -> str:
        precision = _shown(options, "precision")
        space = " " if gap and option(options, "mode") != "string" else ""
        size = "" if precision is None else f"{space}({precision})"
        return f"{name}{size}{' with time zone' if truthy(option(options, 'withTimezone')) else ''}"

    return type_of


def suffixed(name: str) -> TypeOf:
    """``timestamptz(3)``."""

    def type_of(options: Options) -> str:
        zone = "tz" if truthy(option(options, "withTimezone")) else ""
        return sized(name + zone, "precision")(options)

    return type_of


def placed(before: str) -> TypeOf:
    """``geometry(point,4326)``."""

    def type_of(options: Options) -> str:
        reference = _shown(options, "srid")
        return f"{before}{'' if reference is None else ',' + reference})"

    return type_of


def interval(options: Options) -> str:
    """``interval day to second(3)``."""
    fields, precision = option(options, "fields"), option(options, "precision")
    return (
        "interval"
        + (f" {text_of(fields)}" if truthy(fields) else "")
        + (f"({text_of(precision)})" if truthy(precision) else "")
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """A column builder."""

    type: TypeOf
    not_null: bool = False
    """Without ``.notNull()``."""
    not_null_if: str = ""
    """Only in this ``mode``."""
    has_default: bool = False
    """Without ``.default()``."""
    values: bool = False
    """``{ enum: [...] }`` is kept."""
    now: str = ""
    """What ``.defaultNow()`` writes; empty where there is none."""
    encode: str = ""
    """How a value is written into SQL, by mode (see ``encoding``)."""
    default_from_key: bool = False
    """``.primaryKey()`` gives a default (SQLite's integers)."""
