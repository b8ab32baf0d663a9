"""The plan in a few lines of plain text: the first screen, the details below it, the word after a write."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from shipkit_mcp.document.material import Material, here
from shipkit_mcp.document.verdicts import MOST_KEY_DECISIONS
from shipkit_mcp.document.words import counted, listed, one_line
from shipkit_mcp.facts import Survey
from shipkit_mcp.findings import Decision, Finding, Plan, Severity, TableState, WorkflowMapping

LINES = 25
COLUMNS = 80
MOST_CONTRADICTIONS = 3
MOST_STEPS = 3
MISSING_TABLE = frozenset({"job-table", "result-table", "enhancement-table", "usage-table"})
STATES = {
    TableState.IMPLEMENTED: ("✅", "implemented"),
    TableState.MODIFY: ("⚠️", "needs changes"),
    TableState.CREATE: ("⚠️", "needs creation"),
    TableState.INLINE: ("✅", "kept in another table"),
    TableState.NONE: ("✅", "no table of its own"),
}
_SEVERITIES = list(Severity)


def first_screen(survey: Survey, plan: Plan) -> tuple[str, ...]:
    """At most 25 lines of 80 columns: how ready, what contradicts, what to decide, what happens next."""
    material = Material(survey, plan)
    blocks = [_head(material), _contradictions(material), _decisions(plan), _next(material), _workflows(plan)]
    lines: list[str] = []
    for block in blocks:
        room = LINES - len(lines) - (1 if lines else 0)
        shown = _clip_block(block, room)
        lines += [*([""] if lines and shown else []), *shown]
    return tuple(clip(line) for line in lines)


def details(survey: Survey, plan: Plan) -> tuple[str, ...]:
    """What follows the first screen: everything that it had to shorten."""
    material = Material(survey, plan)
    blocks = [
        ("Workflows", [line for one in plan.workflows for line in _workflow_details(one)]),
        ("Changes", [f"#{one.number} (phase {one.phase}) {_plain(one.title)}" for one in plan.changes]),
        ("Decisions", [line for one in material.posed.values() for line in _decision_details(one)]),
        ("Findings", [_finding_details(one) for one in _ordered(plan.findings)]),
        (
            "Proposed for removal",
            [f"{one.table}: {_plain(one.why)}" for one in plan.remove if not one.accepted],
        ),
        ("Not spoken of", [f"{one.table}: {_plain(one.why)}" for one in plan.unmentioned]),
        ("Referred to, not declared", [f"{one.table}: {_plain(one.why)}" for one in plan.undeclared]),
        ("Missing documents", [f"{one.document} ({one.path})" for one in plan.missing_documents]),
        ("Wrong in the document that stands there", _wrong(plan)),
        (
            "Left out or refused",
            [_plain(one) for one in dict.fromkeys((*material.survey.warnings, *plan.warnings))],
        ),
    ]
    return tuple(
        line for title, lines in blocks if lines for line in ("", title, *(f"  {one}" for one in lines))
    )


def _wrong(plan: Plan) -> list[str]:
    return [_finding_details(one) for one in plan.foreign_document.wrong] if plan.foreign_document else []


def write_summary(plan: Plan, path: str, backup: str | None) -> list[str]:
    """Three lines after a write: what was written and where, the backup, the line that restores it."""
    counts = plan.counts
    made = f"{counts.new} new, {counts.modified} modified, {counts.removed} removed"
    written = f"Wrote {path}: {counted(counts.total, 'table')} ({made}), {plan.readiness.percent}% ready."
    if backup is None:
        return [written, "Backup: none, no earlier bytes were replaced.", f"Restore: delete {path}."]
    return [written, f"Backup: {backup}", "Restore: shipkit-mcp undo"]


def width(text: str) -> int:
    """Columns that text takes in a terminal."""
    return sum(_columns(char) for char in text)


def clip(text: str, columns: int = COLUMNS) -> str:
    """Text cut to some columns, with an ellipsis where something is left out."""
    if width(text) <= columns:
        return text
    taken, room = "", columns - 1
    for char in text:
        if width(taken) + _columns(char) > room:
            break
        taken += char
    return taken.rstrip() + "…"


def _columns(char: str) -> int:
    if char == "\ufe0f":
        return 1  # makes the sign before it two columns wide
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _clip_block(block: Sequence[str], room: int) -> list[str]:
    """A block in the room there is; a heading without a line under it is not shown."""
    if len(block) <= room:
        return list(block)
    if room < 2:
        return []
    hidden = len(block) - room + 1
    return [*block[: room - 1], f"  … and {hidden} more below"]


def _head(material: Material) -> list[str]:
    survey, plan = material.survey, material.plan
    name, goal = survey.vision.app_name, survey.vision.end_goal
    title = _plain(name.text) if name else survey.project_root.rstrip("/").rpartition("/")[2] or "your app"
    lines = [f"{title}: {_plain(goal.text)}" if goal else title]
    lines += [f"{survey.project_root} (template: {plan.template or 'not a known one'})"]
    lines += [f"Ready: {_ready(plan)}", f"Tables: {_tables(plan)}"]
    return lines


def _ready(plan: Plan) -> str:
    ready = plan.readiness
    if not plan.workflows:
        return "cannot be told, no workflow was found"
    built = sum(one.state is TableState.IMPLEMENTED for one in plan.workflows)
    of = f"{built} of {counted(len(plan.workflows), 'workflow')} implemented"
    return f"{ready.percent}% ({ready.met} of {ready.total} points met), {of}"


def _tables(plan: Plan) -> str:
    counts = plan.counts
    now = f"{counts.tables} now with {counted(counts.columns, 'column')}"
    proposed = sum(not one.accepted for one in plan.remove)
    planned = [f"{counts.new} to create", f"{counts.modified} to change", f"{proposed} proposed for removal"]
    removed = f", {counts.removed} to remove" if counts.removed else ""
    return f"{now}; {', '.join(planned)}{removed}"


def _ordered(findings: Sequence[Finding]) -> list[Finding]:
    still_open = [one for one in findings if one.accepted_by is None]
    return sorted(still_open, key=lambda one: _SEVERITIES.index(one.severity))


def _contradictions(material: Material) -> list[str]:
    """What contradicts itself or the mission; tables that the plan makes anyway are no news here."""
    alike: dict[str, list[Finding]] = {}
    for one in sorted(_ordered(material.plan.findings), key=_weight):
        if (one.counted or one.rule.startswith("contradiction")) and one.rule not in MISSING_TABLE:
            alike.setdefault(one.rule, []).append(one)
    if not alike:
        return ["Contradictions: none"]
    folder = f"{material.survey.documents_folder or 'ai_docs/prep'}/"
    lines = [f"  ❌ {_plain(some[0].message).replace(folder, '')}{_more(some)}" for some in alike.values()]
    hidden = len(lines) - MOST_CONTRADICTIONS
    more = [f"  … and {hidden} more kinds below"] if hidden > 0 else []
    total = sum(len(some) for some in alike.values())
    return [f"Contradictions and broken rules: {total}", *lines[:MOST_CONTRADICTIONS], *more]


def _weight(finding: Finding) -> int:
    """What is rejected first, then contradictions, then the rest."""
    return 0 if finding.severity is Severity.REJECT else 1 if finding.rule.startswith("contradiction") else 2


def _more(alike: Sequence[Finding]) -> str:
    return f" ({len(alike)} times)" if len(alike) > 1 else ""


def _decisions(plan: Plan) -> list[str]:
    key = [one for one in plan.decisions if one.key][:MOST_KEY_DECISIONS]
    if not key:
        return ["To decide: nothing, the project poses no key decision"]
    return [f"To decide: {len(key)}", *(line for one in key for line in _decision(one))]


def _decision(decision: Decision) -> list[str]:
    """On one line where it fits, else what to do on a second one."""
    sign, verb = ("✅", "decided") if decision.chosen else ("⚠️", "I recommend")
    question, answer = f"  {sign} {_plain(decision.question)}", f"{verb}: {_plain(decision.taken.title)}"
    both = f"{question} {answer}"
    return [both] if width(both) <= COLUMNS else [question, f"     {answer}"]


def _next(material: Material) -> list[str]:
    steps = [_plain(one) for one in _steps(material)]
    return ["Next", *(f"  {number}. {text}" for number, text in enumerate(steps[:MOST_STEPS], 1))]


def _steps(material: Material) -> Iterator[str]:
    plan, foreign = material.plan, material.plan.foreign_document
    if plan.missing_documents:
        yield f"Write what is missing: {listed([one.document for one in plan.missing_documents])}"
    waiting = sum(one.key and one.chosen is None for one in plan.decisions)
    if waiting:
        yield f"Confirm or change the {counted(waiting, 'recommendation')} above"
    yield "Write the document: shipkit-mcp plan --write" + (" (keeps a copy of yours)" if foreign else "")
    for phase in [one for one in plan.phases if {change.phase for change in material.due} & {one.number}]:
        titles = [_workflow_title(material, one) for one in phase.unlocks]
        then = f", then build {listed(titles)}" if titles else ""
        yield f"Phase {phase.number}: {counted(len(phase.changes), 'change')}{then}"


def _workflow_title(material: Material, name: str) -> str:
    return next((_plain(one.title) for one in material.plan.workflows if one.name == name), name)


def _workflows(plan: Plan) -> list[str]:
    if not plan.workflows:
        return []
    return ["Workflows", *(f"  {_workflow(one)}" for one in plan.workflows)]


def _workflow(workflow: WorkflowMapping) -> str:
    sign, state = STATES[workflow.state]
    new = [here(one) for one in workflow.tables if one.state is TableState.CREATE]
    return f"{sign} {_plain(workflow.title)}: {state}" + (f" ({', '.join(new)})" if new else "")


def _workflow_details(workflow: WorkflowMapping) -> Iterator[str]:
    yield f"{_workflow(workflow)} [{workflow.path}, {workflow.confidence} confidence]"
    for table in workflow.tables:
        yield f"  {table.role.value}: {here(table)} ({table.state.value})"
    yield from (f"  note: {_plain(one)}" for one in workflow.notes)


def _decision_details(decision: Decision) -> Iterator[str]:
    yield f"{_plain(decision.question)} [{decision.id}]"
    yield f"  {'decided' if decision.chosen else 'recommended'}: {decision.taken.id}"
    yield f"  because {_plain(decision.why)}"
    yield from (f"  {one.id}: {_plain(one.title)}" for one in decision.options)


def _finding_details(finding: Finding) -> str:
    sign = "❌" if finding.counted else "⚠️"
    sure = "" if finding.certain else "cannot tell: "
    return (
        f"{sign} {sure}{_plain(finding.message)} {_plain(finding.fix)} [{finding.rule}] {finding.evidence[0]}"
    )


def _plain(text: str) -> str:
    return one_line(text).replace("**", "").replace("`", "")
