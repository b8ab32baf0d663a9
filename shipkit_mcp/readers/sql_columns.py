"""Turns one item of a ``CREATE TABLE`` into a declared column, or into a key or constraint of its table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from shipkit_mcp.facts import DeclaredColumn, Evidence
from shipkit_mcp.readers.markdown_text import snake
from shipkit_mcp.readers.notation_columns import comment_values
from shipkit_mcp.readers.notation_tables import TableBuilder
from shipkit_mcp.readers.notation_words import LEGACY_SECTION
from shipkit_mcp.readers.sql_tokens import Token, items

_ENDS_TYPE = frozenset(
    {
        "not",
        "null",
        "default",
        "primary",
        "unique",
        "references",
        "check",
        "generated",
        "constraint",
        "collate",
        "on",
    }
)
_ACTIONS = frozenset({"cascade", "restrict", "set null", "set default", "no action"})
_KEYWORDS = frozenset({"primary", "unique", "foreign", "constraint", "check", "exclude", "index", "key"})


def read_column_item(item: Sequence[Token], at: Callable[[int], Evidence]) -> DeclaredColumn | None:
    """A column; nullable unless it says NOT NULL or is the primary key."""
    if not item or not item[0].is_name:
        return None
    end = next((pos for pos, token in enumerate(item) if pos and token.word in _ENDS_TYPE), len(item))
    rest = list(item[end:])
    words = [token.word for token in rest]
    comment = next((token.comment for token in reversed(item) if token.comment), None)
    primary = _has(words, "primary", "key")
    type_ = _joined(item[1:end]) or None
    return DeclaredColumn(
        name=snake(item[0].name) or item[0].name,
        doc_name=item[0].name,
        type=type_,
        not_null=None if end == 1 and not rest else primary or _has(words, "not", "null"),
        primary_key=primary,
        unique="unique" in words,
        default=_default(rest),
        references=_references(rest),
        on_delete=_on_delete(words),
        values=_checked_values(rest) or (comment_values(comment, item[0].name, type_) if comment else None),
        legacy=bool(comment and LEGACY_SECTION.search(comment)),
        note=comment,
        evidence=at(item[0].line),
    )


def _has(words: Sequence[str], first: str, second: str) -> bool:
    return (first, second) in pairwise(words)


def _joined(tokens: Sequence[Token]) -> str:
    """The tokens as one text, spaced as written."""
    return "".join((" " if at and token.spaced else "") + token.text for at, token in enumerate(tokens))


def _default(rest: Sequence[Token]) -> str | None:
    at = next((pos for pos, token in enumerate(rest) if token.word == "default"), None)
    if at is None:
        return None
    value: list[Token] = []
    depth = 0
    for token in rest[at + 1 :]:
        if depth == 0 and token.word in _ENDS_TYPE and value:
            break
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        value.append(token)
    return _joined(value) or None


def _references(rest: Sequence[Token]) -> str | None:
    at = next((pos for pos, token in enumerate(rest) if token.word == "references"), None)
    if at is None:
        return None
    names = [token for token in rest[at + 1 :] if token.is_name or token.text in {"(", ")", "."}]
    if not names or not names[0].is_name:
        return None
    pos = 0
    while pos + 2 < len(names) and names[pos + 1].text == ".":
        pos += 2
    has_column = pos + 2 < len(names) and names[pos + 1].text == "(" and names[pos + 2].is_name
    return f"{snake(names[pos].name)}.{snake(names[pos + 2].name) if has_column else 'id'}"


def _on_delete(words: Sequence[str]) -> str | None:
    for at in range(len(words) - 2):
        if words[at] == "on" and words[at + 1] == "delete":
            two = " ".join(words[at + 2 : at + 4])
            return two if two in _ACTIONS else words[at + 2] or None
    return None


def _checked_values(rest: Sequence[Token]) -> tuple[str, ...] | None:
    """The values of ``CHECK (status IN ('a', 'b'))``."""
    words = [token.word for token in rest]
    if "check" not in words or not ({"in", "any"} & set(words)):
        return None
    strings = tuple(token.string for token in rest[words.index("check") :] if token.is_string)
    return strings or None


def read_constraint(table: TableBuilder, item: Sequence[Token]) -> bool:
    """Takes a key or constraint over columns of the table; False where the item is a column."""
    tokens = list(item)
    if tokens and tokens[0].word == "constraint":
        tokens = tokens[2:]
    words = [token.word for token in tokens]
    if not tokens or tokens[0].word not in _KEYWORDS or not any(token.text == "(" for token in tokens):
        return False
    columns = tuple(snake(part[0].name) for part in items(tokens) if part[0].is_name)
    if words[0] == "primary":
        table.primary_key = columns
    elif words[0] == "unique":
        table.unique.append(columns)
    elif words[0] == "foreign" and len(columns) == 1:
        table.fill(columns[0], references=_references(tokens), on_delete=_on_delete(words))
    elif words[0] == "check":
        values = _checked_values(tokens)
        named = next((token.name for token in tokens[1:] if token.is_name), None)
        if values and named:
            table.fill(snake(named), values=values)
    elif words[0] in {"index", "key"}:
        table.indexes.append(columns)
    return True
