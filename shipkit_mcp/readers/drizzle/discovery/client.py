"""The ``drizzle(...)`` call beside a schema to the casing that it sets."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from shipkit_mcp.facts import Evidence, Source, Unread
from shipkit_mcp.readers.drizzle.discovery.beyond import Beyond
from shipkit_mcp.readers.drizzle.discovery.config import CASINGS
from shipkit_mcp.readers.drizzle.discovery.glob import EXTENSIONS, Tree
from shipkit_mcp.readers.drizzle.discovery.literals import Literals
from shipkit_mcp.readers.drizzle.discovery.project import Project
from shipkit_mcp.readers.typescript import parse

_MOST_FILES = 40
_CALL = re.compile(r"\bcasing\b")
_IMPORT = re.compile(r"""\bimport\s*\{([^}]{0,2000})\}\s*from\s*["']drizzle-orm/""")
_TESTS = re.compile(
    r"(?:^|[/._-])(?:tests?|specs?|mocks?|fixtures?|e2e|__tests__)(?:[/._-]|$)", re.IGNORECASE
)
_LIKELY = ("index", "db", "client", "drizzle", "database", "connection", "server")


def find_client_casing(project: Project, schema: Sequence[str]) -> tuple[str, Evidence] | None:
    """The casing of the first ``drizzle(..., { casing })`` beside the schema or one folder up."""
    for path in _candidates(project.tree, schema):
        source = project.files.get(path)
        if source is not None and "drizzle" in source.text and _CALL.search(source.text):
            found = read_client_casing(source, project.beyond)
            if found is not None:
                return found
    return None


def is_test(path: str) -> bool:
    """Whether a path says that it belongs to tests."""
    return _TESTS.search(path) is not None


def read_client_casing(source: Source, beyond: Beyond | None = None) -> tuple[str, Evidence] | None:
    """The casing that a ``drizzle(...)`` call of a file sets, with its line."""
    parsed = parse(source)
    if isinstance(parsed, Unread):
        return None
    literals = Literals(parsed, beyond)
    names = _names(source.text)
    for call in literals.nodes("call_expression"):
        called, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
        if called is None or arguments is None or parsed.text(called) not in names:
            continue
        for argument in arguments.named_children:
            given = literals.follow(argument)
            casing = literals.properties(given).get("casing") if given is not None else None
            value = literals.text(casing)
            if casing is not None and value in CASINGS:
                return value, source.at(casing.start_point.row)
    return None


def _names(text: str) -> frozenset[str]:
    """What ``drizzle`` is called in the file."""
    names = {"drizzle"}
    for found in _IMPORT.finditer(text):
        for one in found[1].split(","):
            name, _, local = one.strip().partition(" as ")
            if name.strip() == "drizzle" and local:
                names.add(local.strip())
    return frozenset(names)


def _candidates(tree: Tree, schema: Sequence[str]) -> Iterator[str]:
    folders = dict.fromkeys(folder for path in schema for folder in _around(path))
    near = [path for folder in folders for path in tree.children.get(folder, ()) if path.endswith(EXTENSIONS)]
    known = frozenset(schema)
    likely = sorted(dict.fromkeys(near), key=lambda path: (is_test(path), path in known, _likelihood(path)))
    return iter(likely[:_MOST_FILES])


def _around(path: str) -> tuple[str, str]:
    own = posixpath.dirname(path)
    return own, posixpath.dirname(own)


def _likelihood(path: str) -> tuple[int, str]:
    stem = posixpath.basename(path).partition(".")[0]
    return (_LIKELY.index(stem) if stem in _LIKELY else len(_LIKELY), path)
