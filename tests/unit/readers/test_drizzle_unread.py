"""What cannot be known is said, and nothing is made up; no text breaks the reader."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from cases.drizzle.project import PG, Memory, schema_of
from hypothesis import given, settings
from hypothesis import strategies as st

from shipkit_mcp.facts import SchemaChoice, Source
from shipkit_mcp.readers.drizzle import read_schema
from shipkit_mcp.readers.typescript import limits
from shipkit_mcp.readers.typescript.evaluate import OUR_FAULT
from shipkit_mcp.readers.typescript.expressions import EXPRESSIONS

OUTSIDE = 'import { far, makeTable } from "@acme/far";\n'


def whys(text: str) -> list[tuple[int, str]]:
    schema = schema_of(PG + OUTSIDE + text)
    return [(one.line, one.why) for one in (*schema.unread, *(u for t in schema.tables for u in t.unread))]


FAR = "`far` comes from `@acme/far`, which is outside the project"

CASES = [
    ('export const t = p.pgTable("t", { a: far() });', f"column `a` cannot be known: {FAR}"),
    ('export const t = p.pgTable("t", { ...far });', f"some columns cannot be known: {FAR}"),
    ('export const t = p.pgTable("t", far);', f"its columns cannot be known: {FAR}"),
    (
        'export const t = p.pgTable("t", { a: p.uuid().references(() => far.id) });',
        f"what column `a` references cannot be known: {FAR}",
    ),
    (
        'export const t = p.pgTable("t", { a: p.varchar({ length: far }) });',
        f"the type of column `a` cannot be known: {FAR}",
    ),
    ('export const t = p.pgTable("t", {}, far);', f"its constraints cannot be known: {FAR}"),
    (
        'export const t = p.pgTable("t", { a: p.text() }, (t) => [p.index("i").on(t.a).where(far)]);',
        f"an index cannot be known: {FAR}",
    ),
    (
        'export const t = p.pgTable("t", { a: p.text() }, (t) => [p.unique().on(t.b)]);',
        "a unique constraint cannot be known: table `t` has no column `b`",
    ),
    (
        'export const t = makeTable("t", { a: p.text() });',
        "table `t` cannot be known: `makeTable` comes from `@acme/far`, which is outside the project",
    ),
    (
        'export const t = process.env.FLAG ? p.pgTable("a", {}) : p.pgTable("b", {});',
        "table `t` cannot be known: the environment variable `FLAG` is not read",
    ),
    (
        'import { createTable as make } from "@acme/far";\nexport const t = make("t", {});',
        "table `t` cannot be known: `createTable` comes from `@acme/far`, which is outside the project",
    ),
    (
        "export const t = p.pgTableCreator((n) => `${process.env.PREFIX}_${n}`)('t', {});",
        "its name (or a part of it) cannot be known: the environment variable `PREFIX` is not read",
    ),
    ('export * from "@acme/far";', "what is re-exported from `@acme/far`, which is outside the project"),
    (
        'export { users } from "@acme/far";',
        "`users` cannot be known: `users` comes from `@acme/far`, which is outside the project",
    ),
    (
        'export const t = p.pgTable("t", {}, () => [p.check("c", sql`a IN (${sql.join(far, sql`, `)})`)]);',
        f"check cannot be known: {FAR}",
    ),
    ('export const e = p.pgEnum("e", far);', f"the values of enum `e` cannot be known: {FAR}"),
]


@pytest.mark.parametrize(("text", "why"), CASES)
def test_what_cannot_be_known_is_unread_with_its_line(text: str, why: str) -> None:
    found = whys(text)

    assert why in [one for _, one in found]
    assert all(line in (3, 4, 5) for line, _ in found)


def test_a_column_is_unread_at_its_own_line_not_at_the_import() -> None:
    table = 'export const t = p.pgTable("t", {\n  b: p.text(),\n  a: far(),\n});'

    assert whys(table) == [(whys(table)[0][0], f"column `a` cannot be known: {FAR}")]
    assert (PG + OUTSIDE + table).splitlines()[whys(table)[0][0] - 1] == "  a: far(),"


def test_the_rest_of_a_table_is_still_read() -> None:
    table = schema_of(
        PG + OUTSIDE + 'export const t = p.pgTable("t", { a: far(), b: p.text().notNull() });'
    ).tables[0]

    assert [(one.key, one.not_null) for one in table.columns] == [("b", True)]


def test_a_prefix_from_the_environment_falls_back_to_its_default() -> None:
    table = schema_of(
        PG
        + 'const make = p.pgTableCreator((n) => `${process.env.PREFIX ?? "app"}_${n}`);\n'
        + 'export const t = make("t", {});'
    ).tables[0]

    assert (table.name, len(table.unread)) == ("app_t", 1)


def test_other_exports_are_no_business_of_the_schema() -> None:
    assert (
        whys(
            'import { createInsertSchema } from "drizzle-zod";\nexport const t = p.pgTable("t", {});\n'
            "export const insertT = createInsertSchema(t, {});\nexport type T = typeof t.$inferSelect;\n"
            "export const db = drizzle(far, { schema: { t } });\nexport function helper() { return far(); }"
        )
        == []
    )


def test_a_file_that_is_missing_or_broken_is_told() -> None:
    missing = schema_of({}, "schema.ts")
    broken = schema_of(PG + "export const = ;\nexport const t = p.pgTable('t', {});")

    assert [one.why for one in missing.unread] == ["the file could not be read"]
    assert [one.line for one in broken.unread] == [3]
    assert [one.name for one in broken.tables] == ["t"]


@pytest.mark.parametrize(
    "text", ["export { a };", "export default a", "export * from './schema';", "export {", ""]
)
def test_a_file_that_declares_nothing_has_no_tables(text: str) -> None:
    assert schema_of(text).tables == ()


def test_no_files_make_an_empty_schema() -> None:
    schema = read_schema(Memory({}), SchemaChoice())

    assert (schema.tables, schema.unread, schema.files) == ((), (), ())


def test_a_table_that_takes_too_much_is_named_and_the_next_one_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_STEPS", 60)
    many = ", ".join(f"c{at}: p.text()" for at in range(80))

    schema = schema_of(
        PG
        + f'export const big = p.pgTable("big", {{ {many} }});\nexport const t = p.pgTable("t", {{ a: p.text() }});'
    )

    assert [one.name for one in schema.tables] == ["t"]
    assert [one.why for one in schema.unread] == [
        "table `big` cannot be known: takes too many steps to evaluate"
    ]


def test_shared_sql_that_doubles_does_not_grow_without_end() -> None:
    doubled = "".join(f"const s{at + 1} = sql`${{s{at}}} ${{s{at}}}`;\n" for at in range(40))
    nested = "".join(f"const o{at + 1} = [o{at}, o{at}];\n" for at in range(40))

    schema = schema_of(
        PG
        + f"const s0 = sql`a`;\n{doubled}const o0 = [1];\n{nested}"
        + 'export const t = p.pgTable("t", { a: p.text().default(s40), b: p.jsonb().default(o40) });'
    )

    assert all("unknown" in str(one.default) for one in schema.tables[0].columns)


class Counting(Memory):
    """Counts reads."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__(texts)
        self.listed = 0

    def under(self, folder: str = "") -> Sequence[str]:
        self.listed += 1
        return super().under(folder)


