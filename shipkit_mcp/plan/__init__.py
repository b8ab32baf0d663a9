"""Mappings, findings and amendments -> decisions, changes, phases, readiness and the schema to come."""

from shipkit_mcp.plan.checked_call import Call, idle_withdrawals
from shipkit_mcp.plan.checking import check_amendments, hold_amendments
from shipkit_mcp.plan.drafting import draft_plan
from shipkit_mcp.plan.merging import PARTS, merge_amendments, merge_tables
from shipkit_mcp.plan.spelling import spell_tables
from shipkit_mcp.plan.written import write_tables

__all__ = [
    "PARTS",
    "Call",
    "check_amendments",
    "draft_plan",
    "hold_amendments",
    "idle_withdrawals",
    "merge_amendments",
    "merge_tables",
    "spell_tables",
    "write_tables",
]
