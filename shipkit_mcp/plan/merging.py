"""What a document's end comment holds and what a call gives -> the amendments that now stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shipkit_mcp.facts import Amendments, DeclaredColumn, DeclaredTable
from shipkit_mcp.plan.written import write_tables

PARTS = ("decisions", "tables", "remove", "narrative")


def merge_amendments(
    recorded: Amendments,
    given: Mapping[str, Any],
    recorded_tables: Sequence[DeclaredTable] = (),
    given_tables: Sequence[DeclaredTable] = (),
) -> Amendments:
    """Recorded amendments with a call's merged over them, key by key (design, "Amendments last").

    ``None`` withdraws a key or a whole part; a ``remove`` entry ``-name`` withdraws that removal, or all that
    was said of the table ``name`` in ``tables``. The tables come in as the notation reader read them; the
    result's ``tables`` is their text, for that reader.
    """
    withdrawn = {one[1:].strip() for one in given.get("remove") or () if one.startswith("-")}
    kept_tables = [one for one in recorded_tables if one.name not in withdrawn]
    if "tables" in given and given["tables"] is None:
        kept_tables = []
    return Amendments(
        decisions=_merged(recorded.decisions, given, "decisions"),
        tables=write_tables(merge_tables(kept_tables, given_tables)),
        remove=_removals(recorded, given, withdrawn),
        narrative=_merged(recorded.narrative, given, "narrative"),
    )


def _merged(recorded: Mapping[str, str], given: Mapping[str, Any], part: str) -> dict[str, str]:
    if part in given and given[part] is None:
        return {}
    merged = {**recorded, **(given.get(part) or {})}
    return {key: merged[key] for key in sorted(merged) if merged[key] is not None}


def _removals(recorded: Amendments, given: Mapping[str, Any], withdrawn: set[str]) -> tuple[str, ...]:
    if "remove" in given and given["remove"] is None:
        return ()
    named = [one.strip() for one in given.get("remove") or () if not one.startswith("-")]
    return tuple(dict.fromkeys(one for one in (*recorded.remove, *named) if one not in withdrawn))


def merge_tables(
    recorded: Iterable[DeclaredTable], given: Iterable[DeclaredTable]
) -> tuple[DeclaredTable, ...]:
    """Declared tables in order, what is said again of a table merged into what was said before.

    A column that is dropped or renamed after something else was said of it starts a second block: the order
    of the two matters.
    """
    settled: tuple[DeclaredTable, ...] = (*recorded, *given)
    while (merged := _merged_once(settled)) != settled:
        settled = merged
    return settled


def _merged_once(tables: Iterable[DeclaredTable]) -> tuple[DeclaredTable, ...]:
    merged: list[DeclaredTable] = []
    for table in tables:
        last = next((at for at in reversed(range(len(merged))) if merged[at].name == table.name), None)
        if last is None or _order_matters(merged[last], table):
            merged.append(table)
        else:
            merged[last] = _joined(merged[last], table)
    return tuple(merged)


def _order_matters(before: DeclaredTable, after: DeclaredTable) -> bool:
    """Whether a drop or rename on either side meets a name of the other."""
    moved = _moved(before) | _moved(after)
    names = _names(before) & _names(after)
    return bool(names & moved) and not _says_nothing_new(before, after)


def _moved(table: DeclaredTable) -> set[str]:
    moved = [one for one in table.columns if one.dropped or one.renamed_from]
    return {one.name for one in moved} | {one.renamed_from for one in moved if one.renamed_from}


def _names(table: DeclaredTable) -> set[str]:
    return {one.name for one in table.columns} | _moved(table)


def _says_nothing_new(before: DeclaredTable, after: DeclaredTable) -> bool:
    joined = _joined(before, after)
    return [_content(one) for one in joined.columns] == [_content(one) for one in before.columns]


def _content(column: DeclaredColumn) -> DeclaredColumn:
    return column.model_copy(update={"evidence": None})


def _joined(before: DeclaredTable, after: DeclaredTable) -> DeclaredTable:
    columns = {one.name: one for one in before.columns}
    for one in after.columns:
        columns[one.name] = _column(columns[one.name], one) if one.name in columns else one
    key = after.primary_key or before.primary_key
    if key:
        columns = {name: _keyed(one, key) for name, one in columns.items()}
    return before.model_copy(
        update={
            "purpose": after.purpose or before.purpose,
            "marks_null": before.marks_null or after.marks_null,
            "columns": tuple(columns.values()),
            "primary_key": key,
            "unique": tuple(dict.fromkeys((*before.unique, *after.unique))),
            "indexes": tuple(dict.fromkeys((*before.indexes, *after.indexes))),
        }
    )


def _keyed(column: DeclaredColumn, key: tuple[str, ...]) -> DeclaredColumn:
    """The column as part of the table's key, or not: the newest key is the only one."""
    is_key = column.name in key and not column.dropped
    if column.primary_key == is_key:
        return column
    return column.model_copy(update={"primary_key": is_key, "not_null": True if is_key else column.not_null})


def _column(old: DeclaredColumn, new: DeclaredColumn) -> DeclaredColumn:
    """The newer statement, completed by what the older one says beside it."""
    if old.dropped or new.dropped:
        return new
    type_ = (
        {}
        if new.type or new.values or new.type_comment
        else {"type": old.type, "type_comment": old.type_comment, "values": old.values}
    )
    return new.model_copy(
        update={
            **type_,
            "not_null": old.not_null if new.not_null is None else new.not_null,
            "default": old.default if new.default is None else new.default,
            "references": new.references or old.references,
            "on_delete": new.on_delete or old.on_delete,
            "unique": new.unique or old.unique,
            "primary_key": new.primary_key or old.primary_key,
            "renamed_from": new.renamed_from or old.renamed_from,
            "note": new.note or old.note,
        }
    )
