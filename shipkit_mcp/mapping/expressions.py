"""SQL of checks and conditions -> which columns it names, and the same under their new names."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from shipkit_mcp.facts import Column, Index, Table

_NAME = re.compile(
    r"""'(?:[^']|'')*'                               # text
    |(?P<quoted>"[^"]*"|`[^`]*`)
    |::\s*[\w.]+                                     # a cast
    |(?P<bare>[A-Za-z_]\w*)(?!\w|\s*[('])           # no function, no `date '2026-01-01'`
    |\w+""",
    re.VERBOSE,
)


def names_any(expression: str | None, columns: Collection[str]) -> bool:
    """Whether an expression names one of the columns, in quotes or bare."""
    return any(_name(found) in columns for found in _NAME.finditer(expression or ""))


def index_compares(index: Index, table: Table, columns: Collection[str]) -> bool:
    """Whether an index names one of the columns in an expression of its list or in its condition."""
    parts = (one for one in index.columns if not table.column(one))
    return any(names_any(one, columns) for one in (*parts, index.where))


def with_new_names(expression: str, new: Mapping[str, str]) -> str:
    """The expression with old names exchanged for new ones; text in it stays."""
    return _NAME.sub(lambda found: _exchanged(found, new), expression)


def with_new_formula(column: Column, new: Mapping[str, str]) -> Column:
    """A generated column once those that it is made from carry new names."""
    made = column.generated
    if made is None or not names_any(made.expression, new.keys()):
        return column
    update = {"expression": with_new_names(made.expression, new)}
    return column.model_copy(update={"generated": made.model_copy(update=update)})


def without_table(expression: str, table: str) -> str:
    """The expression with its columns named alone, not as ``"table"."column"``; text in it stays."""
    quoted = table.replace('"', '""')
    own = re.compile(rf"""'(?:[^']|'')*'|(?P<own>"{re.escape(quoted)}"\s*\.\s*)(?=")""")
    return own.sub(lambda found: "" if found["own"] else found[0], expression)


def _name(found: re.Match[str]) -> str | None:
    return found["quoted"][1:-1] if found["quoted"] else found["bare"]


def _exchanged(found: re.Match[str], new: Mapping[str, str]) -> str:
    name = _name(found)
    return found[0] if name is None or name not in new else found[0].replace(name, new[name])
