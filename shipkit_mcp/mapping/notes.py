"""What was noticed while a workflow was mapped -> sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from shipkit_mcp.facts import TableUse, Workflow
from shipkit_mcp.findings import InlineResults, Origin, TableMapping
from shipkit_mcp.mapping.names import table_key
from shipkit_mcp.mapping.roles import Parts

NO_JOBS = "No job table of its own: {why}. The mission asks for one, so this is a decision."
DECLARED_NONE = "its document names its tables and none of them tracks jobs"
ASSUMED = "No document declares `{table}`: it follows the mission's pattern."
LEGACY = "`{table}`: {columns} not planned, the document calls them legacy."
DROPPED = "`{table}`: {columns} dropped by the document."
FOREIGN = "`{table}` is listed here but belongs to `{owner}`, whose document and the schema win."
NO_LINK = "`{table}` takes the results but has no reference to a job."
SHARED = "`{table}` is shared with {others}."


def write_notes(
    parts: Parts,
    jobs: TableMapping | None,
    results: Sequence[TableMapping],
    inline: InlineResults | None,
    homes: Mapping[str, frozenset[str]],
) -> tuple[str, ...]:
    """Conflicts with the mission, what is assumed, left out, another's or shared."""
    found = (
        *_about_jobs(parts, jobs),
        *_assumed(jobs, results),
        *_about_results(jobs, results),
        *((inline.why,) if inline and inline.evidence else ()),
        *_about_columns(parts),
        *_about_others(parts.workflow, homes),
    )
    return tuple(dict.fromkeys(found))


def _about_jobs(parts: Parts, jobs: TableMapping | None) -> Iterator[str]:
    if jobs is None:
        said = parts.workflow.no_jobs_table
        yield NO_JOBS.format(why=said.text.rstrip(".") if said else DECLARED_NONE)


def _assumed(jobs: TableMapping | None, results: Sequence[TableMapping]) -> Iterator[str]:
    for table in (*((jobs,) if jobs else ()), *results):
        if table.doc_name is None and table.existing is None:
            yield ASSUMED.format(table=table.table)


def _about_results(jobs: TableMapping | None, results: Sequence[TableMapping]) -> Iterator[str]:
    for table in results:
        linked = (
            any(one.references and one.references.startswith(f"{jobs.table}.") for one in table.columns)
            if jobs
            else True
        )
        if not linked and not any(
            Origin.REQUIRED in (one.origin, *one.also) and one.name == "job_id" for one in table.columns
        ):
            yield NO_LINK.format(table=table.table)


def _about_columns(parts: Parts) -> Iterator[str]:
    for table in parts.workflow.tables:
        for template, names in (
            (LEGACY, [one.name for one in table.columns if one.legacy]),
            (DROPPED, [one.name for one in table.columns if one.dropped]),
        ):
            if names:
                yield template.format(table=table.name, columns=", ".join(f"`{name}`" for name in names))


def _about_others(workflow: Workflow, homes: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for table in workflow.tables:
        owners = homes.get(table_key(table.name), frozenset())
        listed = table.use in (TableUse.DEFINED, TableUse.OTHER_WORKFLOW)
        if listed and owners and workflow.name not in owners:
            yield FOREIGN.format(table=table.name, owner="`, `".join(sorted(owners)))
        elif table.use is TableUse.DEFINED and len(owners) > 1:
            others = ", ".join(f"`{name}`" for name in sorted(owners - {workflow.name}))
            yield SHARED.format(table=table.name, others=others)
