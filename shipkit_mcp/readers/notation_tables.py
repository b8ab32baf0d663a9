"""Gathers the members of a shape into one declared table: columns, keys, indexes, what is left open."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

from shipkit_mcp.facts import DeclaredColumn, DeclaredTable, Evidence, Role, TableUse, Unread
from shipkit_mcp.readers.markdown_text import fold, snake
from shipkit_mcp.readers.notation_columns import read_column
from shipkit_mcp.readers.notation_shapes import MAX_MEMBER, Member, Shape
from shipkit_mcp.readers.notation_text import unquoted
from shipkit_mcp.readers.notation_types import read_type
from shipkit_mcp.readers.notation_words import (
    EXISTING,
    INDEX_KEYS,
    KNOWN_TYPES,
    PARTIAL_KEYS,
    PRIMARY_KEYS,
    UNIQUE_KEYS,
)

_FILLABLE = ("type", "type_comment", "not_null", "default", "references", "on_delete", "values", "note")
BareIs = Literal["column", "drop"]

_DROP = re.compile(r"(?:[-*•] )?(?:drop(?: column)?|remove|delete) [`\"]?([^\W\d]\w*)[`\"]?", re.IGNORECASE)
MINUS = re.compile(r"[-–—] ?[`\"]?([^\W\d]\w*)[`\"]?")
_RENAME = re.compile(
    r"(?:[-*•+] )?(?:rename(?: column)? )?[`\"]?([^\W\d]\w*)[`\"]? ?"
    r"(?:->|→|=>|\bto\b) ?[`\"]?([^\W\d]\w*)[`\"]?"
    r"(?P<typed> ?: ?.{1,300})?",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?:[-*•+] )?(?:\*\*)?(?P<key>[^\W\d][^:()*,]{0,40}?)(?:\*\*)?(?: ?: ?(?:\*\* ?)?(?:on )?| on | ?(?=\())"
    r"\(?(?P<columns>[^()]{1,500})\)?(?P<rest>.{0,500})"
)
_FOREIGN_LINE = re.compile(
    r"(?:[-*•+] )?(?:fk|foreign key|clave for[aá]nea|cl[eé] [eé]trang[eè]re|chiave esterna) ?:? ?"
    r"\(?`?(?P<name>[^\W\d]\w*)`?\)? ?"
    r"(?:->|→|references) ?(?P<target>.{1,300})",
    re.IGNORECASE,
)
_COLUMN = r"[`\"]?[^\W\d]\w*[`\"]?(?: (?:asc|desc))?"
_COLUMN_LIST = re.compile(rf"{_COLUMN}(?:(?: ?[,+] ?| and ){_COLUMN})*", re.IGNORECASE)

MAX_COLUMNS = 1_600
"""Of one table: no PostgreSQL table has more."""


class TableBuilder:
    """One table while it is being read."""

    def __init__(self, name: str, doc_name: str, evidence: Evidence, at: Callable[[int], Evidence]) -> None:
        """``at`` gives the evidence for a line number."""
        self.name = name
        self.doc_name = doc_name
        self.evidence = evidence
        self.at = at
        self.use = TableUse.DEFINED
        self.role: Role | None = None
        self.purpose: str | None = None
        self.declared_new = False
        self.partial = False
        self.marks_null = False
        self.existing = False
        self.columns: list[DeclaredColumn] = []
        self._places: dict[str, int] = {}
        """Where in ``columns`` each name stands."""
        self._is_full = False
        self.primary_key: tuple[str, ...] = ()
        self.unique: list[tuple[str, ...]] = []
        self.indexes: list[tuple[str, ...]] = []
        self.remarks: list[str] = []
        self.unread: list[Unread] = []
        self.strict = False
        """True for what an assistant passes in: a column has one type."""

    def add_shape(self, shape: Shape, *, bare_is: BareIs) -> None:
        """Everything between and behind the braces of a shape."""
        self.partial = self.partial or shape.partial
        self.remarks.extend(shape.remarks)
        said = [*shape.lead, *shape.remarks]
        self.partial = self.partial or any(fold(text.partition(":")[0]) in PARTIAL_KEYS for text in said)
        self.existing = self.existing or any(
            EXISTING.search(text) and text.lstrip().startswith((".", "…")) for text in shape.remarks
        )
        for member in shape.members:
            self.add_member(member, bare_is=bare_is)

    def add_member(self, member: Member, *, bare_is: BareIs) -> None:
        """One line: a column, a key, an index, a drop or a rename."""
        text = " ".join(member.text.split())
        if len(text) > MAX_MEMBER or not (
            self._reference(text)
            or self._list(text)
            or self._change(text, member, bare_is)
            or self._column(Member(text, member.line, member.comment, member.sections))
        ):
            why = f"not understood in table {self.name}: {text[:80]}"
            self.unread.append(Unread(path=self.evidence.path, line=member.line, why=why))

    def _reference(self, text: str) -> bool:
        """``foreign key: a -> users.id (cascade delete)``, ``foreign key (a) references users(id)``."""
        found = _FOREIGN_LINE.fullmatch(text)
        read = (
            read_column(Member(f"{found['name']} -> {found['target']}", 0), self.evidence) if found else None
        )
        if found is None or read is None or read.column.references is None:
            return False
        self.fill(snake(found["name"]), references=read.column.references, on_delete=read.column.on_delete)
        return True

    def _list(self, text: str) -> bool:
        found = _LIST.fullmatch(text)
        key = fold(found["key"]) if found else ""
        if not found or key not in _LISTS:
            return False
        if read_type(found["columns"]).type and found["columns"].split()[0].lower() in KNOWN_TYPES:
            return False
        if not _COLUMN_LIST.fullmatch(found["columns"].strip()):
            return False
        columns = tuple(snake(unquoted(part)) for part in _names(found["columns"]))
        _LISTS[key](self, columns, found["rest"])
        return True

    def _change(self, text: str, member: Member, bare_is: BareIs) -> bool:
        dropped = _DROP.fullmatch(text) or (MINUS.fullmatch(text) if bare_is == "drop" else None)
        if dropped:
            self._put(self._bare(dropped[1], member.line, dropped=True))
            return True
        renamed = _RENAME.fullmatch(text)
        if renamed and not (renamed["typed"] and "rename" not in text.lower() and "->" not in text):
            typed = Member(f"{renamed[2]}{renamed['typed'] or ''}", member.line, member.comment)
            read = read_column(typed, self.at(member.line))
            column = read.column if read else self._bare(renamed[2], member.line)
            self._put(column.model_copy(update={"renamed_from": snake(renamed[1])}))
            return True
        return False

    def _bare(self, name: str, line: int, *, dropped: bool = False) -> DeclaredColumn:
        return DeclaredColumn(
            name=snake(name) or name, doc_name=name, dropped=dropped, evidence=self.at(line)
        )

    def _column(self, member: Member) -> bool:
        read = read_column(member, self.at(member.line))
        if read is None:
            return False
        self.marks_null = self.marks_null or read.marks_null
        if read.indexed:
            self.indexes.append((read.column.name,))
        self._put(read.column)
        return True

    def _put(self, column: DeclaredColumn) -> None:
        """Adds a column. Said again, it fills what was open; another type is a contradiction where it counts."""
        known = self._places.get(column.name)
        if known is None:
            self._add(column)
            return
        above = self.columns[known]
        if self.strict and column.dropped != above.dropped:
            why = f"`{column.name}` of `{self.name}` is dropped and given in one block: write two, or only one of them"
            self.unread.append(Unread(path=self.evidence.path, line=column.evidence.line, why=why))
            return
        if self.strict and column.type and above.type and fold(column.type) != fold(above.type):
            why = f"`{column.name}` of `{self.name}` is given as {column.type} here and as {above.type} above"
            self.unread.append(Unread(path=self.evidence.path, line=column.evidence.line, why=why))
            return
        filled = {key: getattr(column, key) for key in _FILLABLE if getattr(above, key) is None}
        self.columns[known] = above.model_copy(update=filled)

    def _add(self, column: DeclaredColumn) -> None:
        if len(self.columns) < MAX_COLUMNS:
            self._places[column.name] = len(self.columns)
            self.columns.append(column)
        elif not self._is_full:
            self._is_full = True
            why = f"`{self.name}` has more than {MAX_COLUMNS:,} columns: the rest is left out"
            self.unread.append(Unread(path=self.evidence.path, line=column.evidence.line, why=why))

    def put_column(self, column: DeclaredColumn) -> None:
        """Adds a column that was read elsewhere."""
        self._put(column)

    def fill(self, name: str, **values: object) -> None:
        """Sets what a column does not yet say."""
        at = self._places.get(name)
        if at is not None:
            one = self.columns[at]
            missing = {key: value for key, value in values.items() if not getattr(one, key)}
            self.columns[at] = one.model_copy(update=missing)

    def build(self, unions: Mapping[str, tuple[str, ...]] | None = None) -> DeclaredTable:
        """The table as read; ``unions`` gives the values of named types."""
        columns = [self._settled(column, unions or {}) for column in self.columns]
        keys = self.primary_key or tuple(column.name for column in columns if column.primary_key)
        return DeclaredTable(
            name=self.name,
            doc_name=self.doc_name,
            use=self.use,
            role=self.role,
            purpose=self.purpose,
            declared_new=self.declared_new,
            partial=self.partial or not columns,
            marks_null=self.marks_null,
            columns=tuple(columns),
            primary_key=keys,
            unique=tuple(dict.fromkeys(self.unique)),
            indexes=tuple(dict.fromkeys(self.indexes)),
            evidence=self.evidence,
        )

    def _settled(self, column: DeclaredColumn, unions: Mapping[str, tuple[str, ...]]) -> DeclaredColumn:
        update: dict[str, object] = {}
        if column.values is None and column.type is not None and column.type in unions:
            update["values"] = unions[column.type]
        is_key = (column.name,) == self.primary_key
        told = self.marks_null and column.type is not None and not column.dropped
        if column.not_null is None and (is_key or told):
            update["not_null"] = True
        return column.model_copy(update=update) if update else column


def _names(columns: str) -> list[str]:
    cleaned = re.sub(r"\s(?:asc|desc)\b", "", columns, flags=re.IGNORECASE)
    return [part.strip() for part in re.split(r"[,+]| and ", cleaned) if part.strip()]


def _add_index(table: TableBuilder, columns: tuple[str, ...], _rest: str) -> None:
    table.indexes.append(columns)


def _add_unique(table: TableBuilder, columns: tuple[str, ...], _rest: str) -> None:
    table.unique.append(columns)


def _set_primary(table: TableBuilder, columns: tuple[str, ...], _rest: str) -> None:
    table.primary_key = columns


_LISTS: dict[str, Callable[[TableBuilder, tuple[str, ...], str], None]] = {
    **dict.fromkeys(INDEX_KEYS, _add_index),
    **dict.fromkeys(UNIQUE_KEYS, _add_unique),
    **dict.fromkeys(PRIMARY_KEYS, _set_primary),
}
