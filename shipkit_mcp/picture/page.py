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

SCRIPTS = ("picture.js", "moving.js", "looking.js", "hosted.js")
"""In the order in which the page runs them, as one."""

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
    return _filled(_template(), {"TITLE": title, "DATA": data})


@cache
def _template() -> str:
    """The page with its style and scripts in it."""
    scripts = "\n".join(_part(name) for name in SCRIPTS)
    parts = {"STYLE": _part("page.css"), "SCRIPT": f'"use strict";\n{scripts}'}
    return _filled(_part("page.html"), parts)


def _filled(text: str, parts: dict[str, str]) -> str:
    """Every ``@NAME@`` of ``parts`` filled in, in one pass: what is filled in is not looked at again."""
    names = "|".join(parts)
    return re.sub(f"@({names})@", lambda found: parts[found[1]], text)


def _part(name: str) -> str:
    return (files("shipkit_mcp.picture") / "page_parts" / name).read_text(encoding="utf-8")
