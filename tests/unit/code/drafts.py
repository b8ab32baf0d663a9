"""Drafts of hand-made targets, for the tests of code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from drafted.styles import FOLDER, Shelf, Style

from shipkit_mcp.code import Draft, draft_code
from shipkit_mcp.facts import Column, Schema, Source, Survey, Table
from shipkit_mcp.findings import Change, ChangeKind, Counts, Phase, Plan, Readiness, Rename
from shipkit_mcp.readers.drizzle import find_schema, read_schema

ZERO = Counts(tables=0, columns=0, new=0, modified=0, removed=0, total=0)


def survey_of(files: Mapping[str, str]) -> Survey:
    shelf = Shelf(files)
    schema = read_schema(shelf, find_schema(shelf, list(files), "none"))
    sources = tuple(Source(path, text) for path, text in files.items())
    return Survey(project_root="~/app", schema=schema, schema_sources=sources)


def plan_of(target: Schema, renames: Sequence[Rename] = (), changes: Sequence[Change] = ()) -> Plan:
    numbers = sorted({one.phase for one in changes})
    phases = tuple(Phase(number=one, title=f"Step {one}", changes=()) for one in numbers)
    return Plan(
        project_root="~/app",
        readiness=Readiness(percent=0, met=0, total=0),
        counts=ZERO,
        target=target,
        renames=tuple(renames),
        changes=tuple(changes),
        phases=phases,
    )


def change(table: str, phase: int, kind: ChangeKind = ChangeKind.CREATE_TABLE) -> Change:
    return Change(
        number=phase, phase=phase, kind=kind, table=table, title="", problem="", action="", impact=""
    )


def with_tables(schema: Schema, *tables: Table) -> Schema:
    """The schema with these tables in place of theirs, or more."""
    names = {one.name for one in tables}
    kept = tuple(one for one in schema.tables if one.name not in names)
    return schema.model_copy(update={"tables": (*kept, *tables)})


def without_tables(schema: Schema, *names: str) -> Schema:
    kept = tuple(one for one in schema.tables if one.name not in names)
    used = {column.enum for one in kept for column in one.columns}
    enums = tuple(one for one in schema.enums if one.name in used)
    return schema.model_copy(update={"tables": kept, "enums": enums})


def table(name: str, *columns: Column, dialect: str = "postgresql", **more: object) -> Table:
    given = {"name": name, "key": name, "path": "", "line": 0, "dialect": dialect, "columns": columns}
    return Table.model_validate(given | more)


def column(name: str, type_: str = "text", **more: object) -> Column:
    return Column.model_validate({"name": name, "key": name, "type": type_} | more)


def draft_of(target: Schema, style: Style = FOLDER, **more: Sequence[object]) -> Draft:
    return draft_code(style.survey(), plan_of(target, **more))  # type: ignore[arg-type]


def diff_of(draft: Draft, path: str) -> str:
    return next((one.diff for one in draft.diffs if one.path.endswith(path)), "")
