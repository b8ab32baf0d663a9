"""One percentage, and the points that it can be recounted from."""

from __future__ import annotations

from unit.mapping.made import CLIPPING, USERS, declare, schema, workflow
from unit.plan.projects import RENDER, paying, plan, survey

CLIP = workflow(
    "clip",
    declare("clip_jobs", *(one.name for one in CLIPPING.tables[1].columns)),
    declare("clips", *(one.name for one in CLIPPING.tables[2].columns)),
)


def test_the_percentage_is_the_points_met_of_the_points_asked() -> None:
    ready = plan(survey(RENDER, CLIP, schema=CLIPPING)).readiness

    assert ready.total == len(ready.points)
    assert ready.met == sum(one.met for one in ready.points)
    assert ready.percent == ready.met * 100 // ready.total


def test_a_schema_that_has_all_that_its_workflow_asks_is_wholly_ready() -> None:
    assert plan(survey(CLIP, schema=CLIPPING)).readiness.percent == 100


def test_of_an_unbuilt_workflow_no_point_is_met() -> None:
    points = [one for one in plan(survey(RENDER)).readiness.points if one.workflow == "render"]

    assert points
    assert not any(one.met for one in points)


def test_billing_is_asked_only_where_the_app_charges() -> None:
    free = {one.what for one in plan(survey(CLIP, schema=CLIPPING)).readiness.points}
    paid = {one.what for one in plan(paying(survey(CLIP, schema=CLIPPING), "3 a month")).readiness.points}

    assert paid - free == {"`stripe_customer_id`", "a table for usage"}


def test_every_point_cites_a_line() -> None:
    one = paying(survey(RENDER, CLIP, schema=CLIPPING), "3 a month")

    assert all(point.evidence for point in plan(one).readiness.points)


def test_a_run_id_of_another_name_counts_as_a_run_id() -> None:
    old = CLIPPING.tables[1]
    columns = tuple(
        one.model_copy(update={"name": "trigger_run_id"}) if one.name == "trigger_job_id" else one
        for one in old.columns
    )
    renamed = schema(USERS, old.model_copy(update={"columns": columns}), CLIPPING.tables[2])
    points = {one.what: one.met for one in plan(survey(CLIP, schema=renamed)).readiness.points}

    assert points["`clip_jobs.trigger_run_id`"]


def test_without_workflows_there_is_nothing_to_count() -> None:
    ready = plan(survey(schema=CLIPPING)).readiness

    assert (ready.percent, ready.total, ready.points) == (0, 0, ())
