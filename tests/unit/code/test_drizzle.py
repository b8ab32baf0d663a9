"""New files and diffs, habit by habit."""

from __future__ import annotations

import pytest
from drafted.styles import CASED, FOLDER, LITE, MY, ONE_FILE
from unit.code.drafts import (
    column,
    diff_of,
    draft_of,
    plan_of,
    survey_of,
    table,
    with_tables,
    without_tables,
)

from shipkit_mcp.code import draft_code
from shipkit_mcp.facts import DbEnum, ForeignKey, Index, Schema, Survey, Unique
from shipkit_mcp.findings import Rename

KEY = column("id", "uuid", primary_key=True, not_null=True, default="gen_random_uuid()", has_default=True)


def schema_of(style: object = FOLDER) -> Schema:
    return style.survey().schema  # type: ignore[attr-defined,no-any-return]


def test_a_new_file_is_written_as_the_others_are() -> None:
    site = table("site_pages", KEY, column("page_title", not_null=True), comment="Pages of a site")

    draft = draft_of(with_tables(schema_of(), site))

    assert [one.name for one in draft.files] == ["db/schema/site-pages.ts"]
    assert draft.files[0].text == (
        'import { pgTable, text, uuid } from "drizzle-orm/pg-core";\n'
        "\n"
        "// Pages of a site\n"
        'export const sitePages = pgTable("site_pages", {\n'
        '  id: uuid("id").primaryKey().defaultRandom(),\n'
        '  page_title: text("page_title").notNull(),\n'
        "});\n"
        "\n"
        "export type SitePage = typeof sitePages.$inferSelect;\n"
        "export type NewSitePage = typeof sitePages.$inferInsert;\n"
    )


def test_the_barrel_exports_what_is_new() -> None:
    draft = draft_of(with_tables(schema_of(), table("sites", KEY)))

    assert '+export * from "./sites";' in diff_of(draft, "index.ts")


def test_a_barrel_of_names_gets_names_and_its_suffix() -> None:
    survey = CASED.survey()
    target = with_tables(survey.schema, table("site_pages", KEY))

    draft = draft_code(survey, plan_of(target))

    assert [one.name for one in draft.files] == ["src/db/site-page.table.ts"]
    assert "+export { sitePages } from './site-page.table.js';" in diff_of(draft, "index.ts")
    assert "\tid: c.uuid().primaryKey().defaultRandom()," in draft.files[0].text


def test_a_schema_in_one_file_is_appended_to_in_its_style() -> None:
    survey = ONE_FILE.survey()
    made = table(
        "site_pages",
        KEY,
        column("page_title", not_null=True),
        indexes=(Index(name="site_pages_title_idx", columns=("page_title",)),),
    )
    made = made.model_copy(
        update={
            "columns": tuple(
                c.model_copy(update={"key": "pageTitle"}) if c.name != "id" else c for c in made.columns
            )
        }
    )

    draft = draft_code(survey, plan_of(with_tables(survey.schema, made)))

    assert draft.files == ()
    added = [
        line[1:]
        for line in diff_of(draft, "schema.ts").splitlines()
        if line.startswith("+") and "++" not in line
    ]
    assert added == [
        "",
        "export const SitePages = p.pgTable(",
        "    'site_pages',",
        "    {",
        "        id: p.uuid('id').defaultRandom().primaryKey(),",
        "        pageTitle: p.text('page_title').notNull()",
        "    },",
        "    (t) => ({",
        "        sitePagesTitleIdx: p.index('site_pages_title_idx').on(t.pageTitle)",
        "    })",
        ")",
    ]


def test_without_a_schema_the_template_is_followed_and_a_barrel_is_made() -> None:
    draft = draft_code(Survey(project_root="~/app"), plan_of(Schema(tables=(table("sites", KEY),))))

    assert [one.name for one in draft.files] == ["lib/drizzle/schema/sites.ts", "lib/drizzle/schema/index.ts"]
    assert draft.files[1].text == 'export * from "./sites";\n'


def test_columns_go_behind_the_last_and_constraints_into_the_third_argument() -> None:
    old = schema_of().table("users")
    assert old
    new = old.model_copy(
        update={
            "columns": (*old.columns, column("nickname")),
            "unique": (*old.unique, Unique(name="users_nickname_unique", columns=("nickname",))),
        }
    )

    diff = diff_of(draft_of(with_tables(schema_of(), new)), "users.ts")

    assert '+    nickname: text("nickname"),' in diff
    assert "+    unique().on(table.nickname)," in diff
    assert (
        '+import { boolean, index, integer, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";'
        in diff
    )


