"""A small shop of video clips: documents, schema and mappings that the tests of the plan start from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from unit.mapping.made import USERS, at, declare, said, schema, workflow

from shipkit_mcp.facts import (
    Amendments,
    CodeFacts,
    DeclaredTable,
    DocKind,
    Evidence,
    PrepDoc,
    Schema,
    Source,
    Stack,
    Survey,
    Table,
    Tier,
    Vision,
    Workflow,
)
from shipkit_mcp.findings import Change, Decision, Plan, TableNote
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.plan import check_amendments, draft_plan, spell_tables
from shipkit_mcp.readers.notation import read_tables
from shipkit_mcp.rules import check_project

JOB_COLUMNS = (
    "id: uuid! pk",
    "user_id: uuid! -> users.id cascade",
    "source_url: text!",
    "status: text! {pending|processing|completed|failed|cancelled}",
    "progress_percentage: integer!",
    "error_message: text?",
    "trigger_job_id: text?",
    "created_at: timestamp!",
    "completed_at: timestamp?",
)
RESULT_COLUMNS = (
    "id: uuid! pk",
    "job_id: uuid! -> render_jobs.id cascade unique",
    "user_id: uuid! -> users.id cascade",
    "video_url: text!",
    "created_at: timestamp!",
)
RENDER = workflow("render", declare("render_jobs", *JOB_COLUMNS), declare("renders", *RESULT_COLUMNS))
"""A workflow whose document keeps to the mission."""

ONLY_USERS = schema(USERS)


def document(path: str, text: str, kind: DocKind = DocKind.MASTER_IDEA) -> PrepDoc:
    return PrepDoc(kind=kind, source=Source(path, text), title=path, sections=())


def survey(*workflows: Workflow, schema: Schema = ONLY_USERS, **more: Any) -> Survey:
    given = {"stack": Stack(uses_trigger=True), "template": None} | more
    return Survey(project_root="~/app", workflows=workflows, schema=schema, **given)


def paying(one: Survey, *quotas: str) -> Survey:
    """The same project with a paid tier."""
    tier = Tier(name="Pro", price="$9", quotas=tuple(said(text) for text in quotas), evidence=at(3))
    return replace(one, vision=Vision(bills=True, tiers=(tier,)))


def declared(text: str) -> tuple[DeclaredTable, ...]:
    tables, unread = read_tables(text, "amendment", 1)
    assert not unread, unread
    return tables


def amend(tables: str = "", **more: Any) -> Amendments:
    return Amendments(tables=tables, **more)


def plan(one: Survey, amendments: Amendments | None = None) -> Plan:
    amendments = amendments or Amendments()
    mappings = map_workflows(one)
    return draft_plan(one, mappings, check_project(one, mappings), amendments, declared(amendments.tables))


def problems(one: Survey, tables: str = "", **more: Any) -> tuple[str, ...]:
    mappings = map_workflows(one)
    read, unread = read_tables(tables, "amendment", 1)
    found = spell_tables(read, one.schema, mappings)
    return check_amendments(one, mappings, check_project(one, mappings), amend(tables, **more), found, unread)


def decision(one: Plan, name: str) -> Decision:
    return next(found for found in one.decisions if found.id == name)


def target(one: Plan, name: str) -> Table:
    found = one.target.table(name)
    assert found is not None, [table.name for table in one.target.tables]
    return found


def change(one: Plan, table: str) -> Change:
    return next(found for found in one.changes if found.table == table)


def tables(notes: tuple[TableNote, ...]) -> list[str]:
    return [one.table for one in notes]


def imports(*pairs: tuple[str, str, str]) -> CodeFacts:
    """(schema file, importing file, its line)."""
    return CodeFacts(
        imports=tuple((file, Evidence(path=path, line=1, quote=quote)) for file, path, quote in pairs)
    )
