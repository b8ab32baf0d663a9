"""A secret in a file of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shipkit_mcp.errors import OutsideProject, UnreadableFile
from shipkit_mcp.project.writer import keep_secret

SECRET = "a-secret-of-enough-letters"


def test_a_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "state/token"

    assert keep_secret(str(path), lambda: SECRET) == SECRET
    assert keep_secret(str(path), lambda: "another") == SECRET
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text(SECRET, encoding="ascii")
    path.chmod(0o644)

    with pytest.raises(UnreadableFile, match="mode 600"):
        keep_secret(str(path), lambda: SECRET)


@pytest.mark.parametrize("data", [b"", b"short", b"x" * 5_000, "ü".encode() * 20])
def test_a_file_without_a_secret_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "token"
    path.write_bytes(data)
    path.chmod(0o600)

    with pytest.raises(UnreadableFile):
        keep_secret(str(path), lambda: SECRET)


@pytest.mark.parametrize("kind", ["link", "folder", "fifo"])
def test_what_is_no_file_is_refused(tmp_path: Path, kind: str) -> None:
    path, victim = tmp_path / "token", tmp_path / "victim"
    victim.write_text(SECRET, encoding="ascii")
    {"link": lambda: path.symlink_to(victim), "folder": path.mkdir, "fifo": lambda: os.mkfifo(path)}[kind]()

    with pytest.raises(OutsideProject):
        keep_secret(str(path), lambda: SECRET)
