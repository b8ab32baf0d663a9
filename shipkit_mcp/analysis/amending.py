"""What an assistant gives and what the document recorded, to the amendments that stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Any

from shipkit_mcp import document, plan
from shipkit_mcp.errors import BadAmendment
from shipkit_mcp.facts import Amendments, DeclaredTable, Source, Survey, Unread
from shipkit_mcp.findings import Finding, WorkflowMapping
from shipkit_mcp.readers.notation import read_tables

WHERE = "amendments"
"""Stands for a path in the evidence of what an assistant said."""
NOTHING = Amendments()


@dataclass(frozen=True)
class Settled:
    """Amendments that hold, their tables, and a sentence for each recorded one that does not."""

    amendments: Amendments
    declared: tuple[DeclaredTable, ...]
    left_out: tuple[str, ...] = ()


def settle_amendments(
    survey: Survey,
    mappings: Sequence[WorkflowMapping],
    findings: Sequence[Finding],
    given: Mapping[str, Any],
    previous: Source | None,
) -> Settled:
    """Merge what a call gives over what the document's end comment holds (design, "Amendments last").

    Raises BadAmendment with every problem of what was given; what was recorded is never a reason to refuse.
    """
    check_shape(given)
    recorded = _recorded(previous)
    if recorded == NOTHING and not given:
        return Settled(NOTHING, ())

    def read(text: str) -> tuple[tuple[DeclaredTable, ...], tuple[Unread, ...]]:
        tables, unread = read_tables(text, WHERE, 1) if text else ((), ())
        return plan.spell_tables(tables, survey.schema, mappings), unread

    tables, _ = read(recorded.tables)
    held, tables, left_out = plan.hold_amendments(survey, mappings, findings, recorded, tables)
    if not given:
        return Settled(held, tables, left_out)
    said, unread = read(given.get("tables") or "")
    merged = plan.merge_amendments(held, given, tables, said)
    declared, _ = read(merged.tables)
    call = plan.Call(said, tuple(given.get("remove") or ()), held, tables)
    problems = plan.check_amendments(survey, mappings, findings, merged, declared, unread, call)
    if problems:
        raise BadAmendment(problems)
    return Settled(merged, declared, (*left_out, *plan.idle_withdrawals(call)))


def _recorded(previous: Source | None) -> Amendments:
    recorded = document.read_end_comment(previous.text) if previous else None
    return recorded.amendments if recorded else NOTHING


def check_shape(given: Mapping[str, Any]) -> None:
    """Whether amendments from outside have the form they must have. Raises BadAmendment."""
    problems = [
        f"There is no part `{name}`. The parts are {', '.join(plan.PARTS)}."
        for name in given
        if name not in plan.PARTS
    ]
    problems += [
        f"`{name}` must be {form}."
        for name, (form, holds) in SHAPES.items()
        if given.get(name) is not None and not holds(given[name])
    ]
    if problems:
        raise BadAmendment(tuple(problems))


def _is_text_map(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(one, str | NoneType) for pair in value.items() for one in pair
    )


def _is_names(value: Any) -> bool:
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and all(isinstance(one, str) for one in value)
    )


SHAPES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "decisions": ("an object of decision ids to option ids", _is_text_map),
    "tables": ("text in the mission's notation", lambda value: isinstance(value, str)),
    "remove": ("a list of table names", _is_names),
    "narrative": ("an object of places to prose", _is_text_map),
}
