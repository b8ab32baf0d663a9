"""While names are flipped between real things and links to the outside, nothing is read or written there."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hostile import disk
from hostile.writing import none_kept, opened

from shipkit_mcp.errors import ShipkitError
from shipkit_mcp.project import Project
from shipkit_mcp.project.writer import save

IDEA = "ai_docs/prep/master_idea.md"
PLAN = "ai_docs/prep/initial_data_schema.md"
FLIPPED = {
    "file": (IDEA, IDEA),
    "document": (PLAN, PLAN),
    "folder": ("ai_docs/prep", "ai_docs/prep"),
    "parent": ("ai_docs", "ai_docs"),
    "root": ("", ""),
}
"""What is flipped in the project, and its twin outside."""
READ = [kind for kind in FLIPPED if kind != "document"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A project and a twin of it outside, which holds secrets under the same names."""
    for name, text in (("project", "# mine\n"), ("outside", disk.CANARY)):
        path = tmp_path / name / IDEA
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        path.with_name("initial_data_schema.md").write_text(text, encoding="utf-8")
    return tmp_path


@contextmanager
def flipping(place: Path, kind: str) -> Iterator[None]:
    """The named thing flips until the block ends."""
    mine, twin = FLIPPED[kind]
    target = place / "project" / mine if mine else place / "project"
    command = [sys.executable, "-m", "hostile.flipping", str(target), str(place / "outside" / twin)]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield
        finally:
            process.kill()


def repeat(seconds: float, action: Callable[[], bool], at_least: int = 1) -> tuple[int, int]:
    """How often an action ran in so many seconds, and how often it succeeded.

    It goes on until it ran as often as it must and succeeded once: other work on this machine only takes time.
    """
    ran = done = 0
    start = time.monotonic()
    while (past := time.monotonic() - start) < seconds or (
        (not done or ran < at_least) and past < 20 * seconds
    ):
        ran += 1
        done += action()
    return ran, done


def reading(project: Project) -> Callable[[], bool]:
    def read() -> bool:
        try:
            files = project.files()
        except ShipkitError:
            return False
        try:
            source = files.get(IDEA)
            assert disk.CANARY not in repr(files.warnings)
        finally:
            files.close()
        assert source is None or source.text == "# mine\n"
        return source is not None

    return read


def writing(project: Project) -> Callable[[], bool]:
    def write() -> bool:
        try:
            files = project.files()
            try:
                seen = next(
                    (data for _, data in files.raw("ai_docs/prep", (PLAN.rpartition("/")[2],), 100)), None
                )
            finally:
                files.close()
            save(project, PLAN, b"two" if seen == b"one" else b"one", seen=seen, keep=none_kept)
        except ShipkitError:
            return False
        return True

    return write


def check_reads(place: Path, kind: str, seconds: float, at_least: int) -> tuple[int, int]:
    project = opened(place / "project")
    with flipping(place, kind):
        return repeat(seconds, reading(project), at_least)


def check_writes(place: Path, kind: str, seconds: float, at_least: int) -> tuple[int, int]:
    project, before = opened(place / "project"), disk.tree(place / "outside")
    with flipping(place, kind):
        counted = repeat(seconds, writing(project), at_least)
    assert disk.tree(place / "outside") == before
    return counted


@pytest.mark.parametrize("kind", READ)
def test_no_read_leaves_the_project_while_names_flip(place: Path, kind: str) -> None:
    ran, done = check_reads(place, kind, 1.0, 200)

    assert ran >= 200
    assert done > 0


@pytest.mark.parametrize("kind", ["document", "folder", "parent", "root"])
def test_no_write_leaves_the_project_while_names_flip(place: Path, kind: str) -> None:
    ran, done = check_writes(place, kind, 1.0, 50)

    assert ran >= 50
    assert done > 0


@pytest.mark.full
@pytest.mark.parametrize("kind", READ)
def test_20_000_reads_stay_in_the_project_while_names_flip(place: Path, kind: str) -> None:
    ran, done = check_reads(place, kind, 10, round(5_000 * disk.SCALE))

    assert ran >= 5_000 * disk.SCALE  # of each kind, so 20,000 in all
    assert done > 0


@pytest.mark.full
@pytest.mark.parametrize("kind", ["document", "folder", "parent", "root"])
def test_2_000_writes_stay_in_the_project_while_names_flip(place: Path, kind: str) -> None:
    ran, done = check_writes(place, kind, 10, round(2_000 * disk.SCALE))

    assert ran >= 2_000 * disk.SCALE
    assert done > 0


def test_a_check_before_the_opening_leaks_under_the_same_flips(place: Path) -> None:
    """The control: what others do. Were it not to leak, the tests above would prove nothing."""
    root = os.path.realpath(place / "project")
    leaked: list[bool] = []

    def read_naively() -> bool:
        wanted = Path(root, IDEA)
        try:
            if Path(os.path.realpath(wanted)).is_relative_to(root):
                leaked.append(disk.CANARY in wanted.read_text(encoding="utf-8"))
        except OSError:
            return False
        return True

    with flipping(place, "folder"):
        end = time.monotonic() + 10
        while not any(leaked) and time.monotonic() < end:
            repeat(0.2, read_naively)

    assert any(leaked)
