"""Rows for the tables of the small projects, and what must be said of them after a migration."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafted.styles import Style

A, B = "'00000000-0000-4000-8000-00000000000a'", "'00000000-0000-4000-8000-00000000000b'"
TABLES: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "users": ("id, email, full_name, age", ((A, "'a@x'", "'Ada'", "41"), (B, "'b@x'", "null", "null"))),
    "clips": ("id, owner_id, title, seconds", ((A, A, "'one'", "3"), (B, A, "'two'", "3"))),
    "labels": ("clip_id, word", ((A, "'red'"), (A, "'dark'"), (B, "'red'"))),
}
ROWS = tuple(
    " ".join(("insert into", table, f"({columns})", "values", f"({', '.join(row)});"))
    for table, (columns, rows) in TABLES.items()
    for row in rows
)
COUNTS = {table: len(rows) for table, (_, rows) in TABLES.items()}


def rows_of(style: Style) -> tuple[str, ...]:
    """The rows in the spelling of a project."""
    return tuple(_spelled(row, style) for row in ROWS)


def _spelled(sql: str, style: Style) -> str:
    def name(found: re.Match[str]) -> str:
        told = style.spelled.get(found[0])
        return ".".join(f'"{one}"' for one in told.split(".")) if told else found[0]

    return re.sub(r"'[^']*'|\w+", name, sql)


def counting(tables: Iterable[str], style: Style | None = None) -> str:
    """A query of how many rows each table has."""
    parts = (" ".join(("select", f"'{one}', count(*)", "from", one)) for one in sorted(tables))
    query = " union all ".join(parts) + ";"
    return _spelled(query, style) if style else query
