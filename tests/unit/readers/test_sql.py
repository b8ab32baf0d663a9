"""SQL sketched in documents becomes declared tables."""

from __future__ import annotations

import pytest

from shipkit_mcp.facts import DeclaredTable, TableUse
from shipkit_mcp.readers.sql import read_sql


def tables(text: str) -> tuple[DeclaredTable, ...]:
    found, unread = read_sql(text, "a.md", 1)
    assert unread == ()
    return found


def test_a_table_is_read_with_its_keys_types_and_lines() -> None:
    (found,) = tables(
        "-- Every parcel\n"
        'CREATE TABLE IF NOT EXISTS "public"."parcel_jobs" (\n'
        "  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),\n"
        "  user_id uuid NOT NULL REFERENCES public.users (id) ON DELETE SET NULL, -- who sent it\n"
        "  weight NUMERIC(8, 3) DEFAULT 0.5,\n"
        "  sent_at TIMESTAMP WITH TIME ZONE,\n"
        "  labels text[] NOT NULL DEFAULT '{}'::text[],\n"
        "  code varchar(12) UNIQUE\n"
        ");\n"
    )
    assert (found.name, found.purpose, found.use, found.declared_new) == (
        "parcel_jobs",
        "Every parcel",
        TableUse.DEFINED,
        True,
    )
    assert [(one.name, one.type, one.not_null, one.default, one.evidence.line) for one in found.columns] == [
        ("id", "UUID", True, "gen_random_uuid()", 3),
        ("user_id", "uuid", True, None, 4),
        ("weight", "NUMERIC(8, 3)", False, "0.5", 5),
        ("sent_at", "TIMESTAMP WITH TIME ZONE", False, None, 6),
        ("labels", "text[]", True, "'{}'::text[]", 7),
        ("code", "varchar(12)", False, None, 8),
    ]
    owner = found.columns[1]
    assert (owner.references, owner.on_delete, owner.note) == ("users.id", "set null", "who sent it")
    assert found.columns[5].unique
    assert found.primary_key == ("id",)


def test_constraints_of_the_table_reach_their_columns() -> None:
    (found,) = tables(
        "create table t (a int, b int, c text,\n"
        " primary key (a, b), unique (b, c),\n"
        " constraint fk foreign key (b) references u (x) on delete cascade,\n"
        " constraint ok check (c in ('p', 'q')));"
    )
    assert (found.primary_key, found.unique) == (("a", "b"), (("b", "c"),))
    assert (found.columns[1].references, found.columns[1].on_delete) == ("u.x", "cascade")
    assert found.columns[2].values == ("p", "q")


def test_enum_types_and_checks_give_values() -> None:
    (found,) = tables(
        "CREATE TYPE job_status AS ENUM ('pending', 'it''s done');\n"
        "CREATE TABLE j (status job_status NOT NULL, kind TEXT CHECK (kind IN ('a', 'b')));"
    )
    assert [one.values for one in found.columns] == [("pending", "it's done"), ("a", "b")]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("status TEXT, -- pending, done", ("pending", "done")),
        ("status TEXT,\n    -- pending, done", ("pending", "done")),
        ("status TEXT,\n  -- Section: money, time\n  price INT", None),
        ("options JSONB, -- mode, size", None),
        ("month TEXT, -- first day, always", None),
    ],
)
def test_values_in_a_comment_belong_to_the_column_they_hang_from(
    column: str, values: tuple[str, ...] | None
) -> None:
    (found,) = tables(f"CREATE TABLE t (\n  {column}\n);")
    assert found.columns[0].values == values


def test_alterations_add_drop_and_rename() -> None:
    (found,) = tables(
        "ALTER TABLE shops\n  ADD COLUMN IF NOT EXISTS seen_at TIMESTAMPTZ,\n  ADD price INT NOT NULL,\n"
        "  DROP COLUMN fax,\n  ADD CONSTRAINT one UNIQUE (price);\n"
        "ALTER TABLE ONLY shops RENAME COLUMN tel TO phone;\nALTER TABLE shops ENABLE ROW LEVEL SECURITY;\n"
    )
    assert found.use is TableUse.ALTERED
    assert found.partial
    assert [(one.name, one.not_null, one.dropped, one.renamed_from) for one in found.columns] == [
        ("seen_at", False, False, None),
        ("price", True, False, None),
        ("fax", None, True, None),
        ("phone", None, False, "tel"),
    ]
    assert found.unique == (("price",),)


def test_indexes_and_comments_reach_their_table() -> None:
    (found,) = tables(
        "CREATE TABLE t (a int, b int);\nCREATE INDEX i ON t USING btree (a, b DESC);\n"
        "CREATE UNIQUE INDEX u ON t (b);\nCREATE UNIQUE INDEX p ON t (a) WHERE b > 0;\n"
        "COMMENT ON TABLE t IS 'What it is';\nCREATE INDEX other ON elsewhere (x);"
    )
    assert found.indexes == (("a", "b"), ("a",))
    assert found.unique == (("b",),)
    assert found.purpose == "What it is"


def test_sketches_are_taken_as_far_as_they_go() -> None:
    (found,) = tables("CREATE TABLE t (\n  id uuid PRIMARY KEY,\n  -- ... the usual columns\n  name text\n")
    assert found.partial
    assert [one.name for one in found.columns] == ["id", "name"]


def test_a_missing_semicolon_ends_no_other_table() -> None:
    assert [one.name for one in tables("CREATE TABLE a (x int)\nCREATE TABLE b (y int)")] == ["a", "b"]


def test_other_statements_are_passed_over() -> None:
    assert tables("SELECT 1; INSERT INTO t VALUES (1); CREATE POLICY p ON t; DROP TABLE t;") == ()


@pytest.mark.parametrize(
    "text",
    ["CREATE TABLE", "CREATE TABLE (", "ALTER TABLE", "CREATE TABLE t (1 2 3)", "ALTER TABLE t SPLIT x"],
)
def test_what_makes_no_sense_is_unread(text: str) -> None:
    _, unread = read_sql(text, "a.md", 7)
    assert [one.line for one in unread] == [7]
