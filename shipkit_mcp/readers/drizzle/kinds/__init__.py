"""The column builders of every dialect as data: what ``getSQLType()`` says of each."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.readers.drizzle.kinds.cockroach import COCKROACH
from shipkit_mcp.readers.drizzle.kinds.gel import GEL
from shipkit_mcp.readers.drizzle.kinds.kind import Kind
from shipkit_mcp.readers.drizzle.kinds.mssql import MSSQL
from shipkit_mcp.readers.drizzle.kinds.mysql import MYSQL, MYSQL_V1
from shipkit_mcp.readers.drizzle.kinds.pg import PG, PG_V1
from shipkit_mcp.readers.drizzle.kinds.singlestore import SINGLESTORE, SINGLESTORE_V1
from shipkit_mcp.readers.drizzle.kinds.sqlite import SQLITE, SQLITE_V1

KINDS: Mapping[str, Mapping[str, Kind]] = {
    "postgresql": PG,
    "mysql": MYSQL,
    "sqlite": SQLITE,
    "singlestore": SINGLESTORE,
    "mssql": MSSQL,
    "cockroach": COCKROACH,
    "gel": GEL,
}

KINDS_V1: Mapping[str, Mapping[str, Kind]] = {
    **KINDS,
    "postgresql": PG_V1,
    "mysql": MYSQL_V1,
    "sqlite": SQLITE_V1,
    "singlestore": SINGLESTORE_V1,
}

__all__ = ["KINDS", "KINDS_V1", "Kind"]
