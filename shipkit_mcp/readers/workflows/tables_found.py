"""What is known of a unit's tables while its document is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from shipkit_mcp.facts import DeclaredTable, Evidence, Source, Unread
from shipkit_mcp.readers.notation_shapes import Shapes
from shipkit_mcp.readers.notation_tables import TableBuilder
from shipkit_mcp.readers.workflows.table_names import Named

MAX_TABLES = 400
"""Of one document: ten times what any describes. Each is looked for in all the text around it."""


@dataclass
class FoundTable:
    """One table, its columns gathered in ``builder``."""

    builder: TableBuilder
    form: str = ""
    """The notation its columns are written in: documents mark nullability by notation."""
    depth: int | None = None
    """Of the bullet that opened it; None where a paragraph or heading did."""
    named: list[str] = field(default_factory=list)
    """Words beside its name and in the heading above it."""
    said: list[str] = field(default_factory=list)
    """Other words about it: notes and remarks."""
    noted: list[str] = field(default_factory=list)
    """Comments on its columns."""
    statuses: tuple[str, ...] = ()
    statuses_line: int = 0
    altered: bool = False
    listing: tuple[str, int] | None = None
    """A label such as "Indexes:" whose items follow as bullets deeper than this."""

    @property
    def words(self) -> str:
        """Everything said of the table itself, one remark a line."""
        return " \n ".join([*self.named, *self.said])


@dataclass
class TablesRead:
    """The tables of one unit, and the named unions that give their values."""

    source: Source
    tables: list[FoundTable] = field(default_factory=list)
    named: dict[str, FoundTable] = field(default_factory=dict)
    """The same, by name."""
    unions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    union_lines: dict[str, int] = field(default_factory=dict)
    interfaces: set[str] = field(default_factory=set)
    """Names of the interfaces that are rows of a table."""
    unread: list[Unread] = field(default_factory=list)
    open: FoundTable | None = None
    """The table that what follows belongs to."""
    heading: str = ""
    """The heading above, such as "New Tables"."""
    _is_full: bool = False

    def at(self, line: int) -> Evidence:
        """The evidence for a line counted from 1."""
        return self.source.at(line - 1)

    def start(self, named: Named, line: int, *, form: str = "", depth: int | None = None) -> FoundTable:
        """Opens a table; one that was named before goes on."""
        known = self.named.get(named.name)
        if known is None:
            known = FoundTable(TableBuilder(named.name, named.doc_name, self.at(line), self.at))
            self._keep(known, line)
        known.depth, known.listing = depth, None
        known.form = known.form or form
        known.builder.purpose = known.builder.purpose or named.purpose or None
        known.named.extend(text for text in (named.note, named.purpose, self.heading) if text)
        self.open = known
        return known

    def _keep(self, table: FoundTable, line: int) -> None:
        """Beyond the most a table is read, so that what follows is its own, and left out."""
        if len(self.tables) < MAX_TABLES:
            self.named[table.builder.name] = table
            self.tables.append(table)
        elif not self._is_full:
            self._is_full = True
            why = f"more than {MAX_TABLES} tables in one document: the rest is left out"
            self.unread.append(Unread(path=self.source.path, line=line, why=why))

    def take_unions(self, shapes: Shapes) -> None:
        """Remembers ``type Status = "a" | "b"``."""
        for union in shapes.unions:
            self.name_values(union.name, union.values, union.line)

    def name_values(self, name: str, values: tuple[str, ...], line: int) -> None:
        """Remembers the values of a named type; the first one said counts."""
        if name not in self.unions:
            self.unions[name] = values
            self.union_lines[name] = line

    def built(self) -> list[tuple[FoundTable, DeclaredTable]]:
        """The tables, a notation that marks null in one of them marking it in all."""
        marking = {one.form for one in self.tables if one.builder.marks_null}
        for one in self.tables:
            one.builder.marks_null = one.builder.marks_null or one.form in marking
            if one.statuses:
                one.builder.fill("status", values=one.statuses)
            self.unread.extend(one.builder.unread)
            one.builder.unread = []
        return [(one, one.builder.build(self.unions)) for one in self.tables]
