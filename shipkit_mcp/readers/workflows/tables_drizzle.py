"""Reads tables out of fences that hold Drizzle code, with the reader of schema files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shipkit_mcp.facts import Block, Column, DeclaredColumn, SchemaChoice, Source, Table
from shipkit_mcp.readers.drizzle import read_schema
from shipkit_mcp.readers.markdown_text import snake
from shipkit_mcp.readers.notation_text import split_comment
from shipkit_mcp.readers.workflows.table_names import Named
from shipkit_mcp.readers.workflows.tables_found import FoundTable, TablesRead

_TABLE = re.compile(r"\b(?P<dialect>pg|mysql|sqlite)Table\s*\(")
_CALLED = re.compile(r"(?<![\w.])([A-Za-z]\w*)\s*\(")
_REFERENCE = re.compile(r"\.references\(\s*\(\)\s*(?::\s*\w+\s*)?=>\s*(?P<table>\w+)\.(?P<column>\w+)")
_MODULES = {
    "pg": "drizzle-orm/pg-core",
    "mysql": "drizzle-orm/mysql-core",
    "sqlite": "drizzle-orm/sqlite-core",
}
_DIALECTS = {"pg": "postgresql", "mysql": "mysql", "sqlite": "sqlite"}
_NOT_CALLS = frozenset(
    {"if", "for", "while", "switch", "function", "return", "async", "await", "sql", "relations"}
)


def is_drizzle(block: Block) -> bool:
    """True for a fence that makes tables."""
    return _TABLE.search(block.text) is not None


class _OneFile:
    """The fence as the only file of a project."""

    def __init__(self, text: str) -> None:
        self.source = Source("fence.ts", text)

    def get(self, path: str) -> Source | None:
        return self.source if path == self.source.path else None

    def under(self, folder: str = "") -> Sequence[str]:
        return () if folder else (self.source.path,)


def read_drizzle_fence(read: TablesRead, block: Block) -> None:
    """Tables that Drizzle code makes; a sketch without imports is read as if it had them."""
    made = _TABLE.search(block.text)
    if made is None:
        return
    files = _OneFile(_with_imports(block.text, made["dialect"]))
    schema = read_schema(files, SchemaChoice(files=("fence.ts",), dialect=_DIALECTS[made["dialect"]]))
    for table in schema.tables:
        _take(read, block, table)
    read.open = None


def _with_imports(text: str, dialect: str) -> str:
    """Names that are called but not imported come from drizzle-orm; the lines stay where they are."""
    if "drizzle-orm" in text:
        return text
    called = sorted(set(_CALLED.findall(text)) - _NOT_CALLS)
    return f'import {{ {", ".join(called)} }} from "{_MODULES[dialect]}"; {text}'


def _take(read: TablesRead, block: Block, table: Table) -> None:
    line = block.line + table.line - 1
    found = read.start(Named(table.name), line, form="drizzle")
    found.form = "drizzle"
    found.builder.purpose = found.builder.purpose or table.comment
    found.builder.primary_key = found.builder.primary_key or table.primary_key
    found.builder.unique.extend(unique.columns for unique in table.unique)
    found.builder.indexes.extend(index.columns for index in table.indexes if not index.unique)
    for column in table.columns:
        _column(read, block, found, table, column)


def _column(read: TablesRead, block: Block, found: FoundTable, table: Table, column: Column) -> None:
    row = max(column.line - 1, 0)
    lines = block.text.split("\n")
    written = lines[row] if row < len(lines) else ""
    pointed = _REFERENCE.search(written)
    reference = f"{snake(pointed['table'])}.{snake(pointed['column'])}" if pointed else None
    key = next((one for one in table.foreign_keys if one.columns == (column.name,)), None)
    default = column.default if isinstance(column.default, str) else None
    found.builder.put_column(
        DeclaredColumn(
            name=column.name,
            doc_name=column.key,
            type=column.type,
            not_null=column.not_null or column.primary_key,
            primary_key=column.primary_key,
            unique=column.unique,
            default=default,
            references=column.references or reference,
            on_delete=(key.on_delete if key else None) or _on_delete(written),
            values=column.enum_values,
            note=split_comment(written)[1],
            evidence=read.at(block.line + row),
        )
    )


def _on_delete(line: str) -> str | None:
    found = re.search(r"onDelete:\s*[\"'](cascade|set null|restrict|no action|set default)[\"']", line)
    return found[1] if found else None
