"""SQLite's column builders (drizzle-orm/sqlite-core)."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.readers.drizzle.kinds.kind import Kind, Options, option, plain, sized_if

_NOW = "(cast((julianday('now') - 2440587.5)*86400000 as integer))"


def _text(options: Options) -> str:
    return "text" if option(options, "mode") == "json" else sized_if("text")(options)


_INTEGER = Kind(plain("integer"), now=_NOW, encode="integer", default_from_key=True)

SQLITE: Mapping[str, Kind] = {
    "blob": Kind(plain("blob"), encode="blob"),
    "int": _INTEGER,
    "integer": _INTEGER,
    "numeric": Kind(plain("numeric"), encode="numeric"),
    "real": Kind(plain("real")),
    "text": Kind(_text, values=True, encode="text"),
}

SQLITE_V1: Mapping[str, Kind] = SQLITE
