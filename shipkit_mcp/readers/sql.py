"""Turns ``CREATE TABLE``, ``ALTER TABLE`` and their kin into declared tables; tolerant of sketches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from shipkit_mcp.facts import DeclaredTable, Evidence, TableUse, Unread
from shipkit_mcp.readers.markdown_text import snake
from shipkit_mcp.readers.notation_tables import TableBuilder
from shipkit_mcp.readers.sql_columns import read_column_item, read_constraint
from shipkit_mcp.readers.sql_tokens import Statement, Token, items, statements

__all__ = ["read_sql"]

MAX_SQL = 40_000


def read_sql(
    text: str, path: str, line: int, at: Callable[[int], Evidence] | None = None
) -> tuple[tuple[DeclaredTable, ...], tuple[Unread, ...]]:
    """Tables that the statements create or alter; other statements are passed over. Never raises."""
    rows = text.split("\n")

    def quote(number: int) -> Evidence:
        row = number - line
        return Evidence(path=path, line=number, quote=rows[row].strip() if 0 <= row < len(rows) else "")

    reading = _Reading(path, at or quote)
    if len(text) > MAX_SQL:
        reading.miss(line, f"SQL of {len(text)} characters, of which the first {MAX_SQL} were read")
    for statement in statements(text[:MAX_SQL], line):
        reading.read(statement)
    enums = {name: values for name, values in reading.enums.items() if values}
    return tuple(table.build(enums) for table in reading.tables.values()), tuple(reading.unread)


@dataclass
class _Reading:
    path: str
    at: Callable[[int], Evidence]
    tables: dict[str, TableBuilder] = field(default_factory=dict)
    enums: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    def read(self, statement: Statement) -> None:
        words = statement.words
        for opening, reader in _READERS:
            if tuple(words[: len(opening)]) == opening:
                reader(self, statement)
                return

    def table(self, name: str, line: int, *, created: bool) -> TableBuilder:
        known = self.tables.get(snake(name))
        if known is None:
            known = TableBuilder(snake(name) or name, name, self.at(line), self.at)
            known.use = TableUse.DEFINED if created else TableUse.ALTERED
            known.partial = not created
            self.tables[known.name] = known
        elif created:
            known.use, known.partial, known.evidence = TableUse.DEFINED, False, self.at(line)
        return known

    def miss(self, line: int, why: str) -> None:
        self.unread.append(Unread(path=self.path, line=line, why=why))


def _create_table(reading: _Reading, statement: Statement) -> None:
    name, rest = statement.name_after("table")
    if not name:
        reading.miss(statement.line, "CREATE TABLE without a name")
        return
    table = reading.table(name, statement.line, created=True)
    table.purpose = table.purpose or statement.lead
    table.declared_new = True
    for item in items(rest):
        _add_item(reading, table, item)


def _add_item(reading: _Reading, table: TableBuilder, item: list[Token]) -> None:
    if item[0].text in {"...", "…"}:
        table.partial = True
    elif not (read_constraint(table, item) or _add_column(reading, table, item)):
        shown = " ".join(token.text for token in item)[:80]
        reading.miss(item[0].line, f"not understood in table {table.name}: {shown}")


def _add_column(reading: _Reading, table: TableBuilder, item: list[Token]) -> bool:
    column = read_column_item(item, reading.at)
    if column is None:
        return False
    table.put_column(column)
    return True


def _alter_table(reading: _Reading, statement: Statement) -> None:
    name, rest = statement.name_after("table")
    if not name:
        reading.miss(statement.line, "ALTER TABLE without a name")
        return
    table = reading.table(name, statement.line, created=False)
    for action in items(rest, bracketed=False):
        _alter(reading, table, action)


def _alter(reading: _Reading, table: TableBuilder, action: list[Token]) -> None:
    words = [token.word for token in action]
    bare = [token for token in action if token.word not in {"if", "not", "exists", "column"}]
    if words[0] == "add" and (
        read_constraint(table, action[1:]) or _add_column(reading, table, bare_add(action))
    ):
        return
    if words[0] == "drop" and len(bare) > 1 and "constraint" not in words:
        _change(reading, table, bare[1], dropped=True)
    elif words[0] == "rename" and "to" in words and len(bare) > 3:
        _change(reading, table, bare[3], renamed_from=snake(bare[1].name))
    elif words[0] not in {"enable", "disable", "owner", "alter", "drop", "force", "set"}:
        reading.miss(action[0].line, f"not understood of table {table.name}: {' '.join(words)[:80]}")


def bare_add(action: list[Token]) -> list[Token]:
    """The column's own tokens of ``ADD COLUMN IF NOT EXISTS name type ...``."""
    at = 1
    while at < len(action) and action[at].word in {"column", "if", "not", "exists"}:
        at += 1
    return action[at:]


def _change(reading: _Reading, table: TableBuilder, name: Token, **values: object) -> None:
    column = read_column_item([name], reading.at)
    if column:
        table.put_column(column.model_copy(update=values))


def _create_type(reading: _Reading, statement: Statement) -> None:
    name, rest = statement.name_after("type")
    if name and any(token.word == "enum" for token in rest):
        values = tuple(token.string for token in rest if token.is_string)
        reading.enums[name] = reading.enums[name.lower()] = values


def _create_index(reading: _Reading, statement: Statement) -> None:
    name, rest = statement.name_after("on")
    if not name or snake(name) not in reading.tables:
        return
    table = reading.tables[snake(name)]
    words = [token.word for token in rest]
    columns = tuple(snake(item[0].name) for item in items(rest) if item and item[0].is_name)
    if columns and "unique" in statement.words[:2] and "where" not in words:
        table.unique.append(columns)
    elif columns:
        table.indexes.append(columns)


def _comment_on(reading: _Reading, statement: Statement) -> None:
    name, rest = statement.name_after("table")
    text = next((token.string for token in rest if token.is_string), None)
    if name and text and snake(name) in reading.tables:
        reading.tables[snake(name)].purpose = text


_READERS: tuple[tuple[tuple[str, ...], Callable[[_Reading, Statement], None]], ...] = (
    (("create", "table"), _create_table),
    (("create", "temp", "table"), lambda _reading, _statement: None),
    (("alter", "table"), _alter_table),
    (("create", "type"), _create_type),
    (("create", "index"), _create_index),
    (("create", "unique", "index"), _create_index),
    (("comment", "on", "table"), _comment_on),
)
