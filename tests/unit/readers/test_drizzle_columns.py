"""Columns say what drizzle-orm's own columns say (the oracle tests compare; these name the behaviours)."""

from __future__ import annotations

import pytest
from cases.drizzle.project import PG, schema_of, table_of

from shipkit_mcp.facts import Column, Generated, Identity, UnknownDefault


def column(source: str, before: str = "", version: str | None = None) -> Column:
    table = table_of(f'{before}\nexport const t = p.pgTable("t", {{ c: {source} }});', version=version)
    assert table.unread == ()
    return table.columns[0]


TYPES = [
    ("p.uuid()", "uuid"),
    ('p.varchar("c", { length: 255 })', "varchar(255)"),
    ("p.varchar()", "varchar"),
    ("p.numeric({ precision: 10, scale: 2 })", "numeric(10, 2)"),
    ("p.timestamp({ withTimezone: true, precision: 3 })", "timestamp (3) with time zone"),
    ('p.timestamp({ mode: "string", precision: 3 })', "timestamp(3)"),
    ("p.text().array()", "text[]"),
    ("p.text().array(3).array()", "text[3][]"),
    ("p.vector({ dimensions: 3 })", "vector(3)"),
    ('p.interval({ fields: "day", precision: 2 })', "interval day(2)"),
]


@pytest.mark.parametrize(("source", "name"), TYPES)
def test_the_type_is_what_drizzle_writes(source: str, name: str) -> None:
    assert column(source).type == name


DEFAULTS = [
    ('p.text().default("it\'s")', "'it''s'"),
    ("p.integer().default(0)", "0"),
    ("p.boolean().default(false)", "false"),
    ("p.timestamp().defaultNow()", "now()"),
    ("p.uuid().defaultRandom()", "gen_random_uuid()"),
    ("p.jsonb().default({ a: [1] })", "'{\"a\":[1]}'::jsonb"),
    ('p.text().array().default(["a", "b"])', '\'{"a","b"}\''),
    ("p.text().default(sql`upper(${'x'})`)", "upper('x')"),
    ("p.text().default(sql<string>`'a'::text`)", "'a'::text"),
    ("p.text().$defaultFn(() => crypto.randomUUID())", None),
    ("p.text().default(null)", None),
]


@pytest.mark.parametrize(("source", "text"), DEFAULTS)
def test_a_default_is_its_sql_text(source: str, text: str | None) -> None:
    assert (column(source).has_default, column(source).default) == (True, text)


def test_a_default_that_cannot_be_known_says_why() -> None:
    found = column("p.text().default(make())", 'import { make } from "elsewhere";')

    assert found.default == UnknownDefault(
        unknown="`make` comes from `elsewhere`, which is outside the project"
    )


@pytest.mark.parametrize(
    "value", ["new Date()", "Date.now()", "new Date().toISOString()", "crypto.randomUUID()"]
)
def test_a_default_of_the_moment_is_only_known_at_run_time(value: str) -> None:
    assert column(f"p.text().default({value})").default == UnknownDefault(
        unknown="it is only known at run time"
    )


def test_keys_and_serials_are_never_null() -> None:
    found = [column(one) for one in ("p.serial()", "p.uuid().primaryKey()", "p.text().notNull()", "p.text()")]

    assert [one.not_null for one in found] == [True, True, True, False]
    assert [one.has_default for one in found] == [True, False, False, False]


def test_an_identity_column_keeps_its_kind_and_sequence() -> None:
    found = column('p.integer().generatedAlwaysAsIdentity({ name: "seq", startWith: 5 })')

    assert (found.identity, found.not_null) == (Identity(type="always", name="seq"), True)


def test_a_generated_column_keeps_its_expression() -> None:
    table = table_of(
        'export const t = p.pgTable("t", { a: p.text(), b: p.text().generatedAlwaysAs(() => sql`upper(${t.a})`) });'
    )

    assert table.columns[1].generated == Generated(expression='upper("t"."a")', mode="stored")


def test_a_database_enum_gives_name_and_values_also_inside_arrays() -> None:
    before = 'const s = p.pgSchema("app"); export const level = s.enum("level", ["low", "high"]);'

    for source in ("level()", "level().array()"):
        found = column(source, before)
        assert (found.enum, found.enum_values) == ("level", ("low", "high"))


def test_a_text_enum_has_values_but_no_type() -> None:
    found = column("p.text({ enum: ROLES })", 'const ROLES = ["a", "b"] as const;')

    assert (found.type, found.enum, found.enum_values) == ("text", None, ("a", "b"))


