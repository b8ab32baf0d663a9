"""One step of a migration and its way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shipkit_mcp.facts import Column

FILL = "-- FILL IN:"
"""Marks a statement whose value a person must choose."""


@dataclass(frozen=True, slots=True)
class Step:
    """Statements (or comments) that go up, and those that take them back, each in the order they run in."""

    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    """Literals that it makes and that its transaction cannot use: where something does, it stands before."""


def ups(steps: Iterable[Step]) -> list[str]:
    return [one for step in steps for one in step.up]


def downs(steps: Sequence[Step]) -> list[str]:
    """The last step is the first to be taken back."""
    return [one for step in reversed(steps) for one in step.down]


VALUES = (
    (("text", "varchar", "char", "tinytext", "mediumtext", "longtext"), "''"),
    (("integer", "smallint", "bigint", "int", "tinyint", "mediumint"), "0"),
    (("numeric", "decimal", "real", "double", "float"), "0"),
    (("boolean",), "false"),
    (("jsonb", "json"), "'{}'"),
    (("timestamp", "datetime", "date"), "CURRENT_TIMESTAMP"),
)
"""Beginnings of types to a value that any row can take until a person chooses a better one."""


def filling(column: Column, table: str, name: str, *, decided: bool, first: str | None) -> tuple[str, ...]:
    """The marked statement that gives the rows that exist a value.

    A reference or a unique value cannot be made up (``decided`` is False): then the statement is a comment,
    and NOT NULL refuses until a person has written it.
    """
    value = first or _value(column)
    where = f"WHERE {name} IS NULL;"
    if decided and value:
        return (
            f"{FILL} the value that the existing rows get.",
            " ".join(("UPDATE", table, "SET", name, "=", value, where)),
        )
    return (
        f"{FILL} each existing row needs its own value before the next statement; write it in place of <value>.",
        " ".join(("-- UPDATE", table, "SET", name, "= <value>", where)),
    )


def replacing(table: str, name: str, gone: Sequence[str]) -> tuple[str, ...]:
    """What a person must say of rows whose value an enum loses; without it, such a row stops the phase."""
    values = ", ".join(gone)
    return (
        f"{FILL} a row with {values} needs another value before the next statement; write it in place of <value>.",
        " ".join(("-- UPDATE", table, "SET", name, "= <value>", f"WHERE {name} IN ({values});")),
    )


def _value(column: Column) -> str | None:
    if "[" in column.type:
        return "'{}'"
    return next((value for types, value in VALUES if column.type.startswith(types)), None)
