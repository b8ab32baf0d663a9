"""Random plans: a small project, a workflow or none, and whatever an assistant may say of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drafted.styles import Style
from hypothesis import strategies as st
from unit.plan.projects import RENDER

from shipkit_mcp.facts import Amendments, DeclaredTable, Survey
from shipkit_mcp.findings import Plan
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.plan import draft_plan, hold_amendments, merge_amendments, spell_tables
from shipkit_mcp.readers.notation import read_tables
from shipkit_mcp.rules import check_project

NOTHING: Mapping[str, str] = {}
OLD = ("users", "clips", "labels")
NEW = ("sites", "site_pages", "orders", "tags")
COLUMNS = {
    "users": (
        *("email", "full_name", "age", "is_admin", "invited_by", "created_at"),
        *("handle", "number", "place", "tags", "born"),
    ),
    "clips": ("owner_id", "title", "kind", "data", "seconds", "created_at", "mood"),
    "labels": ("word", "colour", "owner_id", "kind"),
}
"""Of the small projects; not every one has all of them."""
LISTS = st.sampled_from(
    (
        '"short" | "long" | "wide"',
        '"short" | "wide" | "long"',
        '"long" | "short"',
        '"long"',
        '"short" | "long" (default long)',
        '"glad" | "sad" | "calm"',
        '"sad" | "glad" (NOT NULL)',
        '"red" | "blue" | "green" (default green)',
    )
)
DECISIONS = (
    "status-vocabulary",
    "run-id-name",
    "result-versions",
    "results-place",
    "enum-style",
    "usage-record",
)
AGAIN = "\n\n--- said in another call ---\n\n"
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
            renamed(name),
            st.just(f"new_{name} -> newest_{name}"),
            LISTS.map(lambda values: f"{name}: {values}"),
            st.just(f"index: {name}"),
            st.just(f"unique: {name}"),
            st.tuples(st.sampled_from(("index", "unique")), known).map(
                lambda two: f"{two[0]}: {name}, {two[1]}"
            ),
        )
    )


@st.composite
def renamed(draw: st.DrawFn, name: str) -> str:
    """A column renamed and changed in one line."""
    return f"{name} -> other_{name}: {draw(st.one_of(TYPES, LISTS))}{draw(REMARKS)}"


@st.composite
def block(draw: st.DrawFn) -> str:
    if draw(st.booleans()):
        table = draw(st.sampled_from(OLD))
        return "\n".join([table, *draw(st.lists(change(table), min_size=1, max_size=4))])
    table = draw(st.sampled_from(NEW))
    return "\n".join([table, "id: uuid (PK)", *draw(st.lists(column(), max_size=5))])


Said = tuple[str, list[str], dict[str, str]]
"""Tables (of one call or several), removals, decisions."""


@st.composite
def amendments(draw: st.DrawFn) -> Said:
    calls = draw(st.lists(st.lists(block(), min_size=1, max_size=4), min_size=1, max_size=3))
    removed = draw(st.lists(st.sampled_from(("labels", "clips", "users")), max_size=2, unique=True))
    decided = draw(st.dictionaries(st.sampled_from(DECISIONS), st.sampled_from("AB"), max_size=2))
    return AGAIN.join("\n\n".join(blocks) for blocks in calls), removed, decided


def planned(
    style: Style, text: str, removed: list[str], decided: Mapping[str, str] = NOTHING, *, flows: bool
) -> tuple[Survey, Plan]:
    """The plan of what holds of the amendments, call by call."""
    survey = style.survey()
    survey = replace(survey, workflows=(RENDER,) if flows else ())
    mappings = map_workflows(survey)
    findings = check_project(survey, mappings)

    def read(tables: str) -> tuple[DeclaredTable, ...]:
        return spell_tables(read_tables(tables, "amendments", 1)[0], survey.schema, mappings)

    kept, tables = Amendments(), tuple[DeclaredTable, ...]()
    for call in text.split(AGAIN):
        given = {"tables": call, "remove": removed, "decisions": decided}
        wished = merge_amendments(kept, given, tables, read(call))
        kept, tables, _ = hold_amendments(survey, mappings, findings, wished, read(wished.tables))
    return survey, draft_plan(survey, mappings, findings, kept, tables)
