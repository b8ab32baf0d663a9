"""Nothing but the disk layer opens a file, and nothing but the writer changes one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import shipkit_mcp

PACKAGE = Path(shipkit_mcp.__file__).parent
CHANGING = frozenset((
    *("write_text", "write_bytes", "touch", "mkdir", "makedirs", "rmdir", "removedirs", "unlink", "rename"),
    *("renames", "replace", "symlink_to", "hardlink_to", "chmod", "truncate", "copy", "copyfile", "copytree", "move"),
    *("rmtree", "mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory", "fdopen", "link", "symlink"),
    "remove",
))  # fmt: skip
"""Methods and functions that change a disk; `replace`, `copy` and `remove` only on `os`, `shutil` or a path."""
READING = frozenset(
    ("open", "read_text", "read_bytes", "scandir", "listdir", "walk", "iterdir", "glob", "rglob")
)
MODULES = frozenset(("os", "shutil", "tempfile", "pathlib"))
OF_PATHS_ALONE = frozenset(
    ("write_text", "write_bytes", "symlink_to", "hardlink_to", "read_text", "read_bytes")
)

OPENS = frozenset((
    "project/folder.py",   # the one way in
    "server/brief.py",     # the prompts that the package ships with
    "picture/page.py",     # the page that the package ships with
    "cli/commands.py",     # the null device, where nobody reads what we print
    "cli/screen.py",       # the same
))  # fmt: skip
CHANGES = frozenset(("project/folder.py", "project/copies.py", "project/commit.py", "project/secret.py"))


def calls(path: Path) -> Iterator[tuple[str, str, int]]:
    """(what it is called on, name, line) of each call in a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            on = node.func.value.id if isinstance(node.func.value, ast.Name) else "…"
            yield on, node.func.attr, node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield "", node.func.id, node.lineno


def found(banned: frozenset[str], allowed: frozenset[str]) -> list[str]:
    """Places that call what is banned there."""
    return [
        f"{path.relative_to(PACKAGE).as_posix()}:{line} {on}.{name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).as_posix() not in allowed
        for on, name, line in calls(path)
        if name in banned
        and (on in MODULES or (on and name in OF_PATHS_ALONE) or (not on and name == "open"))
    ]


def test_nothing_but_the_disk_layer_opens_or_lists_files() -> None:
    assert found(READING, OPENS) == []


def test_nothing_but_the_writer_changes_a_file() -> None:
    assert found(CHANGING, CHANGES) == []


@pytest.mark.parametrize("name", ["create", "make", "stamp", "sync"])
def test_only_the_writer_asks_a_folder_to_change(name: str) -> None:
    asking = {
        path.name
        for path in (PACKAGE / "project").glob("*.py")
        if any(called == name and on == "folder" for on, called, _ in calls(path))
    }

    assert asking <= {"commit.py", "copies.py", "lock.py", "target.py", "secret.py"}


def test_the_ban_sees_what_it_bans(tmp_path: Path) -> None:
    path = tmp_path / "bad.py"
    path.write_text(
        "open('x', 'w'); os.rename(a, b); Path('x').write_text('y'); thing.replace(1)", encoding="utf-8"
    )

    assert [(on, name) for on, name, _ in calls(path)] == [
        ("", "open"),
        ("os", "rename"),
        ("…", "write_text"),
        ("thing", "replace"),
        ("", "Path"),
    ]
