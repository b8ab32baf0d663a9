"""Tables and the keys between them to groups of tables that belong together, and the hubs that all refer to."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence

from shipkit_mcp.errors import beat

Pair = tuple[int, int]

FEW = 16
"""So many tables are one picture; more are drawn in groups."""
MOST = 14
"""Tables in a group."""
HUB = 12
"""A table that more others refer to has its keys named instead of drawn, where tables are many."""


def find_hubs(count: int, pairs: Iterable[Pair]) -> frozenset[int]:
    """Of ``count`` tables, those that many refer to; ``pairs`` are (from, to)."""
    if count <= FEW:
        return frozenset()
    users = Counter(to for _, to in {(one, to) for one, to in pairs if one != to})
    return frozenset(to for to, times in users.items() if times > HUB)


def find_groups(count: int, pairs: Sequence[Pair], hubs: frozenset[int]) -> list[list[int]]:
    """Every table in one group, hubs' own groups first, then the larger; the last holds what refers to nothing.

    Greedy modularity (Clauset, Newman, Moore 2004): two groups become one while that binds them more than
    chance would; equal gains go by the tables' order, so that the same schema gives the same groups.
    """
    if count <= FEW:
        return [list(range(count))] if count else []
    drawn = {(min(one), max(one)) for one in pairs if one[0] != one[1] and one[1] not in hubs}
    groups = _merged(count, drawn)
    large = [one for one in groups if len(one) > 2]
    alone = [table for one in groups if len(one) <= 2 for table in one]
    around: dict[int, list[int]] = {hub: [] for hub in sorted(hubs)}
    others: list[int] = []
    home = {table: number for number, one in enumerate(large) for table in one}
    for table in alone:
        hub = _hub_of(table, pairs, hubs)
        target = large[home[hub]] if hub in home else around[hub] if hub is not None else others
        target.append(table)
    near = [sorted(one) for one in around.values() if one]
    near.sort(key=len, reverse=True)
    rest = sorted((sorted(one) for one in large), key=lambda one: (not hubs & set(one), -len(one), one[0]))
    return [*near, *rest, *([others] if others else [])]


def _hub_of(table: int, pairs: Sequence[Pair], hubs: frozenset[int]) -> int | None:
    if table in hubs:
        return table
    return next((to for one, to in pairs if one == table and to in hubs), None)


def _merged(count: int, drawn: set[Pair]) -> list[list[int]]:
    members = {table: [table] for table in range(count)}
    weight: dict[int, Counter[int]] = {table: Counter() for table in range(count)}
    for one, other in drawn:
        weight[one][other] += 1
        weight[other][one] += 1
    degree = {table: sum(near.values()) for table, near in weight.items()}
    age = dict.fromkeys(members, 0)
    queue: list[tuple[int, int, int, int, int]] = []

    def offer(one: int, other: int) -> None:
        one, other = min(one, other), max(one, other)
        gain = 2 * len(drawn) * weight[one][other] - degree[one] * degree[other]
        if gain > 0 and len(members[one]) + len(members[other]) <= MOST:
            heapq.heappush(queue, (-gain, one, other, age[one], age[other]))

    for one, other in sorted(drawn):
        offer(one, other)
    while queue:
        beat()
        _, one, other, *ages = heapq.heappop(queue)
        if ages != [age.get(one), age.get(other)]:
            continue
        members[one] += members.pop(other)
        degree[one] += degree.pop(other)
        for near, times in weight.pop(other).items():
            del weight[near][other]
            if near != one:
                weight[one][near] += times
                weight[near][one] += times
        age[one] += 1
        del age[other]
        for near in sorted(weight[one]):
            offer(one, near)
    return list(members.values())
