"""Where a workflow's output is kept: in results tables, in the jobs table on purpose, or nowhere."""

from __future__ import annotations

import re

from shipkit_mcp.facts import PayloadField, Statement, Workflow
from shipkit_mcp.findings import InlineResults, TableMapping
from shipkit_mcp.mapping.names import to_snake

_SAVES = re.compile(
    r"(?<![^\W_])(?:saved?|saves|stor(?:e|es|ed)|persist|insert|written to|writes? to|database|export|"
    r"guarda|almacena|salva|memorizza|archivia|enregistr|stock[eé]|sauvegard)",
    re.IGNORECASE,
)
_INLINE_COLUMN = re.compile(
    r"^(?:results?|outputs?|suggestions|result_data|output_data)$|_(?:results?|output)$"
)


def saves_output(workflow: Workflow) -> Statement | None:
    """The line that says that an output is kept; None where no document says so."""
    if workflow.saves_output is False:
        return None
    said = next((one for one in workflow.outputs if _SAVES.search(one.text)), None)
    if said is None and workflow.saves_output:
        said = next(iter((*workflow.outputs, workflow.purpose)), None)
        return said or Statement(text=workflow.title, evidence=workflow.evidence)
    return said


def output_fields(workflow: Workflow) -> tuple[PayloadField, ...]:
    """The fields of the documented output structures that are worth a column."""
    fields = (field for one in workflow.interfaces if one.part == "output" for field in one.fields)
    found = {field.name: field for field in fields if field.name and field.use != "key"}
    return tuple(found.values())


def find_inline(workflow: Workflow, jobs: TableMapping | None) -> InlineResults | None:
    """Results that stay in the jobs table, as a document says or as its columns show."""
    said = workflow.inline_results
    if said is not None:
        column = _named_in(said.text, jobs) or _result_column(jobs)
        table = jobs.table if jobs else None
        return InlineResults(table=table, column=column, why=said.text, evidence=(said.evidence,))
    column = _result_column(jobs)
    if jobs is None or column is None:
        return None
    found = jobs.column(column)
    why = f"`{jobs.table}` keeps `{column}` and no results table is named"
    return InlineResults(
        table=jobs.table, column=column, why=why, evidence=(found.evidence if found else ())[:1]
    )


def _named_in(text: str, jobs: TableMapping | None) -> str | None:
    words = set(re.findall(r"[A-Za-z_][A-Za-z0-9_]*", text))
    spelled = {to_snake(word) for word in words if "_" in word or f"`{word}`" in text}
    return next((one.name for one in jobs.columns if one.name in spelled), None) if jobs else None


def _result_column(jobs: TableMapping | None) -> str | None:
    names = [one.name for one in jobs.columns] if jobs else []
    return next((name for name in names if _INLINE_COLUMN.search(to_snake(name))), None)
