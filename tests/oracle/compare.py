"""What drizzle-orm says of a schema against what our reader says: counts by kind, and every difference."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shipkit_mcp.facts import Column, Schema, Table, UnknownDefault

DIALECTS = {"pg": "postgresql"}
OUTCOMES = ("found", "wrong", "missed", "unread", "invented")

Key = tuple[object, ...]


@dataclass
class Score:
    """Counts of (kind, outcome) and the differences, one sentence each."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def add(self, kind: str, outcome: str, where: str, theirs: object = "", ours: object = "") -> None:
        self.counts[kind, outcome] += 1
        if outcome != "found":
            self.differences.append(f"{kind} {outcome}: {where}: drizzle-orm {theirs!r}, ours {ours!r}")

    def kinds(self) -> list[str]:
        return list(dict.fromkeys(kind for kind, _ in self.counts))

    def merge(self, other: Score) -> None:
        self.counts += other.counts
        self.differences += other.differences


def compare(truth: Mapping[str, Any], schema: Schema, casing: str | None = None) -> Score:
    """Scores ``schema`` against a dump; ``casing`` allows derived names in either spelling, as drizzle-kit
    rewrites those that drizzle-orm derives."""
    score = Score()
    _tables(score, truth, schema, casing)
    exported = _names(truth["enums"])
    used = {column.get("enumName") for table in truth["tables"] for column in table["columns"]}
    reached = [one for one in schema.enums if one.path not in schema.choice.files or one.name in used]
    enums = [one for one in schema.enums if one.name in exported or one not in reached]
    _match(
        score,
        "enums",
        "",
        {_named(one): tuple(one["values"]) for one in truth["enums"]},
        {(one.namespace, one.name): one.values for one in enums},
    )
    _match(
        score,
        "views",
        "",
        {_named(one): _their_view(one) for one in truth["views"]},
        {(one.namespace, one.name): (one.materialized, one.existing, one.columns) for one in schema.views},
    )
    _match(
        score,
        "sequences",
        "",
        {_named(one): () for one in truth["sequences"]},
        {(one.namespace, one.name): () for one in schema.sequences},
    )
    _match(
        score,
        "relations",
        "",
        dict(_their_relations(truth)),
        {(one.table, one.name): (one.kind, one.target) for one in schema.relations},
    )
    return score


def _names(items: Iterable[Mapping[str, Any]]) -> set[str]:
    return {one["name"] for one in items}


def _named(one: Mapping[str, Any]) -> Key:
    return (one["schema"], one["name"])


def _their_view(one: Mapping[str, Any]) -> Key:
    columns = tuple(each["name"] if isinstance(each, dict) else each for each in one["columns"])
    return (one["materialized"], one["existing"], columns)


def _their_relations(truth: Mapping[str, Any]) -> Iterable[tuple[Key, Key]]:
    for one in truth["relations"]:
        for each in one.get("relations", [one]):
            yield (one["table"], each["name"]), (each["type"], each["target"])
    for whole in truth.get("relationsV2", ()):
        for one in whole["tables"]:
            for each in one["relations"]:
                yield (one["table"], each["name"]), (each["type"], each["target"])


def _tables(score: Score, truth: Mapping[str, Any], schema: Schema, casing: str | None) -> None:
    rest = [one for one in schema.tables if one.exported]
    policies = {(one["on"], one["name"]) for one in truth.get("policies", ()) if one.get("on")}
    for table in truth["tables"]:
        mine = _same_table(table, rest)
        if mine is None:
            score.add("tables", "unread" if schema.unread else "missed", _shown(_place(table)))
            score.counts["columns", "missed"] += len(table["columns"])
            score.counts["foreign keys", "missed"] += len(table["foreignKeys"])
            continue
        rest.remove(mine)
        score.add("tables", "found", _shown(_place(table)))
        _table(score, table, mine, casing, {name for on, name in policies if on == table["name"]})
    for one in rest:
        score.add("tables", "invented", _shown((one.dialect, one.namespace, one.name)), None, one.path)


