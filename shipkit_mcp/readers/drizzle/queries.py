"""Queries of views, as far as they tell what is selected."""

from __future__ import annotations

from collections.abc import Sequence

from shipkit_mcp.readers.typescript.values import UNDEFINED, Host, Record, Site, Value


class QueryBuilder(Host):
    """``qb`` in ``.as((qb) => …)``."""

    __slots__ = ()

    def invoke(self, key: str, arguments: Sequence[Value], site: Site) -> Value:
        if key in ("select", "selectDistinct"):
            return Query(arguments[0] if arguments else UNDEFINED)
        if key == "selectDistinctOn":
            return Query(arguments[1] if len(arguments) > 1 else UNDEFINED)
        return self if key == "with" else site.unknown(f"`.{key}()` of a query is not known")


class Query(Host):
    """``qb.select(fields).from(table)…``."""

    __slots__ = ("fields", "joined", "source")

    def __init__(self, fields: Value) -> None:
        self.fields = fields
        self.source: Value = UNDEFINED
        self.joined = False

    def invoke(self, key: str, arguments: Sequence[Value], _site: Site) -> Value:
        if key == "from" and arguments:
            self.source = arguments[0]
        elif key.endswith("Join"):
            self.joined = True
        return self

    def selected(self) -> dict[str, Value]:
        """Key to field; empty where it cannot be known."""
        if isinstance(self.fields, Record):
            return dict(self.fields)
        members = getattr(self.source, "members", None) or getattr(self.source, "fields", None)
        return dict(members) if members and not self.joined else {}
