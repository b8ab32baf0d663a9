"""A name that is swapped at the worst moment, between the look at it and its opening: each time, not by chance."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import disk
from hostile.stdio import write_project
from hostile.writing import DOCUMENT, none_kept, opened

from shipkit_mcp.errors import ShipkitError
from shipkit_mcp.project import Project, folder, place, target
from shipkit_mcp.project.writer import save

pytestmark = pytest.mark.skipif(not folder.can_hold(), reason="opens names below open folders")
IDEA = "ai_docs/prep/master_idea.md"
FOLLOWING = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
Swap = Callable[[], None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project, and outside of it a twin that holds a secret under the same names."""
    write_project(tmp_path / "outside", {IDEA: disk.CANARY, DOCUMENT: "precious"})
    return write_project(tmp_path / "project", {IDEA: "# mine\n", DOCUMENT: "old"})


def swap_for_a_link(root: Path, name: str) -> Swap:
    """What puts a link to the twin in the place of a name, once."""

    def swap() -> None:
        if not (root / name).is_symlink():
            (root / name).rename(root.parent / "aside")
            (root / name).symlink_to(root.parent / "outside" / name)

    return swap


def before_entering(monkeypatch: pytest.MonkeyPatch, step: str, swap: Swap) -> None:
    """Swap whenever a folder of that name is about to be opened below another."""
    usual = folder.HeldFolder.folder

    def enter(self: folder.HeldFolder, name: str) -> folder.Folder:
        if name == step:
            swap()
        return usual(self, name)

    monkeypatch.setattr(folder.HeldFolder, "folder", enter)


def read(project: Project) -> str | None:
    files = project.files()
    try:
        source = files.get(IDEA)
        assert disk.CANARY not in repr(files.warnings)
        return source.text if source else None
    finally:
        files.close()


def write(project: Project) -> None:
    save(project, DOCUMENT, b"ours", seen=b"old", keep=none_kept)


@pytest.mark.parametrize("step", ["ai_docs", "prep"])
def test_a_folder_swapped_before_it_is_entered_is_not_read_through(
    root: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    way = "ai_docs" if step == "ai_docs" else "ai_docs/prep"
    before_entering(monkeypatch, step, swap_for_a_link(root, way))
    assert read(opened(root)) is None

    monkeypatch.setattr(folder, "_ENTER", FOLLOWING)
    (root / way).unlink()
    (root.parent / "aside").rename(root / way)
    assert read(opened(root)) == disk.CANARY  # so the moment was the right one


@pytest.mark.parametrize("step", ["ai_docs", "prep"])
def test_a_folder_swapped_before_it_is_entered_is_not_written_through(
    root: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    way = "ai_docs" if step == "ai_docs" else "ai_docs/prep"
    outside = disk.tree(root.parent / "outside")
    before_entering(monkeypatch, step, swap_for_a_link(root, way))
    with pytest.raises(ShipkitError):
        write(opened(root))
    assert disk.tree(root.parent / "outside") == outside

    monkeypatch.setattr(folder, "_ENTER", FOLLOWING)
    (root / way).unlink()
    (root.parent / "aside").rename(root / way)
    save(opened(root), DOCUMENT, b"ours", seen=b"precious", keep=none_kept)
    assert disk.tree(root.parent / "outside") != outside


def test_a_root_swapped_after_it_was_found_is_neither_read_nor_written(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = opened(root)
    root.rename(root.parent / "aside")
    (root.parent / "outside").rename(root)

    for work in (read, write):
        with pytest.raises(ShipkitError, match="replaced while we worked"):
            work(project)
    monkeypatch.setattr(place.Project, "_open_base", lambda self: folder.open_folder(self.base))
    assert (root / DOCUMENT).read_bytes() == b"precious"
    files = project.files()
    assert (source := files.get(IDEA)) is not None
    assert source.text == disk.CANARY  # that check alone kept it out


def test_a_root_swapped_for_a_link_is_neither_read_nor_written(root: Path) -> None:
    project = opened(root)
    root.rename(root.parent / "aside")
    root.symlink_to("outside")

    for work in (read, write):
        with pytest.raises(ShipkitError):
            work(project)
    assert (root.parent / "outside" / DOCUMENT).read_bytes() == b"precious"


SWAPPED: dict[str, Callable[[Path], None]] = {
    "a link": lambda path: path.symlink_to(path.parents[3] / "outside" / DOCUMENT),
    "a folder": Path.mkdir,
    "a full folder": lambda path: (path / "in").mkdir(parents=True),
    "a pipe": getattr(os, "mkfifo", Path.touch),
    "another file": lambda path: (path.write_bytes(b"a person's"), None)[1],
    "nothing": lambda _path: None,
}


@pytest.mark.parametrize("what", SWAPPED)
@pytest.mark.parametrize(
    "moment", ["before it is looked at", "before it is compared", "before the last look"]
)
def test_a_document_swapped_while_it_is_written_is_kept_and_nothing_outside_changes(
    root: Path, monkeypatch: pytest.MonkeyPatch, what: str, moment: str
) -> None:
    path, outside = root / DOCUMENT, disk.tree(root.parent / "outside")

    def swap(*_given: object) -> bool:
        if path.is_file() and not path.is_symlink() and path.read_bytes() == b"old":
            path.unlink()
            SWAPPED[what](path)
        return False

    project = opened(root)
    if moment == "before it is looked at":
        swap()
    elif moment == "before it is compared":
        usual = target._enter
        monkeypatch.setattr(target, "_enter", lambda *given: (swap(), usual(*given))[1])
    cancelled = swap if moment == "before the last look" else None
    with pytest.raises(ShipkitError):
        save(project, DOCUMENT, b"ours", seen=b"old", keep=none_kept, cancelled=cancelled)
    assert disk.tree(root.parent / "outside") == outside
    assert not list(path.parent.glob(".*.new"))
    assert path.is_symlink() or not path.is_file() or path.read_bytes() == b"a person's"
