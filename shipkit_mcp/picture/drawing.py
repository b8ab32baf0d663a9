"""A schema and the plan for it to what the page shows: tables with their state, keys, and where all of it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Column, ForeignKey, Schema, Table
from shipkit_mcp.findings import Plan
from shipkit_mcp.picture.cards import HEAD, ROW, STATES, WIDTH, Card, make_cards
from shipkit_mcp.picture.cutting import Key
from shipkit_mcp.picture.groups import find_groups, find_hubs
from shipkit_mcp.picture.keys import is_optional, is_primary, is_unique, singles
from shipkit_mcp.picture.layout import Layout, lay_out

_SHORT = {
    "timestamp with time zone": "timestamptz",
    "timestamp without time zone": "timestamp",
    "double precision": "double",
}
"""How a card writes long types; the panel has them in full."""


def draw(schema: Schema, plan: Plan) -> dict[str, Any]:
    """What the page shows: ``tables`` with details, ``links`` between them by place in that list, ``layouts``.

    ``schema`` is the schema as it stands; what is planned comes from the plan.
    """
    cards = make_cards(schema, plan)
    links = list(_links(cards))
    keys = [Key(place, cards[place].pin(key.columns[0]), to) for place, key, to in links]
    pairs = [(key.child, key.parent) for key in keys]
    hubs = find_hubs(len(cards), pairs)
    groups = find_groups(len(cards), pairs, hubs)
    layouts = lay_out([card.height for card in cards], keys, groups, hubs)
    return {
        "title": plan.project_root.rstrip("/").rpartition("/")[2] or "schema",
        "counts": {state: sum(card.state == state for card in cards) for state in STATES},
        "card": {"width": WIDTH, "head": HEAD, "row": ROW},
        "tables": [_told(card) for card in cards],
        "links": [_link(cards[place], key, place, to, hubs) for place, key, to in links],
        "groups": [_group_name(group, pairs, cards) for group in groups] if len(groups) > 1 else [],
        "layouts": [_placed(one, len(cards)) for one in layouts],
    }


def _links(cards: Sequence[Card]) -> Iterator[tuple[int, ForeignKey, int]]:
    """Every key between cards: the place of its card, the key, the place of the card it refers to."""
    backwards = [*enumerate(cards)][::-1]
    exact = {(one.table.namespace, one.table.name): place for place, one in backwards}
    named = {one.table.name: place for place, one in backwards}
    for place, card in enumerate(cards):
        for key in card.table.foreign_keys:
            to = exact.get((key.namespace, key.table), named.get(key.table))
            if to is not None and key.columns:
                yield place, key, to


def _link(card: Card, key: ForeignKey, place: int, to: int, hubs: frozenset[int]) -> dict[str, Any]:
    return {
        "from": place,
        "column": ", ".join(key.columns),
        "to": to,
        "delete": key.on_delete or "",
        "one": is_unique(card.table, key.columns),
        "optional": is_optional(card.table, key),
        "hub": to in hubs,
    }


def _told(card: Card) -> dict[str, Any]:
    beat()
    table, unique = card.table, singles(card.table)
    return {
        "name": card.full_name,
        "state": card.state,
        "accepted": card.accepted,
        "h": card.height,
        "shown": list(card.shown),
        "comment": table.comment or "",
        "why": list(card.why),
        "actions": list(card.actions),
        "effects": list(card.effects),
        "evidence": list(card.evidence),
        "columns": [_column(table, one, card.added, unique) for one in table.columns],
        "indexes": [f"{'unique ' if one.unique else ''}{', '.join(one.columns)}" for one in table.indexes],
    }


def _column(table: Table, column: Column, added: frozenset[str], unique: frozenset[str]) -> dict[str, Any]:
    keys = [one for one in table.foreign_keys if column.name in one.columns]
    return {
        "name": column.name,
        "type": column.type,
        "short": _SHORT.get(column.type, column.type),
        "pk": is_primary(table, column.name),
        "fk": ", ".join(_target(one, column.name) for one in keys),
        "unique": not is_primary(table, column.name) and column.name in unique,
        "required": column.not_null,
        "added": column.name in added,
    }


def _target(key: ForeignKey, column: str) -> str:
    place = key.columns.index(column)
    return f"{key.table}.{key.foreign_columns[place]}" if place < len(key.foreign_columns) else key.table


def _group_name(group: Sequence[int], pairs: Sequence[tuple[int, int]], cards: Sequence[Card]) -> str:
    """A group is called by the table of it that most of it refers to."""
    inside = set(group)
    times = Counter(to for one, to in pairs if one in inside and to in inside and one != to)
    if not times:
        return "other tables" if len(group) > 1 else cards[group[0]].full_name
    return cards[min(times, key=lambda card: (-times[card], card))].full_name


def _placed(layout: Layout, count: int) -> dict[str, Any]:
    return {
        "width": layout.width,
        "height": layout.height,
        "at": [list(layout.at[card]) for card in range(count)],
        "frames": [[*one.place, one.width, one.height] for one in layout.frames],
        "paths": list(layout.paths),
    }
