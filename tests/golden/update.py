"""Makes the golden files anew from the examples."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from shipkit_mcp import document
from shipkit_mcp.analysis import Analysis, analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.analysis.writing import draft_document, write_document
from shipkit_mcp.project import open_project
from shipkit_mcp.server.outgoing import clean
from tests.golden import surface

GOLDEN = Path(__file__).parent
EXAMPLES = GOLDEN.parent.parent / "examples"
DOCUMENT = Path("ai_docs/prep/initial_data_schema.md")


def look(root: Path) -> Analysis:
    return analyse(open_project(None, launch=str(root), environ={}, cwd="/"), Request(), Memory())


def document_of(root: Path) -> bytes:
    """The document that a project without one yields; it is written there."""
    analysis = look(root)
    write_document(analysis, draft_document(analysis, clean=clean), Request(), expected_sha256=None)
    return (root / DOCUMENT).read_bytes()


def screen_of(root: Path) -> list[str]:
    """The first screen, with the folder's name in place of its path."""
    analysis = look(root)
    lines = document.first_screen(analysis.survey, analysis.plan)
    return [line.replace(analysis.project.shown_root, f"examples/{root.name}") for line in lines]


def main() -> None:
    """Write the documents beside the examples, the screens and the server's surface beside this file."""
    surface.GOLDEN.write_text(surface.surface(), encoding="utf-8")
    for example in sorted(one for one in EXAMPLES.iterdir() if one.is_dir()):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / example.name
            shutil.copytree(example, copy)
            (copy / DOCUMENT).unlink(missing_ok=True)
            (example / DOCUMENT).write_bytes(document_of(copy))
        screen = "\n".join(screen_of(example)) + "\n"
        (GOLDEN / f"{example.name}.screen.txt").write_text(screen, encoding="utf-8")


if __name__ == "__main__":
    main()
