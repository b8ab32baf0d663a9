"""The mission's step messages (its parts 4 to 6), rendered for both examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mission.projects import AUDIO, SITES, analysis_of, made, message_of

from shipkit_mcp import document
from shipkit_mcp.findings import TableState
from shipkit_mcp.server import brief

BOTH = pytest.mark.parametrize("name", [AUDIO, SITES])
EVERY = pytest.mark.parametrize(
    ("name", "step"), [(name, step) for name in (AUDIO, SITES) for step in range(5)]
)
SCHEMA = (
    'import { pgTable, uuid } from "drizzle-orm/pg-core";\n'
    'export const users = pgTable("users", { id: uuid("id").primaryKey() });\n'
)


def lines_of(text: str, heading: str) -> list[str]:
    """The lines under a bold heading, up to the next bold heading or rule."""
    found = re.search(rf"^{re.escape(heading)}$\n+(.*?)(?=^\*\*[^\n]*\*\*$|^---$|\Z)", text, re.M | re.S)
    assert found is not None, heading
    return [one for one in found[1].split("\n") if one]


# --- part 4 and 5: the form of every message ---------------------------------------------------


@BOTH
@pytest.mark.mission("message-context", "message-analysis", "voice-specific")
def test_a_message_speaks_of_this_apps_workflows_and_template(name: str) -> None:
    titles = [one.title for one in analysis_of(name).plan.workflows]
    (analysis,) = lines_of(message_of(name, 2), "**My Analysis**")

    assert "You chose the worker-simple template" in analysis
    assert all(title in analysis for title in titles)


@BOTH
@pytest.mark.mission("message-purpose")
def test_every_step_that_recommends_says_its_purpose(name: str) -> None:
    for step in (2, 3, 4):
        assert re.search(r"^\*\*Purpose\*\* – \S.+\.$", message_of(name, step), re.MULTILINE)


@pytest.mark.mission("message-recommendation-signs", "message-skip", "message-options", "voice-signs")
def test_recommendations_are_signed_and_each_has_its_reason() -> None:
    optimization, options = message_of(SITES, 2), message_of(SITES, 3)

    assert "- ✅ **Users** - It owns every other row. (`lib/drizzle/schema/users.ts:" in optimization
    assert (
        "- ❌ **`transcripts`** - It comes with the template for saved transcripts; no workflow"
        in optimization
    )
    assert "- ⚠️ Requires new `products` (planned): Product Import and Product Text can refer" in optimization
    assert re.search(
        r"^\*\*⚠️ Is `brand_kit_versions` filled on demand or automatically\?\*\*$", options, re.M
    )


@BOTH
@pytest.mark.mission("message-editable-plan", "step-2-plan")
def test_the_plan_to_edit_lists_every_change_in_its_order(name: str) -> None:
    changes = analysis_of(name).plan.changes

    assert lines_of(message_of(name, 2), "**Template Optimization Plan (editable)**") == [
        f"- Change #{one.number}: {one.title}" for one in changes
    ]


@BOTH
@pytest.mark.mission("message-validation", "step-2-validation", "step-3-decision", "step-3-finalize")
def test_every_step_ends_with_what_to_confirm(name: str) -> None:
    assert lines_of(message_of(name, 2), "**Your Validation**") == [
        "1. Do these optimizations align with your workflow designs?",
        "2. Any template features you want to keep that I suggested removing?",
    ]
    assert lines_of(message_of(name, 3), "**Your Decision**") == [
        "1. Which approaches align with your workflow designs?",
        "2. Any questions about the trade-offs?",
        "3. Ready to finalize your strategic database plan?",
    ]


@EVERY
@pytest.mark.mission("segue", "segue-next", "voice-segue")
def test_each_step_but_the_first_opens_with_a_recap_of_the_one_before(name: str, step: int) -> None:
    opening = re.match(
        r"Great! Captured: ([^\n]+)\.\n\nNext step coming up…\n\n### Step \d", message_of(name, step)
    )
    found = analysis_of(name).plan

    assert (opening is None) == (step == 0)
    if opening and step == 1:
        assert f"{len(found.workflows)} background job workflows" in opening[1]
    if opening and step == 2:
        assert opening[1] == f"{found.readiness.percent}% ready, 4 key decisions"


# --- step 0 --------------------------------------------------------------------------------------


@BOTH
@pytest.mark.mission("step-0-found", "step-0-opening", "step-0-app")
def test_found_documents_are_told_with_the_app_that_is_being_built(name: str) -> None:
    message, found = message_of(name, 0), analysis_of(name)
    app = found.survey.vision.app_name

    assert app is not None
    assert "Ready to create your strategic database plan? I'll analyze your app vision, trigger" in message
    assert "Perfect! I found your planning documents, trigger workflow designs, and analyzed your" in message
    assert f"I can see you're building {app.text}, which helps " in message
    assert f"template with {len(found.plan.workflows)} background job workflows." in message


@pytest.mark.mission(
    "step-0-missing",
    "step-0-request",
    "step-0-required-documents",
    "step-0-schema",
    "step-0-once-ready",
)
def test_missing_documents_are_requested_by_name_and_path(tmp_path: Path) -> None:
    found = made(tmp_path, {"package.json": "{}", "lib/drizzle/schema/users.ts": SCHEMA})
    message = document.render_step(found.survey, found.plan, 0)
    mission = brief.mission()
    request = "I need your planning documents and trigger workflow designs to create strategic database"

    assert request in message
    assert request in mission
    assert [
        re.findall(r"^- \*\*(.+?)\*\* \(`(.+?)`\)", one)[0]
        for one in lines_of(message, "**Required Documents:**")
    ] == [
        ("Master Idea Document", "ai_docs/prep/master_idea.md"),
        ("Wireframe Reference", "ai_docs/prep/wireframe.md"),
        ("App Pages & Functionality Blueprint", "ai_docs/prep/app_pages_and_functionality.md"),
        ("Trigger Workflow Documentation (index)", "ai_docs/prep/trigger_workflows.md"),
        ("Trigger Workflow Documentation (workflows)", "ai_docs/prep/trigger_workflow_*.md"),
    ]
    assert "I can access your current database schema in `lib/drizzle/schema` - this will help me" in message
    assert "Once all documents are ready, I'll provide comprehensive database recommendations" in message


def test_with_all_documents_there_nothing_is_requested() -> None:
    assert "Required Documents" not in message_of(AUDIO, 0)


# --- step 1 --------------------------------------------------------------------------------------


@BOTH
@pytest.mark.mission(
    "step-1", "step-1-ready-percent", "step-1-opening", "bottom-line-first", "cut-to-the-chase"
)
def test_the_assessment_leads_with_readiness_and_the_number_of_decisions(name: str) -> None:
    message, plan = message_of(name, 1), analysis_of(name).plan
    bottom_line = next(one for one in message.split("\n") if one.startswith("**Bottom Line:**"))

    assert f"Your worker-simple template is {plan.readiness.percent}% ready for your" in bottom_line
    assert bottom_line.endswith("workflows. You need to make **4 key decisions:**")
    assert message.index(bottom_line) < message.index("Excellent! I've analyzed your complete app vision")


@BOTH
@pytest.mark.mission("step-1-max-decisions")
def test_two_to_four_decisions_are_posed_most_critical_first(name: str) -> None:
    plan = analysis_of(name).plan
    posed = re.findall(r"^\*\*Decision #(\d): (.+)\*\*$", message_of(name, 1), re.MULTILINE)

    assert [number for number, _ in posed] == ["1", "2", "3", "4"]
    assert [question for _, question in posed] == [
        one.question.replace("`app_pages_and_functionality.md`", "app_pages_and_functionality.md")
        for one in plan.decisions
        if one.key
    ][:4]


@BOTH
@pytest.mark.mission("step-1-problem", "step-1-options", "step-1-recommendation", "directive-with-reasoning")
def test_each_decision_has_a_problem_two_options_and_a_recommendation_with_its_reason(name: str) -> None:
    message = message_of(name, 1)
    decisions = message.partition("**Your Choice:**")[0].split("**Decision #")[1:]

    assert len(decisions) == 4
    for one in decisions:
        assert re.search(r"^- \*\*Problem:\*\* .+ \(`[^`]+:\d+`", one, re.MULTILINE)
        assert re.search(r"^- \*\*Options:\*\* A: .+ vs B: .+$", one, re.MULTILINE)
        assert re.search(r"^- \*\*Recommendation:\*\* I recommend .+ because .+\.$", one, re.MULTILINE)


@BOTH
@pytest.mark.mission("step-1-choice", "step-1-proceed")
def test_the_choice_asks_each_decision_once_and_then_whether_to_proceed(name: str) -> None:
    asked = lines_of(message_of(name, 1), "**Your Choice:**")

    assert len(asked) == 5
    assert all(one.endswith("(A or B)") for one in asked[:4])
    assert asked[4] == "5. Ready to proceed with these changes?"


@pytest.mark.mission("step-1-already-perfect", "step-1-input-phase", "step-1-output-phase")
def test_a_workflow_that_the_schema_serves_is_told_phase_by_phase() -> None:
    found = analysis_of(AUDIO)
    built = found.plan.workflows[1]
    tables = {
        part: tuple(one.model_copy(update={"state": TableState.IMPLEMENTED}) for one in getattr(built, part))
        for part in ("results", "enhancements")
    }
    assert built.jobs is not None
    jobs = built.jobs.model_copy(update={"state": TableState.IMPLEMENTED})
    served = built.model_copy(update={**tables, "jobs": jobs})
    plan = found.plan.model_copy(update={"workflows": (served,)})
    message = document.render_step(found.survey, plan, 1)
    perfect = message.partition("**✅ What's Already Perfect**")[2].partition("**🔧 What Needs Changes**")[0]

    assert "**Workflow: Transcription** (from `ai_docs/prep/trigger_workflow_transcription.md`)" in perfect
    assert re.search(
        r"^- \*\*Input Phase\*\* → Uses existing `transcription_jobs` \(`.+`\) - ready to", perfect, re.M
    )
    assert "- **Processing Phase** → Job status tracking already implemented" in perfect
    assert re.search(
        r"^- \*\*Output Phase\*\* → Uses existing `transcripts` \(`.+`\) - ready to store", perfect, re.M
    )


@pytest.mark.mission("step-1-needs-changes", "step-1-missing-jobs", "step-1-missing-results")
def test_a_workflow_that_needs_changes_is_told_what_is_missing() -> None:
    needed = message_of(SITES, 1).partition("**🔧 What Needs Changes**")[2]

    assert "**Workflow: Brand Kit Generation** (from `ai_docs/prep/trigger_workflow_brand_kit_" in needed
    assert (
        "- **Missing Job Tracking** → Need `brand_kit_jobs` (planned) table with Trigger.dev integ" in needed
    )
    assert "- **Missing Results Storage** → Need `brand_kits` (planned) table for outputs" in needed
    assert "- **Missing Enhancements** → Need `brand_kit_versions` (planned) table" in needed
    assert "**Results Storage to Modify** → `transcripts` (`lib/drizzle/" in message_of(AUDIO, 1)


@BOTH
@pytest.mark.mission("step-1-tables-you-have", "step-1-tables-you-need")
def test_tables_you_have_and_tables_you_need_are_those_of_schema_and_plan(name: str) -> None:
    message, found = message_of(name, 1), analysis_of(name)
    have = [one.split("`")[1] for one in lines_of(message, "**Tables You Have:**")]
    need = [one.split("`")[1] for one in lines_of(message, "**Tables You Need:**")]

    assert have == [one.name for one in found.survey.schema.tables]
    assert need == [one.table for one in found.plan.create]


@BOTH
@pytest.mark.mission("details-last", "minimize-load")
def test_details_follow_the_decisions(name: str) -> None:
    message = message_of(name, 1)

    assert message.index("**Your Choice:**") < message.index("**Supporting Details**")
    assert message.index("**Supporting Details**") < message.index("**Tables You Have:**")


# --- step 2 --------------------------------------------------------------------------------------


@BOTH
@pytest.mark.mission("step-2", "step-2-opening", "step-2-purpose", "step-2-analysis")
def test_the_review_opens_with_its_purpose_and_the_template(name: str) -> None:
    message = message_of(name, 2)

    assert "Perfect! Now let me analyze how well your chosen template fits your actual workflow" in message
    assert "**Purpose** – Ensure your database is lean and focused on your specific background job" in message
    assert "You chose the worker-simple template, which comes with tables for audio and video tr" in message


@pytest.mark.mission("step-2-features")
def test_template_features_in_use_are_named_with_the_workflow_that_uses_them() -> None:
    used = lines_of(message_of(AUDIO, 2), "**✅ Template Features You'll Use**")

    assert used[0].startswith(
        "- ✅ **Job tracking pattern** - `transcription_jobs`, in use by Transcription."
    )
    assert any("stands in `transcription_jobs.trigger_job_id`" in one for one in used)
    assert any(one.startswith("- ✅ **Chat about a transcript**") for one in used)


@pytest.mark.mission("step-2-bloat")
def test_bloat_is_what_no_workflow_and_no_document_speaks_of() -> None:
    bloat = lines_of(message_of(SITES, 2), "**❌ Template Bloat to Consider Removing**")

    assert [one.split("`")[1] for one in bloat] == [one.table for one in analysis_of(SITES).plan.remove]
    assert all("no workflow and none of the 7 planning documents speaks of it" in one for one in bloat)
    assert lines_of(message_of(AUDIO, 2), "**❌ Template Bloat to Consider Removing**") == ["- nothing"]


@BOTH
@pytest.mark.mission("step-2-gaps")
def test_gaps_are_what_the_workflows_need_and_the_template_lacks(name: str) -> None:
    gaps = lines_of(message_of(name, 2), "**🔧 Template Gaps to Fill**")
    due = [one for one in analysis_of(name).plan.changes if not one.proposed]

    assert [one.split("`")[1] for one in gaps] == [one.table for one in due]


@BOTH
@pytest.mark.mission("step-2-mapping")
def test_each_workflow_is_mapped_to_tables_and_their_fields(name: str) -> None:
    mapping = message_of(name, 2).partition("**Workflow-to-Database Mapping**")[2]

    for workflow in analysis_of(name).plan.workflows:
        part = mapping.partition(f"**{workflow.title}** (`{workflow.path}`):")[2].partition("\n\n**")[0]
        for table in workflow.tables:
            assert f"`{table.table}` (" in part
            assert f"`{table.columns[0].name}`" in part


# --- steps 3 and 4 -------------------------------------------------------------------------------


@BOTH
@pytest.mark.mission(
    "step-3", "step-3-opening", "step-3-options", "step-3-pros", "step-3-cons", "present-options"
)
def test_options_show_approaches_with_both_sides_and_my_recommendation(name: str) -> None:
    message = message_of(name, 3)
    posed = message.partition("**Strategic Options Needing Your Input**")[2].split("**⚠️ ")[1:]

    assert "Great template optimization! Now let me present the strategic options where" in message
    assert len(posed) == len(analysis_of(name).plan.options)
    for one in posed:
        assert one.count("- **Approach ") == one.count("- ✅ Pros: ") == one.count("- ❌ Cons: ") == 2
        assert re.search(r"^- \*\*My Recommendation\*\*: I recommend .+ because .+\.$", one, re.MULTILINE)


@BOTH
@pytest.mark.mission("step-4", "step-4-opening", "step-4-purpose", "doc-closing")
def test_the_last_step_takes_the_decisions_in_and_closes_with_the_document(name: str) -> None:
    message = message_of(name, 4)

    assert "Perfect! I've incorporated your decisions. Let me create your Strategic Database Plan" in message
    assert "**Purpose** – Create your final reference document for iterative development." in message
    assert message.count("- ✅ **") == 4
    assert message.rstrip().endswith(document.closing_message("ai_docs/prep/initial_data_schema.md"))
    assert document.closing_message("ai_docs/prep/initial_data_schema.md") in brief.mission()


# --- part 8: the voice -----------------------------------------------------------------------------


@EVERY
@pytest.mark.mission("voice-no-tables")
def test_messages_hold_bullets_only(name: str, step: int) -> None:
    message = message_of(name, step)

    assert "—" not in message
    assert not re.search(r"^\s*\|", message, re.MULTILINE)
    assert not re.search(r"\[[A-Z][^\]\n]*\]", message)


@pytest.mark.mission("identity")
def test_the_prompt_says_who_the_mentor_is() -> None:
    who = "You are **ShipKit Mentor**, a helpful senior software engineer specializing in database"

    assert who in brief.mentor()
    assert "Helpful senior software engineer (strategic, directive, practical)" in brief.mentor("0")
