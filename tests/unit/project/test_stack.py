"""The tools a project uses, by package.json and file names."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from shipkit_mcp.project import ProjectFiles
from shipkit_mcp.project.stack import read_stack

FilesOf = Callable[[dict[str, str]], ProjectFiles]


def manifest(**packages: str) -> str:
    return json.dumps({"name": "x", "dependencies": packages}, indent=2)


def test_the_packages_that_matter_are_listed_with_their_ranges(files_of: FilesOf) -> None:
    text = '{"dependencies": {"drizzle-orm": "^0.45", "left": "1"}, "devDependencies": {"drizzle-kit": "~1"}}'

    assert read_stack(files_of({"package.json": text})).packages == (
        ("drizzle-kit", "~1"),
        ("drizzle-orm", "^0.45"),
    )


@pytest.mark.parametrize(
    ("files", "uses"),
    [
        ({"package.json": '{"dependencies": {"@trigger.dev/sdk": "4"}}'}, True),
        ({"apps/web/package.json": '{"devDependencies": {"@trigger.dev/build": "4"}}'}, True),
        ({"trigger.config.ts": ""}, True),
        ({"package.json": '{"dependencies": {"trigger": "1"}}'}, False),
        ({}, False),
    ],
)
def test_trigger_is_told_by_a_package_or_its_config(
    files_of: FilesOf, files: dict[str, str], uses: bool
) -> None:
    assert read_stack(files_of(files)).uses_trigger is uses


@pytest.mark.parametrize(
    ("files", "title", "evidence"),
    [
        ({"prisma/schema.prisma": "model A {}"}, "Prisma", "prisma/schema.prisma:1"),
        (
            {"package.json": '{\n "dependencies": {\n  "@prisma/client": "6"\n }\n}'},
            "Prisma",
            "package.json:3",
        ),
        ({"supabase/migrations/1.sql": ""}, "SQL files", "supabase/migrations/1.sql:1"),
        ({"sql/init.sql": ""}, "SQL files", "sql/init.sql:1"),
        ({"package.json": '{"dependencies": {"inngest": "3"}}'}, "Inngest", "package.json:1"),
        ({"src/inngest/jobs.ts": ""}, "Inngest", "src/inngest/jobs.ts:1"),
        ({"package.json": '{"dependencies": {"bullmq": "5"}}'}, "BullMQ", "package.json:1"),
        ({"package.json": '{"dependencies": {"pg-boss": "10"}}'}, "pg-boss", "package.json:1"),
    ],
)
def test_other_stacks_are_seen_and_said_not_to_be_read(
    files_of: FilesOf, files: dict[str, str], title: str, evidence: str
) -> None:
    (seen,) = read_stack(files_of(files)).others

    assert seen.text.startswith(f"{title} was seen (`{evidence.rpartition(':')[0]}`)")
    assert "not read" in seen.text
    assert str(seen.evidence) == evidence


def test_migrations_of_drizzle_itself_are_no_other_stack(files_of: FilesOf) -> None:
    drizzle = '{"devDependencies": {"drizzle-kit": "1"}}'
    files = {"drizzle/migrations/0000_a.sql": "", "package.json": drizzle}

    assert read_stack(files_of(files)).others == ()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"dependencies": []}', '{"dependencies": {"stripe": {}}}', "[" * 9_000]
)
def test_any_package_json_is_read_without_an_error(files_of: FilesOf, text: str) -> None:
    assert read_stack(files_of({"package.json": text})).uses_trigger is False
