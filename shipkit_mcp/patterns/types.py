"""The types that documents write, and what each is called in PostgreSQL, MySQL and SQLite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Dialect = Literal["postgresql", "mysql", "sqlite"]
DIALECTS: tuple[Dialect, ...] = ("postgresql", "mysql", "sqlite")


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlType:
    """One kind of value and its name in each dialect (as drizzle-orm's ``getSQLType()`` prints it)."""

    family: str
    """Types of one family hold the same values: no conflict between ``text`` and ``varchar(255)``."""
    postgresql: str
    mysql: str
    sqlite: str

    def named(self, dialect: str | None) -> str:
        """Its name in a dialect; PostgreSQL's where there is none."""
        if dialect == "mysql":
            return self.mysql
        return self.sqlite if dialect == "sqlite" else self.postgresql


UUID = SqlType(family="uuid", postgresql="uuid", mysql="varchar(36)", sqlite="text")
TEXT = SqlType(family="text", postgresql="text", mysql="text", sqlite="text")
SHORT_TEXT = SqlType(family="text", postgresql="varchar(255)", mysql="varchar(255)", sqlite="text")
ENUM = SqlType(family="text", postgresql="text", mysql="varchar(32)", sqlite="text")
INTEGER = SqlType(family="integer", postgresql="integer", mysql="int", sqlite="integer")
SMALL_INTEGER = SqlType(family="integer", postgresql="smallint", mysql="smallint", sqlite="integer")
BIG_INTEGER = SqlType(family="integer", postgresql="bigint", mysql="bigint", sqlite="integer")
SERIAL = SqlType(family="integer", postgresql="serial", mysql="int", sqlite="integer")
BIG_SERIAL = SqlType(family="integer", postgresql="bigserial", mysql="bigint", sqlite="integer")
NUMERIC = SqlType(family="decimal", postgresql="numeric", mysql="decimal", sqlite="numeric")
DOUBLE = SqlType(family="decimal", postgresql="double precision", mysql="double", sqlite="real")
REAL = SqlType(family="decimal", postgresql="real", mysql="real", sqlite="real")
BOOLEAN = SqlType(family="boolean", postgresql="boolean", mysql="boolean", sqlite="integer")
TIMESTAMP = SqlType(
    family="timestamp", postgresql="timestamp with time zone", mysql="timestamp", sqlite="integer"
)
PLAIN_TIMESTAMP = SqlType(family="timestamp", postgresql="timestamp", mysql="timestamp", sqlite="integer")
DATE = SqlType(family="date", postgresql="date", mysql="date", sqlite="text")
TIME = SqlType(family="time", postgresql="time", mysql="time", sqlite="text")
INTERVAL = SqlType(family="interval", postgresql="interval", mysql="varchar(64)", sqlite="text")
JSON = SqlType(family="json", postgresql="jsonb", mysql="json", sqlite="text")
PLAIN_JSON = SqlType(family="json", postgresql="json", mysql="json", sqlite="text")
BYTES = SqlType(family="bytes", postgresql="bytea", mysql="blob", sqlite="blob")

_REFERRING = {"serial": "integer", "bigserial": "bigint", "smallserial": "smallint"}


def referring_type(type_: str, dialect: str | None) -> str:
    """The type of a column that refers to one of a type: a plain number for a counting key."""
    if dialect == "mysql":
        return "bigint unsigned" if type_ == "serial" else type_
    return _REFERRING.get(type_.lower(), type_)


VOCABULARY: dict[str, SqlType] = {
    "uuid": UUID,
    "guid": UUID,
    "cuid": TEXT,
    "ulid": TEXT,
    "nanoid": TEXT,
    "string": TEXT,
    "text": TEXT,
    "varchar": SHORT_TEXT,
    "character varying": SHORT_TEXT,
    "char": SHORT_TEXT,
    "character": SHORT_TEXT,
    "citext": TEXT,
    "url": TEXT,
    "email": TEXT,
    "slug": TEXT,
    "markdown": TEXT,
    "enum": ENUM,
    "number": INTEGER,
    "int": INTEGER,
    "int4": INTEGER,
    "integer": INTEGER,
    "mediumint": INTEGER,
    "smallint": SMALL_INTEGER,
    "int2": SMALL_INTEGER,
    "tinyint": SMALL_INTEGER,
    "bigint": BIG_INTEGER,
    "int8": BIG_INTEGER,
    "serial": SERIAL,
    "bigserial": BIG_SERIAL,
    "numeric": NUMERIC,
    "decimal": NUMERIC,
    "money": NUMERIC,
    "float": DOUBLE,
    "float8": DOUBLE,
    "double": DOUBLE,
    "double precision": DOUBLE,
    "real": REAL,
    "float4": REAL,
    "boolean": BOOLEAN,
    "bool": BOOLEAN,
    "date": DATE,
    "time": TIME,
    "interval": INTERVAL,
    "datetime": TIMESTAMP,
    "timestamp": TIMESTAMP,
    "timestamptz": TIMESTAMP,
    "timestamp with time zone": TIMESTAMP,
    "timestamp without time zone": PLAIN_TIMESTAMP,
    "json": JSON,
    "jsonb": JSON,
    "object": JSON,
    "record": JSON,
    "unknown": JSON,
    "any": JSON,
    "array": JSON,
    "bytea": BYTES,
    "blob": BYTES,
    "buffer": BYTES,
}
"""A word of a document, lower case, to its type. TypeScript's ``Date`` is told by case: see ``mapping``."""

CASED: dict[str, SqlType] = {"Date": TIMESTAMP, "String": TEXT, "Number": INTEGER, "Boolean": BOOLEAN}
"""Words whose case matters: ``Date`` of TypeScript is a moment, ``date`` of SQL a day."""

COMPATIBLE: dict[str, frozenset[str]] = {
    "string": frozenset({"text", "uuid", "timestamp", "date", "time", "decimal", "interval"}),
    "number": frozenset({"integer", "decimal"}),
    "text": frozenset({"text", "uuid"}),
    "integer": frozenset({"integer"}),
    "int": frozenset({"integer"}),
    "date": frozenset({"date", "timestamp"}),
    "enum": frozenset({"text"}),
}
"""Families that a loose word allows in the schema without a conflict."""

_COUNTED = (
    "count|seconds|minutes|ms|percentage|percent|size|width|height|limit|number|tokens|index|order|position|"
    "attempts|total"
)
_COUNTED_ALONE = "progress|attempts|position|version|width|height|count|priority"
_STRUCTURED = (
    "json|data|metadata|config|options|settings|parameters|params|payload|items|results|stats|snapshot"
)
_STRUCTURED_ALONE = f"{_STRUCTURED}|requirements|suggestions|tags"

BY_NAME: tuple[tuple[str, SqlType], ...] = (
    (r"^id$|_id$|_by$", UUID),
    (r"_at$|_on$|_until$", TIMESTAMP),
    (r"^(?:month|date|day|due|birthday)$|_date$|_month$", DATE),
    (r"^(?:is|has|can|should|allow|enable)_|_enabled$|^(?:active|enabled|archived|published)$", BOOLEAN),
    (r"_bytes$", BIG_INTEGER),
    (rf"_(?:{_COUNTED})$|^(?:{_COUNTED_ALONE})$", INTEGER),
    (
        r"_(?:score|rate|ratio|price|amount|cost|confidence)$|^(?:score|price|amount|cost|confidence)$",
        NUMERIC,
    ),
    (rf"_(?:{_STRUCTURED})$|^(?:{_STRUCTURED_ALONE})$", JSON),
)
"""What a column's name says where no type is written; first match wins, otherwise text."""
