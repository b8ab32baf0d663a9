"""Row level security: policies and roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shipkit_mcp.readers.drizzle.constraints import MakesConstraint
from shipkit_mcp.readers.drizzle.sql import Writes, Writing
from shipkit_mcp.readers.typescript.values import UNDEFINED, Host, Site, Unknown, Value


class Role(Writes):
    """A role of the database."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def get(self, key: str, site: Site) -> Value:
        return self.name if key == "name" else super().get(key, site)

    def invoke(self, key: str, arguments: Sequence[Value], site: Site) -> Value:
        return self if key == "existing" else super().invoke(key, arguments, site)

    def write(self, writing: Writing) -> str:
        return writing.name(self.name)


class MakesRole(Host):
    """``pgRole(name)``."""

    __slots__ = ()

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        name = arguments[0] if arguments else UNDEFINED
        if isinstance(name, str):
            return Role(name)
        return name if isinstance(name, Unknown) else site.unknown("the name of a role is no text")


POLICIES: Mapping[str, Host] = {
    "pgPolicy": MakesConstraint("policy"),
    "cockroachPolicy": MakesConstraint("policy"),
    "pgRole": MakesRole(),
    "cockroachRole": MakesRole(),
}
