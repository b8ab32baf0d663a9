"""The existing schema files -> the types that their author exports beside each table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shipkit_mcp.code.names import singular, to_pascal
from shipkit_mcp.code.tokens import Code
from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Schema

KNOWN_TYPES = {
    "typeof {}.$inferSelect": None,
    "typeof {}.$inferInsert": None,
    "InferSelectModel<typeof {}>": "InferSelectModel",
    "InferInsertModel<typeof {}>": "InferInsertModel",
}
"""Form of an exported type to what it needs from ``drizzle-orm``."""


@dataclass(frozen=True, slots=True)
class TypeExport:
    """``export type NewUser = typeof users.$inferInsert;``, the table's name left open."""

    before: str
    after: str
    plural: bool
    value: str
    """With ``{}`` for the table's constant."""


def read_type_exports(schema: Schema, codes: Iterable[Code]) -> tuple[TypeExport, ...]:
    """Forms of exported types that at least half of the tables have."""
    beat()
    tables = {table.key: table.name for table in schema.tables if table.exported}
    votes: Counter[TypeExport] = Counter()
    for code in codes:
        tokens = code.tokens
        for at in range(len(tokens) - 4):
            if tokens[at].text == "type" and tokens[at + 2].text == "=":
                votes.update(_type_export(code, at, tables))
    return tuple(one for one, count in votes.items() if count * 2 >= len(tables))


def _type_export(code: Code, at: int, tables: Mapping[str, str]) -> list[TypeExport]:
    name, tokens = code.tokens[at + 1].text, code.tokens
    end = next(
        (n for n in range(at + 3, len(tokens)) if tokens[n].text in (";", "export", "type")), len(tokens)
    )
    parts = tokens[at + 3 : end]
    key = next((one.text for one in parts if one.text in tables), None)
    if key is None or len(parts) > 8:
        return []
    value = "".join("{}" if one.text == key else one.text for one in parts).replace("typeof", "typeof ")
    if value not in KNOWN_TYPES:
        return []
    for plural in (False, True):
        stem = to_pascal(tables[key] if plural else singular(tables[key]))
        if stem in name:
            before, _, after = name.partition(stem)
            return [TypeExport(before, after, plural, value)]
    return []
