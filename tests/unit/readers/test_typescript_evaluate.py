"""Constants are evaluated exactly, or said to be unknown with the reason."""

from __future__ import annotations

import math

import pytest
from cases.drizzle.project import value_of
from hypothesis import given, settings
from hypothesis import strategies as st

from shipkit_mcp.readers.typescript.values import UNDEFINED, Record, Unknown, Value

EXACT: list[tuple[str, Value]] = [
    ("const x = 'it\\'s \\u0041';", "it's A"),
    ("const a = 'b'; const x = `${a}-${1 + 2 * 3}`;", "b-7"),
    ("const x = [1, ...[2, 3]] as const;", [1, 2, 3]),
    ("const a = { b: 1 }; const x = { ...a, c: { d: 'e' } };", {"b": 1, "c": {"d": "e"}}),
    ("const a = { b: { c: 'd' } } as const; const x = a.b['c'];", "d"),
    ("enum E { A = 'a', B = 'b' } const x = Object.values(E);", ["a", "b"]),
    ("enum E { A, B = 5, C } const x = E.C;", 6),
    ("const a = { p: 1, q: 2 } satisfies R; const x = Object.keys(a);", ["p", "q"]),
    ("const f = (a, { b = 2, ...c } = {}, ...d) => [a, b, d]; const x = f(1, {}, 4);", [1, 2, [4]]),
    (
        "function f(n: string) { const m = n.toUpperCase(); if (m === 'A') { return m; } return 1 } const x = f('a');",
        "A",
    ),
    ("const x = f(); function f() { return g(); function g() { return 'later'; } }", "later"),
    ("const [a, , b] = [1, 2, 3]; const x = b;", 3),
    ("const { a: { b: x } } = { a: { b: 4 } };", 4),
    ("const a = undefined; const x = a?.b.c;", UNDEFINED),
    ("const x = (true ? 'a' : 'b') + (null ?? 'c') + (0 || 'd');", "abcd"[0] + "cd"),
    ("const x = ['a', 'b'].map((v) => v + '!').join(',');", "a!,b!"),
    ("const x = 'my app'.replace(/\\s/g, '_');", "my_app"),
    ("const x = 'someName'.replace(/([A-Z])/g, '_$1').toLowerCase();", "some_name"),
    ("const x = Object.fromEntries(Object.entries({ a: 1 }));", {"a": 1}),
    ("namespace N { export const a = 'in'; const b = 1; } const x = N.a;", "in"),
    ("const x = typeof 'a' === 'string' && !false && -1 < 0;", True),
    ("const x = Math.max(1, 2) ** 3;", 8),
    ("let x = 9; for (let i = 0; i < 900; i++) x *= x;", math.inf),
    ("let x = 1; for (let i = 0; i < 900; i++) x += x;", 2.0**900),
    ("const x = String(9007199254740993 + 0);", "9007199254740992"),
    ("let r = {}; const f = () => { const o = {}; o.a = 1; return o; }; const x = f();", {"a": 1}),
]

UNKNOWN = [
    ("const x = process.env.PREFIX;", "the environment variable `PREFIX` is not read"),
    ("import { x } from 'elsewhere';", "`x` comes from `elsewhere`, which is outside the project"),
    ("import { x } from './gone';", "`x` comes from `./gone`, which was not found"),
    ("const x = y;", "`y` is not declared"),
    ("const x = y; const y = x;", "`x` refers to itself"),
    ("async function f() { return 1 } const x = f();", "an asynchronous function is called"),
    ("const f = (n) => f(n + 1); const x = f(0);", "functions call each other too deep"),
    ("function f() { for (;;) {} } const x = f();", "takes too many steps to evaluate"),
    ("function f() { try { return 1 } finally {} } const x = f();", "a try statement is not followed"),
    ("let n = 0; const f = () => ++n; const x = f();", "`n` changes while the program runs"),
    ("let x = 'a'; if (process.env.B) x = 'b';", "the environment variable `B` is not read"),
    ("const f = () => { for (const a of far()) return a; }; const x = f();", "`far` is not declared"),
    (
        "function f() { a: for (const b of [1]) break a; } const x = f();",
        "a labeled statement is not followed",
    ),
    ("const f = (k) => { switch (k) { case far: return 1; } }; const x = f(1);", "`far` is not declared"),
    ("const x = new Thing();", "`new Thing` is not evaluated"),
    ("const x = 'a'.replace(/(a+)+$/, 'b');", "a regular expression is not evaluated"),
]


