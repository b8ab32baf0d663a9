"""The commands that only read: schema, map, docs, check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from shipkit_mcp import __version__
from shipkit_mcp.analysis import Analysis
from shipkit_mcp.cli import screen
from shipkit_mcp.cli.given import look, read_json
from shipkit_mcp.document import source_lines
from shipkit_mcp.document.words import counted
from shipkit_mcp.findings import Finding
from shipkit_mcp.server import document_views, mapping_views, views


def schema(*, project: str | None, schema: Sequence[str], casing: str | None, as_json: bool) -> int:
    """Print the schema."""
    analysis = look(project, schema, casing)
    found = analysis.survey.schema
    if as_json:
        screen.print_json(
            {"project_root": analysis.project.shown_root, "detail": "full", **views.dump(found)}
        )
        return 0
    total = sum(len(one.columns) for one in found.tables)
    counts = f"{counted(len(found.tables), 'table')}, {counted(total, 'column')}"
    lines = [
        f"{counts} ({found.dialect or 'no dialect'}), by {found.choice.found_by}."
        if found.tables
        else counts,
        *source_lines(analysis.survey, documents=False),
        "",
    ]
    for table in found.tables:
        said = views.concise_table(table)
        lines += [f"# {table.name} ({table.path}:{table.line})", *(f"  {one}" for one in said["text"]), ""]
    lines += [f"not understood: {one.path}:{one.line} {one.why}" for one in found.unread]
    screen.print_lines(lines)
    return 0


def map_workflows(*, project: str | None, schema: Sequence[str], casing: str | None, as_json: bool) -> int:
    """Print the mapping."""
    analysis = look(project, schema, casing)
    plan = analysis.plan
    if as_json:
        keys = ("project_root", "template", "workflows", "findings", "decisions", "warnings")
        said = views.whole_plan(analysis)
        screen.print_json({**{name: said[name] for name in keys}, "detail": "full"})
        return 0
    lines = []
    for one in plan.stated:
        lines += [f"# {one.title} ({one.path}, {one.confidence} confidence): {one.state}"]
        for table in one.tables:
            said = mapping_views.concise_mapping(table)
            lines += [
                f"  {said['role']} `{said['name']}`: {said['state']}",
                *(f"    {text}" for text in said["text"]),
            ]
        if one.touches:
            lines += [f"  touches {', '.join(one.touches)}"]
        lines += [*(f"  {note}" for note in one.notes), ""]
    screen.print_lines(lines or ["No workflow was found.", *source_lines(analysis.survey), *plan.warnings])
    return 0


def docs(*, project: str | None, as_json: bool) -> int:
    """Print what the documents say."""
    analysis = look(project)
    survey = analysis.survey
    if as_json:
        screen.print_json(
            {
                "project_root": analysis.project.shown_root,
                "detail": "full",
                "folder": survey.documents_folder,
                "template": survey.template,
                "documents": document_views.documents(analysis),
                "missing": [views.dump(one) for one in survey.missing_documents],
                "vision": document_views.vision(survey.vision, full=True),
                "workflows": [views.dump(one) for one in survey.workflows],
                "warnings": list(survey.warnings),
            }
        )
        return 0
    said = document_views.vision(survey.vision, full=False)
    lines = [f"{one['kind']}: {one['path']}" for one in document_views.documents(analysis)]
    lines += [f"missing: {one.document} ({one.path})" for one in survey.missing_documents]
    lines += source_lines(survey, schema=False)
    lines += ["", *(line for name, value in said.items() for line in _told(name, value))]
    lines += [
        "",
        *(
            f"workflow {one['name']}: {one['purpose'] or 'purpose not stated'}"
            for one in document_views.workflow_cards(analysis)
        ),
    ]
    screen.print_lines(lines)
    return 0


def _told(name: str, value: Any) -> Iterator[str]:
    """A part of the vision, a list one line an entry."""
    title = name.replace("_", " ")
    if not isinstance(value, list):
        yield f"{title}: {'yes' if value is True else 'no' if value is False else value}"
        return
    yield f"{title}:"
    yield from (f"  {_entry(one)}" for one in value)


def _entry(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    quotas = "; ".join(value.get("quotas") or ())
    return ", ".join(str(one) for one in (value.get("name"), value.get("price"), quotas) if one)


def check(
    *, project: str | None, form: str, base: str | None, schema: Sequence[str], casing: str | None
) -> int:
    """Print the findings. 1 where a counted one is at reject or require."""
    from shipkit_mcp.analysis.standing import check_standing
    from shipkit_mcp.rules import report

    analysis = look(project, schema, casing)
    found = check_standing(analysis)
    counted = report.new_only(found, read_json(base)) if base else found
    broken = any(one.counted for one in counted)
    if form == "json":
        said = {
            "project_root": analysis.project.shown_root,
            "detail": "full",
            "counts": report.count(counted),
        }
        screen.print_json({**said, "findings": [views.dump(one) for one in found]})
    elif form == "sarif":
        screen.print_json(report.render_sarif(counted, version=__version__))
    elif form == "github":
        screen.print_lines(report.render_annotations(counted))
    else:
        screen.print_lines([_finding_line(one) for one in counted] or _nothing_found(analysis))
        counts = ", ".join(f"{count} {name}" for name, count in report.count(counted).items())
        screen.print_lines(["", counts.replace("_", " ")])
    return 1 if broken else 0


def _nothing_found(analysis: Analysis) -> list[str]:
    """That all is well; or what there was nothing of to look at."""
    survey = analysis.survey
    looked_at = survey.schema.tables or survey.documents
    if looked_at:
        return ["✅ Nothing found."]
    return ["⚠️ There is nothing to check: no schema and no document.", *source_lines(survey)]


def _finding_line(one: Finding) -> str:
    sign = {"reject": "❌", "require": "❌", "recommend": "⚠️", "note": "-"}[str(one.severity)]
    said = f" (accepted by {one.accepted_by})" if one.accepted_by else "" if one.certain else " (cannot tell)"
    return f"{sign} {one.evidence[0]} {one.rule}: {one.message} {one.fix}{said}"
