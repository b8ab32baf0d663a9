"""What the server imports before its first call."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    "shipkit_mcp.facts",
    "shipkit_mcp.analysis",
    "tree_sitter",
    "markdown_it",
    "rapidfuzz",
    "rich",
    "shipkit_mcp.picture",
)


def test_the_server_starts_without_what_only_a_call_needs() -> None:
    """The SDK itself imports rich for its log, so that one is looked for in what is ours alone."""
    code = "import sys, mcp.server.mcpserver; known = set(sys.modules); import shipkit_mcp.server.app; print(sorted(set(sys.modules) - known))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )

    assert not [name for name in HEAVY if f"'{name}'" in done.stdout]


def test_the_command_that_serves_imports_no_other_command() -> None:
    code = "import sys, shipkit_mcp.cli.commands; print(sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )

    assert "'shipkit_mcp.analysis'" not in done.stdout
    assert "'shipkit_mcp.facts'" not in done.stdout
