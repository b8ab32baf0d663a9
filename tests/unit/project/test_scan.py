"""What a scan of the source finds by its text alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from calm import cpu_seconds
from hypothesis import given, settings
from hypothesis import strategies as st

from shipkit_mcp.facts import CodeFacts
from shipkit_mcp.project import ProjectFiles, kept, open_project
from shipkit_mcp.project import scan as scanning
from shipkit_mcp.project.scan import ScanMemory, scan_code
from shipkit_mcp.project.source_text import SourceText

FilesOf = Callable[[dict[str, str]], ProjectFiles]
USERS = "lib/drizzle/schema/users.ts"
JOBS = "lib/drizzle/schema/jobs.ts"
BARREL = "lib/drizzle/schema/index.ts"
SCHEMA = {
    USERS: "export const users = pgTable('users', {});",
    JOBS: "export const jobs = pgTable('jobs', {});\nexport const jobStatus = pgEnum('s', []);",
    BARREL: 'export * from "./users";\nexport * from "./jobs";',
}


def ids(found: CodeFacts) -> list[str]:
    return [one.id for one in found.tasks]


# --- tasks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('export const a = task({ id: "one", run });', ["one"]),
        ("export const a = task({\n  // the name\n  id: 'one',\n})", ["one"]),
        ("export const a = schemaTask({ schema: z.object({ x }), id: `one` })", ["one"]),
        ('schedules.task({ id: "nightly", cron: "0 3 * * *" })', ["nightly"]),
        ('task<"one", Payload>({ id: "one" })', ["one"]),
        ('task({ id: "one" }); task({ id: "two" });', ["one", "two"]),
        ('// task({ id: "old" })\ntask({ id: "new" })', ["new"]),
        ('task({\n  // id: "old",\n  run })', []),
        ('task({ run }); const other = { id: "no" }; task({ id: "b" })', ["no", "b"]),
        ('const x = { id: "no" }', []),
        ('subtask({ id: "no" })', []),
        ('import * as sdk from "@trigger.dev/sdk"; sdk.task({ id: "one" })', ["one"]),
        ('task({ userId: "no", "id": "yes" })', ["yes"]),
    ],
)
def test_task_ids_are_read_in_the_folder_of_trigger(files_of: FilesOf, code: str, found: list[str]) -> None:
    assert ids(scan_code(files_of({"src/trigger/deep/jobs.ts": code}))) == found


def test_elsewhere_a_task_counts_only_with_the_package_of_trigger(files_of: FilesOf) -> None:
    task = 'const a = task({ id: "%s" });'
    found = scan_code(files_of({
        "lib/a.ts": task % "no",
        "jobs/b.ts": 'import { task } from "@trigger.dev/sdk/v3";\n' + task % "yes",
        "node_modules/@trigger.dev/sdk/c.ts": '"@trigger.dev/sdk";' + task % "never",
            "trigger/d.md": task % "never",
    }))  # fmt: skip

    assert ids(found) == ["yes"]
    assert str(found.tasks[0].evidence) == "jobs/b.ts:2"
    assert found.tasks[0].evidence.quote == task % "yes"


def test_a_task_that_stands_twice_is_told_once(files_of: FilesOf) -> None:
    code = 'task({ id: "one" })'

    assert ids(scan_code(files_of({"trigger/a.ts": code, "trigger/b.ts": code}))) == ["one"]


# --- imports ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("importer", "code", "targets"),
    [
        ("app/a.ts", 'import { users } from "@/lib/drizzle/schema/users";', [USERS]),
        ("app/a.ts", 'import { users } from "../lib/drizzle/schema/users";', [USERS]),
        ("lib/drizzle/schema/x.ts", 'import { users } from "./users.js";', [USERS]),
        ("app/a.ts", 'import { users } from "~/lib/drizzle/schema/users.ts"', [USERS]),
        ("app/a.ts", 'import type { users } from "src/lib/drizzle/schema/users"', []),
        ("app/a.ts", 'const { users } = require("../lib/drizzle/schema/users")', [USERS]),
        ("app/a.ts", 'const s = await import("@/lib/drizzle/schema/users")', [USERS]),
        ("app/a.ts", 'import { users } from "@/lib/drizzle/schema";', [USERS]),
        ("app/a.ts", 'import {\n  jobs,\n  type users,\n} from "@/lib/drizzle/schema";', [JOBS, USERS]),
        ("app/a.ts", 'import * as schema from "@/lib/drizzle/schema";', [BARREL, JOBS, USERS]),
        ("app/a.ts", 'import { users } from "some-package/users";', []),
        ("app/a.ts", 'import { users } from "users";', []),
        ("app/a.ts", 'import { users } from "./users";', []),
        ("app/a.ts", '// import { users } from "@/lib/drizzle/schema/users";', []),
        ("app/a.ts", 'const from = "users";', []),
    ],
)
def test_imports_of_schema_files_are_found(
    files_of: FilesOf, importer: str, code: str, targets: list[str]
) -> None:
    found = scan_code(files_of({**SCHEMA, importer: code}), sorted(SCHEMA))

    assert sorted({path for path, at in found.imports if at.path == importer}) == targets


def test_a_name_is_cited_by_the_line_it_stands_on(files_of: FilesOf) -> None:
    code = '"use server";\n\nimport {\n  jobs as j,\n  users,\n} from "@/lib/drizzle/schema";'
    found = scan_code(files_of({**SCHEMA, "app/a.ts": code}), sorted(SCHEMA))

    assert [(path, name, str(at)) for path, name, at in found.imported_names if at.path == "app/a.ts"] == [
        (JOBS, "jobs", "app/a.ts:4"),
        (USERS, "users", "app/a.ts:5"),
    ]


def test_a_package_of_the_workspace_is_known_by_its_name(files_of: FilesOf) -> None:
    found = scan_code(
        files_of({
            "packages/db/package.json": '{"name": "@acme/db"}',
            "packages/db/src/schema.ts": "export const posts = pgTable('posts', {});",
            "apps/web/a.ts": 'import { posts } from "@acme/db";\nimport { x } from "@acme/dbx";',
            "apps/web/b.ts": 'import { posts } from "@acme/db/schema";',
        }),
        ["packages/db/src/schema.ts"],
    )  # fmt: skip

    assert [str(at) for _, at in found.imports] == ["apps/web/a.ts:1", "apps/web/b.ts:1"]


def test_calls_of_drizzle_are_found(files_of: FilesOf) -> None:
    found = scan_code(files_of({
        "lib/db.ts": 'import { drizzle } from "drizzle-orm";\n// drizzle(x)\nconst db = drizzle(a, {});',
        "lib/other.ts": "mydrizzle(1); x.drizzle(2)",
    }))  # fmt: skip

    assert [str(at) for at in found.drizzle_calls] == ["lib/db.ts:3"]


# --- again ---------------------------------------------------------------------------------------


def test_an_unchanged_file_is_not_read_again(
    put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    task = 'task({ id: "%s" })'
    root = put({**SCHEMA, "trigger/a.ts": task % "one", "trigger/b.ts": task % "two"})
    project = open_project(None, launch=str(root), environ={}, cwd="/")
    memory = ScanMemory()
    monkeypatch.setattr(kept, "SETTLED", -1)
    first = project.scan(project.files(), sorted(SCHEMA), memory)
    read: list[str] = []
    real = ProjectFiles.raw

    def noted(
        self: ProjectFiles, folder: str, found: Sequence[str], limit: int
    ) -> Iterator[tuple[str, bytes]]:
        read.extend(found)
        return real(self, folder, found, limit)

    monkeypatch.setattr(ProjectFiles, "raw", noted)

    assert project.scan(project.files(), sorted(SCHEMA), memory) == first
    assert read == []

    (root / "trigger/b.ts").write_text(task % "three", encoding="utf-8")

    assert ids(project.scan(project.files(), sorted(SCHEMA), memory)) == ["one", "three"]
    assert read == ["b.ts"]

    (root / "trigger/a.ts").unlink()
    (root / USERS).write_text("export const people = 1;", encoding="utf-8")
    read.clear()

    assert ids(project.scan(project.files(), sorted(SCHEMA), memory)) == ["three"]
    assert "b.ts" in read


def test_a_file_whose_state_cannot_be_told_is_read(
    put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = put({"trigger/a.ts": 'task({ id: "one" })'})
    project = open_project(None, launch=str(root), environ={}, cwd="/")
    monkeypatch.setattr(ProjectFiles, "marks", lambda *given: dict.fromkeys(given[-1]))

    assert ids(project.scan(project.files(), (), ScanMemory())) == ["one"]


def test_a_file_that_was_changed_just_now_is_read_again(put: Callable[..., Path]) -> None:
    root = put({"trigger/a.ts": 'task({ id: "one" })'})
    project = open_project(None, launch=str(root), environ={}, cwd="/")
    memory = ScanMemory()
    project.scan(project.files(), (), memory)

    assert memory.found == {}


# --- limits -------------------------------------------------------------------------------------


def test_what_was_not_scanned_is_said(files_of: FilesOf, monkeypatch: pytest.MonkeyPatch) -> None:
    files = files_of({f"a{number}.ts": "x" * 100 for number in range(9)})

    assert scan_code(files).not_scanned is None
    assert scan_code(files).scanned == 9

    monkeypatch.setattr(scanning, "FILES", 5)
    found = scan_code(files)

    assert found.scanned == 5
    assert found.not_scanned is not None
    assert "4 more source files" in found.not_scanned

    monkeypatch.setattr(scanning, "FILES", 3_000)
    monkeypatch.setattr(scanning, "BYTES", 250)
    found = scan_code(files)

    assert found.scanned == 2
    assert found.not_scanned is not None
    assert "a2.ts" in found.not_scanned


def test_where_tasks_are_expected_is_scanned_first(
    files_of: FilesOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = files_of({f"a{number}.ts": "" for number in range(9)} | {"trigger/z.ts": 'task({ id: "one" })'})
    monkeypatch.setattr(scanning, "FILES", 2)

    found = scan_code(files)

    assert ids(found) == ["one"]
    assert found.scanned == 2


@pytest.mark.parametrize(
    "code",
    [
        "task(" * 40_000,
        "task<" * 40_000,
        "task({" + "id" * 100_000,
        'from "' * 40_000,
        "import {" + "a," * 100_000 + '} from "@/lib/drizzle/schema"',
        "import" * 40_000 + ' from "@/lib/drizzle/schema"',
        'import { a } from "@/lib/drizzle/schema";' * 5_000,
        "drizzle(" * 40_000,
        "drizzle<" * 40_000,
        "//" + " " * 200_000 + "task({ id: 'x' })",
        "'" * 200_000,
        "\n" * 200_000 + "task({ id: 'x' })",
    ],
    ids=lambda code: ascii(code[:12]),
)
def test_no_text_makes_the_scan_slow(files_of: FilesOf, code: str) -> None:
    files = files_of({**SCHEMA, "trigger/bad.ts": code})
    files.under()

    assert cpu_seconds(lambda: scan_code(files, sorted(SCHEMA))) < 1.5


PIECES = [
    "task({",
    "id: 'a'",
    "import {",
    "} from ",
    "'@/lib/drizzle/schema'",
    "\n",
    "//",
    "*",
    "drizzle(",
    "\0",
    "é",
    '"',
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=6), max_size=40))
def test_any_bytes_are_scanned_and_every_line_is_quoted(pieces: list[str | bytes]) -> None:
    data = b"".join(one if isinstance(one, bytes) else one.encode() for one in pieces)
    text = SourceText("trigger/a.ts", data)
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")

    for offset in range(len(data) + 1):
        at = text.at(offset)
        assert at.quote == lines[at.line - 1].decode(errors="replace").strip()
