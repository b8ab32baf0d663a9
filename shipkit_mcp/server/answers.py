"""What each tool does with a call: analyse, look from one side, reply. Imported at the first call, not at the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shipkit_mcp.analysis.standing import check_standing
from shipkit_mcp.rules import report
from shipkit_mcp.server import brief, document_views, mapping_views, paging, views, writing
from shipkit_mcp.server.desk import Call, Desk
from shipkit_mcp.server.outgoing import clean_all
from shipkit_mcp.server.replies import (
    AssessReply,
    CheckReply,
    CodeReply,
    DocsReply,
    GuideReply,
    MapReply,
    Reply,
    SchemaReply,
    WriteReply,
)

AGAIN = "call again with this cursor"


def read_prep_docs(
    desk: Desk, call: Call, *, project: str | None, doc: str | None, detail: str, cursor: str | None
) -> DocsReply:
    """The documents, the vision and the workflows in cards; or one document's text."""
    analysis = desk.analyse(project, call.request())
    if doc is not None:
        return writing.document_reply(analysis, doc, cursor)
    survey = analysis.survey
    page = paging.page(
        document_views.workflow_cards(analysis),
        what="workflows",
        cursor=cursor,
        room=paging.REPLY // 2,
        how=AGAIN,
    )
    return DocsReply(
        **views.base(analysis, detail),
        **views.sources(analysis, schema=False),
        documents=document_views.documents(analysis),
        missing=[views.dump(one) for one in survey.missing_documents],
        vision=document_views.vision(survey.vision, full=detail == "full"),
        workflows=page.items,
        more=page.more,
        folder=survey.documents_folder,
        template=survey.template,
    )


def parse_drizzle_schema(
    desk: Desk,
    call: Call,
    *,
    project: str | None,
    tables: list[str] | None,
    schema: list[str] | None,
    casing: str | None,
    detail: str,
    cursor: str | None,
) -> SchemaReply:
    """The schema by whole tables."""
    full = detail == "full"
    analysis = desk.analyse(project, call.request(schema=tuple(schema or ()), casing=casing))
    found = analysis.survey.schema
    first = not cursor
    others = views.others(found, full=full) if first else {}
    room = (paging.REPLY - 4_000 if full else paging.CONCISE_SCHEMA - 2_000) - paging.size(others)
    items = views.tables(analysis, tables, full=full)
    page = paging.page(items, what="tables", cursor=cursor, room=room, how=f"{AGAIN}, or with `tables`")
    return SchemaReply(
        **views.base(analysis, detail),
        **views.sources(analysis, documents=False),
        dialect=found.dialect,
        files=list(found.files[:60]) if first and full else None,
        found_by=found.choice.found_by,
        others=list(found.choice.others),
        tables=page.items,
        total_tables=len(found.tables),
        total_columns=sum(len(one.columns) for one in found.tables),
        enums=[views.enum(one, full=full) for one in found.enums[:100]]
        if first and (full or not found.tables)
        else [],
        **others,
        unread=[views.dump(one) for one in found.unread[:50]] if first else [],
        more=page.more,
    )


def map_workflow_to_tables(
    desk: Desk, call: Call, *, project: str | None, workflow: str | None, detail: str, cursor: str | None
) -> MapReply:
    """Workflows and their tables, with what was found about them."""
    full = detail == "full"
    analysis = desk.analyse(project, call.request())
    items = mapping_views.workflows(analysis, workflow, full=full)
    page = paging.page(
        items, what="workflows", cursor=cursor, room=paging.REPLY * 2 // 3, how=f"{AGAIN}, or with `workflow`"
    )
    names = {one["name"] for one in page.items}
    return MapReply(
        **views.base(analysis, detail),
        template=analysis.plan.template,
        workflows=page.items,
        findings=mapping_views.findings(analysis.plan, names, full=full),
        decisions=mapping_views.decisions(analysis.plan, names, full=full),
        more=page.more,
    )


def assess_schema(
    desk: Desk, call: Call, *, project: str | None, detail: str, cursor: str | None
) -> AssessReply:
    """Steps 1 to 3 of the mission."""
    analysis = desk.analyse(project, call.request())
    plan, full = analysis.plan, detail == "full"
    changes = views.changes(plan, full=full)
    page = paging.page(changes, what="changes", cursor=cursor, room=paging.REPLY // 3, how=AGAIN)
    return AssessReply(
        **views.base(analysis, detail),
        **views.sources(analysis),
        readiness=views.readiness(plan, full=full),
        decisions=views.capped(
            [views.decision(one, full=full) for one in plan.decisions if one.key], paging.REPLY // 4
        ),
        options=views.capped([views.decision(one, full=full) for one in plan.options], paging.REPLY // 6),
        features=[views.dump(one) for one in plan.features],
        gaps=[document_views.excerpt(one) for one in plan.gaps],
        **views.table_lists(plan),
        findings=views.findings(plan, full=full),
        changes=page.items,
        phases=[views.dump(one) for one in plan.phases],
        counts=views.dump(plan.counts),
        more=page.more,
    )


def check_schema(
    desk: Desk, call: Call, *, project: str | None, detail: str, cursor: str | None
) -> CheckReply:
    """Findings and how many of each weight count."""
    analysis = desk.analyse(project, call.request())
    found = check_standing(analysis)
    items = [views.finding(one, full=detail == "full") for one in found]
    page = paging.page(items, what="findings", cursor=cursor, room=paging.REPLY - 2_000, how=AGAIN)
    return CheckReply(
        **views.base(analysis, detail),
        findings=page.items,
        counts=report.count(found),
        more=page.more,
    )


def draft_schema_code(
    desk: Desk,
    call: Call,
    *,
    project: str | None,
    part: str,
    tables: list[str] | None,
    policies: bool,
    cursor: str | None,
) -> CodeReply:
    """Drizzle files, diffs and SQL of the plan."""
    analysis = desk.analyse(project, call.request())
    if part == "mermaid":
        return writing.mermaid_reply(analysis, cursor)
    return writing.code_reply(analysis, part=part, tables=tables, policies=policies, cursor=cursor)


def mentor_guide(
    desk: Desk, call: Call, *, project: str | None, step: str | None, topic: str | None, cursor: str | None
) -> GuideReply:
    """The brief, a topic of it, or a step with this project's facts."""
    if step is not None:
        return writing.step_reply(desk.analyse(project, call.request()), step, cursor)
    text = brief.topic(topic) if topic else brief.part("rules_in_brief") + "\n" + brief.part("tools")
    return writing.text_reply(text, cursor)


def write_initial_data_schema(
    desk: Desk,
    call: Call,
    *,
    project: str | None,
    asked: str | None,
    dry_run: bool,
    expected_sha256: str | None,
    overwrite_edits: bool,
    **given: Any,
) -> WriteReply:
    """The document, written or shown."""
    amendments = {name: clean_all(value) for name, value in given.items() if value is not None}
    request = call.request(amendments=amendments)
    reply = writing.write_reply(
        desk,
        project,
        request,
        dry_run=dry_run,
        expected_sha256=expected_sha256,
        overwrite_edits=overwrite_edits,
    )
    return reply.model_copy(update={"asked": asked}) if asked else reply


ANSWERS: Mapping[str, Callable[..., Reply]] = {
    one.__name__: one
    for one in (
        read_prep_docs,
        parse_drizzle_schema,
        map_workflow_to_tables,
        assess_schema,
        check_schema,
        draft_schema_code,
        mentor_guide,
        write_initial_data_schema,
    )
}
