"""Reads columns and tables out of the rows of pipe tables."""

from __future__ import annotations

import re

from shipkit_mcp.facts import Block
from shipkit_mcp.readers.markdown_text import fold, plain
from shipkit_mcp.readers.notation_shapes import Member
from shipkit_mcp.readers.workflows.table_names import Named, table_in_label
from shipkit_mcp.readers.workflows.tables_found import TablesRead

_NAMES = frozenset(
    ["column", "field", "name", "columna", "campo", "nombre", "colonna", "nome", "colonne", "champ", "nom"]
)
_TABLES = frozenset({"table", "tables", "tabla", "tabella", "table name"})
_TYPES = frozenset({"type", "data type", "tipo", "tipo de dato", "sql type"})
_REQUIRED = frozenset({"required", "not null", "obligatorio", "obbligatorio", "requis"})
_NULLS = frozenset({"null", "nullable", "nulo", "nullo", "nul"})
_YES = frozenset({"yes", "y", "true", "si", "oui", "x", "✓", "✅", "null", "nullable", "not null"})


def read_row(read: TablesRead, block: Block, header: tuple[str, ...]) -> tuple[str, ...]:
    """Takes one row under the header; gives the header back for the next one."""
    if not header:
        return tuple(fold(cell) for cell in block.cells) or ("",)
    cells = dict(zip(header, block.cells, strict=False))
    table = _first(cells, _TABLES)
    name = _first(cells, _NAMES)
    named = table_in_label(f"`{table}`") if table else None
    if named and not name:
        rest = " ".join(plain(cell) for key, cell in cells.items() if key not in _TABLES)
        read.start(Named(named, "", rest), block.line)
        read.open = None
    elif name and read.open and re.fullmatch(r"[^\W\d]\w*", name):
        read.open.form = read.open.form or "rows"
        read.open.builder.add_member(_member(cells, name, block.line), bare_is="column")
    return header


def _first(cells: dict[str, str], keys: frozenset[str]) -> str:
    return next((plain(cell) for key, cell in cells.items() if key in keys and cell), "")


def _member(cells: dict[str, str], name: str, line: int) -> Member:
    """``name: type (constraints)`` with what the null column says, the description as a comment."""
    remarks = [_null(key, cell) for key, cell in cells.items() if key in _NULLS | _REQUIRED and cell.strip()]
    known = _NAMES | _TYPES | _NULLS | _REQUIRED
    others = [plain(cell) for key, cell in cells.items() if key not in known and cell]
    text = f"{name}: {_first(cells, _TYPES)}" + (f" ({', '.join(remarks)})" if remarks else "")
    return Member(text, line, " - ".join(others) or None)


def _null(key: str, cell: str) -> str:
    yes = fold(cell) in _YES or cell.strip() in _YES
    return "not null" if yes == (key in _REQUIRED) else "nullable"
