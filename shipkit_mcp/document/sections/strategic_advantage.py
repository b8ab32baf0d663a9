"""What the template already gives, what it lacks, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.document.material import Material
from shipkit_mcp.document.words import (
    at,
    capital,
    counted,
    listed,
    prose,
    prose_block,
    quoted,
    said,
    sentence,
)
from shipkit_mcp.findings import Feature, TableState

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
    yield from (*_gaps(material), "", "**Next Steps:**", "")
    yield from (*_next_steps(material), "", *APPROACH.split("\n"))


def _assessment(material: Material) -> list[str]:
    given = material.narrative("advantage")
    if given:
        return prose_block(given)
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
    yield from (_feature("✅", one) for one in material.plan.features if one.used)


def _feature(sign: str, feature: Feature) -> str:
    return f"- {sign} {prose(feature.title)} - {prose(feature.why)}{at(feature.evidence)}"


def _gaps(material: Material) -> list[str]:
    plan = material.plan
    lines = [f"- ⚠️ {said(one)}" for one in plan.gaps]
    lines += [
        f"- ⚠️ Requires new {material.table(one.table)}: {prose(one.why)}{at(one.evidence)}"
        for one in plan.create
    ]
    lines += [
        f"- ⚠️ Requires changes in {material.table(one.table)}: {prose(one.why)}{at(one.evidence)}"
        for one in plan.modify
    ]
    lines += [_feature("❌", one) for one in plan.features if not one.used]
    return lines or ["- none found"]


def _next_steps(material: Material) -> list[str]:
    given = material.narrative("next_steps")
    return prose_block(given) if given else [f"- {one}" for one in next_steps(material)]


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
    steps += [_do_phase(material, number) for number in range(len(plan.phases))]
    return steps or [sentence("start building: the schema needs no change")]


def _do_phase(material: Material, at_index: int) -> str:
    phase = material.plan.phases[at_index]
    done = listed([f"#{number}" for number in phase.changes])
    unlocked = listed([material.title(one) for one in phase.unlocks], none="")
    then = f", then build {unlocked}" if unlocked else ""
    return f"make {'change' if len(phase.changes) == 1 else 'changes'} {done} (phase {phase.number}){then}"
