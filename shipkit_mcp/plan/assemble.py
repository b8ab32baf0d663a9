"""Decisions and amendments applied to the wanted tables -> the finished plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Amendments, DeclaredTable, Schema
from shipkit_mcp.findings import Counts, Decision, Plan, Rename, TableMapping, WorkflowMapping
from shipkit_mcp.plan.answers import answer_findings
from shipkit_mcp.plan.changes import Draft, draft_changes
from shipkit_mcp.plan.choice import Case
from shipkit_mcp.plan.effects import apply_decisions
from shipkit_mcp.plan.features import find_gaps, review_features
from shipkit_mcp.plan.links import in_order
from shipkit_mcp.plan.lists import (
    list_created,
    list_existing,
    list_modified,
    list_removed,
    list_undeclared,
    list_unmentioned,
)
from shipkit_mcp.plan.readiness import count_readiness
from shipkit_mcp.plan.removal import later_mentions
from shipkit_mcp.plan.renamed import first_to_last
from shipkit_mcp.plan.style import Style
from shipkit_mcp.plan.target import draft_target
from shipkit_mcp.plan.usage import customer_column
from shipkit_mcp.plan.view import View, own_tables
from shipkit_mcp.plan.wanted import Drafting


@dataclass(frozen=True)
class _Wanted:
    """What is wanted once decisions and amendments are in, and the schema that comes of it."""

    workflows: tuple[WorkflowMapping, ...]
    further: tuple[TableMapping, ...]
    renames: tuple[Rename, ...]
    target: Schema


def assemble(
    case: Case, decisions: Sequence[Decision], amendments: Amendments, declared: Sequence[DeclaredTable]
) -> Plan:
    """The plan, every list and number of it computed from the target."""
    schema = case.survey.schema
    drafting = apply_decisions(case, decisions)
    beat()
    accepted = _accepted(case, decisions, amendments) | set(drafting.dropped)
    wanted = _want(drafting, decisions, declared, accepted)
    beat()
    proposals = () if _chosen(decisions, "template-tables") == "B" else case.removable
    order = tuple(reversed(in_order(schema.tables)))
    removed = list_removed(case.survey, proposals, accepted, order)
    created = list_created(schema, wanted.target, wanted.workflows, wanted.further)
    modified = list_modified(schema, wanted.target, wanted.renames)
    beat()
    changes, phases = draft_changes(
        Draft(
            schema,
            wanted.target,
            wanted.workflows,
            wanted.further,
            removed,
            wanted.renames,
            _causes(case, drafting),
        )
    )
    beat()
    return Plan(
        project_root=case.survey.project_root,
        template=case.survey.template,
        workflows=wanted.workflows,
        stated=_stated(case, decisions, declared, accepted),
        further=wanted.further,
        renames=wanted.renames,
        findings=answer_findings(case.findings, decisions, case.mappings),
        decisions=tuple(decisions),
        options=tuple(one for one in decisions if not one.key),
        readiness=count_readiness(case, {one.id: one for one in decisions}),
        existing=list_existing(case.survey, wanted.workflows),
        create=created,
        modify=modified,
        remove=removed,
        unmentioned=list_unmentioned(
            case.survey, wanted.target, wanted.workflows, [one.table for one in (*removed, *modified)]
        ),
        undeclared=list_undeclared(wanted.target, wanted.workflows, wanted.further),
        changes=changes,
        phases=phases,
        features=review_features(case.survey, wanted.workflows, proposals),
        gaps=find_gaps(changes),
        counts=_count(schema, len(created), len(modified), sum(one.accepted for one in removed)),
        missing_documents=case.survey.missing_documents,
        warnings=(*case.survey.warnings, *later_mentions(case.survey, proposals)),
        amendments=amendments,
        target=wanted.target,
        schema_choice=schema.choice,
    )


def _stated(
    case: Case, decisions: Sequence[Decision], declared: Sequence[DeclaredTable], accepted: frozenset[str]
) -> tuple[WorkflowMapping, ...]:
    """The workflows with what somebody chose, and nothing that is only recommended."""
    chosen = [one for one in decisions if one.chosen]
    if not (chosen or declared or accepted):
        return case.mappings
    return _want(apply_decisions(case, chosen), chosen, declared, accepted).workflows


def _want(
    drafting: Drafting,
    decisions: Sequence[Decision],
    declared: Sequence[DeclaredTable],
    accepted: frozenset[str],
) -> _Wanted:
    case = drafting.case
    style = _style(case.style, decisions)
    customer = customer_column(case)
    further = (*drafting.further, customer) if customer else drafting.further
    planned = [table for one in drafting.workflows for table in one.tables]
    target = draft_target(
        case.survey.schema,
        (*planned, *further),
        (*drafting.edits, *declared),
        drafting.renames,
        accepted,
        [one.table for one in case.removable],
        style,
    )
    return _view(drafting, further, declared, target, style)


def _view(
    drafting: Drafting,
    further: tuple[TableMapping, ...],
    declared: Sequence[DeclaredTable],
    target: Schema,
    style: Style,
) -> _Wanted:
    schema = drafting.case.survey.schema
    given = [
        Rename(table=one.name, old=c.renamed_from, new=c.name)
        for one in declared
        for c in one.columns
        if c.renamed_from
    ]
    renames = first_to_last(schema, drafting.renames, declared)
    by_name: dict[str, list[DeclaredTable]] = {}
    for one in declared:
        by_name.setdefault(one.name, []).append(one)
    view = View(schema, target, by_name, (*given, *renames), style.dialect)
    taken = {one.existing or one.table for flow in drafting.workflows for one in flow.tables}
    taken |= {one.existing or one.table for one in further}
    own = own_tables(declared, frozenset(taken), schema, style.dialect)
    return _Wanted(
        tuple(view.workflow(one) for one in drafting.workflows),
        tuple(view.table(one) for one in (*further, *own)),
        renames,
        target,
    )


def _style(style: Style, decisions: Sequence[Decision]) -> Style:
    taken = next((one.taken.id for one in decisions if one.id == "enum-style"), None)
    if taken is None:
        return style
    return replace(style, enums="database" if taken == "A" else "text")


def _accepted(case: Case, decisions: Sequence[Decision], amendments: Amendments) -> frozenset[str]:
    """Tables whose removal somebody accepted, by name or by the decision about all of them."""
    named = {name for name in amendments.remove if case.survey.schema.table(name)}
    if _chosen(decisions, "template-tables") == "A":
        named |= {one.table for one in case.removable}
    return frozenset(named)


def _chosen(decisions: Sequence[Decision], decision: str) -> str | None:
    return next((one.chosen for one in decisions if one.id == decision), None)


def _causes(case: Case, drafting: Drafting) -> dict[str, str]:
    """Table to the decision behind its change."""
    return {**{one.table: "template-tables" for one in case.removable}, **(drafting.causes or {})}


def _count(schema: Schema, new: int, modified: int, removed: int) -> Counts:
    return Counts(
        tables=len(schema.tables),
        columns=sum(len(one.columns) for one in schema.tables),
        new=new,
        modified=modified,
        removed=removed,
        total=len(schema.tables) + new - removed,
    )
