"""The first screen fits and says the three things; a write says three lines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.document.plans import EMPTY_PLAN, EMPTY_SURVEY, PLAN, STATUS, SURVEY

from shipkit_mcp.document import details, first_screen, write_summary
from shipkit_mcp.document.columns import clip, clip_start, width
from shipkit_mcp.facts import Survey
from shipkit_mcp.findings import Plan, Severity

CROWDED = PLAN.model_copy(
    update={
        "findings": PLAN.findings * 20,
        "decisions": tuple(STATUS.model_copy(update={"question": "長い質問" * 30}) for _ in range(9)),
        "workflows": PLAN.workflows * 30,
        "missing_documents": EMPTY_PLAN.missing_documents * 9,
    }
)


@pytest.mark.parametrize(
    ("survey", "plan"),
    [(SURVEY, PLAN), (EMPTY_SURVEY, EMPTY_PLAN), (SURVEY, CROWDED)],
    ids=["usual", "empty", "crowded"],
)
def test_the_first_screen_fits_in_25_lines_of_80_columns(survey: Survey, plan: Plan) -> None:
    lines = first_screen(survey, plan)

    assert len(lines) <= 25
    assert max(width(one) for one in lines) <= 80
    assert all("\n" not in one for one in lines)


@pytest.mark.parametrize("plan", [PLAN, CROWDED], ids=["usual", "crowded"])
def test_the_first_screen_says_how_ready_what_to_decide_and_what_is_next(plan: Plan) -> None:
    lines = first_screen(SURVEY, plan)
    starts = [next(at for at, one in enumerate(lines) if one.startswith(word)) for word in WORDS]

    assert starts == sorted(starts)
    assert "Ready: 62% (5 of 8 points met), 0 of" in lines[2]


WORDS = ("Ready:", "Contradictions", "To decide", "Next")


def test_where_there_is_no_workflow_readiness_is_not_claimed() -> None:
    assert "Ready: cannot be told, no workflow was found" in first_screen(EMPTY_SURVEY, EMPTY_PLAN)
    assert "  1. Write what is missing: Master Idea Document" in first_screen(EMPTY_SURVEY, EMPTY_PLAN)


def test_details_name_what_the_screen_shortened() -> None:
    text = "\n".join(details(SURVEY, PLAN))

    for words in (
        "cover_art_jobs (create)",
        "Proposed for removal",
        "transcript_conversations:",
        "[status-vocabulary]",
    ):
        assert words in text


def test_a_write_is_told_in_three_lines() -> None:
    assert write_summary(PLAN, "ai_docs/prep/initial_data_schema.md", "ai_docs/prep/x.bak") == [
        "Wrote ai_docs/prep/initial_data_schema.md: 7 tables (2 new, 1 modified, 0 removed), 62% ready.",
        "Backup: ai_docs/prep/x.bak",
        "Restore: shipkit-mcp undo",
    ]
    assert write_summary(PLAN, "a.md", None)[1:] == [
        "Backup: none, there was no file before.",
        "Restore: delete a.md.",
    ]


def test_wide_characters_count_two_columns() -> None:
    assert width("✅ 長い") == 7
    assert clip("長い質問", 5) == "長い…"


def test_contradictions_are_told_by_kind_and_what_the_plan_makes_anyway_is_not_news() -> None:
    require = PLAN.findings[1]
    plan = PLAN.model_copy(
        update={
            "findings": (
                require.model_copy(update={"rule": "job-table"}),
                require,
                require,
                require.model_copy(
                    update={
                        "rule": "contradiction-columns",
                        "severity": Severity.NOTE,
                        "message": "ai_docs/prep/a.md lists other columns.",
                    }
                ),
            )
        }
    )
    lines = first_screen(SURVEY, plan)
    at = lines.index("Contradictions and broken rules: 3")

    assert lines[at + 1 : at + 3] == (
        "  ❌ a.md lists other columns.",
        "  ❌ Its statuses are not those of the document. (2 times)",
    )


def test_a_write_that_changed_nothing_says_so() -> None:
    lines = write_summary(PLAN, "a.md", None, changed=False)

    assert lines[0].startswith("Unchanged a.md: 7 tables")
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("path", "columns", "shown"),
    [("/a/b", 10, "/a/b"), ("/home/of/hives", 8, "…f/hives"), ("/bees/蜂蜂蜂", 6, "…蜂蜂")],
)
def test_of_a_long_path_the_end_stays(path: str, columns: int, shown: str) -> None:
    assert clip_start(path, columns) == shown


def test_a_long_path_does_not_hide_the_template() -> None:
    survey = replace(SURVEY, project_root="/very/long" * 30)

    assert first_screen(survey, PLAN)[1].startswith("…")
    assert "(template: " in first_screen(survey, PLAN)[1]
