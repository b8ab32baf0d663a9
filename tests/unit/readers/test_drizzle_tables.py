"""Tables, keys, indexes and all that hangs on them."""

from __future__ import annotations

import pytest
from cases.drizzle.project import PG, schema_of, table_of

from shipkit_mcp.facts import Check, ForeignKey, Index, Relation, Unique, View

USERS = 'export const users = p.pgTable("users", { id: p.uuid().primaryKey() });\n'


def test_a_table_knows_where_it_is_made_and_what_stands_above_it() -> None:
    table = table_of(
        """
/**
 * People who signed up.
 */
// shipkit: allow id-uuid their ids come from elsewhere
export const people = p.pgTable("t", { id: p.text() });
"""
    )

    assert (table.key, table.path, table.line, table.exported) == ("people", "schema.ts", 8, True)
    assert table.comment == "People who signed up."
    assert table.allows == (("id-uuid", "their ids come from elsewhere"),)


@pytest.mark.parametrize(
    "made",
    [
        'pgTable("t", { a: text() })',
        'pgTable("t", (t) => ({ a: t.text() }))',
        'pgTable("t", { a: text() } satisfies Columns)',
        'pgTable("t", columns())',
        'pgTable("t" as string, { ["a"]: text() })',
        'pgTableCreator((name) => `${prefix}${name}`)("t", { a: text() })',
        'make("t", { a: text() })',
    ],
)
def test_every_way_to_make_a_table_is_understood(made: str) -> None:
    schema = schema_of(
        f"""
import {{ pgTable as pgTable, pgTableCreator, text }} from "drizzle-orm/pg-core";
const prefix = "";
const columns = () => ({{ a: text() }});
function make(name, columns) {{ return pgTable(name, columns); }}
export const t = {made};
"""
    )

    assert [(one.name, one.columns[0].name, one.line, one.unread) for one in schema.tables] == [
        ("t", "a", 6, ())
    ]


@pytest.mark.parametrize(
    ("package", "function", "dialect", "type_name"),
    [
        ("mysql-core", "mysqlTable", "mysql", "int"),
        ("sqlite-core", "sqliteTable", "sqlite", "integer"),
        ("singlestore-core", "singlestoreTable", "singlestore", "int"),
        ("mssql-core", "mssqlTable", "mssql", "int"),
        ("cockroach-core", "cockroachTable", "cockroach", "int4"),
        ("gel-core", "gelTable", "gel", "integer"),
    ],
)
def test_every_dialect_is_told_apart(package: str, function: str, dialect: str, type_name: str) -> None:
    word = {"int4": "int4", "integer": "integer"}.get(type_name, "int")
    schema = schema_of(
        f'import {{ {function}, {word} }} from "drizzle-orm/{package}";\n'
        f'export const t = {function}("t", {{ a: {word}("a") }});'
    )

    assert (schema.dialect, schema.tables[0].dialect) == (dialect, dialect)
    assert schema.tables[0].columns[0].type == type_name


def test_tables_of_two_dialects_make_a_mixed_schema() -> None:
    schema = schema_of(
        PG + 'import { sqliteTable } from "drizzle-orm/sqlite-core";\n'
        'export const a = p.pgTable("a", {}); export const b = sqliteTable("b", {});'
    )

    assert schema.dialect == "mixed"


def test_foreign_keys_have_the_names_that_drizzle_derives() -> None:
    table = table_of(
        USERS
        + """
export const t = p.pgTable("t", {
  a: p.uuid("a_id").references((): AnyPgColumn => users.id, { onDelete: "cascade", onUpdate: "no action" }),
  parent: p.uuid("parent_id").references(() => t.a),
  b: p.uuid(), c: p.uuid(),
}, (t) => [
  p.foreignKey({ columns: [t.b, t.c], foreignColumns: [t.a, t.parent] }).onDelete("set null"),
  p.foreignKey({ name: "mine", columns: [t.b], foreignColumns: [users.id] }),
]);"""
    )

    assert [(one.name, one.explicit_name, one.on_delete, one.on_update) for one in table.foreign_keys] == [
        ("t_a_id_users_id_fk", None, "cascade", None),
        ("t_parent_id_t_a_id_fk", None, None, None),
        ("t_b_c_t_a_id_parent_id_fk", None, "set null", None),
        ("mine", "mine", None, None),
    ]
    assert [one.references for one in table.columns] == ["users.id", "t.a_id", None, None]


def test_a_foreign_key_into_another_database_schema_names_it() -> None:
    table = table_of(
        'import { authUsers } from "drizzle-orm/supabase";\n'
        'export const t = p.pgTable("t", { id: p.uuid().references(() => authUsers.id) });'
    )

    assert table.foreign_keys == (
        ForeignKey(
            name="t_id_users_id_fk", columns=("id",), table="users", namespace="auth", foreign_columns=("id",)
        ),
    )


@pytest.mark.parametrize(
    "form", ["(t) => [{0}]", "(t) => ({{ a: {0} }})", "function (t) {{ return [[{0}]] }}"]
)
def test_the_third_argument_may_have_any_form(form: str) -> None:
    inner = 'p.unique("u").on(t.a).nullsNotDistinct()'
    table = table_of(f'export const t = p.pgTable("t", {{ a: p.text() }}, {form.format(inner)});')

    assert table.unique == (Unique(name="u", columns=("a",), nulls_not_distinct=True),)


