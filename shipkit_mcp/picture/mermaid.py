"""A schema and the plan for it turned into a Mermaid ``erDiagram``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from shipkit_mcp.facts import Column, ForeignKey, Schema, Table
from shipkit_mcp.findings import Plan
from shipkit_mcp.picture.keys import is_optional, is_primary, is_unique

MOST_CHARACTERS = 45_000
"""GitHub refuses a diagram of more than 50,000 characters."""
MOST_RELATIONS = 480
"""GitHub refuses more than 500 edges."""

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_NOT_WORD = re.compile(r"[^A-Za-z0-9]+")
_RESERVED = frozenset(
    {
        "pk",
        "fk",
        "uk",
        "u",
        "o",
        "one",
        "many",
        "only",
        "zero",
        "or",
        "more",
        "to",
        "optionally",
        "is",
        "direction",
    }
    | {"tb", "bt", "lr", "rl", "title", "acctitle", "accdescr", "erdiagram"}
    | {"class", "classdef", "style", "linkstyle", "subgraph", "end"}
)
"""Words that Mermaid's lexer takes for its own."""


def render_mermaid(target_schema: Schema, plan: Plan) -> str:
    """The diagram of a schema; planned tables and columns say so.

    A large schema loses first the columns that are no keys, then all columns, then its last tables and
    relations; a comment says what was left out.
    """
    drawing = _Drawing(target_schema, plan)
    for choose, left_out in _DETAIL:
        text = drawing.text(choose, left_out)
        if len(text) <= MOST_CHARACTERS:
            return text
    return drawing.cut()


def _is_key(table: Table, column: Column) -> bool:
    return bool(_marks(table, column))


_DETAIL: tuple[tuple[Callable[[Table, Column], bool], str], ...] = (
    (lambda _table, _column: True, ""),
    (_is_key, "columns that are no keys"),
    (lambda _table, _column: False, "all columns"),
)
"""Which columns are drawn, most first, and how what is missing is called."""


@dataclass(frozen=True)
class _Drawing:
    """One schema on its way into one diagram."""

    schema: Schema
    plan: Plan

    @cached_property
    def new_tables(self) -> frozenset[str]:
        return frozenset(one.table for one in self.plan.create)

    @cached_property
    def new_columns(self) -> frozenset[tuple[str, str]]:
        return frozenset((one.table, column) for one in self.plan.changes for column in one.columns)

    def text(self, choose: Callable[[Table, Column], bool], left_out: str) -> str:
        relations = list(self.relations())
        lines = ["erDiagram"]
        lines += [f"    %% left out: {left_out}, the schema is large"] if left_out else []
        lines += [line for table in self.schema.tables for line in self.entity(table, choose)]
        lines += relations[:MOST_RELATIONS]
        if len(relations) > MOST_RELATIONS:
            lines.append(f"    %% left out: {len(relations) - MOST_RELATIONS} relations")
        return "\n".join(lines) + "\n"

    def cut(self) -> str:
        """Entities alone, as many as fit."""
        lines, size = ["erDiagram"], 200
        for table in self.schema.tables:
            line = f"    {entity_name(table.name, table.namespace)}"
            size += len(line) + 1
            if size > MOST_CHARACTERS:
                break
            lines.append(line)
        missing = len(self.schema.tables) - len(lines) + 1
        lines.insert(1, f"    %% left out: columns, relations and {missing} tables, the schema is large")
        return "\n".join(lines) + "\n"

    def entity(self, table: Table, choose: Callable[[Table, Column], bool]) -> Iterator[str]:
        name = entity_name(table.name, table.namespace)
        columns = [one for one in table.columns if choose(table, one)]
        if not columns:
            yield f"    {name}"
            return
        yield f"    {name} {{"
        names = _distinct([attribute_name(one.name) for one in columns])
        yield from (self.attribute(table, one, shown) for one, shown in zip(columns, names, strict=True))
        yield "    }"

    def attribute(self, table: Table, column: Column, shown: str) -> str:
        marks = ", ".join(_marks(table, column))
        notes = [] if shown == column.name else [_inside_quotes(column.name)]
        planned = table.name in self.new_tables or (table.name, column.name) in self.new_columns
        notes += ["planned"] if planned else []
        parts = [type_name(column.type), shown, marks, f'"{", ".join(notes)}"' if notes else ""]
        return "        " + " ".join(part for part in parts if part)

    def relations(self) -> Iterator[str]:
        for table in self.schema.tables:
            for key in table.foreign_keys:
                yield self.relation(table, key)

    def relation(self, table: Table, key: ForeignKey) -> str:
        one_side = "|o" if is_optional(table, key) else "||"
        many_side = "o|" if is_unique(table, key.columns) else "o{"
        parent, child = entity_name(key.table, key.namespace), entity_name(table.name, table.namespace)
        return f'    {parent} {one_side}--{many_side} {child} : "{_inside_quotes(", ".join(key.columns))}"'


def entity_name(name: str, namespace: str | None = None) -> str:
    """A table's name as an entity: bare where Mermaid takes it, else in quotes."""
    full = f"{namespace}.{name}" if namespace else name
    if _WORD.fullmatch(full) and full.lower() not in _RESERVED:
        return full
    return f'"{_inside_quotes(full)}"'


def attribute_name(name: str) -> str:
    """A column's name as an attribute: ASCII letters, digits and underscores."""
    bare = _NOT_WORD.sub("_", name) if not _WORD.fullmatch(name) else name
    bare = bare if bare[:1].isalpha() else f"c{bare}" if bare.strip("_") else "column"
    return bare + "_" if bare.lower() in ("pk", "fk", "uk") else bare


def type_name(sql_type: str) -> str:
    """A SQL type as one word: ``varchar(255)`` is ``varchar_255``, ``text[]`` is ``text_array``."""
    spelled = re.sub(r"\[\d*\]", " array", sql_type)
    bare = _NOT_WORD.sub("_", spelled).strip("_")
    return bare if bare[:1].isalpha() else f"t_{bare}" if bare else "unknown"


def _inside_quotes(text: str) -> str:
    """Text that cannot end a quoted word or start a comment or an entity of HTML."""
    return re.sub(r"[^\w .,:$@-]", "_", text).strip() or "_"


def _marks(table: Table, column: Column) -> list[str]:
    primary = is_primary(table, column.name)
    foreign = any(column.name in key.columns for key in table.foreign_keys)
    marks = (("PK", primary), ("FK", foreign), ("UK", not primary and is_unique(table, (column.name,))))
    return [mark for mark, holds in marks if holds]


def _distinct(names: Sequence[str]) -> list[str]:
    """The names, with a number behind those that would stand twice."""
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return distinct
