"""Whatever is asked of every face, around the project nothing changes, and within it only the document and its copies."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hostile.faces import Said, on_the_command_line, over_http, over_stdio
from hostile.stdio import SERVE, bare_environ
from watch import watching

NEIGHBOURS = {
    ".bashrc": "export A=1\n",
    ".profile": "export B=1\n",
    ".gitconfig": "[user]\n\tname = somebody\n",
    ".npmrc": "fund=false\n",
    ".mcp.json": '{"mcpServers": {}}\n',
    ".claude.json": '{"mcpServers": {}}\n',
    ".git/config": "[core]\n",
    ".git/hooks/pre-commit": "#!/bin/sh\n",
    ".vscode/settings.json": "{}\n",
    ".vscode/tasks.json": "{}\n",
    ".claude/settings.json": "{}\n",
    ".claude/commands/x.md": "# x\n",
    ".cursor/mcp.json": '{"mcpServers": {}}\n',
    ".config/Claude/claude_desktop_config.json": "{}\n",
    ".ssh/authorized_keys": "none\n",
    "other/ai_docs/prep/initial_data_schema.md": "# another project's\n",
}
"""What stands beside a project, in it, or in a home folder, and is nobody's of ours."""
PREP = "project/ai_docs/prep/"
Face = Callable[[Path, Path, Mapping[str, str]], Said]
FACES: Mapping[str, Face] = {
    "stdio": lambda root, _out, environ: over_stdio(root, ("nonsense",), SERVE, environ),
    "http": lambda root, _out, environ: over_http(root, ("nonsense",), SERVE, environ),
    "command line": lambda root, out, environ: on_the_command_line(root, out, SERVE, environ),
}


def snapshot(folder: Path) -> dict[str, tuple[object, ...]]:
    """Everything below a folder: kind, rights, time, content."""
    found: dict[str, tuple[object, ...]] = {}
    for one in sorted(folder.rglob("*")):
        info = one.lstat()
        if stat.S_ISREG(info.st_mode):
            content = hashlib.sha256(one.read_bytes()).hexdigest()
            seen: tuple[object, ...] = (info.st_mode, info.st_mtime_ns, info.st_ino, content)
        else:
            seen = (info.st_mode, str(one.readlink()) if one.is_symlink() else "")
        found[one.relative_to(folder).as_posix()] = seen
    return found


@pytest.fixture
def parent(example: Callable[[str], Path]) -> Path:
    """The folder around a project: a home, with what stands in homes, and the same in the project."""
    root = example("audio-notes")
    root = root.rename(root.parent / "project")
    for folder in (root.parent, root):
        for name, text in NEIGHBOURS.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    return root.parent


@pytest.mark.parametrize("face", FACES)
def test_of_everything_around_and_in_a_project_only_the_document_changes(
    parent: Path, tmp_path_factory: pytest.TempPathFactory, face: str
) -> None:
    out = tmp_path_factory.mktemp("told")
    notes = out.parent / f"{out.name}-notes"
    seen_by = (
        parent if face == "command line" else parent / "project"
    )  # `doctor` looks at what hosts are set to
    environ = {
        "HOME": str(parent),
        watching.NOTES: str(notes),
        watching.ROOTS: os.pathsep.join((str(seen_by), str(out))),
    }
    before = snapshot(parent)
    FACES[face](parent / "project", out, environ)
    after = snapshot(parent)

    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert f"{PREP}initial_data_schema.md" in changed
    assert not [one for one in changed if not one.startswith(f"{PREP}initial_data_schema.md")]
    assert all(after[one] for one in before)
    assert not notes.exists(), notes.read_text(encoding="utf-8")


def test_a_host_is_set_up_only_in_the_file_that_was_named_for_it(parent: Path) -> None:
    before = snapshot(parent)
    command = [sys.executable, "-c", SERVE, "install", "cursor", str(parent / "project")]
    shown = subprocess.run(
        command, env=bare_environ({"HOME": str(parent)}), capture_output=True, timeout=60, check=False
    )
    changed = {name for name, seen in snapshot(parent).items() if before.get(name) != seen}

    assert shown.returncode in (0, 2), shown.stderr
    assert all("mcp.json" in one or one.endswith(".bak") for one in changed), changed
