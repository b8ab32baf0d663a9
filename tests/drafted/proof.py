"""What must hold of any draft, each a function that fails with what differs."""

from __future__ import annotations

from pathlib import Path

from drafted.toolbox import Database, Kit, build, plain, read_back, write_sources

from shipkit_mcp.code import Draft
from shipkit_mcp.code.difference import settled
from shipkit_mcp.code.work import find_work, names_by_key
from shipkit_mcp.facts import Schema, Survey
from shipkit_mcp.findings import Plan


def prove_reads_back(folder: Path, survey: Survey, plan: Plan, draft: Draft) -> None:
    """Read again, the changed project is the plan's target."""
    schema = read_back(build(folder, survey, draft), survey)
    target = plain(find_work(survey, plan).target)
    assert schema.unread == ()
    read = plain(in_the_database(schema, by_key=names_by_key(survey)))
    for name in {*read["tables"], *target["tables"]}:
        assert read["tables"].get(name) == target["tables"].get(name), name
    assert read["enums"] == target["enums"]


def in_the_database(schema: Schema, *, by_key: bool) -> Schema:
    """drizzle-orm derives names of keys from the code's names, drizzle-kit from those of the database."""
    tables = tuple(settled(one, by_key=by_key) for one in schema.tables)
    return schema.model_copy(update={"tables": tables})


def prove_migrates(
    before: Path,
    after: Path,
    survey: Survey,
    draft: Draft,
    kit: Kit,
    databases: tuple[Database, Database],
) -> None:
    """Our SQL over the old schema and drizzle-kit's over the drafted files end alike; and down leads back."""
    casing = survey.schema.choice.casing
    ours, theirs = databases
    ours.run(*kit.migration(write_sources(before, survey), casing=casing))
    start = ours.catalogue()
    theirs.run(*kit.migration(after, casing=casing))
    ours.run(*(phase.up for phase in draft.phases))
    assert ours.catalogue() == theirs.catalogue()
    ours.run(*(phase.down for phase in reversed(draft.phases)))
    assert ours.catalogue() == start
