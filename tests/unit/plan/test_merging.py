"""What a call gives over what is recorded, and what of the recorded still holds."""

from __future__ import annotations

from typing import Any

from unit.mapping.made import CLIPPING, USERS, schema, table
from unit.plan.projects import RENDER, declared, plan, survey, target

from shipkit_mcp.facts import Amendments, DeclaredColumn, DeclaredTable
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.plan import hold_amendments, merge_amendments, merge_tables, write_tables
from shipkit_mcp.rules import check_project

SITES = "sites\nid: uuid (PK)\nname: text (nullable)"


def merge(recorded: Amendments, given: dict[str, Any]) -> Amendments:
    return merge_amendments(recorded, given, declared(recorded.tables), declared(given.get("tables") or ""))


def test_a_call_is_merged_over_what_is_recorded_key_by_key() -> None:
    recorded = Amendments(decisions={"a": "A", "b": "A"}, remove=("x",), narrative={"end_goal": "Old"})
    merged = merge(recorded, {"decisions": {"b": "B"}, "remove": ["y"], "narrative": {"advantage": "New"}})

    assert merged.decisions == {"a": "A", "b": "B"}
    assert merged.remove == ("x", "y")
    assert merged.narrative == {"advantage": "New", "end_goal": "Old"}


def test_null_withdraws_a_key_and_a_whole_part() -> None:
    recorded = Amendments(decisions={"a": "A", "b": "B"}, narrative={"end_goal": "Old"}, tables=SITES)
    merged = merge(recorded, {"decisions": {"a": None}, "narrative": None, "tables": None})

    assert (merged.decisions, merged.narrative, merged.tables) == ({"b": "B"}, {}, "")


def test_a_minus_withdraws_a_removal_or_what_was_said_of_a_table() -> None:
    merged = merge(Amendments(remove=("x", "y"), tables=SITES), {"remove": ["-x", "-sites"]})

    assert (merged.remove, merged.tables) == (("y",), "")


def test_giving_nothing_changes_nothing_but_the_form() -> None:
    once = merge(Amendments(tables=SITES, decisions={"a": "A"}), {})

    assert merge(once, {}) == once


def test_giving_the_same_again_changes_nothing() -> None:
    once = merge(Amendments(), {"tables": SITES})

    assert merge(once, {"tables": SITES}) == once


def test_a_table_is_amended_column_by_column() -> None:
    both = merge_tables(
        declared(SITES), declared("sites\nname: varchar(80) (nullable)\nslug: text (UNIQUE, nullable)")
    )

    assert [one.name for one in both] == ["sites"]
    assert [(c.name, c.type, c.not_null) for c in both[0].columns] == [
        ("id", "uuid", True),
        ("name", "varchar(80)", False),
        ("slug", "text", False),
    ]


def test_a_mark_on_one_column_settles_nothing_that_another_call_left_open() -> None:
    both = merge_tables(declared("clips\nclip_url: text"), declared("clips\ntitle: text (nullable)"))

    assert declared(write_tables(both))[0].columns[0].not_null is None


def test_a_column_that_is_dropped_again_is_gone_and_one_that_comes_back_is_there() -> None:
    dropped = merge(merge(Amendments(), {"tables": SITES}), {"tables": "sites\n- name"})
    back = merge(dropped, {"tables": "sites\nname: text"})

    assert target(plan(survey(RENDER), dropped), "sites").column("name") is None
    assert target(plan(survey(RENDER), back), "sites").column("name") is not None


def test_written_tables_read_back_as_they_were() -> None:
    text = (
        "sites - Top of it\n"
        "id: uuid (PK)\n"
        "user_id: uuid (FK → users.id, on delete cascade)\n"
        'mode: "quick" | "guided" (nullable, default \'quick\')\n'
        "old -> new: varchar(80)\n"
        "a -> b\n"
        "- gone\n"
        "unique: user_id, mode\n"
        "index: mode"
    )
    once = declared(text)
    again = declared(write_tables(once))

    assert [one.model_dump(exclude={"evidence"}) for one in said_of(again)] == [
        one.model_dump(exclude={"evidence"}) for one in said_of(once)
    ]
    assert write_tables(again) == write_tables(once)


def said_of(tables: tuple[DeclaredTable, ...]) -> list[DeclaredColumn]:
    return [column for one in tables for column in one.columns]


def held(recorded: Amendments, one: Any) -> tuple[Amendments, tuple[Any, ...], tuple[str, ...]]:
    mappings = map_workflows(one)
    return hold_amendments(one, mappings, check_project(one, mappings), recorded, declared(recorded.tables))


def test_recorded_amendments_that_hold_are_kept_as_they_are() -> None:
    recorded = Amendments(tables=SITES, narrative={"table.sites": "Good."})

    assert held(recorded, survey(RENDER)) == (recorded, declared(SITES), ())


def test_what_no_longer_holds_is_left_out_and_told() -> None:
    recorded = Amendments(
        decisions={"stripe-state": "A"},
        tables=f"{SITES}\ngone_id: uuid (FK → gone.id)\n\nusers\n- nickname",
        remove=("gone",),
        narrative={"table.gone": "Bad."},
    )
    kept, tables, left = held(recorded, survey(RENDER))

    assert (kept.decisions, kept.remove, kept.narrative) == ({}, (), {})
    assert [[c.name for c in one.columns] for one in tables] == [["id", "name"], []]
    assert len(left) == 5
    assert all("left out" in one for one in left)


def test_an_amendment_that_is_built_by_now_leaves_nothing_to_do() -> None:
    built = schema(USERS, table("sites", "id: uuid! pk", "name: varchar(80)?"))
    recorded = Amendments(tables=SITES)
    kept, _, left = held(recorded, survey(schema=built))

    assert (kept, left) == (recorded, ())
    assert plan(survey(schema=built), recorded).changes == ()


def test_a_recorded_removal_that_something_now_needs_is_left_out() -> None:
    kept, _, left = held(Amendments(remove=("clip_jobs",)), survey(schema=CLIPPING))

    assert kept.remove == ()
    assert "a table that stays refers to it" in left[0]
