"""Amendments of tables in which much hangs together: the smallest cases that random plans found."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafted.plans import planned
from drafted.proof import prove_reads_back
from drafted.rich import CAMEL, RICH, RICH_LITE, SPACED
from drafted.styles import MY, Style

from shipkit_mcp.code import Draft, draft_code


def drafted(style: Style, said: str, folder: Path) -> Draft:
    """The draft, which read back is the plan."""
    survey, plan = planned(style, said, [], flows=False)
    draft = draft_code(survey, plan)
    prove_reads_back(folder, survey, plan, draft)
    return draft


def test_a_reference_said_again_keeps_its_delete_rule(tmp_path: Path) -> None:
    assert drafted(RICH, "users\ninvited_by: uuid (FK → users.id)", tmp_path) == Draft()


def test_a_foreign_key_without_a_name_makes_way_for_its_successor(tmp_path: Path) -> None:
    draft = drafted(RICH, "users\ninvited_by: uuid (FK → users.id, cascade)", tmp_path)

    assert "-    foreignKey({ columns: [t.invited_by]" in draft.diffs[0].diff


def test_the_moment_of_a_row_is_written_out_where_the_new_type_has_no_word_for_it(tmp_path: Path) -> None:
    draft = drafted(MY, "users\ncreated_at: date", tmp_path)

    assert '+    created_at: date("created_at").notNull().default(sql`(now())`),' in draft.diffs[0].diff


@pytest.mark.parametrize("style", [RICH, CAMEL], ids=lambda style: style.name)
def test_a_column_dropped_and_made_again_loses_the_unnamed_unique_it_was_in(
    style: Style, tmp_path: Path
) -> None:
    draft = drafted(style, "labels\n- colour\n\nlabels\nslug: uuid\ncolour: text", tmp_path)

    assert "-    unique().on(t.word, t.colour)," in draft.diffs[0].diff


def test_a_formula_of_plain_sql_carries_the_new_name(tmp_path: Path) -> None:
    draft = drafted(RICH_LITE, "users\nemail -> mail", tmp_path)

    assert '+  handle: text("handle").generatedAlwaysAs(sql`lower(mail)`' in draft.diffs[0].diff


def test_a_new_reference_names_the_schema_of_the_database_it_goes_to(tmp_path: Path) -> None:
    draft = drafted(SPACED, "shelves\nid: uuid (PK)\nuser_id: uuid (FK → users.id)", tmp_path)

    assert 'REFERENCES "shop"."users" ("id")' in draft.phases[0].up


def test_values_of_an_enum_keep_what_is_said_above_and_beside_them(tmp_path: Path) -> None:
    style = Style(
        "remarked",
        "postgresql",
        {
            "db/jobs.ts": """import { pgEnum, pgTable, uuid } from "drizzle-orm/pg-core";
export const state = pgEnum("state", [
  "open", // waits
  // somebody is at it
  "busy",
  "gone", // never used
  "done", /* for good */
]);
export const jobs = pgTable("jobs", { id: uuid("id").primaryKey(), state: state("state") });
"""
        },
    )
    (diff,) = drafted(style, 'jobs\nstate: "open" | "busy" | "failed" | "done"', tmp_path).diffs

    changed = [line for line in diff.diff.splitlines()[2:] if line[0] in "+-"]
    assert changed == ['-  "gone", // never used', '+  "failed",']


@pytest.mark.parametrize("said", ["clips\nowner_id -> person_id", "clips\n- owner_id"])
def test_a_removed_table_lets_go_of_a_changed_one_first_and_holds_it_again_last(said: str) -> None:
    survey, plan = planned(RICH, said, ["labels"], flows=False)
    phases = draft_code(survey, plan).phases
    up, down = "".join(one.up for one in phases), "".join(one.down for one in reversed(phases))

    let_go = up.index('ALTER TABLE "labels" DROP CONSTRAINT "labels_clip_fk"')
    assert let_go < up.index('"owner_id"', let_go) < up.index('DROP TABLE "labels"')
    assert down.index('CREATE TABLE "labels"') < down.index(
        'ALTER TABLE "labels" ADD CONSTRAINT "labels_clip_fk"'
    )
    assert down.count("labels_clip_fk") == 1
