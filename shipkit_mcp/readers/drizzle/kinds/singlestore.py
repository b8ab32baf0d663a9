"""SingleStore's column builders (drizzle-orm/singlestore-core): MySQL's, but for a few."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.readers.drizzle.kinds.kind import Kind, Options, option, plain, scaled
from shipkit_mcp.readers.drizzle.kinds.mysql import MYSQL
from shipkit_mcp.readers.typescript.values import UNDEFINED, text_of, truthy


def _float(options: Options) -> str:
    """``float(7)`` is written with the scale that it means."""
    made = scaled("float", ",")(options)
    if option(options, "precision") is not UNDEFINED and option(options, "scale") is UNDEFINED:
        made = f"float({text_of(option(options, 'precision'))},0)"
    return f"{made} unsigned" if truthy(option(options, "unsigned")) else made


def _vector(options: Options) -> str:
    kind = option(options, "elementType")
    return f"vector({text_of(option(options, 'dimensions'))}, {text_of(kind) if truthy(kind) else 'F32'})"


SINGLESTORE: Mapping[str, Kind] = {
    **MYSQL,
    "datetime": Kind(plain("datetime"), encode="datetime"),
    "float": Kind(_float),
    "time": Kind(plain("time")),
    "timestamp": Kind(plain("timestamp"), now="CURRENT_TIMESTAMP", encode="timestamp"),
    "vector": Kind(_vector),
}

SINGLESTORE_V1: Mapping[str, Kind] = SINGLESTORE
