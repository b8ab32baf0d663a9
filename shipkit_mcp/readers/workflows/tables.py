"""Turns the tables that a workflow document speaks of, in whatever form, into declared tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shipkit_mcp.facts import Block, BlockKind, Section
from shipkit_mcp.readers.markdown_labels import labelled
from shipkit_mcp.readers.markdown_text import codes
from shipkit_mcp.readers.notation_scan import read_shapes
from shipkit_mcp.readers.workflows.table_names import Named, is_table_name, table_in_label
from shipkit_mcp.readers.workflows.tables_drizzle import is_drizzle, read_drizzle_fence
from shipkit_mcp.readers.workflows.tables_fences import (
    SHELLS,
    is_sql,
    read_constants,
    read_fence,
    read_sql_fence,
)
from shipkit_mcp.readers.workflows.tables_found import TablesRead
from shipkit_mcp.readers.workflows.tables_prose import read_bullet, read_paragraph
from shipkit_mcp.readers.workflows.tables_rows import read_row
from shipkit_mcp.readers.workflows.units import Unit
from shipkit_mcp.readers.workflows.words import TABLE_LABELS

_NOT_THE_UNITS = frozenset({"samples", "patterns"})


def read_unit_tables(unit: Unit) -> TablesRead:
    """Every table the unit declares or names in its sections about tables, and its SQL anywhere."""
    read = TablesRead(unit.document.source)
    about = [section for section in unit.sections if unit.kind(section) == "tables"]
    known = {id(section) for section in about}
    about += [
        section for section in unit.sections if id(section) not in known and _is_table_heading(unit, section)
    ]
    if not about and not any(_has_table_label(section) for section in unit.sections):
        about = [section for section in unit.sections if unit.kind(section) == "dataflow"]
    known = {id(section) for section in about}
    for section in unit.sections:
        if id(section) in known:
            _read_section(read, section)
        elif unit.kind(section) not in _NOT_THE_UNITS:
            _read_elsewhere(read, section)
    return read


def _is_table_heading(unit: Unit, section: Section) -> bool:
    """``### `x_jobs` table`` outside the sections about tables."""
    name = table_in_label(section.title)
    return (
        name is not None and "_" in name and unit.kind(section) in {"", "dataflow"} and bool(section.blocks)
    )


def _has_table_label(section: Section) -> bool:
    return any(one.key in TABLE_LABELS and one.blocks for one in labelled(section.blocks))


def _read_section(read: TablesRead, section: Section) -> None:
    read.open = None
    name = table_in_label(section.title)
    read.heading = section.title
    if name:
        read.start(Named(name), section.line)
    _read_blocks(read, section.blocks)
    read.heading = ""


def _read_elsewhere(read: TablesRead, section: Section) -> None:
    """SQL in any section, and lists below a label such as **Database Tables:**."""
    for one in labelled(section.blocks):
        if one.key in TABLE_LABELS and one.blocks:
            read.open = None
            read.heading = f"{one.label} ({one.note})" if one.note else one.label
            _read_blocks(read, one.blocks)
        elif one.key in TABLE_LABELS:
            for name in (code for code in codes(one.value) if is_table_name(code)):
                read.start(Named(name), one.line).named.append(one.label)
    read.open, read.heading = None, ""
    for block in section.blocks:
        if block.kind is not BlockKind.FENCE or block.info in SHELLS:
            continue
        if is_sql(block):
            read_sql_fence(read, block)
        elif is_drizzle(block):
            read_drizzle_fence(read, block)
        elif re.search(r"\b(?:type|enum)\s", block.text):
            read.take_unions(read_shapes(block.text, block.line))
            read_constants(read, block)


def _read_blocks(read: TablesRead, blocks: Sequence[Block]) -> None:
    header: tuple[str, ...] = ()
    for block in blocks:
        if block.kind is not BlockKind.TABLE_ROW:
            header = ()
        match block.kind:
            case BlockKind.FENCE:
                read_fence(read, block)
            case BlockKind.TABLE_ROW:
                header = read_row(read, block, header)
            case BlockKind.BULLET | BlockKind.ORDERED:
                read_bullet(read, block)
            case _:
                read_paragraph(read, block)
