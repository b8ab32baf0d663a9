"""Wanted columns -> column mappings: type, nullability, origin and how each stands in the schema."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.facts import Evidence, Table
from shipkit_mcp.findings import ColumnMapping, Origin
from shipkit_mcp.mapping.column_state import state_of
from shipkit_mcp.mapping.column_types import speaks, type_of, values_of
from shipkit_mcp.mapping.groups import ORDER, group_of, owner_among
from shipkit_mcp.mapping.lookups import Lookups
from shipkit_mcp.mapping.names import referred, to_camel, to_snake
from shipkit_mcp.mapping.wanted import TableSpec, WantedColumn, want_columns
from shipkit_mcp.patterns.types import UUID

_ORIGINS = tuple(Origin)


def map_columns(spec: TableSpec, lookups: Lookups) -> tuple[ColumnMapping, ...]:
    """Every column of a wanted table, grouped as the mission groups them."""
    wanted = want_columns(spec)
    owner = owner_among([one.name for one in wanted], spec.owner)
    columns = [_map_column(one, spec, lookups, owner) for one in wanted]
    return tuple(sorted(columns, key=lambda one: ORDER.index(one.group)))


def _map_column(column: WantedColumn, spec: TableSpec, lookups: Lookups, owner: str | None) -> ColumnMapping:
    origins = sorted(_origins(column), key=_ORIGINS.index)
    values = values_of(column, spec)
    type_ = type_of(column, values, lookups)
    state, why = state_of(column, spec, lookups)
    declared = column.declared if speaks(column) else None
    pattern = column.pattern or column.habit
    return ColumnMapping(
        name=_name(column, lookups),
        doc_name=declared.doc_name if declared else (column.payload.doc_name if column.payload else None),
        type=type_,
        not_null=_not_null(column),
        references=_references(column, spec, lookups),
        on_delete=_on_delete(column, spec),
        values=values,
        unique=bool(declared and declared.unique) or bool(column.existing and column.existing.unique),
        primary_key=_is_primary(column, spec),
        default=(declared.default if declared else None) or _default(column, values, type_),
        group=group_of(column, spec.role, owner),
        origin=origins[0],
        also=tuple(origins[1:]),
        state=state,
        existing=column.existing.name if column.existing else None,
        why=why,
        note=_note(column) or (pattern.why or None if pattern and not declared else None),
        evidence=tuple(_evidence(column, spec)),
    )


def _origins(column: WantedColumn) -> Iterator[Origin]:
    if speaks(column) or column.payload is not None:
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


def _not_null(column: WantedColumn) -> bool | None:
    declared = column.declared
    if declared is not None and speaks(column):
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
        speaks(column)
        and column.declared is not None
        and (column.declared.primary_key or column.name in keys)
    ):
        return True
    return not keys and bool(column.pattern and column.pattern.primary_key)


def _default(column: WantedColumn, values: tuple[str, ...] | None, type_: str) -> str | None:
    if column.pattern is None or column.existing is not None or column.name != column.pattern.name:
        return None
    default = column.pattern.default
    if column.pattern.primary_key and type_ != UUID.postgresql:
        return None
    if default and values and default.strip("'") not in values:
        return f"'{values[0]}'"
    return default


# --- what it refers to ---------------------------------------------------------------------


def _references(column: WantedColumn, spec: TableSpec, lookups: Lookups) -> str | None:
    if speaks(column) and column.declared is not None and column.declared.references:
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
    if speaks(column) and column.declared is not None and column.declared.on_delete:
        return column.declared.on_delete
    if column.existing is not None:
        keys = spec.existing.foreign_keys if spec.existing else ()
        return next((key.on_delete for key in keys if key.columns == (column.existing.name,)), None)
    if column.declared is not None and column.declared.not_null is False:
        return None
    return column.pattern.on_delete if column.pattern else None


# --- where it stands -----------------------------------------------------------------------


def _note(column: WantedColumn) -> str | None:
    if column.declared is not None and not speaks(column):
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
