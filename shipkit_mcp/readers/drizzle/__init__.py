"""Drizzle schema files to ``Schema``, without running them."""

from __future__ import annotations

from shipkit_mcp.readers.drizzle.schema import read_schema

__all__ = ["read_schema"]
