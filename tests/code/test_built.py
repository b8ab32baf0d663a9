"""What becomes of a project whose draft was built: its rules, its rows, its policies."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from drafted.cases import AMENDED, NOTHING, analysed
from drafted.plans import planned
from drafted.rows import COUNTS, ROWS, counting
from drafted.styles import FOLDER, LITE
from drafted.toolbox import Database, Kit, Lite, Refused, build, schema_files, write_sources
from oracle.node import HERE as ORACLE
from oracle.node import environment, node

from shipkit_mcp.code import draft_code
from shipkit_mcp.code.sql.step import FILL

FOR_POLICIES = """create schema auth; create role authenticated;
create function auth.uid() returns uuid language sql as 'select current_setting(''app.me'', true)::uuid';"""


@pytest.mark.parametrize("name", AMENDED)
@pytest.mark.parametrize("amended", [False, True], ids=["as it is", "amended"])
def test_the_built_project_breaks_no_rule_on_a_new_table(
    name: str, amended: bool, example: Callable[[str], Path]
) -> None:
    folder = example(name)
    before = analysed(folder, AMENDED[name] if amended else NOTHING)
    build(folder, before.survey, draft_code(before.survey, before.plan))

    posed = {one.id for one in analysed(folder).plan.decisions}
    taken = {one.id: one.taken.id for one in before.plan.decisions if one.id in posed}
    after = analysed(folder, {"decisions": taken})

    created = {one.table for one in before.plan.create}
    undeclared = {one.table for one in before.plan.undeclared}
    counted = [
        one
        for one in after.plan.findings
        if one.counted
        and one.subject.split(".")[0] in created
        and not any(u in one.message for u in undeclared)
    ]
    assert [f"{one.rule} {one.subject}: {one.message}" for one in counted] == []
    assert created <= {one.name for one in after.survey.schema.tables}


@pytest.mark.node
@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_rows_of_kept_tables_stay_through_every_kind_of_change(
    tmp_path: Path, kit: Kit, databases: tuple[Database, Database]
) -> None:
    said = """users
full_name -> called
country: text (NOT NULL)
level: integer (NOT NULL, default 3)
age: text
- is_admin

