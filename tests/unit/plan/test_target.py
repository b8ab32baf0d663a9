"""The schema as it will be once the plan is carried out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.mapping.made import CLIPPING, USERS, declare, schema, table, workflow
from unit.plan.projects import JOB_COLUMNS, ONLY_USERS, RENDER, amend, plan, survey, tables, target

from shipkit_mcp.facts import Amendments, Index, Schema
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.plan.checking import counted_findings


def test_nothing_planned_leaves_the_schema_as_it_is() -> None:
    assert plan(survey(schema=CLIPPING)).target.tables == CLIPPING.tables


def test_a_planned_jobs_table_has_the_missions_columns_keys_and_indexes() -> None:
    jobs = target(plan(survey(RENDER)), "render_jobs")
    columns = {one.name: one for one in jobs.columns}

    assert columns["id"].primary_key
    assert columns["id"].default == "gen_random_uuid()"
    assert columns["status"].default == "'pending'"
    assert columns["progress_percentage"].default == "0"
    assert columns["created_at"].default == "now()"
    assert not columns["error_message"].not_null
    assert {one.columns for one in jobs.indexes} >= {("user_id",), ("status",), ("created_at",)}
    assert [(key.name, key.on_delete) for key in jobs.foreign_keys] == [
        ("render_jobs_user_id_users_id_fk", "cascade")
    ]


def test_results_refer_to_their_job_once_and_go_with_it() -> None:
    renders = target(plan(survey(RENDER)), "renders")
    job = next(key for key in renders.foreign_keys if key.table == "render_jobs")

    assert [one.name for one in renders.unique] == ["renders_job_id_unique"]
    assert job.on_delete == "cascade"


def test_no_counted_finding_is_left_on_a_table_that_the_plan_creates() -> None:
    one = survey(RENDER)
    drafted = plan(one)
    created = set(tables(drafted.create))

    assert not [f for f in counted_findings(one, drafted) if f.subject.split(".")[0] in created]


def test_a_column_follows_the_type_of_the_key_that_it_refers_to() -> None:
    users = table("users", "id: text! pk", "email: text!")
    jobs = target(plan(survey(RENDER, schema=schema(users))), "render_jobs")
    owner = jobs.column("user_id")

    assert owner is not None
    assert owner.type == "text"


def test_a_reference_to_a_counting_key_is_a_plain_number() -> None:
    users = table("users", "id: serial! pk", "email: text!")
    owner = target(plan(survey(RENDER, schema=schema(users))), "render_jobs").column("user_id")

    assert owner is not None
    assert owner.type == "integer"


def test_a_reference_to_an_undeclared_table_keeps_its_column_and_loses_its_constraint() -> None:
    jobs = declare("render_jobs", *JOB_COLUMNS, "siteId: string! -> sites.id")
    drafted = plan(survey(workflow("render", jobs)))
    site = target(drafted, "render_jobs").column("site_id")

    assert site is not None
    assert site.references is None
    assert "sites" not in {key.table for key in target(drafted, "render_jobs").foreign_keys}
    assert tables(drafted.undeclared) == ["sites"]
    assert "`render_jobs.site_id`" in drafted.undeclared[0].why
    assert drafted.counts.total == len(ONLY_USERS.tables) + len(drafted.create)


def test_declaring_the_table_gives_the_constraint_back() -> None:
    jobs = declare("render_jobs", *JOB_COLUMNS, "siteId: string! -> sites.id")
    drafted = plan(survey(workflow("render", jobs)), amend("sites\nid: uuid (PK)\nname: text"))

    assert tables(drafted.undeclared) == []
    assert "sites" in {key.table for key in target(drafted, "render_jobs").foreign_keys}


def test_index_names_follow_the_habit_of_the_schema() -> None:
    users = USERS.model_copy(update={"indexes": (Index(name="idx_users_email", columns=("email",)),)})
    jobs = target(plan(survey(RENDER, schema=schema(users))), "render_jobs")

    assert "idx_render_jobs_status" in {one.name for one in jobs.indexes}


def test_timestamps_follow_the_habit_of_the_schema() -> None:
    users = table("users", "id: uuid! pk", "created_at: timestamp!", "updated_at: timestamp!")
    made = target(plan(survey(RENDER, schema=schema(users))), "render_jobs").column("created_at")

    assert made is not None
    assert made.type == "timestamp"


def test_lists_of_values_become_text_where_the_schema_keeps_them_as_text() -> None:
    users = table("users", "id: uuid! pk", "role: text! {member|admin}", "plan: text! {a|b}")
    drafted = plan(survey(RENDER, schema=schema(users)))
    status = target(drafted, "render_jobs").column("status")

    assert status is not None
    assert (status.type, status.enum) == ("text", None)
    assert drafted.target.enums == ()


def test_database_enums_are_made_once_and_shared_by_all_job_tables() -> None:
    second = workflow("export", declare("export_jobs", *JOB_COLUMNS))
    drafted = plan(survey(RENDER, second), Amendments(decisions={"enum-style": "A"}))

    assert [one.name for one in drafted.target.enums] == ["job_status"]


def test_an_enum_of_a_table_proposed_for_removal_is_not_used_again() -> None:
    drafted = plan(survey(RENDER, schema=CLIPPING))
    status = target(drafted, "render_jobs").column("status")

    assert status is not None
    assert status.enum == "job_status"


@pytest.mark.parametrize(("dialect", "stamp"), [("mysql", "(now())"), ("sqlite", "(unixepoch())")])
def test_defaults_are_those_of_the_dialect(dialect: str, stamp: str) -> None:
    users = USERS.model_copy(update={"dialect": dialect})
    jobs = target(plan(survey(RENDER, schema=schema(users, dialect=dialect))), "render_jobs")
    id_, created = jobs.column("id"), jobs.column("created_at")

    assert id_ is not None
    assert created is not None
    assert (id_.has_default, id_.default) == (True, None)
    assert created.default == stamp
    assert {one.dialect for one in (jobs,)} == {dialect}


def test_a_plan_without_any_schema_still_drafts_its_tables() -> None:
    drafted = plan(survey(RENDER, schema=Schema()))

    assert drafted.target.dialect == "postgresql"
    assert {"render_jobs", "renders"} <= {one.name for one in drafted.target.tables}
    assert "users" in tables(drafted.undeclared)


def test_building_what_was_planned_leaves_nothing_to_do() -> None:
    one = survey(RENDER)
    built = replace(one, schema=plan(one).target)

    assert plan(built).changes == ()
    assert all(mapping.jobs and mapping.jobs.existing for mapping in map_workflows(built))


def test_columns_added_to_a_table_that_nobody_has_are_undeclared_not_created() -> None:
    altered = declare("clips_archive", "renderUrl: text", use="altered")
    drafted = plan(survey(workflow("render", declare("render_jobs", *JOB_COLUMNS), altered)))

    assert drafted.target.table("clips_archive") is None
    assert "clips_archive" in tables(drafted.undeclared)


def test_one_of_two_references_to_the_job_may_be_the_unique_one() -> None:
    columns = ("id: uuid", "render_job_id: uuid -> render_jobs.id", "job_id: uuid")
    one = survey(workflow("render", declare("renders", *columns)))
    drafted = plan(one)

    assert [u.columns for u in target(drafted, "renders").unique] == [("job_id",)]
    assert "result-job-unique" not in {found.rule for found in counted_findings(one, drafted)}
