"""Survey and plan -> the draft: Drizzle files, diffs of existing files, SQL by phase."""

from __future__ import annotations

from shipkit_mcp.code.draft import Draft
from shipkit_mcp.code.drizzle import draft_drizzle
from shipkit_mcp.code.habits import CORES, read_habits
from shipkit_mcp.code.places import Sources
from shipkit_mcp.code.policies import owner_columns, policy_extras, policy_notes, policy_statements
from shipkit_mcp.code.references import references_left_out
from shipkit_mcp.code.sql import draft_phases
from shipkit_mcp.code.work import find_work
from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Schema, Survey
from shipkit_mcp.findings import Plan


def draft_code(survey: Survey, plan: Plan, *, policies: bool = False) -> Draft:
    """Draft what the plan asks for, in the style of the schema that is there; nothing is written.

    With ``policies`` each new table of PostgreSQL that has an owner is closed to everybody else, as Supabase
    has it. Removals that nobody accepted are not drafted. Raises Cancelled.
    """
    dialect = _dialect(plan.target, survey.schema)
    if dialect not in CORES:
        return Draft(notes=(f"Code is drafted for PostgreSQL, MySQL and SQLite, not for {dialect}.",))
    work = find_work(survey, plan)
    sources = Sources(survey.schema_sources)
    beat()
    habits = read_habits(survey.schema, sources, dialect)
    beat()
    left_out = references_left_out(plan)
    owners = owner_columns(work) if policies else {}
    secured = owners if dialect == "postgresql" else {}
    extras = policy_extras(secured, habits)
    files, diffs, notes = draft_drizzle(work, sources, habits, extras, left_out)
    beat()
    phases = draft_phases(work, dialect, left_out, policy_statements(secured))
    more = policy_notes(work, owners, dialect) if policies else ()
    unknown = (
        f"{table}.{column} refers to {to}: its constraint is left out until an amendment declares the table."
        for (table, column), to in left_out.items()
    )
    unfit = (
        f"{table}.{column}: its default is no value of its type and is left out."
        for table, column in work.unfit
    )
    return Draft(files=files, diffs=diffs, phases=phases, notes=(*unknown, *unfit, *notes, *more))


def _dialect(target: Schema, schema: Schema) -> str:
    """The project's; where it has several, that of most tables."""
    told = next((one for one in (target.dialect, schema.dialect) if one and one != "mixed"), None)
    named = [one.dialect for one in target.tables]
    return told or (max(named, key=named.count) if named else "postgresql")
