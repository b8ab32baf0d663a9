"""What the template already gives, what it lacks, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.document.material import Material
from shipkit_mcp.document.sections.quotas import charges
from shipkit_mcp.document.sections.usage_tracking import usage_tables
from shipkit_mcp.document.verdicts import inside
from shipkit_mcp.document.words import (
    at,
    capital,
    code,
    counted,
    listed,
    quoted,
)
from shipkit_mcp.findings import Change, ChangeKind, Feature, Phase, TableState

TITLE = "🎯 Strategic Advantage"

UNJUDGED = "cannot be judged yet: no workflow asks anything of it"

APPROACH = """\
> **Development Approach:** As you implement each trigger workflow from your `trigger_workflow_*.md` \
documentation, refer to this document for:
>
> - Required database tables and fields
> - Trigger.dev integration requirements (trigger_job_id, status, progress)
> - Results storage patterns
> - Optional enhancement opportunities

**Critical Reminder**: Store ONLY `stripe_customer_id` in users table. \
Query Stripe API for subscription status. Track usage in separate `usage_tracking` table.
"""


def render_strategic_advantage(material: Material) -> Iterator[str]:
    yield from (f"## {TITLE}", "")
    yield from (*_assessment(material), "")
    yield from (*_strengths(material), "", "**Gaps to Address:**", "")
    found = [*gaps(material), *_assumed(material)]
    yield from (*(found or ["- none found"]), "", "**Next Steps:**", "")
    yield from (*_next_steps(material), "", *APPROACH.rstrip("\n").split("\n"))
    yield from (*_reminded(material), "")


def _reminded(material: Material) -> Iterator[str]:
    """What the mission's reminder comes to in this app."""
    counting = [one for one in usage_tables(material) if one != "usage_tracking"]
    if not charges(material.survey.vision):
        yield from ("", "This app does not charge as far as its documents say: this is for the day it does.")
    elif counting:
        names = listed([material.table(one) for one in counting])
        yield from ("", f"In this app usage is tracked in {names}.")


def _assessment(material: Material) -> list[str]:
    given = material.narrative("advantage")
    if given:
        return material.prose_block(given)
    ready = material.plan.readiness
    judged = f"is {ready.percent}% ready for this app" if ready.total else UNJUDGED
    return [f"{capital(material.template)} {judged}. Key strengths for your workflows:"]


def _strengths(material: Material) -> list[str]:
    found = [*_implemented(material), *_used(material)]
    return found or ["- none of the workflows is served by the schema yet"]


def _implemented(material: Material) -> Iterator[str]:
    for workflow in material.plan.workflows:
        ready = [one for one in workflow.tables if one.state is TableState.IMPLEMENTED]
        if ready:
            tables = listed([material.table(one.existing or one.table) for one in ready])
            yield f"- ✅ {quoted(workflow.title, 120)} - Already supported by {tables}"


def _used(material: Material) -> Iterator[str]:
    yield from (_feature(material, "✅", one) for one in material.plan.features if one.used)


def _feature(material: Material, sign: str, feature: Feature) -> str:
    return f"- {sign} {material.prose(feature.title)} - {material.prose(feature.why)}{at(feature.evidence)}"


def _assumed(material: Material) -> Iterator[str]:
    """What the template takes for granted and this app has no use for."""
    unused = [one for one in material.plan.features if not one.used]
    if unused:
        titles = [inside(material.prose(one.title)) for one in unused]
        tables = listed([material.table(table) for one in unused for table in one.tables])
        yield (
            f"- ❌ The template assumes {listed(titles)}, but no workflow and no planning document speaks of "
            f"{'them' if unused[1:] else 'it'}: {tables}"
        )


def gaps(material: Material) -> list[str]:
    """What the schema lacks for the workflows, one line each."""
    told = [code(one.table) for one in material.due]
    lines = [_gap(material, one) for one in material.due if one.kind is not ChangeKind.REMOVE_TABLE]
    besides = [one for one in material.plan.gaps if not one.text.startswith(tuple(told))]
    return lines + [f"- ⚠️ {material.prose(one.text)}{at([one.evidence])}" for one in besides]


def _gap(material: Material, change: Change) -> str:
    if change.kind is not ChangeKind.CREATE_TABLE:
        return f"- ⚠️ {material.prose(change.problem)}{at(change.evidence[:1])}"
    why = material.prose(change.impact) + at(change.evidence[:1])
    return f"- ⚠️ Requires new {material.table(change.table)}: {why}"


def _next_steps(material: Material) -> list[str]:
    given = material.narrative("next_steps")
    return material.prose_block(given) if given else [f"- {one}" for one in next_steps(material)]


def next_steps(material: Material) -> list[str]:
    """What to do now, most urgent first."""
    plan = material.plan
    steps = []
    if plan.missing_documents:
        steps.append(
            f"write {listed([quoted(one.document) for one in plan.missing_documents])}, then plan again"
        )
    waiting = [one for one in plan.decisions if one.key and not one.chosen]
    if waiting:
        steps.append(f"confirm or change {counted(len(waiting), 'key decision')}")
    loose = undeclared_targets(material)
    if loose:
        steps.append(
            f"declare {listed([material.table(one) for one in loose])} in an amendment: columns that refer "
            "there get their foreign keys then"
        )
    due = {one.number for one in material.due}
    steps += [_do_phase(material, one, due) for one in plan.phases if due.intersection(one.changes)]
    proposed = len(plan.changes) - len(due)
    steps += [f"accept or turn down {counted(proposed, 'proposed removal')}"] if proposed else []
    return steps or ["start building: the schema needs no change"]


def undeclared_targets(material: Material) -> list[str]:
    """Tables that planned columns refer to and nothing declares."""
    columns = [
        column
        for workflow in material.plan.workflows
        for table in workflow.tables
        for column in table.columns
    ]
    targets = {one.references.rpartition(".")[0] or one.references for one in columns if one.references}
    return [one.table for one in material.plan.undeclared if one.table in targets]


def _do_phase(material: Material, phase: Phase, due: set[int]) -> str:
    done = [number for number in phase.changes if number in due]
    unlocked = listed([material.title(one) for one in phase.unlocks], none="")
    then = f", then build {unlocked}" if unlocked else ""
    return f"make {_numbers(done)} (phase {phase.number}){then}"


def _numbers(numbers: list[int]) -> str:
    """``change #2``, ``changes #2 and #3``, ``changes #2 to #9``; a phase's numbers follow each other."""
    if len(numbers) > 3 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"changes #{numbers[0]} to #{numbers[-1]}"
    return f"{'change' if len(numbers) == 1 else 'changes'} {listed([f'#{one}' for one in numbers])}"
