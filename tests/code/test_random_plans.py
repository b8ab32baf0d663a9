"""Random plans of small projects: the drafts compile, migrate as drizzle-kit does, lose no row, and go back."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import pytest
from drafted.plans import Said, amendments, planned
from drafted.proof import prove_migrates, prove_reads_back
from drafted.rich import CAMEL, RICH, RICH_LITE, SPACED
from drafted.rows import COUNTS, ROWS, counting, rows_of
from drafted.styles import LITE, MY, POSTGRESQL, Style
from drafted.toolbox import Database, Kit, Lite, Refused, write_sources
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shipkit_mcp.code import draft_code

PLACES = (*POSTGRESQL, RICH, CAMEL, SPACED)
EXAMPLES = int(os.environ.get("SHIPKIT_PLANS", "20"))
"""More of them on demand; each takes about a third of a second."""
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.function_scoped_fixture,
    ],
)


def without_added(catalogue: list[str], up: str) -> list[str]:
    """Without the enums that a phase gives values before its transaction begins."""
    named = re.findall(r'ALTER TYPE (?:"\w+"\.)?"(\w+)" ADD VALUE IF NOT EXISTS', up)
    return [
        line
        for line in catalogue
        if not any(f".{name} " in line and line.startswith("enum ") for name in named)
    ]


ONCE = settings(BOUNDED, max_examples=1)
"""Five plans at once: TypeScript takes its time to begin."""


@pytest.mark.node
@pytest.mark.parametrize("style", [*PLACES, LITE, RICH_LITE, MY], ids=lambda style: style.name)
@ONCE
@given(said=st.lists(st.tuples(amendments(), st.booleans()), min_size=5, max_size=5))
def test_drafted_files_compile(style: Style, kit: Kit, said: list[tuple[Said, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, (given_, flows) in enumerate(said):
            survey, plan = planned(style, *given_, flows=flows)
            place = Path(folder) / f"project{number}"
            place.mkdir()
            prove_reads_back(place, survey, plan, draft_code(survey, plan))
        assert kit.type_errors(Path(folder)) == []


@pytest.mark.node
@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
@BOUNDED
@given(style=st.sampled_from(PLACES), said=amendments(), flows=st.booleans())
def test_postgresql_ends_where_drizzle_kit_ends_and_comes_back(
    style: Style,
    kit: Kit,
    two_databases: tuple[Database, Database],
    said: Said,
    flows: bool,
) -> None:
    survey, plan = planned(style, *said, flows=flows)
    draft = draft_code(survey, plan)
    for one in two_databases:
        one.empty()

    with tempfile.TemporaryDirectory() as before, tempfile.TemporaryDirectory() as after:
        prove_reads_back(Path(after), survey, plan, draft)
        prove_migrates(Path(before), Path(after), survey, draft, kit, two_databases)


@pytest.mark.node
@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
@BOUNDED
@given(style=st.sampled_from(PLACES), said=amendments(), flows=st.booleans())
def test_postgresql_keeps_every_row_or_changes_nothing(
    style: Style,
    kit: Kit,
    two_databases: tuple[Database, Database],
    said: Said,
    flows: bool,
) -> None:
    survey, plan = planned(style, *said, flows=flows)
    draft = draft_code(survey, plan)
    database, _ = two_databases
    database.empty()
    with tempfile.TemporaryDirectory() as before:
        folder = write_sources(Path(before), survey)
        database.run(*kit.migration(folder, casing=survey.schema.choice.casing), *rows_of(style))
    start = database.catalogue()
    kept = [name for name in COUNTS if plan.target.table(name)]
    expected = sorted(f"{name}|{COUNTS[name]}" for name in kept)

    for phase in draft.phases:
        before_phase = database.catalogue()
        try:
            database.run(phase.up)
        except Refused:
            assert without_added(database.catalogue(), phase.up) == without_added(before_phase, phase.up)
            return
        assert sorted(database.run(counting(kept, style)).split()) == expected
    for phase in reversed(draft.phases):
        before_phase = database.catalogue()
        try:
            database.run(phase.down)
        except Refused:
            assert database.catalogue() == before_phase
            return
    assert database.catalogue() == start
    assert sorted(database.run(counting(kept, style)).split()) == expected


@pytest.mark.node
@BOUNDED
@given(style=st.sampled_from((LITE, RICH_LITE)), said=amendments(), flows=st.booleans())
def test_sqlite_ends_where_drizzle_kit_ends_loses_no_row_and_comes_back(
    style: Style, kit: Kit, said: Said, flows: bool
) -> None:
    survey, plan = planned(style, *said, flows=flows)
    draft = draft_code(survey, plan)
    with tempfile.TemporaryDirectory() as before, tempfile.TemporaryDirectory() as after:
        prove_reads_back(Path(after), survey, plan, draft)
        old = kit.migration(write_sources(Path(before), survey), "sqlite")
        new = kit.migration(Path(after), "sqlite")
    ours, filled, theirs = Lite(), Lite(), Lite()
    theirs.run(*new)
    ours.run(*old)
    start = ours.catalogue()

    ours.run(*(phase.up for phase in draft.phases))
    assert ours.catalogue() == theirs.catalogue()
    ours.run(*(phase.down for phase in reversed(draft.phases)))
    assert ours.catalogue() == start

    filled.run(*old, *ROWS)
    kept = [name for name in COUNTS if plan.target.table(name)]
    for phase in draft.phases:
        stands = filled.catalogue()
        try:
            filled.run(phase.up)
        except Refused:
            assert filled.catalogue() == stands
            break
    assert dict(filled.rows(counting(kept))) == {name: COUNTS[name] for name in kept}
    for one in (ours, filled, theirs):
        one.close()
