"""Columns of cards to the ways of their keys: along the gutters between columns, each net on a track of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shipkit_mcp.picture.cards import HEAD_PIN, WIDTH
from shipkit_mcp.picture.columns import SLOT, Columns, Net
from shipkit_mcp.picture.cutting import Key

Point = tuple[int, int]

MARGIN, TRACK = 22, 12
"""Pixels between a card and the first track, and between tracks."""
NARROW = 44
"""A gutter that no key runs in."""
CURVE = 8


@dataclass(frozen=True)
class Crossing:
    """A net in one gutter: the heights at which it meets the columns to the left and to the right."""

    net: Net
    lefts: tuple[int, ...]
    rights: tuple[int, ...]

    @property
    def top(self) -> int:
        return (
            min(*self.lefts, *self.rights) if self.lefts and self.rights else min(self.lefts or self.rights)
        )

    @property
    def bottom(self) -> int:
        return (
            max(*self.lefts, *self.rights) if self.lefts and self.rights else max(self.lefts or self.rights)
        )


@dataclass(frozen=True)
class Routed:
    """Where a group's cards stand and how its keys run, from 0, 0."""

    width: int
    height: int
    at: Mapping[int, Point]
    ways: Mapping[Key, tuple[Point, ...]]


def route(columns: Columns) -> Routed:
    """Give the columns their distance and every key its way."""
    number = len(columns.columns)
    gutters = [_ordered(_crossings(columns, gutter)) for gutter in range(number + 1)]
    starts: list[int] = []
    tracks: list[dict[int, int]] = []
    x = 0
    for gutter, crossings in enumerate(gutters):
        tracks.append({id(one.net): x + MARGIN + TRACK * place for place, one in enumerate(crossings)})
        outer = gutter in (0, number)
        wide = 2 * MARGIN + TRACK * (len(crossings) - 1) if crossings else 0 if outer else NARROW
        x += wide
        if gutter < number:
            starts.append(x)
            x += WIDTH
    at = {card: (starts[spot.column], spot.y) for card, spot in columns.cards.items()}
    ways = {key: _way(columns, net, key, starts, tracks) for net in columns.nets for key in net.keys}
    return Routed(x, columns.height, at, ways)


def _crossings(columns: Columns, gutter: int) -> list[Crossing]:
    found = []
    for net in columns.nets:
        lefts, rights = [], []
        home = columns.cards[net.parent]
        ends = [(columns.cards[key.child].column, columns.cards[key.child].y + key.pin) for key in net.keys]
        if net.left:
            rights += [y for column, y in ends if column == gutter == home.column]
            rights += [home.y + HEAD_PIN] if home.column == gutter else []
            lefts += [y for column, y in ends if column == gutter - 1 and column != home.column]
        else:
            rights += [y for column, y in ends if column == gutter]
            lefts += [home.y + HEAD_PIN] if home.column == gutter - 1 else []
        lefts += [net.ways[gutter - 1].y + SLOT // 2] if gutter - 1 in net.ways else []
        rights += [net.ways[gutter].y + SLOT // 2] if gutter in net.ways else []
        if lefts or rights:
            found.append(Crossing(net, tuple(lefts), tuple(rights)))
    return found


def _ordered(crossings: list[Crossing]) -> list[Crossing]:
    """Tracks in an order in which few keys cross: neighbours change places while that helps."""
    order = sorted(crossings, key=lambda one: (one.top + one.bottom, one.net.parent, one.net.left))
    for _ in range(len(order)):
        moved = False
        for place, (one, other) in enumerate(pairwise(order)):
            if _crossed(other, one) < _crossed(one, other):
                order[place], order[place + 1] = other, one
                moved = True
                break
        if not moved:
            break
    return order


def _crossed(first: Crossing, second: Crossing) -> int:
    """How often two nets meet where the first has the track further left."""
    cut = sum(second.top < y < second.bottom for y in first.rights)
    cut += sum(first.top < y < first.bottom for y in second.lefts)
    return cut + 3 * sum(abs(y - other) < 4 for y in first.rights for other in second.lefts)


def _way(
    columns: Columns, net: Net, key: Key, starts: Sequence[int], tracks: Sequence[Mapping[int, int]]
) -> tuple[Point, ...]:
    """From the row of the card that refers to the head of the one that is referred to."""
    child, parent = columns.cards[key.child], columns.cards[net.parent]
    if net.left:
        same = child.column == parent.column
        start = starts[child.column] + (0 if same else WIDTH)
        gutters = [parent.column] if same else list(range(child.column + 1, parent.column + 1))
        end = starts[parent.column]
    else:
        start, end = starts[child.column], starts[parent.column] + WIDTH
        gutters = list(range(child.column, parent.column, -1))
    y = child.y + key.pin
    points = [(start, y)]
    for gutter in gutters:
        x = tracks[gutter][id(net)]
        points.append((x, y))
        passed = net.ways.get(gutter if net.left else gutter - 1)
        y = passed.y + SLOT // 2 if passed and gutter != gutters[-1] else parent.y + HEAD_PIN
        points.append((x, y))
    points.append((end, y))
    return tuple(points)


def path(points: Sequence[Point]) -> str:
    """A way as an SVG path with round corners."""
    kept = [points[0]]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        if here not in (before, after) and not (before[1] == here[1] == after[1]):
            kept.append(here)
    kept.append(points[-1])
    drawn = [f"M{kept[0][0]} {kept[0][1]}"]
    for before, (x, y), after in zip(kept, kept[1:], kept[2:], strict=False):
        bend = min(CURVE, _far(before, (x, y)) // 2, _far((x, y), after) // 2)
        from_x, from_y = _towards((x, y), before, bend)
        to_x, to_y = _towards((x, y), after, bend)
        drawn.append(f"L{from_x} {from_y}Q{x} {y} {to_x} {to_y}")
    return "".join(drawn) + f"L{kept[-1][0]} {kept[-1][1]}"


def _far(one: Point, other: Point) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: Point, end: Point, far: int) -> Point:
    def step(one: int, other: int) -> int:
        return one + (far if other > one else -far if other < one else 0)

    return step(start[0], end[0]), step(start[1], end[1])


def curve(child: Point, pin: int, parent: Point) -> str:
    """The way of a key between groups: a curve from side to side, behind what lies between."""
    (x, y), (to_x, to_y) = (child[0], child[1] + pin), (parent[0], parent[1] + HEAD_PIN)
    if x >= to_x + WIDTH:
        start, end, bend, other = x, to_x + WIDTH, -1, 1
    elif to_x >= x + WIDTH:
        start, end, bend, other = x + WIDTH, to_x, 1, -1
    else:
        start, end, bend, other = x, to_x, -1, -1
    reach = max(40, abs(start - end) // 2)
    return f"M{start} {y}C{start + bend * reach} {y} {end + other * reach} {to_y} {end} {to_y}"
