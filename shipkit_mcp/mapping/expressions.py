"""SQL of checks and conditions -> which columns it names, and the same under their new names."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

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


def with_new_names(expression: str, new: Mapping[str, str]) -> str:
    """The expression with old names exchanged for new ones; text in it stays."""
    return _NAME.sub(lambda found: _exchanged(found, new), expression)


def _name(found: re.Match[str]) -> str | None:
    return found["quoted"][1:-1] if found["quoted"] else found["bare"]


def _exchanged(found: re.Match[str], new: Mapping[str, str]) -> str:
    name = _name(found)
    return found[0] if name is None or name not in new else found[0].replace(name, new[name])
