"""What refers to what, turned into how deep each stands."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping


def find_depths(refers: Mapping[int, set[int]]) -> dict[int, int]:
    """How many keys deep each table stands; a circle is cut where it is met first."""
    left = {card: {one for one in targets if one != card} for card, targets in refers.items()}
    users: dict[int, list[int]] = {card: [] for card in refers}
    for card, targets in left.items():
        for one in targets:
            users[one].append(card)
    depths: dict[int, int] = {}
    ready = deque(card for card, targets in left.items() if not targets)
    waiting = deque(refers)
    while len(depths) < len(refers):
        card = ready.popleft() if ready else waiting.popleft()
        if card in depths:
            continue
        depths[card] = 1 + max((depths[one] for one in refers[card] if one in depths), default=-1)
        for user in users[card]:
            left[user].discard(card)
            if not left[user]:
                ready.append(user)
    return depths
