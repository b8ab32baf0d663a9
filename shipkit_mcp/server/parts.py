"""What a first call imports, part by part: a caller who goes away meanwhile is noticed between two of them."""

from __future__ import annotations

import sys
from importlib import import_module

from shipkit_mcp.errors import beat

LAST = "shipkit_mcp.server.answers"
PARTS = (
    "shipkit_mcp.facts",
    "shipkit_mcp.findings",
    "shipkit_mcp.readers.notation",
    "shipkit_mcp.readers.documents",
    "shipkit_mcp.mapping",
    "shipkit_mcp.rules",
    "shipkit_mcp.plan",
    LAST,
)


def import_parts() -> None:
    """Import what answers a call; nothing where that was done before. Raises Cancelled."""
    for part in () if LAST in sys.modules else PARTS:
        beat()
        import_module(part)
    beat()
