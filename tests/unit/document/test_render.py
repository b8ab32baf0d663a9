"""The document says what the plan says, in the mission's order, and nothing false."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from unit.document.plans import (
    EMPTY_PLAN,
    EMPTY_SURVEY,
    PLAN,
    SURVEY,
    USERS,
    VISION,
    change,
    column,
    note,
    table,
    with_narrative,
    with_tables,
    with_vision,
)

from shipkit_mcp.document import is_ours, is_untouched, read_end_comment, render_document
from shipkit_mcp.errors import ShipkitError
from shipkit_mcp.facts import Amendments, Role, Schema, Unread, Vision
from shipkit_mcp.findings import ChangeKind, ColumnState, Counts, Rename

TEMPLATE_HEADINGS = """\
## Strategic Database Planning Document
### App Summary
## 🗄️ Current Database State
### Existing Tables (Worker-Simple Template)
### Template Assessment
## ⚡ Workflow-to-Schema Mapping
### Core Workflows (From Trigger.dev Documentation)
### Universal Patterns Across All Workflows
## 📋 Recommended Changes
### Change #1: Change `transcription_jobs`
### Implementation Priority
## 🎯 Strategic Advantage
## 🔧 Trigger.dev Integration Requirements
### Required Fields (Every Job Table)
### Frontend Integration Pattern
### Database Update Pattern
## 📊 Usage Tracking Pattern
### Job-Based Quota Enforcement
### Tier-Based Restrictions
## 🗺️ Complete Schema Overview
### Users & Auth
### Transcription
### Cover Art
### Usage & Billing
""".splitlines()
DOCUMENT = render_document(SURVEY, PLAN)


def headings(text: str) -> list[str]:
    outside = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return [one for one in outside.splitlines() if one.startswith("#")]


def section(text: str, title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}$.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[0]


def test_every_heading_of_the_missions_template_stands_in_its_order() -> None:
    found = [one for one in headings(DOCUMENT) if one in TEMPLATE_HEADINGS]

    assert found == TEMPLATE_HEADINGS


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert render_document(SURVEY, PLAN) == DOCUMENT


def test_the_document_is_ours_and_untouched() -> None:
    assert is_ours(DOCUMENT)
    assert is_untouched(DOCUMENT)


def test_totals_are_those_of_the_plan() -> None:
    overview = section(DOCUMENT, "🗺️ Complete Schema Overview")

    assert "\n**Total Tables:** 7\n" in overview
    assert "**New Tables Needed:** `cover_art_jobs` (planned) and `cover_art` (planned)" in overview
    assert (
        "**Tables to Modify:** `transcription_jobs` (`lib/drizzle/schema/transcription_jobs.ts:9`)"
        in overview
    )
    assert "**Tables to Remove:** none" in overview
    assert "**Proposed for Removal (not counted):** `transcript_conversations`" in overview
    assert "**Referred To, Not Declared (not counted):** `sites` (referred to, not declared)" in overview


def test_fit_level_is_the_readiness_and_says_what_it_was_counted_from() -> None:
    assert "**✅ Fit Level:** 62% match (5 of 8 points" in DOCUMENT


def test_existing_names_carry_their_line_and_planned_ones_say_so() -> None:
    mapping = section(DOCUMENT, "⚡ Workflow-to-Schema Mapping")

    assert "Uses `transcription_jobs` (`lib/drizzle/schema/transcription_jobs.ts:9`) with fields:" in mapping
    assert (
        "  - `status` (`lib/drizzle/schema/transcription_jobs.ts:12`) - job_status, not null (REQUIRED)"
        in mapping
    )
    assert "  - `language` (planned) - text" in mapping
    assert "Needs `cover_art_jobs` (planned) with fields:" in mapping
    assert "`sites` (referred to, not declared)" in mapping


def test_a_near_column_is_named_as_the_schema_names_it() -> None:
    line = next(one for one in DOCUMENT.splitlines() if one.startswith("  - `trigger_run_id`"))

    assert "stands for trigger_job_id" in line
    assert "varchar(255)" in line
    assert "`trigger_job_id`" not in line


def test_purpose_comes_from_role_comment_or_document_else_it_is_not_stated() -> None:
    state = section(DOCUMENT, "🗄️ Current Database State")

    assert re.search(r"\*\*`transcripts`\*\* .* - results of Transcription \(2 columns\)", state)
    assert re.search(r"\*\*`notes`\*\* .* - Notes that hosts keep \| private \(1 column\)", state)
    assert re.search(r"\*\*`transcript_conversations`\*\* .* - purpose not stated \(2 columns\)", state)
    assert re.search(r"\*\*`users`\*\* .* - owns the jobs and results of Transcription and Cover Art", state)


def test_a_change_that_follows_from_a_decision_shows_its_options_and_the_recommendation() -> None:
    changes = section(DOCUMENT, "📋 Recommended Changes")

    assert "- **Option A:** The five of the mission - ✅ works with Trigger.dev; ❌ a migration" in changes
    assert (
        "- **Recommendation:** I recommend the five of the mission because it lets a host cancel a run."
        in changes
    )


def test_each_phase_says_what_can_be_built_after_it() -> None:
    priority = DOCUMENT.partition("### Implementation Priority")[2].partition("### ")[0]

    assert "1. **Phase 1 (Foundation):**" in priority
    assert "   - Then you can build: Transcription\n" in priority
    assert "   - Then you can build: Cover Art\n" in priority


def test_a_proposed_removal_is_told_apart_and_not_counted() -> None:
    assert "You need to make **3 changes** to" in DOCUMENT
    assert "(1 removal proposed besides, yours to accept)" in DOCUMENT
    assert "proposed only: not counted and not drafted until you accept it" in DOCUMENT


def test_open_findings_stand_gravest_first() -> None:
    findings = DOCUMENT.partition("### Findings Open")[2].partition("\n## ")[0]

    assert findings.index("❌ Its statuses") < findings.index("⚠️ `transcription_jobs` calls it")


def test_an_accepted_finding_is_not_open() -> None:
    accepted = [one.model_copy(update={"accepted_by": "decision:status-vocabulary"}) for one in PLAN.findings]
    text = render_document(SURVEY, PLAN.model_copy(update={"findings": tuple(accepted)}))

    assert "No finding is open." in text
    assert "- ✅ accepted by `decision:status-vocabulary`: Its statuses" in text


def test_quotas_of_this_app_stand_with_their_lines_and_no_placeholder_is_left() -> None:
    usage = section(DOCUMENT, "📊 Usage Tracking Pattern")

    assert "**Free Tier ($0/month):** (`ai_docs/prep/master_idea.md:40`)" in usage
    assert "- 60 minutes of audio a month (`ai_docs/prep/master_idea.md:41`)" in usage
    assert "  minutes_consumed: integer" in usage
    assert not re.search(r"\[[a-z_ ]+\]", DOCUMENT.partition("<!--")[0])


def test_without_billing_the_usage_section_is_one_sentence() -> None:
    usage = section(render_document(with_vision(bills=None, tiers=()), PLAN), "📊 Usage Tracking Pattern")

    body = [one for one in usage.splitlines()[1:] if one and one != "---"]
    assert body == ["No planning document says that this app charges, so no quota or usage table is planned."]


def test_the_one_thing_of_stripe_is_told_where_it_stands() -> None:
    users = USERS.model_copy(update={"columns": (*USERS.columns, column("stripe_customer_id", "text", 17))})
    text = render_document(with_tables(users, *SURVEY.schema.tables[1:]), PLAN)

    assert (
        "- Stored: `stripe_customer_id` (`lib/drizzle/schema/users.ts:17`) in `users`, and nothing else"
        in text
    )


def test_narrative_replaces_the_named_places() -> None:
    plan = with_narrative(
        end_goal="Text from sound — at once",
        table__notes="What hosts jot down",
        workflow__cover_art="Paints covers",
        decision__keep_covers="",
        advantage="You start ahead.\n- really",
        next_steps="- First `users`\n# then rest",
    )
    text = render_document(SURVEY, plan)

    assert "**End Goal:** Text from sound - at once\n" in text
    assert "**`notes`** (`lib/drizzle/schema/notes.ts:9`) - What hosts jot down (1 column)" in text
    assert "- **Purpose**: Paints covers" in text
    assert "You start ahead.\n- really\n" in text
    assert "- First `users`\n\\# then rest\n" in text


def test_the_reason_given_for_a_decision_replaces_ours() -> None:
    plan = PLAN.model_copy(
        update={"amendments": Amendments(narrative={"decision.status-vocabulary": "hosts asked for it"})}
    )

    assert "I recommend the five of the mission because hosts asked for it." in render_document(SURVEY, plan)


def test_a_choice_against_our_recommendation_says_both() -> None:
    chosen = PLAN.decisions[0].model_copy(update={"chosen": "B"})
    text = render_document(SURVEY, PLAN.model_copy(update={"decisions": (chosen,)}))

    assert (
        "Decided: the two there are. My recommendation was the five of the mission because it lets a host "
        "cancel a run." in text
    )


def test_an_unknown_template_is_yours_and_nothing_is_said_of_transcription() -> None:
    nothing = (
        "workflows",
        "changes",
        "phases",
        "features",
        "decisions",
        "options",
        "findings",
        "modify",
        "remove",
    )
    plan = PLAN.model_copy(update={"template": None, "target": Schema(), **dict.fromkeys(nothing, ())})
    text = render_document(replace(with_tables(USERS), vision=Vision()), plan)

    assert "### Existing Tables (Your Template)" in text
    assert "Your template is 62% ready" in text
    assert "transcri" not in text.lower()


def test_a_project_with_nothing_still_gets_every_section_and_the_request_for_what_is_missing() -> None:
    text = render_document(EMPTY_SURVEY, EMPTY_PLAN)

    assert [one for one in headings(text) if one.startswith("## ")] == [
        one for one in TEMPLATE_HEADINGS if one.startswith("## ")
    ]
    assert "I need your planning documents and trigger workflow designs" in text
    assert (
        "- **Master Idea Document** (`ai_docs/prep/master_idea.md`), looked in `ai_docs/prep` and `docs`"
        in text
    )
    assert "**Total Tables:** 0" in text


def test_no_em_dash_no_markdown_table_and_one_diagram() -> None:
    body = DOCUMENT.partition("<!--")[0]

    assert "—" not in body
    assert not re.search(r"^\s*\|", body, re.MULTILINE)
    assert body.count("```mermaid\nerDiagram\n") == 1


def test_text_of_a_document_cannot_break_out() -> None:
    hostile = "x\n## 📋 Recommended Changes\n```\n<!-- shipkit-mcp: {} -->\n| a |\n|---|"
    survey = with_vision(end_goal=SURVEY.vision.end_goal.model_copy(update={"text": hostile}))  # type: ignore[union-attr]
    text = render_document(survey, PLAN)

    assert headings(text) == headings(DOCUMENT)
    assert text.count("<!--") == 1
    assert is_untouched(text)


def test_amendments_are_read_back_from_the_end_comment() -> None:
    given = Amendments(
        decisions={"status-vocabulary": "B"}, tables="sites --> {\n  id: uuid (PK)\n}", remove=("notes",)
    )
    text = render_document(SURVEY, PLAN.model_copy(update={"amendments": given}))
    recorded = read_end_comment(text)

    assert recorded is not None
    assert recorded.amendments == given
    assert text.endswith("\n-->\n")
    assert text.count("-->") == 1


def test_amendments_that_do_not_fit_are_refused() -> None:
    fits = PLAN.model_copy(update={"amendments": Amendments(tables="x" * (126 * 1024))})
    large = PLAN.model_copy(update={"amendments": Amendments(tables="x" * (129 * 1024))})

    assert read_end_comment(render_document(SURVEY, fits)) is not None
    with pytest.raises(ShipkitError, match="bytes"):
        render_document(SURVEY, large)


def test_an_accepted_removal_leaves_the_overview_and_stands_in_the_list() -> None:
    plan = PLAN.model_copy(
        update={
            "remove": (note("transcript_conversations", accepted=True),),
            "counts": Counts(tables=5, columns=13, new=2, modified=1, removed=1, total=6),
            "changes": (*PLAN.changes[:3], PLAN.changes[3].model_copy(update={"proposed": False})),
        }
    )
    overview = section(render_document(SURVEY, plan), "🗺️ Complete Schema Overview")

    assert "**Tables to Remove:** `transcript_conversations` (" in overview
    assert "**Total Tables:** 6" in overview
    assert "proposed for removal" not in overview.lower().replace("**proposed", "")


def test_a_workflow_without_a_vision_or_tables_is_rendered() -> None:
    text = render_document(replace(SURVEY, vision=Vision()), PLAN)

    assert "**End Goal:** not stated in any planning document found" in text


def test_change_numbers_follow_the_plan() -> None:
    plan = PLAN.model_copy(update={"changes": (change(1, ChangeKind.CREATE_TABLE, "cover_art", 1),)})

    assert "### Change #1: Create `cover_art`" in render_document(SURVEY, plan)


def test_a_decision_listed_twice_is_told_once_and_its_options_at_the_first_change_only() -> None:
    changes = (PLAN.changes[0], PLAN.changes[1].model_copy(update={"decision": "status-vocabulary"}))
    plan = PLAN.model_copy(update={"decisions": (*PLAN.decisions, *PLAN.options), "changes": changes})
    text = section(render_document(SURVEY, plan), "📋 Recommended Changes")

    assert text.count("(`decision:keep-covers`, not confirmed yet)") == 1
    assert text.count("- **Option A:**") == 1
    assert "- **Recommendation:** The five of the mission, as for Change #1" in text


def test_a_planned_column_is_shown_as_the_target_has_it() -> None:
    wide = PLAN.target.model_copy(
        update={
            "tables": tuple(
                one.model_copy(update={"columns": (column("prompt", "varchar(80)"),)})
                if one.name == "cover_art_jobs"
                else one
                for one in PLAN.target.tables
            )
        }
    )
    mapping = section(render_document(SURVEY, PLAN.model_copy(update={"target": wide})), WORKFLOWS)

    assert "  - `prompt` (planned) - varchar(80), not null" in mapping
    assert "  - `trigger_job_id` (not planned) - text" in mapping


WORKFLOWS = "⚡ Workflow-to-Schema Mapping"


def test_tables_beside_the_workflows_and_renames_are_told() -> None:
    beside = PLAN.workflows[1].results[0].model_copy(update={"purpose": "Counts jobs", "role": Role.USAGE})
    rename = Rename(table="transcription_jobs", old="trigger_run_id", new="trigger_job_id")
    plan = PLAN.model_copy(
        update={"workflows": PLAN.workflows[:1], "further": (beside,), "renames": (rename,)}
    )
    text = render_document(SURVEY, plan)

    assert (
        "### Tables Beside the Workflows\n\n- **Usage Table**: Needs `cover_art` (planned) with fields:"
        in text
    )
    assert ":14`), renamed to `trigger_job_id` (planned)" in text
    assert "### Usage & Billing\n\n- `cover_art` (planned) - Counts jobs\n" in text


def test_what_could_not_be_read_is_listed_as_cannot_be_told() -> None:
    unread = Unread(path="lib/drizzle/schema/users.ts", line=20, why="a spread of `...columns`")
    users = USERS.model_copy(update={"unread": (unread,)})

    assert (
        "- `lib/drizzle/schema/users.ts:20` - a spread of \\`...columns\\`; what depends on it cannot be told"
        in render_document(with_tables(users), PLAN)
    )


FIXED = {
    "pending",
    "processing",
    "completed",
    "failed",
    "cancelled",
    "job_id",
    "stripe_customer_id",
    "usage_tracking",
}
"""Names in the mission's own fixed pattern text."""


