"""Names of amendments are found as the database spells them, and new ones are spelled its way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drafted.plans import planned
from drafted.styles import ONE_FILE, Style
from unit.mapping.made import declare, workflow
from unit.plan.projects import JOB_COLUMNS, plan, problems

from shipkit_mcp.facts import Amendments, Table
from shipkit_mcp.findings import Rename
from shipkit_mcp.plan import spell_tables
from shipkit_mcp.readers.notation import read_tables

CAMEL = Style(
    "camel",
    "postgresql",
    {
        "db/schema.ts": """import { index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", {
  id: uuid("id").primaryKey(),
  fullName: text("fullName").notNull(),
  createdAt: timestamp("createdAt").notNull().defaultNow(),
});
export const userClips = pgTable("userClips", {
  id: uuid("id").primaryKey(),
  userId: uuid("userId").notNull().references(() => users.id),
  runId: text("runId"),
  createdAt: timestamp("createdAt").notNull().defaultNow(),
});
"""
    },
)


def table(said: str, name: str) -> Table:
    found = planned(CAMEL, said, [], flows=False)[1].target.table(name)
    assert found is not None
    return found


@pytest.mark.parametrize("written", ["fullName", "full_name"])
def test_a_column_of_the_schema_is_meant_however_it_is_written(written: str) -> None:
    assert [one.type for one in table(f"users\n{written}: varchar(20)", "users").columns][1] == "varchar(20)"
    assert [one.name for one in table(f"users\n- {written}", "users").columns] == ["id", "createdAt"]
    renamed = planned(CAMEL, f"users\n{written} -> shownName", [], flows=False)[1]
    assert renamed.renames == (Rename(table="users", old="fullName", new="shownName"),)


def test_new_tables_and_columns_are_spelled_as_the_others_are() -> None:
    said = "pageViews\nid: uuid (PK)\nclip_id: uuid (FK → userClips.id)\nviewedAt: timestamp\ncreated_at: timestamp\nunique: clip_id, viewed_at"
    views = table(said, "pageViews")

    assert [(one.name, one.type, one.default) for one in views.columns] == [
        ("id", "uuid", "gen_random_uuid()"),
        ("clipId", "uuid", None),
        ("viewedAt", "timestamp", None),
        ("createdAt", "timestamp", "now()"),
    ]
    assert [one.columns for one in views.unique] == [("clipId", "viewedAt")]
    assert [one.table for one in views.foreign_keys] == ["userClips"]


def test_what_is_wrong_is_said_in_the_spelling_of_the_project() -> None:
    (wrong,) = problems(CAMEL.survey(), "userClips\n- fulName")
    (unfit,) = problems(CAMEL.survey(), "userClips\nuser_id: text")

    assert wrong.startswith("`userClips` has no column `fulName` to drop.")
    assert unfit.startswith("`userClips.userId` refers to `users.id`")


def test_spelling_twice_changes_nothing_and_snake_case_is_left_alone() -> None:
    said = read_tables("pageViews\nid: uuid (PK)\nfullName: text", "a", 1)[0]
    once = spell_tables(said, CAMEL.survey().schema, ())

    assert spell_tables(once, CAMEL.survey().schema, ()) == once
    assert spell_tables(said, ONE_FILE.survey().schema, ()) == said


def test_a_run_id_is_renamed_to_the_missions_name_in_the_projects_spelling() -> None:
    flow = workflow("clip", declare("clipJobs", *JOB_COLUMNS[:8], "run_id: text?"))
    style = replace(
        CAMEL, files={name: text.replace("userClips", "clipJobs") for name, text in CAMEL.files.items()}
    )
    drafted = plan(replace(style.survey(), workflows=(flow,)), Amendments(decisions={"run-id-name": "A"}))

    assert drafted.renames == (Rename(table="clipJobs", old="runId", new="triggerJobId"),)
