"""Reads tables out of fences: the mission's notation, interfaces, anonymous objects, SQL."""

from __future__ import annotations

import re

from shipkit_mcp.facts import Block, TableUse
from shipkit_mcp.readers.markdown_labels import read_label
from shipkit_mcp.readers.markdown_text import fold, snake
from shipkit_mcp.readers.notation_scan import read_shapes
from shipkit_mcp.readers.notation_shapes import Member, Shape, Shapes
from shipkit_mcp.readers.notation_words import INDEX_KEYS, UNIQUE_KEYS
from shipkit_mcp.readers.sql import read_sql
from shipkit_mcp.readers.typescript.interfaces import read_interfaces
from shipkit_mcp.readers.workflows.table_names import Named, table_in_comment, table_of_interface
from shipkit_mcp.readers.workflows.tables_drizzle import is_drizzle, read_drizzle_fence
from shipkit_mcp.readers.workflows.tables_found import FoundTable, TablesRead

SHELLS = frozenset(
    {"bash", "sh", "json", "mermaid", "css", "html", "python", "yaml", "markdown", "md", "env"}
)
"""Languages of fences that declare no table."""
_SQL = re.compile(r"(?im)^[ \t]*(?:create\s+(?:unlogged\s+)?table|alter\s+table)\b")
_COLUMN_LINE = re.compile(r"[-*•]?\s*`?[^\W\d]\w*`?\s*[:\s]\s*\S")
_LISTED = re.compile(
    r"[-*•]\s*(?:UNIQUE(?: constraint)? on\s+)?`?(?P<name>[a-z]\w*)`?(?=\s*(?:\(|$|[-–—]))", re.IGNORECASE
)
_NOT_COLUMNS = frozenset("=;│├└↓")
"""Signs of code or of a drawing."""
_ID = re.compile(r"(?:readonly\s+)?id\??\s*:")


def is_sql(block: Block) -> bool:
    """True for a fence with CREATE TABLE or ALTER TABLE."""
    return _SQL.search(block.text) is not None


def read_fence(read: TablesRead, block: Block) -> None:
    """A fence below a table's name is its columns; other fences name their tables themselves."""
    if block.info in SHELLS:
        return
    if is_sql(block):
        read_sql_fence(read, block)
        return
    if is_drizzle(block):
        read_drizzle_fence(read, block)
        return
    shapes = read_shapes(block.text, block.line)
    read.take_unions(shapes)
    read_constants(read, block)
    unclaimed = read.open if read.open and not read.open.builder.columns else None
    tables = [shape for shape in shapes.shapes if shape.keyword != "code"]
    for nth, shape in enumerate(tables):
        _shape(read, shape, unclaimed if nth == 0 else None, alone=len(tables) == 1)
    if not shapes.shapes and not _NOT_COLUMNS.isdisjoint(block.text):
        return
    if not shapes.shapes:
        _strays(read, shapes)


def read_constants(read: TablesRead, block: Block) -> None:
    """``const STATUSES = [...] as const`` and the type made of it."""
    if "as const" not in block.text:
        return
    declared, _ = read_interfaces(block.text, read.source.path, block.line)
    values = {one.name: one.values for one in declared if one.kind == "const" and one.values}
    for one in declared:
        named = re.search(r"typeof\s+(\w+)", one.type) if one.kind == "type" else None
        if found := values.get(named[1] if named else one.name):
            read.name_values(one.name, found, one.line)


def _shape(read: TablesRead, shape: Shape, unclaimed: FoundTable | None, *, alone: bool) -> None:
    named = next((name for lead in reversed(shape.lead) if (name := table_in_comment(lead))), None)
    form = "interface" if shape.keyword in {"interface", "type"} else "notation"
    if unclaimed and (not named or named.name == unclaimed.builder.name or alone):
        table = unclaimed
        table.form = form
    elif shape.keyword == "table" and shape.name == shape.name.lower():
        lead = named.purpose if named else " ".join(shape.lead)
        table = read.start(Named(shape.name, "", shape.purpose or lead), shape.line, form=form)
    elif named and (shape.keyword == "object" or read.open is None):
        table = read.start(named, shape.line, form=form)
    elif form == "interface" and read.open is None and _is_row(shape):
        table = read.start(
            Named(table_of_interface(shape.name), "", " ".join(shape.lead)), shape.line, form=form
        )
    else:
        return
    if shape.name:
        read.interfaces.add(shape.name)
    _fill(table, shape)
    if not unclaimed:
        read.open = None


def _is_row(shape: Shape) -> bool:
    return any(_ID.match(member.text) for member in shape.members)


def _fill(table: FoundTable, shape: Shape) -> None:
    table.builder.add_shape(shape, bare_is="column")
    table.said.extend([*shape.lead, *shape.remarks])
    table.noted.extend(member.comment for member in shape.members if member.comment)
    table.altered = table.altered or table.builder.existing
    for member in shape.trailer:
        _listed(table, member)


def _listed(table: FoundTable, member: Member) -> None:
    """``// Indexes`` and ``// Constraints`` below a table, as in the mission's pattern."""
    label = read_label(member.text.lstrip("-*• "), bare=True)
    kind = fold(label.label if label else " ".join(member.sections[-1:]))
    found = _LISTED.match(member.text)
    names = re.findall(r"[a-z]\w*", label.value) if label else [found["name"]] if found else []
    if not names:
        return
    if "unique" in member.text.lower() or kind in UNIQUE_KEYS:
        table.builder.unique.append(tuple(snake(name) for name in names))
    elif kind in INDEX_KEYS:
        table.builder.indexes.extend((snake(name),) for name in names)


def _strays(read: TablesRead, shapes: Shapes) -> None:
    """Columns without braces, below a table's name outside the fence or on a line of its own."""
    for stray in shapes.strays:
        heading = _HEADING_LINE.fullmatch(stray.text)
        if heading and "_" in heading["name"]:
            read.start(Named(heading["name"], "", stray.comment or ""), stray.line, form="notation")
        elif read.open and read.open.form in {"", "notation"} and _COLUMN_LINE.match(stray.text):
            read.open.form = "notation"
            read.open.builder.add_member(stray, bare_is="column")


_HEADING_LINE = re.compile(r"(?:table\s+)?`?(?P<name>[a-z]\w*)`?\s*:?")


def read_sql_fence(read: TablesRead, block: Block) -> None:
    """Tables that SQL creates or alters."""
    tables, unread = read_sql(block.text, read.source.path, block.line, read.at)
    read.unread.extend(unread)
    for table in tables:
        found = read.start(Named(table.doc_name, "", table.purpose or ""), table.evidence.line)
        found.form = "sql"
        found.altered = table.use is TableUse.ALTERED
        builder = found.builder
        builder.partial = table.partial
        builder.primary_key = builder.primary_key or table.primary_key
        builder.unique.extend(table.unique)
        builder.indexes.extend(table.indexes)
        builder.declared_new = builder.declared_new or table.declared_new
        for column in table.columns:
            builder.put_column(column)
    read.open = None
