"""The plan in a few lines of plain text: the first screen, and the word after a write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shipkit_mcp.document.columns import COLUMNS, clip, clip_start, width
from shipkit_mcp.document.material import Material, here
from shipkit_mcp.document.sources import source_heads
from shipkit_mcp.document.verdicts import MOST_KEY_DECISIONS
from shipkit_mcp.document.words import counted, listed, one_line
from shipkit_mcp.facts import Survey
from shipkit_mcp.findings import Decision, Finding, Plan, Severity, TableState, WorkflowMapping

LINES = 25
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


def write_summary(plan: Plan, path: str, backup: str | None, *, changed: bool = True) -> list[str]:
    """Three lines after a write: what was written and where, the backup, the line that restores it."""
    says = _says(plan, path)
    if not changed:
        return [f"Unchanged {says}", "Backup: none, no byte was changed.", "Restore: nothing to restore."]
    if backup is None:
        return [f"Wrote {says}", "Backup: none, there was no file before.", f"Restore: delete {path}."]
    return [f"Wrote {says}", f"Backup: {backup}", "Restore: shipkit-mcp undo"]


def preview_summary(plan: Plan, path: str, *, changed: bool) -> list[str]:
    """One line for a dry run: what would stand there."""
    return [f"{'Would write' if changed else 'Would leave unchanged'} {_says(plan, path)}"]


def _says(plan: Plan, path: str) -> str:
    counts = plan.counts
    made = f"{counts.new} new, {counts.modified} modified, {counts.removed} removed"
    ready = f"{plan.readiness.percent}% ready" if plan.workflows else "no workflow to be ready for"
    return f"{path}: {counted(counts.total, 'table')} ({made}), {ready}."


def _clip_block(block: Sequence[str], room: int) -> list[str]:
    """A block in the room there is; a heading without a line of its own under it is not shown."""
    if len(block) <= room:
        return list(block)
    if room < 3:
        return []
    hidden = len(block) - room + 1
    return [*block[: room - 1], f"  … and {hidden} more below"]


def _head(material: Material) -> list[str]:
    survey, plan = material.survey, material.plan
    name, goal = survey.vision.app_name, survey.vision.end_goal
    title = plain(name.text) if name else survey.project_root.rstrip("/").rpartition("/")[2] or "your app"
    lines = [f"{title}: {plain(goal.text)}" if goal else title]
    template = f" (template: {plan.template or 'not a known one'})"
    lines += [f"{clip_start(survey.project_root, COLUMNS - width(template))}{template}"]
    lines += [f"Ready: {_ready(plan)}", f"Tables: {_tables(plan)}"]
    return [*lines, *source_heads(survey)]


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


def gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that are open, what is rejected first."""
    still_open = [one for one in findings if one.accepted_by is None]
    return sorted(still_open, key=lambda one: _SEVERITIES.index(one.severity))


def _contradictions(material: Material) -> list[str]:
    """What contradicts itself or the mission; tables that the plan makes anyway are no news here."""
    alike: dict[str, list[Finding]] = {}
    for one in sorted(gravest_first(material.plan.findings), key=_weight):
        if (one.counted or one.rule.startswith("contradiction")) and one.rule not in MISSING_TABLE:
            alike.setdefault(one.rule, []).append(one)
    if not alike:
        return ["Contradictions: none"]
    folder = f"{material.survey.documents_folder or 'ai_docs/prep'}/"
    lines = [f"  ❌ {plain(some[0].message).replace(folder, '')}{_more(some)}" for some in alike.values()]
    hidden = len(lines) - MOST_CONTRADICTIONS
    more = [f"  … and {counted(hidden, 'more kind')} below"] if hidden > 0 else []
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
    question, answer = f"  {sign} {plain(decision.question)}", f"{verb}: {plain(decision.taken.title)}"
    both = f"{question} {answer}"
    return [both] if width(both) <= COLUMNS else [question, f"     {answer}"]


def _next(material: Material) -> list[str]:
    steps = [plain(one) for one in _steps(material)]
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
    return next((plain(one.title) for one in material.plan.workflows if one.name == name), name)


def _workflows(plan: Plan) -> list[str]:
    if not plan.workflows:
        return []
    return ["Workflows", *(f"  {workflow_line(one)}" for one in plan.workflows)]


def workflow_line(workflow: WorkflowMapping) -> str:
    """A workflow and how it stands."""
    sign, state = STATES[workflow.state]
    new = [here(one) for one in workflow.tables if one.state is TableState.CREATE]
    return f"{sign} {plain(workflow.title)}: {state}" + (f" ({', '.join(new)})" if new else "")


def plain(text: str) -> str:
    """Text for a terminal: one line, without Markdown marks."""
    return one_line(text).replace("**", "").replace("`", "")
