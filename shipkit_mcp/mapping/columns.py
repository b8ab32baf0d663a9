"""Wanted columns -> column mappings: type, nullability, origin and how each stands in the schema."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.facts import Column, Evidence, Table
from shipkit_mcp.findings import ColumnMapping, ColumnState, Origin
from shipkit_mcp.mapping.groups import ORDER, group_of
from shipkit_mcp.mapping.lookups import Lookups
from shipkit_mcp.mapping.names import referred, to_camel, to_snake
from shipkit_mcp.mapping.types import Reading, fits, read_type, type_by_name
from shipkit_mcp.mapping.wanted import TableSpec, WantedColumn, want_columns
from shipkit_mcp.patterns.columns import STATUS

_ORIGINS = tuple(Origin)


def map_columns(spec: TableSpec, lookups: Lookups) -> tuple[ColumnMapping, ...]:
    """Every column of a wanted table, grouped as the mission groups them."""
    columns = [_map_column(one, spec, lookups) for one in want_columns(spec)]
    return tuple(sorted(columns, key=lambda one: ORDER.index(one.group)))


def _map_column(column: WantedColumn, spec: TableSpec, lookups: Lookups) -> ColumnMapping:
    origins = sorted(_origins(column), key=_ORIGINS.index)
    values = _values(column, spec)
    state, why = _state(column, spec, lookups)
    declared = column.declared if _speaks(column) else None
    pattern = column.pattern or column.habit
    return ColumnMapping(
        name=_name(column, lookups),
        doc_name=declared.doc_name if declared else (column.payload.doc_name if column.payload else None),
        type=_type(column, values, lookups),
        not_null=_not_null(column),
        references=_references(column, spec, lookups),
        on_delete=_on_delete(column, spec),
        values=values,
        unique=bool(declared and declared.unique) or bool(column.existing and column.existing.unique),
        primary_key=_is_primary(column, spec),
        default=(declared.default if declared else None) or _default(column, values),
        group=group_of(column, spec.role),
        origin=origins[0],
        also=tuple(origins[1:]),
        state=state,
        existing=column.existing.name if column.existing else None,
        why=why,
        note=_note(column) or (pattern.why or None if pattern and not declared else None),
        evidence=tuple(_evidence(column, spec)),
    )


def _speaks(column: WantedColumn) -> bool:
    """Whether the document asks for the column (one it calls legacy is only kept)."""
    return column.declared is not None and not (column.declared.legacy or column.declared.dropped)


def _origins(column: WantedColumn) -> Iterator[Origin]:
    if _speaks(column) or column.payload is not None:
        yield Origin.DOCUMENTED
    if column.existing is not None:
        yield Origin.EXISTING
    if column.pattern is not None:
        yield Origin.REQUIRED
    if column.habit is not None:
        yield Origin.KIND


def _name(column: WantedColumn, lookups: Lookups) -> str:
    """The schema's own spelling; what it has under another name is called as document or mission call it."""
    existing = column.existing
    if existing is not None and to_snake(existing.name) == column.name:
        return existing.name
    return to_camel(column.name) if lookups.camel else column.name


# --- what it is ----------------------------------------------------------------------------


def _values(column: WantedColumn, spec: TableSpec) -> tuple[str, ...] | None:
    if column.declared is not None and column.declared.values:
        return column.declared.values
    is_status = column.pattern is not None and column.pattern.name == STATUS.name
    if is_status and spec.statuses:
        return spec.statuses
    if column.existing is not None:
        return column.existing.enum_values
    return column.pattern.values if column.pattern else None


def _type(column: WantedColumn, values: tuple[str, ...] | None, lookups: Lookups) -> str:
    reading = _reading(column)
    if column.existing is not None and (reading is None or _fits(reading, column.existing, lookups)):
        return column.existing.type
    enum = lookups.enum(values)
    if enum is not None and (reading is None or reading.kind.family == "text" or reading.loose):
        return enum.name
    return _said_type(reading, column, values, lookups) or _usual_type(column, lookups)


def _said_type(
    reading: Reading | None, column: WantedColumn, values: tuple[str, ...] | None, lookups: Lookups
) -> str | None:
    """What the document says; ``string`` is loose, so that a key takes the type of what it refers to."""
    if reading is None or (reading.word in ("string", "number") and _is_identifier(column)):
        return None
    if values and reading.loose:
        return None
    return reading.named(lookups.dialect)


def _usual_type(column: WantedColumn, lookups: Lookups) -> str:
    declared, pattern = column.declared, column.pattern or column.habit
    reference = (declared.references if declared else None) or (pattern.references if pattern else None)
    referred_type = lookups.type_of(reference)
    if referred_type is not None:
        return referred_type
    if _is_identifier(column):
        return lookups.id_type
    if pattern is not None:
        return pattern.type.named(lookups.dialect)
    return type_by_name(column.name).named(lookups.dialect)


def _is_identifier(column: WantedColumn) -> bool:
    """A key or a reference: its type is that of the keys, whatever loose word a document uses."""
    said = (column.declared, column.pattern)
    return column.name == "id" or any(one and (one.primary_key or one.references) for one in said)


