"""Whatever the documents declare and an assistant says, the plan holds together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from unit.mapping.made import CLIPPING, USERS, declare, schema, workflow
from unit.plan.projects import RENDER

from shipkit_mcp.facts import Amendments, Survey, Workflow
from shipkit_mcp.findings import ChangeKind, Plan
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.plan import check_amendments, draft_plan, hold_amendments, merge_amendments
from shipkit_mcp.plan.checking import counted_findings
from shipkit_mcp.plan.links import references_of
from shipkit_mcp.readers.notation import read_tables
from shipkit_mcp.rules import check_project

BOUNDED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
SCHEMAS = st.sampled_from(
    [
        schema(USERS),
        CLIPPING,
        schema(*CLIPPING.tables[:2], enums=CLIPPING.enums),
        schema(USERS.model_copy(update={"dialect": "sqlite"}), dialect="sqlite"),
    ]
)
TYPES = st.sampled_from(
    ["uuid", "string", "text", "number", "boolean", "Date", "timestamp", "jsonb", "Thing"]
)
NULLS = st.sampled_from(["", "!", "?"])
TARGETS = {
    "user_id": "users.id",
    "job_id": "render_jobs.id",
    "render_job_id": "render_jobs.id",
    "site_id": "sites.id",
    "workspace_id": "workspaces.id",
}
EXTRAS = st.sampled_from(
    [(), ("user_id: uuid?",), ("userId: string -> users.id set null", "createdAt: Date?")]
)
NAMES = st.sampled_from(
    [
        "id",
        "user_id",
        "job_id",
        "render_job_id",
        "status",
        "progress",
        "progress_percentage",
        "error_message",
        "runId",
        "trigger_job_id",
        "created_at",
        "updated_at",
        "completed_at",
        "title",
        "prompt",
        "result",
        "data",
        "site_id",
        "stage",
        "workspace_id",
    ]
)


@st.composite
def columns(draw: st.DrawFn) -> list[str]:
    """Lines of a table in the tests' one-line form, each name once."""
    names = draw(st.lists(NAMES, unique=True, max_size=9))
    lines = []
    for name in names:
        line = f"{name}: {draw(TYPES)}{draw(NULLS)}"
        if name in TARGETS and draw(st.booleans()):
            line += f" -> {TARGETS[name]}{draw(st.sampled_from(['', ' cascade', ' set null']))}"
        if name in ("status", "stage"):
            line += draw(st.sampled_from(["", " {pending|drawing|completed}", " {pending|failed}"]))
        lines.append(line)
    return lines


@st.composite
def workflows(draw: st.DrawFn) -> Workflow:
    """A workflow whose document declares whatever it likes."""
    jobs = declare("render_jobs", *draw(columns()), partial=draw(st.booleans()))
    results = declare("renders", *draw(columns()))
    extra = declare("render_insights", "id: uuid! pk", "render_id: uuid -> renders.id", *draw(EXTRAS))
    return workflow(
        "render", *draw(st.sampled_from([(jobs,), (jobs, results), (jobs, results, extra), (results,), ()]))
    )


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    flows = draw(st.sampled_from([(RENDER,), ()])) or (draw(workflows()),)
    return Survey(project_root="~/app", workflows=flows, schema=draw(SCHEMAS))


COLUMN_NAMES = st.sampled_from(
    [
        "id",
        "name",
        "title",
        "email",
        "emial",
        "user_id",
        "site_id",
        "clip_id",
        "status",
        "run_id",
        "trigger_job_id",
        "order",
        "subscription_tier",
    ]
)
REMARKS = st.sampled_from(
    [
        "",
        " (PK)",
        " (nullable)",
        " (UNIQUE)",
        " (FK → users.id, cascade delete)",
        " (FK → sites.id)",
        " (FK → clips.id, set null)",
        " (NOT NULL, default 1)",
    ]
)


