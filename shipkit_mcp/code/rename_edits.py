"""Renamed columns -> edits wherever a schema file names them through their table."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.code.columns import Book
from shipkit_mcp.code.edits import Edited
from shipkit_mcp.code.names import IDENTIFIER
from shipkit_mcp.code.scope import Scope
from shipkit_mcp.code.work import Work
from shipkit_mcp.errors import beat


def rename_members(files: Mapping[str, Edited], work: Work, book: Book) -> None:
    """``users.fullName`` under its new property, in every file."""
    for rename in work.renames:
        table = work.schema.table(rename.table)
        column = table.column(rename.old) if table else None
        key = book.keys[rename.table, rename.new]
        if table and column and column.key != key and IDENTIFIER.fullmatch(key):
            for edited in files.values():
                _rename(edited, _locals(edited.scope, table.path, table.key), column.key, key)


def _locals(scope: Scope, path: str, name: str) -> set[str]:
    """What a file calls a table."""
    known = {one.names[name] for one in scope.imports if name in one.names}
    return known | ({name} if scope.path == path else set())


def _rename(edited: Edited, owners: set[str], old: str, new: str) -> None:
    beat()
    for owner in owners:
        for key, start, end in edited.code.members(0, len(edited.code.tokens), owner):
            if key == old:
                edited.replace(start, end, new)
