"""An analysis to the reply of each tool: concise by default, in full where asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from shipkit_mcp.analysis import Analysis
from shipkit_mcp.document import source_lines
from shipkit_mcp.errors import ShipkitError
from shipkit_mcp.facts import DbEnum, Fact, Schema, Table
from shipkit_mcp.findings import Decision, Finding, Plan, TableNote
from shipkit_mcp.server import paging
from shipkit_mcp.server.lines import table_lines

EXCERPT = 300
"""Characters of prose quoted in a concise reply."""
COMMENT = 100
"""Of a table's comment."""


def dump(fact: Fact) -> dict[str, Any]:
    """A fact as JSON, every key of the contract present."""
    made: dict[str, Any] = fact.model_dump(mode="json")
    return made


def base(analysis: Analysis, detail: str) -> dict[str, Any]:
    """What every reply carries; the second folder is named where reading and writing differ."""
    said = {
        "project_root": analysis.project.shown_root,
        "detail": detail,
        "warnings": list(analysis.plan.warnings),
    }
    around = analysis.project.workspace
    return {**said, "workspace_root": around} if around else said


def sources(analysis: Analysis, **parts: bool) -> dict[str, Any]:
    """Where was looked and what else stands there, where that is not as usual."""
    lines = source_lines(analysis.survey, **parts)
    return {"sources": list(lines)} if lines else {}


# --- schema --------------------------------------------------------------------------------


def concise_table(table: Table) -> dict[str, Any]:
    """A table as lines in the mission's notation."""
    said: dict[str, Any] = {
        "name": table.name,
        "path": table.path,
        "line": table.line,
        "text": table_lines(table),
    }
    if table.namespace:
        said["schema"] = table.namespace
    if not table.exported:
        said["exported"] = False
    if table.comment and not _is_name(table.comment, table.name):
        said["comment"] = (
            table.comment if len(table.comment) <= COMMENT else table.comment[: COMMENT - 1] + "…"
        )
    return said


def _is_name(comment: str, name: str) -> bool:
    """Whether a comment says the table's name and nothing else ("Users table")."""
    words = re.findall(r"[^\W_]+", comment.casefold())
    return "".join(word for word in words if word not in ("the", "table")) == name.casefold().replace("_", "")


def tables(analysis: Analysis, names: Sequence[str] | None, *, full: bool) -> list[dict[str, Any]]:
    """The tables asked for. Raises ShipkitError for a name the schema does not have."""
    chosen = _chosen(analysis, names)
    return [dump(one) if full else concise_table(one) for one in chosen]


def _chosen(analysis: Analysis, names: Sequence[str] | None) -> Sequence[Table]:
    schema = analysis.survey.schema
    if not names:
        return schema.tables
    found = [one for one in schema.tables if one.name in names or one.key in names]
    known = {one.name for one in found} | {one.key for one in found}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ShipkitError(unknown_name("table", unknown[0], [one.name for one in schema.tables]))
    return found


def unknown_name(what: str, name: str, known: Sequence[str]) -> str:
    """The refusal of a name, with the nearest ones."""
    from rapidfuzz import process

    near = [one for one, score, _ in process.extract(name, known, limit=3) if score >= 60]
    meant = f" Did you mean {', '.join(near)}?" if near else f" Known: {', '.join(known[:20]) or 'none'}."
    return f"There is no {what} {name[:80]!r}.{meant}"


# --- plan --------------------------------------------------------------------------------


def finding(one: Finding, *, full: bool) -> dict[str, Any]:
    """A finding; concise leaves out the mission's sentence."""
    said = dump(one)
    if not full:
        said = {
            name: said[name]
            for name in (
                "rule",
                "severity",
                "subject",
                "message",
                "fix",
                "evidence",
                "accepted_by",
                "certain",
            )
        }
        if said["certain"]:
            del said["certain"]
        if said["accepted_by"] is None:
            del said["accepted_by"]
        said["evidence"] = said["evidence"][:3]
    return said


def decision(one: Decision, *, full: bool) -> dict[str, Any]:
    """A decision with its options."""
    said = dump(one)
    if not full:
        said.pop("key")
        said = {name: value for name, value in said.items() if value not in (None, [], "")}
    return said


def changes(plan: Plan, *, full: bool) -> list[dict[str, Any]]:
    """The recommended changes in order."""
    if full:
        return [dump(one) for one in plan.changes]
    kept = ("number", "phase", "table", "title", "action", "unlocks", "proposed")
    return [{name: value for name, value in dump(one).items() if name in kept} for one in plan.changes]


def readiness(plan: Plan, *, full: bool) -> dict[str, Any]:
    """The percentage and the points it was counted from; concise lists those that are not met."""
    said = dump(plan.readiness)
    if not full:
        said["not_met"] = [one["what"] for one in said.pop("points") if not one["met"]][:40]
    return said


def findings(plan: Plan, *, full: bool) -> list[dict[str, Any]]:
    """What was found, as much as fits."""
    return capped([finding(one, full=full) for one in plan.findings], paging.REPLY // 6)


def capped(
    items: list[dict[str, Any]], room: int, how: str = "call check_schema or assess_schema"
) -> list[dict[str, Any]]:
    """As many whole items as fit; a last one says how many were left out."""
    page = paging.page(items, what="items", cursor=None, room=room, how="")
    left = len(items) - len(page.items)
    return [*page.items, {"left_out": left, "how_to_get_more": how}] if left else page.items


def enum(one: DbEnum, *, full: bool) -> dict[str, Any]:
    """An enum type."""
    return dump(one) if full else {"name": one.name, "values": list(one.values)}


def others(schema: Schema, *, full: bool) -> dict[str, Any]:
    """Views, sequences and relations; concise names the views."""
    if not full:
        return {"views": [one.name for one in schema.views]}
    kinds = {"views": schema.views, "sequences": schema.sequences, "relations": schema.relations}
    return {
        name: capped(
            [dump(one) for one in found], paging.REPLY // 12, "the resource shipkit://schema has them"
        )
        for name, found in kinds.items()
    }


def table_lists(plan: Plan) -> dict[str, Any]:
    """The lists of tables."""
    lists = ("existing", "create", "modify", "remove", "unmentioned", "undeclared")
    return {name: [_note(one) for one in getattr(plan, name)[:200]] for name in lists}


def _note(one: TableNote) -> dict[str, Any]:
    return {name: value for name, value in dump(one).items() if value not in ([], False)}


def whole_plan(analysis: Analysis) -> dict[str, Any]:
    """``plan --json``: the contract of design §5."""
    said = dump(analysis.plan)
    said.pop("target")
    said["workflows"] = said.pop("stated")
    said["workspace_root"] = analysis.project.workspace
    said["sources"] = list(source_lines(analysis.survey))
    said["detail"] = "full"
    return said
