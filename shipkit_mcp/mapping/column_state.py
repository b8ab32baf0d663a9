"""A wanted column beside the schema's -> how it stands, and what differs."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.facts import Column
from shipkit_mcp.findings import ColumnState
from shipkit_mcp.mapping.column_types import fits_existing, reading_of, speaks
from shipkit_mcp.mapping.lookups import Lookups
from shipkit_mcp.mapping.names import to_snake
from shipkit_mcp.mapping.types import Reading
from shipkit_mcp.mapping.wanted import TableSpec, WantedColumn


def state_of(column: WantedColumn, spec: TableSpec, lookups: Lookups) -> tuple[ColumnState, str | None]:
    """The state and, where it is not plainly there or missing, why."""
    if column.existing is None:
        return _absent(column, spec)
    if column.name != to_snake(column.existing.name):
        return ColumnState.NEAR, _called(column, column.existing.name)
    differs = "; ".join(_differences(column, column.existing, lookups))
    if differs:
        return ColumnState.CONFLICT, differs
    if column.pattern is not None and column.pattern.name != column.name:
        return _renamed(column, column.pattern.name)
    return ColumnState.PRESENT, None


def _absent(column: WantedColumn, spec: TableSpec) -> tuple[ColumnState, str | None]:
    if spec.existing is not None:
        unread = spec.existing.unread
        if unread:
            return (
                ColumnState.UNREAD,
                f"line {unread[0].line} of the table could not be read: {unread[0].why}",
            )
        return ColumnState.MISSING, None
    if column.pattern is not None and column.pattern.name != column.name:
        return _renamed(column, column.pattern.name)
    return ColumnState.MISSING, None


def _renamed(column: WantedColumn, wanted: str) -> tuple[ColumnState, str | None]:
    if column.name in _linking_names(column):
        state = ColumnState.PRESENT if column.existing is not None else ColumnState.MISSING
        return state, f"stands for `{wanted}`"
    return ColumnState.NEAR, f"the mission calls it `{wanted}`"


def _linking_names(column: WantedColumn) -> tuple[str, ...]:
    """Foreign keys are named after what they refer to: no other name for the same thing."""
    return (column.name,) if column.pattern and column.pattern.references else ()


def _called(column: WantedColumn, existing: str) -> str:
    if column.declared is not None and column.declared.renamed_from == existing:
        return f"the document renames `{existing}`"
    return f"the schema calls it `{existing}`"


def _differences(column: WantedColumn, existing: Column, lookups: Lookups) -> Iterator[str]:
    declared = column.declared if speaks(column) else None
    reading = reading_of(column)
    if declared is not None and reading is not None and not fits_existing(reading, existing, lookups):
        yield f"the document says {declared.type_comment or declared.type}, the schema {existing.type}"
    if declared is not None and declared.not_null is not None and not _is_settled(column, existing):
        yield from _null_difference("the document", existing, not_null=declared.not_null)
    if declared is not None and declared.values and existing.enum_values:
        yield from _value_difference(declared.values, existing.enum_values)
    if declared is None and column.pattern is not None and column.pattern.name == column.name:
        yield from _pattern_differences(column, existing, lookups)


def _is_settled(column: WantedColumn, existing: Column) -> bool:
    """Keys are never null; where the schema does what the mission asks, the document is no conflict."""
    pattern = column.pattern
    if existing.primary_key or (column.declared is not None and column.declared.primary_key):
        return True
    return pattern is not None and pattern.null_matters and pattern.not_null == existing.not_null


def _pattern_differences(column: WantedColumn, existing: Column, lookups: Lookups) -> Iterator[str]:
    pattern = column.pattern
    if pattern is None or pattern.references or pattern.primary_key:
        return
    wanted = Reading(pattern.type)
    if not fits_existing(wanted, existing, lookups):
        yield f"the mission asks for {wanted.named(lookups.dialect)}, the schema has {existing.type}"
    if pattern.null_matters:
        yield from _null_difference("the mission", existing, not_null=pattern.not_null)


def _null_difference(who: str, existing: Column, *, not_null: bool) -> Iterator[str]:
    if not_null != (existing.not_null or existing.primary_key):
        says = ("not null", "nullable") if not_null else ("nullable", "not null")
        yield f"{who} says {says[0]}, the schema {says[1]}"


def _value_difference(said: tuple[str, ...], known: tuple[str, ...]) -> Iterator[str]:
    if set(said) != set(known):
        yield f"the document's values are {', '.join(said)}, the schema's {', '.join(known)}"
