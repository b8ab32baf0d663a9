"""Types of documents in the words of each dialect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.mapping.made import column, declare, jobs_of, map_one, schema, table, workflow

from shipkit_mcp.mapping.types import fits, read_type, type_by_name

CASES = [
    ("string", "text", "text", "text"),
    ("string | null", "text", "text", "text"),
    ("uuid", "uuid", "varchar(36)", "text"),
    ("number", "integer", "int", "integer"),
    ("bigint", "bigint", "bigint", "integer"),
    ("boolean", "boolean", "boolean", "integer"),
    ("Date", "timestamp with time zone", "timestamp", "integer"),
    ("date", "date", "date", "text"),
    ("TIMESTAMPTZ", "timestamp with time zone", "timestamp", "integer"),
    ("timestamp without time zone", "timestamp", "timestamp", "integer"),
    ("varchar(64)", "varchar(64)", "varchar(64)", "text"),
    ("VARCHAR", "varchar(255)", "varchar(255)", "text"),
    ("DECIMAL(10,2)", "numeric(10, 2)", "decimal(10,2)", "numeric"),
    ("timestamp(3)", "timestamp with time zone", "timestamp", "integer"),
    ("jsonb", "jsonb", "json", "text"),
    ("Record<string, unknown>", "jsonb", "json", "text"),
    ("{ a: string }", "jsonb", "json", "text"),
    ("ThemeData", "jsonb", "json", "text"),
    ("ThemeData[]", "jsonb", "json", "text"),
    ("Array<string>", "text[]", "json", "text"),
    ("text[]", "text[]", "json", "text"),
    ("number[][]", "integer[][]", "json", "text"),
    ('"quick" | "guided"', "text", "text", "text"),
    ("double precision", "double precision", "double", "real"),
]


@pytest.mark.parametrize(("written", "postgresql", "mysql", "sqlite"), CASES)
def test_a_written_type_has_its_name_in_each_dialect(
    written: str, postgresql: str, mysql: str, sqlite: str
) -> None:
    reading = read_type(written)
    assert reading is not None
    assert [reading.named(one) for one in ("postgresql", "mysql", "sqlite")] == [postgresql, mysql, sqlite]


def test_a_comment_that_names_a_type_says_it_better_than_typescript() -> None:
    reading = read_type("string", "UUID")
    assert reading is not None
    assert reading.named("postgresql") == "uuid"


def test_a_comment_that_names_no_type_says_nothing() -> None:
    reading = read_type("string", "the hex code")
    assert reading is not None
    assert reading.named("postgresql") == "text"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("created_at", "timestamp with time zone"),
        ("file_size_bytes", "bigint"),
        ("word_count", "integer"),
        ("is_active", "boolean"),
        ("page_id", "uuid"),
        ("billing_month", "date"),
        ("export_options", "jsonb"),
        ("quality_score", "numeric"),
        ("title", "text"),
    ],
)
def test_a_name_says_the_type_where_nothing_else_does(name: str, expected: str) -> None:
    assert type_by_name(name).named("postgresql") == expected


@pytest.mark.parametrize(
    ("written", "existing", "expected"),
    [
        ("string", "uuid", True),
        ("string", "varchar(255)", True),
        ("string", "timestamp with time zone", True),
        ("string", "integer", False),
        ("number", "numeric(10, 2)", True),
        ("number", "text", False),
        ("Date", "timestamp", True),
        ("integer", "bigint", True),
        ("jsonb", "json", True),
        ("jsonb", "text[]", True),
        ("text[]", "text", False),
        ("text[]", "text[]", True),
        ("ThemeData", "text", True),
        ("text", "geography", True),
    ],
)
def test_a_documented_type_fits_or_conflicts(written: str, existing: str, *, expected: bool) -> None:
    reading = read_type(written)
    assert reading is not None
    dimensions = existing.count("[]")
    assert fits(reading, existing, "postgresql", is_enum=False, dimensions=dimensions) is expected


@pytest.mark.parametrize("written", ["boolean", "Date", "jsonb", "uuid", "string"])
def test_what_sqlite_keeps_in_plainer_types_is_no_conflict(written: str) -> None:
    reading = read_type(written)
    assert reading is not None
    kept = reading.named("sqlite")
    assert fits(reading, kept, "sqlite", is_enum=False, dimensions=0)


def test_a_reference_takes_the_type_of_the_key_that_the_document_plans() -> None:
    courses = declare("courses", "id: serial pk", "name: text")
    jobs = declare("quiz_jobs", "id", "status", "courseId: string! -> courses.id")
    mapping = map_one(workflow("quiz", jobs, courses))
    assert column(jobs_of(mapping), "course_id").type == "integer"


def test_a_mysql_project_gets_mysql_types() -> None:
    existing = schema(table("users", "id: varchar(36)! pk", "email: text!"), dialect="mysql")
    jobs = jobs_of(
        map_one(workflow("quiz", declare("quiz_jobs", "id", "payload: jsonb", "due: Date")), existing)
    )
    assert column(jobs, "payload").type == "json"
    assert column(jobs, "user_id").type == "varchar(36)"
    assert column(jobs, "progress_percentage").type == "int"


@given(st.text(max_size=60), st.one_of(st.none(), st.text(max_size=20)))
def test_any_text_is_read_as_some_type_or_none(written: str, comment: str | None) -> None:
    reading = read_type(written, comment)
    assert reading is None or all(reading.named(one) for one in ("postgresql", "mysql", "sqlite", None))


def test_a_project_with_counting_keys_gets_counting_keys_and_plain_references() -> None:
    existing = schema(table("users", "id: serial! pk", "email: text!"))
    jobs = jobs_of(map_one(workflow("quiz"), existing))
    assert (column(jobs, "id").type, column(jobs, "id").default) == ("serial", None)
    assert column(jobs, "user_id").type == "integer"


def test_values_make_a_column_of_an_unknown_type_an_enum() -> None:
    declared = declare("quiz_jobs", "id", "status", "quiz_results: QuizKind {short|long}")
    found = column(jobs_of(map_one(workflow("quiz", declared))), "quiz_results")
    assert (found.type, found.values) == ("text", ("short", "long"))
