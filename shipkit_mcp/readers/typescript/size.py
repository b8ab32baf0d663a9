"""Whether a value is small enough to be written out: shared parts can make a small program a huge text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from shipkit_mcp.readers.typescript.values import Items, Record, Value

MAX_PARTS = 5_000
MAX_LEVELS = 40


def parts_of(value: Value) -> Iterable[Value]:
    """The members of an array or object."""
    if isinstance(value, Items):
        return value
    return value.values() if isinstance(value, Record) else ()


def is_small(value: Value, parts: Callable[[Value], Iterable[Value]] = parts_of) -> bool:
    """True where a value, with everything inside it, stays within the limits."""
    pending = [(value, 0)]
    visited = 0
    while pending:
        one, level = pending.pop()
        visited += 1
        if visited > MAX_PARTS or level > MAX_LEVELS:
            return False
        pending.extend((part, level + 1) for part in parts(one))
    return True
