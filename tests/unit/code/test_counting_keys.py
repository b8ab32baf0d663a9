"""Keys that count by themselves: AUTO_INCREMENT of MySQL, AUTOINCREMENT of SQLite."""

from __future__ import annotations

from drafted.styles import Style
from drafted.toolbox import Lite
from unit.code.drafts import column, draft_of, plan_of, survey_of, table, with_tables

from shipkit_mcp.code import draft_code

MY = Style(
    "counting",
    "mysql",
    {
        "src/schema.ts": """import { int, mysqlTable, varchar } from "drizzle-orm/mysql-core";
export const users = mysqlTable("users", {
  id: int("id").autoincrement().primaryKey(),
  name: varchar("name", { length: 80 }).default("me").notNull(),
});
"""
    },
)
LITE = Style(
    "counting",
    "sqlite",
    {
        "src/schema.ts": """import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
export const users = sqliteTable("users", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  name: text("name"),
});
"""
    },
)


def test_the_reader_tells_which_keys_count() -> None:
    for style in (MY, LITE):
        users = style.survey().schema.table("users")
        assert users
        assert [one.auto_increment for one in users.columns] == [True, False]


def test_mysql_says_so_in_the_file_and_in_sql_in_the_projects_order() -> None:
    key = column("id", "int", primary_key=True, not_null=True, has_default=True, auto_increment=True)
    made = table("sites", key, dialect="mysql")

    draft = draft_of(with_tables(MY.survey().schema, made), MY)

    assert 'int("id").autoincrement().primaryKey()' in draft.diffs[0].diff
    assert "`id` int PRIMARY KEY NOT NULL AUTO_INCREMENT" in draft.phases[0].up


def test_sqlite_says_so_in_the_file_and_in_sql() -> None:
    key = column("id", "integer", primary_key=True, not_null=True, has_default=True, auto_increment=True)
    made = table("sites", key, dialect="sqlite")

    draft = draft_of(with_tables(LITE.survey().schema, made), LITE)

    assert 'integer("id").primaryKey({ autoIncrement: true })' in draft.diffs[0].diff
    assert '"id" integer PRIMARY KEY AUTOINCREMENT NOT NULL' in draft.phases[0].up


def test_a_rebuilt_table_of_sqlite_never_gives_a_number_twice() -> None:
    survey = survey_of(LITE.files)
    users = survey.schema.table("users")
    assert users
    strict = users.model_copy(update={"columns": (*users.columns, column("country", not_null=True))})
    draft = draft_code(survey, plan_of(with_tables(survey.schema, strict)))
    database = Lite()
    database.run(
        "create table users (id integer primary key autoincrement not null, name text);",
        "insert into users (name) values ('a'), ('b'), ('c'); delete from users where name <> 'a';",
    )

    database.run(draft.phases[0].up)
    database.run("insert into users (name, country) values ('d', 'IT');")
    assert database.rows("select id, name from users order by id") == [(1, "a"), (4, "d")]
    database.run("delete from users where id = 4;", draft.phases[0].down)
    database.run("insert into users (name) values ('e');")
    assert database.rows("select max(id) from users") == [(5,)]
    database.close()
