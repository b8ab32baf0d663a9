"""One drizzle-kit and one PostgreSQL for all proofs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from drafted.toolbox import Database, Kit, Server, serving
from oracle.node import install


@pytest.fixture(scope="session")
def kit() -> Iterator[Kit]:
    """drizzle-kit and TypeScript."""
    install()
    with Kit() as running:
        yield running


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """PostgreSQL; its folder has a short path because a socket's name has a limit."""
    folder = Path(tempfile.mkdtemp(prefix="shipkit-pg-"))
    try:
        with serving(folder) as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def two_databases(server: Server) -> tuple[Database, Database]:
    return server.database(), server.database()


@pytest.fixture
def databases(two_databases: tuple[Database, Database]) -> tuple[Database, Database]:
    """Two empty databases."""
    for one in two_databases:
        one.empty()
    return two_databases
