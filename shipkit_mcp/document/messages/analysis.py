"""Step 0: what was found, or what is still needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shipkit_mcp.document.material import Material
from shipkit_mcp.document.sections.app_summary import REQUEST, missing_line
from shipkit_mcp.document.words import code, counted, listed, quoted
from shipkit_mcp.facts import DocKind, PrepDoc


def analysis(material: Material) -> Iterator[str]:
    yield f"**Bottom Line:** I found {recap_of_analysis(material)}."
    yield ""
    yield (
        "Ready to create your strategic database plan? I'll analyze your app vision, trigger workflows, and "
        "existing schema to provide targeted recommendations that support your specific background job "
        "processing needs."
    )
    yield from ("", "**Analyzing your planning documents, workflows, and current database...**", "")
    missing = material.plan.missing_documents
    yield from _missing(material) if missing else _complete(material)
    yield from ("", "**Supporting Details**", "", *_found(material))


def recap_of_analysis(material: Material) -> str:
    """What was found, in one line."""
    survey = material.survey
    read = [one for one in _read(material) if not one.boilerplate]
    tables = [one for one in survey.schema.tables if one.exported]
    absent = len(material.plan.missing_documents)
    parts = [
        counted(len(read), "planning document"),
        counted(len(material.plan.workflows), "background job workflow"),
        counted(len(tables), "existing table"),
    ]
    return listed(parts) + (f"; {counted(absent, 'document is', 'documents are')} missing" if absent else "")


def _read(material: Material) -> list[PrepDoc]:
    """The planning documents; what we write ourselves is none."""
    return [one for one in material.survey.documents if one.kind is not DocKind.DATA_SCHEMA]


def _complete(material: Material) -> Iterator[str]:
    number = counted(len(material.plan.workflows), "background job workflow")
    yield (
        "Perfect! I found your planning documents, trigger workflow designs, and analyzed your current "
        f"schema. I can see you're building {_app(material)} using {material.template} with {number}. "
        "Ready to create your strategic database recommendations."
    )


def _app(material: Material) -> str:
    name, goal = material.survey.vision.app_name, material.survey.vision.end_goal
    if name and goal:
        aim = quoted(goal.text).removesuffix(".")
        helps = _MY_APP.sub("", aim)
        told = f", which {helps}," if helps != aim else f" ({aim})"
        return quoted(name.text, 80) + told
    known = name or goal
    return quoted(known.text).removesuffix(".") if known else "your app"


_MY_APP = re.compile(r"^(?:my|our|the|this) app (?=\w+s\b)", re.IGNORECASE)


def _missing(material: Material) -> Iterator[str]:
    yield from (REQUEST, "", "**Required Documents:**", "")
    yield from map(missing_line, material.plan.missing_documents)
    yield from ("", "**Current Schema Analysis:**", "", _schema(material), "")
    yield (
        "Once all documents are ready, I'll provide comprehensive database recommendations tailored to your "
        "app vision and background job workflows."
    )


def _schema(material: Material) -> str:
    files = material.survey.schema.files or material.plan.schema_choice.files
    if files:
        folder = files[0].rpartition("/")[0] or files[0]
        return (
            f"I can access your current database schema in {code(folder)} - this will help me recommend "
            "strategic enhancements rather than starting from scratch."
        )
    looked = listed([code(one) for one in material.plan.schema_choice.looked_in[:6]], none="the usual places")
    return f"I found no Drizzle schema; I looked in {looked}."


def _found(material: Material) -> Iterator[str]:
    yield from (f"- {quoted(one.title, 120)} ({code(one.path)})" for one in _read(material))
    yield from (f"- workflow: {quoted(one.title, 120)} ({code(one.path)})" for one in material.plan.workflows)
    files = material.survey.schema.files
    yield f"- schema files: {listed([code(one) for one in files[:20]])}"
