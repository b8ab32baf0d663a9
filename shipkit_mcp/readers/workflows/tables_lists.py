"""Reads the lists below a table's name: key fields, status values, indexes, unique columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shipkit_mcp.facts import Block
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
from shipkit_mcp.readers.workflows.tables_found import FoundTable

_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_INDEX_LINE = re.compile(r"(?i)(?:index(?:es)?|[ií]ndices?|indici)\s+(?:on|en|su|sur)\s+(?P<columns>.+)")
_UNIQUE_LINE = re.compile(
    r"(?i)(?:unique(?: constraint| index)?|[uú]nic[oa])\s+(?:on|en|su|sur)\s+(?P<columns>[^-–—]+)"
)
_VALUE = re.compile(r"[A-Za-z][\w-]*")


def read_list(table: FoundTable, label: str, value: str, line: int, *, depth: int) -> bool:
    """Takes such a label; where it has no value, the bullets below it are its items."""
    key = next((name for name, keys in _LISTS if fold(label) in keys), None)
    if key is None or (value and not _take(table, key, value, line)):
        return False
    table.listing = (key, depth)
    if key == "fields":
        table.form = table.form or "list"
        table.builder.partial = table.builder.partial or fold(label) in PARTIAL_KEYS
    return True


_LISTS = (
    ("fields", KEY_FIELDS),
    ("statuses", STATUS_VALUES),
    ("indexes", INDEX_KEYS),
    ("unique", UNIQUE_KEYS),
)


def _take(table: FoundTable, key: str, value: str, line: int) -> bool:
    """Reads the value of a label; False where it is none of the kind."""
    if key == "fields":
        for text in _field_texts(value):
            table.builder.add_member(Member(text, line), bare_is="column")
    elif key == "statuses":
        return _take_statuses(table, _values(value), line)
    elif key == "indexes":
        table.builder.indexes.extend(_column_lists(value))
    else:
        columns = tuple(snake(code) for code in codes(value))
        table.builder.unique.extend([columns] if columns else [])
        return bool(columns)
    return True


def _take_statuses(table: FoundTable, values: tuple[str, ...], line: int) -> bool:
    if values:
        table.statuses_line = table.statuses_line if table.statuses else line
        table.statuses = (*table.statuses, *(one for one in values if one not in table.statuses))
    return bool(values)


def read_item(table: FoundTable, first: str, block: Block) -> bool:
    """A bullet below a label such as "Indexes:"; False where it belongs to none."""
    if table.listing is None or block.depth <= table.listing[1]:
        table.listing = None
        return False
    key = table.listing[0]
    if key == "fields" or read_constraint_line(table, first):
        return key != "fields"
    quoted = codes(first)
    if key == "statuses":
        found = quoted[:1] or [part for part in (plain(first).split() or [""])[:1] if _VALUE.fullmatch(part)]
        return _take_statuses(table, tuple(found), block.line)
    lists = list(_column_lists(first if not quoted else re.split(r"\s[-–—]\s|\s\((?=[a-z]+ )", first)[0]))
    (table.builder.indexes if key == "indexes" else table.builder.unique).extend(lists)
    return bool(lists)


def read_constraint_line(table: FoundTable, text: str) -> bool:
    """``Index on a, b`` and ``UNIQUE constraint on a``."""
    bare = plain(text)
    if (index := _INDEX_LINE.match(bare)) is not None:
        table.builder.indexes.extend(_column_lists(index["columns"]))
        return True
    unique = _UNIQUE_LINE.match(bare)
    if unique is None:
        return False
    columns = [one for one in re.split(r"[(),+\s]+", re.sub(r"\s\(one\b.*", "", unique["columns"])) if one]
    if columns and all(_IDENTIFIER.fullmatch(column) for column in columns):
        table.builder.unique.append(tuple(snake(column) for column in columns))
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
