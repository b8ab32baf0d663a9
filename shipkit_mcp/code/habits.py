"""The existing schema files -> how their author writes Drizzle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shipkit_mcp.code.habits_files import Layout, read_layout
from shipkit_mcp.code.names import CASES, COUNTS, formed, singular, to_camel, to_pascal
from shipkit_mcp.code.places import Sources, chain, collection
from shipkit_mcp.code.tokens import Code
from shipkit_mcp.facts import Schema

CORES = {
    "postgresql": ("drizzle-orm/pg-core", "pgTable"),
    "mysql": ("drizzle-orm/mysql-core", "mysqlTable"),
    "sqlite": ("drizzle-orm/sqlite-core", "sqliteTable"),
}
"""Dialect to where its builders come from, and its function for tables."""
WIDTHS = (80, 100, 110, 120)
EXPORT_SUFFIXES = ("", "Table", "Schema")
ENUM_SUFFIXES = ("Enum", "", "Type")
GIVEN = ("default", "defaultRandom", "$defaultFn", "$default", "autoincrement")
"""Calls that give a key its value."""
Form = tuple[str, str, str]
"""(count, case, suffix) of a name: see ``names.formed``."""


@dataclass(frozen=True, slots=True)
class TypeExport:
    """``export type NewUser = typeof users.$inferInsert;``, the table's name left open."""

    before: str
    after: str
    plural: bool
    value: str
    """With ``{}`` for the table's constant."""


@dataclass(frozen=True)
class Habits:
    """What drafted code must look like to stand beside the old."""

    dialect: str = "postgresql"
    drizzle_version: str | None = None
    namespace: str | None = None
    """Of ``import * as p``."""
    quote: str = '"'
    semicolon: str = ";"
    unit: str = "  "
    trailing: str = ","
    width: int = 100
    names_columns: bool = True
    """Every column says its name in the database."""
    casing: str | None = None
    callback: str | None = None
    """The parameter where columns stand in ``(t) => ({ … })``."""
    array_extra: bool = True
    """The third argument returns an array, not an object."""
    param: str = "table"
    """Of the third argument."""
    key_first: bool = True
    """``.primaryKey()`` before its default."""
    null_first: bool = True
    """``.notNull()`` before ``.default()``."""
    unique_on_column: bool = False
    unique_named: bool = True
    bigint_mode: str = "number"
    timestamp_mode: str | None = None
    table_form: Form = ("", "camel", "")
    enum_form: Form = ("", "camel", "Enum")
    type_exports: tuple[TypeExport, ...] = ()
    comments: bool = True
    layout: Layout = field(default_factory=Layout)

    @property
    def core(self) -> str:
        return CORES[self.dialect][0]

    @property
    def table_function(self) -> str:
        return CORES[self.dialect][1]

    @property
    def is_second_generation(self) -> bool:
        """drizzle-orm 1.0."""
        return (self.drizzle_version or "").lstrip("^~>=v ").startswith("1.")


def read_habits(schema: Schema, sources: Sources, dialect: str) -> Habits:
    """The majority's habit in each respect; the usual where the files say nothing."""
    codes = [code for code in sources.codes.values() if code.tokens]
    calls = list(sources.table_calls(schema))
    if not calls:
        return Habits(dialect=dialect, drizzle_version=schema.choice.drizzle_version)
    quote = _quote(codes)
    chains = _chains(sources, schema)
    array_extra, param = _extra(call_extras(sources, schema), schema.choice.drizzle_version)
    return Habits(
        dialect=dialect,
        drizzle_version=schema.choice.drizzle_version,
        namespace=_namespace(codes, CORES[dialect][0]),
        quote=quote,
        semicolon=_semicolon(codes),
        unit=_unit(codes),
        trailing=_trailing(codes),
        width=_width(codes),
        names_columns=_names_columns(sources, schema),
        casing=schema.choice.casing,
        callback=_callback(sources, schema),
        array_extra=array_extra,
        param=param,
        key_first=_before(chains, ("primaryKey",), GIVEN),
        null_first=_before(chains, ("notNull",), ("default", "defaultNow", "defaultRandom")),
        unique_on_column=_unique_on_column(chains, codes),
        unique_named=not _has(codes, ("unique", "(", ")")),
        bigint_mode="bigint" if _mode(codes, "bigint", "bigint") else "number",
        timestamp_mode="string" if _mode(codes, "timestamp", "string") else None,
        table_form=_form([(one.name, one.key) for one in schema.tables], EXPORT_SUFFIXES)
        or ("", "camel", ""),
        enum_form=_form([(one.name, one.key) for one in schema.enums], ENUM_SUFFIXES)
        or ("", "camel", "Enum"),
        type_exports=_type_exports(schema, codes),
        comments=any(code.comments for code in codes),
        layout=read_layout(schema, sources),
    )


