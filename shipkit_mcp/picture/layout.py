"""Cards and keys to pictures of several shapes: every card's place, the frames of groups, every key's path."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shipkit_mcp.errors import beat
from shipkit_mcp.picture.cards import WIDTH
from shipkit_mcp.picture.columns import make_columns
from shipkit_mcp.picture.cutting import Key, guess_size
from shipkit_mcp.picture.routes import Point, Routed, curve, path, route

SHAPES = (0.6, 0.85, 1.2, 1.8)
"""Width to height of a phone, of a tablet, of a pane beside a text, of a screen: the page takes what fits best."""
WINDOW = 740
"""Height of the window that is thought of."""
GROUP_SHAPE = 1.3
"""What a group among others comes near to, whatever the window."""
MANY = 24
"""Groups from which on they stand in rows: more orders would take long to try."""
PAD, TITLE, BETWEEN = 22, 62, 40
"""Pixels inside a group's frame, for its name, and between frames."""


@dataclass(frozen=True)
class Frame:
    """Where a group stands."""

    place: Point
    width: int
    height: int


@dataclass(frozen=True)
class Layout:
    """One picture: places by card, frames by group (none where there is but one), paths by key."""

    width: int
    height: int
    at: Mapping[int, Point]
    frames: tuple[Frame, ...]
    paths: tuple[str, ...]


def lay_out(
    heights: Sequence[int], keys: Sequence[Key], groups: Sequence[Sequence[int]], hubs: frozenset[int]
) -> tuple[Layout, ...]:
    """The same cards and keys in each of ``SHAPES``, without those that give the same picture."""
    home = {card: number for number, group in enumerate(groups) for card in group}
    drawn = [key for key in keys if key.parent not in hubs and home[key.child] == home[key.parent]]
    inside = [[key for key in drawn if home[key.child] == number] for number in range(len(groups))]
    sizes = [{card: heights[card] for card in group} for group in groups]

    def routed(shape: float) -> list[Routed]:
        return [_routed(*one, shape) for one in zip(sizes, inside, strict=True)]

    if len(groups) == 1:
        layouts = [_joined(routed(shape), keys, shape) for shape in SHAPES]
    else:
        parts = routed(GROUP_SHAPE)
        layouts = [_joined(parts, keys, shape) for shape in SHAPES]
    return tuple(one for place, one in enumerate(layouts) if one not in layouts[:place])


def _routed(heights: Mapping[int, int], keys: Sequence[Key], shape: float) -> Routed:
    beat()
    return route(make_columns(heights, keys, _best_number(heights, keys, shape)))


def _best_number(heights: Mapping[int, int], keys: Sequence[Key], shape: float) -> int:
    """Into how many columns those cards go to be seen largest in that shape; where several show them whole,
    those with fewer keys inside a column."""

    def seen(number: int) -> tuple[float, int, int]:
        size = guess_size(heights, keys, number)
        scale = min(WINDOW * shape / (size.columns * (WIDTH + 60)), WINDOW / size.height, 1)
        return scale, -size.bent, -number

    most = math.isqrt(4 * len(heights)) + 1
    return max(range(1, min(most, len(heights)) + 1), key=seen)


def _joined(parts: Sequence[Routed], keys: Sequence[Key], shape: float) -> Layout:
    """Groups beside one another; keys between groups are curves."""
    framed = len(parts) > 1
    sizes = [(one.width + 2 * PAD * framed, one.height + (2 * PAD + TITLE) * framed) for one in parts]
    places = _packed(sizes, shape)
    at: dict[int, Point] = {}
    ways: dict[Key, str] = {}
    for one, (x, y) in zip(parts, places, strict=True):
        right, down = x + PAD * framed, y + (PAD + TITLE) * framed
        at |= {card: (right + left, down + top) for card, (left, top) in one.at.items()}
        ways |= {
            key: path([(right + left, down + top) for left, top in points])
            for key, points in one.ways.items()
        }
    frames = tuple(Frame(place, width, height) for place, (width, height) in zip(places, sizes, strict=True))
    return Layout(
        max((place[0] + size[0] for place, size in zip(places, sizes, strict=True)), default=0),
        max((place[1] + size[1] for place, size in zip(places, sizes, strict=True)), default=0),
        at,
        frames if framed else (),
        tuple(ways.get(key) or curve(at[key.child], key.pin, at[key.parent]) for key in keys),
    )


def _packed(sizes: Sequence[Point], shape: float) -> list[Point]:
    """Boxes close together in about that shape: several orders and widths are tried, the one seen largest is kept."""
    if not sizes:
        return []
    area = sum((width + BETWEEN) * (height + BETWEEN) for width, height in sizes)
    limits = [round(math.sqrt(area * shape) * (0.8 + 0.06 * step)) for step in range(12)]
    given = list(range(len(sizes)))
    lower = sorted(given, key=lambda one: -sizes[one][1])
    if len(sizes) > MANY:
        tried = [_rows(sizes, lower, limit) for limit in limits]
    else:
        narrower = sorted(given, key=lambda one: -sizes[one][0])
        tried = [_nested(sizes, order, limit) for order in (given, lower, narrower) for limit in limits]
    return max(tried, key=lambda places: _seen(sizes, places, shape))


def _seen(sizes: Sequence[Point], places: Sequence[Point], shape: float) -> float:
    """How large everything is seen in a window of that shape."""
    right = max(x + size[0] for (x, _), size in zip(places, sizes, strict=True))
    bottom = max(y + size[1] for (_, y), size in zip(places, sizes, strict=True))
    return min(shape / right, 1 / bottom)


def _rows(sizes: Sequence[Point], order: Sequence[int], limit: int) -> list[Point]:
    """Boxes in rows, each row as high as its highest."""
    beat()
    places: dict[int, Point] = {}
    x = y = high = 0
    for one in order:
        width, height = sizes[one]
        if x and x + width > limit:
            x, y, high = 0, y + high + BETWEEN, 0
        places[one] = (x, y)
        x, high = x + width + BETWEEN, max(high, height)
    return [places[one] for one in range(len(sizes))]


def _nested(sizes: Sequence[Point], order: Sequence[int], limit: int) -> list[Point]:
    """Each box as high up, then as far left, as those before it leave room."""
    beat()
    placed: list[tuple[int, int, int, int]] = []
    places: dict[int, Point] = {}
    for one in order:
        width, height = sizes[one]
        lefts = sorted({0, *(x + wide + BETWEEN for x, _, wide, _ in placed)})
        spots = [(_lowest(placed, left, width), left) for left in lefts if left + width <= limit or left == 0]
        y, x = min(spots)
        placed.append((x, y, width, height))
        places[one] = (x, y)
    return [places[one] for one in range(len(sizes))]


def _lowest(placed: Sequence[tuple[int, int, int, int]], left: int, width: int) -> int:
    """Below everything that stands over that stretch."""
    over = [
        y + high + BETWEEN
        for x, y, wide, high in placed
        if x < left + width + BETWEEN and left < x + wide + BETWEEN
    ]
    return max(over, default=0)
