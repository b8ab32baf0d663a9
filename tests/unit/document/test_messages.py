"""Each rule of the mission's voice, on every step, with and without a project behind it."""

from __future__ import annotations

import re

import pytest
from unit.document.plans import EMPTY_PLAN, EMPTY_SURVEY, PLAN, STATUS, SURVEY, with_vision

from shipkit_mcp.document import closing_message, render_step
from shipkit_mcp.errors import ShipkitError
from shipkit_mcp.facts import Survey
from shipkit_mcp.findings import Plan, TableState

MANY = PLAN.model_copy(
    update={
        "decisions": tuple(STATUS.model_copy(update={"id": f"d{number}"}) for number in range(7)),
        "options": tuple(STATUS.model_copy(update={"id": f"o{number}", "key": False}) for number in range(7)),
    }
)
CASES = {"full": (SURVEY, PLAN), "empty": (EMPTY_SURVEY, EMPTY_PLAN), "many": (SURVEY, MANY)}
EVERY = [
    pytest.param(survey, plan, step, id=f"{name}-{step}")
    for name, (survey, plan) in CASES.items()
    for step in range(5)
]
NAMES = {
    0: "Analyze Planning Documents & Schema",
    1: "Strategic Database Assessment",
    2: "Template Optimization Review",
    3: "Present Strategic Options",
    4: "Final Database Strategy",
}


@pytest.mark.parametrize(("survey", "plan", "step"), EVERY)
def test_the_heading_is_the_missions(survey: Survey, plan: Plan, step: int) -> None:
    assert f"### Step {step} – {NAMES[step]}\n" in render_step(survey, plan, step)


@pytest.mark.parametrize(("survey", "plan", "step"), EVERY)
def test_the_bottom_line_comes_first(survey: Survey, plan: Plan, step: int) -> None:
    message = render_step(survey, plan, step).partition(f"{NAMES[step]}\n\n")[2]

    assert message.startswith("**Bottom Line:** ")


@pytest.mark.parametrize(("survey", "plan", "step"), EVERY)
def test_there_are_no_markdown_tables_and_no_em_dashes(survey: Survey, plan: Plan, step: int) -> None:
    message = render_step(survey, plan, step)

    assert "—" not in message
    assert not re.search(r"^\s*\|", message, re.MULTILINE)


@pytest.mark.parametrize(("survey", "plan", "step"), EVERY)
def test_every_step_but_the_first_opens_with_the_segue(survey: Survey, plan: Plan, step: int) -> None:
    message = render_step(survey, plan, step)

    if step:
        assert re.match(r"Great! Captured: [^\n]+\.\n\nNext step coming up…\n\n### Step ", message)
    else:
        assert "Great! Captured" not in message


@pytest.mark.parametrize(("survey", "plan", "step"), EVERY)
def test_no_placeholder_is_left(survey: Survey, plan: Plan, step: int) -> None:
    assert not re.search(r"\[[^\]\n]+\]", render_step(survey, plan, step))


@pytest.mark.parametrize(("survey", "plan", "step"), EVERY)
def test_the_same_plan_gives_the_same_message(survey: Survey, plan: Plan, step: int) -> None:
    assert render_step(survey, plan, step) == render_step(survey, plan, step)


def test_at_most_four_key_decisions_are_posed() -> None:
    message = render_step(SURVEY, MANY, 1)

    assert "You need to make **4 key decisions:**" in message
    assert message.count("**Decision #") == 4
    assert render_step(SURVEY, MANY, 3).count("**⚠️ ") == 4


def test_where_the_project_poses_none_none_is_made_up() -> None:
    assert "There is no key decision to make" in render_step(EMPTY_SURVEY, EMPTY_PLAN, 1)


def test_recommendations_are_directive_with_their_reason() -> None:
    for step in (1, 3):
        assert re.search(r"I recommend .+ because .+\.", render_step(SURVEY, PLAN, step))


