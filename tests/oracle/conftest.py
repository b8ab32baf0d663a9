"""drizzle-orm in both generations, started once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from oracle.node import Drizzle, install


@pytest.fixture(scope="session")
def packages() -> Path:
    """``node_modules``, installed where missing."""
    return install()


@pytest.fixture(scope="session")
def drizzle(packages: Path) -> Iterator[Drizzle]:
    """drizzle-orm 0.45."""
    with Drizzle() as running:
        yield running


@pytest.fixture(scope="session")
def drizzle_v1(packages: Path) -> Iterator[Drizzle]:
    """drizzle-orm 1.0."""
    with Drizzle("drizzle-orm-v1") as running:
        yield running
