"""Reads tables out of bold lines, bullets and remarks below them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shipkit_mcp.facts import Block
from shipkit_mcp.readers.markdown_labels import read_label
from shipkit_mcp.readers.markdown_text import code_parts, codes, fold, plain, snake
from shipkit_mcp.readers.notation_shapes import Member
from shipkit_mcp.readers.notation_types import read_values
from shipkit_mcp.readers.notation_words import (
    INDEX_KEYS,
    KEY_FIELDS,
    PARTIAL_KEYS,
    STATUS_VALUES,
    UNIQUE_KEYS,
)
from shipkit_mcp.readers.workflows.table_names import Named, table_in_label
from shipkit_mcp.readers.workflows.tables_found import FoundTable, TablesRead
from shipkit_mcp.readers.workflows.words_tables import ONE_TO_ONE

_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_TYPED_BULLET = re.compile(r"\*{0,2}`(?P<name>[^\W\d]\w*)`\*{0,2}\s*(?P<rest>[:(].*|[-–—]\s.*)?")
_BARE_BULLET = re.compile(r"(?P<name>[a-z]\w*)\s*:\s*(?P<rest>\S.*)")
_PLAIN_COLUMNS = frozenset({"id", "status", "name", "title", "type", "progress", "email", "slug", "month"})
_INDEX_LINE = re.compile(r"(?i)(?:index(?:es)?|[ií]ndices?|indici)\s+(?:on|en|su|sur)\s+(?P<columns>.+)")
_UNIQUE_LINE = re.compile(
    r"(?i)(?:unique(?: constraint| index)?|[uú]nic[oa])\s+(?:on|en|su|sur)\s+(?P<columns>.+)"
)


def read_paragraph(read: TablesRead, block: Block) -> None:
    """Lines such as ``**name** - purpose`` open a table; others speak of the open one."""
    for nth, line in enumerate(block.text.split("\n")):
        label = read_label(line)
        name = table_in_label(_marked(line) or label.label) if label else None
        if label and name and not _is_list_key(label.label):
            read.start(Named(name, label.note, plain(label.value)), block.line + nth)
        elif label and read.open and _list_label(read.open, label.label, label.value, block.line + nth):
            continue
        elif read.open:
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
    if inside and read.open and label and _list_label(read.open, label.label, label.value, block.line):
        return
    named = None if inside and not _is_bold_table(read.open, first) else _named(first)
    if named:
        table = read.start(named, block.line, form="list", depth=block.depth)
        _inline_columns(table, block)
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


def _inline_columns(table: FoundTable, block: Block) -> None:
    """Columns in backticks behind the table's name, or a plain list of identifiers behind its colon."""
    quoted = [code for code in codes(block.text) if snake(code) != table.builder.name]
    names = [code for code in quoted if _IDENTIFIER.fullmatch(code.split(":")[0].strip())]
    if not names:
        values = (
            read_values(block.text.rpartition(":")[2]) if ":" in block.text and "," in block.text else None
        )
        listed = [value for value in values or () if _IDENTIFIER.fullmatch(value)]
        names = listed if values and len(listed) == len(values) and any("_" in one for one in listed) else []
    table.builder.partial = table.builder.partial or bool(names)
    for name in names:
        table.builder.add_member(Member(name, block.line), bare_is="column")


def _list_label(table: FoundTable, label: str, value: str, line: int) -> bool:
    """Key fields, status values, indexes and unique columns of a table."""
    key = fold(label)
    if key in KEY_FIELDS:
        table.form = table.form or "list"
        table.builder.partial = table.builder.partial or key in PARTIAL_KEYS
        for text in _field_texts(value):
            table.builder.add_member(Member(text, line), bare_is="column")
    elif key in STATUS_VALUES and (values := _values(value)):
        table.statuses, table.statuses_line = values, line
        table.builder.fill("status", values=values)
    elif key in INDEX_KEYS and value:
        table.builder.indexes.extend(_column_lists(value))
    elif key in UNIQUE_KEYS and codes(value):
        table.builder.unique.append(tuple(snake(code) for code in codes(value)))
    else:
        return False
    return True


def _values(value: str) -> tuple[str, ...]:
    quoted = codes(value)
    return tuple(quoted) if len(quoted) > 1 else read_values(plain(value).rstrip(".")) or ()


def _column_lists(value: str) -> Iterator[tuple[str, ...]]:
    """``a, b`` are two lists of one column, ``(a, b)`` and ``a + b`` are one list of two."""
    for part in re.split(r",(?![^()]*\))|;", plain(value).rstrip(".")):
        bare = re.sub(r"\s\((?:for|per|para|pour|used)\b[^()]*\)", "", part)
        columns = [one for one in re.split(r"[(),+\s]+", bare.strip()) if one]
        if columns and all(_IDENTIFIER.fullmatch(column) for column in columns):
            yield tuple(snake(column) for column in columns)


def _field_texts(value: str) -> Iterator[str]:
    """``a`, `b` (JSONB), `c``: each name with the remark in parentheses behind it."""
    parts = code_parts(value)
    if not any(is_code for is_code, _ in parts):
        for part in re.split(r",(?![^()]*\))", plain(value)):
            text = part.strip(" .")
            if re.fullmatch(r"[^\W\d]\w*(?:\s*\([^()]*\))?(?:\s*:\s*\S.*)?", text):
                yield text
        return
    for at, (is_code, text) in enumerate(parts):
        behind = parts[at + 1][1].lstrip() if at + 1 < len(parts) and not parts[at + 1][0] else ""
        remark = behind[: behind.find(")") + 1] if behind.startswith("(") else ""
        if is_code and _IDENTIFIER.match(text):
            yield f"{text} {remark}" if remark and ":" not in text else text


def _detail(table: FoundTable, block: Block, first: str) -> None:
    """A bullet below a table: a column, or words about it."""
    typed = _TYPED_BULLET.fullmatch(first)
    bare = _BARE_BULLET.fullmatch(first)
    if typed:
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
    bare = plain(text)
    if (index := _INDEX_LINE.match(bare)) is not None:
        table.builder.indexes.extend(_column_lists(index["columns"]))
    elif (unique := _UNIQUE_LINE.match(bare)) is not None:
        columns = codes(text) or [part for part in re.split(r"[(),\s]+", unique["columns"]) if part]
        if all(_IDENTIFIER.fullmatch(column) for column in columns):
            table.builder.unique.append(tuple(snake(column) for column in columns))
    elif (one := ONE_TO_ONE.search(text)) is not None and "`" in text:
        _one_to_one(table, one[1])


def _one_to_one(table: FoundTable, other: str) -> None:
    """One row for each row of another table: unique over the column that points there."""
    singular = other.removesuffix("s")
    wanted = (f"{singular}_id", f"{singular.rpartition('_')[2]}_id")
    present = {column.name for column in table.builder.columns}
    name = next((name for name in wanted if name in present), None)
    if name:
        table.builder.unique.append((name,))
