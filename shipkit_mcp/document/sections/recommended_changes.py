"""What to decide and what to change, in the order in which it can be done."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.document.material import Material
from shipkit_mcp.document.sections.current_state import is_ready
from shipkit_mcp.document.verdicts import key_decisions, pros_and_cons, recommendation, verdict
from shipkit_mcp.document.words import at, code, counted, listed, sentence
from shipkit_mcp.findings import Change, Decision, Finding, Phase, Severity

TITLE = "📋 Recommended Changes"
SIGNS = {Severity.REJECT: "❌", Severity.REQUIRE: "❌", Severity.RECOMMEND: "⚠️", Severity.NOTE: "ℹ️"}
ORDER = tuple(SIGNS)


def render_recommended_changes(material: Material) -> Iterator[str]:
    yield from (f"## {TITLE}", "", _bottom_line(material), "")
    decisions = key_decisions(material)
    yield from (f"- ⚠️ {recommendation(material, one)}" for one in decisions)
    yield from ("",) if decisions else ()
    for change in material.plan.changes:
        yield from (*_change(material, change), "")
    yield from _priority(material)
    yield from _decisions(material)
    yield from _findings(material)


def _bottom_line(material: Material) -> str:
    number = len(material.due)
    proposed = len(material.plan.changes) - number
    besides = f" ({counted(proposed, 'removal')} proposed besides, yours to accept)" if proposed else ""
    if not material.plan.changes:
        return "**Bottom Line:** You need to make **0 changes**: nothing that was found asks for any."
    return f"**Bottom Line:** You need to make **{counted(number, 'change')}** to {_aim(material)}{besides}:"


def _aim(material: Material) -> str:
    titles = [material.title(one.name) for one in material.plan.workflows]
    if not titles:
        return "align your database with the mission's rules"
    return f"align your database with {listed(titles[:4])}" + (
        f" and {len(titles) - 4} more" if titles[4:] else ""
    )


def _change(material: Material, change: Change) -> Iterator[str]:
    yield from (f"### Change #{change.number}: {material.prose(change.title)}", "")
    yield f"- **Problem:** {material.prose(change.problem)}{at(change.evidence)}"
    yield from _posed(material, change)
    yield f"- **Action:** {material.prose(change.action)}{_proposal(change)}"
    standing = [one for one in change.columns if material.column_place(change.table, one)]
    if standing:
        yield f"- **Columns:** {', '.join(material.column(change.table, one) for one in standing)}"
    yield f"- **Impact:** {material.prose(change.impact)}"
    yield f"- **Affected Workflows:** {material.affected(change.affects) or 'none'}"


def _proposal(change: Change) -> str:
    return " (❌ proposed only: not counted and not drafted until you accept it)" if change.proposed else ""


def _posed(material: Material, change: Change) -> Iterator[str]:
    """The options of the decision that a change follows from, in full at the first such change."""
    decision = material.posed.get(change.decision or "")
    if decision is None:
        return
    first = material.first_change[decision.id]
    if first == change.number:
        yield from _options(material, decision)
    else:
        yield f"- **Recommendation:** {material.prose(decision.taken.title)}, as for Change #{first}"


def _options(material: Material, decision: Decision) -> Iterator[str]:
    yield from (
        f"- **Option {material.prose(one.id)}:** {material.prose(one.title)}{pros_and_cons(material, one)}"
        for one in decision.options
    )
    label = "Decision" if decision.chosen else "Recommendation"
    yield f"- **{label}:** {verdict(material, decision)}"


def _priority(material: Material) -> Iterator[str]:
    yield from ("### Implementation Priority", "")
    ready = [one.name for one in material.plan.workflows if is_ready(material, one)]
    if ready and material.plan.phases:
        yield from (f"Ready before any phase: {listed([material.title(one) for one in ready])}", "")
    for phase in material.plan.phases:
        yield from (*_phase(material, phase), "")
    if not material.plan.phases:
        yield from ("No change is needed, so there is nothing to put in order.", "")


def _phase(material: Material, phase: Phase) -> Iterator[str]:
    changes = {one.number: one for one in material.plan.changes}
    yield f"{phase.number}. **Phase {phase.number} ({material.prose(phase.title)}):**"
    for number in phase.changes:
        if number in changes:
            yield f"   - Change #{number}: {material.prose(changes[number].title)}"
    unlocked = [material.title(one) for one in phase.unlocks]
    if unlocked:
        yield f"   - Then you can build: {listed(unlocked)}"
    else:
        yield f"   - {_unwaited([changes[one] for one in phase.changes if one in changes], material)}"


def _unwaited(changes: list[Change], material: Material) -> str:
    """What is said of a phase that no workflow waits for: whom it serves."""
    served = dict.fromkeys(name for one in changes for name in one.affects)
    if not served:
        return "No workflow waits for this phase"
    return f"No workflow waits for this phase; it adds to {listed([material.title(one) for one in served])}"


def _decisions(material: Material) -> Iterator[str]:
    if not material.posed:
        return
    yield from ("### Decisions Taken", "")
    if any(one.chosen is None for one in material.posed.values()):
        yield from (_UNCONFIRMED, "")
    for decision in material.posed.values():
        yield from _decision(material, decision)
    yield ""


_UNCONFIRMED = (
    "The plan follows every answer below; what is not confirmed yet is my recommendation and yours to change."
)


def _decision(material: Material, decision: Decision) -> Iterator[str]:
    how = "chosen" if decision.chosen else "not confirmed yet"
    yield f"- **{material.prose(decision.question)}** ({code(f'decision:{decision.id}')}, {how})"
    yield f"  - {verdict(material, decision)}{at(decision.evidence)}"
    told = decision.id in material.first_change
    others = [one for one in decision.options if one.id != decision.taken.id]
    yield from (
        f"  - not taken: {material.prose(one.title)}{'' if told else pros_and_cons(material, one)}"
        for one in others
    )


def _findings(material: Material) -> Iterator[str]:
    open_ones = [one for one in material.plan.findings if one.accepted_by is None]
    accepted = [one for one in material.plan.findings if one.accepted_by is not None]
    yield from ("### Findings Open", "")
    ordered = sorted(open_ones, key=lambda one: ORDER.index(one.severity))
    alike: dict[str, list[Finding]] = {}
    for one in ordered:
        alike.setdefault(one.rule if one.severity is Severity.NOTE else str(id(one)), []).append(one)
    yield from (_same(material, some) for some in alike.values())
    if not ordered:
        yield "No finding is open."
    yield from (_accepted(material, one) for one in accepted)
    yield ""


def _accepted(material: Material, finding: Finding) -> str:
    by = code(finding.accepted_by or "")
    return f"- ✅ accepted by {by}: {material.prose(finding.message)}{at(finding.evidence)}"


def _same(material: Material, some: list[Finding]) -> str:
    """Notes of one rule on one line: the first in full, the places of the rest."""
    first, *rest = some
    more = [code(str(one.evidence[0])) for one in rest]
    alike = f"; {len(rest)} more alike: {', '.join(more)}" if rest else ""
    return _finding(material, first) + alike


def _finding(material: Material, finding: Finding) -> str:
    sure = "" if finding.certain else "cannot tell: "
    fix = "" if finding.severity is Severity.NOTE else " " + sentence(material.prose(finding.fix))
    text = sentence(material.prose(finding.message)) + fix
    return (
        f"- {SIGNS[finding.severity]} {sure}{text} "
        f"({code(finding.rule)}, {finding.severity.value}){at(finding.evidence)}"
    )
