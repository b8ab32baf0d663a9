"""Cards and keys to pictures of several shapes: every card's place, the frames of groups, every key's path."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shipkit_mcp.picture.cards import WIDTH
from shipkit_mcp.picture.columns import make_columns
from shipkit_mcp.picture.cutting import Key, guess_size
from shipkit_mcp.picture.routes import Point, Routed, curve, path, route

SHAPES = (0.6, 1.0, 1.8)
"""Width to height of a phone, of a pane beside a text, of a screen: the page takes what fits its window best."""
WINDOW = 740
"""Height of the window that is thought of."""
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
    made: dict[tuple[int, int], Routed] = {}
    layouts = []
    for shape in SHAPES:
        wanted = shape if len(groups) == 1 else 1.3
        parts = []
        for number, group in enumerate(groups):
            sizes = {card: heights[card] for card in group}
            columns = _best_number(sizes, inside[number], wanted)
            if (number, columns) not in made:
                made[number, columns] = route(make_columns(sizes, inside[number], columns))
            parts.append(made[number, columns])
        layout = _joined(parts, keys, shape)
        if layout not in layouts:
            layouts.append(layout)
    return tuple(layouts)


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
    """Boxes close together in about that shape: several widths are tried, the one seen largest is kept."""
    area = sum((width + BETWEEN) * (height + BETWEEN) for width, height in sizes)
    widest = max((width for width, _ in sizes), default=0)
    best: tuple[float, list[Point]] = (-1.0, [])
    for step in range(12):
        limit = max(widest, round(math.sqrt(area * shape) * (0.8 + 0.06 * step)))
        places = _shelved(sizes, limit)
        right = max((x + size[0] for (x, _), size in zip(places, sizes, strict=True)), default=1)
        bottom = max((y + size[1] for (_, y), size in zip(places, sizes, strict=True)), default=1)
        seen = min(shape / max(right, 1), 1 / max(bottom, 1))
        best = max(best, (seen, places), key=lambda one: one[0])
    return best[1]


def _shelved(sizes: Sequence[Point], limit: int) -> list[Point]:
    """Each box as high up, then as far left, as those before it leave room."""
    placed: list[tuple[int, int, int, int]] = []
    places: list[Point] = []
    for width, height in sizes:
        lefts = sorted({0, *(x + wide + BETWEEN for x, _, wide, _ in placed)})
        spots = [(_lowest(placed, left, width), left) for left in lefts if left + width <= limit or left == 0]
        y, x = min(spots)
        placed.append((x, y, width, height))
        places.append((x, y))
    return places


def _lowest(placed: Sequence[tuple[int, int, int, int]], left: int, width: int) -> int:
    """Below everything that stands over that stretch."""
    over = [
        y + high + BETWEEN
        for x, y, wide, high in placed
        if x < left + width + BETWEEN and left < x + wide + BETWEEN
    ]
    return max(over, default=0)
