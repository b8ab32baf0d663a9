"""The mission as one literal table of rules, and what a project breaks of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Survey
from shipkit_mcp.findings import Finding, WorkflowMapping
from shipkit_mcp.rules.context import Context
from shipkit_mcp.rules.drift import check_drift
from shipkit_mcp.rules.foreign import check_foreign_document
from shipkit_mcp.rules.recorded import PlannedColumn, PlannedFacts, PlannedTable, read_planned
from shipkit_mcp.rules.rule import Example, Rule
from shipkit_mcp.rules.table import RULES


def check_project(survey: Survey, mappings: Sequence[WorkflowMapping]) -> tuple[Finding, ...]:
    """Everything of the mission that a project does not keep, in the order of the rules.

    A finding that ``// shipkit: allow RULE reason`` beside its table answers carries ``accepted_by``;
    what decisions answer, the plan marks. Raises Cancelled.
    """
    context = Context(survey, mappings)
    return tuple(dict.fromkeys(_broken(context)))


def _broken(context: Context) -> Iterator[Finding]:
    for rule in RULES:
        beat()
        yield from rule.findings(context)


__all__ = [
    "RULES",
    "Example",
    "PlannedColumn",
    "PlannedFacts",
    "PlannedTable",
    "Rule",
    "check_drift",
    "check_foreign_document",
    "check_project",
    "read_planned",
]
