"""A schema and the plan for it to what is drawn: tables with their state and place, and the keys between them."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shipkit_mcp.facts import Column, Schema, Table
from shipkit_mcp.findings import Plan, TableNote

WIDTH, HEAD, ROW, GAP, LANE = 250, 46, 19, 28, 110
"""Pixels: a card's width, its head, a column's row, between cards, between lanes."""
ROWS = 14
"""Columns a card shows; the rest stand in the panel."""


@dataclass(frozen=True, slots=True)
class Card:
    """A table as it is drawn."""

    table: Table
    state: str
    """``existing``, ``planned``, ``changed`` or ``removed``."""
    why: tuple[str, ...]
    evidence: tuple[str, ...]
    new_columns: frozenset[str]

    @property
    def height(self) -> int:
        shown = min(len(self.table.columns), ROWS)
        return HEAD + ROW * (shown + (len(self.table.columns) > ROWS)) + 8


def draw(schema: Schema, plan: Plan) -> dict[str, Any]:
    """What the page shows: ``tables`` with place and details, ``links`` between them, ``counts`` by state.

    ``schema`` is the schema as it stands; what is planned comes from the plan.
    """
    cards = _cards(schema, plan)
    places = _places(cards)
    tables = [_told(card, places[card.table.name]) for card in cards]
    states = ("existing", "planned", "changed", "removed")
    return {
        "title": plan.project_root.rstrip("/").rpartition("/")[2] or "schema",
        "tables": tables,
        "links": _links(cards),
        "counts": {state: sum(card.state == state for card in cards) for state in states},
        "card": {"width": WIDTH, "head": HEAD, "row": ROW, "rows": ROWS},
    }


def _cards(schema: Schema, plan: Plan) -> list[Card]:
    """Every table of the target, then those that are to go."""
    new, changed, gone = (_by_name(notes) for notes in (plan.create, plan.modify, plan.remove))
    before = {one.name: {column.name for column in one.columns} for one in schema.tables}
    there = {one.name for one in plan.target.tables}
    tables = [*plan.target.tables, *(one for one in schema.tables if one.name not in there)]
    cards = []
    for table in tables:
        note = new.get(table.name) or gone.get(table.name) or changed.get(table.name)
        state = "planned" if table.name not in before else "removed" if table.name in gone else "existing"
        state = "changed" if state == "existing" and table.name in changed else state
        added = (
            {one.name for one in table.columns} - before.get(table.name, set())
            if state == "changed"
            else set()
        )
        evidence = [f"{table.path}:{table.line}"] if table.name in before else []
        evidence += [str(one) for one in note.evidence] if note else []
        cards.append(
            Card(table, state, (note.why,) if note else (), tuple(dict.fromkeys(evidence)), frozenset(added))
        )
    return cards


def _by_name(notes: Iterable[TableNote]) -> dict[str, TableNote]:
    return {one.table: one for one in notes}


def _told(card: Card, place: tuple[int, int]) -> dict[str, Any]:
    table = card.table
    return {
        "name": table.name,
        "state": card.state,
        "x": place[0],
        "y": place[1],
        "h": card.height,
        "comment": table.comment or "",
        "why": list(card.why),
        "evidence": list(card.evidence),
        "columns": [_column(table, one, card.new_columns) for one in table.columns],
        "indexes": [f"{'unique ' if one.unique else ''}{', '.join(one.columns)}" for one in table.indexes],
    }


def _column(table: Table, column: Column, added: frozenset[str]) -> dict[str, Any]:
    keys = [one for one in table.foreign_keys if column.name in one.columns]
    alone = any(one.columns == (column.name,) for one in table.unique)
    return {
        "name": column.name,
        "type": column.type,
        "pk": column.primary_key or column.name in table.primary_key,
        "fk": ", ".join(f"{one.table}.{one.foreign_columns[one.columns.index(column.name)]}" for one in keys),
        "unique": column.unique or alone,
        "required": column.not_null,
        "added": column.name in added,
    }


def _links(cards: Sequence[Card]) -> list[dict[str, Any]]:
    known = {card.table.name for card in cards}
    return [
        {"from": card.table.name, "column": key.columns[0], "to": key.table, "delete": key.on_delete or ""}
        for card in cards
        for key in card.table.foreign_keys
        if key.table in known
    ]


def _places(cards: Sequence[Card]) -> dict[str, tuple[int, int]]:
    """Lanes from left to right: what is referred to stands left of what refers to it."""
    lanes = _lanes(cards)
    tallest = max(900, round(math.sqrt(sum(card.height + GAP for card in cards) * (WIDTH + LANE) * 0.6)))
    places: dict[str, tuple[int, int]] = {}
    x = 0
    for lane in lanes:
        y = 0
        for card in _ordered(lane, places):
            if y and y + card.height > tallest:
                x, y = x + WIDTH + GAP, 0
            places[card.table.name] = (x, y)
            y += card.height + GAP
        x += WIDTH + LANE
    return places


def _lanes(cards: Sequence[Card]) -> list[list[Card]]:
    depths = _depths({card.table.name: {key.table for key in card.table.foreign_keys} for card in cards})
    lanes: list[list[Card]] = [[] for _ in range(max(depths.values(), default=0) + 1)]
    for card in cards:
        lanes[depths[card.table.name]].append(card)
    return [lane for lane in lanes if lane]


def _depths(refers: Mapping[str, set[str]]) -> dict[str, int]:
    """How many keys deep each table stands; a cycle is cut where it is met first."""
    left = {
        name: {one for one in targets if one in refers and one != name} for name, targets in refers.items()
    }
    users: dict[str, list[str]] = {name: [] for name in refers}
    for name, targets in left.items():
        for one in targets:
            users[one].append(name)
    depths: dict[str, int] = {}
    ready = deque(name for name, targets in left.items() if not targets)
    while len(depths) < len(refers):
        if not ready:
            ready.append(next(name for name in refers if name not in depths))
        name = ready.popleft()
        if name in depths:
            continue
        depths[name] = 1 + max((depths[one] for one in refers[name] if one in depths), default=-1)
        for user in users[name]:
            left[user].discard(name)
            if not left[user]:
                ready.append(user)
    return depths


def _ordered(lane: Sequence[Card], places: Mapping[str, tuple[int, int]]) -> list[Card]:
    """By the middle of what each refers to, so that keys cross little."""

    def middle(card: Card) -> float:
        heights = [places[key.table][1] for key in card.table.foreign_keys if key.table in places]
        return sum(heights) / len(heights) if heights else math.inf

    return sorted(lane, key=lambda card: (middle(card), card.table.name))
