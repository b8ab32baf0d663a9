"""Cuts documents into units, each the part of one document that speaks of one workflow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from shipkit_mcp.facts import DocKind, Evidence, PrepDoc, Section, Statement
from shipkit_mcp.readers.markdown_labels import Labelled, labelled, subtree
from shipkit_mcp.readers.markdown_text import codes, fold, snake, spoken, unadorned
from shipkit_mcp.readers.workflows.words import ENTRY_LABELS, FILE_LABELS, TITLE_EDGES, TITLE_NOISE
from shipkit_mcp.readers.workflows.words_sections import kind_of_section

UnitSource = Literal["file", "section", "index", "blueprint", "task"]

_NUMBERED = re.compile(r"(?:workflow|flujo(?: de trabajo)?|flusso|flux) \d+[a-z]?(?: .*)?")
_FULL = frozenset(
    {"payloads", "outputs", "tables", "chain", "dataflow", "progress", "decisions", "tasks", "checklist"}
)
_FILE_NAME = re.compile(r"(?:trigger_)?workflows?_(?P<name>\w+)\.md")


@dataclass(frozen=True)
class Unit:
    """What one document says of one workflow."""

    document: PrepDoc
    sections: tuple[Section, ...]
    title: str
    name: str
    source: UnitSource
    file: str | None = None
    """The workflow file an index entry points to."""

    @property
    def evidence(self) -> Evidence:
        return self.document.source.at(self.sections[0].line - 1)

    def say(self, text: str, line: int) -> Statement:
        """A statement at a line of the document."""
        return Statement(text=spoken(text), evidence=self.document.source.at(line - 1))

    def labels(self) -> Iterator[tuple[Section, Labelled]]:
        """Every labelled line with its section."""
        for section in self.sections:
            for one in labelled(section.blocks):
                yield section, one

    def kind(self, section: Section) -> str:
        """The kind of a section: its own, else that of the nearest section around it."""
        if own := kind_of_section(section.key):
            return "files" if own in {"tables", "tasks"} and self._among_files(section) else own
        return next((kind for key in reversed(section.parents) if (kind := kind_of_section(key))), "")

    @staticmethod
    def _among_files(section: Section) -> bool:
        return (
            any(kind_of_section(key) == "files" for key in section.parents)
            and kind_of_section(section.key) == "tables"
        )


_STANDING = re.compile(
    r"\s*[(\[](?:(?:design |file |creation )?pending(?: creation| design)?|planned|to do|todo|tbd|coming soon"
    r"|to be (?:created|designed|written)|not (?:yet )?(?:created|designed|written)|pendiente(?: de \w+)?"
    r"|in attesa|da creare|en attente|à créer)[)\]]\s*$",
    re.IGNORECASE,
)
"""How far a workflow is, said behind its title: no part of its name."""


@lru_cache(maxsize=1024)
def bare_title(title: str) -> str:
    """A workflow's title without emoji, numbering and boilerplate such as "Trigger.dev Quick Reference"."""
    clean = _STANDING.sub("", unadorned(title)) or unadorned(title)
    parts = [part.strip() for part in re.split(r":|\s[–—|]\s", clean) if part.strip()]
    kept = [part for part in parts if not TITLE_NOISE.fullmatch(fold(part))]
    bare = ": ".join(kept) or clean
    for _ in range(2):
        bare = TITLE_EDGES.sub("", bare, count=1).strip() or bare
    return bare


@lru_cache(maxsize=1024)
def title_words(title: str) -> frozenset[str]:
    """The words of a title that tell workflows apart."""
    words = (word.removesuffix("s") for word in fold(bare_title(title)).replace("_", " ").split())
    return frozenset(word for word in words if word not in _FILLERS) or frozenset({fold(title)})


_FILLERS = frozenset(
    [
        *("ai", "ia", "workflow", "job", "background", "task", "process", "the", "a", "of", "and"),
        *("flujo", "trabajo", "de", "la", "el", "con", "y"),
        *("flusso", "di", "il", "e"),
        *("flux", "travail", "du", "le", "et"),
    ]
)


def workflow_name(path: str) -> str | None:
    """``theme_generation`` of ``.../trigger_workflow_theme_generation.md``."""
    found = _FILE_NAME.fullmatch(path.rpartition("/")[2].lower().replace("-", "_"))
    return found["name"] if found and found["name"] not in {"summary", "index"} else None


