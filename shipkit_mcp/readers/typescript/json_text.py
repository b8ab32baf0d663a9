"""Plain data to the JSON that ``JSON.stringify`` writes."""

from __future__ import annotations

import json
from collections.abc import Sequence

from shipkit_mcp.readers.typescript.size import is_small
from shipkit_mcp.readers.typescript.values import UNDEFINED, Items, Record, Value, number_text


def json_text(value: Value) -> str | None:
    """``JSON.stringify``; None where a part is not plain data, or where it is too much of it."""
    return _json(value) if is_small(value) else None


def _json(value: Value) -> str | None:
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, Items) and not value.rest:
        return _json_of([_json(one) for one in value], "[]")
    if isinstance(value, Record) and not value.rest:
        given = {key: one for key, one in value.items() if one is not UNDEFINED}
        return _json_of([_json_pair(key, one) for key, one in given.items()], "{}")
    return None


def _json_pair(key: str, value: Value) -> str | None:
    text = _json(value)
    return None if text is None else f"{json.dumps(key, ensure_ascii=False)}:{text}"


def _json_of(parts: Sequence[str | None], brackets: str) -> str | None:
    known = [one for one in parts if one is not None]
    return brackets[0] + ",".join(known) + brackets[1] if len(known) == len(parts) else None
