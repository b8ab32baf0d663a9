"""``make demo``: the whole job on an example, in a copy, and the document it yields."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from shipkit_mcp.cli.commands import run

EXAMPLE = Path(__file__).parent.parent / "examples" / "site-studio"


def main() -> int:
    """Plan an example, write its document into a copy, show both."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / EXAMPLE.name
        shutil.copytree(EXAMPLE, project)
        document = project / "ai_docs" / "prep" / "initial_data_schema.md"
        document.unlink(missing_ok=True)
        code = run(["plan", str(project), "--write"])
        if code:
            return code
        sys.stdout.write(f"\n{'-' * 78}\n")
        sys.stdout.flush()
        sys.stdout.buffer.write(document.read_bytes())
        sys.stdout.buffer.write(
            f"\n{'-' * 78}\nThat was {EXAMPLE.name}. Your project: .venv/bin/shipkit-mcp plan FOLDER\n".encode()
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
