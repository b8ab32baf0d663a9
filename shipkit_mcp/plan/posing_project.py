"""Choices about the whole project: usage, Stripe, owners, enums, the template's tables, contradictions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shipkit_mcp.facts import Evidence, Statement, Table
from shipkit_mcp.findings import Finding, Severity, TableState
from shipkit_mcp.patterns import stripe
from shipkit_mcp.patterns.owners import OWNER_COLUMNS, TENANT_COLUMNS
from shipkit_mcp.patterns.templates import known_template
from shipkit_mcp.plan.choice import Case, Posed
from shipkit_mcp.plan.spoken import speaking
from shipkit_mcp.plan.words import few, listed, many, names

USAGE = re.compile(r"(?:^|_)usage(?:_|$)")
_TABLE = re.compile(r"`?([a-z][a-z0-9_]*)`?\s+table", re.IGNORECASE)


def has_usage_table(case: Case) -> bool:
    planned = [table.table for one in case.mappings for table in one.tables]
    return any(USAGE.search(name) for name in (*planned, *(one.name for one in case.survey.schema.tables)))


def planned_usage(case: Case) -> Statement | None:
    """Where the billing section plans a table for usage."""
    said = case.survey.vision.billing_tables
    return next((one for one in said if (found := _TABLE.search(one.text)) and USAGE.search(found[1])), None)


def charges(case: Case) -> bool:
    vision = case.survey.vision
    return vision.bills is not False and bool(vision.bills or vision.tiers)


def pose_usage(case: Case) -> Posed | None:
    if not charges(case) or has_usage_table(case):
        return None
    vision, said = case.survey.vision, planned_usage(case)
    found = _TABLE.search(said.text) if said else None
    name = found[1] if found else ""
    quotas = [one for tier in vision.tiers for one in tier.quotas]
    return Posed(
        facts={
            "planned": f"`{name}`" if name and "event" not in name else "",
            "events": f"`{name}`" if "event" in name else "",
            "said": str(said.evidence) if said else "",
            "tiers": names(one.name for one in vision.tiers),
            "quota": quotas[0].text.rstrip(".") if quotas else "",
            "quota_line": str(quotas[0].evidence) if quotas else "",
            "workflows": many(len(case.mappings), "workflow"),
        },
        recommended="B" if "event" in name else "A",
        affects=tuple(one.name for one in case.mappings),
        evidence=(said.evidence,) if said else tuple(one.evidence for one in vision.tiers[:1]),
    )


def stripe_findings(case: Case) -> tuple[Finding, ...]:
    return tuple(one for one in case.findings if one.severity is Severity.REJECT)


def keep_column(case: Case) -> str:
    """What this project calls, or would call, the one thing of Stripe to keep."""
    return stripe.keep_column([one.name for table in case.survey.schema.tables for one in table.columns])


def pose_stripe(case: Case) -> Posed | None:
    found = stripe_findings(case)
    if not found:
        return None
    in_schema = [one.subject for one in found if _in_schema(case, one)]
    in_documents = [one for one in found if not _in_schema(case, one)]
    return Posed(
        facts={
            "where": names((*(f"`{one}`" for one in dict.fromkeys(in_schema)), *_files(in_documents))),
            "schema": listed(in_schema),
            "documents": names(str(one.evidence[0]) for one in in_documents[:3]),
            "count": many(len(found), "place"),
            "keep": f"`{keep_column(case)}`",
            "for_now": "A copy for now, readers moved to Stripe first"
            if in_schema
            else "The documents as they are",
        },
        recommended="A",
        evidence=tuple(dict.fromkeys(one.evidence[0] for one in found)),
    )


def _files(findings: Sequence[Finding]) -> tuple[str, ...]:
    paths = (one.evidence[0].path for one in findings)
    return tuple(dict.fromkeys(f"`{path.rpartition('/')[2]}`" for path in paths))


def _in_schema(case: Case, finding: Finding) -> bool:
    table = case.survey.schema.table(finding.subject.split(".")[0])
    return table is not None and finding.evidence[0].path == table.path


def pose_owner(case: Case) -> Posed | None:
    owners = {one.name: one.owner for one in case.mappings if one.owner}
    tenants = tuple(dict.fromkeys(one for one in owners.values() if one in TENANT_COLUMNS))
    if not tenants:
        return None
    tenant = tenants[0]
    theirs = tuple(name for name, owner in owners.items() if owner in TENANT_COLUMNS)
    titles = {one.name: one.title for one in case.mappings}
    return Posed(
        facts={
            "tenant": f"`{tenant}`",
            "tenant_table": f"`{dict(OWNER_COLUMNS)[tenant]}`",
            "workflows": names(titles[name] for name in theirs),
        },
        recommended="B",
        affects=theirs,
        evidence=tuple(line for one in case.mappings if one.name in theirs for line in one.evidence[:1]),
    )


def pose_enum_style(case: Case) -> Posed | None:
    planned = [
        (table.table, column)
        for one in case.mappings
        for table in one.tables
        if table.state is TableState.CREATE
        for column in table.columns
        if column.values
    ]
    style = case.style
    if not planned or style.dialect != "postgresql" or bool(style.native_enums) is not bool(style.text_enums):
        return None
    columns = few(f"{table}.{column.name}" for table, column in planned)
    return Posed(
        facts={
            "asked": f"Are {columns} database enums" if len(planned) > 1 else f"Is {columns} a database enum",
            "native": listed(style.native_enums[:3]),
            "text": listed(style.text_enums[:3]),
        },
        recommended="A" if style.enums == "database" else "B",
        evidence=tuple(line for _, column in planned for line in column.evidence[:1]),
    )


def pose_template_tables(case: Case) -> Posed | None:
    if not case.removable:
        return None
    tables = [one.table for one in case.removable]
    files = sorted({path for one in case.removable for path in one.imported_by})
    return Posed(
        facts={
            "tables": listed(tables),
            "count": many(len(tables), "table"),
            "template": case.survey.template or "the template",
            "features": names(_features(case, tables)),
            "imports": f"{many(len(files), 'file')} that import them" if files else "",
            "import_files": listed(files[:5]),
            "documents": many(len(speaking(case.survey.documents).documents), "document"),
        },
        recommended="A",
        affects=tuple(tables),
        evidence=tuple(one.evidence[0] for one in case.removable if one.evidence),
    )


CONTRADICTIONS = (
    "contradiction-job-table",
    "contradiction-table-name",
    "contradiction-statuses",
    "contradiction-columns",
)
"""Rules about statements that touch the database; the others are findings only."""


def contradictions(case: Case) -> tuple[Finding, ...]:
    """Findings that hold two places of the documents against each other."""
    return tuple(
        one
        for one in case.findings
        if one.rule in CONTRADICTIONS and len({(e.path, e.line) for e in one.evidence}) > 1
    )


def pose_contradictions(case: Case) -> Posed | None:
    found = contradictions(case)
    if not found:
        return None
    first, second = _sides(found[0])
    return Posed(
        facts={
            "count": many(len(found), "place"),
            "message": found[0].message,
            "first": str(first),
            "first_quote": _said(first),
            "second": str(second),
            "second_quote": _said(second),
            "more": names(one.message.rstrip(".") for one in found[1:3]),
        },
        recommended="A",
        affects=tuple(dict.fromkeys(one.subject for one in found)),
        evidence=tuple(dict.fromkeys(line for one in found for line in one.evidence)),
    )


def _said(line: Evidence) -> str:
    return line.quote.lstrip("-*#> ")[:200]


def _sides(finding: Finding) -> tuple[Evidence, Evidence]:
    """Both places, the one nearest to the code first: schema, workflow file, any other document."""
    ranked = sorted(dict.fromkeys(finding.evidence), key=_distance)
    return ranked[0], ranked[1]


def _distance(line: Evidence) -> int:
    return 2 if not line.path.endswith(".md") else 3 if "trigger_workflow_" in line.path else 4


def _features(case: Case, tables: Sequence[str]) -> tuple[str, ...]:
    template = known_template(case.survey.template)
    shapes = [shape for name in tables if template and (shape := template.table(name))]
    return tuple(one.feature for one in reversed(shapes))


OWNERS = ("users", "user", "profiles", "accounts")
"""Tables whose rows are persons, most usual first."""


def owner_table(case: Case) -> Table | None:
    """The table whose rows are persons."""
    return next((table for name in OWNERS if (table := case.survey.schema.table(name))), None)
