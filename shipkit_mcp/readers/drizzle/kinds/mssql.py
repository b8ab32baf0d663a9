"""SQL Server's column builders (drizzle-orm/mssql-core of 1.0)."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.readers.drizzle.kinds.kind import Kind, Options, option, plain, scaled, sized
from shipkit_mcp.readers.typescript.values import UNDEFINED

_NOW = "getdate()"


def _exact(name: str) -> Kind:
    """``decimal(18,0)`` is what a big integer without precision gets."""

    def type_of(options: Options) -> str:
        if name == "decimal" and option(options, "mode") == "bigint":
            options = {"precision": 18, "scale": 0, **_given(options)}
        return scaled(name, ",")(options)

    return Kind(type_of, encode="numeric")


def _given(options: Options) -> Options:
    keys = ("precision", "scale")
    return {key: options[key] for key in keys if key in options and options[key] is not UNDEFINED}


MSSQL: Mapping[str, Kind] = {
    "bigint": Kind(plain("bigint")),
    "binary": Kind(sized("binary")),
    "bit": Kind(plain("bit"), encode="bit"),
    "char": Kind(sized("char"), values=True),
    "date": Kind(plain("date"), now=_NOW, encode="date"),
    "datetime": Kind(plain("datetime"), now=_NOW, encode="date"),
    "datetime2": Kind(sized("datetime2", "precision"), now=_NOW, encode="date"),
    "datetimeoffset": Kind(sized("datetimeoffset", "precision"), now=_NOW, encode="date"),
    "decimal": _exact("decimal"),
    "float": Kind(sized("float", "precision")),
    "int": Kind(plain("int")),
    "nchar": Kind(sized("nchar"), values=True),
    "ntext": Kind(plain("ntext"), values=True),
    "numeric": _exact("numeric"),
    "nvarchar": Kind(sized("nvarchar"), values=True),
    "real": Kind(plain("real")),
    "smallint": Kind(plain("smallint")),
    "text": Kind(plain("text"), values=True),
    "time": Kind(sized("time", "precision")),
    "tinyint": Kind(plain("tinyint")),
    "varbinary": Kind(sized("varbinary")),
    "varchar": Kind(sized("varchar"), values=True),
}
