"""What one call says, held against what is recorded."""

from __future__ import annotations

import pytest
from unit.mapping.made import CLIPPING, declare, said, workflow
from unit.plan.projects import declared, plan, problems, survey

from shipkit_mcp.facts import Amendments
from shipkit_mcp.plan import Call, idle_withdrawals, write_tables
from shipkit_mcp.plan.checked_call import check_call

TARGET = plan(survey(schema=CLIPPING)).target
SITES = "sites\nid: uuid (PK)\nname: text"
RECORDED = Amendments(remove=("clips",), tables=SITES)


def told(text: str = "", *remove: str, recorded: Amendments = RECORDED) -> list[str]:
    call = Call(declared(text), remove, recorded, declared(recorded.tables))
    return [*check_call(call, TARGET), *idle_withdrawals(call)]


@pytest.mark.parametrize("name", ["-clips", "-sites", "- sites"])
def test_what_is_recorded_can_be_withdrawn(name: str) -> None:
    assert told("", name) == []


def test_a_withdrawal_of_nothing_is_told_with_the_nearest_name() -> None:
    wrong, _ = told("", "-site")

    assert "`-site` in `remove` withdraws nothing" in wrong
    assert "Did you mean `sites`?" in wrong
    assert "leave it out" in told("", "-site", recorded=Amendments())[0]
    assert "names no table" in told("", "-")[0]


def test_a_withdrawal_that_a_known_table_does_not_need_is_only_told() -> None:
    assert told("", "-users") == [
        "`-users` withdrew nothing: neither a removal nor an amendment of `users` was recorded."
    ]


def test_a_new_table_is_declared_once() -> None:
    (wrong,) = told("days\nid: uuid (PK)\n\nusers\nnick: text\n\ndays\ntitle: text")

    assert "`days` is new" in wrong
    assert "in lines 1 and 7" in wrong
    assert told("users\n- email\n\nusers\nemail: varchar(80)") == []
    assert told("sites\n- name\n\nsites\nname: varchar(80)") == []


def test_a_table_that_a_decision_plans_goes_with_another_option() -> None:
    notes = workflow(
        "clip_notes",
        declare("clip_notes", "id: uuid! pk", "text: text!"),
        no_jobs_table=said("No job is tracked", 40),
    )

    (wrong,) = problems(
        survey(notes, schema=CLIPPING), remove=["clip_notes_jobs"], decisions={"own-jobs-table": "B"}
    )

    assert "The decision `own-jobs-table` plans it: choose another of its options." in wrong


def test_a_column_without_a_type_is_written_where_it_reads_back() -> None:
    tables = declared(
        "sites - where clips are shown {\n  id: uuid (PK)\n  name\n  drop old\n  a -> b\n  index: name\n}"
    )

    again = declared(write_tables(tables))

    assert [(one.name, one.dropped, one.renamed_from) for one in again[0].columns] == [
        ("id", False, None),
        ("name", False, None),
        ("old", True, None),
        ("b", False, "a"),
    ]
    assert ((again[0].purpose or "").strip(), again[0].indexes) == ("where clips are shown", (("name",),))
    assert write_tables(again) == write_tables(tables)


def test_a_table_that_only_loses_columns_is_written_with_dashes() -> None:
    assert write_tables(declared("users\n- email")) == "users\n- email"
