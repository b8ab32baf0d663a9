"""Decisions -> what they change in what is wanted, before the target is drafted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from shipkit_mcp.findings import Decision
from shipkit_mcp.plan.choice import Case
from shipkit_mcp.plan.effects_built import add_user, close_built_references, drop_stripe_state, widen_statuses
from shipkit_mcp.plan.effects_jobs import add_jobs_tables, name_run_ids, use_five_statuses, use_own_statuses
from shipkit_mcp.plan.effects_results import (
    allow_versions,
    close_all_references,
    close_references,
    count_usage_by_month,
    keep_results_inline,
    log_usage,
    separate_results,
)
from shipkit_mcp.plan.wanted import Drafting, Effect

EFFECTS: dict[tuple[str, str], tuple[Effect, ...]] = {
    ("stripe-state", "A"): (drop_stripe_state,),
    ("own-jobs-table", "B"): (add_jobs_tables,),
    ("status-vocabulary", "A"): (use_five_statuses, widen_statuses),
    ("status-vocabulary", "B"): (use_own_statuses,),
    ("results-place", "A"): (keep_results_inline,),
    ("results-place", "B"): (separate_results,),
    ("result-versions", "A"): (close_all_references, close_built_references),
    ("result-versions", "B"): (allow_versions,),
    ("usage-record", "A"): (count_usage_by_month,),
    ("usage-record", "B"): (log_usage,),
    ("run-id-name", "A"): (name_run_ids,),
    ("owner-column", "A"): (add_user,),
}
"""What an option changes; one that is not here changes no table."""


def apply_decisions(case: Case, decisions: Iterable[Decision]) -> Drafting:
    """Every decision's option in turn, the chosen one or else the recommended."""
    drafting = close_references(Drafting(case, case.mappings))
    causes: dict[str, str] = {}
    for decision in decisions:
        before = _tables(drafting)
        for effect in EFFECTS.get((decision.id, decision.taken.id), ()):
            drafting = effect(drafting, decision)
        for name, table in _tables(drafting).items():
            if before.get(name) != table:
                causes.setdefault(name, decision.id)
    return replace(drafting, causes=causes)


def _tables(drafting: Drafting) -> dict[str, object]:
    """Everything that is wanted of each table, to see what a decision changes."""
    found: dict[str, list[object]] = {}
    for flow in drafting.workflows:
        for table in flow.tables:
            found.setdefault(table.existing or table.table, []).append(table)
    for table in drafting.further:
        found.setdefault(table.existing or table.table, []).append(table)
    for edit in drafting.edits:
        found.setdefault(edit.name, []).append(edit)
    for rename in drafting.renames:
        found.setdefault(rename.table, []).append(rename)
    for name in drafting.dropped:
        found.setdefault(name, []).append(name)
    return dict(found)
