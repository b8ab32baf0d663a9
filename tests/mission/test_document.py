"""The document of the mission's part 7, rendered for both examples and for projects with less."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from mission.projects import AUDIO, SITES, analysis_of, document_of, made, part_of, section_of

from shipkit_mcp import document
from shipkit_mcp.cli.commands import commands
from shipkit_mcp.findings import TableState
from shipkit_mcp.server import brief
from tests.golden.update import DOCUMENT

BOTH = pytest.mark.parametrize("name", [AUDIO, SITES])
STATES = {
    TableState.IMPLEMENTED: "Already implemented",
    TableState.MODIFY: "Needs modification",
    TableState.CREATE: "Needs creation",
}


def code_of(text: str) -> set[str]:
    """Every name in backticks that could be a table or a column."""
    return set(re.findall(r"`([a-z][a-z0-9_]*)`", text))


def workflow_part(name: str, title: str) -> str:
    mapping = section_of(document_of(name), "Workflow-to-Schema Mapping")
    found = re.search(rf"^\*\*Workflow: {title}\*\*.*?(?=^\*\*Workflow: |^### )", mapping, re.M | re.S)
    assert found is not None
    return found[0]


# --- always written ----------------------------------------------------------------------------


@pytest.mark.mission("doc-always-saved", "kickoff-always-create", "step-4-save", "save-document")
@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({"lib/drizzle/schema/a.ts": ""}, id="no documents"),
        pytest.param({"ai_docs/prep/master_idea.md": "# Master Idea Document: Kilnbook\n"}, id="no schema"),
    ],
)
def test_the_document_is_written_whatever_is_missing_and_nothing_is_asked(
    tmp_path: Path, texts: dict[str, str]
) -> None:
    made(tmp_path, {"package.json": '{"dependencies": {"drizzle-orm": "0.45.1"}}', **texts})
    result = CliRunner().invoke(commands, ["plan", str(tmp_path), "--write"], input="", standalone_mode=False)
    text = (tmp_path / DOCUMENT).read_text(encoding="utf-8")

    assert result.exception is None
    assert "\n### Missing Documents\n\nI need your planning documents and trigger workflow designs" in text
    assert section_of(text, "Complete Schema Overview").count("**Total Tables:** 0\n") == 1


@BOTH
@pytest.mark.mission("reference-document")
def test_every_heading_of_the_missions_template_stands_in_its_order(name: str) -> None:
    template = brief.mission().partition("```markdown\n")[2].partition("\n**After Document Creation:**")[0]
    fixed = [one for one in re.findall(r"^##+ .+$", template, re.MULTILINE) if "[" not in one]
    optional = {"### Job-Based Quota Enforcement", "### Tier-Based Restrictions"} if name == SITES else set()
    found = iter(re.findall(r"^##+ .+$", document_of(name), re.MULTILINE))

    assert len(fixed) > 15
    assert [one for one in fixed if one not in optional and one not in found] == []


# --- summary and state --------------------------------------------------------------------------


@BOTH
@pytest.mark.mission("doc-app-summary", "doc-template-used", "doc-core-workflows", "doc-job-types")
def test_the_summary_is_what_the_documents_say_with_their_lines(name: str) -> None:
    summary, found = document_of(name).partition("\n---\n")[0], analysis_of(name)
    goal = found.survey.vision.end_goal

    assert goal is not None
    assert f"**End Goal:** {goal.text} (`{goal.evidence}`)" in summary
    assert "**Template Used:** worker-simple (`ai_docs/prep/app_pages_and_functionality.md:8`)" in summary
    for workflow in found.plan.workflows:
        assert f"- {workflow.title} (`{workflow.path}:" in summary
    assert "**Background Job Types:** content generation" in summary


@BOTH
@pytest.mark.mission("doc-existing-tables", "doc-all-schema-files")
def test_every_existing_table_is_listed_with_its_place_and_its_purpose(name: str) -> None:
    listed = part_of(document_of(name), "Existing Tables")
    tables = analysis_of(name).survey.schema.tables

    assert re.findall(r"^- \*\*`(\w+)`\*\* \(`([^`]+)`\) - \S", listed, re.MULTILINE) == [
        (one.name, f"{one.path}:{one.line}") for one in tables
    ]
    assert "purpose not stated" not in listed


@BOTH
@pytest.mark.mission("doc-fit-level")
def test_the_fit_level_is_the_share_of_points_met(name: str) -> None:
    ready = analysis_of(name).plan.readiness

    assert ready.percent == ready.met * 100 // ready.total
    assert f"**✅ Fit Level:** {ready.percent}% match ({ready.met} of {ready.total} points" in document_of(
        name
    )


@pytest.mark.mission("doc-issues")
def test_issues_are_told_workflow_by_workflow() -> None:
    audio, sites = (part_of(document_of(name), "**❌ Issues:**") for name in (AUDIO, SITES))

    assert "- Transcription lacks 1 of 11 documented columns of `transcripts`" in audio
    assert "- The app lacks `stripe_customer_id` (`ai_docs/" in audio
    assert "plans a table user_subscriptions that mirrors Stripe." in audio
    assert len(re.findall(r"^- ", sites, re.MULTILINE)) == len(analysis_of(SITES).plan.workflows)


@pytest.mark.mission("doc-ready-to-build")
def test_ready_to_build_names_what_waits_for_no_table_and_no_column() -> None:
    ready = part_of(document_of(AUDIO), "**🔧 Ready to Build:**")

    assert "- AI Summaries: every table and column is there; keys and indexes follow with Change #5" in ready
    assert "Transcription" not in ready
    assert "**🔧 Ready to Build:** no workflow yet" in document_of(SITES)


# --- mapping ------------------------------------------------------------------------------------


@BOTH
@pytest.mark.mission(
    "doc-mapping", "doc-mapping-each", "doc-mapping-state", "doc-mapping-purpose", "step-2-mapping"
)
def test_each_workflow_has_its_purpose_its_tables_and_its_state(name: str) -> None:
    for workflow in analysis_of(name).plan.workflows:
        part = workflow_part(name, workflow.title)

        assert f"- **Purpose**: {workflow.purpose}\n" in part
        assert f"- **Current State**: ⚠️ {STATES[workflow.state]}\n" in part
        for table in workflow.tables:
            assert f"`{table.table}` (" in part


@pytest.mark.mission(
    "doc-mapping-required", "doc-mapping-inputs", "doc-mapping-outputs", "doc-mapping-enhancements"
)
def test_fields_are_told_one_by_one_with_their_line_and_what_is_required() -> None:
    audio, sites = workflow_part(AUDIO, "Transcription"), workflow_part(SITES, "Brand Kit Generation")

    assert (
        "- **Job Tracking**: Uses `transcription_jobs` (`lib/drizzle/schema/transcription-jobs.ts:" in audio
    )
    for field in ("trigger_job_id", "status", "progress_percentage", "error_message"):
        assert re.search(rf"^  - `{field}` \(`lib/[^`]+:\d+`\) - .*\(REQUIRED\)", audio, re.MULTILINE)
        assert re.search(rf"^  - `{field}` \(planned\) - .*\(REQUIRED\)", sites, re.MULTILINE)
    assert re.search(r"^  - `wants_speaker_labels` \(`lib/[^`]+:\d+`\) - boolean, not null", audio, re.M)
    assert "- **Results Storage**: Uses `transcripts` (`lib/" in audio
    assert re.search(r"^  - `speaker_labels` \(planned\) - jsonb", audio, re.MULTILINE)
    assert "- **Enhancements**: Needs `brand_kit_versions` (planned)" in sites
    assert "- **Enhancements**: none described" in audio


@BOTH
@pytest.mark.mission("doc-universal-patterns")
def test_the_universal_patterns_stand_as_the_mission_has_them(name: str) -> None:
    patterns = part_of(document_of(name), "Universal Patterns Across All Workflows")
    mission = (
        brief.mission().partition("### Universal Patterns Across All Workflows")[2].partition("\n---\n")[0]
    )
    wanted = re.findall(r"^- .+$", mission, re.MULTILINE)

    assert len(wanted) == 9
    assert re.findall(r"^- .+$", document_of(name).partition(patterns.split("\n")[0])[2], re.M)[:9] == wanted


# --- changes ------------------------------------------------------------------------------------


@BOTH
@pytest.mark.mission("doc-bottom-line")
def test_the_bottom_line_counts_the_changes_below_it(name: str) -> None:
    changes = section_of(document_of(name), "Recommended Changes")
    due = [one for one in analysis_of(name).plan.changes if not one.proposed]
    headings = re.findall(r"^### Change #(\d+): (?!Consider)", changes, re.MULTILINE)

    assert f"**Bottom Line:** You need to make **{len(due)} changes** to align your database with" in changes
    assert [int(one) for one in headings] == [one.number for one in due]


@BOTH
@pytest.mark.mission("doc-change-problem", "doc-change-action", "doc-change-impact", "doc-change-workflows")
def test_each_change_says_problem_action_impact_and_affected_workflows(name: str) -> None:
    changes = section_of(document_of(name), "Recommended Changes").partition("### Implementation")[0]
    told = changes.split("\n### Change #")[1:]

    assert len(told) == len(analysis_of(name).plan.changes)
    for one in told:
        assert re.search(r"^- \*\*Problem:\*\* .+ \(`[^`]+:\d+`", one, re.MULTILINE)
        assert re.search(r"^- \*\*Action:\*\* (?:CREATE|ALTER|DROP) TABLE `\w+`", one, re.MULTILINE)
        assert re.search(r"^- \*\*Impact:\*\* \S", one, re.MULTILINE)
        assert re.search(r"^- \*\*Affected Workflows:\*\* (?:none|.+\(`[^`]+\.md:\d+`\))$", one, re.M)


@pytest.mark.mission("doc-change-options", "doc-change-both-options")
def test_a_change_that_is_a_choice_shows_both_options_and_the_recommendation() -> None:
    change = part_of(document_of(AUDIO), "Change #4: Create `monthly_usage`")

    assert re.search(r"^- \*\*Option A:\*\* Monthly counters - ✅ .+; ❌ .+$", change, re.MULTILINE)
    assert re.search(r"^- \*\*Option B:\*\* An event log - ✅ .+; ❌ .+$", change, re.MULTILINE)
    assert re.search(r"^- \*\*Recommendation:\*\* I recommend .+ because .+\.$", change, re.MULTILINE)


@BOTH
@pytest.mark.mission("doc-phases", "doc-phase-1", "doc-phase-2", "voice-iterative", "goal-iterative")
def test_phases_hold_every_change_once_and_say_what_can_be_built_after_them(name: str) -> None:
    priority = part_of(document_of(name), "Implementation Priority")
    plan = analysis_of(name).plan
    phases = re.split(r"^\d\. \*\*Phase ", priority, flags=re.MULTILINE)[1:]
    unlocked = {title for one in phases for title in re.findall(r"Then you can build: (.+)", one)}

    assert phases[0].startswith("1 (Foundation):**")
    assert phases[1].startswith("2 (Enhancements):**")
    assert [int(one) for one in re.findall(r"Change #(\d+)", priority)] == [
        one.number for one in plan.changes
    ]
    assert all(one.title in " ".join(unlocked) for one in plan.workflows if one.state is TableState.CREATE)


def test_a_decision_for_versions_leaves_a_built_table_without_its_unique_key() -> None:
    change = part_of(document_of(AUDIO), "Change #5: Modify `ai_summaries`")

    assert "I recommend versions, where `transcript_id` may repeat" in document_of(AUDIO)
    assert "- **Action:** ALTER TABLE `ai_summaries`: CREATE INDEX on `user_id`.\n" in change


# --- advantage, integration, usage ----------------------------------------------------------------


@BOTH
@pytest.mark.mission("doc-strategic-advantage", "doc-strengths", "doc-gaps")
def test_strengths_and_gaps_are_this_apps_own(name: str) -> None:
    advantage, plan = section_of(document_of(name), "Strategic Advantage"), analysis_of(name).plan
    gaps = advantage.partition("**Gaps to Address:**")[2].partition("**Next Steps:**")[0]
    needed = re.findall(r"^- ⚠️ Requires new `(\w+)` \(planned\): \S", gaps, re.MULTILINE)

    assert f"Your worker-simple template is {plan.readiness.percent}% ready for this app." in advantage
    assert sorted(needed) == sorted(one.table for one in plan.create)
    assert ("- ✅ Results storage pattern - `transcripts`, in use by" in advantage) is (name == AUDIO)
    assert ("- ❌ The template assumes transcription jobs, saved transcripts, AI" in gaps) is (name == SITES)


@BOTH
@pytest.mark.mission("doc-next-steps", "doc-development-approach", "doc-critical-reminder")
def test_next_steps_name_the_decisions_and_the_changes_in_order(name: str) -> None:
    advantage = section_of(document_of(name), "Strategic Advantage")
    steps = advantage.partition("**Next Steps:**")[2].partition("> **Development Approach:**")[0]
    mission = brief.mission()

    first = [one for one in re.findall(r"^- .{12}", steps, re.M) if not one.startswith("- declare")]
    assert first[:2] == ["- confirm or c", "- make changes"]
    for fixed in ("> **Development Approach:** As you implement", "**Critical Reminder**: Store ONLY"):
        (line,) = (one for one in mission.split("\n") if one.startswith(fixed))
        assert line in advantage


@BOTH
@pytest.mark.mission("doc-trigger-fields", "doc-frontend-pattern", "doc-update-pattern", "trigger-realtime")
def test_the_integration_patterns_are_the_missions_and_each_job_table_is_told(name: str) -> None:
    integration = section_of(document_of(name), "Trigger.dev Integration Requirements")
    patterns = re.findall(r"```typescript\n// How .+?```", brief.mission(), re.DOTALL)
    jobs = [one.jobs.table for one in analysis_of(name).plan.workflows if one.jobs]

    assert len(patterns) == 2
    assert all(one in integration for one in patterns)
    assert "// These fields MUST exist in every jobs table" in integration
    assert re.findall(r"^- `(\w+)` \(.+\): `trigger_job_id` ", integration, re.MULTILINE) == jobs


@pytest.mark.mission(
    "doc-usage-quota", "doc-tier-restrictions", "doc-usage-limits", "goal-usage", "usage-separate"
)
def test_quotas_and_tiers_are_the_apps_own_each_with_its_line() -> None:
    usage = section_of(document_of(AUDIO), "Usage Tracking Pattern")

    assert "monthly_usage {  // planned\n" in usage
    assert "  recordings_count: integer  // Free: 4 recordings per month (ai_docs/prep/app_pages_and" in usage
    assert "**Free ($0/month):** (`ai_docs/prep/app_pages_and_functionality.md:" in usage
    assert "- Unlimited recordings (`ai_docs/prep/master_idea.md:" in usage
    assert "[resource]" not in usage


@pytest.mark.mission("doc-usage-quota", "usage-jobs-count", "usage-jobs-limit", "usage-resource-limit")
def test_where_no_usage_table_is_planned_the_missions_monthly_table_is_shown_for_this_app() -> None:
    found = analysis_of(AUDIO)
    target = found.plan.target.model_copy(
        update={"tables": tuple(one for one in found.plan.target.tables if one.name != "monthly_usage")}
    )
    plan = found.plan.model_copy(update={"target": target, "create": (), "further": ()})
    usage = section_of(document.render_document(found.survey, plan), "Usage Tracking Pattern")

    assert "usage_tracking {\n  user_id: uuid\n  month: date\n" in usage
    assert (
        "  jobs_count: integer\n  jobs_limit: integer  // Tier-based. Free: 4 recordings per month" in usage
    )
    assert re.search(r"^  minutes_consumed: \w+\n  minutes_limit: \w+  // Free: 20 minutes max", usage, re.M)


def test_an_app_without_billing_keeps_the_usage_heading_and_one_sentence_why() -> None:
    usage = section_of(document_of(SITES), "Usage Tracking Pattern")

    assert "The documents say that this app does not charge, so no quota is needed" in usage
    assert "Tier-Based" not in usage


@pytest.mark.mission("goal-stripe", "stripe-only-customer-id", "usage-independent")
def test_of_stripe_only_the_customer_id_is_planned_and_usage_stands_apart() -> None:
    found = analysis_of(AUDIO)
    before = {table.name: {one.name for one in table.columns} for table in found.survey.schema.tables}
    added = {
        (table.name, one.name)
        for table in found.plan.target.tables
        for one in table.columns
        if one.name not in before.get(table.name, set())
    }

    assert {one for one in added if "stripe" in one[1] or "subscription" in one[1]} == {
        ("users", "stripe_customer_id")
    }
    assert "user_subscriptions" not in {one.name for one in found.plan.target.tables}
    assert "- Stored: `stripe_customer_id` (planned) in `users`, and nothing else of" in document_of(AUDIO)


# --- overview -----------------------------------------------------------------------------------


@BOTH
@pytest.mark.mission("doc-overview", "doc-overview-users", "doc-overview-workflows", "doc-overview-usage")
def test_the_overview_has_every_table_under_what_it_serves(name: str) -> None:
    overview, found = section_of(document_of(name), "Complete Schema Overview"), analysis_of(name)
    headings = re.findall(r"^### (.+)$", overview, re.MULTILINE)
    listed = set(re.findall(r"^- `(\w+)` \(", overview, re.MULTILINE))

    assert headings[0] == "Users & Auth"
    assert headings[1 : 1 + len(found.plan.workflows)] == [one.title for one in found.plan.workflows]
    assert headings[1 + len(found.plan.workflows)] == "Usage & Billing"
    assert listed >= {one.name for one in found.plan.target.tables}


@BOTH
@pytest.mark.mission("doc-total-tables", "doc-new-tables", "doc-modified-tables", "doc-removed-tables")
def test_totals_are_counted_from_the_lists(name: str) -> None:
    overview, found = section_of(document_of(name), "Complete Schema Overview"), analysis_of(name)
    lists = dict(re.findall(r"^\*\*((?:New|Total|Tables)[^:]+):\*\* (.+)$", overview, re.MULTILINE))
    new, modified = code_of(lists["New Tables Needed"]), code_of(lists["Tables to Modify"])
    removed = code_of(lists["Tables to Remove"])
    tables = {one.name for one in found.survey.schema.tables}

    assert int(lists["Total Tables"]) == len(tables) + len(new) - len(removed)
    assert new == {one.table for one in found.plan.create}
    assert not new & tables
    assert modified == {one.table for one in found.plan.modify} <= tables
    assert removed == set()


@pytest.mark.mission("doc-removed-tables")
def test_a_removal_counts_once_it_is_accepted(tmp_path: Path, example: Callable[[str], Path]) -> None:
    root = example(SITES)
    amendments = tmp_path / "amend.json"
    amendments.write_text('{"decisions": {"template-tables": "A"}}', encoding="utf-8")
    arguments = ["plan", str(root), "--amend", str(amendments), "--write"]

    assert CliRunner().invoke(commands, arguments, standalone_mode=False).exception is None
    overview = section_of((root / DOCUMENT).read_text(encoding="utf-8"), "Complete Schema Overview")
    assert "**Total Tables:** 9\n" in overview
    assert re.search(r"^\*\*Tables to Remove:\*\* `transcript_messages` \(.+\), ", overview, re.MULTILINE)
    assert "Proposed for Removal" not in overview


@BOTH
@pytest.mark.mission("voice-no-tables")
def test_the_document_holds_no_markdown_table_and_no_em_dash(name: str) -> None:
    outside = re.sub(r"^```.*?^```$", "", document_of(name), flags=re.MULTILINE | re.DOTALL)

    assert "—" not in document_of(name)
    assert not re.search(r"^\s*\|", outside, re.MULTILINE)
    assert not re.search(r"\[(?:Extract|List|Continue|workflow|Choice|X)[^\]]*\]", outside)


@pytest.mark.mission("decide-checks", "decide-billing-ui", "decide-usage", "decide-database")
def test_an_app_that_charges_is_told_how_stripe_is_used() -> None:
    usage = section_of(document_of(AUDIO), "Usage Tracking Pattern")
    stripe = usage.partition("### Stripe as Single Source of Truth")[2]

    assert "- Stored: `stripe_customer_id` (planned) in `users`, and nothing else of Stripe\n" in stripe
    assert (
        "- Check subscriptions by asking the Stripe API in real time; nothing of a subscription is" in stripe
    )
    assert "- Link to the Stripe Customer Portal for all billing management\n" in stripe
    assert "- Usage is counted in your own tables, apart from Stripe\n" in stripe


@pytest.mark.mission("voice-no-tables")
def test_dashes_and_tables_of_the_documents_do_not_come_through(example: Callable[[str], Path]) -> None:
    root = example(AUDIO)
    idea = root / "ai_docs/prep/master_idea.md"
    text = idea.read_text(encoding="utf-8")
    idea.write_text(text.replace("My app helps", "| My app — the one — helps", 1), encoding="utf-8")

    assert CliRunner().invoke(commands, ["plan", str(root), "--write"]).exit_code == 0
    written = (root / DOCUMENT).read_text(encoding="utf-8")
    assert "My app - the one - helps" in written
    assert "—" not in written
    assert not re.search(r"^\s*\|", written, re.MULTILINE)
