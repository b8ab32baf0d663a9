"""The target and the schema as it is -> where every table, enum and column is declared, and as what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shipkit_mcp.code.columns import Book
from shipkit_mcp.code.habits import Habits
from shipkit_mcp.code.names import IDENTIFIER, file_stem, formed, identifier, to_camel, words
from shipkit_mcp.code.places import Sources
from shipkit_mcp.errors import beat
from shipkit_mcp.facts import DbEnum, Schema

BUILDER_WORDS = words(
    """
    pgTable pgEnum pgPolicy mysqlTable mysqlEnum sqliteTable uuid text integer smallint bigint boolean
    jsonb json real date serial smallserial bigserial inet cidr macaddr macaddr8 point line
    doublePrecision numeric varchar char timestamp time interval vector halfvec bit int tinyint mediumint
    year tinytext mediumtext longtext binary varbinary datetime decimal double float blob customType index
    uniqueIndex unique primaryKey foreignKey check view table t
    """
)
"""Constants of these names would hide what the file imports."""


def write_book(schema: Schema, target: Schema, sources: Sources, habits: Habits) -> Book:
    """Names for what is new, taken from nobody; files in the order of the target."""
    taken = {table.key for table in schema.tables} | {one.key for one in schema.enums}
    taken |= {one.text for code in sources.codes.values() for one in code.tokens if one.kind == "word"}
    taken |= BUILDER_WORDS | {habits.param, habits.callback or ""}
    tables, enums = _known(schema, target)
    files = _Files(schema, sources, habits)
    for table in target.tables:
        if table.name not in tables:
            constant = identifier(formed(habits.table_form, table.name) or "table", taken)
            taken.add(constant)
            tables[table.name] = (files.path(table.name), constant)
    enum_file = habits.layout.single or files.path("enums")
    for enum, user in _new_enums(schema, target):
        constant = identifier(formed(habits.enum_form, enum.name) or "enum", taken)
        taken.add(constant)
        enums[enum.name] = (tables[user][0] if user else enum_file, constant)
    return Book(target, tables, enums, _keys(schema, target), _looped(target), enum_file=enum_file)


def _known(schema: Schema, target: Schema) -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    kept = {one.name for one in target.tables}
    tables = {one.name: (one.path, one.key) for one in schema.by_name.values() if one.name in kept}
    enums = {one.name: (one.path, one.key) for one in schema.enums}
    return tables, enums


class _Files:
    """Paths for new tables."""

    def __init__(self, schema: Schema, sources: Sources, habits: Habits) -> None:
        self._layout = habits.layout
        self._taken = {"index"} | {
            path.rpartition("/")[2].rpartition(".")[0].lower() for path in (*sources.codes, *schema.files)
        }

    def path(self, table: str) -> str:
        if self._layout.single:
            return self._layout.single
        stem = file_stem(table, self._layout.form, self._taken)
        self._taken.add(stem.lower())
        folder = f"{self._layout.folder}/" if self._layout.folder else ""
        return f"{folder}{stem}{self._layout.extension}"


def _new_enums(schema: Schema, target: Schema) -> Iterable[tuple[DbEnum, str | None]]:
    """New enums with the table beside which each is declared.

    Every other user's file imports that one when it is loaded, so it must not import (for a foreign key) one of
    them: then the enum gets a file of its own (None).
    """
    old = {one.name for one in schema.enums}
    stands = {one.name for one in schema.tables}
    steps = _steps(target)
    using: dict[str, list[str]] = {}
    for table in target.tables:
        for name in dict.fromkeys(column.enum for column in table.columns if column.enum):
            using.setdefault(name, []).append(table.name)
    for enum in target.enums:
        users = using.get(enum.name, [])
        if enum.name not in old and users:
            users.sort(key=lambda name: name not in stands)
            yield enum, next((u for u in users if not (_reachable(u, steps) - {u}) & set(users)), None)


def _keys(schema: Schema, target: Schema) -> Mapping[tuple[str, str], str]:
    """The property of each column, as given; a unique identifier where the name is a strange one."""
    keys: dict[tuple[str, str], str] = {}
    for table in target.tables:
        old = schema.table(table.name)
        taken: set[str] = set()
        for column in table.columns:
            known = old.column(column.name) if old else None
            key = known.key if known else _key(column.key, column.name, taken)
            taken.add(key)
            keys[table.name, column.name] = key
    return keys


def _key(key: str, name: str, taken: set[str]) -> str:
    made = key if IDENTIFIER.fullmatch(key) and key != "__proto__" else to_camel(name)
    made = made if IDENTIFIER.fullmatch(made) and made != "__proto__" else f"column{len(taken) + 1}"
    number, free = 2, made
    while free in taken:
        free, number = f"{made}{number}", number + 1
    return free


def _looped(target: Schema) -> frozenset[tuple[str, str]]:
    """Pairs of tables that reach each other by foreign keys: TypeScript cannot infer their types."""
    steps = _steps(target)
    reach = {name: _reachable(name, steps) for name in steps}
    return frozenset(
        (one, other) for one in steps for other in steps[one] if one in reach.get(other, {other})
    )


def _steps(target: Schema) -> Mapping[str, set[str]]:
    return {one.name: {key.table for key in one.foreign_keys} for one in target.tables}


def _reachable(start: str, steps: Mapping[str, set[str]]) -> set[str]:
    beat()
    seen: set[str] = {start}
    waiting = [start]
    while waiting:
        new = steps.get(waiting.pop(), set()) - seen
        seen |= new
        waiting += new
    return seen
