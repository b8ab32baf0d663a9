"""Nothing outside a project is read, whatever it is asked for and whatever stands in it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from calm import wall_seconds
from hostile import disk

from shipkit_mcp.errors import ShipkitError
from shipkit_mcp.project import Project, find_documents, open_project

HOME = {"HOME": "/nonexistent-home"}
PATHS = [*disk.TEXT_PATHS, *disk.DISK_PATHS]
IDS = [ascii(path)[:60] for path in PATHS]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return disk.build(tmp_path_factory.mktemp("outside"))


@pytest.fixture(params=["posix", "portable"])
def project(root: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Project:
    if request.param == "portable":
        disk.hide_posix(monkeypatch)
    return open_project(None, launch=str(root), environ=HOME, cwd="/")


def test_there_are_at_least_120_hostile_paths_and_15_look_alikes() -> None:
    assert len(set(PATHS)) >= 120
    assert len(set(disk.BENIGN)) >= 15


def quickest(action: Callable[[], None]) -> float:
    """Seconds of the best of five: what else this machine does must not count."""

    def attempt() -> float:
        started = time.perf_counter()
        action()
        return time.perf_counter() - started

    return wall_seconds(attempt, 0.1, tries=5)


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_a_hostile_path_is_refused_as_a_document(project: Project, path: str) -> None:
    def refused() -> None:
        files = project.files()
        assert files.get(path) is None
        assert disk.CANARY not in repr(files.warnings)
        repr(files.warnings).encode("utf-8")

    assert quickest(refused) < 0.1


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_a_hostile_path_is_refused_as_a_folder(project: Project, path: str) -> None:
    listed = project.files().under(path)

    assert not [one for one in listed if one.startswith("..") or "secret" in one or "node_modules" in one]
    if path.strip() and path.strip("/. \t") not in ("ai_docs/prep",):
        assert not listed


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_a_hostile_path_is_refused_as_the_project_of_a_call(root: Path, path: str) -> None:
    if not path.strip():
        pytest.skip("blank means: not given")
    if path == "folder.md":
        pytest.skip("a folder of the project")

    def refused() -> None:
        with pytest.raises(ShipkitError) as error:
            open_project(path, launch=str(root), environ=HOME, cwd=str(root))
        assert disk.CANARY not in str(error.value)
        assert len(str(error.value)) < 1_200
        str(error.value).encode("utf-8")

    assert quickest(refused) < 0.1


@pytest.mark.parametrize("name", disk.BENIGN)
def test_a_benign_look_alike_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("here", encoding="utf-8")
    files = open_project(None, launch=str(tmp_path), environ=HOME, cwd="/").files()

    source = files.get(name)

    assert source is not None
    assert source.text == "here"
    assert name in files.under()


def test_no_listing_holds_a_link_a_secret_or_a_special_file(project: Project) -> None:
    listed = project.files().under()

    assert set(listed) == {
        *("ai_docs/prep/master_idea.md", "package.json", "sparse.md", "huge.ts", "binary.ts", "utf16_half.ts")
    }


def test_what_was_refused_is_said_with_its_reason(project: Project) -> None:
    files = project.files()
    for name in ("link.md", "fifo.md", "sparse.md", "binary.ts", "utf16_half.ts", "linked/secret.md"):
        assert files.get(name) is None

    said = "\n".join(files.warnings)

    for name in ("link.md", "fifo.md", "sparse.md", "binary.ts", "utf16_half.ts", "linked"):
        assert f"`{name}`" in said
    assert "link" in said
    assert "NUL" in said
    assert "17,179,869,184 bytes" in said


def test_a_link_in_the_folder_of_documents_is_said(project: Project) -> None:
    files = project.files()

    assert find_documents(files).paths == ("ai_docs/prep/master_idea.md",)
    assert any("`ai_docs/prep/link.md` is a link" in one for one in files.warnings)


def test_a_hard_link_of_another_owner_is_refused_and_ones_own_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("a", encoding="utf-8")
    os.link(tmp_path / "a.md", tmp_path / "b.md")
    project = open_project(None, launch=str(tmp_path), environ=HOME, cwd="/")
    files = project.files()

    assert files.get("a.md") is not None
    assert any("hard link" in one for one in files.warnings)

    monkeypatch.setattr(os, "geteuid", lambda: (tmp_path / "a.md").stat().st_uid + 1)

    assert project.files().get("b.md") is None


def test_names_that_some_systems_take_for_one_are_both_refused(tmp_path: Path) -> None:
    for name in ("Idea.md", "idea.md", "other.md"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    if len(list(tmp_path.iterdir())) != 3:
        pytest.skip("this file system takes them for one")
    files = open_project(None, launch=str(tmp_path), environ=HOME, cwd="/").files()

    assert files.under() == ("other.md",)
    assert files.get("idea.md") is None
    assert any("only by case" in one for one in files.warnings)


def test_names_that_are_not_utf_8_are_left_out_and_printable(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    with (folder / os.fsdecode(b"caf\xe9.md")).open("w", encoding="utf-8") as file:
        file.write("x")
    files = open_project(None, launch=str(tmp_path), environ=HOME, cwd="/").files()

    assert files.under("docs") == ()
    assert any("docs/caf" in one for one in files.warnings)
    "".join(files.warnings).encode("utf-8")


def test_a_folder_of_too_many_names_is_cut_and_said(tmp_path: Path) -> None:
    for number in range(2_050):
        (tmp_path / f"{number:05}.md").touch()
    files = open_project(None, launch=str(tmp_path), environ=HOME, cwd="/").files()

    assert len(files.under()) == 2_000
    assert any("more entries" in one for one in files.warnings)


def test_one_run_reads_no_more_than_its_budget(tmp_path: Path) -> None:
    for number in range(70):
        (tmp_path / f"{number:02}.md").write_text("x", encoding="utf-8")
    for number in range(12):
        (tmp_path / f"{number:02}.big.md").write_text("y" * (250 << 10), encoding="utf-8")
    project = open_project(None, launch=str(tmp_path), environ=HOME, cwd="/")
    files = project.files()

    many = [files.get(f"{number:02}.md") for number in range(70)]

    assert [one is not None for one in many] == [True] * 64 + [False] * 6
    assert files.get("00.md") is many[0]
    assert len(files.warnings) == 6

    files = project.files()
    big = [files.get(f"{number:02}.big.md") for number in range(12)]

    assert sum(one is not None for one in big) == 8


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "grows.md").write_bytes(b"x" * 100)
    files = open_project(None, launch=str(tmp_path), environ=HOME, cwd="/").files()
    monkeypatch.setattr(os, "read", lambda _, size: b"x" * size)

    assert files.get("grows.md") is None
    assert any("grew" in one for one in files.warnings)


def test_reading_leaves_no_descriptor_open(root: Path) -> None:
    project = open_project(None, launch=str(root), environ=HOME, cwd="/")
    project.files().close()
    before = disk.descriptors()

    for _ in range(20):
        files = project.files()
        files.under()
        for path in (*disk.DISK_PATHS, "ai_docs/prep/master_idea.md"):
            files.get(path)
        files.close()

    assert disk.descriptors() == before


def test_a_tree_that_is_too_deep_ends(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(40):
        deep = deep / "d"
        deep.mkdir()
        (deep / "x.md").touch()
    files = open_project(None, launch=str(tmp_path), environ=HOME, cwd="/").files()

    assert 20 <= len(files.under()) <= 25
    assert files.get("d/" * 40 + "x.md") is None