def test_a_third_argument_is_made_where_there_is_none() -> None:
    old = LITE.survey().schema.table("users")
    assert old
    new = old.model_copy(update={"indexes": (Index(name="users_age_idx", columns=("age",)),)})

    diff = diff_of(draft_of(with_tables(schema_of(LITE), new), LITE), "schema.ts")

    assert '+}, (table) => [index("users_age_idx").on(table.age)]);' in diff


def test_a_changed_column_keeps_what_the_plan_does_not_speak_of() -> None:
    old = schema_of().table("clips")
    assert old
    columns = (
        one.model_copy(update={"not_null": True}) if one.name == "data" else one for one in old.columns
    )
    new = old.model_copy(update={"columns": tuple(columns)})

    diff = diff_of(draft_of(with_tables(schema_of(), new)), "clips.ts")

    assert '+    data: jsonb("data").$type<{ frames: number }>().notNull(),' in diff


def test_a_renamed_column_is_renamed_wherever_it_is_named() -> None:
    old = schema_of().table("clips")
    assert old
    columns = (
        one.model_copy(update={"name": "length", "key": "length"}) if one.name == "seconds" else one
        for one in old.columns
    )
    new = old.model_copy(update={"columns": tuple(columns)})

    draft = draft_of(
        with_tables(schema_of(), new), renames=[Rename(table="clips", old="seconds", new="length")]
    )

    diff = diff_of(draft, "clips.ts")
    assert '+    length: integer("length").notNull(),' in diff
    assert '+    check("clips_seconds_check", sql`${table.length} >= 0`),' in diff
    assert 'RENAME COLUMN "seconds" TO "length"' in draft.phases[0].up


def test_a_removed_table_takes_its_file_its_export_and_its_relations_along() -> None:
    draft = draft_of(without_tables(schema_of(), "clips", "labels"))

    assert "deleted file mode" in diff_of(draft, "clips.ts")
    assert '-export * from "./clips";' in diff_of(draft, "index.ts")
    users = diff_of(draft, "users.ts")
    assert '-import { clips } from "./clips";' in users
    assert "-  clips: many(clips)," in users
    assert 'DROP TYPE "clip_kind";' in draft.phases[0].up


def test_an_enum_that_gets_a_value_gets_it_where_it_belongs() -> None:
    schema = schema_of()
    values = ("short", "middle", "long")
    enums = tuple(one.model_copy(update={"values": values}) for one in schema.enums)

    draft = draft_of(schema.model_copy(update={"enums": enums}))

    assert '+export const clipKindEnum = pgEnum("clip_kind", ["short", "middle", "long"]);' in diff_of(
        draft, "clips.ts"
    )
    assert "ALTER TYPE \"clip_kind\" ADD VALUE 'middle' AFTER 'short';" in draft.phases[0].up


def test_an_enum_of_tables_that_refer_to_each_other_gets_a_file_of_its_own() -> None:
    def made(name: str, other: str) -> object:
        enum = column("mood", "mood", enum="mood", enum_values=("up",))
        to = column("other_id", "uuid", references=f"{other}.id")
        key = ForeignKey(name="", columns=("other_id",), table=other, foreign_columns=("id",))
        return table(name, KEY, enum, to, foreign_keys=(key,))

    schema = schema_of()
    target = with_tables(schema, made("ayes", "bees"), made("bees", "ayes"))  # type: ignore[arg-type]
    mood = DbEnum(name="mood", values=("up",), path="", line=0)

    draft = draft_of(target.model_copy(update={"enums": (*schema.enums, mood)}))

    assert {one.name for one in draft.files} == {
        "db/schema/ayes.ts",
        "db/schema/bees.ts",
        "db/schema/enums.ts",
    }
    assert "(): AnyPgColumn => bees.id" in draft.files[0].text


def test_a_table_made_by_a_function_is_left_to_a_person() -> None:
    survey = survey_of(
        {
            "src/schema.ts": """import { pgTable, text } from "drizzle-orm/pg-core";
const columns = () => ({ id: text("id").primaryKey() });
export const users = pgTable("users", columns());
export const posts = pgTable("posts", { id: text("id").primaryKey() });
"""
        }
    )
    users = survey.schema.table("users")
    assert users
    wider = users.model_copy(update={"columns": (*users.columns, column("more"))})

    draft = draft_code(survey, plan_of(with_tables(survey.schema, wider)))

    assert draft.notes == (
        "Change users in src/schema.ts:3 by hand where the diff leaves it: its columns are not written as one object.",
    )


