"""What every test may ask for: an example as a fresh project, and a client of the server."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def example(tmp_path: Path) -> Callable[[str], Path]:
    """A copy of an example that a test may write into, without the document it yields."""

    def copy(name: str) -> Path:
        target = tmp_path / name
        shutil.copytree(EXAMPLES / name, target)
        (target / "ai_docs" / "prep" / "initial_data_schema.md").unlink(missing_ok=True)
        return target

    return copy
