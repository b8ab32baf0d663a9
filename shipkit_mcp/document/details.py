"""What follows the first screen: everything that it had to shorten, as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.document.material import Material, here
from shipkit_mcp.document.sources import source_lines
from shipkit_mcp.document.summary import gravest_first, plain, workflow_line
from shipkit_mcp.facts import Survey
from shipkit_mcp.findings import Decision, Finding, Plan, TableNote, WorkflowMapping


def details(survey: Survey, plan: Plan) -> tuple[str, ...]:
    """What follows the first screen: everything that it had to shorten."""
    material = Material(survey, plan)
    proposed = tuple(one for one in plan.remove if not one.accepted)
    warnings = dict.fromkeys((*survey.warnings, *plan.warnings))
    blocks = {
        "Workflows": [line for one in plan.workflows for line in _workflow(one)],
        "Changes": [f"#{one.number} (phase {one.phase}) {plain(one.title)}" for one in plan.changes],
        "Decisions": [line for one in material.posed.values() for line in _decision(one)],
        "Findings": [_finding(one) for one in gravest_first(plan.findings)],
        "Proposed for removal": _notes(proposed),
        "Not spoken of": _notes(plan.unmentioned),
        "Referred to, not declared": _notes(plan.undeclared),
        "Where this comes from": [plain(one) for one in source_lines(survey)],
        "Missing documents": [f"{one.document} ({one.path})" for one in plan.missing_documents],
        "Wrong in the document that stands there": _wrong(plan),
        "Left out or refused": [plain(one) for one in warnings],
    }
    return tuple(line for title, lines in blocks.items() for line in _block(title, lines))


def _block(title: str, lines: list[str]) -> list[str]:
    return ["", title, *(f"  {one}" for one in lines)] if lines else []


def _notes(notes: tuple[TableNote, ...]) -> list[str]:
    return [f"{one.table}: {plain(one.why)}" for one in notes]


def _wrong(plan: Plan) -> list[str]:
    return [_finding(one) for one in plan.foreign_document.wrong] if plan.foreign_document else []


def _workflow(workflow: WorkflowMapping) -> Iterator[str]:
    yield f"{workflow_line(workflow)} [{workflow.path}, {workflow.confidence} confidence]"
    for table in workflow.tables:
        yield f"  {table.role.value}: {here(table)} ({table.state.value})"
    yield from (f"  note: {plain(one)}" for one in workflow.notes)


def _decision(decision: Decision) -> Iterator[str]:
    yield f"{plain(decision.question)} [{decision.id}]"
    yield f"  {'decided' if decision.chosen else 'recommended'}: {decision.taken.id}"
    yield f"  {plain(decision.why)}"
    yield from (f"  {one.id}: {plain(one.title)}" for one in decision.options)


def _finding(finding: Finding) -> str:
    sign = "❌" if finding.counted else "⚠️"
    sure = "" if finding.certain else "cannot tell: "
    return (
        f"{sign} {sure}{plain(finding.message)} {plain(finding.fix)} [{finding.rule}] {finding.evidence[0]}"
    )