def test_a_dropped_column_that_tables_share_is_left_to_a_person_and_the_rest_is_done() -> None:
    survey = survey_of(
        {
            "src/schema.ts": """import { pgTable, text, timestamp } from "drizzle-orm/pg-core";
const stamps = { made: timestamp("made").notNull() };
export const users = pgTable("users", { id: text("id").primaryKey(), nick: text("nick"), ...stamps });
"""
        }
    )
    users = survey.schema.table("users")
    assert users
    narrower = users.model_copy(update={"columns": users.columns[:1]})

    draft = draft_code(survey, plan_of(with_tables(survey.schema, narrower)))

    assert draft.notes == (
        "Change users in src/schema.ts:3 by hand where the diff leaves it: its column made does not stand "
        "among the others and is still there.",
    )
    assert "nick" in draft.diffs[0].diff


def test_a_type_that_is_imported_as_a_type_is_not_imported_again() -> None:
    survey = survey_of(
        {
            "src/schema.ts": """import type { InferSelectModel } from "drizzle-orm";
import { pgTable, text } from "drizzle-orm/pg-core";

export const users = pgTable("users", { id: text("id").primaryKey() });

export type User = InferSelectModel<typeof users>;
"""
        }
    )

    draft = draft_code(survey, plan_of(with_tables(survey.schema, table("posts", column("id")))))

    assert "+export type Post = InferSelectModel<typeof posts>;" in draft.diffs[0].diff
    assert "+import type" not in draft.diffs[0].diff


def test_brackets_of_a_type_are_not_taken_for_a_call() -> None:
    kind = '$type<"owner" | (string & {}) | Record<string, Array<string>>>()'
    survey = survey_of(
        {
            "src/schema.ts": f"""import {{ pgTable, text }} from "drizzle-orm/pg-core";
export const users = pgTable("users", {{ id: text("id").primaryKey(), role: text("role").notNull().{kind} }});
"""
        }
    )
    users = survey.schema.table("users")
    assert users
    role = users.columns[1].model_copy(update={"name": "part", "key": "part"})
    target = with_tables(survey.schema, users.model_copy(update={"columns": (users.columns[0], role)}))

    draft = draft_code(survey, plan_of(target, renames=(Rename(table="users", old="role", new="part"),)))

    assert f'part: text("part").notNull().{kind} }}' in draft.diffs[0].diff.replace("\n+", "").replace(
        "    ", ""
    )


@pytest.mark.parametrize("kind", ["Record<string, unknown>", "Map<string, { a: [number, string] }>"])
def test_a_column_of_a_type_with_commas_goes_whole(kind: str) -> None:
    survey = survey_of(
        {
            "src/schema.ts": f"""import {{ jsonb, pgTable, text }} from "drizzle-orm/pg-core";
export const users = pgTable("users", {{
  id: text("id").primaryKey(),
  meta: jsonb("meta").$type<{kind}>().notNull(),
  name: text("name"),
}});
"""
        }
    )
    users = survey.schema.table("users")
    assert users
    columns = (users.columns[0], users.columns[2])

    draft = draft_code(
        survey, plan_of(with_tables(survey.schema, users.model_copy(update={"columns": columns})))
    )
    changed = [one for one in draft.diffs[0].diff.splitlines()[2:] if one[0] in "+-"]

    assert f'-  meta: jsonb("meta").$type<{kind}>().notNull(),' in changed
    assert [one for one in changed if "import" not in one] == [
        f'-  meta: jsonb("meta").$type<{kind}>().notNull(),'
    ]
    assert draft.notes == ()


def test_mysql_writes_its_own_builders() -> None:
    made = table(
        "jobs",
        column("id", "varchar(36)", primary_key=True, not_null=True),
        column("cost", "decimal(10,2)", not_null=True, default="0", has_default=True),
        column("state", "enum('a','b')", enum_values=("a", "b"), default="'a'", has_default=True),
        dialect="mysql",
    )

    text = draft_of(with_tables(schema_of(MY), made), MY).files[0].text

    assert 'varchar("id", { length: 36 }).primaryKey()' in text
    assert 'decimal("cost", { precision: 10, scale: 2 }).notNull().default(sql`0`)' in text
    assert 'mysqlEnum("state", ["a", "b"]).default("a")' in text
    assert 'import { sql } from "drizzle-orm";' in text


def test_texts_are_named_for_a_folder() -> None:
    draft = draft_of(with_tables(schema_of(), table("sites", KEY)))

    assert list(draft.texts("drizzle")) == ["sites.ts", "changes.diff"]
    assert list(draft.texts("sql")) == ["phase-1.up.sql", "phase-1.down.sql"]
    assert list(draft.texts("all")) == [*draft.texts("drizzle"), *draft.texts("sql")]


def test_nothing_to_do_gives_nothing() -> None:
    draft = draft_of(schema_of())

    assert (draft.files, draft.diffs, draft.phases, draft.notes) == ((), (), (), ())
