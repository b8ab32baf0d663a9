"""Of files that hold several dialects the tables of the configuration's dialect are the schema, as in drizzle-kit."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from cases.drizzle.project import Memory

from shipkit_mcp.facts import Schema
from shipkit_mcp.readers.drizzle import find_schema, read_schema

BOTH = """
import { relations } from "drizzle-orm";
import { pgEnum, pgTable, pgView, integer as pgInteger } from "drizzle-orm/pg-core";
import { sqliteTable, sqliteView, integer } from "drizzle-orm/sqlite-core";
export const mood = pgEnum("mood", ["ok"]);
export const users = pgTable("users", { id: pgInteger().primaryKey(), mood: mood() });
export const posts = pgTable("posts", { user: pgInteger().references(() => users.id) });
export const seen = pgView("seen").as((qb) => qb.select().from(users));
export const notes = sqliteTable("notes", { id: integer().primaryKey() });
export const noted = sqliteView("noted").as((qb) => qb.select().from(notes));
export const userRelations = relations(users, ({ many }) => ({ posts: many(posts) }));
export const noteRelations = relations(notes, ({ many }) => ({ notes: many(notes) }));
"""
RULE = "left out, its dialect is"


def config(dialect: str) -> str:
    return f'export default {{ schema: "./schema.ts", dialect: "{dialect}" }};'


def read(files: Mapping[str, str], *given: str) -> Schema:
    project = Memory(files)
    return read_schema(project, find_schema(project, given))


@pytest.mark.parametrize(
    ("dialect", "tables", "said"),
    [
        ("postgresql", ["users", "posts"], f"1 table of sqlite {RULE} postgresql"),
        ("turso", ["notes"], f"2 tables of postgresql {RULE} sqlite"),
    ],
)
def test_the_dialect_of_the_configuration_is_meant(dialect: str, tables: list[str], said: str) -> None:
    schema = read({"drizzle.config.ts": config(dialect), "schema.ts": BOTH})
    is_pg = dialect == "postgresql"

    assert [one.name for one in schema.tables] == tables
    assert schema.dialect == ("postgresql" if is_pg else "sqlite")
    assert [one.name for one in schema.views] == (["seen"] if is_pg else ["noted"])
    assert [one.table for one in schema.relations] == (["users"] if is_pg else ["notes"])
    assert [one.name for one in schema.enums] == (["mood"] if is_pg else [])
    assert schema.choice.found_by.endswith(f"; {said}")


@pytest.mark.parametrize("dialect", ["mysql", "nothing known"])
def test_where_no_table_is_of_the_configurations_dialect_all_are_listed(dialect: str) -> None:
    schema = read({"drizzle.config.ts": config(dialect), "schema.ts": BOTH})

    assert len(schema.tables) == 3
    assert schema.dialect == "mixed"
    assert RULE not in schema.choice.found_by


def test_files_that_were_asked_for_are_read_whole() -> None:
    schema = read({"drizzle.config.ts": config("sqlite"), "schema.ts": BOTH}, "schema.ts")

    assert len(schema.tables) == 3
    assert RULE not in schema.choice.found_by


def test_a_configuration_that_is_asked_for_means_its_own_dialect() -> None:
    files = {"a.drizzle.config.ts": config("pg"), "b.drizzle.config.ts": config("d1"), "schema.ts": BOTH}

    assert [one.name for one in read(files, "a.drizzle.config.ts").tables] == ["users", "posts"]
    assert [one.name for one in read(files, "b.drizzle.config.ts").tables] == ["notes"]
    assert len(read(files, "a.drizzle.config.ts", "b.drizzle.config.ts").tables) == 3


def test_another_dialect_that_is_only_reached_is_left_out_too() -> None:
    local = (
        'import { sqliteTable } from "drizzle-orm/sqlite-core";\nconst local = sqliteTable("local", {});\n'
    )
    table = 'import { pgTable } from "drizzle-orm/pg-core";\nexport const one = pgTable("one", {});\n'

    schema = read({"drizzle.config.ts": config("postgresql"), "schema.ts": local + table})

    assert [one.name for one in schema.tables] == ["one"]