def test_keys_indexes_and_checks_are_read() -> None:
    table = table_of(
        """export const t = p.pgTable("t", { a: p.text(), b: p.integer(), c: p.boolean() }, (t) => [
  p.primaryKey({ columns: [t.a, t.b] }),
  p.unique().on(t.a, t.b),
  p.index("i").on(t.a.desc().nullsLast()).where(and(eq(t.c, true), isNull(t.b))),
  p.uniqueIndex().using("gin", sql`lower(${t.a})`, t.b.op("x")),
  p.check("positive", sql`${t.b} > 0`),
]);"""
    )

    assert (table.primary_key, table.primary_key_name) == (("a", "b"), "t_a_b_pk")
    assert table.unique == (Unique(name="t_a_b_unique", columns=("a", "b")),)
    assert table.indexes == (
        Index(name="i", columns=("a",), where='("t"."c" = true and "t"."b" is null)'),
        Index(name=None, columns=('lower("t"."a")', "b"), unique=True, method="gin"),
    )
    assert table.checks == (Check(name="positive", expression='"t"."b" > 0'),)


def test_policies_and_row_level_security_are_told() -> None:
    schema = schema_of(
        PG
        + """
import { crudPolicy, authenticatedRole, authUid } from "drizzle-orm/neon";
export const a = p.pgTable("a", { id: p.text() }, (t) => [
  p.pgPolicy("own", { for: "all" }),
  crudPolicy({ role: authenticatedRole, read: authUid(t.id), modify: false }),
]).enableRLS();
export const later = p.pgPolicy("later").link(a);
"""
    )

    assert schema.tables[0].rls
    assert schema.tables[0].policies == (
        "own",
        "crud-authenticated-policy-select",
        "crud-authenticated-policy-insert",
        "crud-authenticated-policy-update",
        "crud-authenticated-policy-delete",
        "later",
    )


def test_unnamed_columns_are_cased_but_derived_names_are_not() -> None:
    table = table_of(
        'const columns = { userId: p.text(), done: p.text("isDone") };\n'
        'export const t = p.pgTable("t", columns, (t) => [p.unique().on(t.userId)]);',
        casing="snake_case",
    )

    assert [one.name for one in table.columns] == ["user_id", "isDone"]
    assert table.unique == (Unique(name="t_userId_unique", columns=("user_id",)),)


def test_version_one_cases_when_the_table_is_made() -> None:
    schema = schema_of(
        'import { snakeCase, text, unique } from "drizzle-orm/pg-core";\nconst app = snakeCase.schema("app");\n'
        'export const t = app.table.withRLS("t", { userId: text() }, (t) => [unique().on(t.userId)]);'
    )

    table = schema.tables[0]
    assert (table.namespace, table.rls, table.columns[0].name) == ("app", True, "user_id")
    assert table.unique[0].name == "t_user_id_unique"


def test_views_know_their_columns() -> None:
    schema = schema_of(
        PG
        + USERS
        + """
export const v = p.pgView("v").as((qb) => qb.select().from(users));
export const w = p.pgMaterializedView("w").as((qb) => qb.select({ n: sql`1`.as("one"), id: users.id }).from(users));
export const x = p.pgView("x", { a: p.text("b") }).existing();
"""
    )

    assert [one.model_copy(update={"path": "", "line": 0}) for one in schema.views] == [
        View(name="v", columns=("id",)),
        View(name="w", columns=("one", "id"), materialized=True),
        View(name="x", columns=("b",), existing=True),
    ]


FIRST = """
import { relations } from "drizzle-orm";
export const r = relations(users, ({ one, many }) => ({ posts: many(posts), boss: one(users) }));
"""
SECOND = """
import { defineRelations } from "drizzle-orm";
import * as all from "./schema";
export const r = defineRelations(all, (r) => ({
  users: { posts: r.many.posts({ from: r.users.id, to: r.posts.id }), boss: r.one.users() },
}));
"""


@pytest.mark.parametrize("text", [FIRST, SECOND])
def test_relations_of_both_generations_are_read(text: str) -> None:
    schema = schema_of(PG + USERS + 'export const posts = p.pgTable("posts", { id: p.uuid() });\n' + text)

    assert [one.model_copy(update={"path": "", "line": 0}) for one in schema.relations] == [
        Relation(table="users", name="posts", kind="many", target="posts"),
        Relation(table="users", name="boss", kind="one", target="users"),
    ]


def test_what_is_only_reached_is_not_exported() -> None:
    files = {
        "schema.ts": 'import { pgTable, uuid } from "drizzle-orm/pg-core";\nimport { far } from "./far";\n'
        'const near = pgTable("near", { id: uuid() });\n'
        'export const t = pgTable("t", { a: uuid().references(() => far.id) });',
        "far.ts": 'import { pgTable, uuid } from "drizzle-orm/pg-core";\n'
        'export const far = pgTable("far", { id: uuid() });',
    }

    schema = schema_of(files)

    assert {one.name: (one.exported, one.path) for one in schema.tables} == {
        "t": (True, "schema.ts"),
        "near": (False, "schema.ts"),
        "far": (False, "far.ts"),
    }
    assert schema.files == ("schema.ts", "far.ts")


def test_a_table_that_two_files_export_is_listed_once() -> None:
    files = {
        "index.ts": 'export * from "./users";',
        "users.ts": 'import { pgTable } from "drizzle-orm/pg-core";\nexport const users = pgTable("users", {});',
    }

    assert len(schema_of(files, "index.ts", "users.ts").tables) == 1


@pytest.mark.parametrize(
    ("version", "expected"),
    [("0.45.4", "text[]"), ("^1.0.0-rc.5", "text"), ("rc", "text"), ("beta", "text"), ("latest", "text[]")],
)
def test_the_generation_is_told_by_a_range_or_a_tag(version: str, expected: str) -> None:
    table = table_of('export const t = p.pgTable("t", { a: p.text().array() });', version=version)

    assert table.columns[0].type == expected