def test_only_names_that_stand_are_planned_or_are_referred_to_are_marked_as_code() -> None:
    finding = PLAN.findings[0].model_copy(update={"message": "`user_subscriptions.tier` mirrors `users`."})
    plan = PLAN.model_copy(update={"findings": (finding,)})
    plan = plan.model_copy(update={"amendments": Amendments(narrative={"advantage": "`ghosts` are `notes`"})})
    body = render_document(SURVEY, plan).partition("<!--")[0]
    prose = re.sub(r"^```.*?^```$", "", body, flags=re.MULTILINE | re.DOTALL)
    tables = (*SURVEY.schema.tables, *PLAN.target.tables)
    known = (
        {one.name for one in tables} | {column.name for one in tables for column in one.columns} | {"sites"}
    )

    assert set(re.findall(r"`([a-z_][a-z0-9_.]*)`", prose)) - known <= FIXED
    assert "user_subscriptions.tier mirrors `users`." in body
    assert "ghosts are `notes`" in body


def test_an_apps_own_usage_table_stands_in_the_place_of_the_pattern() -> None:
    usage = table("monthly_usage", (column("owner_id", "uuid"), column("jobs_limit", "integer")), owner=False)
    target = PLAN.target.model_copy(update={"tables": (*PLAN.target.tables, usage)})
    text = section(render_document(SURVEY, PLAN.model_copy(update={"target": target})), USAGE)

    assert (
        "monthly_usage {  // planned\n  owner_id: uuid\n  jobs_limit: integer  // Free Tier: 3 episodes"
        in text
    )
    assert "usage_tracking" not in text
    assert "- `monthly_usage` (planned) - purpose not stated" in text


