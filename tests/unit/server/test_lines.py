"""Columns in one line each: nothing that goes without saying, and nothing false by leaving it out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from shipkit_mcp.facts import Column, Evidence, ForeignKey, Index, Role, Table, Unique, UnknownDefault
from shipkit_mcp.findings import ColumnMapping, ColumnState, Group, Origin, TableMapping, TableState
from shipkit_mcp.readers.notation import read_tables
from shipkit_mcp.server.lines import column_line, mapped_line, mapped_table_lines, table_lines
from shipkit_mcp.server.views import concise_table
from tests.golden.update import look


def column(name: str = "name", type_: str = "text", *, not_null: bool = True, **more: object) -> Column:
    return Column.model_validate({"name": name, "key": name, "type": type_, "not_null": not_null, **more})


def table(*columns: Column, **more: object) -> Table:
    return Table.model_validate(
        {
            "name": "t",
            "dialect": "postgresql",
            "key": "t",
            "path": "s.ts",
            "line": 1,
            "columns": columns,
            **more,
        }
    )


def wanted(name: str, *, not_null: bool | None = True, **more: object) -> ColumnMapping:
    given = {"type": "text", "group": Group.INPUT, "origin": Origin.DOCUMENTED, "state": ColumnState.MISSING}
    return ColumnMapping.model_validate({"name": name, "not_null": not_null, **given, **more})


def mapping(*columns: ColumnMapping, **more: object) -> TableMapping:
    given = {"table": "jobs", "role": Role.JOBS, "state": TableState.CREATE, "columns": columns}
    return TableMapping.model_validate({**given, **more})


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (column(), "name: text"),
        (column(not_null=False), "name: text | null"),
        (column("id", "uuid", primary_key=True, default="gen_random_uuid()"), "id: uuid (PK)"),
        (column(unique=True), "name: text (UNIQUE)"),
        (column("at", "timestamp with time zone"), "at: timestamptz"),
        (column("at", "timestamp (3) with time zone", not_null=False), "at: timestamptz(3) | null"),
        (column("at", "time with time zone[]"), "at: timetz[]"),
        (column("at", "timestamp"), "at: timestamp"),
        (column(default="'x'", enum_values=("x", "y")), "name: text (values: x, y, default 'x')"),
        (column(default=UnknownDefault(unknown="a call")), "name: text (default a call)"),
    ],
)
def test_a_column_is_one_short_line(made: Column, line: str) -> None:
    assert column_line(made, table(made)) == line


def test_a_column_of_a_key_of_several_is_never_null() -> None:
    one, other = column("a", not_null=False), column("b", not_null=False)

    assert table_lines(table(one, other, primary_key=("a", "b"))) == [
        "a: text",
        "b: text",
        "primary key: a, b",
    ]


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (None, "FK → users.id"),
        ("no action", "FK → users.id"),
        ("cascade", "FK → users.id, cascade delete"),
        ("set null", "FK → users.id, on delete set null"),
    ],
)
def test_a_foreign_key_says_what_a_delete_does(action: str | None, said: str) -> None:
    made = column("user_id", "uuid")
    key = ForeignKey(name="k", columns=("user_id",), table="users", foreign_columns=("id",), on_delete=action)

    assert column_line(made, table(made, foreign_keys=(key,))) == f"user_id: uuid ({said})"


def test_indexes_stand_in_one_line_and_a_partial_one_says_for_which_rows() -> None:
    indexes = (
        Index(name="i", columns=("a",)),
        Index(name="j", columns=("b", "lower(a)"), method="btree"),
        Index(name="k", columns=("v",), method="hnsw"),
        Index(name="u", columns=("a",), unique=True, where="active"),
    )

    lines = table_lines(table(column("a"), indexes=indexes, unique=(Unique(name=None, columns=("a", "b")),)))

    assert lines[1:] == [
        "unique: a, b",
        "unique index: a where active",
        "index: a; b, lower(a); v using hnsw",
    ]


def test_a_wanted_column_says_only_what_is_not_usual_in_its_table() -> None:
    table_ = mapping(
        wanted("id", primary_key=True),
        wanted("user_id", origin=Origin.REQUIRED),
        wanted("title", state=ColumnState.CONFLICT, why="varchar there"),
        wanted("run", state=ColumnState.NEAR, existing="run_id"),
        wanted("at", state=ColumnState.NEAR, existing="at", why="the mission calls it done_at"),
        wanted("done", state=ColumnState.PRESENT, not_null=False),
    )

    assert mapped_table_lines(table_) == [
        "id: text (PK)",
        "user_id: text [required]",
        "title: text [conflict: varchar there]",
        "run: text [near run_id]",
        "at: text [near: the mission calls it done_at]",
        "done: text | null [present]",
    ]


def test_present_is_usual_in_a_table_that_is_there_and_missing_is_not() -> None:
    there, gone = wanted("a", state=ColumnState.PRESENT), wanted("b")

    assert mapped_table_lines(mapping(there, gone, state=TableState.MODIFY)) == [
        "a: text",
        "b: text [missing]",
    ]


def test_an_origin_that_all_columns_share_is_left_to_the_table() -> None:
    columns = [wanted(name, origin=Origin.REQUIRED) for name in "ab"]

    assert mapped_table_lines(mapping(*columns)) == ["a: text", "b: text"]
    assert mapped_line(columns[0]) == "a: text [required, missing]"


def test_a_unique_column_is_not_named_again_below() -> None:
    columns = (wanted("a", unique=True), wanted("b"))

    lines = mapped_table_lines(mapping(*columns, unique=(("a",), ("b",)), indexes=(("a",), ("a", "b"))))

    assert lines == ["a: text (UNIQUE)", "b: text", "unique: b", "index: a; a, b"]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ([wanted("a"), wanted("b", not_null=False)], []),
        ([wanted("id", primary_key=True), wanted("a", not_null=None)], ["nullable or not is not stated"]),
        ([wanted("a"), wanted("b", not_null=None)], ["nullable or not is not stated: b"]),
    ],
)
def test_what_no_document_calls_nullable_or_not_is_told(
    columns: list[ColumnMapping], said: list[str]
) -> None:
    assert [line for line in mapped_table_lines(mapping(*columns)) if "stated" in line] == said


@pytest.mark.parametrize("name", ["audio-notes", "site-studio"])
def test_lines_of_the_schema_are_the_notation_that_amendments_are_read_in(
    name: str, example: Callable[[str], Path]
) -> None:
    for one in look(example(name)).survey.schema.tables:
        lines = [column_line(column, one) for column in one.columns]
        (read,), unread = read_tables("\n".join([f"{one.name} {{", *lines, "}"]), "said", 1)

        assert not unread
        marked = not all(column.not_null for column in one.columns)
        keys = {key.columns[0]: key for key in one.foreign_keys}
        for was, now in zip(one.columns, read.columns, strict=True):
            assert (now.name, now.primary_key) == (was.name, was.primary_key)
            assert now.not_null is (was.not_null if marked or was.primary_key else None)
            assert now.on_delete == (keys[was.name].on_delete if was.name in keys else None)
            assert (now.references or "").partition(".")[0] == (
                keys[was.name].table if was.name in keys else ""
            )


def test_the_place_of_a_line_is_not_part_of_it() -> None:
    one = wanted("a", evidence=(Evidence(path="x.md", line=3),))

    assert mapped_line(one, ColumnState.MISSING) == "a: text"


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("Order lines table", None),
        ("the order_lines", None),
        ("Lines of an order", "Lines of an order"),
        ("x" * 120, "x" * 99 + "…"),
    ],
)
def test_a_comment_that_says_the_name_again_is_left_out_and_a_long_one_is_cut(
    comment: str, said: str | None
) -> None:
    assert concise_table(table(name="order_lines", comment=comment)).get("comment") == said
