"""Functions of drizzle-orm that schemas call besides making tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shipkit_mcp.readers.typescript.values import UNDEFINED, Host, Record, Site, Unknown, Value


class ColumnsOf(Host):
    """``getTableColumns(table)``, in 1.0 ``getColumns``."""

    __slots__ = ()

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        table = arguments[0] if arguments else UNDEFINED
        members = getattr(table, "members", None)
        if members is None:
            return (
                table
                if isinstance(table, Unknown)
                else site.unknown("the columns of something other than a table")
            )
        record = Record()
        record.update(members)
        return record


class NameOf(Host):
    """``getTableName(table)``."""

    __slots__ = ()

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        name = getattr(arguments[0] if arguments else UNDEFINED, "name", None)
        return name if isinstance(name, str) else site.unknown("the name of something other than a table")


UTILITIES: Mapping[str, Host] = {
    "getTableColumns": ColumnsOf(),
    "getColumns": ColumnsOf(),
    "getViewSelectedFields": ColumnsOf(),
    "getTableName": NameOf(),
}
