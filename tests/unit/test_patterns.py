"""The mission's rows quote the mission, and agree among themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from shipkit_mcp.patterns import KINDS, TEMPLATES, is_reserved, known_template, owners, stripe, tables
from shipkit_mcp.patterns.columns import INTEGRATION_COLUMNS, JOB_COLUMNS, ColumnPattern
from shipkit_mcp.patterns.types import BY_NAME, DIALECTS, VOCABULARY

PROMPTS = Path(__file__).parents[2] / "prompts"
TABLES = (tables.JOBS, tables.RESULTS, tables.ENHANCEMENT, tables.USAGE_TRACKING, tables.USAGE_EVENTS)


def _sentences() -> Iterator[str]:
    for table in TABLES:
        yield table.mission
        yield from (index.mission for index in table.indexes)
        yield from (column.mission for column in table.columns if column.mission)
    yield from (kind.mission for kind in KINDS)
    yield from (value for name, value in vars(stripe).items() if name.endswith("_MISSION"))


@pytest.fixture(scope="module")
def mission() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(PROMPTS.glob("[0-9]*.md")))


@pytest.mark.parametrize("sentence", sorted(set(_sentences())))
def test_every_row_quotes_a_sentence_that_stands_in_the_mission(sentence: str, mission: str) -> None:
    assert sentence in mission


def test_every_row_of_the_job_and_result_patterns_quotes_the_mission() -> None:
    rows = [column for table in TABLES[:4] for column in table.columns]
    assert [row.name for row in rows if not row.mission] == []


def test_the_job_pattern_is_the_missions() -> None:
    assert [column.name for column in JOB_COLUMNS] == [
        "id",
        "user_id",
        "status",
        "progress_percentage",
        "error_message",
        "trigger_job_id",
        "created_at",
        "completed_at",
    ]
    assert {column.name for column in INTEGRATION_COLUMNS} == {
        "trigger_job_id",
        "status",
        "progress_percentage",
        "error_message",
    }


def test_the_statuses_are_the_five_of_the_mission_in_its_order(mission: str) -> None:
    status = tables.JOBS.column("status")
    assert status is not None
    assert status.values is not None
    assert "Status enum values: " + ", ".join(f"`{value}`" for value in status.values) in mission


def test_real_names_of_the_run_id_are_near_it() -> None:
    run_id = tables.JOBS.column("trigger_job_id")
    assert run_id is not None
    assert {"trigger_run_id", "run_id"} <= set(run_id.near)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_near_name_stands_for_two_columns_of_one_table(table: tables.TablePattern) -> None:
    def names(column: ColumnPattern) -> list[str]:
        return [column.name, *column.near]

    seen = [name for column in table.columns for name in names(column)]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_wanted_indexes_and_unique_constraints_name_columns_of_the_pattern(
    table: tables.TablePattern,
) -> None:
    named = {column for index in table.indexes for column in index.columns}
    named |= {column for unique in table.unique for column in unique}
    assert named <= {column.name for column in table.columns}


def test_no_planned_column_is_a_reserved_word_of_postgresql() -> None:
    named = {column.name for table in TABLES for column in table.columns}
    named |= {column.name for kind in KINDS for column in (*kind.job_columns, *kind.outputs)}
    assert [name for name in named if is_reserved(name, "postgresql")] == []


@pytest.mark.parametrize(
    ("name", "dialect", "reserved"),
    [("user", None, True), ("USER", "postgresql", True), ("users", None, False), ("rank", "mysql", True)],
)
def test_reserved_words_are_told_by_dialect(name: str, dialect: str | None, reserved: bool) -> None:
    assert is_reserved(name, dialect) is reserved


def test_every_type_has_a_name_in_every_dialect() -> None:
    for kind in [*VOCABULARY.values(), *(kind for _, kind in BY_NAME)]:
        assert all(kind.named(dialect) for dialect in DIALECTS)


def test_cues_and_name_patterns_are_regular_expressions() -> None:
    for kind in KINDS:
        for cue in kind.cues:
            assert [re.compile(word) for word in cue.words]


def test_a_template_refers_only_to_its_own_tables() -> None:
    for template in TEMPLATES:
        names = {table.name for table in template.tables}
        assert all(set(table.references) <= names for table in template.tables)
        assert [table.name for table in template.tables if table.owner] == ["users"]


def test_an_unknown_template_has_no_shapes() -> None:
    assert known_template("chat-saas") is None
    assert known_template(None) is None


def test_what_stripe_allows_and_rejects_does_not_overlap() -> None:
    assert not stripe.ALLOWED_COLUMNS & (stripe.REJECTED_COLUMNS | stripe.REJECTED_ON_OWNERS)
    assert not stripe.ALLOWED_TABLES & stripe.REJECTED_TABLES
    assert stripe.KEEP_COLUMN in stripe.ALLOWED_COLUMNS


def test_owners_are_named_once() -> None:
    assert len(owners.OWNER_NAMES) == len(set(owners.OWNER_NAMES))
    assert set(owners.OWNER_NAMES) >= owners.TENANT_COLUMNS
