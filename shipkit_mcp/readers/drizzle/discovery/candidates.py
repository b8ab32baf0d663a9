"""The configurations of a project to the databases that they mean, likeliest first."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass

from shipkit_mcp.readers.drizzle.discovery.client import is_test
from shipkit_mcp.readers.drizzle.discovery.config import DrizzleConfig, bases, is_config, read_config
from shipkit_mcp.readers.drizzle.discovery.glob import expand
from shipkit_mcp.readers.drizzle.discovery.literals import HERE
from shipkit_mcp.readers.drizzle.discovery.packages import named_configs
from shipkit_mcp.readers.drizzle.discovery.project import Project, is_outside

_ASIDE = re.compile(
    r"(?:^|[/._-])(?:examples?|samples?|templates?|docs?|playground|demo|registry)(?:[/._-]|$)"
)
_TABLE = re.compile(r"\b(?:\w*[tT]able|\w*Table\w*)\(")
_MOST_CONFIGS = 60
_MOST_WEIGHED = 40


@dataclass(frozen=True)
class Candidate:
    """One database that the project may mean."""

    config: DrizzleConfig
    files: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.config.path


def read_configs(project: Project) -> tuple[DrizzleConfig, ...]:
    """Every configuration, the likeliest first; those of tests and examples last."""
    packages = sorted(project.packages)[:_MOST_CONFIGS]
    named = {path for folder in packages for path in named_configs(project.files, folder)}
    paths = {path for path in project.tree.paths if is_config(path)} | (named & project.tree.files)
    ranked = sorted(paths, key=lambda path: _rank(project, path))[:_MOST_CONFIGS]
    sources = (project.files.get(path) for path in ranked)
    return tuple(
        one for source in sources if source is not None for one in read_config(source, project.beyond)
    )


def is_aside(path: str) -> bool:
    """Whether a path says that it shows or tests something."""
    return is_test(path) or _ASIDE.search(path) is not None


def _rank(project: Project, path: str) -> tuple[bool | int | str, ...]:
    plain = posixpath.basename(path).startswith("drizzle.config.") and path.replace("../", "").count(".") == 2
    outside = (is_outside(path), not project.is_needed(path))
    return (is_test(path), is_aside(path), *outside, path.count("/"), not plain, path)


def find_candidates(project: Project, configs: Sequence[DrizzleConfig]) -> tuple[Candidate, ...]:
    """The databases of the configurations; those that mean the same files in the same dialect are one."""
    found: dict[tuple[object, ...], Candidate] = {}
    for config in configs:
        paths = _expand_config(project, config)
        if paths:
            found.setdefault((paths, config.dialect), Candidate(config, paths))
    return tuple(found.values())


def _expand_config(project: Project, config: DrizzleConfig) -> tuple[str, ...]:
    found: set[str] = set()
    for pattern in config.schema:
        plain = pattern.removeprefix(HERE).lstrip("/") if pattern.startswith(HERE) else pattern
        tried = (meant(project, plain, base) for base in bases(config.path, pattern, project.packages))
        found.update(next(filter(None, tried), ()))
    return tuple(sorted(found))


def meant(project: Project, pattern: str, base: str) -> tuple[str, ...]:
    """The files that a path or glob means in a folder, those that stand in no list included."""
    return expand(pattern, base, project.tree) or _hidden(project, base, pattern)


def _hidden(project: Project, base: str, path: str) -> tuple[str, ...]:
    """A file that stands in no list, such as one below a dot folder, but can be read."""
    full = posixpath.normpath(posixpath.join(base, path))
    listed = full.startswith("/") or "/." not in "/" + full.replace("../", "")
    return () if listed or not full.endswith((".ts", ".js")) or not project.text(full) else (full,)


def choose_candidate(project: Project, candidates: Sequence[Candidate]) -> Candidate:
    """The first by rank; among equals the one with the most tables."""
    first = _rank(project, candidates[0].name)[:-1]
    equals = [one for one in candidates if _rank(project, one.name)[:-1] == first]
    return max(equals, key=lambda one: _weight(project, one.files)) if len(equals) > 1 else equals[0]


def _weight(project: Project, paths: Sequence[str]) -> int:
    """About how many tables are made, in what the files re-export too; only compared, never told."""
    texts = (project.text(path) for path in project.with_reexports(paths, most=_MOST_WEIGHED))
    return sum(len(_TABLE.findall(text)) for text in texts)
