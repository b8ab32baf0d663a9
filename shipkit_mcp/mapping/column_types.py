"""A wanted column -> its type and values, as the project's dialect and schema write them."""

from __future__ import annotations

from shipkit_mcp.facts import Column
from shipkit_mcp.mapping.lookups import Lookups
from shipkit_mcp.mapping.types import Reading, fits, read_type, type_by_name
from shipkit_mcp.mapping.wanted import TableSpec, WantedColumn
from shipkit_mcp.patterns.columns import STATUS
from shipkit_mcp.patterns.types import ENUM


def speaks(column: WantedColumn) -> bool:
    """Whether the document asks for the column (one it calls legacy is only kept)."""
    return column.declared is not None and not (column.declared.legacy or column.declared.dropped)


def values_of(column: WantedColumn, spec: TableSpec) -> tuple[str, ...] | None:
    """The document's, the workflow's own statuses, the schema's, the mission's: the first that says any."""
    if column.declared is not None and column.declared.values:
        return column.declared.values
    is_status = column.pattern is not None and column.pattern.name == STATUS.name
    if is_status and spec.statuses:
        return spec.statuses
    if column.existing is not None:
        return column.existing.enum_values
    return column.pattern.values if column.pattern else None


def type_of(column: WantedColumn, values: tuple[str, ...] | None, lookups: Lookups) -> str:
    """The schema's where it fits the document, else what the document says, else what is usual."""
    reading = reading_of(column)
    if column.existing is not None and (reading is None or fits_existing(reading, column.existing, lookups)):
        return column.existing.type
    enum = lookups.enum(values)
    if enum is not None and (reading is None or reading.kind.family == "text" or reading.loose):
        return enum.name
    return _said_type(reading, column, values, lookups) or _usual_type(column, lookups)


def _said_type(
    reading: Reading | None, column: WantedColumn, values: tuple[str, ...] | None, lookups: Lookups
) -> str | None:
    """What the document says; ``string`` is loose, so that a key takes the type of what it refers to."""
    if reading is None or (_is_vague(reading) and _is_identifier(column)):
        return None
    if column.payload is not None and column.declared is None and reading.word in ("unknown", "any"):
        return None
    if values and reading.loose:
        return ENUM.named(lookups.dialect)
    return reading.named(lookups.dialect)


def _is_vague(reading: Reading) -> bool:
    return reading.loose or reading.word in ("string", "number")


def _usual_type(column: WantedColumn, lookups: Lookups) -> str:
    declared, pattern = column.declared, column.pattern or column.habit
    reference = (declared.references if declared else None) or (pattern.references if pattern else None)
    referred_type = lookups.type_of(reference)
    if referred_type is not None:
        return referred_type
    if _is_identifier(column):
        return lookups.key_type if reference or column.payload else lookups.id_type
    if pattern is not None:
        return pattern.type.named(lookups.dialect)
    return type_by_name(column.name).named(lookups.dialect)


def _is_identifier(column: WantedColumn) -> bool:
    """A key or a reference: its type is that of the keys, whatever loose word a document uses."""
    said = (column.declared, column.pattern)
    if column.payload is not None and column.payload.use == "key":
        return True
    return column.name == "id" or any(one and (one.primary_key or one.references) for one in said)


def reading_of(column: WantedColumn) -> Reading | None:
    """The type as the document writes it; None where it writes none."""
    if column.declared is not None and speaks(column):
        return read_type(column.declared.type, column.declared.type_comment)
    return read_type(column.payload.type) if column.payload and column.existing is None else None


def fits_existing(reading: Reading, existing: Column, lookups: Lookups) -> bool:
    """Whether a column of the schema can be what the document means."""
    is_enum = existing.enum is not None or existing.type.startswith("enum")
    return fits(reading, existing.type, lookups.dialect, is_enum=is_enum, dimensions=existing.array)
