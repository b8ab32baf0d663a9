"""What a plan for MySQL looks like where PostgreSQL would take more."""

from __future__ import annotations

import pytest
from drafted.plans import planned
from drafted.styles import MY, Style

from shipkit_mcp.facts import Amendments, Table
from shipkit_mcp.findings import Plan
from shipkit_mcp.plan import check_amendments
from shipkit_mcp.readers.notation import read_tables


def plan_of(said: str) -> Plan:
    return planned(MY, said, [], flows=False)[1]


def table_of(said: str, name: str) -> Table:
    found = plan_of(said).target.table(name)
    assert found is not None
    return found


def test_text_in_a_key_gets_a_length_and_other_text_stays() -> None:
    made = table_of(
        """sites
id: int (PK)
slug: text (NOT NULL, UNIQUE)
title: text (NOT NULL)
mood: "good" | "bad"
body: text
index: mood
unique: title
""",
        "sites",
    )

    assert {one.name: one.type for one in made.columns} == {
        "id": "int",
        "slug": "varchar(255)",
        "title": "varchar(255)",
        "mood": "varchar(32)",
        "body": "text",
    }


def test_standing_text_gets_a_length_once_an_index_names_it() -> None:
    unique = table_of("users\nunique: full_name", "users").column("full_name")
    other = table_of("users\nnick: text", "users").column("full_name")

    assert unique is not None
    assert other is not None
    assert (unique.type, other.type) == ("varchar(255)", "text")


def test_a_whole_number_as_key_counts_by_itself() -> None:
    made = table_of("sites\nid: int (PK)\nplace: int (NOT NULL)", "sites")

    assert [one.auto_increment for one in made.columns] == [True, False]


def test_names_that_mysql_refuses_are_cut_and_told_apart() -> None:
    long = "participants_of_the_yearly_meeting_of_the_members"
    said = f"{long}\nid: uuid (PK)\ninvited_by_user_id: uuid (NOT NULL, FK → users.id)\nindex: invited_by_user_id"
    made = table_of(said, long)
    key = made.foreign_keys[0]

    assert key.explicit_name == key.name
    names = [one.name or "" for one in (*made.indexes, *made.foreign_keys)]
    assert [len(one) <= 64 and one.startswith(long) for one in names] == [True, True]
    assert len(set(names)) == 2
    assert table_of(said, long) == made


@pytest.mark.parametrize(
    "said",
    [
        "unique: data",
        "index: data",
        "data: jsonb (UNIQUE)",
        "title: jsonb",
        "owner_id -> data_of\n- title\nindex: data",
    ],
)
def test_what_mysql_has_no_index_for_is_refused_with_another_type(said: str) -> None:
    survey = MY.survey()
    text = f"clips\n{said}"
    found = read_tables(text, "amendments", 1)[0]

    (problem,) = check_amendments(survey, (), (), Amendments(tables=text), found)

    assert "is `json`, and mysql has no keys or indexes of that type" in problem
    assert "such as `text`" in problem


def test_a_reference_that_is_set_null_may_be_null() -> None:
    column = table_of("users\nboss_id: uuid (FK → users.id, set null)", "users").column("boss_id")

    assert column is not None
    assert not column.not_null


def test_decimals_are_spelled_as_drizzle_spells_them() -> None:
    column = table_of("sites\nid: uuid (PK)\nprice: numeric(10, 2)", "sites").column("price")

    assert column is not None
    assert column.type == "decimal(10,2)"


def test_a_list_of_values_that_the_type_spells_stays_in_the_type() -> None:
    column = table_of('clips\nkind: "short" | "long" | "it\'s"', "clips").column("kind")

    assert column is not None
    assert column.type == "enum('short','long','it''s')"
    assert (column.enum_values, column.default) == (("short", "long", "it's"), "'short'")


def test_what_refers_to_a_serial_key_is_as_wide_and_unsigned() -> None:
    style = Style(
        "serial",
        "mysql",
        {
            "src/schema.ts": """import { mysqlTable, serial } from "drizzle-orm/mysql-core";
export const users = mysqlTable("users", { id: serial("id").primaryKey() });
"""
        },
    )
    plan = planned(style, "sites\nid: int (PK)\nowner_id: int (FK → users.id)", [], flows=True)[1]

    referring = [(t.name, c.name, c.type) for t in plan.target.tables for c in t.columns if c.references]
    assert {type_ for _, name, type_ in referring if name.endswith(("owner_id", "user_id"))} == {
        "bigint unsigned"
    }
