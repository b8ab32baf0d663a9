"""Turns the tables that a workflow document speaks of, in whatever form, into declared tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from shipkit_mcp.facts import Block, BlockKind, DeclaredTable, Section, Unread
from shipkit_mcp.readers.markdown_labels import Labelled, labelled, read_label
from shipkit_mcp.readers.markdown_text import codes, fold, plain, snake
from shipkit_mcp.readers.notation_shapes import Member, Shape, Shapes, read_shapes
from shipkit_mcp.readers.notation_tables import TableBuilder
from shipkit_mcp.readers.notation_types import read_values
from shipkit_mcp.readers.notation_words import (
    INDEX_KEYS,
    KEY_FIELDS,
    PARTIAL_KEYS,
    STATUS_VALUES,
    UNIQUE_KEYS,
)
from shipkit_mcp.readers.sql import read_sql
from shipkit_mcp.readers.workflows.table_names import (
    Named,
    table_in_comment,
    table_in_label,
    table_of_interface,
)
from shipkit_mcp.readers.workflows.units import Unit
from shipkit_mcp.readers.workflows.words import FIELD_WORD, ONE_TO_ONE, TABLE_LABELS

_SQL = re.compile(r"(?im)^\s*(?:create\s+(?:unlogged\s+)?table|alter\s+table)\b")
_CODE_INFO = frozenset({"bash", "sh", "json", "mermaid", "css", "html", "python", "yaml", "markdown", "md"})
_LISTED = frozenset({BlockKind.BULLET, BlockKind.ORDERED})
_TYPED_BULLET = re.compile(r"\*{0,2}`(?P<name>[^\W\d]\w*)`\*{0,2}\s*(?P<rest>[:(].*|[-–—]\s.*)?")


@dataclass
class FoundTable:
    """A table while its document is being read."""

    builder: TableBuilder
    form: str
    """The notation its columns are written in: documents mark nullability by notation."""
    depth: int | None
    """Of the bullet that opened it; None where a paragraph or heading did."""
    said: list[str] = field(default_factory=list)
    """Words about it: its purpose, notes, remarks."""
    named: list[str] = field(default_factory=list)
    """Those of them that stand beside its name."""
    statuses: tuple[str, ...] = ()
    statuses_line: int = 0
    altered: bool = False


@dataclass
class TablesRead:
    """The tables of one unit, and the named unions that give their values."""

    tables: list[FoundTable] = field(default_factory=list)
    unions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    union_lines: dict[str, int] = field(default_factory=dict)
    interfaces: set[str] = field(default_factory=set)
    """Names of the interfaces that are rows of a table."""
    unread: list[Unread] = field(default_factory=list)

    def built(self) -> list[tuple[FoundTable, DeclaredTable]]:
        """The tables, a notation that marks null in one of them marking it in all."""
        marking = {one.form for one in self.tables if one.builder.marks_null}
        for one in self.tables:
            one.builder.marks_null = one.builder.marks_null or one.form in marking
        return [(one, one.builder.build(self.unions)) for one in self.tables]


def read_unit_tables(unit: Unit) -> TablesRead:
    """Every table the unit declares or names in its sections about tables, and its SQL anywhere."""
    reading = _Reading(unit)
    sections = [section for section in unit.sections if unit.kind(section) == "tables"]
    if not sections and not any(_tables_label(section) for section in unit.sections):
        sections = [section for section in unit.sections if unit.kind(section) == "dataflow"]
    for section in unit.sections:
        if section in sections:
            reading.section(section)
        elif unit.kind(section) != "samples":
            reading.elsewhere(section)
    return reading.found


def _tables_label(section: Section) -> bool:
    return any(one.key in TABLE_LABELS and one.blocks for one in labelled(section.blocks))


class _Reading:
    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.source = unit.document.source
        self.found = TablesRead()
        self.open: FoundTable | None = None
        self.purposes: dict[int, Labelled] = {}

    # --- where tables stand ----------------------------------------------------------------

    def section(self, section: Section) -> None:
        self.open = None
        if name := table_in_label(section.title):
            self._start(Named(name), section.line, form="")
            if self.open:
                self.open.said.append(section.title)
                self.open.named.append(section.title)
        self.blocks(section.blocks)

    def elsewhere(self, section: Section) -> None:
        """SQL in any section, and lists below a label such as **Database Tables:**."""
        for one in labelled(section.blocks):
            if one.key in TABLE_LABELS and one.blocks:
                self.open = None
                self.blocks(one.blocks)
        self.open = None
        for block in section.blocks:
            if block.kind is BlockKind.FENCE and _SQL.search(block.text):
                self._sql(block)
            elif block.kind is BlockKind.FENCE and block.info not in _CODE_INFO:
                self._unions(read_shapes(block.text, block.line))

    def blocks(self, blocks: Sequence[Block]) -> None:
        header: tuple[str, ...] = ()
        for block in blocks:
            if block.kind is not BlockKind.TABLE_ROW:
                header = ()
            match block.kind:
                case BlockKind.FENCE:
                    self._fence(block)
                case BlockKind.TABLE_ROW:
                    header = self._row(block, header)
                case BlockKind.BULLET | BlockKind.ORDERED:
                    self._bullet(block)
                case _:
                    self._paragraph(block)

    # --- tables are opened and closed ------------------------------------------------------

    def _start(self, named: Named, line: int, *, form: str, depth: int | None = None) -> FoundTable:
        known = next((one for one in self.found.tables if one.builder.name == named.name), None)
        if known is None:
            builder = TableBuilder(named.name, named.doc_name, self.source.at(line - 1), self._at)
            known = FoundTable(builder, form, depth)
            self.found.tables.append(known)
        known.depth = depth
        known.form = known.form or form
        known.builder.purpose = known.builder.purpose or named.purpose or None
        beside = [text for text in (named.note, named.purpose) if text]
        known.said.extend(beside)
        known.named.extend(beside)
        self.open = known
        return known

    def _at(self, line: int):  # type: ignore[no-untyped-def]
        return self.source.at(line - 1)

    # --- prose -----------------------------------------------------------------------------

    def _paragraph(self, block: Block) -> None:
        for nth, line in enumerate(block.text.split("\n")):
            label = read_label(line)
            name = (
                table_in_label(line[: line.find("**", 2) + 2] if line.startswith("**") else label.label)
                if label
                else None
            )
            if label and name and not self._is_list_key(label.label):
                self._start(Named(name, label.note, plain(label.value)), block.line + nth, form="")
            elif label and self.open:
                self._list_label(label.label, label.value, block.line + nth)
            elif self.open:
                self._remark(line)

    def _is_list_key(self, label: str) -> bool:
        return fold(label) in KEY_FIELDS | STATUS_VALUES | INDEX_KEYS | UNIQUE_KEYS

    def _remark(self, text: str) -> None:
        if not self.open:
            return
        self.open.said.append(plain(text))
        found = ONE_TO_ONE.search(text)
        if found and "`" in text:
            self._one_to_one(self.open, found[1])

    def _one_to_one(self, table: FoundTable, other: str) -> None:
        """One row for each row of another table: unique over the column that points there."""
        singular = re.sub(r"s$", "", other)
        wanted = (f"{singular}_id", f"{singular.rpartition('_')[2]}_id")
        name = next((name for name in wanted if any(one.name == name for one in table.builder.columns)), None)
        if name:
            table.builder.unique.append((name,))

    # --- bullets ---------------------------------------------------------------------------

    def _bullet(self, block: Block) -> None:
        label = read_label(block.text.split("\n", 1)[0], bare=True)
        if (
            label
            and self.open
            and self._belongs(block)
            and self._list_label(label.label, label.value, block.line)
        ):
            return
        named = self._named_bullet(block, label.label if label else "", label.note if label else "")
        if named:
            table = self._start(named, block.line, form="list", depth=block.depth)
            self._inline_columns(table, block)
        elif self.open and self._belongs(block):
            self._detail(block)

    def _belongs(self, block: Block) -> bool:
        return self.open is not None and (self.open.depth is None or block.depth > self.open.depth)

    def _named_bullet(self, block: Block, label: str, note: str) -> Named | None:
        """A bullet that names a table rather than a column of the open one."""
        if self._belongs(block) and not (
            self.open and self.open.depth is None and block.text.startswith("**")
        ):
            return None
        bold = block.text.startswith("**")
        name = table_in_label(block.text[: block.text.find("**", 2) + 2] if bold else label)
        if name is None and not label:
            quoted = codes(block.text)
            name = (
                quoted[0]
                if quoted and block.text.startswith("`") and table_in_label(f"`{quoted[0]}`")
                else None
            )
        if name is None or (self.open and self.open.depth is None and "_" not in name):
            return None
        _, _, purpose = block.text.partition(name)
        return Named(name, note, plain(purpose.lstrip("`*:–—- (").split("(")[0].split(":")[0]))

    def _inline_columns(self, table: FoundTable, block: Block) -> None:
        """Columns in backticks behind the table's name, or a plain list behind "table:"."""
        quoted = [code for code in codes(block.text) if snake(code) != table.builder.name]
        names = [code for code in quoted if re.fullmatch(r"[^\W\d]\w*", code)]
        if not names:
            _, _, listed = block.text.partition(":")
            values = read_values(listed.replace("`", "")) if "," in listed else None
            names = [value for value in values or () if "_" in value or value.islower()]
        if names:
            table.builder.partial = True
        for name in names:
            table.builder.add_member(Member(name, block.line), bare_is="column")

    def _list_label(self, label: str, value: str, line: int) -> bool:
        """Key fields, status values, indexes and unique columns of the open table."""
        key = fold(label)
        if not self.open:
            return False
        if key in KEY_FIELDS:
            self._key_fields(value, line, partial=key in PARTIAL_KEYS)
        elif key in STATUS_VALUES and "," in value + "|" or (key in STATUS_VALUES and "|" in value):
            values = tuple(codes(value)) or read_values(plain(value)) or ()
            self.open.statuses, self.open.statuses_line = values, line
            self.open.builder.fill("status", values=values)
        elif key in INDEX_KEYS:
            self._index(value)
        elif key in UNIQUE_KEYS and codes(value):
            self.open.builder.unique.append(tuple(snake(code) for code in codes(value)))
        else:
            return False
        return True

    def _index(self, value: str) -> None:
        for part in re.split(r",(?![^()]*\))|;", value):
            columns = [snake(code) for code in re.split(r"[(),\s]+", plain(part).strip("() ")) if code]
            if self.open and columns and all(re.fullmatch(r"\w+", column) for column in columns):
                self.open.builder.indexes.append(tuple(columns))

    def _key_fields(self, value: str, line: int, *, partial: bool) -> None:
        if not self.open:
            return
        self.open.form = self.open.form or "list"
        self.open.builder.partial = self.open.builder.partial or partial
        for text in _field_texts(value):
            self.open.builder.add_member(Member(text, line), bare_is="column")

    def _detail(self, block: Block) -> None:
        """A bullet below a table: a column, or words about it."""
        first = block.text.split("\n", 1)[0]
        column = _TYPED_BULLET.fullmatch(first)
        bare = re.fullmatch(r"(?P<name>[a-z]\w*)\s*:\s*(?P<rest>\S.*)", first)
        if self.open and column:
            rest = column["rest"] or ""
            text, comment = (
                (f"{column['name']}{rest}", None)
                if not rest[:1] in "-–—"
                else (column["name"], rest[1:].strip())
            )
            self.open.form = self.open.form or "bullets"
            self.open.builder.add_member(Member(plain(text), block.line, comment), bare_is="column")
        elif (
            self.open
            and bare
            and ("_" in bare["name"] or bare["name"] in {"id", "status", "name", "title", "type"})
        ):
            self.open.form = self.open.form or "bullets"
            self.open.builder.add_member(Member(plain(first), block.line), bare_is="column")
        else:
            self._remark(block.text)
            if self.open and FIELD_WORD.search(block.text):
                for code in codes(block.text):
                    if re.fullmatch(r"[a-z]\w*_\w+", code) and code != self.open.builder.name:
                        self.open.said.append(code)

    # --- fences ----------------------------------------------------------------------------

    def _fence(self, block: Block) -> None:
        if block.info in _CODE_INFO:
            return
        if _SQL.search(block.text):
            self._sql(block)
            return
        shapes = read_shapes(block.text, block.line)
        self._unions(shapes)
        unclaimed = self.open if self.open and not self.open.builder.columns else None
        for nth, shape in enumerate(shapes.shapes):
            if shape.keyword != "code":
                self._shape(shape, unclaimed if nth == 0 else None, alone=len(shapes.shapes) == 1)
        if not shapes.shapes:
            self._strays(shapes)

    def _unions(self, shapes: Shapes) -> None:
        for union in shapes.unions:
            self.found.unions.setdefault(union.name, union.values)
            self.found.union_lines.setdefault(union.name, union.line)

    def _shape(self, shape: Shape, unclaimed: FoundTable | None, *, alone: bool) -> None:
        named = next((name for lead in reversed(shape.lead) if (name := table_in_comment(lead))), None)
        form = "interface" if shape.keyword in {"interface", "type"} else "notation"
        if unclaimed and (not named or named.name == unclaimed.builder.name or alone):
            table = unclaimed
            table.form = form
        elif shape.keyword == "table" and shape.name == shape.name.lower():
            lead = named.purpose if named else " ".join(shape.lead)
            table = self._start(Named(shape.name, "", shape.purpose or lead), shape.line, form=form)
        elif named and (shape.keyword == "object" or self.open is None):
            table = self._start(named, shape.line, form=form)
        elif shape.keyword == "interface" and self.open is None and _looks_like_row(shape):
            purpose = " ".join(shape.lead)
            table = self._start(Named(table_of_interface(shape.name), "", purpose), shape.line, form=form)
        else:
            return
        if shape.name:
            self.found.interfaces.add(shape.name)
        self._fill(table, shape)

    def _fill(self, table: FoundTable, shape: Shape) -> None:
        table.builder.add_shape(shape, bare_is="column")
        self.found.unread.extend(table.builder.unread)
        table.builder.unread = []
        table.said.extend([*shape.lead, *shape.remarks])
        table.said.extend(member.comment for member in shape.members if member.comment)
        table.altered = table.altered or table.builder.existing
        for member in shape.trailer:
            label = read_label(member.text.lstrip("-*• "), bare=True)
            if not (label and self._list_label(label.label, label.value, member.line)):
                self._trailing_index(table, member)

    def _trailing_index(self, table: FoundTable, member: Member) -> None:
        """``// Indexes`` and ``// Constraints`` below a table, as in the mission's pattern."""
        kind = fold(" ".join(member.sections))
        found = re.match(
            r"[-*•]\s*(?:UNIQUE constraint on\s+)?`?(?P<name>[a-z]\w*)`?(?=\s*(?:\(|$|[-–—]))", member.text
        )
        if not found:
            return
        if "unique" in member.text.lower() or kind in UNIQUE_KEYS:
            table.builder.unique.append((snake(found["name"]),))
        elif kind in INDEX_KEYS:
            table.builder.indexes.append((snake(found["name"]),))

    def _strays(self, shapes: Shapes) -> None:
        """Columns without braces below a table's name."""
        if self.open is None or self.open.builder.columns:
            return
        members = [
            stray for stray in shapes.strays if re.match(r"[-*•]?\s*`?[^\W\d]\w*`?\s*[:\s]\s*\S", stray.text)
        ]
        if members and len(members) >= len(shapes.strays) - 1:
            self.open.form = "notation"
            for member in members:
                self.open.builder.add_member(member, bare_is="column")

    def _sql(self, block: Block) -> None:
        tables, unread = read_sql(block.text, self.source.path, block.line, self._at)
        self.found.unread.extend(unread)
        for table in tables:
            found = self._start(
                Named(table.doc_name, "", table.purpose or ""), table.evidence.line, form="sql"
            )
            found.form = "sql"
            found.altered = table.use == "altered"
            found.builder.partial = table.partial
            found.builder.primary_key = found.builder.primary_key or table.primary_key
            found.builder.unique.extend(table.unique)
            found.builder.indexes.extend(table.indexes)
            found.builder.declared_new = found.builder.declared_new or table.declared_new
            for column in table.columns:
                found.builder.put_column(column)

    # --- pipe tables -----------------------------------------------------------------------

    def _row(self, block: Block, header: tuple[str, ...]) -> tuple[str, ...]:
        if not header:
            return tuple(fold(cell) for cell in block.cells) or ("",)
        cells = dict(zip(header, block.cells, strict=False))
        name = next((plain(cells[key]) for key in header if key in _NAME_HEADS and cells.get(key)), "")
        table = next((plain(cells[key]) for key in header if key in _TABLE_HEADS and cells.get(key)), "")
        if table and not name and (named := table_in_label(f"`{table}`")):
            rest = " ".join(cell for key, cell in cells.items() if key not in _TABLE_HEADS)
            self._start(Named(named, "", plain(rest)), block.line, form="")
        elif name and self.open and re.fullmatch(r"[^\W\d]\w*", name):
            type_text = next(
                (plain(cells[key]) for key in header if key in _TYPE_HEADS and cells.get(key)), ""
            )
            others = [
                plain(cell) for key, cell in cells.items() if key not in _NAME_HEADS | _TYPE_HEADS and cell
            ]
            comment = (
                ", ".join(_null_cell(key, cell) for key, cell in cells.items() if key in _NULL_HEADS) or None
            )
            text = f"{name}: {type_text}" + (f" ({', '.join(others)})" if others and not comment else "")
            self.open.form = self.open.form or "rows"
            self.open.builder.add_member(Member(text, block.line, comment), bare_is="column")
        return header


