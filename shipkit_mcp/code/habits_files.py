"""The existing schema files -> how they are called, where they lie and what exports them all."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from shipkit_mcp.code.names import common_form
from shipkit_mcp.code.places import Sources
from shipkit_mcp.code.tokens import Code
from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Schema

FOLDER = "lib/drizzle/schema"
"""Of the mission's template."""
_EXTENSION = re.compile(r"\.(?:ts|tsx|mts|cts|js|mjs)$")
_FILE_SUFFIXES = ("", ".schema", ".table", ".model", ".sql", "-schema", "-table", "_table", "Schema", "Table")
_CASES = ("kebab", "camel", "snake", "pascal")


@dataclass(frozen=True, slots=True)
class Layout:
    """Files of the schema."""

    folder: str = FOLDER
    form: tuple[str, str, str] = ("", "kebab", "")
    """Of a file's name without extension, from its table's."""
    extension: str = ".ts"
    single: str | None = None
    """The one file that holds every table, where there is one."""
    barrel: str | None = None
    """The file that exports all others."""
    suffix: str = ""
    """Behind the path in relative imports: ``.js``, ``.ts`` or nothing."""
    fresh: bool = True
    """There is no schema yet."""


def read_layout(schema: Schema, sources: Sources) -> Layout:
    """Where new files go and what they are called."""
    files = Counter(table.path for table in schema.tables if table.path in sources.codes)
    if not files:
        return Layout()
    first = next(iter(files))
    folder = Counter(_folder(path) for path in files).most_common(1)[0][0]
    extension = _EXTENSION.search(first)
    single = first if len(files) == 1 and _is_whole(first, files[first], sources) else None
    return Layout(
        folder=folder,
        form=_form(schema),
        extension=".ts" if extension is None or extension.group(0) == ".tsx" else extension.group(0),
        single=single,
        barrel=_barrel(sources, set(files)),
        suffix=_suffix(sources),
        fresh=False,
    )


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def stem(path: str) -> str:
    """A file's name without folder and extension."""
    return _EXTENSION.sub("", path.rpartition("/")[2])


def _is_whole(path: str, tables: int, sources: Sources) -> bool:
    """One file for everything, and no folder of table files that has only begun."""
    return tables > 1 or stem(path) in ("schema", "index", "db", "tables") or not _barrel(sources, {path})


def _form(schema: Schema) -> tuple[str, str, str]:
    pairs = [(table.name, stem(table.path)) for table in schema.tables]
    return common_form(pairs, _CASES, _FILE_SUFFIXES) or ("", "kebab", "")


def exported_paths(code: Code) -> list[tuple[int, int, str]]:
    """(first token, end, specifier) of every ``export … from "…"``."""
    found = []
    tokens = code.tokens
    for at, token in enumerate(tokens):
        if token.text != "export":
            continue
        after = at + 1
        if after < len(tokens) and tokens[after].text == "type":
            after += 1
        if after < len(tokens) and tokens[after].text in "*{":
            end = next((n for n in range(after, len(tokens)) if tokens[n].text == "from"), None)
            if end is not None and end + 1 < len(tokens) and tokens[end + 1].kind == "string":
                behind = end + 2
                behind += behind < len(tokens) and tokens[behind].text == ";"
                found.append((at, behind, tokens[end + 1].text[1:-1]))
    return found


def resolves(folder: str, specifier: str, path: str) -> bool:
    """Whether a relative specifier, written in a folder, means this file."""
    return _bare(path) in _meant(folder, specifier)


def _bare(path: str) -> str:
    return _EXTENSION.sub("", path)


def _meant(folder: str, specifier: str) -> tuple[str, ...]:
    """The files, without extension, that a relative specifier may mean."""
    if not specifier.startswith("."):
        return ()
    parts: list[str] = [one for one in folder.split("/") if one]
    for one in specifier.split("/"):
        if one == ".." and parts:
            parts.pop()
        elif one not in (".", "..", ""):
            parts.append(one)
    bare = _bare("/".join(parts))
    return bare, f"{bare}/index"


def _barrel(sources: Sources, files: set[str]) -> str | None:
    """The file that exports most of the table files."""
    votes: Counter[str] = Counter()
    bare = {_bare(one) for one in files}
    for path, code in sources.codes.items():
        beat()
        others = bare - {_bare(path)}
        for _, _, specifier in exported_paths(code):
            votes[path] += not others.isdisjoint(_meant(_folder(path), specifier))
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] else None


def _suffix(sources: Sources) -> str:
    seen: Counter[str] = Counter()
    for code in sources.codes.values():
        beat()
        for token in code.tokens:
            if token.kind == "string" and token.text[1:-1].startswith(("./", "../")):
                ending = _EXTENSION.search(token.text[1:-1])
                seen[ending.group(0) if ending else ""] += 1
    return seen.most_common(1)[0][0] if seen else ""


def specifier(from_folder: str, path: str, suffix: str) -> str:
    """The relative import path of a file, as seen from a folder."""
    here = [one for one in from_folder.split("/") if one]
    there = _EXTENSION.sub("", path).split("/")
    while here and len(there) > 1 and here[0] == there[0]:
        here, there = here[1:], there[1:]
    up = "/".join([".."] * len(here)) or "."
    return f"{up}/{'/'.join(there)}{suffix}"
