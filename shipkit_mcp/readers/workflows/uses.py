"""Tells what a workflow does with each table it names, and which part the table plays."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shipkit_mcp.facts import DeclaredColumn, DeclaredTable, Role, Statement, TableUse
from shipkit_mcp.readers.markdown_text import codes, snake
from shipkit_mcp.readers.workflows.tables import FoundTable, TablesRead
from shipkit_mcp.readers.workflows.units import Unit, title_words
from shipkit_mcp.readers.workflows.words import (
    ADDS_COLUMNS,
    CREATE,
    FIELD_WORD,
    NEW,
    OTHER_WORKFLOW,
    TABLE_WORD,
    TOUCHED,
)

_JOB_NAME = re.compile(r"\w*_(?:jobs?|runs)|jobs?")
_JOB_WORDS = re.compile(
    r"(?i)(?<!\w)(?:job (?:tracking|progress|status)|tracks? (?:\S+ ){0,4}(?:jobs?|progress|status)|main job|job queue"
    r"|seguimiento (?:de |del )?(?:jobs?|trabajos?)|tracciamento (?:dei |del )?(?:jobs?|processo)|suivi (?:des |du )?(?:jobs?|t[aâ]ches?))(?!\w)"
)
_RESULT_WORDS = re.compile(
    r"(?i)(?<!\w)(?:results?|outputs?|completed|generated|saved|produced|final|resultados?|salida|generad[oa]s?|risultat[oi]|generat[oiea]|completat[ei]|r[eé]sultats?|g[eé]n[eé]r[eé]e?s?|termin[eé]e?s?)(?!\w)"
)
_ENHANCEMENT_WORDS = re.compile(
    r"(?i)(?<!\w)(?:enhancements?|optional|secondary|mejora|opcional|miglioramento|opzionale|am[eé]lioration|optionnel(?:le)?)(?!\w)"
)
_USAGE = re.compile(r"(?i)(?:\w*_)?(?:usage|quotas?|credits?|consumption|counters?)(?:_\w+)?")
_SETTINGS = re.compile(r"(?i)(?:\w*_)?(?:settings?|preferences?|configs?|configurations?)(?:_\w+)?")


def settle_tables(unit: Unit, read: TablesRead, checklist: Sequence[Statement]) -> tuple[DeclaredTable, ...]:
    """The unit's tables with use, ``declared_new`` and role; columns that a checklist adds come with them."""
    created = _created(checklist)
    others = _other_workflows(unit)
    built = [table.model_copy(update=_used(found, table, created, others)) for found, table in read.built()]
    built.extend(_checklist_columns(checklist, built))
    return _with_roles(tuple(built), read)


def _created(checklist: Sequence[Statement]) -> frozenset[str]:
    """Tables that a checklist says to create."""
    return frozenset(
        snake(code)
        for item in checklist
        if CREATE.search(item.text) and TABLE_WORD.search(item.text) and not FIELD_WORD.search(item.text)
        for code in codes(item.text)
        if re.fullmatch(r"[a-z]\w*", code)
    )


def _other_workflows(unit: Unit) -> tuple[frozenset[str], ...]:
    """The names of other workflows that the document calls separate, as words."""
    found: dict[str, frozenset[str]] = {}
    for section in unit.sections:
        for block in section.blocks:
            for code in codes(block.text) if OTHER_WORKFLOW.search(block.text) else ():
                named = re.fullmatch(r"(?:\S*/)?trigger_workflow_(\w+)\.md", code)
                if named and named[1] != unit.name:
                    found[named[1]] = title_words(named[1].replace("_", " "))
    return tuple(found.values())


def _used(
    found: FoundTable, table: DeclaredTable, created: frozenset[str], others: Sequence[frozenset[str]]
) -> dict[str, object]:
    said = " \n ".join(found.said)
    new = table.declared_new or table.name in created or bool(NEW.search(" ".join(found.named)))
    use = TableUse.DEFINED
    if found.altered or (ADDS_COLUMNS.search(said) and TOUCHED.search(said) and table.columns):
        use = TableUse.ALTERED
    elif OTHER_WORKFLOW.search(said) or _owned_elsewhere(table.name, others):
        use = TableUse.OTHER_WORKFLOW
    elif TOUCHED.search(said) and not new:
        use = TableUse.TOUCHED
    elif not table.columns and not new and not _JOB_NAME.fullmatch(table.name):
        use = TableUse.TOUCHED
    if table.name in created:
        use = TableUse.DEFINED
    return {"use": use, "declared_new": new and use is TableUse.DEFINED}