def test_enum_values_come_from_constants_enums_and_zod() -> None:
    schema = schema_of(
        PG
        + """
import { z } from "zod";
enum Color { Red = "red", Blue = "blue" }
const Kind = z.enum(["x", "y"]);
const atLeastOne = <T>(values: T[]) => values as [T, ...T[]];
export const color = p.pgEnum("color", Color);
export const again = p.pgEnum("again", atLeastOne(Object.values(Color)));
export const kind = p.pgEnum("kind", Kind.options);
"""
    )

    assert {one.name: one.values for one in schema.enums} == {
        "color": ("red", "blue"),
        "again": ("red", "blue"),
        "kind": ("x", "y"),
    }


def test_custom_types_are_asked_for_their_type() -> None:
    before = """
const vector = p.customType<{ config: { dimensions: number } }>({
  dataType(config) { return `vector(${config?.dimensions ?? 3})`; },
});"""

    assert column('vector("c", { dimensions: 5 })', before).type == "vector(5)"
    assert column("vector()", before).type == "vector(3)"


def test_columns_made_by_helpers_of_other_files_are_inlined() -> None:
    files = {
        "schema.ts": 'import { pgTable } from "drizzle-orm/pg-core";\nimport { id, times } from "./columns";\n'
        'export const t = pgTable("t", { id: id("t_id"), ...times(), ...{ note: id("n").notNull() } });',
        "columns.ts": 'import { text, timestamp } from "drizzle-orm/pg-core";\n'
        "export const id = (name: string, { size = 10 } = {}) => text(name + size).primaryKey();\n"
        "export function times() { const at = timestamp({ withTimezone: true }); return { createdAt: at }; }",
    }

    table = schema_of(files, casing="snake_case").tables[0]

    assert [(one.key, one.name, one.type) for one in table.columns] == [
        ("id", "t_id10", "text"),
        ("createdAt", "created_at", "timestamp with time zone"),
        ("note", "n10", "text"),
    ]
    assert [one.line for one in table.columns] == [3, 3, 3]


def test_comments_beside_columns_are_kept() -> None:
    table = table_of(
        """export const t = p.pgTable("t", {
  a: p.text(), // beside
  // above
  b: p.text(),

  // apart

  c: p.text(),
  /** of d
   *  in two lines */
  d: p.text(), // and beside
});"""
    )

    assert [one.comment for one in table.columns] == ["beside", "above", None, "and beside"]
    assert [one.line for one in table.columns] == [4, 6, 10, 13]


def test_a_builder_that_is_shared_keeps_what_each_table_saw() -> None:
    schema = schema_of(
        PG
        + 'const c = p.text("c");\nexport const a = p.pgTable("a", { c });\n'
        + 'export const b = p.pgTable("b", { c: c.notNull() });'
    )

    assert [one.columns[0].not_null for one in schema.tables] == [False, True]


def test_arrays_of_version_one_are_dimensions() -> None:
    found = column('p.text().array("[][]")', version="1.0.0-rc.5")

    assert (found.type, found.array) == ("text", 2)


def test_a_column_may_say_its_own_type() -> None:
    table = table_of(
        """
function collate(column, name) {
  const before = column.getSQLType;
  column.getSQLType = function () { return before.call(this) + ` COLLATE "${name}"`; };
  return column;
}
export const t = p.pgTable("t", { a: p.text(), b: p.text() });
collate(t.a, "C");"""
    )

    assert [one.type for one in table.columns] == ['text COLLATE "C"', "text"]


@pytest.mark.parametrize(
    ("imported", "call"),
    [
        ('import * as R from "ramda";', 'R.omit(["b"], base)'),
        ('import { omit } from "ramda";', 'omit(["b"])(base)'),
        ('import R from "ramda";', 'R.pick(["a", "none"], base)'),
        ('import { omit } from "lodash";', 'omit(base, "b")'),
        ('import _ from "lodash-es";', '_.omit(base, ["b"])'),
        ('import { pick } from "es-toolkit";', 'pick(base, ["a"])'),
    ],
)
def test_columns_are_left_out_and_picked_by_well_known_functions(imported: str, call: str) -> None:
    text = f"""{imported}
const base = {{ a: p.text(), b: p.integer() }};
export const t = p.pgTable("t", {{ ...{call}, c: p.uuid() }});"""

    assert [one.name for one in table_of(text).columns] == ["a", "c"]


def test_what_else_such_a_package_exports_is_not_known() -> None:
    table = table_of('import { zip } from "lodash";\nexport const t = p.pgTable("t", { a: zip() });')

    assert [one.why for one in table.unread] == ["column `a` cannot be known: `zip` of `lodash` is not known"]