@pytest.mark.parametrize(("text", "value"), EXACT)
def test_what_can_be_known_is_exact(text: str, value: Value) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(("text", "why"), UNKNOWN)
def test_what_cannot_be_known_says_why(text: str, why: str) -> None:
    value = value_of(text)

    assert isinstance(value, Unknown)
    assert value.why == why


@pytest.mark.parametrize(
    "statement",
    [
        "for (const one of far) x[one] = 1;",
        "if (process.env.A) x.b = 2;",
        "try { x.b = 2; } catch {}",
        "far.forEach((one) => { x[one] = 1; });",
        "fill(x); function fill(y) { try { y.b = 2; } catch {} }",
        "Object.defineProperty(x, 'b', { value: 2 });",
        "x[far] = 3;",
        "delete x[far];",
    ],
)
def test_an_object_is_not_whole_after_a_statement_that_could_not_be_followed(statement: str) -> None:
    value = value_of(f"const x = {{ a: 1 }}; {statement}")

    assert isinstance(value, Record)
    assert value["a"] == 1
    assert value.rest


def test_what_another_package_is_given_stays_as_it_is() -> None:
    value = value_of("import { check } from 'elsewhere'; const x = { a: 1 }; check(x); console.log(x);")

    assert isinstance(value, Record)
    assert not value.rest


def test_an_unknown_value_remembers_what_it_falls_back_to() -> None:
    value = value_of("const x = `${process.env.PREFIX ?? 'app'}_users`;")

    assert isinstance(value, Unknown)
    assert value.fallback == "app_users"


@pytest.mark.parametrize("form", ["[...{0}, ...{0}]", "`${{{0}}}${{{0}}}`", "{0} + {0}"])
def test_doubling_stops_at_a_limit(form: str) -> None:
    start = "['a', 'b']" if "..." in form else "'ab'"
    lines = [f"const a{at + 1} = {form.format(f'a{at}')};" for at in range(30)]

    value = value_of(f"const a0 = {start};\n" + "\n".join(lines), "a30")

    assert isinstance(value, Unknown) or (value == [] and 0 < len(value.rest) < 10)


def test_a_long_sum_is_given_up_rather_than_followed_too_deep() -> None:
    value = value_of("const x = 1" + " + 1" * 500 + ";")

    assert isinstance(value, Unknown)
    assert value.why == "is nested too deep to evaluate"


def test_a_long_chain_of_calls_is_followed() -> None:
    assert value_of("const x = 'a'" + ".trim()" * 300 + ";") == "a"


def test_values_come_from_other_files_through_barrels_and_cycles() -> None:
    files = {
        "main.ts": "import { a as x } from './lib';\nexport const main = 1;",
        "lib/index.ts": "export * from './one';\nexport * from './two';\nexport { b as a } from './two';",
        "lib/one.ts": "export * from './index';\nexport const other = 1;",
        "lib/two.ts": "import { main } from '../main';\nexport const b = `two${main}`;",
    }

    assert value_of(files) == "two1"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "{",
                "}",
                "[",
                "]",
                "(",
                ")",
                "=>",
                "...",
                ",",
                "'s'",
                "`${",
                "}`",
                ".",
                "?",
                ":",
                "1",
                "+",
                "new ",
                "f",
            ]
        ),
        max_size=25,
    )
)
def test_any_expression_has_a_value_or_a_reason(parts: list[str]) -> None:
    text = f"const f = (a) => a;\nconst a = 1;\nconst x = {''.join(parts)};\nconst end = 2;"

    assert value_of(text, "a") == 1


def test_objects_that_spread_each_other_are_exported_once() -> None:
    text = "const a = { x: 1, ...b }; const b = { ...a, y: 2 }; module.exports = { ...a, ...module.exports };"

    assert value_of(
        {"main.ts": "import { x, y } from './other'; const z = [x, y];", "other.js": text}, "z"
    ) == [1, 2]
