"""Cards of one group to stretches, one for each column: parents first, about as high as one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from shipkit_mcp.errors import beat
from shipkit_mcp.picture.depths import find_depths

GAP = 30
"""Pixels between cards of a column."""


@dataclass(frozen=True, slots=True)
class Key:
    """A foreign key between two cards: from a row of one to the head of the other."""

    child: int
    pin: int
    """Of the row, below the card's top."""
    parent: int


@dataclass(frozen=True, slots=True)
class Size:
    """What so many columns would come to, before their order is worked out."""

    columns: int
    height: int
    bent: int
    """Keys between cards of one column."""


def guess_size(heights: Mapping[int, int], keys: Sequence[Key], number: int) -> Size:
    """Those cards in so many columns."""
    parts = cut(sequence(heights, keys), heights, keys, number)
    home = {card: place for place, part in enumerate(parts) for card in part}
    highest = max(sum(heights[card] + GAP for card in part) for part in parts)
    bent = sum(home[key.child] == home[key.parent] and key.child != key.parent for key in keys)
    return Size(len(parts), highest, bent)


def sequence(heights: Mapping[int, int], keys: Sequence[Key]) -> list[int]:
    """Cards so that what is referred to comes first and what refers to the same stands together."""
    refers: dict[int, set[int]] = {card: set() for card in heights}
    for key in keys:
        refers[key.child].add(key.parent)
    depths = find_depths(refers)
    tied = {card for key in keys for card in (key.child, key.parent)}
    place: dict[int, float] = {}
    for depth in range(max(depths.values(), default=-1) + 1):
        level = [card for card in heights if depths[card] == depth]
        level.sort(key=lambda card: (card not in tied, _middle(refers[card], place), card))
        place |= {card: len(place) + number for number, card in enumerate(level)}
    return sorted(place, key=lambda card: (card not in tied, place[card]))


def _middle(parents: set[int], place: Mapping[int, float]) -> float:
    known = [place[one] for one in parents if one in place]
    return sum(known) / len(known) if known else 0


def cut(
    order: Sequence[int], heights: Mapping[int, int], keys: Sequence[Key], number: int
) -> list[list[int]]:
    """A sequence in so many stretches of about the same height with few keys inside one."""
    total = sum(heights[card] + GAP for card in order)
    ideal = max(total / number, 1)
    place = {card: index for index, card in enumerate(order)}
    spans = [sorted((place[key.child], place[key.parent])) for key in keys if key.child != key.parent]
    size = len(order)
    if size > 40:
        return _filled(order, heights, ideal)
    tops = [0]
    for card in order:
        tops.append(tops[-1] + heights[card] + GAP)

    inside = [_ended(spans, start, size) for start in range(size)]
    prices = [
        [4 * ((tops[end] - tops[start] - ideal) / ideal) ** 2 + 0.4 * held for end, held in enumerate(ends)]
        for start, ends in enumerate(inside)
    ]
    costs: list[tuple[float, tuple[int, ...]]] = [(price, (0,)) for price in prices[0]]
    for _ in range(min(number, size) - 1):
        beat()
        costs = [
            min(
                (
                    (costs[start][0] + prices[start][end], (*costs[start][1], start))
                    for start in range(1, end)
                ),
                default=(float("inf"), (0,)),
            )
            for end in range(size + 1)
        ]
    return [list(order[start:end]) for start, end in pairwise((*costs[size][1], size))]


def _ended(spans: Sequence[Sequence[int]], start: int, size: int) -> list[int]:
    """How many spans lie between a start and each end."""
    ends = [0] * (size + 1)
    for low, high in spans:
        if low >= start:
            ends[high + 1] += 1
    return list(accumulate(ends))


def _filled(order: Sequence[int], heights: Mapping[int, int], ideal: float) -> list[list[int]]:
    parts: list[list[int]] = [[]]
    used = 0
    for card in order:
        if parts[-1] and used + heights[card] / 2 > ideal:
            parts.append([])
            used = 0
        parts[-1].append(card)
        used += heights[card] + GAP
    return parts
