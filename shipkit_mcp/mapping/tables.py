"""One wanted table -> its mapping: the schema's table, columns, constraints and state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from shipkit_mcp.facts import DeclaredTable, Evidence, Role, Table
from shipkit_mcp.findings import ColumnMapping, ColumnState, Origin, TableMapping, TableState
from shipkit_mcp.mapping.columns import map_columns
from shipkit_mcp.mapping.lookups import Lookups
from shipkit_mcp.mapping.match import Match
from shipkit_mcp.mapping.names import to_snake
from shipkit_mcp.mapping.wanted import TableSpec
from shipkit_mcp.patterns.columns import CREATED, ID, OWNER, ColumnPattern
from shipkit_mcp.patterns.near import find_column
from shipkit_mcp.patterns.tables import BY_ROLE

Names = tuple[str, ...]
_UNDONE = (ColumnState.MISSING, ColumnState.CONFLICT)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose rows they are."""

    column: str
    table: str


@dataclass(frozen=True, slots=True)
class Links:
    """The tables a part belongs to: names for the mission's references."""

    owner: Owner
    jobs: str | None = None
    results: str | None = None
    """The table that an enhancement adds to."""
    result_column: str = "result_id"


def mission_columns(role: Role, links: Links) -> tuple[ColumnPattern, ...]:
    """The mission's rows for a role, with the names of this workflow's tables filled in."""
    table = BY_ROLE.get(role)
    if table is None:
        return (ID,)
    rows = (_fill(row, links) for row in table.columns)
    return tuple(row for row in rows if "{" not in (row.references or ""))


def map_table(
    spec: TableSpec,
    match: Match | None,
    lookups: Lookups,
    *,
    owner: str,
    confidence: Literal["high", "medium", "low"] = "high",
) -> TableMapping:
    """A table of a workflow, its state the least finished of its columns and constraints."""
    columns = map_columns(spec, lookups)
    unique = _wanted_unique(spec, columns)
    indexes = _missing_indexes(spec, columns, owner, unique)
    lacks = bool(indexes) or any(not _is_unique(spec.existing, names) for names in unique)
    declared = spec.declared
    return TableMapping(
        table=spec.existing.name if spec.existing else spec.name,
        doc_name=declared.doc_name if declared else None,
        role=spec.role,
        state=_state(spec.existing, columns, lacks=lacks),
        existing=spec.existing.name if spec.existing else None,
        matched_by=match.why if match else None,
        confidence=_weaker(confidence, match.confidence if match else "high"),
        purpose=(declared.purpose if declared else None)
        or (spec.existing.comment if spec.existing else None),
        partial=bool(declared and declared.partial),
        columns=columns,
        indexes=indexes,
        unique=unique,
        evidence=_evidence(spec),
    )


def map_altered(declared: DeclaredTable, role: Role, lookups: Lookups) -> TableMapping:
    """Columns that a document adds to a table that stands, or that another workflow plans."""
    existing = lookups.table(declared.name)
    known = {to_snake(one.name) for one in existing.columns} if existing else set()
    said = {one.name for one in declared.columns} | {one.renamed_from for one in declared.columns}
    shown = replace_columns(existing, [name for name in known if name in said])
    spec = TableSpec(name=declared.name, role=role, declared=declared, existing=shown)
    columns = tuple(one for one in map_columns(spec, lookups) if Origin.DOCUMENTED in (one.origin, *one.also))
    done = existing is not None and not any(one.state in _UNDONE for one in columns)
    return TableMapping(
        table=lookups.true_name(declared.name),
        doc_name=declared.doc_name,
        role=role,
        state=TableState.IMPLEMENTED if done else TableState.MODIFY,
        existing=existing.name if existing else None,
        matched_by=f"the schema has a table `{existing.name}`" if existing else None,
        confidence="high" if existing else "low",
        purpose=declared.purpose,
        partial=True,
        columns=columns,
        indexes=declared.indexes,
        unique=declared.unique,
        evidence=_evidence(spec),
    )


def replace_columns(table: Table | None, names: Sequence[str]) -> Table | None:
    """A table seen through some of its columns only."""
    if table is None:
        return None
    return table.model_copy(
        update={"columns": tuple(one for one in table.columns if to_snake(one.name) in names)}
    )


