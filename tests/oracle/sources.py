"""Random Drizzle schemas as TypeScript source, in the styles that people write."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

_TEXT = st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs")), max_size=6)
_WORDS = st.from_regex(r"[a-z][a-z0-9]{0,4}(?:[A-Z_][a-z0-9]{1,3}){0,2}", fullmatch=True)


def _literal(value: object) -> str:
    return json.dumps(value)


def _none() -> st.SearchStrategy[str]:
    return st.just("")


_texts = _TEXT.map(_literal)
_integers = st.integers(-9_999, 9_999).map(str)
_flags = st.sampled_from(("true", "false"))
_json = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=5,
).filter(lambda value: isinstance(value, list | dict))
_values = st.lists(_WORDS, min_size=1, max_size=3, unique=True)


@dataclass(frozen=True)
class Kind:
    """A column type: its function, its options in braces, its defaults as source."""

    function: str
    options: st.SearchStrategy[str]
    default: st.SearchStrategy[str]
    array: bool = True
    needs: bool = False
    """Whether the options must be given."""


def _braces(given: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f"{name}: {value}" for name, value in given.items()) + " }" if given else ""


def _options(**fields: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.fixed_dictionaries({}, optional=fields).map(_braces)


def _required(**fields: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.fixed_dictionaries(fields).map(_braces)


_size = st.integers(1, 300).map(str)
_small = st.integers(1, 6).map(str)
_enum = _values.map(lambda values: f"{json.dumps(values)}")
_now = st.sampled_from(("sql`now()`", "sql`CURRENT_TIMESTAMP`", 'new Date("2024-05-06T07:08:09.000Z")'))

_PG = (
    Kind("text", _options(enum=_enum), _texts),
    Kind("varchar", _options(length=_size), _texts),
    Kind("char", _options(length=_size), _texts),
    Kind("integer", _none(), _integers),
    Kind("smallint", _none(), _integers),
    Kind("bigint", _required(mode=st.just('"number"')), _integers, needs=True),
    Kind("serial", _none(), _integers, array=False),
    Kind("boolean", _none(), _flags),
    Kind("numeric", st.just("") | _required(precision=st.just("12"), scale=_small), st.just('"1.5"')),
    Kind("doublePrecision", _none(), st.sampled_from(("1.5", "-0.25", "3"))),
    Kind("jsonb", _none(), _json.map(_literal)),
    Kind("uuid", _none(), st.just("sql`gen_random_uuid()`")),
    Kind("timestamp", _options(withTimezone=_flags, precision=_small), _now),
    Kind("date", _none(), st.just('"2024-05-06"')),
    Kind("time", _options(precision=_small), st.just('"10:00"')),
    Kind("interval", _none(), st.just('"1 day"')),
    Kind("vector", _required(dimensions=_size), _none(), array=False, needs=True),
)
_MYSQL = (
    Kind("text", _options(enum=_enum), _none()),
    Kind("varchar", _required(length=_size), _texts, needs=True),
    Kind("int", _options(unsigned=_flags), _integers),
    Kind("tinyint", _options(unsigned=_flags), _integers),
    Kind("bigint", _required(mode=st.just('"number"'), unsigned=_flags), _integers, needs=True),
    Kind("boolean", _none(), _flags),
    Kind("decimal", st.just("") | _required(precision=st.just("12"), scale=_small), st.just('"1.5"')),
    Kind("double", _none(), st.sampled_from(("1.5", "-0.25"))),
    Kind("json", _none(), _json.map(_literal)),
    Kind("mysqlEnum", _enum, _none(), needs=True),
    Kind("timestamp", _options(fsp=_small), _now),
    Kind("datetime", _options(fsp=_small), _now),
    Kind("date", _none(), _none()),
)
_SQLITE = (
    Kind("text", _options(length=_size), _texts),
    Kind("integer", _none(), _integers),
    Kind("integer", _required(mode=st.just('"boolean"')), _flags, needs=True),
    Kind("integer", _required(mode=st.just('"timestamp"')), _now, needs=True),
    Kind("text", _required(mode=st.just('"json"')), _json.map(_literal), needs=True),
    Kind("text", _required(enum=_enum), _none(), needs=True),
    Kind("real", _none(), st.sampled_from(("1.5", "-2.25"))),
    Kind("blob", _none(), _none()),
    Kind("numeric", _none(), st.just('"1.5"')),
)
KINDS: Mapping[str, Sequence[Kind]] = {"pg": _PG, "mysql": _MYSQL, "sqlite": _SQLITE}


@dataclass(frozen=True)
class Style:
    """How one schema is written."""

    dialect: str
    namespace: bool
    callback: bool
    record: bool
    shared: bool
    helper: bool
    sized_arrays: bool

    def call(self, name: str) -> str:
        return f"d.{name}" if self.namespace else name

    def table(self) -> str:
        return self.call(f"{self.dialect}Table")


@st.composite
def _column(draw: st.DrawFn, style: Style, key: str, targets: Sequence[str]) -> str:
    kind = draw(st.sampled_from(KINDS[style.dialect]))
    options = draw(kind.options)
    name = draw(st.sampled_from(("", _literal(key), _literal(key + "_db"))))
    given = ", ".join(one for one in (name, options) if one)
    function = f"t.{kind.function}" if style.callback else style.call(kind.function)
    chain = draw(st.permutations(_chain(draw, kind, style, targets)))
    return f"{key}: {function}({given})" + "".join(chain)


def _chain(draw: st.DrawFn, kind: Kind, style: Style, targets: Sequence[str]) -> list[str]:
    chain: list[str] = []
    array = style.dialect == "pg" and kind.array and draw(st.integers(0, 5)) == 0
    if array:
        sized = (".array()", ".array().notNull()", ".array(3)")
        return [draw(st.sampled_from(sized if style.sized_arrays else sized[:-1]))]
    default = draw(kind.default)
    if default and draw(st.booleans()):
        chain.append(f".default({default})")
    elif draw(st.integers(0, 6)) == 0:
        chain.append(draw(st.sampled_from((".$defaultFn(() => make())", ".$onUpdate(() => make())"))))
    if draw(st.booleans()):
        chain.append(".notNull()")
    if draw(st.integers(0, 5)) == 0:
        chain.append(draw(st.sampled_from((".unique()", '.unique("once")'))))
    if targets and draw(st.integers(0, 3)) == 0:
        options = draw(st.sampled_from(("", ', { onDelete: "cascade" }', ', { onUpdate: "restrict" }')))
        chain.append(f".references((): any => {draw(st.sampled_from(targets))}.id{options})")
    return chain


_CONSTRAINTS = (
    "{d}index('i').on(t.{a})",
    "{d}uniqueIndex('u').on(t.{b}, t.{a})",
    "{d}index('e').on(sql`lower(${{t.{a}}})`, t.{b})",
    "{d}unique().on(t.{a}, t.{b})",
    "{d}unique('n').on(t.{b})",
    "{d}primaryKey({{ columns: [t.{a}, t.{b}] }})",
    "{d}check('c', sql`${{t.{a}}} <> ${{t.{b}}}`)",
    "{d}foreignKey({{ columns: [t.{a}], foreignColumns: [t.{b}] }}).onDelete('set null')",
)
"""Over two columns."""

_PARTIAL = "{d}index('w').on(t.{a}).where(sql`${{t.{b}}} is not null`)"


@st.composite
def _table(draw: st.DrawFn, style: Style, name: str, targets: Sequence[str]) -> str:
    keys = draw(st.lists(_WORDS.map("c{}".format), min_size=2, max_size=6, unique_by=str.lower))
    columns = [draw(_column(style, key, targets)) for key in keys]
    parts = [_first(style), *(["...shared"] if style.shared else []), *columns]
    if style.helper:
        parts.append("made: helper('made_by', true)")
    body = "{ " + ", ".join(parts) + " }"
    columns_source = f"(t) => ({body})" if style.callback else body
    known = _CONSTRAINTS if style.dialect == "mysql" else (*_CONSTRAINTS, _PARTIAL)
    chosen = draw(st.lists(st.sampled_from(known), max_size=3, unique=True))
    rules = [one.format(d=style.call(""), a=keys[0], b=keys[1]) for one in chosen]
    return f"export const {name} = {style.table()}({_literal(name)}, {columns_source}{_third(style, rules)});"


def _first(style: Style) -> str:
    kind = {"pg": "uuid", "mysql": "int", "sqlite": "integer"}[style.dialect]
    function = f"t.{kind}" if style.callback else style.call(kind)
    return f"id: {function}('id').primaryKey()"


def _third(style: Style, rules: Sequence[str]) -> str:
    if not rules:
        return ""
    if style.record:
        return ", (t) => ({ " + ", ".join(f"r{at}: {rule}" for at, rule in enumerate(rules)) + " })"
    return ", (t) => [" + ", ".join(rules) + "]"


@st.composite
def schemas(draw: st.DrawFn, *, sized_arrays: bool = True) -> str:
    """The source of a module with one to four tables; 1.0 knows no arrays of a given size."""
    flags = [st.booleans() for _ in range(5)]
    style = draw(st.builds(Style, st.sampled_from(sorted(KINDS)), *flags, st.just(sized_arrays)))
    names = draw(
        st.lists(
            _WORDS.map("c{}".format).map(lambda word: "t" + word), min_size=1, max_size=4, unique_by=str.lower
        )
    )
    tables = [draw(_table(style, name, names)) for name in names]
    text = style.call("text")
    return "\n".join(
        (
            *_imports(style),
            "const make = (): any => undefined;",
            f"const shared = {{ note: {text}('note'), at: {text}().notNull() }};",
            f"const helper = (name: string, must = false) => must ? {text}(name).notNull() : {text}(name);",
            *tables,
        )
    )


def _imports(style: Style) -> tuple[str, str]:
    core = f"drizzle-orm/{style.dialect}-core"
    if style.namespace:
        return ('import { sql } from "drizzle-orm";', f'import * as d from "{core}";')
    functions = {kind.function for kind in KINDS[style.dialect]}
    constraints = {
        "index",
        "uniqueIndex",
        "unique",
        "primaryKey",
        "check",
        "foreignKey",
        f"{style.dialect}Table",
    }
    names = ", ".join(sorted(functions | constraints))
    return ('import { sql } from "drizzle-orm";', f'import {{ {names} }} from "{core}";')