_NAME_HEADS = frozenset(
    {"column", "field", "name", "columna", "campo", "colonna", "champ", "colonne", "nombre", "nome", "nom"}
)
_TABLE_HEADS = frozenset({"table", "tables", "tabla", "tabella", "table name"})
_TYPE_HEADS = frozenset({"type", "data type", "tipo", "tipo de dato"})
_NULL_HEADS = frozenset({"null", "nullable", "nulo", "nullo", "nul", "required", "obligatorio", "requis"})
_YES = frozenset({"yes", "y", "true", "si", "oui", "x", "✓", "✅", "null", "nullable"})


def _null_cell(key: str, cell: str) -> str:
    yes = fold(cell) in _YES or cell.strip() in _YES
    asks_required = key in {"required", "obligatorio", "requis"}
    return "not null" if yes == asks_required else "nullable"


def _looks_like_row(shape: Shape) -> bool:
    return any(re.match(r"(?:readonly\s+)?id\??\s*:", member.text) for member in shape.members)


def _field_texts(value: str) -> Iterator[str]:
    """``a`, `b` (JSONB), `c``: each name with the remark in parentheses behind it."""
    quoted = re.findall(r"`([^`\n]{1,200})`\s*(\([^()`]{0,200}\))?", value)
    if quoted:
        for text, remark in quoted:
            yield f"{text} {remark}" if remark and ":" not in text else text
        return
    for part in re.split(r",(?![^()]*\))", plain(value)):
        text = part.strip(" .")
        if re.fullmatch(r"[^\W\d]\w*(?:\s*\([^()]*\))?(?:\s*:\s*\S.*)?", text):
            yield text
