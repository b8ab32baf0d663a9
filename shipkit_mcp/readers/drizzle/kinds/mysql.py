"""MySQL's column builders (drizzle-orm/mysql-core)."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.readers.drizzle.kinds.kind import Kind, always_sized, plain, scaled, sized, unsigned

_NOW = "(now())"

MYSQL: Mapping[str, Kind] = {
    "bigint": Kind(unsigned("bigint")),
    "binary": Kind(sized("binary")),
    "boolean": Kind(plain("boolean")),
    "char": Kind(sized("char"), values=True),
    "date": Kind(plain("date"), encode="date"),
    "datetime": Kind(sized("datetime", "fsp"), encode="datetime"),
    "decimal": Kind(scaled("decimal", ",", unsigned=True, plain_if=("decimal(10,0)", "decimal(10)"))),
    "double": Kind(scaled("double", ",", unsigned=True)),
    "float": Kind(scaled("float", ",", unsigned=True)),
    "int": Kind(unsigned("int")),
    "json": Kind(plain("json"), encode="json"),
    "longtext": Kind(plain("longtext"), values=True),
    "mediumint": Kind(unsigned("mediumint")),
    "mediumtext": Kind(plain("mediumtext"), values=True),
    "real": Kind(scaled("real")),
    "serial": Kind(plain("serial"), has_default=True),
    "smallint": Kind(unsigned("smallint")),
    "text": Kind(plain("text"), values=True),
    "time": Kind(sized("time", "fsp")),
    "timestamp": Kind(sized("timestamp", "fsp"), now=_NOW, encode="timestamp"),
    "tinyint": Kind(unsigned("tinyint")),
    "tinytext": Kind(plain("tinytext"), values=True),
    "varbinary": Kind(sized("varbinary")),
    "varchar": Kind(sized("varchar"), values=True),
    "year": Kind(plain("year")),
}

MYSQL_V1: Mapping[str, Kind] = {
    **MYSQL,
    "blob": Kind(plain("blob")),
    "datetime": Kind(sized("datetime", "fsp"), now=_NOW, encode="datetime"),
    "longblob": Kind(plain("longblob")),
    "mediumblob": Kind(plain("mediumblob")),
    "tinyblob": Kind(plain("tinyblob")),
    "varchar": Kind(always_sized("varchar", "length"), values=True),
}