def test_the_job_quota_is_the_first_amount_that_is_of_no_resource() -> None:
    usage = section(DOCUMENT, USAGE)

    assert (
        "  jobs_limit: integer  // Tier-based. Free Tier: 3 episodes (ai_docs/prep/master_idea.md:42); Pro:"
        in usage
    )
    assert "The monthly table is the mission's pattern and an option, not planned here" in usage


USAGE = "📊 Usage Tracking Pattern"


def test_an_app_that_says_it_does_not_charge_is_believed_with_its_line() -> None:
    survey = with_vision(bills=False, tiers=(), business_model=VISION.tiers[0].quotas[0])

    assert "does not charge, so no quota is needed: 60 minutes of audio a month (`" in render_document(
        survey, PLAN
    )


def test_what_a_column_differs_in_and_what_cannot_be_told_is_said() -> None:
    cover = PLAN.workflows[0]
    assert cover.jobs is not None
    status, progress = cover.jobs.columns[2:4]
    columns = (
        status.model_copy(update={"state": ColumnState.CONFLICT, "why": "an enum of two"}),
        progress.model_copy(update={"state": ColumnState.UNREAD}),
        progress.model_copy(update={"name": "language", "existing": None, "doc_name": "lang"}),
    )
    jobs = cover.jobs.model_copy(update={"columns": columns, "partial": True, "unique": (("user_id",),)})
    plan = PLAN.model_copy(update={"workflows": (cover.model_copy(update={"jobs": jobs}),)})
    mapping = section(render_document(SURVEY, plan), WORKFLOWS)

    assert "; differs: an enum of two" in mapping
    assert "`progress_percentage` (cannot tell, part of the table could not be read)" in mapping
    assert "; the document calls it lang" in mapping
    assert "  - UNIQUE constraint on `user_id`" in mapping
