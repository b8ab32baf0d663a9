"""Names as drizzle-orm derives them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

_QUOTES = re.compile("['\u2019]")
_WORDS = re.compile(r"[\da-z]+|[A-Z]+(?![a-z])|[A-Z][\da-z]+")


def to_snake_case(text: str) -> str:
    """drizzle-orm's ``toSnakeCase``."""
    return "_".join(word.lower() for word in _words(text))


def to_camel_case(text: str) -> str:
    """drizzle-orm's ``toCamelCase``."""
    words = _words(text)
    return "".join(word.lower() if at == 0 else word[0].upper() + word[1:] for at, word in enumerate(words))


def _words(text: str) -> list[str]:
    return _WORDS.findall(_QUOTES.sub("", text))


CASINGS: Mapping[str | None, Callable[[str], str]] = {
    "snake_case": to_snake_case,
    "camelCase": to_camel_case,
}


def foreign_key_name(table: str, columns: Sequence[str], target: str, foreign: Sequence[str]) -> str:
    return "_".join([table, *columns, target, *foreign]) + "_fk"


def primary_key_name(table: str, columns: Sequence[str]) -> str:
    return f"{table}_{'_'.join(columns)}_pk"


def unique_name(table: str, columns: Sequence[str]) -> str:
    return f"{table}_{'_'.join(columns)}_unique"