def test_an_unchanged_schema_is_kept_and_a_changed_one_read_again() -> None:
    files = {
        "schema.ts": PG + 'import { c } from "./c";\nexport const t = p.pgTable("t", { c });',
        "c.ts": 'import { text } from "drizzle-orm/pg-core";\nexport const c = text();',
    }
    memo: dict[str, object] = {}
    choice = SchemaChoice(files=("schema.ts",))

    first = read_schema(Memory(files), choice, memo)
    second = read_schema(Memory(files), choice, memo)
    changed = read_schema(
        Memory({**files, "c.ts": files["c.ts"].replace("text()", "text().notNull()")}), choice, memo
    )

    assert second is first
    assert [one.columns[0].not_null for one in (*first.tables, *changed.tables)] == [False, True]


def test_a_file_that_appears_is_noticed() -> None:
    text = PG + 'import { c } from "./c";\nexport const t = p.pgTable("t", { c });'
    memo: dict[str, object] = {}
    choice = SchemaChoice(files=("schema.ts",))

    before = read_schema(Memory({"schema.ts": text}), choice, memo)
    after = read_schema(
        Memory(
            {
                "schema.ts": text,
                "c.ts": 'import { text } from "drizzle-orm/pg-core";\nexport const c = text();',
            }
        ),
        choice,
        memo,
    )

    assert (len(before.tables[0].columns), len(after.tables[0].columns)) == (0, 1)


