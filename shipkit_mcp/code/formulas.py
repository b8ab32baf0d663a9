"""What a generated column is made from, as TypeScript, once columns carry new names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from shipkit_mcp.code.difference import Difference
from shipkit_mcp.mapping.expressions import names_any, with_new_names

CALL = "generatedAlwaysAs"
_TEMPLATE = re.compile(r"`((?:[^`\\]|\\.)*)`", re.DOTALL)
HOLES = re.compile(r"\$\{[^{}]*\}")


def moved_formulas(difference: Difference) -> Iterator[str]:
    """Generated columns that are made from a renamed one, under their own new names."""
    forth = {one.old: one.new for one in difference.renamed}
    for column in difference.old.columns:
        if column.generated and names_any(column.generated.expression, forth):
            yield forth.get(column.name, column.name)


def renamed_formulas(
    links: Sequence[tuple[str, str]], difference: Difference, keys: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The calls of a chain; ``keys`` holds the old properties of renamed columns and their new ones."""
    columns = {one.old: one.new for one in difference.renamed}
    return [(name, _renamed(text, columns, keys) if name == CALL else text) for name, text in links]


def _renamed(text: str, columns: Mapping[str, str], keys: Mapping[str, str]) -> str:
    """A call with its templates exchanged."""
    return _TEMPLATE.sub(lambda found: f"`{_renamed_sql(found[1], columns, keys)}`", text)


def _renamed_sql(text: str, columns: Mapping[str, str], keys: Mapping[str, str]) -> str:
    parts, at = [], 0
    for hole in HOLES.finditer(text):
        parts += [with_new_names(text[at : hole.start()], columns), _with_new_members(hole[0], keys)]
        at = hole.end()
    return "".join((*parts, with_new_names(text[at:], columns)))


def _with_new_members(hole: str, keys: Mapping[str, str]) -> str:
    return re.sub(r"(?<=\.)\w+", lambda found: keys.get(found[0], found[0]), hole)
