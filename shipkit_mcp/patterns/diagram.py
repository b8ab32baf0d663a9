"""Names and types turned into the words that a Mermaid ``erDiagram`` takes."""

from __future__ import annotations

import re
from collections.abc import Sequence

PLANNED = "planned"
"""Said of a column that is to be made."""
TO_BE_CHANGED = "to be changed"
"""Said of a column that stands and gets another type, default or nullability."""

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_NOT_WORD = re.compile(r"[^A-Za-z0-9]+")
_RESERVED = frozenset(
    {
        "pk",
        "fk",
        "uk",
        "u",
        "o",
        "one",
        "many",
        "only",
        "zero",
        "or",
        "more",
        "to",
        "optionally",
        "is",
        "direction",
    }
    | {"tb", "bt", "lr", "rl", "title", "acctitle", "accdescr", "erdiagram"}
    | {"class", "classdef", "style", "linkstyle", "subgraph", "end"}
)
"""Words that Mermaid's lexer takes for its own."""


def entity_name(name: str, namespace: str | None = None) -> str:
    """A table's name as an entity: bare where Mermaid takes it, else in quotes."""
    full = f"{namespace}.{name}" if namespace else name
    if _WORD.fullmatch(full) and full.lower() not in _RESERVED:
        return full
    return f'"{inside_quotes(full)}"'


def attribute_name(name: str) -> str:
    """A column's name as an attribute: ASCII letters, digits and underscores."""
    bare = _NOT_WORD.sub("_", name) if not _WORD.fullmatch(name) else name
    bare = bare if bare[:1].isalpha() else f"c{bare}" if bare.strip("_") else "column"
    return bare + "_" if bare.lower() in ("pk", "fk", "uk") else bare


def type_name(sql_type: str) -> str:
    """A SQL type as one word: ``varchar(255)`` is ``varchar_255``, ``text[]`` is ``text_array``."""
    spelled = re.sub(r"\[\d*\]", " array", sql_type)
    bare = _NOT_WORD.sub("_", spelled).strip("_")
    return bare if bare[:1].isalpha() else f"t_{bare}" if bare else "unknown"


def inside_quotes(text: str) -> str:
    """Text that cannot end a quoted word or start a comment or an entity of HTML."""
    return re.sub(r"[^\w .,:$@-]", "_", text).strip() or "_"


def distinct(names: Sequence[str]) -> list[str]:
    """The names, with a number behind those that would stand twice."""
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return distinct
