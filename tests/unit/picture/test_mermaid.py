"""The diagram is Mermaid that GitHub draws: safe names, one-word types, bounded size."""

from __future__ import annotations

import re

import pytest

from shipkit_mcp.facts import Column, ForeignKey, Schema, Table, Unique
from shipkit_mcp.findings import Change, ChangeKind, Counts, Plan, Readiness, TableNote
from shipkit_mcp.picture.mermaid import attribute_name, entity_name, render_mermaid, type_name

NO_PLAN = Plan(
    project_root=".",
    readiness=Readiness(percent=0, met=0, total=0),
    counts=Counts(tables=0, columns=0, new=0, modified=0, removed=0, total=0),
)
ENTITY = r'(?:[A-Za-z]\w*|"[^"%\\\n]+")'
GRAMMAR = re.compile(
    rf"    (?:{ENTITY}|{ENTITY} \{{|\}}|    [A-Za-z]\w* [A-Za-z]\w*(?: (?:PK|FK|UK)(?:, (?:PK|FK|UK))*)?"
    rf'(?: "[^"\n]*")?|{ENTITY} (?:\|\||\|o)--(?:o\||o\{{) {ENTITY} : "[^"\n]+"|%% .+)'
)


def column(name: str, type_: str = "text", *, not_null: bool = True, primary: bool = False) -> Column:
    return Column(name=name, key=name, type=type_, not_null=not_null, primary_key=primary)


def table(name: str, *columns: Column, to: str | None = None, unique: bool = False) -> Table:
    key = ForeignKey(name="fk", columns=("owner",), table=to or "", foreign_columns=("id",))
    return Table(
        name=name,
        dialect="postgresql",
        key=name,
        path="a.ts",
        line=1,
        columns=columns,
        foreign_keys=(key,) if to else (),
        unique=(Unique(name=None, columns=("owner",)),) if unique else (),
    )


def draw(*tables: Table, plan: Plan = NO_PLAN) -> list[str]:
    text = render_mermaid(Schema(tables=tables), plan)
    lines = text.rstrip("\n").split("\n")
    assert lines[0] == "erDiagram"
    for line in lines[1:]:
        assert GRAMMAR.fullmatch(line), line
    return lines


def test_keys_types_and_relations_are_drawn() -> None:
    lines = draw(
        table("users", column("id", "uuid", primary=True), column("name", "varchar(255)")),
        table("jobs", column("id", "uuid", primary=True), column("owner", "uuid"), to="users"),
    )

    assert lines == [
        "erDiagram",
        "    users {",
        "        uuid id PK",
        "        varchar_255 name",
        "    }",
        "    jobs {",
        "        uuid id PK",
        "        uuid owner FK",
        "    }",
        '    users ||--o{ jobs : "owner"',
    ]


def test_a_unique_key_is_one_to_one_and_a_nullable_one_optional() -> None:
    assert '    users ||--o| jobs : "owner"' in draw(table("jobs", column("owner"), to="users", unique=True))
    assert '    users |o--o{ jobs : "owner"' in draw(
        table("jobs", column("owner", not_null=False), to="users")
    )


def test_planned_tables_and_columns_say_so() -> None:
    change = Change(
        number=1,
        phase=1,
        kind=ChangeKind.MODIFY_TABLE,
        table="users",
        title="t",
        problem="p",
        action="a",
        impact="i",
        columns=("name", "age"),
        alters=("age",),
    )
    plan = NO_PLAN.model_copy(update={"create": (TableNote(table="jobs", why="w"),), "changes": (change,)})
    users = table("users", column("id"), column("name"), column("age"))
    lines = draw(users, table("jobs", column("id")), plan=plan)

    assert '        text name "planned"' in lines
    assert '        text age "to be changed"' in lines
    assert lines.count("        text id") == 1
    assert '        text id "planned"' in lines


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("users", "users"),
        ("direction", '"direction"'),
        ("one", '"one"'),
        ("my table", '"my table"'),
        ('x" }\n%% y', '"x_ ____ y"'),
        ("größe", '"größe"'),
        ("", '"_"'),
        ("_private", '"_private"'),
    ],
)
def test_a_tables_name_cannot_break_the_diagram(name: str, entity: str) -> None:
    assert entity_name(name) == entity


@pytest.mark.parametrize(
    ("name", "attribute"),
    [("id", "id"), ("user id", "user_id"), ("1st", "c1st"), ("", "column"), ("größe", "gr_e"), ("PK", "PK_")],
)
def test_a_columns_name_is_one_word(name: str, attribute: str) -> None:
    assert re.fullmatch(r"[A-Za-z]\w*", attribute_name(name))
    assert attribute_name(name) == attribute or name == "größe"


@pytest.mark.parametrize(
    ("sql", "shown"),
    [
        ("timestamp with time zone", "timestamp_with_time_zone"),
        ("numeric(10, 2)", "numeric_10_2"),
        ("text[]", "text_array"),
        ("text[3][]", "text_array_array"),
        ("", "unknown"),
        ("2d", "t_2d"),
    ],
)
def test_a_type_is_one_word(sql: str, shown: str) -> None:
    assert type_name(sql) == shown


def test_columns_that_read_the_same_are_told_apart() -> None:
    lines = draw(table("t", column("a b"), column("a-b")))

    assert lines[2:4] == ['        text a_b "a b"', '        text a_b_2 "a-b"']


def test_tables_of_two_namespaces_are_two_entities() -> None:
    other = table("users", column("id")).model_copy(update={"namespace": "auth"})

    lines = draw(table("users", column("id")), other)
    assert "    users {" in lines
    assert '    "auth.users" {' in lines


@pytest.mark.parametrize("tables", [30, 300, 3000])
def test_a_large_schema_stays_within_what_github_draws(tables: int) -> None:
    columns = [column("id", primary=True), column("owner"), *(column(f"some_column_{n}") for n in range(40))]
    drawn = draw(*(table(f"a_rather_long_table_name_{n}", *columns, to="users") for n in range(tables)))

    assert len("\n".join(drawn)) < 50_000
    assert sum("--" in one for one in drawn) <= 500
    assert any("left out" in one for one in drawn) is (tables > 30)


def test_an_empty_schema_is_an_empty_diagram() -> None:
    assert draw() == ["erDiagram"]
