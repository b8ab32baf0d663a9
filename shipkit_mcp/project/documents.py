"""A project's files to the one folder that holds its planning documents."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from shipkit_mcp.project import names
from shipkit_mcp.project.files import ProjectFiles

CONTRACT = "ai_docs/prep"
"""Where the mission expects them."""

_BY_NAME = (
    ("master_idea", re.compile(r"master_?idea.*")),
    ("app_pages", re.compile(r"app_pages_and_functionality.*|app_pages|pages_and_functionality")),
    ("wireframe", re.compile(r"wireframes?(_.*)?")),
    ("workflow_index", re.compile(r"trigger_(dev_)?workflows(_summary|_index)?")),
    ("workflow", re.compile(r"trigger_(dev_)?workflow_.+")),
)
"""File names, folded, in the order in which the documents are read."""
_BY_HEADING = (
    ("master_idea", re.compile(r"(?mi)^#{1,3}[ \t]+[^\n]{0,12}master idea")),
    ("app_pages", re.compile(r"(?mi)^#{1,3}[ \t]+[^\n]{0,12}app pages (&|and) functionality")),
    ("wireframe", re.compile(r"(?mi)^#{1,3}[ \t]+[^\n]{0,12}wireframe")),
    ("workflow_index", re.compile(r"(?mi)^#{1,2}[ \t]+[^\n]{0,12}trigger\.dev workflows?\b[^\n]{0,24}$")),
    ("workflow", re.compile(r"(?mi)^#{1,4}[ \t]+[^\n]{0,8}(task chain diagram|critical decision points)\b")),
    ("workflow", re.compile(r"(?mi)^#{1,3}[ \t]+[^\n]{0,40}workflow\b[^\n]{0,8}:[^\n]{0,60}$")),
)
"""What stands in the first lines of a document of any name."""
_START = 6_000
_STARTS = 150
_OURS = "initial_data_schema"
_NOT_PLANNING = re.compile(
    r"readme.*|changelog.*|claude|agents|gemini|licen[sc]e.*|contributing|code_of_conduct|security|deploy"
    r"|setup|skill"
)
_NOT_A_HOME = re.compile(r"(?i)(.*[_-])?(prompts?|templates?|examples?|fixtures?|tests?|refs|commands)(__)?")
_GENERATOR = re.compile(r"\d+_(generate|create)_.*")
"""The template's own prompts, which quote every heading they ask for."""


@dataclass(frozen=True, slots=True)
class DocumentsFound:
    """Where the planning documents are."""

    folder: str | None
    """None where no folder holds any; "" is the project itself."""
    paths: tuple[str, ...] = ()
    """Planning documents first, in the order in which they are read, then what else stands beside them."""
    looked_in: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Other folders that hold planning documents and were not read."""


def kind_of_name(path: str) -> str | None:
    """Which planning document a file is by its name."""
    stem = re.sub(r"[\s-]+", "_", posixpath.splitext(posixpath.basename(path))[0].lower())
    if _GENERATOR.fullmatch(stem):
        return None
    return next((kind for kind, name in _BY_NAME if name.fullmatch(stem)), None)


def find_documents(files: ProjectFiles) -> DocumentsFound:
    """The folder of the contract, else any one folder that holds documents, told by names and headings.

    The project's own folders come before those of the workspace around it.
    """
    own = _find(files, CONTRACT, files.own())
    if own.paths or files.workspace is None:
        return own
    around = _find(files, f"{files.workspace}/{CONTRACT}", files.under())
    return replace(around, looked_in=tuple(dict.fromkeys((*own.looked_in, *around.looked_in))))


def _find(files: ProjectFiles, contract: str, listed: Sequence[str]) -> DocumentsFound:
    beside = _markdown(files.under(contract))
    if any(kind_of_name(path) for path in beside):
        return _found(files, contract, beside, (contract,))
    every = _markdown(listed)
    scores = _scores(files, every)
    if not scores and beside:
        return _found(files, contract, beside, (contract,))
    looked = (contract, *sorted({posixpath.dirname(path) or "." for path in every} - {contract}))
    if not scores:
        return DocumentsFound(None, looked_in=looked)
    first, *others = sorted(scores, key=lambda folder: (-scores[folder], folder.count("/"), folder))
    below = [path for path in every if _is_below(path, first)]
    others = [folder for folder in others if not _is_below(f"{folder}/x", first)]
    return _found(files, first, below, looked, tuple(others))


def _is_below(path: str, folder: str) -> bool:
    """Whether a file stands in a folder; of the project itself only what stands directly in it counts."""
    parent = posixpath.dirname(path)
    return parent == folder or (bool(folder) and f"{parent}/".startswith(f"{folder}/"))


def _markdown(paths: Sequence[str]) -> list[str]:
    """Documents that may be planning documents, ours left out."""
    return [path for path in paths if names.is_document(path) and _stem(path) != _OURS]


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0].lower()


def _scores(files: ProjectFiles, every: Sequence[str]) -> dict[str, int]:
    """Folder to how much speaks for it: a name counts twice what a heading does, a kind counts once."""
    kinds: dict[str, dict[str, int]] = defaultdict(dict)
    starts = _STARTS
    for path in every:
        folder = posixpath.dirname(path)
        if any(map(_NOT_A_HOME.fullmatch, folder.split("/"))) or _GENERATOR.fullmatch(_stem(path)):
            continue
        kind, weight = kind_of_name(path), 2
        if kind is None and starts > 0 and not _NOT_PLANNING.fullmatch(_stem(path)):
            starts -= 1
            kind, weight = kind_of_text(files.start_of(path, _START)), 1
        if kind is not None:
            kinds[folder][kind] = max(weight, kinds[folder].get(kind, 0))
    return {folder: sum(weights.values()) for folder, weights in kinds.items()}


def kind_of_text(start: str) -> str | None:
    """Which planning document a text is by its first headings."""
    outside = re.sub(r"(?ms)^(```|~~~).*?(^\1|\Z)", "", start)
    return next((kind for kind, heading in _BY_HEADING if heading.search(outside)), None)


def _found(
    files: ProjectFiles, folder: str, below: Sequence[str], looked: Sequence[str], others: Sequence[str] = ()
) -> DocumentsFound:
    """Planning documents at any depth below the folder, what else stands directly in it."""
    direct = {path for path in below if posixpath.dirname(path) == folder}
    named = [path for path in below if kind_of_name(path)]
    rest = sorted(path for path in direct - set(named) if not _NOT_PLANNING.fullmatch(_stem(path)))
    if not folder:
        rest = [path for path in rest if kind_of_text(files.start_of(path, _START))]
    beside = (posixpath.join(folder, name) for name in sorted(files.names(folder)[0]))
    ours = [path for path in beside if names.is_document(path) and _stem(path) == _OURS]
    order = [kind for kind, _ in _BY_NAME]
    named.sort(key=lambda path: (order.index(str(kind_of_name(path))), path))
    return DocumentsFound(folder, (*named, *rest, *ours), tuple(looked), tuple(others))
