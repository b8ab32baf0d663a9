"""Findings and recorded decisions -> the findings, marked where a decision answers them."""

from __future__ import annotations

from collections.abc import Sequence

from shipkit_mcp.findings import Decision, Finding, WorkflowMapping
from shipkit_mcp.plan.decisions import answered_rules


def answer_findings(
    findings: Sequence[Finding], decisions: Sequence[Decision], mappings: Sequence[WorkflowMapping]
) -> tuple[Finding, ...]:
    """All findings; those that a recorded decision answers are marked and no longer counted."""
    answers = answered_rules()
    by_rule = {rule: one for one in decisions if one.chosen for rule in answers.get((one.id, one.chosen), ())}
    return tuple(_marked(one, by_rule.get(one.rule), mappings) for one in findings)


def _marked(finding: Finding, decision: Decision | None, mappings: Sequence[WorkflowMapping]) -> Finding:
    if decision is None or finding.accepted_by or not _is_about(finding, decision, mappings):
        return finding
    return finding.model_copy(update={"accepted_by": f"decision:{decision.id}"})


def _is_about(finding: Finding, decision: Decision, mappings: Sequence[WorkflowMapping]) -> bool:
    """Whether the subject is one of the workflows that the decision is about, or one of their tables."""
    affected = [one for one in mappings if one.name in decision.affects]
    tables = {name for one in affected for table in one.tables for name in (table.table, table.existing)}
    subjects = {*decision.affects, *tables}
    return finding.subject in subjects or finding.subject.split(".")[0] in subjects
