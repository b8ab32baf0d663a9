"""Which folder is the project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from shipkit_mcp.errors import OutsideProject, ProjectError
from shipkit_mcp.project import open_project

IDEA = {"ai_docs/prep/master_idea.md": "# Master Idea Document"}
CONFIG = {"drizzle.config.ts": "export default {}"}
Put = Callable[..., Path]


def test_the_argument_wins_over_the_launch_root_it_lies_in(put: Put, tmp_path: Path) -> None:
    put(IDEA, "all/one")

    project = open_project("one", launch=str(tmp_path / "all"), environ={}, cwd="/")

    assert project.root == str(tmp_path / "all/one")
    assert "project" in project.found_by
    assert project.files().under() == ("ai_docs/prep/master_idea.md",)


def test_an_absolute_argument_inside_the_launch_root_is_taken(put: Put, tmp_path: Path) -> None:
    put({"a.md": "x"}, "all/one")

    project = open_project(str(tmp_path / "all/one"), launch=str(tmp_path / "all"), environ={}, cwd="/")

    assert project.files().under() == ("a.md",)


def test_a_folder_outside_the_launch_root_is_refused_though_it_looks_like_a_project(
    put: Put, tmp_path: Path
) -> None:
    put(IDEA, "mine")
    put(IDEA, "mine-too")

    with pytest.raises(OutsideProject, match="inside the project that this server was started for"):
        open_project(str(tmp_path / "mine-too"), launch=str(tmp_path / "mine"), environ={}, cwd="/")


def test_the_launch_root_is_the_project_whatever_it_looks_like(tmp_path: Path) -> None:
    project = open_project(None, launch=str(tmp_path), environ={"CLAUDE_PROJECT_DIR": "/"}, cwd="/")

    assert project.root == str(tmp_path)
    assert project.found_by == "given as `--project`"


@pytest.mark.parametrize("blank", [None, "", "  ", "${user_config.project_dir}"])
def test_what_hosts_pass_where_nothing_was_filled_in_counts_as_not_given(put: Put, blank: str | None) -> None:
    root = put(IDEA)

    project = open_project(None, launch=blank, environ={"SHIPKIT_PROJECT_DIR": str(root)}, cwd="/")

    assert project.root == str(root)
    assert project.found_by == "given as `SHIPKIT_PROJECT_DIR`"


def test_a_launch_root_that_is_missing_is_an_error_and_not_passed_by(put: Put, tmp_path: Path) -> None:
    root = put(IDEA)

    with pytest.raises(ProjectError, match="is not a folder"):
        open_project(
            None, launch=str(tmp_path / "nowhere"), environ={"CLAUDE_PROJECT_DIR": str(root)}, cwd=str(root)
        )


def test_the_variable_of_the_host_comes_before_the_working_directory(put: Put, tmp_path: Path) -> None:
    put(IDEA, "here")
    put({"x.md": ""}, "there")

    project = open_project(
        None, environ={"CLAUDE_PROJECT_DIR": str(tmp_path / "there")}, cwd=str(tmp_path / "here")
    )

    assert project.root == str(tmp_path / "there")
    assert "CLAUDE_PROJECT_DIR" in project.found_by


@pytest.mark.parametrize(
    "files",
    [
        IDEA,
        CONFIG,
        {"drizzle.config.prod.mjs": ""},
        {"package.json": "{}", "src/db/schema.ts": ""},
        {"package.json": "{}", "lib/drizzle/schema/users.ts": ""},
        {"docs/trigger_workflow_import.md": ""},
        {"wireframe.md": ""},
        {"apps/web/drizzle.config.ts": ""},
        {
            "packages/db/package.json": "{}",
            "packages/db/src/schema/a.ts": "",
            "packages/db/drizzle.config.ts": "",
        },
    ],
    ids=lambda files: next(iter(files)),
)
def test_a_working_directory_that_looks_like_a_project_is_one(put: Put, files: dict[str, str]) -> None:
    assert open_project(None, environ={}, cwd=str(put(files))).root


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"package.json": "{}"},
        {"notes.md": "# Master Idea Document"},
        {"src/db/schema.ts": ""},
        {"a/b/c/master_idea.md": ""},
        {"node_modules/drizzle.config.ts": ""},
        {".hidden/wireframe.md": ""},
    ],
    ids=lambda files: next(iter(files), "empty"),
)
def test_a_working_directory_that_does_not_is_refused_with_what_was_tried(
    put: Put, files: dict[str, str]
) -> None:
    root = put(files)

    with pytest.raises(ProjectError) as error:
        open_project(None, environ={"HOME": str(root.parent)}, cwd=str(root))

    said = str(error.value)
    for word in (
        "`--project`",
        "SHIPKIT_PROJECT_DIR",
        "CLAUDE_PROJECT_DIR",
        "working directory",
        "Pass `project`",
    ):
        assert word in said
    assert f"~/{root.name}" in said


@pytest.mark.parametrize("cwd", ["/", "home", "above"])
def test_neither_the_top_nor_home_nor_what_is_above_it_is_a_project(
    put: Put, tmp_path: Path, cwd: str
) -> None:
    put(IDEA | CONFIG, "users/me")
    put(IDEA | CONFIG, "users")
    where = {"/": "/", "home": str(tmp_path / "users/me"), "above": str(tmp_path / "users")}[cwd]

    with pytest.raises(ProjectError):
        open_project(None, environ={"HOME": str(tmp_path / "users/me")}, cwd=where)


@pytest.mark.parametrize("below", ["", "me"])
def test_a_host_that_was_started_at_home_names_no_project(put: Put, tmp_path: Path, below: str) -> None:
    put(IDEA | CONFIG, "me")
    put(IDEA)

    with pytest.raises(ProjectError, match="home folder"):
        open_project(
            None, environ={"HOME": str(tmp_path / "me"), "CLAUDE_PROJECT_DIR": str(tmp_path / below)}, cwd="/"
        )


def test_an_argument_without_a_launch_root_must_look_like_a_project(put: Put, tmp_path: Path) -> None:
    put(IDEA, "good")
    put({"diary.md": "secret"}, "diary")

    assert open_project(str(tmp_path / "good"), environ={}, cwd="/").root == str(tmp_path / "good")
    with pytest.raises(ProjectError, match="does not look like a project"):
        open_project(str(tmp_path / "diary"), environ={}, cwd="/")


def test_home_is_shown_as_a_tilde_and_never_meant_by_one(put: Put, tmp_path: Path) -> None:
    put(IDEA, "me/work")
    environ = {"HOME": str(tmp_path / "me")}

    assert open_project(str(tmp_path / "me/work"), environ=environ, cwd="/").shown_root == "~/work"
    with pytest.raises(ProjectError):
        open_project("~/work", environ=environ, cwd=str(tmp_path))


def test_a_root_that_is_a_link_is_resolved_once(put: Put, tmp_path: Path) -> None:
    put(IDEA, "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")

    assert open_project(None, launch=str(tmp_path / "link"), environ={}, cwd="/").root == str(
        tmp_path / "real"
    )


def test_a_link_that_leads_out_of_the_launch_root_is_refused(put: Put, tmp_path: Path) -> None:
    put(IDEA, "mine")
    put(IDEA, "other")
    (tmp_path / "mine/link").symlink_to(tmp_path / "other")

    with pytest.raises(OutsideProject):
        open_project("link", launch=str(tmp_path / "mine"), environ={}, cwd="/")


def test_a_root_that_was_replaced_is_told(put: Put, tmp_path: Path) -> None:
    put(IDEA, "mine")
    project = open_project(None, launch=str(tmp_path / "mine"), environ={}, cwd="/")
    (tmp_path / "mine").rename(tmp_path / "was")
    with pytest.raises(ProjectError):
        project.files()
    put(IDEA, "mine")

    with pytest.raises(ProjectError, match="was replaced"):
        project.files()
