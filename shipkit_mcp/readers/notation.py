"""Turns the mission's notation, in documents and in what an assistant passes in, into declared tables.

The grammar, one statement a line (``//`` and ``--`` begin a comment; a final comma or semicolon is ignored):

    name                            a table: what follows belongs to it until the next table
    name { ... }                    the same with braces, also on lines of their own; or ``table name``
    column: type (remarks)          a column, with or without a leading ``-`` or ``+``
    - column  |  drop column        the column goes (inside braces only ``drop column`` says so, and a bare
                                    name is a column without a type)
    old -> new  |  rename old to new        the column is renamed
    index: a, b  |  unique: a, b  |  primary key: a, b      over columns of the table
    column: uuid (FK -> table.column, cascade delete, UNIQUE)   column -> table.column is short for it
    column: enum (a, b)  |  "a" | "b"       values;  type[] is an array;  type | null is nullable
    remarks: PK, FK, NOT NULL, nullable, UNIQUE, default x, cascade delete, set null, indexed, legacy
    ...                             more columns exist that are not listed here

Types are the database's own (``uuid``, ``varchar(255)``, ``timestamp with time zone``, ``jsonb``).
What is not understood is an ``Unread`` with its line, never dropped and never guessed.
"""

from __future__ import annotations

import re

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import DeclaredTable, Evidence, Unread
from shipkit_mcp.readers.markdown_text import snake
from shipkit_mcp.readers.notation_foreign import foreign_statements
from shipkit_mcp.readers.notation_scan import read_shapes
from shipkit_mcp.readers.notation_shapes import Member, Shape
from shipkit_mcp.readers.notation_tables import MINUS, TableBuilder

_HEADING = re.compile(
    r"(?:#{1,6} |[-*] (?=\*\*))?(?:(?:create |new |add )?table )?"
    r"(?:\*\*|`){0,2}(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)?)"
    r"(?:\*\*|`){0,2}(?: (?:[-–—] (?P<purpose>.{1,300})|\((?P<note>[^()]{1,300})\)))?:?"
)
_MAX_LINE = 10_000


def read_tables(text: str, path: str, line: int) -> tuple[tuple[DeclaredTable, ...], tuple[Unread, ...]]:
    """Tables as an assistant writes them, ``line`` being the number of the first line. Never raises."""
    reading = _Amending(path, text, line)
    return reading.read()


class _Amending:
    """Reads statements line by line; braces are read as shapes."""

    def __init__(self, path: str, text: str, line: int) -> None:
        self.path = path
        self.first = line
        short = [part if len(part) <= _MAX_LINE else "" for part in text.split("\n")]
        self.lines, foreign = foreign_statements(short)
        self.unread = [
            Unread(path=path, line=line + at, why=f"a line of {len(part)} characters, not read")
            for at, part in enumerate(text.split("\n"))
            if len(part) > _MAX_LINE
        ]
        self.unread += [Unread(path=path, line=line + at, why=why) for at, why in foreign]
        self.tables: list[TableBuilder] = []
        self.open: TableBuilder | None = None
        self.heading: TableBuilder | None = None
        """The table that was named on the line before; braces that follow are its own."""

    def read(self) -> tuple[tuple[DeclaredTable, ...], tuple[Unread, ...]]:
        found = read_shapes("\n".join(self.lines), self.first)
        parts: list[Shape | Member] = [*found.shapes, *found.strays]
        parts.extend(member for shape in found.shapes for member in shape.trailer)
        for one in found.skipped:
            self._miss(one.line, f"no table's name stands before the braces: {one.text[:80]}")
        for part in sorted(parts, key=lambda one: one.line):
            beat()
            if isinstance(part, Shape):
                self._shape(part)
            else:
                self._statement(part)
        unread = [*self.unread, *(miss for table in self.tables for miss in table.unread)]
        unread.sort(key=lambda miss: miss.line)
        return tuple(table.build() for table in self.tables), tuple(unread)

    def _evidence(self, line: int) -> Evidence:
        row = line - self.first
        quote = self.lines[row].strip() if 0 <= row < len(self.lines) else ""
        return Evidence(path=self.path, line=line, quote=quote)

    def _shape(self, shape: Shape) -> None:
        named_above = self.open is not None and not shape.name and self.open is self.heading
        if shape.keyword == "code" or not (shape.name or named_above):
            self._miss(shape.line, "braces without a table's name before them")
            return
        if shape.name:
            self._table(shape.name, shape.line, shape.purpose)
        shape.members = [one for one in shape.members if not self._is_bare_minus(one)]
        if self.open:
            self.open.add_shape(shape, bare_is="column")
        self.open = None

    def _is_bare_minus(self, member: Member) -> bool:
        """``- name`` in braces: a list of columns, or one that goes."""
        found = MINUS.fullmatch(" ".join(member.text.rstrip(",;").split()))
        if found:
            both = (
                f"write `drop {found[1]}` to drop the column, or give it a type, such as `{found[1]}: text`"
            )
            self._miss(member.line, f"`{found[0]}` in braces may be a column or one to drop: {both}")
        return bool(found)

    def _table(self, name: str, line: int, purpose: str | None) -> None:
        bare = name.rpartition(".")[2]
        self.open = TableBuilder(snake(bare) or bare, bare, self._evidence(line), self._evidence)
        self.open.purpose = purpose
        self.open.strict = True
        self.tables.append(self.open)

    def _statement(self, member: Member) -> None:
        text = member.text.rstrip(",;").strip()
        heading = _HEADING.fullmatch(" ".join(text.split()))
        if heading and not text.startswith(("- ", "+ ")):
            self._table(heading["name"], member.line, heading["purpose"] or heading["note"])
            self.heading = self.open
        elif text.strip("`*-_= ") == "" or text in {"}", "```"} or text.startswith("```"):
            return
        elif self.open is None:
            self._miss(member.line, f"no table is open here: {text[:80]}")
        else:
            member.text = text
            self.heading = None
            self.open.add_member(member, bare_is="drop")

    def _miss(self, line: int, why: str) -> None:
        self.unread.append(Unread(path=self.path, line=line, why=why))
