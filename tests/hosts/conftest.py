"""A project as a host's user has it, and the hosts' programs, installed where missing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hosts.browser import Browser, started
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


@pytest.fixture(scope="module")
def running_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for the tests of a file."""
    with started(tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture
def browser(running_browser: Browser) -> Iterator[Browser]:
    """The browser, in which nothing goes wrong: no exception, no refused resource, no request to anywhere."""
    running_browser.faults.clear()
    yield running_browser
    running_browser.ask("Browser.getVersion")
    assert running_browser.faults == []