def _same_table(theirs: Mapping[str, Any], ours: Iterable[Table]) -> Table | None:
    """The table of that name under one of the keys that it is exported as."""
    keys = {one["key"] for one in theirs["exports"]}
    found = (
        one for one in ours if (one.dialect, one.namespace, one.name) == _place(theirs) and one.key in keys
    )
    return next(found, None)


def _place(one: Mapping[str, Any]) -> Key:
    return (DIALECTS.get(one["dialect"], one["dialect"]), one["schema"], one["name"])


def _shown(place: Key) -> str:
    return ".".join(str(one) for one in place[1:3] if one)


def _table(
    score: Score, theirs: Mapping[str, Any], ours: Table, casing: str | None, linked: set[str]
) -> None:
    where = ours.name
    mine = {(one.key, one.name): one for one in ours.columns}
    for column in theirs["columns"]:
        found = mine.pop((column["key"], column["name"]), None)
        at = f"{where}.{column['name']}"
        if found is None:
            score.add("columns", "unread" if ours.unread else "missed", at, column["sqlType"])
        else:
            _column(score, at, column, found)
    for column in mine.values():
        score.add("columns", "invented", f"{where}.{column.name}", None, column.type)
    _constraints(score, where, theirs, ours, casing, linked)


_MEASURED = re.compile(r"(?:vector|halfvec|sparsevec|bit)\(.*\)$")
"""Types whose ``dimensions`` are no array's."""


def _column(score: Score, at: str, theirs: Mapping[str, Any], ours: Column) -> None:
    """A column is found when all of it is right."""
    dims = 0 if _MEASURED.match(theirs["sqlType"]) else theirs.get("dims") or 0
    facts = {
        "type": (theirs["sqlType"], ours.type),
        "not null": (theirs["notNull"], ours.not_null),
        "primary key": (theirs["primaryKey"], ours.primary_key),
        "unique": (theirs["unique"], ours.unique),
        "has default": (theirs["hasDefault"], ours.has_default),
        "array": (dims, ours.array),
        "enum": (theirs.get("enumName"), ours.enum),
        "values": (tuple(theirs.get("enumValues") or ()), ours.enum_values or ()),
        "auto increment": (_counts(theirs), ours.auto_increment),
        "identity": (_their_identity(theirs), _our_identity(ours)),
        "generated": (_their_generated(theirs), _our_generated(ours)),
    }
    wrong = {name: pair for name, pair in facts.items() if pair[0] != pair[1]}
    if not same_default(theirs.get("default"), ours.default):
        wrong["default"] = (theirs.get("default"), ours.default)
    unread = [name for name, pair in wrong.items() if isinstance(pair[1], UnknownDefault)]
    for name, (their, our) in wrong.items():
        score.add(f"column {name}", "unread" if name in unread else "wrong", at, their, our)
    outcome = "unread" if len(unread) == len(wrong) else "wrong"
    score.counts["columns", outcome if wrong else "found"] += 1


def _their_identity(column: Mapping[str, Any]) -> Key | None:
    one = column.get("identity")
    return (one["type"], one.get("name")) if one else None


def _our_identity(column: Column) -> Key | None:
    return (column.identity.type, column.identity.name) if column.identity else None


def _their_generated(column: Mapping[str, Any]) -> Key | None:
    one = column.get("generated")
    return (plain_sql(str(one["as"])), one.get("mode")) if one else None


def _our_generated(column: Column) -> Key | None:
    return (plain_sql(column.generated.expression), column.generated.mode) if column.generated else None


def same_default(theirs: Mapping[str, Any] | None, ours: str | UnknownDefault | None) -> bool:
    """Whether our SQL text says the value or the SQL that drizzle-orm holds."""
    if theirs == {"value": None} and ours is None:
        return True
    if theirs is None or ours is None or isinstance(ours, UnknownDefault):
        return _is_stub(theirs) if isinstance(ours, UnknownDefault) else (theirs is None) == (ours is None)
    if "sql" in theirs:
        return plain_sql(theirs["sql"]) == plain_sql(ours)
    return _same_value(theirs.get("value"), ours)


