"""A reply of any size to one that a host takes: whole items first, then shorter parts, saying what is missing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from shipkit_mcp.server.paging import size

LIMIT = 62_000
"""Bytes of structured content and its text twin together; a host is sent 64 KiB at most, frame included."""
PAGED = ("tables", "workflows", "changes", "files")
"""What a reply has pages of where it does not say so itself."""
CUT = (
    "Parts of this reply were too long and are cut; `left_out` and `…` say where. Ask for less at a time, or read "
    "the resource of the same name or `shipkit-mcp … --json`, which are never cut."
)
TRIES = 8


def fit(said: dict[str, Any], start: int = 0, limit: int = LIMIT) -> dict[str, Any]:
    """The reply, cut only where it is too large.

    ``start``: where its page begins. What is paged loses whole items at its end, which the next page then has;
    other parts are shortened.
    """
    if cost(said) <= limit:
        return said
    room = limit // 2
    for _ in range(TRIES):
        made = _fitted(said, start, room)
        if (taken := cost(made)) <= limit:
            return made
        room = room * limit * 9 // (taken * 10)
    return {name: value for name, value in said.items() if isinstance(value, str) and len(value) < 200}


def cost(said: Mapping[str, Any]) -> int:
    """Bytes it takes: once as it is, once as text within JSON."""
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode("utf-8", "replace")) + len(
        json.dumps(text, ensure_ascii=False).encode("utf-8", "replace")
    )


def _fitted(said: dict[str, Any], start: int, room: int) -> dict[str, Any]:
    paged = _paged(said)
    beside = {name: value for name, value in said.items() if name not in (paged, "more")}
    kept = _shorter_map(
        beside, room if paged is None else room * 4 // 5
    )  # a cursor gets the rest of what is paged
    made = {name: kept.get(name, said[name]) for name in said}
    if paged is not None:
        _page_again(made, said, paged, start, max(room - size(kept), room // 5))
    made["cut"] = CUT
    return made


def _paged(said: Mapping[str, Any]) -> str | None:
    named = (said.get("more") or {}).get("what")
    if named == "characters":
        return next((name for name in ("text", "diff") if said.get(name)), None)
    return next((name for name in (named, *PAGED, "findings") if name and said.get(name)), None)


def _page_again(made: dict[str, Any], said: Mapping[str, Any], paged: str, start: int, room: int) -> None:
    """As much of what is paged as fits, at least one item, and where the next page begins."""
    whole: Any = said[paged]
    number = _whole_characters(whole, room) if isinstance(whole, str) else _whole_items(whole, room)
    kept = whole[:number] if number else [_shorter(whole[0], room)]
    made[paged] = kept
    if len(kept) == len(whole):
        return
    before = said.get("more") or {}
    made["more"] = {
        "what": paged,
        "total": start + len(whole),
        "how_to_get_more": "call again with this cursor",
        **before,
        "shown": len(kept),
        "cursor": str(start + len(kept)),
    }


def _whole_characters(text: str, room: int) -> int:
    while size(text) > room:
        text = text[: len(text) * 9 // 10]
    return (text.rfind("\n") + 1) or len(text)


def _whole_items(items: Sequence[Any], room: int) -> int:
    for number, item in enumerate(items):
        room -= size(item) + 1
        if room < 0:
            return number
    return len(items)


def _shorter(value: Any, room: int) -> Any:
    """A value that takes so many bytes at most, or as few as it can."""
    if size(value) <= room:
        return value
    if isinstance(value, str):
        return value[: max(_whole_characters(value, max(room - 40, 20)), 0)].rstrip() + " …"
    if isinstance(value, Mapping):
        return _shorter_map(value, room)
    return _shorter_list(value, room) if isinstance(value, Sequence) else value


def _shorter_list(items: Sequence[Any], room: int) -> list[Any]:
    number = _whole_items(items, room - 60)
    kept = list(items[:number]) or [_shorter(items[0], room - 60)]
    left = len(items) - len(kept)
    if not left:
        return kept
    first = items[0]
    return [*kept, {"left_out": left} if isinstance(first, Mapping) else f"… {left} more"]


def _shorter_map(said: Mapping[str, Any], room: int) -> dict[str, Any]:
    """Small parts stay whole; the large ones share what is left."""
    sizes = {name: size(value) + len(name) + 4 for name, value in said.items()}
    kept: dict[str, Any] = {}
    waiting = len(sizes)
    for name in sorted(sizes, key=lambda name: sizes[name]):
        share = max(room // waiting, 40)
        kept[name] = _shorter(said[name], share - len(name) - 4)
        room -= min(sizes[name], share)
        waiting -= 1
    return {name: kept[name] for name in said}
