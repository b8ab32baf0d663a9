"""CockroachDB's column builders (drizzle-orm/cockroach-core of 1.0)."""

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
    sized_if,
    suffixed,
)

_NOW = "now()"

_BOOL = Kind(plain("bool"))
_FLOAT = Kind(plain("float"))
_DECIMAL = Kind(scaled("decimal", ","), encode="numeric")
_STRING = Kind(sized("string"), values=True)
_INT2 = Kind(plain("int2"))
_INT8 = Kind(plain("int8"))

COCKROACH: Mapping[str, Kind] = {
    "bigint": _INT8,
    "bit": Kind(sized("bit")),
    "bool": _BOOL,
    "boolean": _BOOL,
    "char": Kind(sized("char"), values=True),
    "date": Kind(plain("date"), now=_NOW, encode="date"),
    "decimal": _DECIMAL,
    "doublePrecision": _FLOAT,
    "float": _FLOAT,
    "geometry": Kind(placed("geometry(point")),
    "inet": Kind(plain("inet")),
    "int2": _INT2,
    "int4": Kind(plain("int4")),
    "int8": _INT8,
    "interval": Kind(interval),
    "jsonb": Kind(plain("jsonb"), encode="json"),
    "numeric": _DECIMAL,
    "real": Kind(plain("real")),
    "smallint": _INT2,
    "string": _STRING,
    "text": _STRING,
    "time": Kind(suffixed("time"), now=_NOW),
    "timestamp": Kind(suffixed("timestamp"), now=_NOW, encode="date"),
    "uuid": Kind(plain("uuid")),
    "varbit": Kind(sized_if("varbit")),
    "varchar": Kind(sized("varchar"), values=True),
    "vector": Kind(always_sized("vector", "dimensions")),
}