def _reading(column: WantedColumn) -> Reading | None:
    if column.declared is not None and _speaks(column):
        return read_type(column.declared.type, column.declared.type_comment)
    return read_type(column.payload.type) if column.payload and column.existing is None else None


def _fits(reading: Reading, existing: Column, lookups: Lookups) -> bool:
    is_enum = existing.enum is not None or existing.type.startswith("enum")
    return fits(reading, existing.type, lookups.dialect, is_enum=is_enum, dimensions=existing.array)


def _not_null(column: WantedColumn) -> bool | None:
    declared = column.declared
    if declared is not None and _speaks(column):
        return True if declared.primary_key else declared.not_null
    if column.payload is not None:
        return False if column.payload.optional else None
    if column.existing is not None:
        return column.existing.not_null or column.existing.primary_key
    pattern = column.pattern or column.habit
    return pattern.not_null if pattern else None


def _is_primary(column: WantedColumn, spec: TableSpec) -> bool:
    if column.existing is not None:
        own = spec.existing is not None and spec.existing.primary_key == (column.existing.name,)
        return column.existing.primary_key or own
    if spec.existing is not None:
        return False
    keys = spec.declared.primary_key if spec.declared else ()
    if (
        _speaks(column)
        and column.declared is not None
        and (column.declared.primary_key or column.name in keys)
    ):
        return True
    return not keys and bool(column.pattern and column.pattern.primary_key)


def _default(column: WantedColumn, values: tuple[str, ...] | None) -> str | None:
    if column.pattern is None or column.existing is not None or column.name != column.pattern.name:
        return None
    default = column.pattern.default
    if default and values and default.strip("'") not in values:
        return f"'{values[0]}'"
    return default


# --- what it refers to ---------------------------------------------------------------------


def _references(column: WantedColumn, spec: TableSpec, lookups: Lookups) -> str | None:
    if _speaks(column) and column.declared is not None and column.declared.references:
        return _spelled(column.declared.references, lookups)
    known = _foreign_key(column, spec.existing)
    if known is not None:
        return known
    pattern = column.pattern
    return _spelled(pattern.references, lookups) if pattern and pattern.references else None


def _spelled(reference: str, lookups: Lookups) -> str:
    target = referred(reference)
    return f"{lookups.true_name(target[0])}.{target[1]}" if target else reference


def _foreign_key(column: WantedColumn, table: Table | None) -> str | None:
    existing = column.existing
    if existing is None or table is None:
        return None
    keys = (key for key in table.foreign_keys if key.columns == (existing.name,))
    named = (f"{key.table}.{key.foreign_columns[0]}" for key in keys if key.foreign_columns)
    return existing.references or next(named, None)


def _on_delete(column: WantedColumn, spec: TableSpec) -> str | None:
    if _speaks(column) and column.declared is not None and column.declared.on_delete:
        return column.declared.on_delete
    if column.existing is not None:
        keys = spec.existing.foreign_keys if spec.existing else ()
        return next((key.on_delete for key in keys if key.columns == (column.existing.name,)), None)
    if column.declared is not None and column.declared.not_null is False:
        return None
    return column.pattern.on_delete if column.pattern else None


# --- how it stands -------------------------------------------------------------------------


def _state(column: WantedColumn, spec: TableSpec, lookups: Lookups) -> tuple[ColumnState, str | None]:
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
    declared = column.declared if _speaks(column) else None
    reading = _reading(column)
    if declared is not None and reading is not None and not _fits(reading, existing, lookups):
        yield f"the document says {declared.type_comment or declared.type}, the schema {existing.type}"
    if declared is not None and declared.not_null is not None and not declared.primary_key:
        yield from _null_difference("the document", existing, not_null=declared.not_null)
    if declared is not None and declared.values and existing.enum_values:
        yield from _value_difference(declared.values, existing.enum_values)
    if declared is None and column.pattern is not None and column.pattern.name == column.name:
        yield from _pattern_differences(column, existing, lookups)


def _pattern_differences(column: WantedColumn, existing: Column, lookups: Lookups) -> Iterator[str]:
    pattern = column.pattern
    if pattern is None or pattern.references or pattern.primary_key:
        return
    wanted = Reading(pattern.type)
    if not _fits(wanted, existing, lookups):
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


# --- where it stands -----------------------------------------------------------------------


def _note(column: WantedColumn) -> str | None:
    if column.declared is not None and not _speaks(column):
        return "the document calls it legacy" if column.declared.legacy else "the document drops it"
    if column.payload is not None and column.declared is None:
        return "a field of the task's payload"
    return column.declared.note if column.declared else None


def _evidence(column: WantedColumn, spec: TableSpec) -> Iterator[Evidence]:
    if column.declared is not None:
        yield column.declared.evidence
    if column.payload is not None:
        yield column.payload.evidence
    if column.declared is None and column.payload is None and column.existing is None:
        yield from (spec.declared.evidence,) if spec.declared else (one.evidence for one in spec.because)
    if column.existing is not None and spec.existing is not None:
        yield Evidence(path=spec.existing.path, line=column.existing.line or spec.existing.line)
    elif spec.existing is not None:
        yield Evidence(path=spec.existing.path, line=spec.existing.line)
