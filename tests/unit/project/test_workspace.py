"""A package of a workspace may be read with its workspace; writing and scanning stay in the package."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from shipkit_mcp.errors import OutsideProject
from shipkit_mcp.project import open_project
from shipkit_mcp.project.workspace import read_pnpm, read_workspaces
from shipkit_mcp.project.writer import save

PNPM = {"pnpm-workspace.yaml": "packages:\n  - 'apps/*'\n  - packages/**  # all\n  - '!packages/old'\n"}
NPM = {"package.json": '{"workspaces": ["apps/*", "packages/*"]}'}
YARN = {"package.json": '{"workspaces": {"packages": ["apps/**"]}}'}
APP = {"apps/web/ai_docs/prep/master_idea.md": "idea", "apps/web/lib/a.ts": "x"}
DB = {"packages/db/src/schema.ts": "schema"}
Put = Callable[..., Path]


def _never(*_: object) -> bool:
    return False


@pytest.mark.parametrize("listing", [PNPM, NPM, YARN])
def test_a_package_reads_the_workspace_that_lists_it(put: Put, listing: dict[str, str]) -> None:
    root = put(listing | APP | DB)

    project = open_project(None, launch=str(root / "apps/web"), environ={"HOME": str(root.parent)}, cwd="/")
    files = project.files()
    source = files.get("../../packages/db/src/schema.ts")

    assert source is not None
    assert (source.path, source.text) == ("../../packages/db/src/schema.ts", "schema")
    assert files.own() == ("ai_docs/prep/master_idea.md", "lib/a.ts")
    assert {*files.under()} > {*files.own(), "../../packages/db/src/schema.ts"}
    assert files.under("../../packages") == ("../../packages/db/src/schema.ts",)
    assert files.workspace == "../.."
    assert (project.shown_root, project.workspace) == (f"~/{root.name}/apps/web", f"~/{root.name}")


def test_the_documents_of_the_package_come_before_those_of_the_workspace(put: Put) -> None:
    root = put(
        PNPM | DB | {"apps/web/a.ts": "", "ai_docs/prep/wireframe.md": "", "apps/b/docs/master_idea.md": ""}
    )
    project = open_project(None, launch=str(root / "apps/web"), environ={}, cwd="/")

    assert project.documents(project.files()).paths == ("../../ai_docs/prep/wireframe.md",)

    put({"docs/wireframe.md": ""}, "apps/web")

    assert project.documents(project.files()).paths == ("docs/wireframe.md",)


def test_the_packages_of_the_workspace_count_for_the_stack(put: Put) -> None:
    root = put(PNPM | APP | {"packages/jobs/package.json": '{"dependencies": {"@trigger.dev/sdk": "4"}}'})
    project = open_project(None, launch=str(root / "apps/web"), environ={}, cwd="/")

    assert project.stack(project.files()).uses_trigger


def test_an_import_of_a_package_of_the_workspace_is_found(put: Put) -> None:
    named = {"packages/db/package.json": '{"name": "@acme/db"}'}
    root = put(PNPM | APP | DB | named | {"apps/web/lib/b.ts": 'import { users } from "@acme/db";'})
    project = open_project(None, launch=str(root / "apps/web"), environ={}, cwd="/")

    found = project.scan(project.files(), ["../../packages/db/src/schema.ts"])

    assert [(path, str(at)) for path, at in found.imports] == [
        ("../../packages/db/src/schema.ts", "lib/b.ts:1")
    ]


def test_a_huge_workspace_cannot_hide_the_package(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    root = put(PNPM | APP | {f"aaa/{one}/{two}.md": "" for one in range(10) for two in range(20)})
    monkeypatch.setattr("shipkit_mcp.project.listing.TOTAL", 60)
    files = open_project(None, launch=str(root / "apps/web"), environ={}, cwd="/").files()

    assert files.own() == ("ai_docs/prep/master_idea.md", "lib/a.ts")
    assert any("more entries" in one for one in files.warnings)


def test_nothing_above_the_workspace_is_read(put: Put, tmp_path: Path) -> None:
    root = put(PNPM | APP, "repo")
    put({"secret.md": "x"})

    files = open_project(None, launch=str(root / "apps/web"), environ={}, cwd="/").files()

    assert files.get("../../../secret.md") is None
    assert files.get("../../pnpm-workspace.yaml") is not None


@pytest.mark.parametrize(
    "files",
    [
        {"pnpm-workspace.yaml": "packages:\n  - 'sites/*'\n"},
        {"pnpm-workspace.yaml": "packages:\n  - 'apps/*'\n  - '!apps/web'\n"},
        {"package.json": '{"workspaces": ["packages/*"]}'},
        {"package.json": "{"},
        {"package.json": "[" * 100_000},
        {},
    ],
    ids=["others", "excluded", "npm", "broken", "deep", "none"],
)
def test_a_workspace_that_does_not_list_it_is_no_workspace(put: Put, files: dict[str, str]) -> None:
    root = put(files | APP | DB)

    project = open_project(None, launch=str(root / "apps/web"), environ={}, cwd="/")

    assert project.workspace is None
    assert project.files().get("../../packages/db/src/schema.ts") is None


def test_home_is_never_a_workspace(put: Put) -> None:
    root = put(PNPM | APP)

    assert (
        open_project(None, launch=str(root / "apps/web"), environ={"HOME": str(root)}, cwd="/").workspace
        is None
    )
    above = {"HOME": str(root / "apps")}
    assert open_project(None, launch=str(root / "apps/web"), environ=above, cwd="/").workspace is None


def test_a_workspace_of_another_owner_is_not_believed(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    root = put(PNPM | APP)
    monkeypatch.setattr("shipkit_mcp.project.workspace._same_owner", _never)

    assert open_project(None, launch=str(root / "apps/web"), environ={}, cwd="/").workspace is None


def test_writing_never_leaves_the_package(put: Put) -> None:
    root = put(PNPM | APP)
    project = open_project(None, launch=str(root / "apps/web"), environ={}, cwd="/")

    with pytest.raises(OutsideProject):
        save(project, "../../packages/x.md", b"x", seen=None, keep=bool)
    save(project, "ai_docs/prep/initial_data_schema.md", b"x", seen=None, keep=bool)

    assert (root / "apps/web/ai_docs/prep/initial_data_schema.md").read_bytes() == b"x"


def test_the_text_scan_stays_in_the_package(put: Put) -> None:
    task = 'import { task } from "@trigger.dev/sdk"; export const a = task({ id: "one" })'
    root = put(PNPM | APP | {"packages/jobs/a.ts": task, "apps/web/trigger/b.ts": task.replace("one", "two")})
    project = open_project(None, launch=str(root / "apps/web"), environ={}, cwd="/")

    found = project.scan(project.files())

    assert [one.id for one in found.tasks] == ["two"]


def test_a_folder_given_inside_the_launch_root_sees_the_workspace_in_it(put: Put, tmp_path: Path) -> None:
    root = put(PNPM | APP | DB, "repo")

    inside = open_project("apps/web", launch=str(root), environ={}, cwd="/")

    assert inside.files().get("../../packages/db/src/schema.ts") is not None
    assert inside.root == str(root / "apps/web")


def test_a_workspace_above_the_launch_root_is_not_reached_by_a_folder_in_it(put: Put) -> None:
    root = put(PNPM | APP | DB)

    project = open_project("web", launch=str(root / "apps"), environ={}, cwd="/")

    assert project.workspace is None
    assert project.files().get("../../packages/db/src/schema.ts") is None


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("packages:\n- a\n- 'b/*'\n- \"c\"\nother:\n- d\n", ("a", "b/*", "c")),
        ("catalog:\n  x: 1\npackages:\n  # none\n  - a # one\n", ("a",)),
        ("", ()),
    ],
)
def test_the_list_of_pnpm_is_read_without_a_yaml_parser(text: str, listed: tuple[str, ...]) -> None:
    assert read_pnpm(text) == listed


@pytest.mark.parametrize("text", ["", "[]", "1", '{"workspaces": 1}', '{"workspaces": {"packages": 2}}'])
def test_a_package_without_a_list_is_no_workspace(text: str) -> None:
    assert read_workspaces(text) is None
