"""The schema and what amendments make of it -> changed columns that something which stays does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Column, Index, Schema, Table
from shipkit_mcp.findings import Rename
from shipkit_mcp.mapping.expressions import names_any
from shipkit_mcp.plan.column_types import family
from shipkit_mcp.plan.outlived import ALIKE
from shipkit_mcp.plan.words import listed

INSTEAD = "Keep its type, or drop it and add a column of another name."
WHOLE = ("smallint", "integer", "bigint")
_QUOTED = re.compile(r"""'(?:[^']|'')*'|"[^"]*"|`[^`]*`""")
_NOT_PLAIN = re.compile(r"[%&|#~^]|<<|>>|(?<!\w)(?!(?:in|and|or|not|any|all)\b)[a-z_]\w*\s*\(", re.IGNORECASE)
"""Operators and calls that not every type of number has."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """One column that cannot be changed as an amendment says."""

    table: str
    column: str
    """Its new name, where it has one."""
    text: str


@dataclass(frozen=True, slots=True)
class _Use:
    """Something that stays and names columns as SQL."""

    what: str
    expressions: tuple[str, ...]
    settled: bool = False
    """It must give the same at all times, wherever it is asked: an index."""


def find_misfits(schema: Schema, target: Schema, renames: Sequence[Rename]) -> Iterator[Misfit]:
    """What PostgreSQL (and for checks common sense) refuses; the rest of a plan is left to its own checks."""
    for new in target.tables:
        beat()
        old = schema.table(new.name)
        if old is not None and old != new:
            forth = {one.old: one.new for one in renames if one.table == new.name}
            yield from _of_table(old, new, forth)
    yield from _of_references(schema, target, {(one.table, one.new): one.old for one in renames})


def _of_references(schema: Schema, target: Schema, back: Mapping[tuple[str, str], str]) -> Iterator[Misfit]:
    """Foreign keys whose two ends are no longer of one kind."""
    tables = {one.name: one for one in target.tables}

    def is_retyped(table: str, column: Column) -> bool:
        old = schema.table(table)
        was = old.column(back.get((table, column.name), column.name)) if old else None
        return was is None or _type(was) != _type(column)

    for table in target.tables:
        beat()
        for here, there, key in _ends(table, tables):
            if _is_comparable(here, there, table.dialect):
                continue
            if is_retyped(table.name, here):
                text = f"`{table.name}.{here.name}` refers to `{key}.{there.name}`, which is `{there.type}`"
                yield Misfit(table.name, here.name, f"{text}, not `{here.type}`. {INSTEAD}")
            elif is_retyped(key, there):
                text = f"`{key}.{there.name}` cannot become `{there.type}`: `{table.name}.{here.name}`"
                yield Misfit(key, there.name, f"{text} refers to it and is `{here.type}`. {INSTEAD}")


def _ends(table: Table, tables: Mapping[str, Table]) -> Iterator[tuple[Column, Column, str]]:
    for key in table.foreign_keys:
        other = tables.get(key.table)
        for one, far in zip(key.columns, key.foreign_columns, strict=False):
            here, there = table.column(one), other.column(far) if other else None
            if here and there and other and other.namespace == key.namespace:
                yield here, there, key.table


def _is_comparable(here: Column, there: Column, dialect: str) -> bool:
    if dialect == "mysql" and "integer" in (_kind(here)[0], _kind(there)[0]):
        return _bare(here) == _bare(there) or "serial" in here.type + there.type
    return _kind(here) == _kind(there)


def _of_table(old: Table, new: Table, forth: Mapping[str, str]) -> Iterator[Misfit]:
    for before in old.columns:
        name = forth.get(before.name, before.name)
        after = new.column(name)
        texts = _of_drop(name, new) if after is None else _of_change(before, after, new)
        yield from (Misfit(new.name, name, f"`{new.name}.{name}` {text}") for text in texts)


def _of_drop(name: str, table: Table) -> Iterator[str]:
    for made in table.columns:
        if made.generated and names_any(made.generated.expression, (name,)):
            yield (
                f"cannot go: the database makes `{made.name}` from it. Drop `{made.name}` too, "
                f"or leave `{name}`."
            )


def _of_change(old: Column, new: Column, table: Table) -> Iterator[str]:
    yield from _of_values(old, new, table)
    yield from _of_own_values(old, new)
    if _type(old) == _type(new):
        return
    type_ = f"`{new.type}`"
    if table.dialect == "postgresql":
        yield from _of_postgresql(old, new, table)
    for use in _uses(table):
        named = [one for one in use.expressions if _compares(one, new.name)]
        if not all(_fits(old, new, one, settled=use.settled) for one in named):
            yield f"stands in {use.what}, which does not fit {type_}. {INSTEAD}"
    for index in table.indexes:
        if new.name in index.columns and _is_special(index) and _kind(old) != _kind(new):
            yield f"stands in the index `{index.name}` ({index.method}), which does not fit {type_}. {INSTEAD}"


def _of_postgresql(old: Column, new: Column, table: Table) -> Iterator[str]:
    if old.generated:
        yield f"is made by the database from other columns, as `{old.type}`. {INSTEAD}"
    if ("serial" in old.type or old.identity) and _kind(new) != ("integer", 0):
        yield f"counts by itself, which `{new.type}` cannot. {INSTEAD}"
    for made in table.columns:
        if made.name != new.name and made.generated and names_any(made.generated.expression, (new.name,)):
            yield (
                f"cannot become `{new.type}` while the database makes `{made.name}` from it. "
                f"Keep its type, or drop `{made.name}`."
            )


def _of_own_values(old: Column, new: Column) -> Iterator[str]:
    """A default or nothing where the database itself gives the value."""
    counts = "serial" in old.type or old.identity is not None or old.auto_increment
    still = (new.type, new.generated, new.identity) == (old.type, old.generated, old.identity)
    if still and (counts or old.generated) and isinstance(new.default, str) and new.default != old.default:
        what = "counts by itself" if counts else "is made by the database from other columns"
        yield f"{what}. Leave its default out."
    if still and counts and old.not_null and not new.not_null:
        yield "counts by itself and is never null. Leave `nullable` out."


def _of_values(old: Column, new: Column, table: Table) -> Iterator[str]:
    """Values that an enum loses although something that stays compares with them."""
    if not old.enum or old.enum != new.enum:
        return
    gone = [one for one in old.enum_values or () if one not in (new.enum_values or ())]
    for use in _uses(table):
        named = " ".join(one for one in use.expressions if names_any(one, (new.name,)))
        lost = [one for one in gone if "'" + one.replace("'", "''") + "'" in named]
        if lost:
            yield f"stands in {use.what}, which compares it with {listed(lost)}. Keep that value in its list."


def _uses(table: Table) -> Iterator[_Use]:
    for check in table.checks:
        yield _Use(f"the check `{check.name}`", (check.expression,))
    for index in table.indexes:
        if index.where:
            yield _Use(f"the condition of the index `{index.name}`", (index.where,), settled=True)
        parts = tuple(one for one in index.columns if not table.column(one))
        yield _Use(f"an expression of the index `{index.name}`", parts, settled=True)
    if table.dialect != "postgresql":
        for one in table.columns:
            if one.generated:
                yield _Use(f"what `{one.name}` is made from", (one.generated.expression,), settled=True)


def _is_special(index: Index) -> bool:
    return (index.method or "btree").lower() not in ("btree", "hash")


def _type(column: Column) -> tuple[str, str | None, int]:
    return column.type, column.enum, column.array


def _kind(column: Column) -> tuple[str, int]:
    return column.enum or family(_bare(column)), max(column.array, column.type.count("["))


def _bare(column: Column) -> str:
    return column.type.partition("(")[0].replace("[]", "").strip()


def _fits(old: Column, new: Column, expression: str, *, settled: bool) -> bool:
    """Whether an expression over the old type is one over the new type as well."""
    before, after = _kind(old), _kind(new)
    if before == after:
        number = before[0] in ("integer", "decimal") and _bare(old) != _bare(new)
        whole = _bare(old) in WHOLE and _bare(new) in WHOLE
        return not number or whole or _is_plain(expression)
    alike = (ALIKE.get(before[0], before[0]), before[1]) == (ALIKE.get(after[0], after[0]), after[1])
    moment = "date" in (before[0], after[0])
    return alike and not (moment and settled) and _is_plain(expression)


def _compares(expression: str, name: str) -> bool:
    """Whether an expression asks more of a column than whether it is null, as it may of any type."""
    quoted = re.escape(name)
    asked = re.compile(rf"""(?<![\w'])["`]?{quoted}["`]?\s+is\s+(?:not\s+)?null\b""", re.IGNORECASE)
    return names_any(asked.sub(" ", expression), (name,))


def _is_plain(expression: str) -> bool:
    return not _NOT_PLAIN.search(_QUOTED.sub(" ", expression))
