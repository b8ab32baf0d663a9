"""Lists of values that change: an enum keeps its name as long as all its columns agree."""

from __future__ import annotations

import pytest
from drafted.plans import planned
from drafted.styles import Style

from shipkit_mcp.code import draft_code
from shipkit_mcp.facts import Schema

JOBS = Style(
    "jobs",
    "postgresql",
    {
        "db/jobs.ts": """import { index, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
export const state = pgEnum("state", ["open", "busy", "done"]);
export const size = pgEnum("size", ["small", "large"]);
export const jobs = pgTable("jobs", {
  id: uuid("id").primaryKey(),
  state: state("state").notNull().default("open"),
  size: size("size").default("small"),
  tone: text("tone", { enum: ["loud", "low"] }),
});
export const tasks = pgTable("tasks", {
  id: uuid("id").primaryKey(),
  state: state("state").notNull(),
}, (t) => [index("tasks_open_idx").on(t.id).where(sql`${t.state} = 'open'`)]);
"""
    },
)
OWN, SIZES = ("open", "busy", "done"), ("small", "large")


def target(said: str) -> Schema:
    return planned(JOBS, said, [], flows=False)[1].target


def enums(said: str) -> dict[str, tuple[str, ...]]:
    return {one.name: one.values for one in target(said).enums}


def column(said: str, table: str, name: str) -> tuple[str, str | None, tuple[str, ...] | None]:
    found = target(said).table(table)
    assert found is not None
    one = found.column(name)
    assert one is not None
    return one.type, one.enum, one.enum_values


def test_a_value_that_is_added_to_an_enum_is_added_for_all_its_columns() -> None:
    said = 'jobs\nstate: "open" | "busy" | "failed" | "done"'
    longer = ("open", "busy", "failed", "done")

    assert enums(said) == {"state": longer, "size": SIZES}
    assert column(said, "tasks", "state") == ("state", "state", longer)
    survey, plan = planned(JOBS, said, [], flows=False)
    (phase,) = draft_code(survey, plan).phases
    assert "ALTER TYPE \"state\" ADD VALUE 'failed' AFTER 'busy';" in phase.up
    assert 'DROP INDEX "tasks_open_idx";' in phase.down


@pytest.mark.parametrize("values", [("large", "small"), ("small",), ("tiny", "large"), ("a", "b")])
def test_an_enum_of_one_column_has_the_list_that_is_written(values: tuple[str, ...]) -> None:
    said = f"jobs\nsize: {' | '.join(f'{chr(34)}{one}{chr(34)}' for one in values)}"

    assert enums(said) == {"state": OWN, "size": values}
    assert column(said, "jobs", "size") == ("size", "size", values)


def test_columns_that_agree_change_their_enum() -> None:
    said = 'jobs\nstate: "open" | "done"\n\ntasks\nstate: "open" | "done"'

    assert enums(said) == {"state": ("open", "done"), "size": SIZES}


def test_a_column_that_drops_a_value_which_another_keeps_gets_an_enum_of_its_own() -> None:
    said = 'jobs\nstate: "open" | "done"'

    assert enums(said) == {"state": OWN, "size": SIZES, "job_state": ("open", "done")}
    assert column(said, "jobs", "state") == ("job_state", "job_state", ("open", "done"))
    assert column(said, "tasks", "state") == ("state", "state", OWN)


@pytest.mark.parametrize("said", ['tone: "loud" | "low" | "mute"', "tone -> voice"])
def test_text_with_a_list_stays_text(said: str) -> None:
    name = "voice" if "->" in said else "tone"

    assert column(f"jobs\n{said}", "jobs", name)[:2] == ("text", None)


def test_a_default_that_goes_with_its_value_comes_back_with_it() -> None:
    survey, plan = planned(JOBS, 'jobs\nsize: "large" | "huge"', [], flows=False)
    (phase,) = draft_code(survey, plan).phases

    assert "SET DEFAULT" not in phase.up
    assert phase.down.count("SET DEFAULT 'small'") == 1


def test_a_new_value_stands_in_the_transaction_unless_something_there_uses_it() -> None:
    used = 'jobs\nsize: "small" | "large" | "huge" (default huge)'
    unused = 'jobs\nsize: "small" | "large" | "huge"\nnote: text (nullable)'
    before, inside = (draft_code(*planned(JOBS, one, [], flows=False)).phases[0].up for one in (used, unused))

    assert before.index("ADD VALUE IF NOT EXISTS 'huge'") < before.index("BEGIN;")
    assert inside.index("BEGIN;") < inside.index("ADD VALUE 'huge'")


def test_rows_whose_value_goes_are_told_to_be_filled_in_while_the_column_is_text() -> None:
    survey, plan = planned(JOBS, 'jobs\nsize: "large" | "huge"', [], flows=False)
    up = draft_code(survey, plan).phases[0].up

    asked = """-- UPDATE "jobs" SET "size" = <value> WHERE "size" IN ('small');"""
    assert up.index('"size" SET DATA TYPE text') < up.index(asked) < up.index('"size" SET DATA TYPE "size"')
