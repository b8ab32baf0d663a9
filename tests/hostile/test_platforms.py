"""What systems do differently with names and links; the committed matrix runs this on each, and what can be is tried on any."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import disk
from hostile.stdio import write_project

from shipkit_mcp.analysis import analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.errors import ShipkitError
from shipkit_mcp.project import open_project

ROOT = Path(__file__).resolve().parents[2]
TABLE = 'import { pgTable, uuid } from "drizzle-orm/pg-core";\nexport const a = pgTable("a", { id: uuid("id").primaryKey() });\n'
FILES = {
    "package.json": "{}",
    "drizzle.config.ts": 'export default { schema: "./db/schema.ts", dialect: "postgresql" };',
    "db/schema.ts": TABLE,
    "ai_docs/prep/master_idea.md": "# Master Idea\n\n## End Goal\n\nMy app helps **people**.\n",
}
NAMES = ("con.md", "PRN.md", "aux.ts", "nul", "COM1.md", "lpt9.txt.md", "CONIN$", "a.md:stream", "a.md::$DATA", "a.md ", "a.md.",
         "\\\\server\\share\\a.md", "//server/share/a.md", "\\\\?\\C:\\a.md", "\\\\.\\pipe\\a", "C:a.md", "C:\\a.md", "c:/a.md")  # fmt: skip
"""Devices, streams and roots of Windows."""


@pytest.fixture(params=["own", "portable"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """This system as it is, and what is done where POSIX's calls are missing."""
    if request.param == "portable":
        disk.hide_posix(monkeypatch)


def tables(root: Path) -> list[str]:
    analysis = analyse(open_project(None, launch=str(root), environ={}, cwd="/"), Request(), Memory())
    return [one.name for one in analysis.survey.schema.tables]


@pytest.mark.usefixtures("system")
@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_a_project_below_a_link_is_read_as_tmp_is_on_macos(tmp_path: Path) -> None:
    write_project(tmp_path / "private" / "project", FILES)
    (tmp_path / "tmp").symlink_to("private", target_is_directory=True)

    assert tables(tmp_path / "tmp" / "project") == ["a"]


@pytest.mark.usefixtures("system")
def test_a_name_is_only_what_the_folder_calls_it(tmp_path: Path) -> None:
    """Where the disk does not tell upper from lower case, asking in another case opens nothing either."""
    files = open_project(None, launch=str(write_project(tmp_path, FILES)), environ={}, cwd="/").files()

    assert files.get("ai_docs/prep/master_idea.md") is not None
    for other in (
        "ai_docs/prep/MASTER_IDEA.md",
        "AI_DOCS/prep/master_idea.md",
        "ai_docs/prep/master_idea.MD",
    ):
        assert files.get(other) is None


@pytest.mark.usefixtures("system")
def test_two_names_that_some_systems_take_for_one_are_both_refused(tmp_path: Path) -> None:
    root = write_project(tmp_path, {**FILES, "db/Schema.ts": TABLE.replace('"a"', '"b"')})
    if len(list((root / "db").iterdir())) == 1:
        pytest.skip("this disk takes them for one")

    assert tables(root) == []


@pytest.mark.usefixtures("system")
def test_a_decomposed_name_is_told_and_its_composed_one_opens_nothing_else(tmp_path: Path) -> None:
    composed, decomposed = (unicodedata.normalize(form, "db/café.ts") for form in ("NFC", "NFD"))
    files = open_project(
        None, launch=str(write_project(tmp_path, {**FILES, decomposed: TABLE})), environ={}, cwd="/"
    ).files()

    assert files.get(decomposed) is None
    assert files.get(composed) is None or composed in files.under("db")


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("name", NAMES)
def test_devices_streams_and_roots_of_windows_open_nothing_on_any_system(tmp_path: Path, name: str) -> None:
    root = write_project(tmp_path / "project", FILES)
    project = open_project(None, launch=str(root), environ={}, cwd="/")

    assert project.files().get(name) is None
    assert project.files().get(f"ai_docs/prep/{name}") is None
    assert project.files().under(name) == ()
    with pytest.raises(ShipkitError):
        open_project(name, launch=str(root), environ={}, cwd="/")


@pytest.mark.skipif(os.name != "nt", reason="junctions are Windows's")
def test_a_junction_is_not_entered(tmp_path: Path) -> None:
    outside = write_project(tmp_path / "outside", {"schema.ts": TABLE})
    root = write_project(tmp_path / "project", FILES)
    (root / "db" / "schema.ts").unlink()
    (root / "db").rmdir()
    subprocess.run(["cmd", "/c", "mklink", "/J", str(root / "db"), str(outside)], check=True)

    assert tables(root) == []


def test_the_matrix_has_every_system_and_python_and_the_readme_says_what_was_run() -> None:
    matrix = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    package = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert all(f"{one}-latest" in matrix for one in ("ubuntu", "macos", "windows"))
    versions = re.findall(r"Python :: (3\.\d+)", package)
    assert versions == ["3.11", "3.12", "3.13", "3.14"]
    assert all(f'"{one}"' in matrix for one in versions)
    assert "python -m pytest" in matrix
    assert "pip-audit" in matrix
    assert "were not run here" in readme


def test_an_example_gives_the_same_document_on_any_system(example: Callable[[str], Path]) -> None:
    root, document = example("audio-notes"), "ai_docs/prep/initial_data_schema.md"
    command = [sys.executable, "-m", "shipkit_mcp", "plan", "--write", str(root)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)

    assert done.returncode == 0, done.stderr
    written, expected = (
        (one / document).read_text(encoding="utf-8") for one in (root, ROOT / "examples/audio-notes")
    )
    assert written == expected
