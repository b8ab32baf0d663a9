"""Choices about what a workflow saves: where it stands, how many per job, when it is enhanced."""

from __future__ import annotations

import re
from collections.abc import Iterator

import inflection

from shipkit_mcp.findings import TableMapping, WorkflowMapping
from shipkit_mcp.mapping.names import referred, singular
from shipkit_mcp.plan.choice import Case, Posed
from shipkit_mcp.plan.words import listed, names

CLICKS = re.compile(r"\bclick|\bbutton|on[- ]demand|\brequest|\bclic\b|\bpulsa|\bbouton", re.IGNORECASE)


PRODUCTS = frozenset(
    [
        "suggestion",
        "recommendation",
        "summary",
        "report",
        "insight",
        "translation",
        "transcript",
        "caption",
        "draft",
        "variation",
        "preview",
        "score",
        "highlight",
        "idea",
        "outline",
        "answer",
        "prediction",
        "forecast",
        "estimate",
        "keyword",
        "tag",
    ]
)
"""Last words of a workflow's name that say what it makes."""
BRIEF = re.compile(r"\b(?:sec(?:ond)?s?|segundos|secondi|secondes)\b|\d\s*s\b", re.IGNORECASE)
LONG = re.compile(r"\b(?:min(?:ute)?s?|minut[oi]s?|hours?|or[ae]|heures?)\b|\d\s*(?:min|h)\b", re.IGNORECASE)
PASSING = re.compile(
    r"\b(?:accept|dismiss|reject|modif|preview|choose|pick|suggest|recommend|ephemeral|temporar)",
    re.IGNORECASE,
)


def unplaced_results(case: Case) -> tuple[WorkflowMapping, ...]:
    """Workflows that put something out and have no place for it, or keep it in another table."""
    return tuple(
        one
        for one in case.mappings
        if one.jobs and not one.results and (one.inline_results or _could_be_inline(case, one))
    )


def _could_be_inline(case: Case, workflow: WorkflowMapping) -> bool:
    built = case.built(workflow.jobs) if workflow.jobs else None
    return built is None and _is_passing(workflow)


def pose_results_place(case: Case) -> Posed | None:
    found = unplaced_results(case)
    if not found:
        return None
    first = found[0]
    kept, output = first.inline_results, next(iter(first.outputs), "")
    passing = _is_passing(first)
    table = f"`{inline_table(first)}`"
    inline = f"here they stay in {table}" if kept else f"nothing says where {first.title} keeps them"
    return Posed(
        facts={
            "workflows": names(one.title for one in found),
            "table": table,
            "column": f"`{inline_column(first)}`",
            "where": inline,
            "said": kept.why.rstrip(".") if kept else "",
            "output": output.rstrip(".") if passing and not kept else "",
            "reason": _reason(first),
            "output_reason": f"what {first.title} puts out then outlives its job",
            "tables": listed(results_table_name(one) for one in found),
        },
        recommended="A" if kept or passing else "B",
        affects=tuple(one.name for one in found),
        evidence=tuple(line for one in found for line in (one.inline_results or one).evidence[:1]),
    )


def _is_passing(workflow: WorkflowMapping) -> bool:
    """Whether the output is looked at once: a run of seconds whose output is taken over or dismissed."""
    duration = workflow.duration or ""
    brief = bool(BRIEF.search(duration)) and not LONG.search(duration)
    return brief and any(PASSING.search(one) for one in (*workflow.outputs, workflow.title))


def _reason(workflow: WorkflowMapping) -> str:
    if workflow.inline_results:
        return "they are kept with the job already and nothing else refers to them"
    return f"a run takes {workflow.duration} and its output is taken over or dismissed at once"


def results_table_name(workflow: WorkflowMapping) -> str:
    return f"{singular(workflow.name)}_results"


def inline_table(workflow: WorkflowMapping) -> str:
    """The table that holds inline results: the one that is named, else the jobs table."""
    kept, jobs = workflow.inline_results, workflow.jobs
    named = kept.table if kept else None
    return named or ((jobs.existing or jobs.table) if jobs else "")


def inline_column(workflow: WorkflowMapping) -> str:
    """The column of inline results: the one that is named, else called after what the workflow makes."""
    kept, jobs = workflow.inline_results, workflow.jobs
    if kept and kept.column:
        return kept.column
    outputs = [one.name for one in jobs.columns if one.group == "output"] if jobs else []
    product = singular(workflow.name).rpartition("_")[2]
    return outputs[0] if outputs else str(inflection.pluralize(product)) if product in PRODUCTS else "results"


def pose_enhancement_timing(case: Case) -> Posed | None:
    enhanced = tuple(_enhancing(case))
    if not enhanced:
        return None
    workflow, table = enhanced[0]
    trigger = workflow.trigger or ""
    tiers = [one.name for one in case.survey.vision.tiers]
    demand = bool(CLICKS.search(trigger)) or bool(tiers)
    return Posed(
        facts={
            "table": f"`{table.existing or table.table}`",
            "tables": listed(one.existing or one.table for _, one in enhanced),
            "trigger": trigger.rstrip("."),
            "tiers": names(tiers),
            "duration": workflow.duration or "",
            "workflow": workflow.title,
        },
        recommended="A" if demand else "B",
        affects=tuple(dict.fromkeys(one.name for one, _ in enhanced)),
        evidence=workflow.evidence[:1],
    )


def _enhancing(case: Case) -> Iterator[tuple[WorkflowMapping, TableMapping]]:
    """Enhancement tables, and results that hang on another workflow's results."""
    results = {table.table: one.name for one in case.mappings for table in one.results}
    for workflow in case.mappings:
        for table in (*workflow.enhancements, *workflow.results):
            targets = {target[0] for one in table.columns if (target := referred(one.references))}
            others = {name for name in targets & results.keys() if results[name] != workflow.name}
            if table in workflow.enhancements or others:
                yield workflow, table
