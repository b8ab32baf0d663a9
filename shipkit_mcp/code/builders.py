"""A type of the database -> the drizzle-orm builder that makes it, as data for each dialect."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Options = tuple[tuple[str, str], ...]
"""Options of a builder, their values as TypeScript."""
Makes = Callable[[re.Match[str]], tuple[str, Options]]


@dataclass(frozen=True, slots=True)
class Builder:
    """``varchar`` with ``{ length: 255 }``; ``custom`` where drizzle-orm has no builder for a type."""

    name: str
    options: Options = ()
    custom: str | None = None


def _plain(name: str) -> Makes:
    return lambda _found: (name, ())


def _sized(name: str, *options: str) -> Makes:
    """Each group of the pattern is one option."""

    def make(found: re.Match[str]) -> tuple[str, Options]:
        given = zip(options, found.groups(), strict=False)
        return name, tuple((option, value) for option, value in given if value is not None)

    return make


def _flagged(name: str, *flags: str) -> Makes:
    """Groups that matched are options that are true."""

    def make(found: re.Match[str]) -> tuple[str, Options]:
        return name, tuple(
            (flag, "true") for flag, value in zip(flags, found.groups(), strict=False) if value
        )

    return make


def _zoned(name: str) -> Makes:
    def make(found: re.Match[str]) -> tuple[str, Options]:
        zone: Options = (("withTimezone", "true"),) if found["zone"] else ()
        size: Options = (("precision", found["size"]),) if found["size"] else ()
        return name, (*size, *zone)

    return make


def _interval(found: re.Match[str]) -> tuple[str, Options]:
    fields: Options = (("fields", f'"{found["fields"].strip()}"'),) if found["fields"] else ()
    size: Options = (("precision", found["size"]),) if found["size"] else ()
    return "interval", (*fields, *size)


def _table(rows: Sequence[tuple[str, Makes]]) -> tuple[tuple[re.Pattern[str], Makes], ...]:
    return tuple((re.compile(pattern), make) for pattern, make in rows)


_ZONE = r"(?: ?\((?P<size>\d+)\))?(?P<zone> with time zone)?"
_SCALE = r"(?:\((\d+)(?:, ?(\d+))?\))?"
_SIGN = r"( unsigned)?"

POSTGRESQL = _table(
    [
        *((name, _plain(name)) for name in ("uuid", "text", "integer", "smallint", "bigint", "boolean")),
        *((name, _plain(name)) for name in ("jsonb", "json", "real", "date", "serial", "smallserial")),
        *(
            (name, _plain(name))
            for name in ("bigserial", "inet", "cidr", "macaddr", "macaddr8", "point", "line")
        ),
        ("double precision", _plain("doublePrecision")),
        (rf"numeric{_SCALE}", _sized("numeric", "precision", "scale")),
        (r"varchar(?:\((\d+)\))?", _sized("varchar", "length")),
        (r"char(?:\((\d+)\))?", _sized("char", "length")),
        (rf"timestamp{_ZONE}", _zoned("timestamp")),
        (rf"time{_ZONE}", _zoned("time")),
        (r"interval(?P<fields> [a-z ]+)?(?:\((?P<size>\d+)\))?", _interval),
        (r"vector\((\d+)\)", _sized("vector", "dimensions")),
        (r"halfvec\((\d+)\)", _sized("halfvec", "dimensions")),
        (r"bit\((\d+)\)", _sized("bit", "dimensions")),
    ]
)
_DECIMAL = rf"\((\d+)(?:, ?(\d+))?\){_SIGN}"
MYSQL = _table(
    [
        *(
            (f"{name}{_SIGN}", _flagged(name, "unsigned"))
            for name in ("int", "smallint", "tinyint", "mediumint")
        ),
        *((name, _plain(name)) for name in ("boolean", "json", "date", "year", "serial", "text", "real")),
        *((name, _plain(name)) for name in ("tinytext", "mediumtext", "longtext")),
        (rf"bigint{_SIGN}", _flagged("bigint", "unsigned")),
        (r"varchar\((\d+)\)", _sized("varchar", "length")),
        (r"char(?:\((\d+)\))?", _sized("char", "length")),
        (r"binary(?:\((\d+)\))?", _sized("binary", "length")),
        (r"varbinary\((\d+)\)", _sized("varbinary", "length")),
        (r"timestamp(?:\((\d+)\))?", _sized("timestamp", "fsp")),
        (r"datetime(?:\((\d+)\))?", _sized("datetime", "fsp")),
        (r"time(?:\((\d+)\))?", _sized("time", "fsp")),
        (rf"(?:decimal|numeric){_SCALE}", _sized("decimal", "precision", "scale")),
        (r"double(?:\((\d+)(?:, ?(\d+))?\))?", _sized("double", "precision", "scale")),
        (r"float(?:\((\d+)(?:, ?(\d+))?\))?", _sized("float", "precision", "scale")),
    ]
)
SQLITE = _table(
    [
        *((name, _plain(name)) for name in ("text", "integer", "real", "numeric", "blob")),
        (r"text\((\d+)\)", _sized("text", "length")),
    ]
)
BUILDERS: Mapping[str, tuple[tuple[re.Pattern[str], Makes], ...]] = {
    "postgresql": POSTGRESQL,
    "mysql": MYSQL,
    "sqlite": SQLITE,
}
NEEDS_MODE = frozenset(("bigint", "bigserial"))
"""Builders that do not compile without ``{ mode }``."""
_SAFE = re.compile(
    r"[A-Za-z_][A-Za-z0-9_ ]{0,60}(?:\(\d{1,5}(?:, ?\d{1,5})?\))?(?: with(?:out)? time zone)?(?: unsigned)?"
)
_ARRAY = re.compile(r"(?:\[\d*\])+$")


def element_type(type_: str) -> str:
    """An array's type without its brackets."""
    return _ARRAY.sub("", type_)


def dimensions(type_: str, array: int = 0) -> int:
    return max(type_.count("["), array)


def is_safe_type(type_: str) -> bool:
    """Whether a type can be written into SQL as it is."""
    return bool(_SAFE.fullmatch(element_type(type_)))


def builder_of(type_: str, dialect: str) -> Builder:
    """The builder of a type without its array brackets."""
    for pattern, make in BUILDERS[dialect]:
        found = pattern.fullmatch(type_)
        if found:
            name, options = make(found)
            return Builder(name, options)
    return Builder("customType", custom=type_)
