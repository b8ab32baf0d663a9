"""gel's column builders."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.readers.drizzle.kinds.kind import Kind

GEL: Mapping[str, Kind] = {}
