"""Constants that grow, cycle or never end are given up soon, and nothing wrong is said to be certain."""

from __future__ import annotations

from pathlib import Path

import pytest
from calm import cpu_seconds
from hostile.stdio import write_project

from shipkit_mcp.facts import Schema
from shipkit_mcp.project import open_project
from shipkit_mcp.readers.drizzle import find_schema, read_schema

HEAD = 'import { integer, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";\n'
USERS = 'export const users = pgTable("users", { id: uuid("id").primaryKey() });\n'
CONFIG = 'export default { schema: "./db/schema.ts", dialect: "postgresql" };'


def ring(size: int) -> dict[str, str]:
    """Files that import each other's constants in a circle."""
    files = {
        f"db/r{n}.ts": f'import {{ v{(n + 1) % size} }} from "./r{(n + 1) % size}";\nexport const v{n} = v{(n + 1) % size};\n'
        for n in range(size)
    }
    files["db/schema.ts"] = (
        HEAD
        + USERS
        + 'import { v0 } from "./r0";\nexport const odd = pgTable("odd", { id: text(v0), b: text("b") });\n'
    )
    return files


def chain(length: int) -> dict[str, str]:
    """A table behind that many re-exports."""
    files = {f"db/c{n}.ts": f'export * from "./c{n + 1}";\n' for n in range(length)}
    files[f"db/c{length}.ts"] = HEAD + 'export const far = pgTable("far", { id: uuid("id").primaryKey() });\n'
    files["db/schema.ts"] = HEAD + USERS + 'export * from "./c0";\n'
    return files


DOUBLING = "const b0 = ['a', 'b'];\n" + "".join(
    f"const b{n} = [...b{n - 1}, ...b{n - 1}];\n" for n in range(1, 31)
)
SPREADING = "const o0 = { a: text('a') };\n" + "".join(
    f"const o{n} = {{ ...o{n - 1}, x{n}: text('x{n}'), ...o{n - 1} }};\n" for n in range(1, 31)
)
CASES: dict[str, dict[str, str]] = {
    "ring of 2": ring(2),
    "ring of 3": ring(3),
    "ring of 200": ring(200),
    "self import": {
        "db/schema.ts": HEAD
        + 'import { x } from "./schema";\nexport const x = x;\n'
        + USERS
        + 'export const odd = pgTable("odd", { id: text(x) });\n'
    },
    "self spread": {
        "db/schema.ts": HEAD + USERS + "const all = [...all, 'a'] as const;\n"
        'export const kind = pgEnum("kind", all);\nexport const odd = pgTable("odd", { k: kind("k") });\n'
    },
    "doubling": {
        "db/schema.ts": HEAD + USERS + DOUBLING + 'export const kind = pgEnum("kind", b30);\n'
        'export const odd = pgTable("odd", { k: kind("k") });\n'
    },
    "spreading columns": {
        "db/schema.ts": HEAD + USERS + SPREADING + 'export const odd = pgTable("odd", { ...o30 });\n'
    },
    "enum of 10,000": {
        "db/schema.ts": HEAD
        + USERS
        + 'export const kind = pgEnum("kind", ['
        + ", ".join(f"'v{n}'" for n in range(10_000))
        + ']);\nexport const odd = pgTable("odd", { k: kind("k") });\n'
    },
    "chain of 500": chain(500),
    "chain of 100": chain(100),
    "function that calls itself": {
        "db/schema.ts": HEAD
        + USERS
        + "const f = (n) => f(n + 1);\nexport const odd = pgTable('odd', { ...f(0) });\n"
    },
    "functions that call each other twice": {
        "db/schema.ts": HEAD
        + USERS
        + "".join(f"const f{n} = () => ({{ ...f{n + 1}(), ...f{n + 1}() }});\n" for n in range(40))
        + "const f40 = () => ({ a: text('a') });\nexport const odd = pgTable('odd', { ...f0() });\n"
    },
    "loop": {
        "db/schema.ts": HEAD + USERS + "const all = [];\nwhile (true) { all.push('x'); }\n"
        'export const kind = pgEnum("kind", all);\n'
    },
    "deep ternary": {"db/schema.ts": HEAD + USERS + "const t = " + "a ? b : " * 5_000 + "c;\n"},
    "deep sum": {
        "db/schema.ts": HEAD
        + USERS
        + "const t = "
        + "'a' + " * 20_000
        + "'b';\nexport const odd = pgTable(t, {});\n"
    },
    "repeated text": {
        "db/schema.ts": HEAD
        + USERS
        + "const t = 'x'.repeat(1e9);\nexport const odd = pgTable(t, { id: uuid('id') });\n"
    },
    "number of 300,000 digits": {
        "db/schema.ts": HEAD
        + USERS
        + f"const t = 0x{'f' * 300_000};\nexport const odd = pgTable(`odd_${{t}}_${{{'9' * 5_000}n}}`, {{}});\n"
    },
    "enum of TypeScript of 20,000": {
        "db/schema.ts": HEAD
        + USERS
        + "enum V { "
        + ", ".join(f"a{n}" for n in range(20_000))
        + " }\nexport const kind = pgEnum('kind', V);\n"
    },
    "wide spreads": {
        "db/schema.ts": HEAD
        + USERS
        + "const wide = {"
        + ", ".join(f"c{n}: 'x{n}'" for n in range(900))
        + "};\nconst kinds = () => ({ "
        + "...wide, " * 4_000
        + "});\nexport const odd = pgTable('odd', { a: text('a', { enum: Object.values(kinds()) }) });\n"
    },
    "concatenated": {
        "db/schema.ts": HEAD
        + USERS
        + "const c0 = ['a', 'b'];\n"
        + "".join(f"const c{n} = c{n - 1}.concat(c{n - 1});\n" for n in range(1, 60))
        + "export const kind = pgEnum('kind', c59);\n"
    },
    "mapped": {
        "db/schema.ts": HEAD
        + USERS
        + "const r = Array.from({ length: 900 }, (_, i) => `c${i}`);\n"
        + "export const kind = pgEnum('kind', r.map((a) => r.map((b) => a + b)).flat());\n"
    },
    "filled array": {
        "db/schema.ts": HEAD
        + USERS
        + "const t = Array(1e9).fill('x');\nexport const kind = pgEnum('kind', t);\n"
    },
}


