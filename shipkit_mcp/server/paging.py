"""A long list to pages that fit into a reply, whole items at a time, saying what was left out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shipkit_mcp.errors import ShipkitError

REPLY = 28_000
"""Bytes of structured content; with its text twin and JSON's escapes a reply stays under 64 KiB."""
CONCISE_SCHEMA = 12_000
"""Characters of a concise schema before it pages (design §6)."""


@dataclass(frozen=True)
class Page:
    """Some items of a list."""

    items: list[dict[str, Any]]
    more: dict[str, Any] | None
    """What was left out and how to get it; None where nothing was."""


def size(value: object) -> int:
    """Bytes of a value as compact JSON."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))


def page(items: Sequence[dict[str, Any]], *, what: str, cursor: str | None, room: int, how: str) -> Page:
    """The items from ``cursor`` on that fit into ``room`` bytes, at least one.

    Raises ShipkitError for a cursor we did not give out.
    """
    start = _start(cursor, len(items))
    shown: list[dict[str, Any]] = []
    for item in items[start:]:
        room -= size(item) + 1
        if shown and room < 0:
            break
        shown.append(item)
    end = start + len(shown)
    if end >= len(items):
        return Page(shown, None)
    return Page(
        shown,
        {
            "what": what,
            "shown": len(shown),
            "from": start,
            "total": len(items),
            "cursor": str(end),
            "how_to_get_more": how,
        },
    )


def _start(cursor: str | None, total: int) -> int:
    if cursor is None or cursor == "":
        return 0
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 9 and int(cursor) <= total:
        return int(cursor)
    raise ShipkitError(
        f"`cursor` {cursor[:40]!r} is not one that a reply gave out. Leave it out to start from the first page."
    )
