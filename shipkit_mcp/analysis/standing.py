"""What ``check`` says: the rules on the schema as it is, and its drift from what the document planned."""

from __future__ import annotations

from shipkit_mcp import document
from shipkit_mcp.analysis import Analysis
from shipkit_mcp.facts import DocKind
from shipkit_mcp.findings import Finding
from shipkit_mcp.rules import check_drift, read_planned


def check_standing(analysis: Analysis) -> tuple[Finding, ...]:
    """Every finding of the plan, then the drift from our own document, where one is written."""
    return (*analysis.plan.findings, *find_drift(analysis))


def find_drift(analysis: Analysis) -> tuple[Finding, ...]:
    """Planned and now built, built and not planned, removed but still there, changed; empty without our document."""
    written = next((one for one in analysis.survey.documents if one.kind is DocKind.DATA_SCHEMA), None)
    if written is None or not document.is_ours(written.source.text):
        return ()
    return check_drift(read_planned(written), analysis.survey)
