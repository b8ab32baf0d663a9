"""Planning documents from the side a client looks at them: what each is, the vision, workflows in cards."""

from __future__ import annotations

from typing import Any

from shipkit_mcp.analysis import Analysis
from shipkit_mcp.facts import PrepDoc, Statement, Vision
from shipkit_mcp.server.views import EXCERPT, dump


def documents(analysis: Analysis) -> list[dict[str, Any]]:
    """The documents found, each with its kind and what could not be read."""
    return [_document(one) for one in analysis.survey.documents]


def _document(one: PrepDoc) -> dict[str, Any]:
    said: dict[str, Any] = {"path": one.path, "kind": str(one.kind), "title": one.title}
    if one.boilerplate:
        said["boilerplate"] = True
    if one.unread:
        said["unread"] = [f"{u.path}:{u.line} {u.why}" for u in one.unread]
    return said


def vision(of: Vision, *, full: bool) -> dict[str, Any]:
    """What the app is for; concise keeps what the strategy leans on."""
    whole = dump(of)
    if full:
        return whole
    said: dict[str, Any] = {}
    for name in ("app_name", "end_goal", "problem", "business_model", "template"):
        statement = getattr(of, name)
        if statement:
            said[name] = excerpt(statement)
    said["users"] = [one.text[:80] for one in of.users]
    said["background_jobs"] = [excerpt(one) for one in of.background_jobs]
    said["bills"] = of.bills
    said["tiers"] = [
        {"name": one.name, "price": one.price, "quotas": [excerpt(q) for q in one.quotas]} for one in of.tiers
    ]
    said["billing_tables"] = [excerpt(one) for one in of.billing_tables]
    said["pages"] = [one.route for one in of.pages]
    return {name: value for name, value in said.items() if value not in ([], None)}


def excerpt(statement: Statement) -> str:
    """A statement, cut, with its place."""
    text = statement.text if len(statement.text) <= EXCERPT else statement.text[: EXCERPT - 1].rstrip() + "…"
    return f"{text} ({statement.evidence})"


def workflow_cards(analysis: Analysis) -> list[dict[str, Any]]:
    """One card a workflow: what it is for, what starts it, what runs."""
    return [
        {
            "name": one.name,
            "title": one.title,
            "path": one.path,
            "confidence": one.confidence,
            "kinds": list(one.kinds),
            "purpose": one.purpose,
            "trigger": one.trigger,
            "tasks": list(one.tasks),
        }
        for one in analysis.plan.stated
    ]
