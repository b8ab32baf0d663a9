"""The schema as it is: its tables, how well they fit, and what is ready to build."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shipkit_mcp.document.material import Material, here
from shipkit_mcp.document.words import at, code, counted, listed, quoted
from shipkit_mcp.facts import Evidence, Table, Unread
from shipkit_mcp.findings import Point, Severity, TableState, WorkflowMapping
from shipkit_mcp.patterns import known_template

TITLE = "🗄️ Current Database State"


def render_current_state(material: Material) -> Iterator[str]:
    known = known_template(material.plan.template)
    yield from (f"## {TITLE}", "")
    yield from (f"### Existing Tables ({known.title.title() if known else 'Your'} Template)", "")
    yield from _existing(material)
    yield from ("", "### Template Assessment", "")
    yield from (f"**✅ Fit Level:** {fit_level(material)}", "")
    yield from _labelled("❌ Issues", list(_issues(material)), "none found")
    yield from _labelled("🔧 Ready to Build", list(_ready(material)), "no workflow yet")
    yield from _labelled("Not Read", list(_unread(material)), "")


def fit_level(material: Material) -> str:
    """Readiness as one percentage with what it was counted from."""
    ready = material.plan.readiness
    asked = f"{ready.met} of {counted(ready.total, 'point')} asked by the workflows and the mission met"
    if not ready.total:
        return f"{ready.percent}% match (nothing to count from: no workflow asks for anything yet)"
    return f"{ready.percent}% match ({asked})"


def _existing(material: Material) -> Iterator[str]:
    tables = [one for one in material.survey.schema.tables if one.exported]
    if not tables:
        yield _no_schema(material)
        return
    yield f"The schema holds {counted(len(tables), 'table')} with {counted(_columns(tables), 'column')}:"
    yield ""
    yield from (_table(material, one) for one in tables)


def _table(material: Material, table: Table) -> str:
    size = counted(len(table.columns), "column")
    schema = f" of schema {code(table.namespace)}" if table.namespace else ""
    return f"- **{code(table.name)}**{schema}{at([material.place(table)])} - {material.purpose(table.name)} ({size})"


def _columns(tables: list[Table]) -> int:
    return sum(len(one.columns) for one in tables)


def _no_schema(material: Material) -> str:
    looked = [code(one) for one in material.plan.schema_choice.looked_in[:8]]
    where = f" Looked in {listed(looked)}." if looked else ""
    seen = "".join(f" {quoted(one.text)}" for one in material.survey.stack.others)
    return f"No Drizzle table was found, so every table below is planned.{where}{seen}"


def _labelled(label: str, lines: list[str], none: str) -> Iterator[str]:
    if lines:
        yield from (f"**{label}:**", "", *lines, "")
    elif none:
        yield from (f"**{label}:** {none}", "")


def _issues(material: Material) -> Iterator[str]:
    unmet = [one for one in material.plan.readiness.points if not one.met]
    for workflow in dict.fromkeys(one.workflow for one in unmet):
        yield _lack(material, workflow, [one for one in unmet if one.workflow == workflow])
    rejected: dict[str, list[Evidence]] = {}
    for one in material.plan.findings:
        if one.severity is Severity.REJECT and not one.accepted_by:
            rejected.setdefault(one.message, []).extend(one.evidence)
    yield from (f"- {material.prose(message)}{at(places)}" for message, places in rejected.items())


def _lack(material: Material, workflow: str | None, points: list[Point]) -> str:
    """What one workflow, or the app as a whole, still lacks; of a missing table no columns are told."""
    missing = {_NAMED.findall(one.what)[0] for one in points if _TABLE.match(one.what)}
    told = [
        one for one in points if _TABLE.match(one.what) or not missing.intersection(_NAMED.findall(one.what))
    ]
    lacks = [f"{material.prose(one.what)}{at(one.evidence)}" for one in told]
    who = material.title(workflow) if workflow else "The app"
    return f"- {who} lacks {listed(lacks)}"


_TABLE = re.compile(r"(?:jobs |results )?table `")
_NAMED = re.compile(r"`(\w+)")


def is_ready(material: Material, workflow: WorkflowMapping) -> bool:
    """Whether a workflow can be built on the schema as it is."""
    waiting = {name for one in material.plan.changes for name in one.unlocks}
    implemented = workflow.state is TableState.IMPLEMENTED
    return implemented or bool(workflow.tables and workflow.name not in waiting)


def _ready(material: Material) -> Iterator[str]:
    for workflow in material.plan.workflows:
        if workflow.state is TableState.IMPLEMENTED:
            tables = [material.table(one.existing or one.table) for one in workflow.tables]
            yield f"- {quoted(workflow.title, 120)}: uses {listed(tables)}"
        elif is_ready(material, workflow):
            yield f"- {quoted(workflow.title, 120)}: every table and column is there; {_rest(material, workflow)}"


def _rest(material: Material, workflow: WorkflowMapping) -> str:
    own = {here(one) for one in workflow.tables}
    numbers = [f"Change #{one.number}" for one in material.due if one.table in own]
    return (
        f"keys and indexes follow with {listed(numbers)}"
        if numbers
        else "some stand otherwise than documented"
    )


def _unread(material: Material) -> Iterator[str]:
    schema = material.survey.schema
    parts: list[Unread] = [*schema.unread, *(part for table in schema.tables for part in table.unread)]
    for part in dict.fromkeys(parts):
        yield f"- {code(f'{part.path}:{part.line}')} - {quoted(part.why)}; what depends on it cannot be told"