def test_packages_are_not_looked_for_where_nothing_needs_them() -> None:
    files = Counting(
        {
            "schema.ts": PG + 'import { nanoid } from "nanoid";\n'
            'export const t = p.pgTable("t", { a: p.text().$defaultFn(() => nanoid()) });'
        }
    )

    read_schema(files, SchemaChoice(files=("schema.ts",)))

    assert files.listed == 0


SCHEMA = (
    PG
    + """const times = { at: p.timestamp("at", { withTimezone: true }).defaultNow().notNull() };
export const level = p.pgEnum("level", ["a", "b"] as const);
export const users = p.pgTable("users", { id: p.uuid().primaryKey(), ...times, level: level() });
export const t = p.pgTable("t", { u: p.uuid().references(() => users.id, { onDelete: "cascade" }) }, (t) => [
  p.index("i").on(t.u).where(sql`${t.u} is not null`), p.check("c", sql`1 > 0`),
]);
"""
)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, len(SCHEMA)),
    st.integers(0, 30),
    st.sampled_from(
        ["", "{", "}", "(", ")", "[", "`", "${", "=>", "...", "null", ".a", "()", ",", "'", "users", "p."]
    ),
)
def test_half_edited_schemas_are_read_without_an_exception(at: int, cut: int, new: str) -> None:
    text = SCHEMA[:at] + new + SCHEMA[at + cut :]

    schema = schema_of(text)

    assert all(one.path in ("schema.ts", "") for one in schema.unread)


def test_a_fault_of_ours_costs_the_table_that_showed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_given: object) -> None:
        raise ValueError

    monkeypatch.setitem(EXPRESSIONS, "unary_expression", wrong)
    read = schema_of(
        PG
        + 'export const a = p.pgTable("a", { id: p.integer("id").default(-1) });\n'
        + 'export const b = p.pgTable("b", { id: p.integer("id") });\n'
    )

    assert [table.name for table in read.tables] == ["b"]
    assert [one.why for one in read.unread] == [f"table `a` cannot be known: {OUR_FAULT} (ValueError)"]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_schema_or_unread(text: str) -> None:
    schema = read_schema(_One(text), SchemaChoice(files=("a.ts",)))

    assert schema.files == ("a.ts",)


class _One:
    def __init__(self, text: str) -> None:
        self.text = text

    def get(self, path: str) -> Source | None:
        return Source(path, self.text) if path == "a.ts" else None

    def under(self, folder: str = "") -> Sequence[str]:
        return ("a.ts",) if not folder else ()


@pytest.mark.parametrize(
    "text",
    [
        'export const t = far(p.pgTable("t", { a: p.text() }));',
        'export let t; if (process.env.A) t = p.pgTable("a", {}); else { t = p.pgTable("b", {}); }',
        'let t; switch (process.env.A) { case "x": t = p.pgTable("a", {}); }\nexport { t };',
    ],
)
def test_a_table_that_something_unknown_decides_or_wraps_is_named(text: str) -> None:
    schema = schema_of(PG + OUTSIDE + text)

    assert schema.tables == ()
    assert [one.why.split(" cannot")[0] for one in schema.unread] == ["table `t`"]
