"""Changes of columns that much names: PostgreSQL takes the draft with rows there, ends where drizzle-kit ends, comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafted.people import ALLOWED, PEOPLE
from drafted.plans import planned
from drafted.proof import prove_migrates, prove_reads_back
from drafted.rich import RICH
from drafted.toolbox import Database, Kit, write_sources

from shipkit_mcp.code import draft_code

ROW = (
    'insert into people (id, first, last, age, steps, born, "left", weight, pin, colour, facts, gone) values'
    " ('00000000-0000-4000-8000-00000000000a', 'Ada', 'L', 41, 4, '2001-02-03', '2002-03-04', 60, '12', 'red', '{}', '2004-05-06');"
)


@pytest.mark.node
@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
@pytest.mark.parametrize("said", ALLOWED)
def test_postgresql_takes_the_change_and_comes_back(
    said: str, tmp_path: Path, kit: Kit, databases: tuple[Database, Database]
) -> None:
    survey, plan = planned(PEOPLE, f"people\n{said}", [], flows=False)
    draft = draft_code(survey, plan)
    prove_reads_back(tmp_path / "after", survey, plan, draft)
    prove_migrates(tmp_path / "before", tmp_path / "after", survey, draft, kit, databases)

    filled, _ = databases
    filled.empty()
    filled.run(*kit.migration(write_sources(tmp_path / "filled", survey)), ROW)
    filled.run(*(one.up for one in draft.phases))
    filled.run(*(one.down for one in reversed(draft.phases)))
    assert filled.run("select count(*) from people;") == "1\n"


@pytest.mark.node
@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
@pytest.mark.parametrize(
    "said",
    [
        "clips\nowner_id -> new_owner_id\n\nlabels\n- owner_id",
        "users\nid -> key\n\nclips\neditor_id: uuid (nullable, FK → users.key, set null)",
        "users\nid -> key\n\npages\nid: uuid (PK)\nuser_id: uuid (FK → users.key, cascade)",
        "users\nid -> key\n\nclips\nid -> key\n\nlabels\nclip_id -> clip",
    ],
)
def test_keys_name_the_columns_of_renamed_tables_as_they_are_called_by_then(
    said: str, tmp_path: Path, kit: Kit, databases: tuple[Database, Database]
) -> None:
    survey, plan = planned(RICH, said, [], flows=False)
    draft = draft_code(survey, plan)

    prove_reads_back(tmp_path / "after", survey, plan, draft)
    prove_migrates(tmp_path / "before", tmp_path / "after", survey, draft, kit, databases)
