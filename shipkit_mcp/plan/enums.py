"""Tables with lists of values -> the same tables with the enums of the database, each list under one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Column, DbEnum, Schema, Table
from shipkit_mcp.patterns.types import ENUM
from shipkit_mcp.plan.columns import choose_enum
from shipkit_mcp.plan.style import Style

Values = tuple[str, ...]


@dataclass
class _Shelf:
    """Enums while columns choose among them; lives inside one call of ``with_enums``."""

    style: Style
    shared: list[DbEnum]
    taken: set[str]
    made: list[DbEnum] = field(default_factory=list)

    def choose(self, table: str, column: Column) -> Column:
        chosen, made = choose_enum(table, column, self.style, self.shared, self.taken)
        if made:
            self.made.append(made)
            self.shared.append(made)
            self.taken.add(made.name)
        return chosen


def with_enums(
    schema: Schema,
    tables: Iterable[Table],
    leaving: frozenset[str],
    style: Style,
    first_names: Mapping[tuple[str, str], str],
) -> Schema:
    """The schema of these tables; ``first_names`` holds (table, renamed column) and its name in the schema.

    ``leaving`` are tables that may go: nothing is made to need what only they have.
    """
    tables = tuple(tables)
    lists = _lists(schema, tables)
    own = {one.name: one.values for one in schema.enums}
    settled = tuple(_settled(one, lists, own, style) for one in tables)
    kept = _kept(schema, settled, lists)
    shared = _kept(schema, [one for one in settled if one.name not in leaving], lists)
    # names of removed tables and of enums that go are taken too: they go last
    shelf = _Shelf(style, shared, {*(one.name for one in tables), *(one.name for one in schema.enums)})
    finished = []
    for table in settled:
        beat()
        old = schema.table(table.name)
        names = ((first_names.get((table.name, one.name), one.name), one) for one in table.columns)
        pairs = [(old.column(name) if old else None, one) for name, one in names]
        columns = tuple(one if _stands(was, one) else shelf.choose(table.name, one) for was, one in pairs)
        finished.append(table.model_copy(update={"columns": columns}))
    update = {
        "dialect": schema.dialect or style.dialect,
        "tables": tuple(finished),
        "enums": (*kept, *shelf.made),
    }
    return schema.model_copy(update=update)


def _stands(old: Column | None, new: Column) -> bool:
    """Whether a column asks for no enum: it is as it was, or was text with a list before its list changed."""
    return old == new or bool(old and old.enum_values and not old.enum and old.type == new.type)


def _lists(schema: Schema, tables: Sequence[Table]) -> dict[str, Values]:
    """The list of each enum: what all its columns say, or its own with what some of them add to it.

    Enums of one name in several schemas of the database are left as they are.
    """
    said: dict[str, dict[Values, None]] = {}
    for table in (*tables, *schema.namesakes):
        for column in table.columns:
            if column.enum and column.enum_values:
                said.setdefault(column.enum, {})[column.enum_values] = None
    count = Counter(one.name for one in schema.enums)
    return {
        one.name: _one_list(one.values, tuple(said.get(one.name, {one.values: None})))
        for one in schema.enums
        if count[one.name] == 1
    }


def _one_list(own: Values, said: Sequence[Values]) -> Values:
    if len(said) == 1:
        return said[0]
    grown = [one for one in said if _within(own, one)]
    longest = max(grown, key=len, default=own)
    return longest if all(_within(one, longest) for one in grown) else own


def _within(short: Values, long: Values) -> bool:
    """Whether all of a list stands in another one, in its order."""
    rest = iter(long)
    return all(one in rest for one in short)


def _settled(table: Table, lists: Mapping[str, Values], own: Mapping[str, Values], style: Style) -> Table:
    beat()

    def column(one: Column) -> Column:
        agreed = lists.get(one.enum or "")
        if agreed is None or one.enum_values is None or one.enum_values == agreed:
            return one
        if _within(own[one.enum or ""], one.enum_values) and _within(one.enum_values, agreed):
            return one.model_copy(update={"enum_values": agreed})
        return one.model_copy(update={"type": ENUM.named(style.dialect), "enum": None})

    return table.model_copy(update={"columns": tuple(column(one) for one in table.columns)})


def _kept(schema: Schema, tables: Sequence[Table], lists: Mapping[str, Values]) -> list[DbEnum]:
    """Without the enums that only removed tables used, and with the lists of the plan."""
    before = {column.enum for table in schema.tables for column in table.columns if column.enum}
    staying = (*tables, *schema.namesakes)
    after = {column.enum for table in staying for column in table.columns if column.enum}
    return [
        one.model_copy(update={"values": lists.get(one.name, one.values)})
        for one in schema.enums
        if one.name in after or one.name not in before
    ]