def _fill(row: ColumnPattern, links: Links) -> ColumnPattern:
    if row is OWNER:
        return replace(row, name=links.owner.column, references=f"{links.owner.table}.id")
    if row.references is None:
        return row
    filled = row.references
    for place, name in (("{jobs}", links.jobs), ("{results}", links.results)):
        filled = filled.replace(place, name) if name else filled
    name = row.name.replace("{result}_id", links.result_column)
    return replace(row, name=name, references=filled)


# --- constraints ---------------------------------------------------------------------------


def _wanted_unique(spec: TableSpec, columns: Sequence[ColumnMapping]) -> tuple[Names, ...]:
    said = [*(spec.declared.unique if spec.declared else ())]
    said += [(one.name,) for one in columns if one.unique and not one.primary_key]
    for row in spec.patterns:
        found = _playing(row, columns) if row.unique else None
        if found is not None and not _is_versioned(found):
            said.append((found.existing or found.name,))
    return tuple(dict.fromkeys(names for names in said if _are_there(names, columns)))


def _is_versioned(column: ColumnMapping) -> bool:
    """A document that lets the reference stay empty keeps several results on purpose."""
    return column.origin is Origin.DOCUMENTED and column.not_null is False


def _playing(row: ColumnPattern, columns: Sequence[ColumnMapping]) -> ColumnMapping | None:
    by_name = {to_snake(one.name): one for one in columns}
    name = find_column(by_name, row)
    if name is None and row.references:
        return next((one for one in columns if one.references == row.references), None)
    return by_name[name] if name is not None else None


def _missing_indexes(
    spec: TableSpec, columns: Sequence[ColumnMapping], owner: str, unique: Sequence[Names]
) -> tuple[Names, ...]:
    pattern = BY_ROLE.get(spec.role)
    wanted = list(spec.declared.indexes if spec.declared else ())
    for index in pattern.indexes if pattern else ():
        names = tuple(owner if name == OWNER.name else name for name in index.columns)
        wanted.append(tuple(_spelled(name, columns) for name in names))
    if spec.existing is None:
        wanted += [(one.name,) for one in columns if one.references and not one.primary_key]
    led = [*unique, *_led(spec.existing)]
    keyed = [(one.name,) for one in columns if one.primary_key or one.unique]
    return tuple(
        names
        for names in dict.fromkeys(wanted)
        if _are_there(names, columns) and not any(key[: len(names)] == names for key in (*led, *keyed))
    )


def _spelled(name: str, columns: Sequence[ColumnMapping]) -> str:
    row = CREATED if name == CREATED.name else None
    found = next((one for one in columns if to_snake(one.name) == name), None)
    found = found or (_playing(row, columns) if row else None)
    return (found.existing or found.name) if found else name


def _are_there(names: Names, columns: Sequence[ColumnMapping]) -> bool:
    known = {one.name for one in columns} | {one.existing for one in columns}
    return bool(names) and set(names) <= known


def _led(table: Table | None) -> list[Names]:
    if table is None:
        return []
    keys = [one.columns for one in table.indexes] + [one.columns for one in table.unique]
    return [
        *keys,
        table.primary_key,
        *((one.name,) for one in table.columns if one.unique or one.primary_key),
    ]


def _is_unique(table: Table | None, names: Names) -> bool:
    """Whether the schema already allows each combination once (a table to be created will)."""
    if table is None:
        return True
    keys = {table.primary_key, *(one.columns for one in table.unique)}
    keys |= {one.columns for one in table.indexes if one.unique and not one.where}
    keys |= {(one.name,) for one in table.columns if one.unique or one.primary_key}
    return names in keys


# --- the table as a whole ------------------------------------------------------------------


def _state(existing: Table | None, columns: Sequence[ColumnMapping], *, lacks: bool) -> TableState:
    if existing is None:
        return TableState.CREATE
    undone = any(one.state in _UNDONE and one.origin is not Origin.KIND for one in columns)
    return TableState.MODIFY if undone or lacks else TableState.IMPLEMENTED


def _weaker(
    one: Literal["high", "medium", "low"], other: Literal["high", "medium", "low"]
) -> Literal["high", "medium", "low"]:
    order: tuple[Literal["high", "medium", "low"], ...] = ("low", "medium", "high")
    return min(one, other, key=order.index)


def _evidence(spec: TableSpec) -> tuple[Evidence, ...]:
    said = (spec.declared.evidence,) if spec.declared else tuple(one.evidence for one in spec.because)
    if spec.existing is None:
        return said
    return (*said, Evidence(path=spec.existing.path, line=spec.existing.line))
