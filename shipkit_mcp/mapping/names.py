"""Names of documents and of databases -> one spelling, so that they can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import inflection

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NO_WORD = re.compile(r"[\W_]+")
_SUFFIX = re.compile(r"_(?:workflows?|tasks?|jobs?|runs?)$")


@lru_cache(maxsize=8192)
def to_snake(name: str) -> str:
    """``generationJobId`` and ``generation-job-id`` as ``generation_job_id``."""
    return _NO_WORD.sub("_", _CAMEL.sub("_", name)).strip("_").lower()


def to_camel(name: str) -> str:
    """``generation_job_id`` as ``generationJobId``."""
    first, *rest = to_snake(name).split("_")
    return first + "".join(word.capitalize() for word in rest)


@lru_cache(maxsize=8192)
def singular(name: str) -> str:
    """A snake_case name with its last word in the singular."""
    head, _, last = to_snake(name).rpartition("_")
    one = _singular_word(last)
    return f"{head}_{one}" if head else one


@lru_cache(maxsize=8192)
def _singular_word(word: str) -> str:
    return str(inflection.singularize(word))


@lru_cache(maxsize=8192)
def table_key(name: str) -> str:
    """What two spellings of one table have in common: without namespace, snake_case, singular."""
    return singular(name.rpartition(".")[2])


@lru_cache(maxsize=8192)
def words(name: str) -> frozenset[str]:
    """The words of a name, each in the singular."""
    return frozenset(singular(word) for word in to_snake(name).split("_") if word)


def referred(reference: str | None) -> tuple[str, str] | None:
    """The table and column of ``table.column`` (or ``schema.table.column``); None where it names none."""
    if not reference:
        return None
    table, _, column = reference.rpartition(".")
    return (table, column) if table else (reference, "id")


def table_name(workflow: str, suffix: str) -> str:
    """The mission's name for a workflow's table: ``[workflow]_jobs``, ``[workflow]_results``."""
    stem = _SUFFIX.sub("", to_snake(workflow))
    return f"{stem or to_snake(workflow) or 'workflow'}_{suffix}"


def are_camel(names: Iterable[str]) -> bool:
    """Whether most of the names that have several words are written camelCase."""
    several = [name for name in names if "_" in to_snake(name)]
    camel = [name for name in several if "_" not in name]
    return len(camel) * 2 > len(several)
