"""Rows for the tables of the small projects, and what must be said of them after a migration."""

from __future__ import annotations

A, B = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"
ROWS = (
    f"insert into users (id, email, full_name, age) values ('{A}', 'a@x', 'Ada', 41), ('{B}', 'b@x', null, null);",
    f"insert into clips (id, owner_id, title, seconds) values ('{A}', '{A}', 'one', 3), ('{B}', '{A}', 'two', 3);",
    f"insert into labels (clip_id, word) values ('{A}', 'red'), ('{A}', 'dark'), ('{B}', 'red');",
)
COUNTS = {"users": 2, "clips": 2, "labels": 3}


def counting(tables: list[str]) -> str:
    return " union all ".join(f"select '{one}', count(*) from {one}" for one in sorted(tables)) + ";"
