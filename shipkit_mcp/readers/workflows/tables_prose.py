"""Reads tables out of bold lines, bullets and remarks below them."""

from __future__ import annotations

import re

from shipkit_mcp.facts import Block
from shipkit_mcp.readers.markdown_labels import read_label
from shipkit_mcp.readers.markdown_text import code_parts, codes, fold, plain, snake
from shipkit_mcp.readers.notation_shapes import Member
from shipkit_mcp.readers.notation_types import read_values
from shipkit_mcp.readers.notation_words import (
    INDEX_KEYS,
    KEY_FIELDS,
    STATUS_VALUES,
    UNIQUE_KEYS,
)
from shipkit_mcp.readers.workflows.table_names import Named, table_in_label
from shipkit_mcp.readers.workflows.tables_found import FoundTable, TablesRead
from shipkit_mcp.readers.workflows.tables_lists import read_constraint_line, read_item, read_list
from shipkit_mcp.readers.workflows.words_tables import ONE_TO_ONE

_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_TYPED_BULLET = re.compile(r"\*{0,2}`(?P<name>[^\W\d]\w*)`\*{0,2}\s*(?P<rest>[:(].*|[-–—]\s.*)?")
_BARE_BULLET = re.compile(r"(?P<name>[a-z]\w*)\s*(?::\s*(?P<rest>\S.*)|\([^()]+\).*)")
_BETWEEN = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:,|\+|&|\band\b|\by\b|\be\b|\bet\b|\s)+\s*")
_PLAIN_COLUMNS = frozenset({"id", "status", "name", "title", "type", "progress", "email", "slug", "month"})


def read_paragraph(read: TablesRead, block: Block) -> None:
    """Lines such as ``**name** - purpose`` open a table; others speak of the open one."""
    for nth, line in enumerate(block.text.split("\n")):
        label = read_label(line)
        name = table_in_label(_marked(line) or label.label) if label else None
        if label and name and not _is_list_key(label.label):
            read.start(Named(name, label.note, plain(label.value)), block.line + nth)
        elif (
            label and read.open and read_list(read.open, label.label, label.value, block.line + nth, depth=-1)
        ):
            continue
        elif read.open:
            read.open.listing = None
            _remark(read.open, line)


def _marked(line: str) -> str:
    """The bold part at the start of a line, marks included."""
    end = line.find("**", 2) if line.startswith("**") else -1
    return line[: end + 2] if end > 0 else ""


def _is_list_key(label: str) -> bool:
    return fold(label) in KEY_FIELDS | STATUS_VALUES | INDEX_KEYS | UNIQUE_KEYS


def read_bullet(read: TablesRead, block: Block) -> None:
    """A bullet names a table, lists fields of the open one, is one of its columns, or speaks of it."""
    first = block.text.split("\n", 1)[0]
    label = read_label(first, bare=True)
    inside = _belongs(read.open, block)
    if (
        inside
        and read.open
        and label
        and read_list(read.open, label.label, label.value, block.line, depth=block.depth)
    ):
        return
    if inside and read.open and read_item(read.open, first, block):
        return
    named = None if inside and not _is_bold_table(read.open, first) else _named(first)
    if named:
        table = read.start(named, block.line, form="list", depth=block.depth)
        _inline_columns(table, first, block.line)
    elif inside and read.open:
        _detail(read.open, block, first)


def _belongs(table: FoundTable | None, block: Block) -> bool:
    return table is not None and (table.depth is None or block.depth > table.depth)


def _is_bold_table(table: FoundTable | None, line: str) -> bool:
    """``- **other_table**`` below a paragraph's table is a table of its own."""
    name = table_in_label(_marked(line)) if line.startswith("**") else None
    return name is not None and "_" in name and table is not None and table.depth is None


def _named(line: str) -> Named | None:
    """The table that a bullet opens with."""
    label = read_label(line, bare=True)
    opening = _marked(line) or (label.label if label else "")
    if not opening and line.startswith("`"):
        opening = f"`{codes(line)[0]}`" if codes(line) else ""
    name = table_in_label(opening) if opening else None
    if name is None:
        return None
    behind = plain(line.partition(name)[2].lstrip("`*:–—- "))
    purpose = re.split(r"[(:]", re.sub(r"^(?:table|tabla|tabella)\b\s*", "", behind, flags=re.IGNORECASE))[0]
    return Named(name, label.note if label else "", purpose.strip())


def _inline_columns(table: FoundTable, line: str, number: int) -> None:
    """Columns in backticks one after the other, or a plain list of identifiers behind a colon."""
    runs = [run for run in code_runs(line) if len(run) > 1]
    names = [name for run in runs for name in run if snake(name) != table.builder.name]
    if not runs:
        listed = read_values(line.rpartition(":")[2]) if ":" in line and "," in line else None
        plain_names = listed and all(_IDENTIFIER.fullmatch(one) for one in listed)
        names = list(listed) if listed and plain_names and any("_" in one for one in listed) else []
    table.builder.partial = table.builder.partial or bool(names)
    for name in names:
        table.builder.add_member(Member(name, number), bare_is="column")


def code_runs(line: str) -> list[list[str]]:
    """Identifiers in backticks that follow each other, with only commas, "and" or remarks in between."""
    runs: list[list[str]] = [[]]
    for is_code, text in code_parts(line):
        if is_code and _IDENTIFIER.fullmatch(text.split(":")[0].strip()):
            runs[-1].append(text)
        elif is_code or not _BETWEEN.fullmatch(text):
            runs.append([])
    return [run for run in runs if run]


def _detail(table: FoundTable, block: Block, first: str) -> None:
    """A bullet below a table: a column, or words about it."""
    typed = _TYPED_BULLET.fullmatch(first)
    bare = _BARE_BULLET.fullmatch(first)
    runs = code_runs(first)
    if len(runs) == 1 and len(runs[0]) > 1 and first.lstrip("*").startswith("`"):
        _inline_columns(table, first, block.line)
    elif typed:
        rest = typed["rest"] or ""
        dashed = rest[:1] in {"-", "–", "—"}
        text, comment = (typed["name"], rest[1:].strip()) if dashed else (f"{typed['name']}{rest}", None)
        table.form = table.form or "bullets"
        table.builder.add_member(Member(plain(text), block.line, comment), bare_is="column")
    elif bare and ("_" in bare["name"] or bare["name"] in _PLAIN_COLUMNS):
        table.form = table.form or "bullets"
        table.builder.add_member(Member(plain(first), block.line), bare_is="column")
    else:
        _remark(table, block.text)


def _remark(table: FoundTable, text: str) -> None:
    """Words about a table; some of them are an index, a unique key or one row for each row of another."""
    table.said.append(plain(text))
    if not read_constraint_line(table, text) and "`" in text and (one := ONE_TO_ONE.search(text)):
        _one_to_one(table, one[1])


def _one_to_one(table: FoundTable, other: str) -> None:
    """One row for each row of another table: unique over the column that points there."""
    singular = other.removesuffix("s")
    wanted = (f"{singular}_id", f"{singular.rpartition('_')[2]}_id")
    present = {column.name for column in table.builder.columns}
    name = next((name for name in wanted if name in present), None)
    if name:
        table.builder.unique.append((name,))