def _most(counted: Counter[str], usual: str) -> str:
    return max(counted, key=lambda one: (counted[one], one == usual)) if counted else usual


def _quote(codes: Iterable[Code]) -> str:
    return _most(
        Counter(t.text[0] for code in codes for t in code.tokens if t.kind == "string" and t.text), '"'
    )


def _semicolon(codes: Iterable[Code]) -> str:
    ends: Counter[str] = Counter()
    for code in codes:
        for at, token in enumerate(code.tokens):
            if token.text == "import" and at + 1 < len(code.tokens):
                end = next((n for n in range(at, len(code.tokens)) if code.tokens[n].kind == "string"), None)
                after = code.tokens[end + 1].text if end is not None and end + 1 < len(code.tokens) else ""
                ends[";" if after == ";" else ""] += 1
    return _most(ends, ";")


def _unit(codes: Iterable[Code]) -> str:
    steps: Counter[str] = Counter()
    for code in codes:
        for line in code.text.split("\n"):
            indent = line[: len(line) - len(line.lstrip())]
            if indent and line.strip() and not line.lstrip().startswith(("*", "//")):
                steps["\t" if indent[0] == "\t" else indent] += 1
    shortest = sorted((one for one in steps if one.startswith(" ")), key=len)
    if steps["\t"] > sum(steps[one] for one in shortest):
        return "\t"
    usual = [one for one in shortest if len(one) in (2, 4) and steps[one] > 1]
    return usual[0] if usual else "  "


def _trailing(codes: Iterable[Code]) -> str:
    seen: Counter[str] = Counter()
    for code in codes:
        for at, closing in code.pairs.items():
            last = code.tokens[closing - 1]
            if closing > at + 1 and "\n" in code.text[last.end : code.tokens[closing].start]:
                seen["," if last.text == "," else ""] += 1
    return _most(seen, ",")


