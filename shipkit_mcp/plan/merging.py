"""What a document's end comment holds and what a call gives -> the amendments that now stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
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

    A second block of a table begins where the order matters (a column is dropped or renamed after something else
    was said of it), and where a mark on one column would settle what another leaves open.
    """
    settled: tuple[DeclaredTable, ...] = (*recorded, *given)
    while (merged := _merged_once(settled)) != settled:
        settled = merged
    return settled


def _merged_once(tables: Iterable[DeclaredTable]) -> tuple[DeclaredTable, ...]:
    merged: list[DeclaredTable] = []
    for table in tables:
        same = [at for at, one in enumerate(merged) if one.name == table.name]
        if not same:
            merged.append(table)
        elif _says_nothing_new([merged[at] for at in same], table):
            continue
        elif _must_follow(merged[same[-1]], table):
            merged.append(table)
        else:
            merged[same[-1]] = _joined(merged[same[-1]], table)
    return tuple(merged)


def _must_follow(before: DeclaredTable, after: DeclaredTable) -> bool:
    """Whether joining the two would change what they mean."""
    moved = _moved(before) | _moved(after)
    return bool(_names(before) & _names(after) & moved) or _is_ambiguous(_joined(before, after))


def _is_ambiguous(table: DeclaredTable) -> bool:
    """Whether an open nullability would be read as NOT NULL because another column is marked nullable."""
    typed = [one for one in table.columns if one.type or one.type_comment or one.values]
    return any(one.not_null is False for one in table.columns) and any(one.not_null is None for one in typed)


def _moved(table: DeclaredTable) -> set[str]:
    moved = [one for one in table.columns if one.dropped or one.renamed_from]
    return {one.name for one in moved} | {one.renamed_from for one in moved if one.renamed_from}


def _names(table: DeclaredTable) -> set[str]:
    return {one.name for one in table.columns} | _moved(table)


def _says_nothing_new(before: Sequence[DeclaredTable], after: DeclaredTable) -> bool:
    known = reduce(_joined, before)
    return _content(_joined(known, after)) == _content(known)


def _content(table: DeclaredTable) -> list[object]:
    """What a table says, without the lines it was said in."""
    columns = [one.model_dump(exclude={"evidence", "doc_name"}) for one in table.columns]
    return [table.purpose, table.primary_key, table.unique, table.indexes, *columns]


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
