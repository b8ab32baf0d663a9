"""One table under change, and what its edits are told from."""

from __future__ import annotations

from dataclasses import dataclass

from shipkit_mcp.code.columns import Book, inline_uniques
from shipkit_mcp.code.difference import Difference
from shipkit_mcp.code.edits import Edited
from shipkit_mcp.code.names import IDENTIFIER
from shipkit_mcp.code.places import Call, Collection


@dataclass
class TableEdit:
    """One table under change; lives inside one call of ``draft_code``."""

    edited: Edited
    call: Call
    columns: Collection
    extra: Collection | None
    difference: Difference
    book: Book


def inline_names(one: TableEdit) -> frozenset[str]:
    """Columns whose uniqueness is (or will be) said beside them."""
    habits = one.edited.scope.habits
    gone = {key.columns[0] for key in one.difference.uniques[0] if len(key.columns) == 1}
    kept = {c.name for c in one.difference.before.columns if c.unique} - gone
    new = {key.columns[0] for key in one.difference.uniques[1] if len(key.columns) == 1}
    wished = inline_uniques(one.difference.new, habits)
    return frozenset(kept | (new & wished))


def says_unique(one: TableEdit, name: str) -> bool:
    column = one.difference.before.column(name)
    return bool(column and column.unique)


def new_keys(one: TableEdit) -> dict[str, str]:
    """Old property to new one, of renamed columns."""
    found = {}
    for rename in one.difference.renamed:
        old = one.difference.old.column(rename.old)
        key = one.book.keys[one.difference.new.name, rename.new]
        if old and old.key != key and IDENTIFIER.fullmatch(key):
            found[old.key] = key
    return found
