"""Lines of an assistant's tables -> the statements of SQL or Drizzle among them, each with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shipkit_mcp.readers.notation_text import brace_balance
from shipkit_mcp.readers.notation_words import KNOWN_TYPES

_NEW = "Write the table's name on a line of its own and its columns below it, such as `id: uuid (PK)`"
_CHANGE = (
    "Write the table's name on a line of its own and what changes below it: `nick: text`, `drop nick` or "
    "`old -> new`"
)
_MOST_LINES = 400
"""Of one statement."""
_OPENS = re.compile(r"\((?P<column>\s*[\"`]?\w+[\"`]?\s+(?P<type>\w+)|\s*$)")
STATEMENTS: Sequence[tuple[re.Pattern[str], bool, str]] = (
    (re.compile(r"\s*create\s+table\b", re.IGNORECASE), True, f"this is SQL. {_NEW}"),
    (re.compile(r"\s*alter\s+table\b", re.IGNORECASE), False, f"this is SQL. {_CHANGE}"),
    (
        re.compile(r"\s*drop\s+table\b", re.IGNORECASE),
        False,
        "this is SQL. Give the table's name in `remove`",
    ),
    (
        re.compile(r"\s*(?:export\s+)?(?:const|let)\s+\w+\s*=\s*\w*[tT]able\("),
        False,
        f"this is Drizzle code. {_NEW}",
    ),
)
"""How a statement begins, whether it is one only with columns in brackets, and what is said of it."""


def foreign_statements(lines: Sequence[str]) -> tuple[list[str], list[tuple[int, str]]]:
    """The lines with such statements emptied, and (place, what is said) of each."""
    kept, said, at = list(lines), [], 0
    while at < len(lines):
        why = _why(lines, at)
        if why:
            said.append((at, why))
            end = _end(lines, at)
            kept[at:end] = [""] * (end - at)
            at = end
        else:
            at += 1
    return kept, said


def _why(lines: Sequence[str], at: int) -> str | None:
    for pattern, has_columns, why in STATEMENTS:
        if pattern.match(lines[at]):
            return why if not has_columns or _lists_columns(lines, at) else None
    return None


def _lists_columns(lines: Sequence[str], at: int) -> bool:
    """``create table sites`` alone is a heading of the notation too."""
    after = lines[at + 1].strip() if at + 1 < len(lines) else ""
    found = _OPENS.search(lines[at])
    if found is None:
        return after.startswith("(")
    return found["type"] is None or found["type"].lower() in KNOWN_TYPES


def _end(lines: Sequence[str], at: int) -> int:
    """Behind the line where every bracket is closed again."""
    depth, opened = 0, False
    for place in range(at, min(len(lines), at + _MOST_LINES)):
        depth += lines[place].count("(") - lines[place].count(")") + brace_balance(lines[place])
        opened = opened or "(" in lines[place] or "{" in lines[place]
        if depth <= 0 and (opened or lines[place].rstrip().endswith(";")):
            return place + 1
    return at + 1
