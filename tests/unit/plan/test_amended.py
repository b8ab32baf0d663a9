"""What an amended column leaves behind in the rest of its table: nothing that names what is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafted.plans import planned
from drafted.styles import Style
from drafted.toolbox import build, plain, read_back

from shipkit_mcp.code import draft_code
from shipkit_mcp.code.work import find_work
from shipkit_mcp.facts import Column, Table

RAW = Style(
    "raw",
    "postgresql",
    {
        "db/clips.ts": """import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
export const clips = pgTable("clips", {
  id: uuid("id").primaryKey(),
  title: text("title").notNull(),
  kind: text("kind", { enum: ["short", "long"] }).notNull().default("short"),
  seconds: integer("seconds").notNull().default(0),
  plays: integer("plays").notNull().default(0),
}, (t) => [
  check("clips_check", sql`seconds >= 0 AND ${t.title} <> 'seconds'`),
  uniqueIndex("clips_title_idx").on(t.title).where(sql`seconds > 0`),
  index("clips_lower_idx").on(sql`lower(title)`),
  unique().on(t.kind, t.seconds),
]);
"""
    },
)


def clips(said: str) -> Table:
    found = planned(RAW, f"clips\n{said}", [], flows=False)[1].target.table("clips")
    assert found is not None
    return found


def column(said: str, name: str) -> Column:
    found = clips(said).column(name)
    assert found is not None
    return found


def test_a_renamed_column_has_its_new_name_in_checks_conditions_and_expressions() -> None:
    longer, named = clips("seconds -> length"), clips("title -> name")

    assert [one.expression for one in longer.checks] == ['length >= 0 AND "clips"."title" <> \'seconds\'']
    assert [one.where for one in longer.indexes] == ["length > 0", None]
    assert [one.name for one in longer.unique] == ["clips_kind_length_unique"]
    assert [one.columns for one in named.indexes] == [("name",), ("lower(name)",)]


def test_a_dropped_column_takes_along_what_names_it() -> None:
    shorter, unnamed = clips("- seconds"), clips("- title")

    assert (shorter.checks, shorter.unique) == ((), ())
    assert [one.columns for one in shorter.indexes] == [("lower(title)",)]
    assert (unnamed.checks, unnamed.indexes) == ((), ())


@pytest.mark.parametrize("said", ["seconds -> length", "title -> name", "- seconds", "- title"])
def test_the_drafted_file_and_the_sql_say_the_same(said: str, tmp_path: Path) -> None:
    survey, plan = planned(RAW, f"clips\n{said}", [], flows=False)
    draft = draft_code(survey, plan)

    read = read_back(build(tmp_path, survey, draft), survey)
    assert plain(read)["tables"] == plain(find_work(survey, plan).target)["tables"]
    if "->" in said:
        assert "DROP" not in draft.phases[0].up
        assert "CREATE INDEX" not in plan.changes[0].action


@pytest.mark.parametrize(
    ("said", "default"),
    [
        ("kind: date", None),
        ("kind: text[]", None),
        ('kind: "a" | "b"', None),
        ('kind: "short" | "new"', "'short'"),
        ("kind: varchar(80)", "'short'"),
        ("plays: text", None),
        ("plays: numeric(10, 2)", "0"),
        ("plays: boolean (default true)", "true"),
    ],
)
def test_a_default_stays_only_where_the_new_type_can_hold_it(said: str, default: str | None) -> None:
    found = column(said, said.partition(":")[0])

    assert (found.default, found.has_default) == (default, default is not None)


@pytest.mark.parametrize("written", ["long", "'long'", '"long"'])
def test_a_default_among_values_may_be_written_with_or_without_quotes(written: str) -> None:
    assert column(f'kind: "short" | "long" (default {written})', "kind").default == "'long'"
    assert column(f"kind: (default {written})", "kind").default == "'long'"
    assert column(f'- title\nmood: "long" | "short" (default {written})', "mood").default == "'long'"


@pytest.mark.parametrize(
    ("written", "default"),
    [
        ("usd", "'usd'"),
        ('"usd"', "'usd'"),
        ("'usd'", "'usd'"),
        ("0", "'0'"),
        ("en_GB", "'en_GB'"),
        ("null", "null"),
        ("current_date", "current_date"),
        ("gen_random_uuid()", "gen_random_uuid()"),
    ],
)
def test_a_bare_word_is_a_default_of_text(written: str, default: str) -> None:
    assert column(f"mark: text (default {written})", "mark").default == default
    assert column(f"title: text (default {written})", "title").default == default


def test_more_room_is_another_type_and_less_is_not() -> None:
    assert column("plays: bigint", "plays").type == "bigint"
    assert column("plays: smallint", "plays").type == "integer"
    assert column("plays: number", "plays").type == "integer"
