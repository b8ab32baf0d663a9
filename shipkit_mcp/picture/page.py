"""What is drawn to one self-contained page: no network, opens in a browser, and is the view of an MCP App."""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from shipkit_mcp.facts import Schema
from shipkit_mcp.findings import Plan
from shipkit_mcp.picture.drawing import draw

_SAFE = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def render_page(schema: Schema, plan: Plan) -> str:
    """The page with this project's picture in it; the same plan gives the same bytes."""
    return fill(draw(schema, plan))


def fill(drawing: dict[str, Any] | None) -> str:
    """The page with a drawing, or, as a view of an app, without one: it then asks its host for it."""
    data = json.dumps(drawing, ensure_ascii=False, separators=(",", ":")).translate(_SAFE)
    title = escape(drawing["title"]) if drawing else "Schema"
    parts = {"@TITLE@": title, "@DATA@": data}
    return re.sub("@TITLE@|@DATA@", lambda found: parts[found[0]], _template())


@cache
def _template() -> str:
    return (files("shipkit_mcp.picture") / "page.html").read_text(encoding="utf-8")
