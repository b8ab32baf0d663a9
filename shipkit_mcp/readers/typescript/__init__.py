"""TypeScript text to what it declares: parsed safely, never run."""

from __future__ import annotations

from shipkit_mcp.readers.typescript.declarations import Member, TypeDeclaration
from shipkit_mcp.readers.typescript.interfaces import read_interfaces
from shipkit_mcp.readers.typescript.parse import Parsed, parse

__all__ = ["Member", "Parsed", "TypeDeclaration", "parse", "read_interfaces"]