clips
kind: "short" | "long" | "live"
seconds: bigint
rank: integer (NOT NULL)
unique: title
"""
    survey, plan = planned(FOLDER, said, [], flows=True)
    draft = draft_code(survey, plan)
    ours, _ = databases
    ours.run(*kit.migration(write_sources(tmp_path, survey)), *ROWS)
    start, rows = ours.catalogue(), ours.run("select id, full_name, age from users order by id")

    for phase in draft.phases:
        ours.run(phase.up)
    assert sorted(ours.run(counting(COUNTS)).split()) == sorted(
        f"{name}|{count}" for name, count in COUNTS.items()
    )
    assert ours.run("select id, called, age from users order by id") == rows
    assert ours.run("select distinct country, level from users") == "|3\n"
    for phase in reversed(draft.phases):
        ours.run(phase.down)
    assert ours.catalogue() == start
    assert ours.run("select id, full_name, age from users order by id") == rows


@pytest.mark.node
@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_a_reference_that_rows_need_waits_for_a_person_and_loses_nothing(
    tmp_path: Path, kit: Kit, databases: tuple[Database, Database]
) -> None:
    survey, plan = planned(
        FOLDER, "labels\nuser_id: uuid (NOT NULL, FK → users.id, cascade delete)", [], flows=False
    )
    phase = draft_code(survey, plan).phases[0]
    ours, _ = databases
    ours.run(*kit.migration(write_sources(tmp_path, survey)), *ROWS)
    start = ours.catalogue()

    with pytest.raises(Refused, match="contains null values"):
        ours.run(phase.up)
    assert ours.catalogue() == start

    chosen = phase.up.replace("-- UPDATE", "UPDATE").replace(
        "<value>", "(select min(id::text)::uuid from users)"
    )
    assert FILL in phase.up
    ours.run(chosen)
    assert ours.run("select count(*) from labels where user_id is not null") == "3\n"


def test_sqlite_takes_new_columns_three_ways_and_keeps_its_rows() -> None:
    said = "users\nnickname: text (nullable)\nlevel: integer (NOT NULL, default 3)\ncountry: text (NOT NULL)\n- age"
    survey, plan = planned(LITE, said, [], flows=False)
    draft = draft_code(survey, plan)
    database = Lite()
    tables = survey.schema.tables
    assert [one.name for one in tables] == ["users", "clips", "labels"]
    database.run(
        "create table users (id text primary key not null, email text not null, full_name text, age integer,"
        " is_admin integer default false not null, invited_by text, created_at integer default (unixepoch()) not null);"
        "create unique index users_email_unique on users (email);"
        "create table clips (id text primary key not null, owner_id text not null references users (id) on delete cascade,"
        " title text not null, seconds integer not null);"
        "create table labels (clip_id text not null references clips (id), word text not null);",
        *ROWS,
    )

    database.run(*(phase.up for phase in draft.phases))

    assert dict(database.rows(counting(COUNTS))) == COUNTS
    assert set(database.rows("select nickname, level, country from users")) == {(None, 3, "")}
    assert database.rows("pragma foreign_key_check") == []
    assert database.rows("pragma foreign_keys") == [(1,)]
    database.run(*(phase.down for phase in reversed(draft.phases)))
    assert dict(database.rows(counting(COUNTS))) == COUNTS
    database.close()


@pytest.mark.node
@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_policies_are_those_of_drizzle_kit_and_show_each_user_only_their_rows(
    tmp_path: Path, kit: Kit, databases: tuple[Database, Database], example: Callable[[str], Path]
) -> None:
    case = analysed(example("audio-notes"))
    draft = draft_code(case.survey, case.plan, policies=True)
    ours, theirs = databases
    ours.run(FOR_POLICIES)
    theirs.run(FOR_POLICIES.replace("create role authenticated;", ""))
    ours.run(*kit.migration(write_sources(tmp_path / "before", case.survey)))
    after = build(tmp_path / "after", case.survey, draft)
    theirs.run(*kit.migration(after))

    ours.run(*(phase.up for phase in draft.phases))

    try:
        assert kit.type_errors(after) == []
        assert [one for one in ours.catalogue() if one.startswith(("policy", "secured"))]
        assert ours.catalogue() == theirs.catalogue()
        ours.run(
            "grant all on all tables in schema public to authenticated; grant usage on schema public, auth to authenticated;",
            "insert into users (id, email) values ('00000000-0000-4000-8000-00000000000a', 'a'),",
            "('00000000-0000-4000-8000-00000000000b', 'b');",
            "insert into monthly_usage (user_id, month) select id, '2026-01-01' from users;",
        )
        seen = ours.run(
            "set role authenticated; set app.me = '00000000-0000-4000-8000-00000000000a';",
            "select user_id from monthly_usage;",
        )
        assert seen == "00000000-0000-4000-8000-00000000000a\n"
    finally:
        for one in databases:
            one.run(
                "drop schema public cascade; create schema public; drop schema auth cascade; drop owned by authenticated;"
            )
        ours.run("drop role authenticated;")


@pytest.mark.node
def test_drizzle_kit_itself_takes_the_drafted_files(
    tmp_path: Path, kit: Kit, example: Callable[[str], Path]
) -> None:
    case = analysed(example("site-studio"), AMENDED["site-studio"])
    folder = build(tmp_path / "after", case.survey, draft_code(case.survey, case.plan))
    (folder / "node_modules").symlink_to(ORACLE / "node_modules", target_is_directory=True)
    files = [f"./{one}" for one in schema_files(folder) if "node_modules" not in one]
    config = {"dialect": "postgresql", "schema": files, "out": "./out"}
    (folder / "drizzle.config.json").write_text(json.dumps(config), encoding="utf-8")
    binary = ORACLE / "node_modules" / "drizzle-kit" / "bin.cjs"

    done = subprocess.run(
        [str(node()), str(binary), "generate", "--config", "drizzle.config.json"],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )

    assert done.returncode == 0, done.stdout + done.stderr
    written = "".join(one.read_text(encoding="utf-8") for one in (folder / "out").glob("*.sql"))
    assert written, done.stdout + done.stderr
    assert all(f'CREATE TABLE "{one.name}"' in written for one in case.plan.target.tables)
