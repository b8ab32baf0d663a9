"""Whatever is missing or unreadable, the rest is analysed and the gap is named: never all or nothing."""

from __future__ import annotations

import errno
import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from shipkit_mcp.analysis import Analysis, analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.document import render_document
from shipkit_mcp.errors import ProjectError
from shipkit_mcp.facts import DocKind
from shipkit_mcp.project import open_project
from shipkit_mcp.server import views

PREP = "ai_docs/prep"
INPUTS = {
    "master idea": f"{PREP}/master_idea.md",
    "wireframe": f"{PREP}/wireframe.md",
    "index": f"{PREP}/trigger_workflows.md",
    "workflow": f"{PREP}/trigger_workflow_transcription.md",
    "schema": "lib/drizzle/schema/index.ts",
    "manifest": "package.json",
}


def missing(path: Path) -> None:
    path.unlink()


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def unreadable(path: Path) -> None:
    path.chmod(0)


def link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/passwd")


@pytest.fixture(autouse=True)
def root_obeys_modes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The superuser may open what nobody may; here it is refused what is mode 000 too."""
    if getattr(os, "geteuid", lambda: 1)() != 0:
        return
    usual = os.open

    def obeying(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        descriptor = usual(path, flags, mode, dir_fd=dir_fd)
        if os.fstat(descriptor).st_mode & 0o777 == 0:
            os.close(descriptor)
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return descriptor

    monkeypatch.setattr(os, "open", obeying)


WAYS = (missing, folder, binary, unreadable, link)


def look(root: Path, memory: Memory | None = None) -> Analysis:
    project = open_project(None, launch=str(root), environ={}, cwd="/")
    return analyse(project, Request(), memory or Memory())


@pytest.mark.parametrize("way", WAYS, ids=lambda way: str(way.__name__))
@pytest.mark.parametrize("name", INPUTS)
def test_one_broken_input_leaves_the_others(
    example: Callable[[str], Path], name: str, way: Callable[[Path], None]
) -> None:
    root = example("audio-notes")
    way(root / INPUTS[name])

    analysis = look(root)

    survey = analysis.survey
    kept = {
        "wireframe": survey.vision.end_goal is not None,
        "master idea": bool(survey.schema.tables) and bool(survey.workflows),
        "index": len(survey.workflows) == 2,
        "workflow": any("summar" in one.name for one in survey.workflows),
        "schema": survey.vision.end_goal is not None and bool(survey.workflows),
        "manifest": bool(survey.schema.tables) and bool(survey.workflows),
    }
    assert kept[name]
    if way is not missing and name != "manifest":
        assert _names(analysis, INPUTS[name])
    assert views.whole_plan(analysis)
    assert render_document(survey, analysis.plan).startswith("## Strategic Database Planning Document")


def _names(analysis: Analysis, path: str) -> bool:
    """Whether a warning, a gap or an unread line speaks of the file."""
    survey = analysis.survey
    said = [*analysis.plan.warnings, *(one.path for one in survey.missing_documents)]
    said += [one.path for one in survey.schema.unread]
    if any(path in one for one in said):
        return True
    if path.endswith(".ts"):
        return "`schema` names no file" in survey.schema.choice.found_by
    return any(one.confidence == "low" for one in survey.workflows)  # known from its index entry alone


COMBINATIONS = [
    chosen for number in range(1, len(INPUTS) + 1) for chosen in itertools.combinations(INPUTS, number)
]
BREAKS = (missing, unreadable, folder, binary)
"""As the acceptance list has them."""
TOLD_BY = {
    "master idea": DocKind.MASTER_IDEA,
    "wireframe": DocKind.WIREFRAME,
    "index": DocKind.WORKFLOW_INDEX,
}


def check(analysis: Analysis, broken: Mapping[str, Callable[[Path], None]]) -> None:
    """What is whole is analysed, what is broken is named, and there is a document."""
    survey = analysis.survey
    kinds = {one.kind for one in survey.documents}
    for name, kind in TOLD_BY.items():
        assert (kind in kinds) == (name not in broken), (name, broken)
    assert survey.schema.tables or "schema" in broken, broken
    assert any("transcri" in one.name and one.source == "file" for one in survey.workflows) == (
        "workflow" not in broken
    ), broken
    for name, way in broken.items():
        if name in TOLD_BY:
            assert any(INPUTS[name] == one.path for one in survey.missing_documents), (name, broken)
        if name == "schema" or (way is not missing and name not in ("manifest", "workflow")):
            assert _names(analysis, INPUTS[name]), (name, broken)
    assert render_document(survey, analysis.plan)


def run(
    root: Path, ways: Iterable[Mapping[str, Callable[[Path], None]]], memory: Callable[[], Memory]
) -> int:
    """Break the inputs in each of the ways and look: how often there was an answer."""
    kept = {path: (root / path).read_bytes() for path in INPUTS.values()}
    answered = 0
    for broken in ways:
        for name, way in broken.items():
            way(root / INPUTS[name])
        try:
            check(look(root, memory()), broken)
            answered += 1
        except ProjectError as error:
            assert "project" in str(error)
            assert {"schema", "manifest"} <= broken.keys()
        for name in broken:
            path = root / INPUTS[name]
            if path.is_dir():
                path.rmdir()
            path.unlink(missing_ok=True)
            path.write_bytes(kept[INPUTS[name]])
    return answered


@pytest.mark.parametrize("turn", range(len(BREAKS)))
def test_every_combination_of_broken_inputs_leaves_the_others_and_names_the_gaps(
    example: Callable[[str], Path], turn: int
) -> None:
    """Each combination of inputs in four of its mixtures of ways; all 15,624 are in the full figures."""
    mixtures = (
        {name: BREAKS[(turn + number + place) % 4] for place, name in enumerate(chosen)}
        for number, chosen in enumerate(COMBINATIONS)
    )

    assert run(example("audio-notes"), mixtures, Memory) >= 40


@pytest.mark.full
def test_every_combination_of_inputs_and_of_ways_to_break_them(example: Callable[[str], Path]) -> None:
    mixtures = (
        dict(zip(chosen, ways, strict=True))
        for chosen in COMBINATIONS
        for ways in itertools.product(BREAKS, repeat=len(chosen))
    )
    memory = Memory()

    assert run(example("audio-notes"), mixtures, lambda: memory) > 10_000


@pytest.mark.parametrize("command", ["plan", "check"])
def test_a_missing_root_is_one_line_on_stderr_and_status_two(tmp_path: Path, command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "shipkit_mcp", command, str(tmp_path / "nowhere")],
        capture_output=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1
    assert done.stderr.startswith(b"shipkit-mcp: ")
