"""Whatever is missing or unreadable, the rest is analysed and the gap is named: never all or nothing."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shipkit_mcp.analysis import Analysis, analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.document import render_document
from shipkit_mcp.errors import ProjectError
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
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        path.write_bytes(b"\x00" * 400_000)  # nothing is unreadable for root: too big, and no text
    else:
        path.chmod(0)


def link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/passwd")


WAYS = (missing, folder, binary, unreadable, link)


def look(root: Path) -> Analysis:
    return analyse(open_project(None, launch=str(root), environ={}, cwd="/"), Request(), Memory())


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
    chosen for number in range(2, len(INPUTS) + 1) for chosen in itertools.combinations(INPUTS, number)
]


@pytest.mark.parametrize(
    "ways", [0, pytest.param(1, marks=pytest.mark.full), pytest.param(2, marks=pytest.mark.full)]
)
def test_every_combination_of_broken_inputs_is_answered(example: Callable[[str], Path], ways: int) -> None:
    root = example("audio-notes")
    kept = {path: (root / path).read_bytes() for path in INPUTS.values()}
    for number, chosen in enumerate(COMBINATIONS):
        for place, name in enumerate(chosen):
            (missing, folder, binary)[(ways + number + place) % 3](root / INPUTS[name])
        try:
            analysis = look(root)
        except ProjectError as error:
            assert "project" in str(error)
            assert "schema" in chosen or "manifest" in chosen
        else:
            assert render_document(analysis.survey, analysis.plan)
        for path, data in kept.items():
            if (root / path).is_dir():
                (root / path).rmdir()
            (root / path).write_bytes(data)


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
