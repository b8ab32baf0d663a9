"""One call over what is recorded -> what is wrong with the call by itself, before anything is merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shipkit_mcp.facts import Amendments, DeclaredTable, Schema
from shipkit_mcp.plan.nearest import suggest
from shipkit_mcp.plan.words import names


@dataclass(frozen=True, slots=True)
class Call:
    """What a call gives, and what it is merged over."""

    said: Sequence[DeclaredTable] = ()
    """Its tables, block by block."""
    remove: Sequence[str] = ()
    recorded: Amendments = Amendments()
    recorded_tables: Sequence[DeclaredTable] = ()


def check_call(call: Call, target: Schema) -> Iterator[str]:
    """``target`` is the plan's without any amendment."""
    yield from _check_blocks(call, target)
    for name in _idle(call):
        if not name:
            yield "`-` in `remove` names no table. Write `-name` to withdraw what was recorded of a table."
        elif target.table(name) is None:
            known = [*call.recorded.remove, *(one.name for one in call.recorded_tables)]
            hint = suggest(name, known) if known else "Nothing is recorded: leave it out."
            yield (
                f"`-{name}` in `remove` withdraws nothing: no removal and no amendment of `{name}` is recorded. "
                f"{hint}"
            )


def idle_withdrawals(call: Call) -> tuple[str, ...]:
    """A sentence for each withdrawal that had no effect."""
    return tuple(
        f"`-{name}` withdrew nothing: neither a removal nor an amendment of `{name}` was recorded."
        for name in _idle(call)
    )


def _idle(call: Call) -> Iterator[str]:
    known = {*call.recorded.remove, *call.remove}
    known |= {one.name for one in (*call.recorded_tables, *call.said)}
    return (name for one in call.remove if one.startswith("-") and (name := one[1:].strip()) not in known)


def _check_blocks(call: Call, target: Schema) -> Iterator[str]:
    """A new table is declared once: two blocks of one are more likely two tables than one."""
    known = {one.name for one in target.tables} | {one.name for one in call.recorded_tables}
    for name in dict.fromkeys(one.name for one in call.said):
        lines = [str(one.evidence.line) for one in call.said if one.name == name]
        if len(lines) > 1 and name not in known:
            yield (
                f"`{name}` is new and begins more than once in `tables`, in lines {names(lines)}. "
                "Write all of its columns below one heading, or give the other table a name of its own."
            )
