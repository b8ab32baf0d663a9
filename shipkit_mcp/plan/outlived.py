"""A column before and after a change of type -> whether its default is still a value of it."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.facts import Column
from shipkit_mcp.plan.column_types import family

ALIKE: Mapping[str, str] = {"decimal": "integer", "date": "timestamp"}
"""Families whose defaults are written alike."""


def keeps_default(old: Column, new: Column) -> bool:
    """A list of values holds only its own; otherwise both types must write their values alike."""
    return not isinstance(old.default, str) or (_kind(old) == _kind(new) and _in_list(new))


def _kind(column: Column) -> tuple[str, int]:
    own = "text" if column.enum_values or column.enum else family(column.type)
    return ALIKE.get(own, own), column.array


def _in_list(column: Column) -> bool:
    default = column.default
    if not column.enum_values or not isinstance(default, str) or not default.startswith("'"):
        return True
    return default.strip("'").replace("''", "'") in column.enum_values
