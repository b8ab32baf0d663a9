"""Tables that several documents name -> whose they are, as one declaration each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shipkit_mcp.facts import DeclaredColumn, DeclaredTable, TableUse, Workflow
from shipkit_mcp.mapping.names import table_key, words


@dataclass(frozen=True)
class Home:
    """One table and the workflows whose own it is."""

    table: DeclaredTable
    owners: frozenset[str]


def find_homes(workflows: Sequence[Workflow]) -> Mapping[str, Home]:
    """Every defined table by folded name; where one workflow's name tells whose it is, its document wins."""
    speakers: dict[str, list[tuple[Workflow, DeclaredTable]]] = defaultdict(list)
    for workflow in workflows:
        for table in workflow.tables:
            if table.use in (TableUse.DEFINED, TableUse.ALTERED):
                speakers[table_key(table.name)].append((workflow, table))
    return {key: _home(key, found) for key, found in speakers.items() if key and _is_defined(found)}


def _is_defined(found: Sequence[tuple[Workflow, DeclaredTable]]) -> bool:
    return any(table.use is TableUse.DEFINED for _, table in found)


def merge(tables: Sequence[DeclaredTable]) -> DeclaredTable:
    """One declaration: the first, with what the others add; a column that any drops or calls legacy goes."""
    first = tables[0]
    if len(tables) == 1:
        return first
    return first.model_copy(
        update={
            "columns": _merge_columns(tables),
            "role": next((one.role for one in tables if one.role), None),
            "purpose": next((one.purpose for one in tables if one.purpose), None),
            "partial": all(one.partial for one in tables),
            "declared_new": any(one.declared_new for one in tables),
            "unique": tuple(dict.fromkeys(unique for one in tables for unique in one.unique)),
            "indexes": tuple(dict.fromkeys(index for one in tables for index in one.indexes)),
        }
    )


def _home(key: str, found: Sequence[tuple[Workflow, DeclaredTable]]) -> Home:
    names = {workflow.name for workflow, table in found if table.use is TableUse.DEFINED}
    owners = _named_after(key, names) if len(names) > 1 else frozenset(names)
    tables = [table for workflow, table in found if workflow.name in owners]
    tables.sort(key=lambda table: (table.use is TableUse.ALTERED, table.partial, -len(table.columns)))
    return Home(merge(tables), owners)


def _named_after(key: str, names: set[str]) -> frozenset[str]:
    """The workflows whose name fits a table's best; all of them where none fits better."""
    fit = {name: _fit(key, name) for name in names}
    best = max(fit.values())
    winners = frozenset(name for name, points in fit.items() if points == best)
    return winners if best and len(winners) == 1 else frozenset(names)


def _fit(key: str, workflow: str) -> float:
    table, own = words(key), words(workflow)
    return len(table & own) / len(own) if own else 0.0


def _merge_columns(tables: Sequence[DeclaredTable]) -> tuple[DeclaredColumn, ...]:
    columns: dict[str, DeclaredColumn] = {}
    legacy = {column.name for table in tables for column in table.columns if column.legacy or column.dropped}
    for table in tables:
        for column in table.columns:
            columns.setdefault(column.name, column)
    return tuple(
        one.model_copy(update={"legacy": True}) if one.name in legacy and not one.dropped else one
        for one in columns.values()
    )
