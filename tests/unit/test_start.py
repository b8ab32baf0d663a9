"""What the server imports before its first call."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    *("shipkit_mcp.facts", "shipkit_mcp.analysis", "shipkit_mcp.picture"),
    *("shipkit_mcp.readers.unseen", "shipkit_mcp.readers.secret_text"),
    *("tree_sitter", "markdown_it", "rapidfuzz"),
)


def imported(*modules: str) -> set[str]:
    """Everything that importing these brings in, in a fresh process."""
    code = f"import sys, {', '.join(modules)}; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return set(done.stdout.split())


def test_the_server_starts_without_what_only_a_call_needs() -> None:
    assert not imported("shipkit_mcp.server.app") & set(HEAVY)


def test_the_command_that_serves_imports_no_other_command() -> None:
    assert not imported("shipkit_mcp.cli.commands") & set(HEAVY)
