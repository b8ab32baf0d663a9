"""A project as a host's user has it, and the hosts' programs, installed where missing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hosts.programs import HERE, SERVER, Host
from oracle.node import install


@pytest.fixture(scope="session")
def packages() -> Path:
    """``node_modules``, installed where missing."""
    return install(HERE)


@pytest.fixture
def host(packages: Path, example: Callable[[str], Path], tmp_path: Path) -> Host:
    """The programs in an example, with an empty home, and ``uvx`` standing for this checkout.

    What it is given as the project stands in ``home/project`` afterwards.
    """
    home, programs = tmp_path / "home", tmp_path / "programs"
    home.mkdir()
    programs.mkdir()
    uvx = programs / "uvx"
    uvx.write_text(
        f'#!/bin/sh\necho "$SHIPKIT_PROJECT_DIR" >"$HOME/project"\nshift\nexec {" ".join(SERVER)} "$@"\n',
        encoding="utf-8",
    )
    uvx.chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return Host(packages, cwd=example("audio-notes"), home=home, environ={"PATH": path})