def _is_stub(theirs: Mapping[str, Any] | None) -> bool:
    value = (theirs or {}).get("value")
    return isinstance(value, dict) and "stub" in value


_CAST = re.compile(r"::[\w \[\](),.\"]+$")


def _same_value(value: object, ours: str) -> bool:
    match value:
        case bool():
            return ours == ("true" if value else "false")
        case None:
            return ours.lower() == "null"
        case int() | float():
            return _number(ours) == value
        case str():
            return unquoted(ours) == value
        case {"bigint": digits}:
            return ours == digits
        case {"date": moment}:
            return _digits(unquoted(ours) or ours) in (_digits(moment), _digits(moment)[:8])
        case {"buffer": _}:
            return True
        case list() | dict():
            return _same_json(value, ours)
    return False


def _number(text: str) -> float | None:
    try:
        return float(unquoted(text) or text)
    except ValueError:
        return None


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text).rstrip("0")


def unquoted(text: str) -> str | None:
    """The value of a quoted SQL literal, with or without a cast or brackets around it; None if it is none."""
    bare = _CAST.sub("", text.strip()) if text.rstrip().rfind("'") < text.rfind("::") else text.strip()
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    if len(bare) < 2 or bare[0] != "'" or bare[-1] != "'":
        return None
    return bare[1:-1].replace("''", "'")


def _same_json(value: object, ours: str) -> bool:
    inside = unquoted(ours)
    if inside is None:
        return False
    try:
        read: object = json.loads(inside)
    except ValueError:
        read = None
    if isinstance(value, list) and _members(inside) == _flat(value):
        return True
    return bool(read == value)


def _members(text: str) -> list[str]:
    """The members of a PostgreSQL array literal, in order, without regard to nesting."""
    found = re.findall(r'"((?:[^"\\]|\\.)*)"|([^{},"]+)', text)
    return [re.sub(r"\\(.)", r"\1", quoted) if quoted else bare for quoted, bare in found]


def _flat(value: Iterable[Any]) -> list[str]:
    found: list[str] = []
    for one in value:
        found += (
            _flat(one) if isinstance(one, list) else [json.dumps(one) if not isinstance(one, str) else one]
        )
    return found


_QUALIFIED = re.compile(r"""(["`])[^"`]+\1\.(?=["`])""")


def plain_sql(text: str) -> str:
    """SQL without table names before columns, and with single spaces."""
    previous = None
    while previous != text:
        previous, text = text, _QUALIFIED.sub("", text, count=1)
    return " ".join(text.split())


def _constraints(
    score: Score, where: str, theirs: Mapping[str, Any], ours: Table, casing: str | None, linked: set[str]
) -> None:
    same = _either_spelling if casing else _named_alike
    _match(
        score,
        "foreign keys",
        where,
        _counted(_their_foreign_key(one) for one in theirs["foreignKeys"] if "foreignTable" in one),
        _counted(
            (
                (one.columns, one.namespace, one.table, one.foreign_columns),
                (one.name, one.explicit_name, one.on_delete, one.on_update),
            )
            for one in ours.foreign_keys
        ),
        same,
    )
    _match(
        score,
        "indexes",
        where,
        _counted(_their_index(one) for one in theirs["indexes"]),
        _counted(
            (
                (one.name, _rendered(one.columns)),
                (one.unique, one.where and plain_sql(one.where), _method(one.method)),
            )
            for one in ours.indexes
        ),
    )
    own = {column.get("uniqueName") or "": column["name"] for column in theirs["columns"] if column["unique"]}
    _match(
        score,
        "uniques",
        where,
        _counted(
            (tuple(one["columns"]), (one["name"], bool(one.get("nullsNotDistinct"))))
            for one in theirs["uniques"]
        ),
        _counted(
            (one.columns, (one.name, one.nulls_not_distinct))
            for one in ours.unique
            if one.columns != (own.get(one.name or ""),)
        ),
        same,
    )
    _match(
        score,
        "primary keys",
        where,
        _their_primary_key(theirs),
        {ours.primary_key: (ours.primary_key_name if len(theirs["primaryKeys"]) else None,)}
        if ours.primary_key
        else {},
        same,
    )
    _match(
        score,
        "checks",
        where,
        {(one["name"],): plain_sql(one["sql"]) for one in theirs["checks"]},
        {(one.name,): plain_sql(one.expression) for one in ours.checks},
    )
    _match(
        score,
        "policies",
        where,
        {(name,): () for name in _names(theirs["policies"]) | linked},
        {(name,): () for name in ours.policies},
    )
    _match(
        score,
        "row level security",
        where,
        {(): True} if theirs["rls"] else {},
        {(): True} if ours.rls else {},
    )


