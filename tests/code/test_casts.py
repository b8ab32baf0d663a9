"""A column of every type turned into every other: PostgreSQL takes it, empty values stay empty, and nothing is cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafted.plans import planned
from drafted.styles import Style
from drafted.toolbox import Database, Kit, Refused, write_sources

from shipkit_mcp.code import Draft, draft_code

BUILDERS = {
    "text": "text()",
    "varchar(80)": "varchar({ length: 80 })",
    "uuid": "uuid()",
    "integer": "integer()",
    "bigint": 'bigint({ mode: "number" })',
    "smallint": "smallint()",
    "numeric(10, 2)": "numeric({ precision: 10, scale: 2 })",
    "double precision": "doublePrecision()",
    "real": "real()",
    "boolean": "boolean()",
    "timestamp": "timestamp({ withTimezone: true })",
    "date": "date()",
    "time": "time()",
    "interval": "interval()",
    "jsonb": "jsonb()",
    "text[]": "text().array()",
    "integer[]": "integer().array()",
    '"red" | "green"': 'mood("mood")',
}
WORDS = "bigint, boolean, date, doublePrecision, integer, interval, jsonb, numeric, pgEnum, pgTable, real, smallint, text, time, timestamp, uuid, varchar"
COLUMNS = "\n".join(f"  c{at}: {made}," for at, made in enumerate(BUILDERS.values())).replace(
    '"mood"', '"c17"'
)
EVERY = Style(
    "every type",
    "postgresql",
    {
        "db/things.ts": f"""import {{ {WORDS} }} from "drizzle-orm/pg-core";
export const mood = pgEnum("mood", ["glad", "sad"]);
export const things = pgTable("things", {{
  id: integer().primaryKey(),
{COLUMNS}
}});
"""
    },
)


def drafted(style: Style, said: str) -> Draft:
    survey, plan = planned(style, said, [], flows=False)
    return draft_code(survey, plan)


@pytest.mark.node
@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
@pytest.mark.parametrize("type_", [*BUILDERS, "bytea"])
def test_every_type_becomes_this_one_and_comes_back(
    type_: str, tmp_path: Path, kit: Kit, databases: tuple[Database, Database]
) -> None:
    said = "\n".join(f"c{at}: {type_}" for at, one in enumerate(BUILDERS) if one != type_)
    draft = drafted(EVERY, f"things\n{said}")
    database, _ = databases
    database.run(
        *kit.migration(write_sources(tmp_path, EVERY.survey())), "insert into things (id) values (1);"
    )
    start = database.catalogue()

    database.run(*(one.up for one in draft.phases))
    database.run(*(one.down for one in reversed(draft.phases)))
    assert database.catalogue() == start
    assert database.run("select num_nonnulls(things.*) from things;") == "1\n"


THING = Style(
    "thing",
    "postgresql",
    {
        "db/things.ts": """import { bigint, boolean, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
export const things = pgTable("things", {
  id: integer("id").primaryKey(),
  name: text("name"),
  big: bigint("big", { mode: "number" }),
  open: boolean("open"),
  words: text("words").array(),
  facts: jsonb("facts"),
  seen: timestamp("seen"),
});
"""
    },
)
ROW = """create table things (id integer primary key, name text, big bigint, open boolean, words text[], facts jsonb, seen timestamp);
insert into things values (1, 'twelve', 2, true, '{a,b}', '"x"', '2020-01-02 03:04:05');"""


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("name: varchar(6)", "twelve"),
        ("big: boolean", "t"),
        ("big: integer[]", "{2}"),
        ("open: bigint", "1"),
        ("open: numeric(10, 2)", "1.00"),
        ("words: jsonb", '["a", "b"]'),
        ("words: text", "a"),
        ("facts: text", "x"),
        ("seen: date", "2020-01-02"),
        ("seen: time", "03:04:05"),
    ],
)
def test_a_value_is_kept_as_the_new_type_has_it(
    said: str, kept: str, databases: tuple[Database, Database]
) -> None:
    draft = drafted(THING, f"things\n{said}")
    database, _ = databases
    database.run(ROW, *(one.up for one in draft.phases))

    assert database.run(f"select {said.partition(':')[0]} from things;") == f"{kept}\n"


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
@pytest.mark.parametrize("said", ["name: varchar(5)", "name: integer", "big: uuid"])
def test_a_value_that_the_new_type_cannot_hold_is_refused_and_not_cut(
    said: str, databases: tuple[Database, Database]
) -> None:
    draft = drafted(THING, f"things\n{said}")
    database, _ = databases
    database.run(ROW)

    with pytest.raises(Refused):
        database.run(*(one.up for one in draft.phases))
    assert database.run("select name, big from things;") == "twelve|2\n"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("words: text", "-- Of each list only the first value is kept."),
        ("seen: date", "-- Of each moment only the day is kept."),
    ],
)
def test_what_a_change_of_type_leaves_of_values_is_said(said: str, told: str) -> None:
    assert told in drafted(THING, f"things\n{said}").phases[0].up