@st.composite
def statements(draw: st.DrawFn) -> str:
    """One line of the notation, good or bad."""
    name = draw(COLUMN_NAMES)
    column = f"{name}: {draw(st.sampled_from(['uuid', 'text', 'integer', 'jsonb', 'txt']))}{draw(REMARKS)}"
    other = draw(COLUMN_NAMES)
    return draw(
        st.sampled_from(
            [column, column, column, f"- {name}", f"{name} -> {other}", f"index: {name}", f"unique: {name}"]
        )
    )


@st.composite
def tables(draw: st.DrawFn) -> str:
    names = st.sampled_from(
        ["sites", "pages", "users", "clips", "clip_jobs", "render_jobs", "renders", "user", "job_status"]
    )
    blocks = []
    for name in draw(st.lists(names, max_size=3)):
        lines = draw(st.lists(statements(), max_size=4))
        key = ["id: uuid (PK)"] if draw(st.integers(0, 3)) else []
        blocks.append("\n".join([name, *key, *lines]))
    return "\n\n".join(blocks)


@st.composite
def amendments(draw: st.DrawFn) -> Amendments:
    removals = st.lists(
        st.sampled_from(["clips", "clip_jobs", "users", "renders", "x"]), max_size=2, unique=True
    )
    decisions = st.dictionaries(
        st.sampled_from(
            ["status-vocabulary", "run-id-name", "result-versions", "own-jobs-table", "enum-style"]
        ),
        st.sampled_from(["A", "B"]),
        max_size=2,
    )
    return Amendments(
        decisions=draw(decisions),
        tables=draw(tables()),
        remove=tuple(draw(removals)) if draw(st.booleans()) else (),
        narrative=draw(
            st.dictionaries(
                st.sampled_from(["end_goal", "table.clips", "nowhere"]), st.text(max_size=40), max_size=1
            )
        ),
    )


def drafted(survey: Survey, given: Amendments) -> Plan:
    mappings = map_workflows(survey)
    declared, _ = read_tables(given.tables, "amendments", 1)
    return draft_plan(survey, mappings, check_project(survey, mappings), given, declared)


def problems_of(survey: Survey, given: Amendments) -> tuple[str, ...]:
    mappings = map_workflows(survey)
    declared, unread = read_tables(given.tables, "amendments", 1)
    return check_amendments(survey, mappings, check_project(survey, mappings), given, declared, unread)


def assert_sound(plan: Plan) -> None:
    """Every name in the target exists in it, and every number is the length of its list."""
    tables = {one.name: one for one in plan.target.tables}
    enums = {one.name for one in plan.target.enums}

    assert len(tables) == len(plan.target.tables) == plan.counts.total
    for table in tables.values():
        names = [one.name for one in table.columns]
        assert len(names) == len(set(names))
        for key in table.foreign_keys:
            target = tables[key.table]
            assert all(target.column(name) for name in key.foreign_columns)
            assert set(key.columns) <= set(names)
        for group in (
            *(i.columns for i in table.indexes),
            *(u.columns for u in table.unique),
            table.primary_key,
        ):
            assert set(group) <= set(names)
        assert all(one.enum in enums for one in table.columns if one.enum)
    assert plan.counts.new == len(plan.create)
    assert plan.counts.modified == len(plan.modify)
    assert {one.table for one in plan.create} == set(tables) - {one.table for one in plan.existing}
    assert not {one.table for one in plan.undeclared} & set(tables)


def assert_ordered(plan: Plan) -> None:
    """Each change comes after those that it needs, and no phase needs a later one."""
    tables = {one.name: one for one in plan.target.tables}
    made = {one.table: one for one in plan.changes if one.kind is ChangeKind.CREATE_TABLE}
    for one in made.values():
        for other in references_of(tables[one.table]) - {one.table}:
            if other in made and one.table not in references_of(tables[other]):
                assert made[other].number < one.number
                assert made[other].phase <= one.phase
    numbers = [number for phase in plan.phases for number in phase.changes]
    assert sorted(numbers) == [one.number for one in plan.changes]


