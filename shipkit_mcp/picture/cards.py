"""A schema and the plan for it to cards: every table with its state, why, and the columns it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Schema, Table
from shipkit_mcp.findings import Change, Plan, TableNote
from shipkit_mcp.picture.depths import find_depths
from shipkit_mcp.picture.keys import is_primary

WIDTH, HEAD, ROW, FOOT = 256, 46, 19, 8
"""Pixels: a card's width, its head, a column's row, below the last row."""
ROWS = 14
"""Columns a card shows; the rest stand in the panel."""
HEAD_PIN = 23
"""Where keys meet a card that they refer to."""

STATES = ("existing", "planned", "changed", "removed")


@dataclass(frozen=True, slots=True)
class Card:
    """A table as it is drawn."""

    table: Table
    state: str
    """One of ``STATES``."""
    accepted: bool
    """Of a removal: somebody accepted it."""
    why: tuple[str, ...]
    actions: tuple[str, ...]
    """What the plan's changes do to it; of a planned table its columns say that."""
    effects: tuple[str, ...]
    """What comes of that."""
    evidence: tuple[str, ...]
    added: frozenset[str]
    """Columns that a table which exists does not have yet."""

    @property
    def full_name(self) -> str:
        """With the database schema where it names one."""
        return f"{self.table.namespace}.{self.table.name}" if self.table.namespace else self.table.name

    @property
    def shown(self) -> tuple[int, ...]:
        """Places of the columns that have a row: keys and what is added first, then as they come."""
        columns = self.table.columns
        if len(columns) <= ROWS:
            return tuple(range(len(columns)))
        foreign = {name for key in self.table.foreign_keys for name in key.columns}
        grave = {
            place
            for place, one in enumerate(columns)
            if one.name in foreign or one.name in self.added or is_primary(self.table, one.name)
        }
        chosen = sorted(range(len(columns)), key=lambda place: (place not in grave, place))[:ROWS]
        return tuple(sorted(chosen))

    @property
    def height(self) -> int:
        rows = len(self.shown) + (len(self.table.columns) > ROWS)
        return HEAD + ROW * rows + FOOT

    def pin(self, column: str) -> int:
        """How far below the card's top a key of that column leaves it."""
        names = [self.table.columns[place].name for place in self.shown]
        row = names.index(column) if column in names else len(names) - (len(names) == len(self.table.columns))
        return HEAD + ROW * max(row, 0) + ROW // 2


def make_cards(schema: Schema, plan: Plan) -> list[Card]:
    """Every table of the target and those that are to go; what is referred to comes first.

    A table behind another of its name (``auth.users`` beside ``users``) stays as it is: the plan means the other.
    """
    there = {_identity(one) for one in plan.target.tables}
    gone = [one for one in schema.tables if _identity(one) not in there]
    known = _Known.of(schema, plan)
    cards = [_card(table, known) for table in (*plan.target.tables, *gone)]
    places = {card.full_name: place for place, card in enumerate(cards)}
    refers = {place: set(_refers(card.table, places)) for place, card in enumerate(cards)}
    depths = find_depths(refers)
    return [cards[place] for place in sorted(depths, key=lambda place: (depths[place], place))]


def _refers(table: Table, places: Mapping[str, int]) -> Iterator[int]:
    for key in table.foreign_keys:
        full = f"{key.namespace}.{key.table}" if key.namespace else key.table
        if full in places:
            yield places[full]


@dataclass(frozen=True)
class _Known:
    """What schema and plan say of a table, to be found by name."""

    schema: Schema
    before: Mapping[tuple[str | None, str], Table]
    notes: Mapping[str, Mapping[str, TableNote]]
    """By state, then by table."""
    changes: Mapping[str, Sequence[Change]]

    @classmethod
    def of(cls, schema: Schema, plan: Plan) -> _Known:
        changes: dict[str, list[Change]] = {}
        for one in plan.changes:
            changes.setdefault(one.table, []).append(one)
        lists = {"planned": plan.create, "removed": plan.remove, "changed": plan.modify}
        notes = {state: {one.table: one for one in told} for state, told in lists.items()}
        return cls(schema, {_identity(one): one for one in reversed(schema.tables)}, notes, changes)

    def state(self, table: Table) -> str:
        before = self.before.get(_identity(table))
        if before is None:
            return "planned"
        if self.schema.table(table.name) is not before:
            return "existing"
        return next((one for one in ("removed", "changed") if table.name in self.notes[one]), "existing")


def _card(table: Table, known: _Known) -> Card:
    beat()
    before, state = known.before.get(_identity(table)), known.state(table)
    note = known.notes.get(state, {}).get(table.name)
    there = {one.name for one in before.columns} if before else set()
    added = {one.name for one in table.columns} - there if state == "changed" else set()
    lines = [f"{before.path}:{before.line}"] if before else []
    changes = known.changes.get(table.name, ()) if state != "existing" else ()
    lines += [str(line) for one in (note, *changes) if one for line in one.evidence]
    return Card(
        table=table,
        state=state,
        accepted=bool(note and note.accepted),
        why=_why(state, note, changes),
        actions=tuple(one.action for one in changes if state != "planned"),
        effects=tuple(one.impact for one in changes),
        evidence=tuple(dict.fromkeys(lines)),
        added=frozenset(added),
    )


def _why(state: str, note: TableNote | None, changes: Sequence[Change]) -> tuple[str, ...]:
    """The problem behind a change (its note only repeats the action), else the note."""
    if state == "changed" and changes:
        return tuple(one.problem for one in changes)
    return (note.why,) if note else ()


def _identity(table: Table) -> tuple[str | None, str]:
    return table.namespace, table.name
