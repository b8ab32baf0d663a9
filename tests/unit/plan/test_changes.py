"""Changes in an order in which they can be done, and what each makes possible."""

from __future__ import annotations

from unit.mapping.made import CLIPPING, USERS, declare, schema, table, workflow
from unit.plan.projects import JOB_COLUMNS, RENDER, amend, change, paying, plan, survey, tables

from shipkit_mcp.facts import Amendments
from shipkit_mcp.findings import ChangeKind

SITES = "sites - Top of everything\nid: uuid (PK)\nuser_id: uuid (FK → users.id, cascade delete)\nname: text"
ON_SITE = workflow("render", declare("render_jobs", *JOB_COLUMNS, "site_id: uuid! -> sites.id cascade"))


def test_a_table_comes_after_everything_that_it_refers_to() -> None:
    drafted = plan(survey(ON_SITE), amend(SITES))

    assert change(drafted, "sites").number < change(drafted, "render_jobs").number


def test_a_workflow_can_be_built_after_the_last_change_that_it_waits_for() -> None:
    drafted = plan(survey(RENDER))
    unlocking = [one for one in drafted.changes if "render" in one.unlocks]

    assert [one.table for one in unlocking] == ["renders"]
    assert [one.number for one in drafted.changes] == list(range(1, len(drafted.changes) + 1))


def test_enhancements_and_usage_form_a_phase_after_the_foundation() -> None:
    extra = declare(
        "render_insights",
        "id: uuid! pk",
        "render_id: uuid! -> renders.id cascade unique",
        "user_id: uuid!",
        "text: text!",
    )
    flow = RENDER.model_copy(update={"tables": (*RENDER.tables, extra)})
    drafted = plan(paying(survey(flow), "3 a month"))
    titles = {one.number: one.title for one in drafted.phases}

    assert titles[change(drafted, "render_jobs").phase] == "Foundation"
    assert titles[change(drafted, "usage_tracking").phase] == "Enhancements"
    assert [one.number for one in drafted.phases] == [1, 2]


def test_a_phase_never_needs_a_later_one() -> None:
    flow = workflow(
        "render",
        declare("render_settings", "id: uuid! pk"),
        declare("render_jobs", *JOB_COLUMNS, "settings_id: uuid! -> render_settings.id"),
    )
    drafted = plan(survey(flow))

    assert change(drafted, "render_settings").phase <= change(drafted, "render_jobs").phase


def test_every_change_says_what_is_missing_what_to_do_and_whom_it_serves() -> None:
    for one in plan(survey(RENDER)).changes:
        assert one.table in one.problem
        assert one.action.startswith("CREATE TABLE")
        assert one.affects == ("render",)
        assert "Render" in one.impact
        assert one.evidence


def test_a_table_that_lacks_an_index_is_modified_with_that_index() -> None:
    jobs = CLIPPING.tables[1].model_copy(update={"indexes": ()})
    flow = workflow("clip", declare("clip_jobs", *(one.name for one in jobs.columns)))
    drafted = plan(survey(flow, schema=schema(USERS, jobs)))
    one = change(drafted, "clip_jobs")

    assert one.kind is ChangeKind.MODIFY_TABLE
    assert "an index on `status`" in one.problem
    assert "CREATE INDEX" in one.action
    assert tables(drafted.modify) == ["clip_jobs"]


def test_a_column_that_only_gets_another_name_is_a_rename() -> None:
    drafted = plan(survey(schema=CLIPPING), amend("clips\nclip_url -> video_url"))
    one = change(drafted, "clips")

    assert one.kind is ChangeKind.RENAME
    assert "RENAME COLUMN `clip_url` TO `video_url`" in one.action
    assert [(r.old, r.new) for r in drafted.renames] == [("clip_url", "video_url")]


def test_removals_come_last_as_a_clean_up_and_children_go_first() -> None:
    drafted = plan(survey(RENDER, schema=CLIPPING), amend(remove=("clip_jobs", "clips")))
    removals = [one for one in drafted.changes if one.kind is ChangeKind.REMOVE_TABLE]

    assert [one.table for one in removals] == ["clips", "clip_jobs"]
    assert drafted.phases[-1].title == "Clean-up"
    assert removals[0].number > change(drafted, "renders").number
    assert not any(one.proposed for one in removals)


def test_a_paid_app_gets_the_one_column_of_stripe_that_may_be_stored() -> None:
    drafted = plan(paying(survey(RENDER), "3 a month"))
    one = change(drafted, "users")

    assert one.columns == ("stripe_customer_id",)
    assert "Stripe" in one.impact


def test_a_change_names_the_decision_that_it_follows_from() -> None:
    columns = [one.replace("trigger_job_id", "run_id") for one in JOB_COLUMNS]
    drafted = plan(survey(workflow("render", declare("render_jobs", *columns))))

    assert change(drafted, "render_jobs").decision == "run-id-name"


def test_columns_are_named_in_the_order_of_the_table() -> None:
    drafted = plan(survey(schema=CLIPPING), Amendments())

    assert drafted.changes == ()
    assert drafted.phases == ()


def test_tables_that_refer_to_each_other_are_still_ordered() -> None:
    drafted = plan(
        survey(schema=schema(USERS, table("a", "id: uuid! pk"))),
        amend("b\nid: uuid (PK)\nc_id: uuid (FK → c.id)\n\nc\nid: uuid (PK)\nb_id: uuid (FK → b.id)"),
    )

    assert {one.table for one in drafted.changes} == {"b", "c"}