def cut(document: PrepDoc) -> tuple[Unit, ...]:
    """The units of a workflow document or an index."""
    if not document.sections:
        return ()
    groups = _grouped(list(_entries(document.sections)))
    if document.kind is DocKind.WORKFLOW_INDEX or len(groups) > 1:
        return tuple(_entry_unit(document, group) for group in groups)
    first = next((one for one in document.sections if one.level), document.sections[0])
    name = workflow_name(document.path)
    title = bare_title(first.title) or (name or "").replace("_", " ")
    return (Unit(document, document.sections, title, name or snake(title) or "workflow", "file"),)


def task_unit(document: PrepDoc) -> Unit:
    """A task document as a unit; its title without "Task 012" and "Phase 3"."""
    parts = [part.strip() for part in re.split(r":|\s[-–—|]\s", unadorned(document.title)) if part.strip()]
    title = next((part for part in reversed(parts) if not _TASK_TITLE.fullmatch(fold(part))), document.title)
    return Unit(
        document, document.sections, bare_title(title), snake(bare_title(title)) or "workflow", "task"
    )


_TASK_TITLE = re.compile(r"(?:ai )?task(?: template| document)?(?: \d+)?|phase \d+")


def rest_of(document: PrepDoc, units: Sequence[Unit]) -> Unit | None:
    """What a document of several workflows says of none in particular."""
    taken = {section.line for unit in units for section in unit.sections}
    rest = tuple(section for section in document.sections if section.line not in taken)
    return Unit(document, rest, document.title, "", "section") if rest and len(units) > 1 else None


def _entries(sections: Sequence[Section]) -> Iterator[tuple[Section, ...]]:
    """Outermost sections, apart from one that spans the document, that describe one workflow each."""
    at = 0
    while at < len(sections):
        section = sections[at]
        below = subtree(sections, at)
        spans = len(below) >= len(sections) - 1 and len(below) > 1
        if section.level and not spans and _is_entry(section, below):
            yield below
            at += len(below)
        else:
            at += 1


def _is_entry(section: Section, below: Sequence[Section]) -> bool:
    if kind_of_section(section.key):
        return False
    if _NUMBERED.fullmatch(section.key):
        return True
    keys = {one.key for one in labelled(section.blocks)}
    if len(keys & ENTRY_LABELS) > 1:
        return True
    direct = {kind_of_section(one.key) for one in below if one.level == section.level + 1}
    return len(direct & _FULL) > 1


def _grouped(entries: Sequence[tuple[Section, ...]]) -> list[list[tuple[Section, ...]]]:
    """Entries of one workflow together: card and section have one title, or one number and a shorter one."""
    groups: list[list[tuple[Section, ...]]] = []
    for entry in entries:
        known = next((group for group in groups if _alike(group[0][0].title, entry[0].title)), None)
        if known is None:
            groups.append([entry])
        else:
            known.append(entry)
    return groups


def _alike(one: str, other: str) -> bool:
    words, others = title_words(one), title_words(other)
    number = _number(one)
    same_number = number is not None and number == _number(other)
    return words == others or (same_number and (words <= others or others <= words))


def _number(title: str) -> str | None:
    found = re.search(r"\d+", title)
    return found[0] if found else None


def _fullness(sections: Sequence[Section]) -> int:
    """How many kinds of sections there are that only a workflow told in full has."""
    return len({kind_of_section(section.key) for section in sections} & _FULL)


def _entry_unit(document: PrepDoc, group: Sequence[tuple[Section, ...]]) -> Unit:
    """The unit of an entry: told in full where it shows payloads, tables or a chain, else an index entry."""
    ordered = sorted(group, key=lambda entry: (-_fullness(entry), -sum(len(one.blocks) for one in entry)))
    sections = tuple(section for entry in ordered for section in entry)
    title = bare_title(ordered[0][0].title)
    unit = Unit(document, sections, title, snake(title) or "workflow", "section")
    file = next((name for _, one in unit.labels() if one.key in FILE_LABELS if (name := _file_in(one))), None)
    full = _fullness(sections) > 0
    source: UnitSource = "section" if full and document.kind is DocKind.WORKFLOW else "index"
    return Unit(document, sections, title, (workflow_name(file) if file else None) or unit.name, source, file)


def _file_in(one: Labelled) -> str | None:
    named = [code for code in codes(one.value) if code.endswith(".md")]
    return (
        named[0].rpartition("/")[2]
        if named
        else next(
            (word.strip("()[]") for word in one.value.split() if word.strip("()[]").endswith(".md")), None
        )
    )