def _owned_elsewhere(name: str, others: Sequence[frozenset[str]]) -> bool:
    words = title_words(name.replace("_", " "))
    return any(words == other for other in others)


def _checklist_columns(
    checklist: Sequence[Statement], tables: Sequence[DeclaredTable]
) -> list[DeclaredTable]:
    """``Add `a` and `b` columns to `x```, where no table of the document says so."""
    known = {table.name for table in tables}
    found: dict[str, DeclaredTable] = {}
    for item in checklist:
        match = re.search(
            r"(?i)\b(?:to|a|alla|à|en|in)\s+(?:the |la |il |el )?`(?P<table>[a-z]\w*)`", item.text
        )
        if (
            not (match and CREATE.search(item.text) and FIELD_WORD.search(item.text))
            or match["table"] in known
        ):
            continue
        names = [code for code in codes(item.text[: match.start()]) if re.fullmatch(r"[a-z]\w*", code)]
        columns = tuple(
            DeclaredColumn(name=snake(name), doc_name=name, evidence=item.evidence) for name in names
        )
        found[match["table"]] = DeclaredTable(
            name=match["table"],
            doc_name=match["table"],
            use=TableUse.ALTERED,
            partial=True,
            columns=columns,
            evidence=item.evidence,
        )
    return [table for table in found.values() if table.columns]


# --- roles ---------------------------------------------------------------------------------


def _with_roles(tables: tuple[DeclaredTable, ...], read: TablesRead) -> tuple[DeclaredTable, ...]:
    said = {found.builder.name: " \n ".join(found.said) for found in read.tables}
    own = [table for table in tables if table.use is TableUse.DEFINED]
    jobs = _jobs_table(own, said)
    results = [table.name for table in own if table is not jobs and jobs and _follows(table, jobs, said)]
    return tuple(
        table.model_copy(update={"role": _role(table, jobs, results, own, said)})
        if table.use in {TableUse.DEFINED, TableUse.ALTERED}
        else table
        for table in tables
    )


def _jobs_table(own: Sequence[DeclaredTable], said: dict[str, str]) -> DeclaredTable | None:
    named = [table for table in own if _JOB_NAME.fullmatch(table.name)]
    worded = [table for table in own if _JOB_WORDS.search(said.get(table.name, ""))]
    shaped = [table for table in own if table.column("status") and (_progress(table) or _run_id(table))]
    return next(iter([*named, *worded, *shaped]), None)


def _progress(table: DeclaredTable) -> bool:
    return any(column.name.startswith("progress") for column in table.columns)


def _run_id(table: DeclaredTable) -> bool:
    return any(column.name in {"trigger_job_id", "trigger_run_id", "run_id"} for column in table.columns)


def _follows(table: DeclaredTable, jobs: DeclaredTable, said: dict[str, str]) -> bool:
    """True where a table points to the jobs table, by reference, column name or words."""
    singular = jobs.name.removesuffix("s")
    return any(
        (column.references or "").startswith(f"{jobs.name}.") or column.name in {"job_id", f"{singular}_id"}
        for column in table.columns
    ) or bool(re.search(rf"(?<!\w){re.escape(jobs.name)}(?!\w)", said.get(table.name, "")))


def _role(
    table: DeclaredTable,
    jobs: DeclaredTable | None,
    results: Sequence[str],
    own: Sequence[DeclaredTable],
    said: dict[str, str],
) -> Role | None:
    words = said.get(table.name, "")
    if table is jobs or (_JOB_NAME.fullmatch(table.name) and table.use is TableUse.DEFINED):
        return Role.JOBS
    if _ENHANCEMENT_WORDS.search(words) or _points_to(table, results):
        return Role.ENHANCEMENT
    if table.name in results:
        return Role.RESULTS
    if _USAGE.fullmatch(table.name):
        return Role.USAGE
    if _SETTINGS.fullmatch(table.name):
        return Role.SETTINGS
    if table.use is TableUse.DEFINED and (_RESULT_WORDS.search(words) or (jobs is None and len(own) == 1)):
        return Role.RESULTS
    return Role.DOMAIN if table.use is TableUse.DEFINED else None


def _points_to(table: DeclaredTable, results: Sequence[str]) -> bool:
    targets = {(column.references or "").partition(".")[0] for column in table.columns}
    return table.name not in results and bool(targets & set(results))
