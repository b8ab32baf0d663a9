"""Step 1: how ready the schema is and the two to four decisions that matter, details last."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.document.material import Material, here
from shipkit_mcp.document.sections.app_summary import kind_names
from shipkit_mcp.document.sections.strategic_advantage import UNJUDGED
from shipkit_mcp.document.verdicts import key_decisions, verdict
from shipkit_mcp.document.words import at, capital, code, counted, listed, quoted
from shipkit_mcp.findings import Decision, TableMapping, TableState, WorkflowMapping


def assessment(material: Material) -> Iterator[str]:
    decisions = key_decisions(material)
    yield from (f"**Bottom Line:** {_ready(material)} {_to_decide(len(decisions))}", "")
    yield from (_ALL if material.plan.workflows else _SOME, "")
    for number, decision in enumerate(decisions, 1):
        yield from (
            f"**Decision #{number}: {material.prose(decision.question)}**",
            "",
            *_decision(material, decision),
            "",
        )
    yield from ("**Your Choice:**", "")
    choices = [f"{material.prose(one.question)} {_choices(material, one)}" for one in decisions]
    asked = [*choices, "Ready to proceed with these changes?"]
    yield from (f"{number}. {text}" for number, text in enumerate(asked, 1))
    yield from ("", "---", "", "**Supporting Details**", "", *_details(material))


_ALL = "Excellent! I've analyzed your complete app vision, trigger workflows, and current schema."
_SOME = "I've analyzed what your project has so far; its trigger workflows are still to be written."


def recap_of_assessment(material: Material) -> str:
    """Readiness and the key decisions, in one line."""
    number = len(key_decisions(material))
    ready = (
        f"{material.plan.readiness.percent}% ready" if material.plan.workflows else "no workflow to judge by"
    )
    return f"{ready}, {counted(number, 'key decision')}"


def _ready(material: Material) -> str:
    kinds = kind_names(kind for one in material.plan.workflows for kind in one.kinds)
    named = listed(kinds, none="background job")
    ready = material.plan.readiness
    judged = f"is {ready.percent}% ready for your {named} workflows" if ready.total else UNJUDGED
    return f"{capital(material.template)} {judged}."


def _to_decide(number: int) -> str:
    if not number:
        return "There is no key decision to make: nothing in your project poses one."
    return f"You need to make **{counted(number, 'key decision')}:**"


def _decision(material: Material, decision: Decision) -> Iterator[str]:
    yield f"- **Problem:** {material.prose(decision.problem or decision.question)}{at(decision.evidence)}"
    options = [f"{material.prose(one.id)}: {material.prose(one.title)}" for one in decision.options]
    yield f"- **Options:** {' vs '.join(options)}"
    yield f"- **Recommendation:** {verdict(material, decision)}"


def _choices(material: Material, decision: Decision) -> str:
    return "(" + " or ".join(material.prose(one.id) for one in decision.options) + ")"


def _details(material: Material) -> Iterator[str]:
    ready = [one for one in material.plan.workflows if one.state is TableState.IMPLEMENTED]
    rest = [one for one in material.plan.workflows if one not in ready]
    yield from ("**✅ What's Already Perfect**", "")
    for workflow in ready:
        yield from (_heading(workflow), "", *_fits(material, workflow), "")
    none = "is fully served by the schema yet" if rest else "was found"
    yield from () if ready else (f"- no workflow {none}", "")
    yield from ("**🔧 What Needs Changes**", "")
    for workflow in rest:
        yield from (_heading(workflow), "", *_lacks(material, workflow), "")
    besides = list(_beside(material))
    yield from ("**Beside the Workflows**", "", *besides, "") if besides else ()
    yield from () if rest or besides else ("- nothing", "")
    yield from ("**Tables You Have:**", "", *_have(material), "")
    yield from ("**Tables You Need:**", "", *_need(material))


def _beside(material: Material) -> Iterator[str]:
    """Changes of tables that no workflow has as its own."""
    for change in material.due:
        if not material.uses(change.table):
            yield f"- **{material.prose(change.title)}** → {material.prose(change.impact)}"


def _heading(workflow: WorkflowMapping) -> str:
    return f"**Workflow: {quoted(workflow.title, 120)}** (from {code(workflow.path)})"


def _fits(material: Material, workflow: WorkflowMapping) -> Iterator[str]:
    if workflow.jobs:
        jobs = _name(material, workflow.jobs)
        yield f"- **Input Phase** → Uses existing {jobs} - ready to track job creation"
        yield "- **Processing Phase** → Job status tracking already implemented"
    for table in (*workflow.results, *workflow.enhancements):
        yield f"- **Output Phase** → Uses existing {_name(material, table)} - ready to store results"
    if not workflow.tables:
        yield "- needs no table of its own"


def _lacks(material: Material, workflow: WorkflowMapping) -> Iterator[str]:
    if workflow.jobs:
        yield from _lack(material, "Job Tracking", workflow.jobs, "table with Trigger.dev integration")
    for table in workflow.results:
        yield from _lack(material, "Results Storage", table, "table for outputs")
    for table in workflow.enhancements:
        yield from _lack(material, "Enhancements", table, "table for what is added to a result")
    for table in workflow.others:
        yield from _lack(material, "Further Table", table, "table that its document defines")
    for table in workflow.alters:
        yield from _lack(material, "Fields", table, "fields that its document adds")
    if not workflow.tables:
        yield "- no table of its own is planned"


def _lack(material: Material, label: str, table: TableMapping, what: str) -> Iterator[str]:
    if table.state is TableState.CREATE:
        yield f"- **Missing {label}** → Need {_name(material, table)} {what}"
    elif table.state is TableState.MODIFY:
        problems = [material.prose(one.problem) for one in material.due if one.table == here(table)]
        why = problems[0] if problems else "it stands otherwise than its document has it"
        yield f"- **{label} to Modify** → {_name(material, table)}: {why}"
    else:
        yield f"- **{label} Ready** → Uses existing {_name(material, table)}"


def _name(material: Material, table: TableMapping) -> str:
    return material.table(here(table))


def _have(material: Material) -> list[str]:
    tables = [one.name for one in material.survey.schema.tables if one.exported]
    return [f"- {material.table(name)} - {material.purpose(name)}" for name in tables] or ["- none"]


def _need(material: Material) -> list[str]:
    return [f"- {material.table(one.table)} - {material.prose(one.why)}" for one in material.plan.create] or [
        "- none"
    ]
