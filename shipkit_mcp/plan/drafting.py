"""Survey, mappings, findings and amendments -> the plan."""

from __future__ import annotations

from collections.abc import Sequence

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Amendments, DeclaredTable, Survey
from shipkit_mcp.findings import Finding, Plan, WorkflowMapping
from shipkit_mcp.plan.assemble import assemble
from shipkit_mcp.plan.checked_prose import known_names, warn_narrative
from shipkit_mcp.plan.choice import Case
from shipkit_mcp.plan.decisions import pose_decisions
from shipkit_mcp.plan.removal import find_removable
from shipkit_mcp.plan.style import read_style

NOTHING = Amendments()


def draft_plan(
    survey: Survey,
    mappings: Sequence[WorkflowMapping],
    findings: Sequence[Finding],
    amendments: Amendments = NOTHING,
    declared: Sequence[DeclaredTable] = (),
) -> Plan:
    """The database strategy for a project.

    ``declared`` is ``amendments.tables`` as the notation reader read it. Amendments are taken as valid: see
    ``check_amendments`` and ``hold_amendments``. Raises Cancelled.
    """
    removable = find_removable(survey, mappings, declared)
    case = Case(survey, tuple(mappings), tuple(findings), removable, read_style(survey.schema))
    beat()
    decisions = pose_decisions(case, amendments.decisions)
    drafted = assemble(case, decisions, amendments, declared)
    beat()
    warnings = warn_narrative(amendments.narrative, known_names(survey, drafted))
    return drafted.model_copy(update={"warnings": (*drafted.warnings, *warnings)})
