"""Lines in which a foreign document defines a column or an index, against the table of the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shipkit_mcp.facts import Column, Table
from shipkit_mcp.rules.shape import family, folded, foreign_key, unique_alone

_FAMILIES = {
    "uuid": "uuid",
    "text": "text",
    "varchar": "text",
    "enum": "text",
    "int": "integer",
    "integer": "integer",
    "bigint": "integer",
    "smallint": "integer",
    "serial": "integer",
    "numeric": "decimal",
    "decimal": "decimal",
    "real": "decimal",
    "json": "json",
    "jsonb": "json",
    "timestamp": "timestamp",
    "timestamptz": "timestamp",
    "date": "date",
    "boolean": "boolean",
    "bool": "boolean",
}
_TYPES = "|".join(sorted(_FAMILIES, key=len, reverse=True))
_COLUMN = re.compile(
    rf"^\s*(?:[-*] )?`?([a-z][a-z0-9_]*)`?\s*(?:[(:]|--?|–|—)\s*({_TYPES})\b(?!\[)(.{{0,400}})", re.IGNORECASE
)
_KEY = re.compile(r"\bFK\b\s*(?:→|->|to|:)\s*`?(\w+)", re.IGNORECASE)
_LABEL = re.compile(r"^\s*\**[A-Z][\w ]{0,40}:?\**:?\**")
_DELETE = re.compile(r"\b(cascade|set null)\b", re.IGNORECASE)
_INDEXES = re.compile(r"^\s*(?://\s*)?\**(?:Indexes|Indices)\**:?\**\s*$", re.IGNORECASE)
_ELSE = re.compile(r"^\s*(?://\s*)?\**\w[\w ]*\**:\s*$|^\s*[{}]?\s*$")
_INDEX = re.compile(r"^\s*[-*]\s*(?:UNIQUE\s*)?(?:\(([\w, `]+)\)|`?(\w+)`?(?=\s*(?:\(|-|$)))")


@dataclass(frozen=True, slots=True)
class Defined:
    """A column that a line defines, and what else the line says of it."""

    column: str
    type: str
    rest: str


def read_definitions(lines: list[str]) -> Iterator[tuple[int, Defined]]:
    """The columns that a fence defines, each with the place of its line; nothing nested counts."""
    depth, commented = 0, False
    own = 1 if lines and lines[0].rstrip().endswith("{") else 0
    for place, text in enumerate(lines):
        commented = commented or "/*" in text
        found = _read_definition(text) if depth == own and not commented else None
        if found:
            yield place, found
        if "*/" in text:
            commented = False
        elif not commented:
            code = text.split("//")[0]
            depth += sum(code.count(one) for one in "{[") - sum(code.count(one) for one in "}]")


def _read_definition(text: str) -> Defined | None:
    """A line such as ``user_id (uuid, FK → users.id)`` or ``- `user_id` - uuid, FK → users(id)``."""
    found = _COLUMN.match(text)
    return Defined(found[1], found[2].lower(), found[3]) if found else None


def read_indexes(lines: list[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The indexes that a fence lists below its "Indexes" line, each with the place of its line."""
    inside = False
    for place, text in enumerate(lines):
        if _INDEXES.match(text):
            inside = True
            continue
        found = _INDEX.match(text) if inside else None
        if found:
            yield place, tuple(one.strip(" `") for one in (found[1] or found[2]).split(","))
        elif text.strip() and (_ELSE.match(text) or _LABEL.match(text)):
            inside = False


def wrong_words(table: Table, column: Column, defined: Defined) -> Iterator[str]:
    """What a definition says of a column that is not so, in words."""
    kind = family(column)
    known = table.dialect != "sqlite" and kind and not column.array
    if known and _FAMILIES[defined.type] != kind:
        yield f"is `{column.type}`, not `{defined.type}`"
    rest = defined.rest.split("//")[0]
    if re.search(r"\bnullable\b", rest) and column.not_null:
        yield "is not null, not nullable"
    if re.search(r"\bnot null\b|\brequired\b", rest, re.IGNORECASE) and not column.not_null:
        yield "is nullable, not required"
    yield from _wrong_key(table, column, rest)
    if re.search(r"\bUNIQUE\b|[(,] ?unique[,)]", rest) and not unique_alone(table, column.name):
        yield "is not unique"


def _wrong_key(table: Table, column: Column, rest: str) -> Iterator[str]:
    said = _KEY.search(rest)
    if not said:
        return
    key = foreign_key(table, column.name)
    if key is None:
        yield "has no foreign key"
    elif key.table != said[1]:
        yield f"refers to `{key.table}`, not `{said[1]}`"
    else:
        delete = _DELETE.search(rest)
        if delete and key.on_delete != delete[1].lower():
            yield f"has `on delete {key.on_delete or 'no action'}`, not `{delete[1].lower()}`"


def has_index(table: Table, columns: tuple[str, ...]) -> bool:
    """Whether an index, key or unique constraint begins with these columns."""
    count = len(columns)
    lists = [one.columns for one in table.indexes] + [one.columns for one in table.unique]
    lists.append(table.primary_key)
    if count == 1 and unique_alone(table, columns[0]):
        return True
    return any(tuple(map(folded, one[:count])) == columns for one in lists)
