"""What documents, the mission and the schema say of one table -> the columns it should have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from shipkit_mcp.facts import Column, DeclaredColumn, DeclaredTable, PayloadField, Role, Statement, Table
from shipkit_mcp.mapping.lookups import owner_in
from shipkit_mcp.mapping.names import to_snake
from shipkit_mcp.patterns.columns import JOB_ID, OWNER, RESULT_ID, ColumnPattern
from shipkit_mcp.patterns.near import find_column, plays
from shipkit_mcp.patterns.owners import OWNER_COLUMNS, OWNER_NAMES


@dataclass(frozen=True)
class TableSpec:
    """Everything known of one wanted table."""

    name: str
    role: Role
    owner: str = OWNER.name
    """The workflow's owner column."""
    declared: DeclaredTable | None = None
    existing: Table | None = None
    patterns: tuple[ColumnPattern, ...] = ()
    """The mission's rows for the role, with this workflow's tables in their references."""
    payload: tuple[PayloadField, ...] = ()
    """Fields of the documents that become columns where no table is declared in full."""
    habits: tuple[ColumnPattern, ...] = ()
    """Columns that this kind of workflow usually has."""
    statuses: tuple[str, ...] = ()
    """The workflow's own vocabulary."""
    because: tuple[Statement, ...] = ()
    """Why a table that no document declares is asked for."""


@dataclass(frozen=True)
class WantedColumn:
    """One column, with everything that speaks for it."""

    name: str
    declared: DeclaredColumn | None = None
    pattern: ColumnPattern | None = None
    payload: PayloadField | None = None
    habit: ColumnPattern | None = None
    existing: Column | None = None


def want_columns(spec: TableSpec) -> tuple[WantedColumn, ...]:
    """The columns, documented ones first in the document's order, each paired with the schema's own."""
    columns = [WantedColumn(one.name, declared=one) for one in _planned(spec.declared)]
    columns = _with_patterns(columns, spec)
    columns = _with_payload(columns, spec)
    columns = _with_habits(columns, spec)
    return _with_existing(columns, spec)


def _planned(table: DeclaredTable | None) -> Iterator[DeclaredColumn]:
    seen: set[str] = set()
    for column in table.columns if table else ():
        if column.name and not (column.legacy or column.dropped or column.name in seen):
            seen.add(column.name)
            yield column


# --- the mission's rows --------------------------------------------------------------------


def _with_patterns(columns: list[WantedColumn], spec: TableSpec) -> list[WantedColumn]:
    result = list(columns)
    for pattern in spec.patterns:
        index = _playing(result, pattern)
        if index is not None:
            result[index] = replace(result[index], pattern=_as_called(pattern, result[index].name))
        elif not _is_keyed(pattern, result) and all(one.name != pattern.name for one in result):
            result.append(WantedColumn(pattern.name, pattern=pattern))
    return result


def _as_called(pattern: ColumnPattern, name: str) -> ColumnPattern:
    """An owner of another kind refers to its own table."""
    if pattern.name not in OWNER_NAMES or name == pattern.name:
        return pattern
    table = dict(OWNER_COLUMNS).get(name)
    return replace(pattern, name=name, references=f"{table}.id" if table else None)


def _playing(columns: Sequence[WantedColumn], pattern: ColumnPattern) -> int | None:
    free = {one.name: number for number, one in enumerate(columns) if one.pattern is None}
    name = find_column([one for one in free if plays(one, pattern)], pattern)
    name = name or _linking(columns, pattern)
    if name is None and pattern.name in OWNER_NAMES:
        owner = owner_in([(one.name, _reference(one)) for one in columns])
        name = owner[0] if owner else None
    return free.get(name) if name is not None else None


def _linking(columns: Sequence[WantedColumn], pattern: ColumnPattern) -> str | None:
    """A column that refers where the row asks, whatever its name."""
    if pattern.references is None or pattern.name in (OWNER.name, *OWNER_NAMES):
        return None
    table = pattern.references.partition(".")[0]
    said = ((one.name, _reference(one)) for one in columns)
    return next((name for name, to in said if to and to.partition(".")[0] == table), None)


