"""Drizzle schema files to ``Schema``, without running them."""

from __future__ import annotations

from shipkit_mcp.readers.drizzle.discovery import find_schema
from shipkit_mcp.readers.drizzle.schema import read_schema

__all__ = ["find_schema", "read_schema"]
