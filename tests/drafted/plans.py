"""Random plans: a small project, a workflow or none, and whatever an assistant may say of its tables."""

from __future__ import annotations

from dataclasses import replace

from drafted.styles import Style
from hypothesis import strategies as st
from unit.plan.projects import RENDER

from shipkit_mcp.facts import Amendments, Survey
from shipkit_mcp.findings import Plan
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.plan import draft_plan, hold_amendments, merge_amendments, spell_tables
from shipkit_mcp.readers.notation import read_tables
from shipkit_mcp.rules import check_project

OLD = ("users", "clips", "labels")
NEW = ("sites", "site_pages", "orders", "tags")
COLUMNS = {
    "users": ("email", "full_name", "age", "is_admin", "invited_by", "created_at"),
    "clips": ("owner_id", "title", "kind", "data", "seconds", "created_at"),
    "labels": ("word", "colour"),
}
FRESH = st.sampled_from(
    ("slug", "site_id", "due_at", "is_open", "score", "parts", "kind_of", "note", "day", "order_id")
)
TYPES = st.sampled_from(
    (
        "uuid",
        "text",
        "integer",
        "bigint",
        "boolean",
        "timestamp",
        "date",
        "jsonb",
        "numeric(10, 2)",
        "varchar(80)",
        "double precision",
        "text[]",
        "integer[]",
        "real",
        "smallint",
        '"red" | "green" | "it\'s"',
        "bytea",
    )
)
REMARKS = st.sampled_from(("", " (nullable)", " (NOT NULL)", " (UNIQUE)", " (NOT NULL, UNIQUE)"))
DEFAULTS = {
    "integer": "1",
    "boolean": "true",
    "text": "'it''s'",
    "timestamp": "now()",
    "jsonb": "'{}'",
    "text[]": "'{}'",
}
RULES = st.sampled_from(("", ", cascade delete", ", set null", ", restrict"))


@st.composite
def column(draw: st.DrawFn, names: st.SearchStrategy[str] = FRESH) -> str:
    name = draw(names)
    if draw(st.integers(0, 3)) == 0:
        target = draw(st.sampled_from((*OLD[:2], *NEW)))
        null = draw(st.sampled_from(("", "nullable, ")))
        return f"{name}: uuid ({null}FK → {target}.id{draw(RULES)})"
    type_ = draw(TYPES)
    if type_ in DEFAULTS and draw(st.booleans()):
        return f"{name}: {type_} (NOT NULL, default {DEFAULTS[type_]})"
    return f"{name}: {type_}{draw(REMARKS)}"


@st.composite
def change(draw: st.DrawFn, table: str) -> str:
    known = st.sampled_from(COLUMNS[table])
    name = draw(known)
    return draw(
        st.one_of(
            column(),
            column(),
            column(known),
            st.just(f"- {name}"),
            st.just(f"{name} -> new_{name}"),
            st.just(f"index: {name}"),
            st.just(f"unique: {name}"),
        )
    )


@st.composite
def block(draw: st.DrawFn) -> str:
    if draw(st.booleans()):
        table = draw(st.sampled_from(OLD))
        return "\n".join([table, *draw(st.lists(change(table), min_size=1, max_size=4))])
    table = draw(st.sampled_from(NEW))
    return "\n".join([table, "id: uuid (PK)", *draw(st.lists(column(), max_size=5))])


@st.composite
def amendments(draw: st.DrawFn) -> tuple[str, list[str]]:
    blocks = draw(st.lists(block(), min_size=1, max_size=4))
    removed = draw(st.lists(st.sampled_from(("labels", "clips")), max_size=2, unique=True))
    return "\n\n".join(blocks), removed


def planned(style: Style, text: str, removed: list[str], *, flows: bool) -> tuple[Survey, Plan]:
    """The plan of what holds of the amendments."""
    survey = style.survey()
    survey = replace(survey, workflows=(RENDER,) if flows else ())
    mappings = map_workflows(survey)
    findings = check_project(survey, mappings)
    said = spell_tables(read_tables(text, "amendments", 1)[0], survey.schema, mappings)
    wished = merge_amendments(Amendments(), {"tables": text, "remove": removed}, (), said)
    declared = spell_tables(read_tables(wished.tables, "amendments", 1)[0], survey.schema, mappings)
    kept, tables, _ = hold_amendments(survey, mappings, findings, wished, declared)
    return survey, draft_plan(survey, mappings, findings, kept, tables)
