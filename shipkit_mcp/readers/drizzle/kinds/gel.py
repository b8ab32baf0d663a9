"""Gel's column builders (drizzle-orm/gel-core of 0.40 to 0.45)."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.readers.drizzle.kinds.kind import Kind, plain

_DATES = frozenset({"localDate", "localTime", "timestamp", "timestamptz"})

GEL: Mapping[str, Kind] = {
    word: Kind(plain(name), now="now()" if word in _DATES else "")
    for word, name in {
        "bigint": "bigint",
        "bigintT": "edgedbt.bigint_t",
        "boolean": "boolean",
        "bytes": "bytea",
        "dateDuration": "dateDuration",
        "decimal": "numeric",
        "doublePrecision": "double precision",
        "duration": "duration",
        "integer": "integer",
        "json": "json",
        "localDate": "cal::local_date",
        "localTime": "cal::local_time",
        "real": "real",
        "relDuration": "edgedbt.relative_duration_t",
        "smallint": "smallint",
        "text": "text",
        "timestamp": "cal::local_datetime",
        "timestamptz": "datetime",
        "uuid": "uuid",
    }.items()
}
