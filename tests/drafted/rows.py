"""Rows for the tables of the small projects, and what must be said of them after a migration."""

from __future__ import annotations

from collections.abc import Iterable

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


def counting(tables: Iterable[str]) -> str:
    """A query of how many rows each table has."""
    parts = (" ".join(("select", f"'{one}', count(*)", "from", one)) for one in sorted(tables))
    return " union all ".join(parts) + ";"
