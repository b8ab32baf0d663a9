"""``relations`` and ``defineRelations``: the relational queries of both generations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shipkit_mcp.readers.drizzle.tables import Table
from shipkit_mcp.readers.typescript.modules import Declared
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    Host,
    Namespace,
    Record,
    Site,
    Unknown,
    Value,
)


class Related(Host):
    """``one(users, …)``: a relation's kind and target."""

    __slots__ = ("kind", "target")

    def __init__(self, kind: str, target: Value) -> None:
        self.kind = kind
        self.target = target

    def invoke(self, _key: str, _arguments: Sequence[Value], _site: Site) -> Value:
        return self


class _Kind(Host):
    """``one`` and ``many``."""

    __slots__ = ("kind",)

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        return Related(self.kind, arguments[0]) if arguments else site.unknown("a relation without target")


@dataclass(frozen=True, slots=True)
class Relating:
    """One relation that was found."""

    table: Table
    name: str
    related: Related
    path: str
    line: int


class RelationSet(Host):
    """What ``relations(…)`` or ``defineRelations(…)`` made."""

    __slots__ = ("found", "problems")

    def __init__(self) -> None:
        self.found: list[Relating] = []
        self.problems: list[Unknown] = []


def _collect(into: RelationSet, table: Value, members: Value, site: Site) -> None:
    if not isinstance(table, Table) or not isinstance(members, Record):
        into.problems += [one for one in (table, members) if isinstance(one, Unknown)]
        return
    for name, related in members.items():
        if isinstance(related, Related):
            module = members.module or site.module
            line = members.lines.get(name, site.line)
            into.found.append(Relating(table, name, related, module.path, line))
        elif isinstance(related, Unknown):
            into.problems.append(related)


class MakesRelations(Host):
    """``relations(table, ({ one, many }) => ({ … }))``."""

    __slots__ = ()

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        made = RelationSet()
        if len(arguments) < 2:
            return made
        helpers = Record()
        helpers.update({"one": _Kind("one"), "many": _Kind("many")})
        _collect(made, arguments[0], site.evaluator.call(arguments[1], [helpers], site), site)
        return made


# --- 1.0 ------------------------------------------------------------------------------------


class _Targets(Host):
    """``r.one`` and ``r.many``: ``r.one.users({ … })``."""

    __slots__ = ("kind", "tables")

    def __init__(self, kind: str, tables: Value) -> None:
        self.kind = kind
        self.tables = tables

    def invoke(self, key: str, _arguments: Sequence[Value], site: Site) -> Value:
        return Related(self.kind, site.evaluator.get(self.tables, key, site))


class _Anything(Host):
    """``r.users.id``: what a relation is joined by is not needed."""

    __slots__ = ()

    def get(self, _key: str, _site: Site) -> Value:
        return self

    def invoke(self, _key: str, _arguments: Sequence[Value], _site: Site) -> Value:
        return self


class _Builder(Host):
    """``r`` of ``defineRelations``."""

    __slots__ = ("tables",)

    def __init__(self, tables: Value) -> None:
        self.tables = tables

    def get(self, key: str, _site: Site) -> Value:
        return _Targets(key, self.tables) if key in ("one", "many") else _Anything()


class DefinesRelations(Host):
    """``defineRelations(schema, (r) => ({ users: { posts: r.many.posts() } }))``."""

    __slots__ = ()

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        made = RelationSet()
        if len(arguments) < 2:
            return made
        tables = arguments[0]
        members = site.evaluator.call(arguments[1], [_Builder(tables)], site)
        if not isinstance(members, Record):
            made.problems += [members] if isinstance(members, Unknown) else []
            return made
        for key, relations in members.items():
            _collect(made, site.evaluator.get(tables, key, site), relations, site)
        return made


__all__ = [
    "UNDEFINED",
    "Declared",
    "DefinesRelations",
    "MakesRelations",
    "Namespace",
    "Related",
    "RelationSet",
]