def left_open(plan: Plan) -> set[str]:
    """Columns whose constraint waits for a table that nobody declares."""
    undeclared = {one.table for one in plan.undeclared}
    return {
        f"{table.table}.{column.name}"
        for flow in plan.workflows
        for table in flow.tables
        for column in table.columns
        if column.references and column.references.split(".")[0] in undeclared
    }


def assert_view(plan: Plan) -> None:
    """What the workflows are said to need is what the target has."""
    for table in (*(t for one in plan.workflows for t in one.tables), *plan.further):
        target = plan.target.table(table.existing or table.table)
        if target is not None and table.state == "create":
            assert [one.name for one in table.columns] == [one.name for one in target.columns]
            assert [one.not_null for one in table.columns] == [one.not_null for one in target.columns]


@BOUNDED
@given(surveys())
def test_any_document_gives_a_sound_plan_whose_new_tables_break_no_rule(survey: Survey) -> None:
    plan = drafted(survey, Amendments())
    created = {one.table for one in plan.create}

    assert_sound(plan)
    assert_ordered(plan)
    assert_view(plan)
    counted = [one for one in counted_findings(survey, plan) if one.subject.split(".")[0] in created]
    assert [one for one in counted if one.subject not in left_open(plan)] == []


@BOUNDED
@given(surveys(), amendments())
def test_amendments_are_refused_or_give_a_sound_plan(survey: Survey, given_: Amendments) -> None:
    found = problems_of(survey, given_)

    assert all(found)
    assume(not found)
    plan = drafted(survey, given_)
    assert_sound(plan)
    assert_ordered(plan)
    assert_view(plan)


@BOUNDED
@given(surveys(), amendments())
def test_building_the_target_leaves_no_table_to_make(survey: Survey, given_: Amendments) -> None:
    assume(not problems_of(survey, given_))
    plan = drafted(survey, given_)
    again = drafted(replace(survey, schema=plan.target), Amendments(decisions=given_.decisions))

    assert not {one.table for one in again.create} & {one.name for one in plan.target.tables}


@BOUNDED
@given(surveys(), amendments())
def test_of_recorded_amendments_what_is_held_has_no_problem(survey: Survey, recorded: Amendments) -> None:
    mappings = map_workflows(survey)
    findings = check_project(survey, mappings)
    declared, _ = read_tables(recorded.tables, "amendments", 1)
    kept, tables, left = hold_amendments(survey, mappings, findings, recorded, declared)

    assert check_amendments(survey, mappings, findings, kept, tables) == ()
    assert_sound(draft_plan(survey, mappings, findings, kept, tables))
    assert all(left)


@BOUNDED
@given(tables(), tables())
def test_merging_is_settled_after_once_and_means_the_same(first: str, second: str) -> None:
    one = merge_amendments(Amendments(), {"tables": first}, (), read_tables(first, "a", 1)[0])
    two = merge_amendments(
        one, {"tables": second}, read_tables(one.tables, "a", 1)[0], read_tables(second, "a", 1)[0]
    )
    again = merge_amendments(two, {}, read_tables(two.tables, "a", 1)[0], ())

    assert again == two
    assert read_tables(two.tables, "a", 1)[1] == ()


def test_the_same_facts_give_the_same_plan() -> None:
    survey = Survey(project_root="~/app", workflows=(RENDER,), schema=CLIPPING)

    assert drafted(survey, Amendments()) == drafted(survey, Amendments())


@pytest.mark.parametrize("text", ["", "\n\n", "```", "{", "users {", "- x", "a -> b"])
def test_fragments_of_notation_never_raise(text: str) -> None:
    survey = Survey(project_root="~/app", workflows=(RENDER,), schema=CLIPPING)

    assert isinstance(problems_of(survey, Amendments(tables=text)), tuple)
