"""Secrets, history and packages are never opened, seen by an audit hook of the interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hostile import disk

SCRIPT = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from shipkit_mcp.project import open_project
project = open_project(None, launch=sys.argv[1], environ={}, cwd="/")
files = project.files()
for path in (".env", ".env.local", ".git/config", "node_modules/evil/index.ts", "server.key", "secrets.json"):
    assert files.get(path) is None
del opened[:]
files = project.files()
found = project.documents(files)
for path in files.under():
    files.get(path)
project.stack(files)
project.scan(files)
words = (".env", ".git", "evil", ".key", "id_rsa", "secret")
bad = [one for one in opened if any(word in one for word in words)]
assert not bad, bad
assert any("master_idea.md" in one for one in opened), opened
"""


def test_no_run_ever_opens_a_secret(tmp_path: Path) -> None:
    root = disk.build(tmp_path)

    command = [sys.executable, "-c", SCRIPT, str(root)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr
    assert disk.CANARY not in done.stdout + done.stderr