def _counted(items: Iterable[tuple[Key, Key]]) -> dict[Key, Key]:
    """Numbers items that stand twice, so that none is lost."""
    seen: Counter[Key] = Counter()
    found: dict[Key, Key] = {}
    for key, value in items:
        found[(*key, seen[key]) if seen[key] else key] = value
        seen[key] += 1
    return found


def _counts(theirs: Mapping[str, Any]) -> bool:
    """Whether the author said so; ``serial`` counts by its type."""
    return bool(theirs.get("autoIncrement")) and theirs["sqlType"] != "serial"


def _their_foreign_key(one: Mapping[str, Any]) -> tuple[Key, Key]:
    place = (tuple(one["columns"]), one["foreignSchema"], one["foreignTable"], tuple(one["foreignColumns"]))
    actions = (one.get(key) if one.get(key) != "no action" else None for key in ("onDelete", "onUpdate"))
    return place, (one["name"], one.get("explicitName"), *actions)


def _their_index(one: Mapping[str, Any]) -> tuple[Key, Key]:
    columns = tuple(each.get("column") or each["sql"] for each in one["columns"])
    where = one.get("where")
    return (one.get("name"), _rendered(columns)), (
        one["unique"],
        where and plain_sql(where),
        _method(one.get("method")),
    )


def _rendered(columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain_sql(one) for one in columns)


def _method(name: str | None) -> str | None:
    return None if name == "btree" else name


def _their_primary_key(table: Mapping[str, Any]) -> dict[Key, Key]:
    """drizzle-orm allows one table key; keys of single columns stand on the columns."""
    if table["primaryKeys"]:
        return {tuple(one["columns"]): (one["name"],) for one in table["primaryKeys"]}
    columns = tuple(one["name"] for one in table["columns"] if one["primaryKey"])
    return {columns: (None,)} if columns else {}


def _equal(theirs: object, ours: object) -> bool:
    return theirs == ours


def _named_alike(theirs: object, ours: object) -> bool:
    """Values that begin with a name, which some dialects of drizzle-orm 1.0 leave to drizzle-kit."""
    if isinstance(theirs, tuple) and isinstance(ours, tuple) and theirs[0] is None:
        return theirs[1:] == ours[1:]
    return theirs == ours


def _either_spelling(theirs: object, ours: object) -> bool:
    return _folded(theirs) == _folded(ours)


def _folded(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_folded(one) for one in value)
    return value.replace("_", "").lower() if isinstance(value, str) else value


def _match(
    score: Score,
    kind: str,
    where: str,
    theirs: Mapping[Any, object],
    ours: Mapping[Any, object],
    same: Callable[[object, object], bool] = _equal,
) -> None:
    rest = dict(ours)
    for key, their in theirs.items():
        at = f"{where} {key}".strip()
        if key not in rest:
            score.add(kind, "missed", at, their, list(rest) or None)
            continue
        our = rest.pop(key)
        score.add(kind, "found" if same(their, our) else "wrong", at, their, our)
    for key, our in rest.items():
        score.add(kind, "invented", f"{where} {key}".strip(), None, our)
