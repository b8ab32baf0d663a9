"""Cards and keys of one group to columns of cards, in an order in which the keys cross little."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from shipkit_mcp.errors import beat
from shipkit_mcp.picture.cards import HEAD_PIN
from shipkit_mcp.picture.cutting import GAP, Key, cut, sequence

SLOT = 6
"""Height of the way on which keys pass a column."""
SWEEPS = 8


@dataclass(slots=True, eq=False)
class Spot:
    """What stands in a column: a card, or a way for keys that pass it."""

    column: int
    height: int
    y: int = 0


@dataclass(frozen=True)
class Net:
    """All keys that refer to one card and leave it on one side; they share their way."""

    parent: int
    left: bool
    keys: tuple[Key, ...]
    ways: Mapping[int, Spot]
    """Where it passes a column, by the column."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What joins a spot with one of the column to its right: heights of both ends below their tops."""

    left: Spot
    left_pin: int
    right: Spot
    right_pin: int


@dataclass
class Columns:
    """Cards in columns with their heights; ``settle`` gives every spot its place."""

    cards: dict[int, Spot]
    nets: tuple[Net, ...]
    columns: list[list[Spot]] = field(default_factory=list)

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        return tuple(tie for net in self.nets for tie in _ties(net, self.cards))

    @cached_property
    def neighbours(self) -> tuple[tuple[Spot, Spot], ...]:
        """Cards of one column, the second of which refers to the first."""
        pairs = [(self.cards[net.parent], self.cards[key.child]) for net in self.nets for key in net.keys]
        return tuple((one, other) for one, other in pairs if one.column == other.column and one is not other)

    @property
    def height(self) -> int:
        return max((_stacked(one) for one in self.columns), default=0)

    def settle(self) -> None:
        """Order every column by what it is tied to, keep the best order, then move spots beside their ties."""
        best, order = self._cost(), [list(one) for one in self.columns]
        for turn in range(SWEEPS):
            for column in self.columns if turn % 2 == 0 else self.columns[::-1]:
                beat()
                wanted = self._wanted()
                column.sort(key=lambda spot: wanted.get(spot, spot.y) + spot.height / 2)
                _stack(column)
            if (cost := self._cost()) < best:
                best, order = cost, [list(one) for one in self.columns]
        self.columns = order
        for one in self.columns:
            _stack(one)
        for turn in range(4):
            for column in self.columns if turn % 2 == 0 else self.columns[::-1]:
                _ease(column, self._wanted(), self.height)

    def _wanted(self) -> dict[Spot, float]:
        """Where each spot would stand for its keys to run straight."""
        sums: dict[Spot, list[float]] = {}
        for tie in self.ties:
            sums.setdefault(tie.left, []).append(tie.right.y + tie.right_pin - tie.left_pin)
            sums.setdefault(tie.right, []).append(tie.left.y + tie.left_pin - tie.right_pin)
        for parent, child in self.neighbours:
            sums.setdefault(child, []).append(parent.y + parent.height + GAP)
            sums.setdefault(parent, []).append(child.y - parent.height - GAP)
        return {spot: sum(heights) / len(heights) for spot, heights in sums.items()}

    def _cost(self) -> float:
        """Crossings first, then how far keys climb."""
        ends = [(tie, tie.left.y + tie.left_pin, tie.right.y + tie.right_pin) for tie in self.ties]
        crossed = sum(
            one.left.column == other.left.column and (low - high) * (right - far) < 0
            for (one, low, right), (other, high, far) in combinations(ends, 2)
        )
        climbed = sum(abs(low - right) for _, low, right in ends)
        return crossed * 400 + climbed + sum(abs(child.y - parent.y) for parent, child in self.neighbours)


def make_columns(heights: Mapping[int, int], keys: Sequence[Key], number: int) -> Columns:
    """Those cards in so many columns, none of them ahead of what it refers to where no circle forbids it."""
    parts = cut(sequence(heights, keys), heights, keys, number)
    cards = {card: Spot(place, heights[card]) for place, part in enumerate(parts) for card in part}
    columns = Columns(cards, tuple(_nets(cards, keys)), [[cards[card] for card in part] for part in parts])
    for net in columns.nets:
        for place, way in net.ways.items():
            columns.columns[place].append(way)
    for one in columns.columns:
        _stack(one)
    columns.settle()
    return columns


def _nets(cards: Mapping[int, Spot], keys: Sequence[Key]) -> Iterator[Net]:
    """By what is referred to: keys from columns to its right, then those from its own and to its left."""
    for parent in dict.fromkeys(key.parent for key in keys):
        home = cards[parent].column
        mine = [key for key in keys if key.parent == parent]
        for left in (False, True):
            chosen = tuple(key for key in mine if (cards[key.child].column <= home) == left)
            if not chosen:
                continue
            far = [cards[key.child].column for key in chosen]
            passed = range(min(far) + 1, home) if left else range(home + 1, max(far))
            yield Net(parent, left, chosen, {column: Spot(column, SLOT) for column in passed})


def _ties(net: Net, cards: Mapping[int, Spot]) -> Iterator[Tie]:
    """A net's joints between neighbouring columns, each once."""
    step = -1 if net.left else 1
    for column, way in net.ways.items():
        inner = net.ways.get(column - step)
        yield _tie(way, SLOT // 2, *((inner, SLOT // 2) if inner else (cards[net.parent], HEAD_PIN)))
    for key in net.keys:
        child = cards[key.child]
        inner = net.ways.get(child.column - step)
        if child.column != cards[net.parent].column:
            yield _tie(child, key.pin, *((inner, SLOT // 2) if inner else (cards[net.parent], HEAD_PIN)))


def _tie(one: Spot, pin: int, other: Spot, other_pin: int) -> Tie:
    return Tie(one, pin, other, other_pin) if one.column < other.column else Tie(other, other_pin, one, pin)


def _stacked(column: Sequence[Spot]) -> int:
    return sum(spot.height for spot in column) + GAP * max(len(column) - 1, 0)


def _stack(column: Sequence[Spot]) -> None:
    y = 0
    for spot in column:
        spot.y = y
        y += spot.height + GAP


def _ease(column: Sequence[Spot], wanted: Mapping[Spot, float], height: int) -> None:
    """As near to where each spot wants to be as their order and the height allow (pooled neighbours)."""
    pools: list[tuple[float, int]] = []
    tops = []
    top = 0
    for spot in column:
        tops.append(top)
        pools.append((wanted.get(spot, spot.y) - top, 1))
        top += spot.height + GAP
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (mean, size), (other, more) = pools.pop(), pools.pop()
            pools.append(((mean * size + other * more) / (size + more), size + more))
    shifts = [mean for mean, size in pools for _ in range(size)]
    room = height - _stacked(column)
    for spot, top, shift in zip(column, tops, shifts, strict=True):
        spot.y = top + round(min(max(shift, 0), room))