def read(root: Path, files: dict[str, str]) -> Schema:
    write_project(root, {"drizzle.config.ts": CONFIG, **files})
    view = open_project(None, launch=str(root), environ={}, cwd="/").files()
    try:
        return read_schema(view, find_schema(view, (), None), {})
    finally:
        view.close()


@pytest.mark.parametrize("case", CASES)
def test_it_ends_within_a_second_and_what_is_known_is_still_there(tmp_path: Path, case: str) -> None:
    schema = read(tmp_path, CASES[case])

    assert cpu_seconds(lambda: read(tmp_path, CASES[case])) < 1
    assert schema.table("users") is not None


KNOWN = ("spreading columns", "chain of 100", "deep ternary")
"""Of what stays within the limits everything is known."""
ASKED = [
    case for case in CASES if case not in (*KNOWN, "loop")
]  # behind a loop that never ends nothing is run


@pytest.mark.parametrize("case", KNOWN)
def test_what_stays_within_the_limits_is_read_whole(tmp_path: Path, case: str) -> None:
    schema = read(tmp_path, CASES[case])

    columns = {one.name: [column.name for column in one.columns] for one in schema.tables}
    wide = {"odd": ["a", *(f"x{n}" for n in range(1, 31))]} if case == "spreading columns" else {}
    far = {"far": ["id"]} if case == "chain of 100" else {}
    assert columns == {"users": ["id"], **wide, **far}
    assert schema.unread == ()


@pytest.mark.parametrize("case", ASKED)
def test_what_cannot_be_known_is_said_and_nothing_made_up(tmp_path: Path, case: str) -> None:
    schema = read(tmp_path, CASES[case])

    odd = schema.table("odd")
    unread = [*schema.unread, *(odd.unread if odd else ())]
    assert unread
    assert all(one.path.startswith("db/") and one.line >= 1 and one.why for one in unread)
    if odd:
        assert not [column for column in odd.columns if column.enum_values]
    assert not [one for one in schema.enums if one.values]
    assert schema.table("far") is None
