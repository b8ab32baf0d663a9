"""A project's files to the files of its Drizzle schema."""

from __future__ import annotations

from shipkit_mcp.readers.drizzle.discovery.choose import find_schema

__all__ = ["find_schema"]
