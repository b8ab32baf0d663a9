"""Indexes, keys, checks and policies as the third argument of a table makes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    Closure,
    Host,
    Items,
    Record,
    Site,
    Unknown,
    Value,
)


class Constraint(Host):
    """Something that stands in a table's third argument; ``parts`` holds what was said of it."""

    __slots__ = ("columns", "kind", "name", "parts", "site", "target")

    def __init__(self, kind: str, name: Value, site: Site) -> None:
        self.kind = kind
        self.name = name
        self.columns: list[Value] = []
        self.parts: dict[str, Value] = {}
        self.target: Value = UNDEFINED
        self.site = site

    def invoke(self, key: str, arguments: Sequence[Value], site: Site) -> Value:
        if key not in _CHAINED:
            return site.unknown(f"`.{key}()` of {self.described()} is not known")
        if key in _TAKE_COLUMNS and (key != "using" or not self.columns):
            self._take_columns(key, arguments)
        elif key == "link":
            linked = getattr(arguments[0], "linked", None) if arguments else None
            if linked is not None:
                linked.append(self)
        elif key in ("where", "onDelete", "onUpdate", "using"):
            self.parts[key] = arguments[0] if arguments else UNDEFINED
        elif key == "nullsNotDistinct":
            self.parts[key] = True
        return self

    def _take_columns(self, key: str, arguments: Sequence[Value]) -> None:
        if key == "using":
            self.parts["using"] = arguments[0] if arguments else UNDEFINED
            self.columns = list(arguments[1:])
        else:
            self.columns = list(arguments)
        if isinstance(arguments, Items):
            self.columns += arguments.rest

    def described(self) -> str:
        return {"unique": "a unique constraint", "primary": "a primary key", "index": "an index"}.get(
            self.kind, self.kind
        )


_TAKE_COLUMNS = frozenset({"on", "onOnly", "using"})
_CHAINED = frozenset(
    {
        *_TAKE_COLUMNS,
        "where",
        "onDelete",
        "onUpdate",
        "nullsNotDistinct",
        "concurrently",
        "with",
        "algorithm",
        "lock",
        "link",
        "asc",
        "desc",
    }
)


class MakesConstraint(Host):
    """``index``, ``uniqueIndex``, ``unique``, ``primaryKey``, ``foreignKey``, ``check``, ``pgPolicy``."""

    __slots__ = ("kind",)

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        first = arguments[0] if arguments else UNDEFINED
        if self.kind in ("primary", "foreign"):
            return self._keyed(first, arguments, site)
        made = Constraint(self.kind, first, site)
        if len(arguments) > 1:
            made.parts["value"] = arguments[1]
        return made

    def _keyed(self, first: Value, arguments: Sequence[Value], site: Site) -> Value:
        """``primaryKey({ columns })``, older ``primaryKey(a, b)`` and ``foreignKey(() => ({ … }))``."""
        if isinstance(first, Closure):
            first = site.evaluator.call(first, [], site)
        if isinstance(first, Unknown):
            return first
        if not isinstance(first, Record):
            made = Constraint(self.kind, UNDEFINED, site)
            made.columns = list(arguments)
            return made
        made = Constraint(self.kind, first.get("name", UNDEFINED), site)
        made.columns = _listed(first.get("columns", UNDEFINED), first)
        made.target = first.get("foreignColumns", UNDEFINED)
        return made


def _listed(value: Value, record: Record) -> list[Value]:
    if isinstance(value, Items):
        return [*value, *value.rest]
    return [value] if isinstance(value, Unknown) else list(record.rest)


CONSTRAINTS: Mapping[str, Host] = {
    "index": MakesConstraint("index"),
    "uniqueIndex": MakesConstraint("unique index"),
    "unique": MakesConstraint("unique"),
    "primaryKey": MakesConstraint("primary"),
    "foreignKey": MakesConstraint("foreign"),
    "check": MakesConstraint("check"),
}
