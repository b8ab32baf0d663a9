"""The watch sees what our code must never do, and says nothing of what tests and libraries do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from watch import watching

pytestmark = pytest.mark.skipif(os.name != "posix", reason="names of POSIX")
PACKAGE = Path(__file__).parent.parent / "shipkit_mcp"
SEEN = {
    "connects": ("import socket\ntry: socket.create_connection(('127.0.0.1', 9), 0.1)\nexcept OSError: pass", "a connection"),
    "starts": ("import subprocess, sys\nsubprocess.run([sys.executable, '-c', ''])", "a process"),
    "starts a shell": ("import os\nos.system('true')", "a process"),
    "compiles": ("eval('0' + '+ 1' * 200)", "text was compiled"),
    "runs": ("exec('a = 1\\n' * 100)", "text was compiled"),
    "reads": ("open('/etc/passwd').read()", "a file outside"),
    "lists": ("import os\nos.listdir('/etc')", "a file outside"),
    "writes": ("open(os.path.expanduser('~/.bashrc'), 'a')", "a change"),
    "makes a folder": ("os.mkdir(os.path.expanduser('~/.claude'))", "a change"),
    "removes": ("try: os.remove(os.path.expanduser('~/none'))\nexcept OSError: pass", "a change"),
    "renames": ("os.rename('a', os.path.expanduser('~/b'))", "a change"),
    "renames below a folder": ("d = os.open(os.path.expanduser('~'), 0)\nos.rename('a', 'b', dst_dir_fd=d)", "a change"),
}  # fmt: skip
UNSEEN = {
    "the project": "open('a').read(); open(os.path.abspath('b'), 'w'); os.listdir('.'); os.scandir(os.getcwd())",
    "above": "os.listdir(os.path.dirname(os.getcwd()))",
    "the installation": "open(os.__file__).read(); import wave",
    "nothing": "open(os.devnull, 'w').write('x')",
    "a short expression": "eval('1 + 1')",
}


def watched(folder: Path, code: str, file: Path) -> str:
    """What is noted while some code runs that seems to stand in a file."""
    home, notes = folder / "home", folder / "notes"
    home.mkdir(parents=True)
    project = folder / "project"
    project.mkdir()
    (project / "a").write_text("a", encoding="utf-8")
    text = (
        "import os, sys\ndef work():\n" + "".join(f"    {line}\n" for line in code.split("\n")) + "work()\n"
    )
    environ = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": watching.HERE,
        "HOME": str(home),
        watching.NOTES: str(notes),
        watching.ROOTS: str(project),
    }
    program = f"exec(compile({text!r}, {str(file)!r}, 'exec'))"
    subprocess.run(
        [sys.executable, "-c", program],
        env=environ,
        cwd=project,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return notes.read_text(encoding="utf-8") if notes.exists() else ""


@pytest.mark.parametrize("way", SEEN)
def test_what_our_code_must_not_do_is_noted(tmp_path: Path, way: str) -> None:
    code, said = SEEN[way]

    assert said in watched(tmp_path, code, PACKAGE / "rules" / "x.py")


@pytest.mark.parametrize("way", UNSEEN)
def test_what_our_code_may_do_is_not_noted(tmp_path: Path, way: str) -> None:
    assert watched(tmp_path, UNSEEN[way], PACKAGE / "rules" / "x.py") == ""


@pytest.mark.parametrize("way", SEEN)
def test_what_a_test_does_itself_is_not_noted(tmp_path: Path, way: str) -> None:
    assert watched(tmp_path, SEEN[way][0], Path(__file__)) == ""


def test_the_parse_worker_alone_may_start_a_process(tmp_path: Path) -> None:
    code = SEEN["starts"][0]

    assert watched(tmp_path, code, PACKAGE / "analysis" / "parse_worker.py") == ""


def test_a_tool_may_write_the_document_and_nothing_else(tmp_path: Path) -> None:
    server = PACKAGE / "server" / "x.py"
    document = "for name in ('initial_data_schema.md', '.initial_data_schema.md.new'): open(name, 'w')\nos.mkdir('ai_docs')"

    assert watched(tmp_path / "a", document, server) == ""
    assert "a change" in watched(tmp_path / "b", "open('other.md', 'w')", server)
