"""SQL and Drizzle among the tables that an assistant writes: told once each, the rest is read."""

from __future__ import annotations

import pytest

from shipkit_mcp.readers.notation import read_tables

AFTER = "\n\nusers\nnick: text"


@pytest.mark.parametrize(
    ("text", "kind", "instead"),
    [
        ("CREATE TABLE days (id uuid PRIMARY KEY, on date);", "SQL", "`id: uuid (PK)`"),
        (
            "create table if not exists days (\n  id uuid primary key,\n  p numeric(10, 2)\n);",
            "SQL",
            "name on a line",
        ),
        ("CREATE TABLE public.days\n(\n  id uuid\n)", "SQL", "name on a line"),
        ("ALTER TABLE users\n  ADD COLUMN nick text;", "SQL", "`drop nick`"),
        ("DROP TABLE users;", "SQL", "`remove`"),
        (
            "export const days = pgTable('days', {\n  id: uuid('id'),\n}, (t) => [\n  index().on(t.id),\n]);",
            "Drizzle",
            "`id: uuid (PK)`",
        ),
    ],
)
def test_another_language_is_told_once_with_what_to_write(text: str, kind: str, instead: str) -> None:
    tables, unread = read_tables(text + AFTER, "amendments", 1)

    assert [(one.name, [column.name for column in one.columns]) for one in tables] == [("users", ["nick"])]
    assert [one.line for one in unread] == [1]
    assert f"this is {kind}" in unread[0].why
    assert instead in unread[0].why


@pytest.mark.parametrize(
    "heading", ["create table days", "create table days (one row a day)", "CREATE TABLE days"]
)
def test_a_heading_is_no_statement(heading: str) -> None:
    tables, unread = read_tables(f"{heading}\nid: uuid (PK)", "amendments", 1)

    if heading.isupper() or "CREATE" in heading:
        assert "no table is open" in unread[0].why
    else:
        assert [one.name for one in tables] == ["days"]
        assert unread == ()


def test_a_bare_name_behind_a_dash_in_braces_is_ambiguous() -> None:
    tables, unread = read_tables("users {\n  - nick\n  - age: integer\n}", "amendments", 1)

    assert [one.name for one in tables[0].columns] == ["age"]
    assert "`drop nick`" in unread[0].why
    assert "`nick: text`" in unread[0].why


def test_a_column_that_one_block_drops_and_gives_is_told() -> None:
    for text in ("users\n- nick\nnick: text", "users\nnick: text\ndrop nick"):
        unread = read_tables(text, "amendments", 1)[1]
        assert [one.line for one in unread] == [3]
        assert "`nick` of `users` is dropped and given in one block" in unread[0].why