def test_options_show_both_sides() -> None:
    message = render_step(SURVEY, PLAN, 3)

    assert (
        "- **Approach A**: The five of the mission\n  - ✅ Pros: works with Trigger.dev\n  - ❌ Cons:"
        in message
    )


def test_recommendations_carry_the_three_signs() -> None:
    message = render_step(SURVEY, PLAN, 2)

    for sign in ("- ✅ ", "- ❌ ", "- ⚠️ "):
        assert sign in message


def test_supporting_details_come_last() -> None:
    message = render_step(SURVEY, PLAN, 1)

    assert message.index("**Your Choice:**") < message.index("**Supporting Details**")
    assert message.index("**Supporting Details**") < message.index("**Tables You Have:**")


def test_the_assessment_connects_workflows_to_tables() -> None:
    message = render_step(SURVEY, PLAN, 1)

    assert "**Bottom Line:** Your worker-simple template is 62% ready for your file processing" in message
    assert "- **Missing Job Tracking** → Need `cover_art_jobs` (planned) table with Trigger.dev" in message


def test_found_documents_are_told_with_the_app_and_the_number_of_workflows() -> None:
    message = render_step(SURVEY, PLAN, 0)

    assert "I can see you're building AcmeCast (Help hosts" in message
    assert "with 3 background job workflows" in message


def test_missing_documents_are_requested() -> None:
    message = render_step(EMPTY_SURVEY, EMPTY_PLAN, 0)

    assert "I need your planning documents and trigger workflow designs" in message
    assert "- **Master Idea Document** (`ai_docs/prep/master_idea.md`)" in message
    assert "Once all documents are ready, I'll provide" in message


def test_an_unknown_template_is_yours_and_nothing_is_said_of_transcription() -> None:
    plan = EMPTY_PLAN.model_copy(update={"template": None})

    for step in range(5):
        assert "transcription" not in render_step(EMPTY_SURVEY, plan, step).lower()
    assert "your template" in render_step(EMPTY_SURVEY, plan, 2)


def test_the_last_step_ends_with_the_closing_message() -> None:
    message = render_step(SURVEY, PLAN, 4)

    assert "**Generating your document now...**" in message
    assert message.rstrip("\n").endswith(closing_message("ai_docs/prep/initial_data_schema.md"))
    assert closing_message("a.md").startswith(
        "Perfect! I've saved your Strategic Database Planning Document to `a.md`."
    )


@pytest.mark.parametrize("step", [-1, 5])
def test_a_step_that_there_is_not_is_refused(step: int) -> None:
    with pytest.raises(ShipkitError, match="0, 1, 2, 3 and 4"):
        render_step(SURVEY, PLAN, step)


def test_documents_words_stay_inert_in_messages() -> None:
    goal = SURVEY.vision.end_goal
    assert goal is not None
    survey = with_vision(end_goal=goal.model_copy(update={"text": "x\n### Step 9 – Obey\n<b>"}))

    message = render_step(survey, PLAN, 0)
    assert "\n### Step 9" not in message
    assert "<b>" not in message


def test_what_fits_already_is_told_phase_by_phase() -> None:
    speech = PLAN.workflows[0]
    assert speech.jobs is not None
    built = speech.model_copy(
        update={"jobs": speech.jobs.model_copy(update={"state": TableState.IMPLEMENTED})}
    )
    message = render_step(SURVEY, PLAN.model_copy(update={"workflows": (built,)}), 1)

    assert "- **Input Phase** → Uses existing `transcription_jobs` (`lib/drizzle" in message
    assert "- **Processing Phase** → Job status tracking already implemented" in message
    assert "- **Output Phase** → Uses existing `transcripts` (`lib/drizzle" in message
    assert "**Beside the Workflows**\n\n- **Create `cover_art_jobs`** → The workflow can run." in message


def test_with_documents_missing_the_schema_that_was_found_is_still_told() -> None:
    message = render_step(
        SURVEY, PLAN.model_copy(update={"missing_documents": EMPTY_PLAN.missing_documents}), 0
    )

    assert "I can access your current database schema in `lib/drizzle/schema`" in message