def _width(codes: Iterable[Code]) -> int:
    lines = [
        len(line.expandtabs(2))
        for code in codes
        for line in code.text.split("\n")
        if not line.lstrip().startswith(("//", "*", "/*"))
    ]
    lines.sort()
    usual = lines[len(lines) * 98 // 100] if lines else WIDTHS[1]
    return next((width for width in WIDTHS if usual <= width), WIDTHS[-1])


def _namespace(codes: Iterable[Code], core: str) -> str | None:
    """The name of ``import * as p from "drizzle-orm/pg-core"`` where that is the usual form."""
    names: Counter[str] = Counter()
    for code in codes:
        for at, token in enumerate(code.tokens):
            if token.kind == "string" and token.text[1:-1] == core and at >= 4:
                starred = code.tokens[at - 4].text == "*" and code.tokens[at - 3].text == "as"
                names[code.tokens[at - 2].text if starred else ""] += 1
    return _most(names, "") or None


def call_extras(sources: Sources, schema: Schema) -> list[tuple[str, str | None]]:
    """(bracket, parameter) of every third argument."""
    found = (collection(call, 2) for _, call in sources.table_calls(schema))
    return [(one.kind, one.param) for one in found if one]


def _extra(extras: list[tuple[str, str | None]], version: str | None) -> tuple[bool, str]:
    """Arrays came with 0.36; before that, and where all are objects, it is an object."""
    kinds = Counter(kind for kind, _ in extras)
    params = Counter(param for _, param in extras if param)
    digits = (version or "").lstrip("^~>=v ").split(".")
    old = len(digits) > 1 and digits[0] == "0" and digits[1].isdigit() and int(digits[1]) < 36
    usual = _most(params, "table")
    shared = params[usual] * 3 >= params.total()
    return _most(kinds, "{" if old else "[") == "[", usual if shared else "table"


def _callback(sources: Sources, schema: Schema) -> str | None:
    params: Counter[str] = Counter()
    for _, call in sources.table_calls(schema):
        place = collection(call, 1)
        params[(place.param if place else None) or ""] += 1
    return _most(params, "") or None


def _chains(sources: Sources, schema: Schema) -> list[tuple[str, ...]]:
    """The names chained on every column."""
    found = []
    for _, call in sources.table_calls(schema):
        place = collection(call, 1)
        for start, end in call.code.items(place.opening) if place else ():
            value = chain(call.code, start + 2, end)
            if value:
                found.append(tuple(name for name, _, _ in value.links))
    return found


def _before(chains: Iterable[tuple[str, ...]], first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    votes = 0
    for names in chains:
        one = next((at for at, name in enumerate(names) if name in first), None)
        other = next((at for at, name in enumerate(names) if name in second), None)
        if one is not None and other is not None:
            votes += 1 if one < other else -1
    return votes >= 0


def _names_columns(sources: Sources, schema: Schema) -> bool:
    """Whether columns are given their names; a first argument that is text."""
    named = unnamed = 0
    for _, call in sources.table_calls(schema):
        place = collection(call, 1)
        for start, end in call.code.items(place.opening) if place else ():
            value = chain(call.code, start + 2, end)
            if value is None:
                continue
            opening = next(n for n in range(value.start, value.end) if call.code.tokens[n].text == "(")
            is_named = call.code.tokens[opening + 1].kind == "string"
            named, unnamed = named + is_named, unnamed + (not is_named)
    return named >= unnamed


def _unique_on_column(chains: Iterable[tuple[str, ...]], codes: Iterable[Code]) -> bool:
    chained = sum("unique" in names for names in chains)
    listed = sum(
        token.text == "unique" and code.tokens[at - 1].text != "." and code.tokens[at + 1].text == "("
        for code in codes
        for at, token in enumerate(code.tokens[:-1])
    )
    return chained > listed


def _has(codes: Iterable[Code], texts: tuple[str, ...]) -> bool:
    """Whether these tokens follow each other, with no dot before."""
    size = len(texts)
    return any(
        token.text == texts[0]
        and tuple(one.text for one in code.tokens[at : at + size]) == texts
        and (at == 0 or code.tokens[at - 1].text != ".")
        for code in codes
        for at, token in enumerate(code.tokens[:-size])
    )


def _mode(codes: Iterable[Code], builder: str, mode: str) -> bool:
    """Whether most calls of a builder ask for this mode."""
    asked = other = 0
    for code in codes:
        for at, token in enumerate(code.tokens[:-1]):
            if token.text == builder and at + 1 in code.pairs:
                inside = code.tokens[at + 1 : code.pairs[at + 1]]
                hit = any(one.kind == "string" and one.text[1:-1] == mode for one in inside[2:])
                asked, other = asked + hit, other + (not hit)
    return asked > other


def _form(pairs: Iterable[tuple[str, str]], suffixes: tuple[str, ...]) -> Form | None:
    """The form that turns most names of the database into the constants of the code."""
    votes: Counter[Form] = Counter()
    for name, key in pairs:
        for suffix in suffixes:
            for count in COUNTS:
                for case in ("camel", "pascal", "snake"):
                    form = (count, case, suffix)
                    votes[form] += formed(form, name) == key
    return max(votes, key=lambda form: votes[form]) if any(votes.values()) else None


def _type_exports(schema: Schema, codes: Iterable[Code]) -> tuple[TypeExport, ...]:
    """Forms of exported types that at least half of the tables have."""
    tables = {table.key: table.name for table in schema.tables if table.exported}
    votes: Counter[TypeExport] = Counter()
    for code in codes:
        tokens = code.tokens
        for at in range(len(tokens) - 4):
            if tokens[at].text == "type" and tokens[at + 2].text == "=":
                votes.update(_type_export(code, at, tables))
    return tuple(one for one, count in votes.items() if count * 2 >= len(tables))


def _type_export(code: Code, at: int, tables: Mapping[str, str]) -> list[TypeExport]:
    name, tokens = code.tokens[at + 1].text, code.tokens
    end = next(
        (n for n in range(at + 3, len(tokens)) if tokens[n].text in (";", "export", "type")), len(tokens)
    )
    parts = tokens[at + 3 : end]
    key = next((one.text for one in parts if one.text in tables), None)
    if key is None or len(parts) > 8:
        return []
    value = "".join("{}" if one.text == key else one.text for one in parts).replace("typeof", "typeof ")
    if value not in KNOWN_TYPES:
        return []
    for plural in (False, True):
        stem = to_pascal(tables[key] if plural else singular(tables[key]))
        if stem in name:
            before, _, after = name.partition(stem)
            return [TypeExport(before, after, plural, value)]
    return []


KNOWN_TYPES = {
    "typeof {}.$inferSelect": None,
    "typeof {}.$inferInsert": None,
    "InferSelectModel<typeof {}>": "InferSelectModel",
    "InferInsertModel<typeof {}>": "InferInsertModel",
}
"""Form of an exported type to what it needs from ``drizzle-orm``."""

__all__ = ["CASES", "Habits", "TypeExport", "read_habits", "to_camel"]
