"""Mapping is total, and keeps its promises for any workflow and schema."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from unit.mapping.made import at, said

from shipkit_mcp.facts import (
    Column,
    DeclaredColumn,
    DeclaredTable,
    Interface,
    PayloadField,
    Role,
    Schema,
    Survey,
    Table,
    TableUse,
    Workflow,
)
from shipkit_mcp.findings import ColumnState, Origin, TableState
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.mapping.names import to_snake

WORDS = [
    "id",
    "user_id",
    "job_id",
    "clip_id",
    "status",
    "state",
    "progress",
    "run_id",
    "runId",
    "data",
    "a b",
    "",
]
NAMES = st.one_of(st.sampled_from(WORDS), st.text(max_size=8))
TABLES = st.one_of(
    st.sampled_from(["clip_jobs", "clipJobs", "clips", "usage", "users", "x.y"]), st.text(max_size=6)
)
TYPES = st.one_of(
    st.none(), st.sampled_from(["uuid", "string[]", "numeric(10,2)", "Foo"]), st.text(max_size=8)
)
FLAGS = st.booleans()

COLUMNS = st.builds(
    DeclaredColumn,
    name=NAMES.map(to_snake),
    doc_name=NAMES,
    type=TYPES,
    not_null=st.one_of(st.none(), FLAGS),
    primary_key=FLAGS,
    unique=FLAGS,
    references=st.one_of(st.none(), st.sampled_from(["users.id", "clip_jobs.id", "clips.id", "x", "."])),
    values=st.one_of(st.none(), st.just(("a", "b"))),
    legacy=FLAGS,
    dropped=FLAGS,
    renamed_from=st.one_of(st.none(), NAMES),
    evidence=st.just(at(3)),
)
DECLARED = st.builds(
    DeclaredTable,
    name=TABLES,
    doc_name=TABLES,
    use=st.sampled_from(TableUse),
    role=st.one_of(st.none(), st.sampled_from(Role)),
    partial=FLAGS,
    columns=st.lists(COLUMNS, max_size=5).map(tuple),
    unique=st.lists(st.tuples(NAMES), max_size=1).map(tuple),
    evidence=st.just(at(2)),
)
FIELDS = st.builds(
    PayloadField,
    name=NAMES.map(to_snake),
    doc_name=NAMES,
    type=st.text(max_size=6),
    use=st.just("input"),
    evidence=st.just(at(4)),
)
INTERFACES = st.builds(
    Interface,
    name=st.just("P"),
    part=st.sampled_from(["payload", "output", "other"]),
    fields=st.lists(FIELDS, max_size=3).map(tuple),
    evidence=st.just(at(4)),
)
WORKFLOWS = st.builds(
    Workflow,
    name=st.sampled_from(["clip", "clips", "", "clip_jobs", "é"]),
    title=st.text(max_size=8),
    source=st.sampled_from(["file", "index"]),
    path=st.just("w.md"),
    confidence=st.sampled_from(["high", "low"]),
    outputs=st.one_of(st.just(()), st.just((said("saved to the database"),))),
    interfaces=st.lists(INTERFACES, max_size=2).map(tuple),
    tables=st.lists(DECLARED, max_size=4).map(tuple),
    evidence=st.just(at(1)),
)
EXISTING = st.builds(
    Table,
    name=TABLES,
    dialect=st.just("postgresql"),
    key=st.just("k"),
    path=st.just("db.ts"),
    line=st.just(1),
    columns=st.lists(
        st.builds(Column, name=NAMES, key=st.just("k"), type=st.text(max_size=8), not_null=FLAGS), max_size=5
    ).map(tuple),
)
SCHEMAS = st.builds(
    Schema,
    dialect=st.sampled_from([None, "postgresql", "mysql", "sqlite", "mixed"]),
    tables=st.lists(EXISTING, max_size=3).map(tuple),
)
SURVEYS = st.builds(
    Survey, project_root=st.just("~"), workflows=st.lists(WORKFLOWS, max_size=3).map(tuple), schema=SCHEMAS
)


@settings(max_examples=150, deadline=None)
@given(SURVEYS)
def test_any_survey_is_mapped_workflow_by_workflow(survey: Survey) -> None:
    mappings = map_workflows(survey)
    assert [one.name for one in mappings] == [one.name for one in survey.workflows]
    assert all(one.kinds for one in mappings)
    assert mappings == map_workflows(survey)


@settings(max_examples=150, deadline=None)
@given(SURVEYS)
def test_states_say_what_the_schema_has(survey: Survey) -> None:
    known = {table.name for table in survey.schema.tables}
    for mapping in map_workflows(survey):
        for table in mapping.tables:
            assert table.existing is None or table.existing in known
            if table.state is TableState.CREATE:
                assert table.existing is None
                assert all(one.existing is None for one in table.columns)
            for column in table.columns:
                assert (column.state is ColumnState.MISSING) <= (column.existing is None)
                assert (column.state in (ColumnState.PRESENT, ColumnState.CONFLICT)) <= bool(
                    column.existing is not None
                )


@settings(max_examples=150, deadline=None)
@given(SURVEYS)
def test_no_column_stands_twice_in_a_table_and_none_that_is_legacy_is_planned(survey: Survey) -> None:
    for mapping, workflow in zip(map_workflows(survey), survey.workflows, strict=True):
        legacy = {
            (to_snake(table.name), column.name)
            for table in workflow.tables
            for column in table.columns
            if (column.legacy or column.dropped) and table.use in (TableUse.DEFINED, TableUse.ALTERED)
        }
        for table in mapping.tables:
            named = [one.name for one in table.columns]
            existing = [one.existing for one in table.columns if one.existing is not None]
            assert len(named) == len(set(named))
            assert len(existing) == len(set(existing))
            asked = {
                one.name
                for one in table.columns
                if one.origin is Origin.DOCUMENTED and Origin.REQUIRED not in one.also
            }
            again = {
                one.name for one in workflow.tables for one in one.columns if not (one.legacy or one.dropped)
            }
            assert not {(table.table, name) for name in asked - again} & legacy
