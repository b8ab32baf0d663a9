"""The view of a project's files that readers are given."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from calm import cpu_seconds

from shipkit_mcp.facts import Files
from shipkit_mcp.project import ProjectFiles, open_project

FilesOf = Callable[[dict[str, str]], ProjectFiles]


def test_it_is_what_readers_ask_for(files_of: FilesOf) -> None:
    files: Files = files_of({"b.ts": "b", "a/c.md": "c"})

    assert list(files.under()) == ["a/c.md", "b.ts"]
    assert files.get("nothing.md") is None


@pytest.mark.parametrize(
    "folder",
    [
        "node_modules/x",
        "build",
        "dist",
        "dist-types",
        ".next/server",
        "out",
        "coverage",
        ".turbo",
        "vendor",
        ".git",
    ],
)
def test_packages_and_what_is_built_are_passed_by(files_of: FilesOf, folder: str) -> None:
    files = files_of({f"{folder}/a.ts": "", f"apps/web/{folder}/b.md": "", "src/builder/ok.ts": ""})

    assert files.under() == ("src/builder/ok.ts",)


@pytest.mark.parametrize("folder", ["dist/schema", "build/db", ".drizzle/schema", "out"])
def test_a_folder_that_a_config_names_is_read_all_the_same(files_of: FilesOf, folder: str) -> None:
    files = files_of({f"{folder}/a.js": "x"})

    assert files.under(folder) == (f"{folder}/a.js",)
    assert files.get(f"{folder}/a.js") is not None


@pytest.mark.parametrize("folder", ["node_modules/pkg", ".git", ".ssh", ".env.d", "a/node_modules/pkg"])
def test_a_folder_of_packages_or_secrets_is_not_even_then(files_of: FilesOf, folder: str) -> None:
    files = files_of({f"{folder}/a.ts": "x"})

    assert files.under(folder) == ()
    assert files.get(f"{folder}/a.ts") is None


READABLE = (
    *(
        "a.md",
        "a.MD",
        "a.mdx",
        "a.ts",
        "a.mts",
        "a.cjs",
        "package.json",
        "tsconfig.json",
        "tsconfig.base.json",
    ),
    *("pnpm-workspace.yaml", "schema.prisma", "1.sql", "shipkit.json"),
)
CLOSED = (
    *("data.json", ".env", ".env.ts", "key.pem", "a.txt", "a.md.bak", "compose.yaml", ".npmrc", "photo.png"),
)


@pytest.mark.parametrize(
    ("name", "readable"), [*((name, True) for name in READABLE), *((name, False) for name in CLOSED)]
)
def test_only_documents_source_and_a_few_settings_are_opened(
    files_of: FilesOf, name: str, readable: bool
) -> None:
    files = files_of({name: "x"})

    assert (files.get(name) is not None) is readable
    assert (name in files.under()) is readable


@pytest.mark.parametrize(
    "path", ["../a.md", "/a.md", "src/../a.md", "src//a.md", "./a.md", "src/./a.md", "C:a.md"]
)
def test_only_plain_relative_paths_are_taken_and_others_are_told(files_of: FilesOf, path: str) -> None:
    files = files_of({"a.md": "", "src/a.md": ""})

    assert files.get(path) is None
    assert files.under(path) == ()
    assert files.warnings == (f"`{path}` was not read: it is not a path inside the project.",)


def test_a_decomposed_name_is_told_once_however_often_and_with_whatever_ending_it_is_asked_for(
    files_of: FilesOf,
) -> None:
    name = unicodedata.normalize("NFD", "sch\u00e9ma")
    files = files_of({f"src/{name}.ts": "", f"src/{name}/a.ts": ""})

    for ending in (".ts", ".tsx", ".js", "/index.ts", "/a.ts", "/a.ts"):
        assert files.get(f"src/{name}{ending}") is None

    why = "was not read: it has a name that is not in Unicode's composed form."
    assert files.warnings == (f"`src/{name}.ts` {why}", f"`src/{name}` {why}")


def test_the_settings_of_many_packages_leave_room_for_the_schema(files_of: FilesOf) -> None:
    packages = {f"packages/p{number}/package.json": "{}" for number in range(500)}
    files = files_of({**packages, "src/schema.ts": "export {};"})

    assert all(files.get(path) is not None for path in packages)
    assert files.get("src/schema.ts") is not None
    assert files.warnings == ()


def test_a_file_is_read_once_a_run(files_of: FilesOf, tmp_path: Path) -> None:
    files = files_of({"a.md": "one"})
    first = files.get("a.md")
    (tmp_path / "a.md").write_text("two", encoding="utf-8")

    assert files.get("a.md") is first


def test_each_run_sees_the_files_as_they_are_now(tmp_path: Path) -> None:
    project = open_project(None, launch=str(tmp_path), environ={}, cwd="/")
    assert project.files().under() == ()
    (tmp_path / "a.md").write_text("one", encoding="utf-8")

    assert project.files().under() == ("a.md",)


def test_a_folder_that_may_not_be_listed_is_said(files_of: FilesOf, tmp_path: Path) -> None:
    if getattr(os, "geteuid", lambda: 1)() == 0:
        pytest.skip("root may list everything")
    files = files_of({"closed/a.md": "", "open/b.md": ""})
    (tmp_path / "closed").chmod(0)
    try:
        assert files.under() == ("open/b.md",)
        assert any("closed" in one for one in files.warnings)
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_warnings_are_counted_beyond_forty(files_of: FilesOf) -> None:
    files = files_of({})
    for number in range(50):
        files.warn(f"{number}.md", "was odd")

    assert len(files.warnings) == 41
    assert files.warnings[-1] == "10 more files or folders were left out."


def test_a_project_with_packages_installed_is_listed_in_milliseconds(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"src/{number}").mkdir(parents=True)
        for name in range(5):
            (tmp_path / f"src/{number}/{name}.ts").touch()
        (tmp_path / f"node_modules/{number}/deep/deeper").mkdir(parents=True)
    project = open_project(None, launch=str(tmp_path), environ={}, cwd="/")

    assert len(project.files().under()) == 300
    assert cpu_seconds(lambda: project.files().under(), tries=5) < 0.05
