"""A concise mapping leaves out what is usual or said elsewhere in it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shipkit_mcp.analysis import Analysis
from shipkit_mcp.facts import Evidence, Role
from shipkit_mcp.findings import (
    Decision,
    Finding,
    InlineResults,
    Option,
    Origin,
    Severity,
    TableMapping,
    TableState,
    WorkflowMapping,
)
from shipkit_mcp.server import mapping_views
from tests.golden.update import look

PATH = "ai_docs/prep/trigger_workflow_quiz.md"
NAMES = ("audio-notes", "site-studio")
PARTS = ("results", "enhancements", "others", "alters")


def table(name: str = "quiz_jobs", *, path: str = PATH, line: int = 30, **more: Any) -> TableMapping:
    given = {"role": Role.JOBS, "state": TableState.CREATE, "evidence": (Evidence(path=path, line=line),)}
    return TableMapping.model_validate({"table": name, **given, **more})


def workflow(**more: Any) -> WorkflowMapping:
    given = {"name": "quiz", "title": "Quiz", "source": "file", "path": PATH, "confidence": "high"}
    return WorkflowMapping.model_validate({**given, "evidence": (Evidence(path=PATH, line=1),), **more})


def tables_of(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "jobs" in said:
        yield said["jobs"]
    for part in PARTS:
        yield from said.get(part, [])


def test_a_certain_workflow_titled_as_it_is_named_is_its_name_path_and_tables() -> None:
    said = mapping_views.concise_workflow(workflow(kinds=("unclassified",), jobs=table()))

    assert said == {
        "name": "quiz",
        "path": PATH,
        "jobs": {"name": "quiz_jobs", "line": 30, "state": "create", "text": []},
    }


def test_what_is_not_usual_is_said() -> None:
    said = mapping_views.concise_workflow(
        workflow(title="The Quiz", confidence="low", evidence=(Evidence(path=PATH, line=40),))
    )

    assert said == {
        "name": "quiz",
        "title": "The Quiz",
        "path": PATH,
        "line": 40,
        "confidence": "low",
        "state": "none",
    }


def test_a_table_that_stands_elsewhere_keeps_its_path_and_one_among_others_its_role() -> None:
    elsewhere = table(path="lib/schema.ts", line=7, role=Role.USAGE)

    said = mapping_views.concise_workflow(workflow(jobs=elsewhere, others=(elsewhere,)))

    assert (said["jobs"]["path"], said["jobs"]["line"]) == ("lib/schema.ts", 7)
    assert "role" not in said["jobs"]
    assert said["others"][0]["role"] == "usage"


@pytest.mark.parametrize(
    ("matched_by", "said"),
    [
        ("the schema has a table `quiz_jobs`", None),
        ("`quizJob` is `quiz_jobs` in another spelling", "`quizJob` is `quiz_jobs` in another spelling"),
    ],
)
def test_a_match_by_the_same_name_goes_without_saying(matched_by: str, said: str | None) -> None:
    assert mapping_views.concise_mapping(table(matched_by=matched_by)).get("matched_by") == said


def test_results_kept_inline_are_one_sentence_with_its_line_and_no_note_repeats_it() -> None:
    inline = InlineResults(
        table="quiz_jobs", column="answers", why="Nobody reads them.", evidence=(Evidence(path=PATH, line=9),)
    )

    said = mapping_views.concise_workflow(
        workflow(inline_results=inline, notes=("Nobody reads them.", "Other."))
    )

    assert said["inline_results"] == f"quiz_jobs.answers: Nobody reads them. ({PATH}:9)"
    assert said["notes"] == ["Other."]


def test_results_that_are_not_kept_are_called_so() -> None:
    inline = InlineResults(table=None, why="They are sent by mail.")

    assert mapping_views.concise_workflow(workflow(inline_results=inline))["inline_results"] == (
        "not kept: They are sent by mail."
    )


def found(subject: str, line: int, path: str = PATH, **more: Any) -> Finding:
    given = {"rule": "job-table", "severity": Severity.REQUIRE, "message": "m", "fix": "f"}
    return Finding.model_validate(
        {**given, "subject": subject, "evidence": (Evidence(path=path, line=line),), **more}
    )


def test_findings_of_one_rule_are_gathered_with_the_line_of_each_but_the_workflow_s_own(
    example: Callable[[str], Path],
) -> None:
    plan = look(example("site-studio")).plan.model_copy(
        update={
            "workflows": (workflow(jobs=table()),),
            "findings": (
                found("quiz", 1),
                found("quiz_jobs", 30, certain=False),
                found("quiz_jobs.status", 4, "lib/s.ts", accepted_by="decision:five"),
                found("quiz_jobs", 30, rule="job-index", severity=Severity.NOTE),
                found("other_table", 3),
            ),
        }
    )

    assert mapping_views.findings(plan, {"quiz"}, full=False) == [
        {
            "rule": "job-table",
            "severity": "require",
            "subjects": [
                "quiz",
                f"quiz_jobs ({PATH}:30, cannot tell)",
                "quiz_jobs.status (lib/s.ts:4, accepted by decision:five)",
            ],
        },
        {"rule": "job-index", "severity": "note", "subjects": [f"quiz_jobs ({PATH}:30)"]},
    ]


@pytest.mark.parametrize(("chosen", "said"), [(None, ("recommended", "A: Yes")), ("B", ("chosen", "B: No"))])
def test_a_decision_names_the_option_that_the_plan_follows(
    chosen: str | None, said: tuple[str, str], example: Callable[[str], Path]
) -> None:
    one = Decision(
        id="d",
        question="Is it?",
        options=(Option(id="A", title="Yes"), Option(id="B", title="No")),
        recommended="A",
        why="because",
        chosen=chosen,
    )
    plan = look(example("site-studio")).plan.model_copy(update={"decisions": (one,)})

    assert mapping_views.decisions(plan, set(), full=False) == [
        {"id": "d", "question": "Is it?", said[0]: said[1]}
    ]


# --- nothing is lost --------------------------------------------------------------------------------


@pytest.fixture(params=NAMES)
def analysis(request: pytest.FixtureRequest, example: Callable[[str], Path]) -> Analysis:
    return look(example(request.param))


def test_every_table_and_column_of_the_full_mapping_is_in_the_concise_one(analysis: Analysis) -> None:
    full = mapping_views.workflows(analysis, None, full=True)
    concise = mapping_views.workflows(analysis, None, full=False)

    for whole, brief in zip(full, concise, strict=True):
        assert (brief["name"], brief["path"]) == (whole["name"], whole["path"])
        wanted = [one for one in (whole["jobs"], *(one for part in PARTS for one in whole[part])) if one]
        for table_, said in zip(wanted, tables_of(brief), strict=True):
            assert (said["name"], said["state"]) == (table_["table"], table_["state"])
            assert f"{said.get('path', brief['path'])}:{said['line']}" == table_["evidence"][0]
            for column, line in zip(table_["columns"], said["text"], strict=False):
                assert line.startswith(f"{column['name']}: ")
                assert ("| null" in line) is (column["not_null"] is False)
                origin = said.get("origin", Origin.DOCUMENTED)
                assert column["origin"] == origin or f"[{column['origin']}" in line
                usual = "missing" if table_["state"] == "create" else "present"
                assert column["state"] == usual or column["state"] in line.partition(" [")[2]


def test_every_finding_and_decision_about_a_workflow_is_in_the_concise_mapping(analysis: Analysis) -> None:
    plan = analysis.plan
    shown = {one.name for one in plan.stated}

    brief = mapping_views.findings(plan, shown, full=False)
    decided = mapping_views.decisions(plan, shown, full=False)

    told = {(one["rule"], subject.partition(" (")[0]) for one in brief for subject in one["subjects"]}
    known = shown | {table.table for one in plan.stated for table in one.tables}
    assert told >= {
        (one.rule, one.subject) for one in plan.findings if one.subject.partition(".")[0] in known
    }
    assert [one["id"] for one in decided] == [
        one.id for one in plan.decisions if not one.affects or shown & set(one.affects)
    ]
