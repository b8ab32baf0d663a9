"""The command-line face: the same calls, for a person. Serving imports no more than it needs."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

COLLECT_AFTER = 50_000
"""Objects made before Python looks for cycles: reading makes many that live, and hardly any cycles."""


def main(argv: Sequence[str] | None = None) -> None:
    """Run a command line and exit with its status (0 well, 1 counted findings, 2 cannot work)."""
    gc.set_threshold(COLLECT_AFTER, 20, 20)
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments and not _at_a_terminal():
        from shipkit_mcp.cli.serving import serve

        serve()
        return
    from shipkit_mcp.cli.commands import run

    sys.exit(run(arguments))


def _at_a_terminal() -> bool:
    try:
        return sys.stdin.isatty()
    except (AttributeError, ValueError):  # stdin closed or replaced
        return False
