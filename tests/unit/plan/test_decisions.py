"""Which choices a project poses, with its own facts on both sides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.mapping.made import CLIPPING, DOC, USERS, at, declare, said, schema, table, workflow
from unit.plan.projects import (
    JOB_COLUMNS,
    ONLY_USERS,
    RENDER,
    RESULT_COLUMNS,
    change,
    decision,
    paying,
    plan,
    survey,
    target,
)

from shipkit_mcp.facts import Amendments, DbEnum, Statement
from shipkit_mcp.plan.decisions import CHOICES

STAGED = tuple(
    "status: text! {pending|drawing|awaiting_approval|completed|failed}" if one.startswith("status") else one
    for one in JOB_COLUMNS
)


FIVE = Amendments(decisions={"status-vocabulary": "A"})


def test_a_project_that_keeps_to_the_mission_poses_no_choice_about_its_tables() -> None:
    posed = {one.id for one in plan(survey(RENDER)).decisions}

    assert posed <= {"enum-style"}


def test_a_vocabulary_of_its_own_is_a_decision_that_names_the_documents_statuses() -> None:
    drafted = plan(survey(workflow("render", declare("render_jobs", *STAGED))))
    one = decision(drafted, "status-vocabulary")

    assert "`drawing`" in one.problem
    assert "`awaiting_approval`" in " ".join(line for option in one.options for line in option.cons)
    assert one.affects == ("render",)
    assert one.evidence


def test_the_five_statuses_move_the_finer_steps_into_a_stage_column() -> None:
    jobs = target(plan(survey(workflow("render", declare("render_jobs", *STAGED))), FIVE), "render_jobs")
    status, stage = jobs.column("status"), jobs.column("stage")

    assert status is not None
    assert status.enum_values == ("pending", "processing", "completed", "failed", "cancelled")
    assert stage is not None
    assert stage.enum_values == ("drawing", "awaiting_approval")
    assert not stage.not_null


def test_a_stage_column_that_the_document_has_takes_the_finer_steps() -> None:
    named = declare("render_jobs", *STAGED, "phase: text? {sketch|final}")
    jobs = target(plan(survey(workflow("render", named)), FIVE), "render_jobs")
    phase = jobs.column("phase")

    assert phase is not None
    assert phase.enum_values == ("drawing", "awaiting_approval", "sketch", "final")
    assert jobs.column("stage") is None


def test_statuses_that_wait_for_a_person_are_kept_by_default_and_others_become_stages() -> None:
    waits = plan(survey(workflow("render", declare("render_jobs", *STAGED))))
    steps = tuple(one.replace("awaiting_approval", "saving") for one in STAGED)
    works = plan(survey(workflow("render", declare("render_jobs", *steps))))

    assert decision(waits, "status-vocabulary").recommended == "B"
    assert "stops for a person in `awaiting_approval`" in decision(waits, "status-vocabulary").why
    assert decision(works, "status-vocabulary").recommended == "A"


def test_what_is_only_recommended_does_not_change_what_the_documents_state() -> None:
    steps = tuple(one.replace("awaiting_approval", "saving") for one in STAGED)
    drafted = plan(survey(workflow("render", declare("render_jobs", *steps))))
    jobs = drafted.stated[0].jobs
    status = jobs.column("status") if jobs else None

    assert status is not None
    assert status.values == ("pending", "drawing", "saving", "completed", "failed")


def test_choosing_the_own_vocabulary_keeps_it_in_the_planned_table() -> None:
    chosen = Amendments(decisions={"status-vocabulary": "B"})
    jobs = target(plan(survey(workflow("render", declare("render_jobs", *STAGED))), chosen), "render_jobs")
    status = jobs.column("status")

    assert status is not None
    assert status.enum_values == ("pending", "drawing", "awaiting_approval", "completed", "failed")


def test_a_recorded_decision_marks_the_findings_that_it_answers() -> None:
    built = table("clip_jobs", *(c for c in STAGED if "->" not in c), "user_id: uuid! -> users.id cascade")
    one = survey(workflow("clip", declare("clip_jobs", *STAGED)), schema=schema(*CLIPPING.tables[:1], built))
    before = [f for f in plan(one).findings if f.rule == "job-status-values"]
    after = plan(one, Amendments(decisions={"status-vocabulary": "B"})).findings

    assert [f.accepted_by for f in before] == [None]
    assert [f.accepted_by for f in after if f.rule == "job-status-values"] == ["decision:status-vocabulary"]


def test_what_is_built_is_recommended_over_a_change_of_live_rows() -> None:
    built = table("clip_jobs", *(c for c in STAGED if "->" not in c), "user_id: uuid! -> users.id cascade")
    one = survey(workflow("clip", declare("clip_jobs", *STAGED)), schema=schema(*CLIPPING.tables[:1], built))

    assert decision(plan(one), "status-vocabulary").recommended == "B"


def test_a_workflow_that_tracks_no_job_poses_a_jobs_table_instead_of_getting_one() -> None:
    notes = workflow(
        "clip_notes",
        declare("clip_notes", "id: uuid! pk", "clip_id: uuid! -> clips.id cascade unique", "text: text!"),
        no_jobs_table=said("No job is tracked", 40),
    )
    drafted = plan(survey(notes, schema=CLIPPING))
    one = decision(drafted, "own-jobs-table")

    assert {option.id for option in one.options} == {"A", "B"}
    assert "`clip_notes_jobs`" in " ".join(option.title for option in one.options)
    assert f"({DOC}:40)" in " ".join(one.options[0].pros)


def test_choosing_a_jobs_table_adds_the_missions_pattern() -> None:
    notes = workflow(
        "clip_notes",
        declare("clip_notes", "id: uuid! pk", "clip_id: uuid! -> clips.id cascade unique", "text: text!"),
        no_jobs_table=said("No job is tracked", 40),
    )
    drafted = plan(survey(notes, schema=CLIPPING), Amendments(decisions={"own-jobs-table": "B"}))
    jobs = target(drafted, "clip_notes_jobs")

    assert {"status", "progress_percentage", "error_message", "trigger_job_id"} <= {
        one.name for one in jobs.columns
    }
    assert [key.on_delete for key in jobs.foreign_keys if key.table == "users"] == ["cascade"]


def test_choosing_no_jobs_table_answers_the_finding_and_takes_it_out_of_readiness() -> None:
    notes = workflow("clip_notes", declare("clip_notes", "id: uuid! pk", "text: text!"))
    notes = notes.model_copy(update={"no_jobs_table": Statement(text="none", evidence=at(40))})
    one = survey(notes, schema=CLIPPING)
    before, after = plan(one), plan(one, Amendments(decisions={"own-jobs-table": "A"}))

    assert after.readiness.total == before.readiness.total - 1
    assert {f.accepted_by for f in after.findings if f.rule == "job-table"} <= {"decision:own-jobs-table"}
    assert "clip_notes_jobs" not in {one.name for one in after.target.tables}


def test_a_planned_run_id_gets_the_missions_name_and_keeps_its_own_when_chosen() -> None:
    columns = [one.replace("trigger_job_id", "run_id") for one in JOB_COLUMNS]
    one = survey(workflow("render", declare("render_jobs", *columns)))

    assert target(plan(one), "render_jobs").column("trigger_job_id") is not None
    kept = target(plan(one, Amendments(decisions={"run-id-name": "B"})), "render_jobs")
    assert kept.column("run_id") is not None
    assert kept.column("trigger_job_id") is None


def test_a_built_run_id_of_another_name_is_accepted_and_renamed_only_when_chosen() -> None:
    renamed = [one.replace("trigger_job_id", "trigger_run_id") for one in JOB_COLUMNS if "->" not in one]
    built = table("render_jobs", *renamed, "user_id: uuid! -> users.id cascade")
    one = survey(RENDER, schema=schema(ONLY_USERS.tables[0], built))
    chosen = plan(one, Amendments(decisions={"run-id-name": "A"}))

    assert decision(plan(one), "run-id-name").recommended == "B"
    assert plan(one).renames == ()
    assert [(r.table, r.old, r.new) for r in chosen.renames] == [
        ("render_jobs", "trigger_run_id", "trigger_job_id")
    ]
    assert target(chosen, "render_jobs").column("trigger_run_id") is None


def test_an_open_reference_to_the_job_poses_versions_and_is_closed_by_default() -> None:
    columns = [
        one.replace("cascade unique", "").replace("job_id: uuid!", "job_id: uuid?").strip()
        for one in RESULT_COLUMNS
    ]
    one = survey(workflow("render", declare("render_jobs", *JOB_COLUMNS), declare("renders", *columns)))
    closed = target(plan(one), "renders")
    open_ = target(plan(one, Amendments(decisions={"result-versions": "B"})), "renders")
    key = next(key for key in open_.foreign_keys if key.table == "render_jobs")
    job = closed.column("job_id")

    assert ("job_id",) in [unique.columns for unique in closed.unique]
    assert job is not None
    assert job.not_null
    assert ("job_id",) not in [unique.columns for unique in open_.unique]
    assert key.on_delete == "set null"


def test_output_of_seconds_that_is_taken_over_or_dismissed_is_recommended_inline() -> None:
    suggest = workflow(
        "layout_suggestion",
        declare("layout_suggestion_jobs", *JOB_COLUMNS),
        outputs=(said("List of sections the user can accept or reject"),),
        duration=said("10-30s"),
        saves_output=False,
    )
    one = survey(suggest)
    jobs = target(plan(one), "layout_suggestion_jobs")
    separate = plan(one, Amendments(decisions={"results-place": "B"}))

    (mapped,) = plan(one).workflows

    assert decision(plan(one), "results-place").recommended == "A"
    assert jobs.column("suggestions") is not None
    assert mapped.inline_results is not None
    assert (mapped.inline_results.table, mapped.inline_results.column) == (jobs.name, "suggestions")
    assert mapped.inline_results.why == "recommended with `decision:results-place`"
    assert separate.workflows[0].inline_results is None
    assert separate.target.table("layout_suggestion_results") is not None


def test_an_app_that_charges_without_a_usage_table_is_asked_how_to_count() -> None:
    one = paying(survey(RENDER), "3 renders per month")
    drafted = plan(one)
    events = plan(one, Amendments(decisions={"usage-record": "B"}))

    assert "3 renders per month" in " ".join(decision(drafted, "usage-record").options[0].pros)
    assert drafted.target.table("usage_tracking") is not None
    assert events.target.table("usage_events") is not None
    assert events.target.table("usage_tracking") is None


def test_a_usage_table_that_the_documents_plan_keeps_its_name_and_columns() -> None:
    one = paying(survey(RENDER), "3 renders per month")
    planned = said("`usage_counters_usage` table: user_id, month, renders_count, storage_bytes, plan_tier", 7)
    one = replace(one, vision=one.vision.model_copy(update={"billing_tables": (planned,)}))
    usage = target(plan(one), "usage_counters_usage")

    assert [column.name for column in usage.columns][1:] == [
        "user_id",
        "month",
        "renders_count",
        "storage_bytes",
    ]
    assert usage.column("plan_tier") is None


def test_an_app_that_charges_nobody_is_asked_nothing_about_usage() -> None:
    assert "usage-record" not in {one.id for one in plan(survey(RENDER)).decisions}


@pytest.mark.parametrize("choice", CHOICES, ids=lambda one: one.id)
def test_every_choice_has_two_sides_with_something_for_and_against_each(choice: object) -> None:
    found = next(one for one in CHOICES if one is choice)

    assert [side.id for side in found.sides] == ["A", "B"]
    assert all(side.pros and side.cons and side.because for side in found.sides)


def test_every_decision_is_recommended_in_the_first_person_with_a_reason() -> None:
    columns = [one.replace("trigger_job_id", "run_id") for one in STAGED]
    drafted = plan(paying(survey(workflow("render", declare("render_jobs", *columns))), "3 a month"))

    assert len(drafted.decisions) >= 3
    for one in drafted.decisions:
        assert one.why.startswith("I recommend ")
        assert " because " in one.why
        assert "None" not in one.why
        assert "{" not in one.why + one.problem + one.question


def test_at_most_four_decisions_are_key_and_they_stand_first() -> None:
    columns = [one.replace("trigger_job_id", "run_id") for one in STAGED]
    drafted = plan(paying(survey(workflow("render", declare("render_jobs", *columns))), "3 a month"))
    key = [one.key for one in drafted.decisions]

    assert 2 <= sum(key) <= 4
    assert key == sorted(key, reverse=True)
    assert drafted.options == tuple(one for one in drafted.decisions if not one.key)


def test_an_option_that_does_not_exist_is_not_taken() -> None:
    one = survey(workflow("render", declare("render_jobs", *STAGED)))

    assert (
        decision(plan(one, Amendments(decisions={"status-vocabulary": "Z"})), "status-vocabulary").chosen
        is None
    )


BUILT_STAGED = schema(
    USERS,
    table(
        "render_jobs",
        *(one for one in JOB_COLUMNS if not one.startswith("status")),
        "status: render_status! {pending|drawing|completed|failed} enum",
    ),
    table(
        "renders",
        "id: uuid! pk",
        "job_id: uuid? -> render_jobs.id set null",
        "user_id: uuid! -> users.id cascade",
        "video_url: text!",
        "created_at: timestamp!",
    ),
    enums=(
        DbEnum(
            name="render_status", values=("pending", "drawing", "completed", "failed"), path="db/x.ts", line=1
        ),
    ),
)


def test_five_statuses_for_a_built_table_only_add_values_and_a_stage() -> None:
    one = survey(RENDER, schema=BUILT_STAGED)
    chosen = plan(one, Amendments(decisions={"status-vocabulary": "A"}))
    jobs = target(chosen, "render_jobs")
    status, stage = jobs.column("status"), jobs.column("stage")

    assert status is not None
    assert stage is not None
    assert status.enum == "render_status"
    assert chosen.target.enums[0].values == (
        "pending",
        "drawing",
        "completed",
        "failed",
        "processing",
        "cancelled",
    )
    assert stage.enum_values == ("drawing",)
    assert change(chosen, "render_jobs").decision == "status-vocabulary"


def test_nothing_built_changes_before_somebody_chooses_so() -> None:
    drafted = plan(survey(RENDER, schema=BUILT_STAGED))
    built = {one.name: one for one in BUILT_STAGED.tables}

    for name in ("render_jobs", "renders"):
        assert target(drafted, name).columns == built[name].columns
        assert target(drafted, name).foreign_keys == built[name].foreign_keys


def test_one_result_per_job_closes_the_reference_of_a_built_table_once_chosen() -> None:
    chosen = plan(survey(RENDER, schema=BUILT_STAGED), Amendments(decisions={"result-versions": "A"}))
    renders = target(chosen, "renders")
    job = renders.column("job_id")

    assert job is not None
    assert job.not_null
    assert ("job_id",) in [one.columns for one in renders.unique]
    assert [key.on_delete for key in renders.foreign_keys if key.table == "render_jobs"] == ["cascade"]


def test_copies_of_stripe_go_once_somebody_chooses_so() -> None:
    copying = schema(
        table(
            "users", "id: uuid! pk", "email: text!", "stripe_customer_id: text?", "subscription_tier: text?"
        ),
        table("user_subscriptions", "id: uuid! pk", "user_id: uuid! -> users.id cascade"),
    )
    one = survey(RENDER, schema=copying)
    kept, chosen = plan(one), plan(one, Amendments(decisions={"stripe-state": "A"}))

    assert decision(kept, "stripe-state").recommended == "A"
    assert target(kept, "users").column("subscription_tier") is not None
    assert target(chosen, "users").column("subscription_tier") is None
    assert target(chosen, "users").column("stripe_customer_id") is not None
    assert chosen.target.table("user_subscriptions") is None
    assert [(note.table, note.accepted) for note in chosen.remove] == [("user_subscriptions", True)]


def test_rows_of_a_tenant_may_get_a_user_beside_it() -> None:
    tenant = [
        one.replace("user_id: uuid! -> users.id", "workspace_id: uuid! -> workspaces.id")
        for one in JOB_COLUMNS
    ]
    teams = schema(USERS, table("workspaces", "id: uuid! pk", "name: text!"))
    one = survey(workflow("render", declare("render_jobs", *tenant)), schema=teams)
    chosen = target(plan(one, Amendments(decisions={"owner-column": "A"})), "render_jobs")

    assert decision(plan(one), "owner-column").recommended == "B"
    assert {key.table for key in chosen.foreign_keys} == {"users", "workspaces"}


VERSIONED = workflow(
    "render",
    declare("render_jobs", *JOB_COLUMNS),
    declare("renders", *RESULT_COLUMNS),
    declare(
        "render_insights",
        "id: uuid! pk",
        "render_id: uuid! -> renders.id cascade",
        "user_id: uuid! -> users.id cascade",
        "version_number: number!",
        "body: text!",
        "created_at: Date!",
        role="enhancement",
    ),
)


def test_a_table_that_counts_versions_keeps_several_rows_by_default() -> None:
    drafted = plan(survey(VERSIONED))
    insights = target(drafted, "render_insights")

    assert decision(drafted, "result-versions").recommended == "B"
    assert ("render_id",) not in [one.columns for one in insights.unique]
    assert [key.on_delete for key in insights.foreign_keys if key.table == "renders"] == ["cascade"]
    assert ("job_id",) in [one.columns for one in target(drafted, "renders").unique]


def test_versions_are_closed_once_somebody_chooses_one_row() -> None:
    chosen = plan(survey(VERSIONED), Amendments(decisions={"result-versions": "A"}))

    assert ("render_id",) in [one.columns for one in target(chosen, "render_insights").unique]


def test_the_one_column_of_stripe_is_called_as_the_schema_calls_its_columns() -> None:
    users = table("users", "id: uuid! pk", "createdAt: timestamp!", "subscriptionTier: text?")
    one = paying(survey(schema=schema(users)), "3 a month")
    drafted = plan(one)

    assert decision(drafted, "stripe-state").options[0].title.startswith("Only `stripeCustomerId`,")
    assert target(drafted, "users").column("stripeCustomerId") is not None
