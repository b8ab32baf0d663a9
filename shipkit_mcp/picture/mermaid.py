"""A schema and the plan for it turned into a Mermaid ``erDiagram``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Column, ForeignKey, Schema, Table
from shipkit_mcp.findings import Plan
from shipkit_mcp.patterns.diagram import (
    PLANNED,
    TO_BE_CHANGED,
    attribute_name,
    distinct,
    entity_name,
    inside_quotes,
    type_name,
)
from shipkit_mcp.picture.keys import is_optional, is_primary, is_unique, singles

MOST_CHARACTERS = 45_000
"""GitHub refuses a diagram of more than 50,000 characters."""
MOST_RELATIONS = 480
"""GitHub refuses more than 500 edges."""


def render_mermaid(target_schema: Schema, plan: Plan) -> str:
    """The diagram of a schema; planned tables and columns say so.

    A large schema loses first the columns that are no keys, then all columns, then its last tables and
    relations; a comment says what was left out.
    """
    drawing = _Drawing(target_schema, plan)
    for choose, left_out in _DETAIL:
        text = drawing.text(choose, left_out)
        if text is not None:
            return text
    return drawing.cut()


def _is_key(table: Table, column: Column) -> bool:
    return bool(_marks(table, column, singles(table)))


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

    @cached_property
    def altered_columns(self) -> frozenset[tuple[str, str]]:
        return frozenset((one.table, column) for one in self.plan.changes for column in one.alters)

    def text(self, choose: Callable[[Table, Column], bool], left_out: str) -> str | None:
        """The diagram with those columns; None where it would be too large."""
        lines, room = [], MOST_CHARACTERS
        for line in self.lines(choose, left_out):
            room -= len(line) + 1
            if room < 0:
                return None
            lines.append(line)
        return "\n".join(lines) + "\n"

    def lines(self, choose: Callable[[Table, Column], bool], left_out: str) -> Iterator[str]:
        yield "erDiagram"
        if left_out:
            yield f"    %% left out: {left_out}, the schema is large"
        for table in self.schema.tables:
            beat()
            yield from self.entity(table, choose)
        keys = [(table, key) for table in self.schema.tables for key in table.foreign_keys]
        yield from (self.relation(table, key) for table, key in keys[:MOST_RELATIONS])
        if len(keys) > MOST_RELATIONS:
            yield f"    %% left out: {len(keys) - MOST_RELATIONS} relations"

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
        names = distinct([attribute_name(one.name) for one in columns])
        unique = singles(table)
        for one, shown in zip(columns, names, strict=True):
            yield self.attribute(table, one, shown, _marks(table, one, unique))
        yield "    }"

    def attribute(self, table: Table, column: Column, shown: str, marks: list[str]) -> str:
        notes = [] if shown == column.name else [inside_quotes(column.name)]
        notes += self.standing(table, column)
        parts = [type_name(column.type), shown, ", ".join(marks), f'"{", ".join(notes)}"' if notes else ""]
        return "        " + " ".join(part for part in parts if part)

    def standing(self, table: Table, column: Column) -> list[str]:
        place = (table.name, column.name)
        if place in self.altered_columns:
            return [TO_BE_CHANGED]
        return [PLANNED] if table.name in self.new_tables or place in self.new_columns else []

    def relation(self, table: Table, key: ForeignKey) -> str:
        one_side = "|o" if is_optional(table, key) else "||"
        many_side = "o|" if is_unique(table, key.columns) else "o{"
        parent, child = entity_name(key.table, key.namespace), entity_name(table.name, table.namespace)
        return f'    {parent} {one_side}--{many_side} {child} : "{inside_quotes(", ".join(key.columns))}"'


def _marks(table: Table, column: Column, unique: frozenset[str]) -> list[str]:
    """``unique``: the table's columns that stand only once."""
    primary = is_primary(table, column.name)
    foreign = any(column.name in key.columns for key in table.foreign_keys)
    marks = (("PK", primary), ("FK", foreign), ("UK", not primary and column.name in unique))
    return [mark for mark, holds in marks if holds]
