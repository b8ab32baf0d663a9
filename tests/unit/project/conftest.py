"""A folder to put files into, and the project it makes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from shipkit_mcp.project import ProjectFiles, open_project

Put = Callable[..., Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write files: a mapping of paths to text or bytes, below the test's own folder."""

    def write(files: dict[str, str | bytes], below: str = "") -> Path:
        for name, content in files.items():
            path = tmp_path / below / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path / below

    return write


@pytest.fixture
def files_of(put: Put) -> Callable[[dict[str, str | bytes]], ProjectFiles]:
    """The files of a project that holds these."""

    def make(files: dict[str, str | bytes]) -> ProjectFiles:
        return open_project(None, launch=str(put(files)), environ={}, cwd="/").files()

    return make
