"""PostgreSQL's column builders (drizzle-orm/pg-core)."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.readers.drizzle.kinds.kind import (
    Kind,
    always_sized,
    interval,
    placed,
    plain,
    scaled,
    sized,
    zoned,
)

_NOW = "now()"

PG: Mapping[str, Kind] = {
    "bigint": Kind(plain("bigint")),
    "bigserial": Kind(plain("bigserial"), has_default=True, not_null=True, not_null_if="number"),
    "bit": Kind(always_sized("bit", "dimensions")),
    "boolean": Kind(plain("boolean")),
    "char": Kind(sized("char"), values=True),
    "cidr": Kind(plain("cidr")),
    "date": Kind(plain("date"), now=_NOW, encode="date"),
    "decimal": Kind(scaled("numeric"), encode="numeric"),
    "doublePrecision": Kind(plain("double precision")),
    "geometry": Kind(plain("geometry(point)")),
    "halfvec": Kind(always_sized("halfvec", "dimensions")),
    "inet": Kind(plain("inet")),
    "integer": Kind(plain("integer")),
    "interval": Kind(interval),
    "json": Kind(plain("json"), encode="json"),
    "jsonb": Kind(plain("jsonb"), encode="json"),
    "line": Kind(plain("line")),
    "macaddr": Kind(plain("macaddr")),
    "macaddr8": Kind(plain("macaddr8")),
    "numeric": Kind(scaled("numeric"), encode="numeric"),
    "point": Kind(plain("point")),
    "real": Kind(plain("real")),
    "serial": Kind(plain("serial"), has_default=True, not_null=True),
    "smallint": Kind(plain("smallint")),
    "smallserial": Kind(plain("smallserial"), has_default=True, not_null=True),
    "sparsevec": Kind(always_sized("sparsevec", "dimensions")),
    "text": Kind(plain("text"), values=True),
    "time": Kind(zoned("time"), now=_NOW),
    "timestamp": Kind(zoned("timestamp", gap=True), now=_NOW, encode="date"),
    "uuid": Kind(plain("uuid")),
    "varchar": Kind(sized("varchar"), values=True),
    "vector": Kind(always_sized("vector", "dimensions")),
}

PG_V1: Mapping[str, Kind] = {
    **PG,
    "bigserial": Kind(plain("bigserial"), has_default=True, not_null=True),
    "bytea": Kind(plain("bytea")),
    "geometry": Kind(placed("geometry(point")),
}
