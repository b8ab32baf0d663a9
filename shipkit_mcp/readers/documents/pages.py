"""Turns routes in headings and lists into the pages of the app."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from shipkit_mcp.facts import BlockKind, DocKind, Page, PrepDoc
from shipkit_mcp.readers.markdown_text import codes, plain, unadorned

_ROUTE = re.compile(r"/(?:[\w\[\]().:~-]+(?:/[\w\[\]().:~-]+)*)?")
_NOT_A_PAGE = re.compile(r"/?api(?:/.*)?|.*\.(?:tsx?|jsx?|md|sql|json|css)|.*\(.*")
_KINDS = frozenset({DocKind.APP_PAGES, DocKind.WIREFRAME})


def read_pages(documents: Iterable[PrepDoc]) -> tuple[Page, ...]:
    """Every route in backticks that stands in a heading or at the head of a list item, once each."""
    found: dict[str, Page] = {}
    for document in documents:
        if document.kind in _KINDS:
            for route, title, line in _routes(document):
                if route not in found:
                    found[route] = Page(route=route, title=title, evidence=document.source.at(line - 1))
    return tuple(found.values())


def _routes(document: PrepDoc) -> Iterator[tuple[str, str, int]]:
    lines = document.source.lines
    for section in document.sections:
        heading = lines[section.line - 1] if section.level else ""
        yield from ((route, _title(heading, route), section.line) for route in _pages_in(heading))
        for block in section.blocks:
            if block.kind is BlockKind.BULLET and block.depth == 0:
                first = block.text.split("\n", 1)[0]
                if first.startswith(("`/", "**")):
                    yield from ((route, _title(first, route), block.line) for route in _pages_in(first))


def _pages_in(text: str) -> Iterator[str]:
    for code in codes(text):
        route = code.split("?")[0].strip()
        if _ROUTE.fullmatch(route) and not _NOT_A_PAGE.fullmatch(route):
            yield route


def _title(text: str, route: str) -> str:
    """What stands beside the route: before it with a dash between, or behind an arrow."""
    before, _, behind = plain(text.lstrip("# ")).partition(route)
    behind = re.sub(r"^\?\S*", "", behind)
    named = re.split(r"\s[-–—]\s|\s\(|:\s|,\s*/", before.strip())[0].strip(" -–—,:/")
    if not named:
        named = re.split(r"\s[-–—]\s|\s\(", behind.lstrip(" →>:–—-"))[0].strip()
    return unadorned(named) or route