def _reference(column: WantedColumn) -> str | None:
    return column.declared.references if column.declared else None


def _is_keyed(pattern: ColumnPattern, columns: Sequence[WantedColumn]) -> bool:
    """A primary key under another name stands for ``id``."""
    return pattern.primary_key and any(one.declared and one.declared.primary_key for one in columns)


# --- payload and habits --------------------------------------------------------------------


def _with_payload(columns: list[WantedColumn], spec: TableSpec) -> list[WantedColumn]:
    """Input fields become columns only of a table that is not there and not declared in full."""
    settled = spec.existing is not None or (spec.declared is not None and not spec.declared.partial)
    result = list(columns)
    for field in () if settled else spec.payload:
        index = _same(result, field.name)
        if index is None and not _is_out(field.name, spec.declared):
            result.append(WantedColumn(field.name, payload=field))
        elif index is not None and result[index].payload is None:
            result[index] = replace(result[index], payload=field)
    return result


def _is_out(name: str, table: DeclaredTable | None) -> bool:
    """A column that the document calls legacy or drops does not come back as an input."""
    return table is not None and any(one.name == name for one in table.columns)


def _same(columns: Sequence[WantedColumn], name: str) -> int | None:
    """``file_url`` is ``original_file_url``: the column may say more before it."""
    exact = (number for number, one in enumerate(columns) if one.name == name)
    longer = (number for number, one in enumerate(columns) if one.name.endswith(f"_{name}") and "_" in name)
    return next((number for numbers in (exact, longer) for number in numbers), None)


def _with_habits(columns: list[WantedColumn], spec: TableSpec) -> list[WantedColumn]:
    documented = any(one.declared or one.payload for one in columns)
    if documented or spec.existing is not None:
        return columns
    return [*columns, *(WantedColumn(one.name, habit=one) for one in spec.habits)]


# --- the schema ----------------------------------------------------------------------------


def _with_existing(columns: Sequence[WantedColumn], spec: TableSpec) -> tuple[WantedColumn, ...]:
    """Pair by name, then by an old name, then by the part that both play; what is left is kept."""
    if spec.existing is None:
        return tuple(columns)
    left: dict[str, Column] = {}
    for one in {one.name: one for one in spec.existing.columns}.values():
        folded = to_snake(one.name)
        left[one.name if folded in left else folded] = one
    paired = _pair(columns, left, spec)
    return (*paired, *(_kept(name, one, spec) for name, one in left.items()))


def _pair(
    columns: Sequence[WantedColumn], left: dict[str, Column], spec: TableSpec
) -> tuple[WantedColumn, ...]:
    found: dict[int, Column] = {}
    for names in (_own_name, _old_name):
        for number, column in enumerate(columns):
            name = names(column)
            if number not in found and name in left:
                found[number] = left.pop(name)
    for number, column in enumerate(columns):
        near = _near_name(column, left, spec) if number not in found else None
        if near is not None:
            found[number] = left.pop(near)
    return tuple(replace(column, existing=found.get(number)) for number, column in enumerate(columns))


def _own_name(column: WantedColumn) -> str:
    return column.name


def _old_name(column: WantedColumn) -> str:
    return to_snake(column.declared.renamed_from or "") if column.declared else ""


def _near_name(column: WantedColumn, left: dict[str, Column], spec: TableSpec) -> str | None:
    pattern = column.pattern
    if pattern is None:
        return None
    return find_column(left, pattern) or _linked(pattern, left, spec)


def _linked(pattern: ColumnPattern, left: dict[str, Column], spec: TableSpec) -> str | None:
    """A foreign key to the table the row refers to (jobs, results) is that row under its own name."""
    if pattern.why not in (JOB_ID.why, RESULT_ID.why) or pattern.references is None or not spec.existing:
        return None
    table = pattern.references.partition(".")[0]
    keys = (to_snake(key.columns[0]) for key in spec.existing.foreign_keys if key.table == table)
    return next((name for name in keys if name in left), None)


def _kept(name: str, column: Column, spec: TableSpec) -> WantedColumn:
    declared = spec.declared.column(name) if spec.declared else None
    return WantedColumn(name, declared=declared, existing=column)
