"""A project's files to the files of its Drizzle schema, with the rule by which they were chosen."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from shipkit_mcp.facts import Evidence, Files, SchemaChoice
from shipkit_mcp.readers.drizzle.discovery.candidates import (
    Candidate,
    choose_candidate,
    find_candidates,
    is_aside,
    meant,
    read_configs,
)
from shipkit_mcp.readers.drizzle.discovery.client import find_client_casing, is_test
from shipkit_mcp.readers.drizzle.discovery.config import CASINGS, DrizzleConfig, bases
from shipkit_mcp.readers.drizzle.discovery.conventions import CONVENTIONS, find_conventional
from shipkit_mcp.readers.drizzle.discovery.literals import HERE
from shipkit_mcp.readers.drizzle.discovery.packages import find_dialect, find_version
from shipkit_mcp.readers.drizzle.discovery.project import Project, is_outside, survey

_CORE = re.compile(r"""["']drizzle-orm/(pg|mysql|sqlite|singlestore|mssql|cockroach|gel)-core["']""")
_CORES = {"pg": "postgresql"}
_MOST_READ = 40
_RULE = "tests and examples last, own before the workspace's, then nearest to the root, then most tables"


def find_schema(files: Files, given: Sequence[str] = (), casing: str | None = None) -> SchemaChoice:
    """Chooses the schema: what was given, else a configuration's ``schema``, else a conventional folder.

    ``given`` are paths, folders or globs relative to the project, or configurations; ``casing`` is
    ``none``, ``snake_case`` or ``camelCase`` and wins over what the project says. Total: a project without a
    schema gives a choice without files, which says where was looked.
    """
    project = survey(files)
    configs = read_configs(project)
    candidates = find_candidates(project, configs)
    named = [one for one in candidates if one.name in map(posixpath.normpath, given)]
    if given and len(named) == len(given):
        choice = _choose_named(project, named)
    elif given:
        choice = _choose_given(project, given, candidates)
    elif candidates:
        choice = _choose_config(project, candidates)
    else:
        choice = _choose_conventional(project, configs)
    return _with_casing(project, _described(project, choice), casing, configs)


def _choose_given(project: Project, given: Sequence[str], candidates: Sequence[Candidate]) -> SchemaChoice:
    """Only what was asked for: a path that names nothing never becomes another schema."""
    paths = sorted({path for one in given for path in meant(project, one, "")})
    named = ", ".join(given)
    if not paths:
        return SchemaChoice(found_by=f"no file of the project is meant by {named}", looked_in=tuple(given))
    config = next((one.config for one in candidates if set(paths) & set(one.files)), None)
    return _settings(project, SchemaChoice(files=tuple(paths), found_by=f"given: {named}"), config)


def _choose_named(project: Project, named: Sequence[Candidate]) -> SchemaChoice:
    """The databases of the configurations that were asked for."""
    paths = sorted({path for one in named for path in one.files})
    found_by = f"`schema` in {', '.join(one.name for one in named)}, as given"
    choice = SchemaChoice(files=tuple(paths), found_by=found_by)
    if len(named) == 1:
        return _configured(project, choice, named[0].config)
    return _settings(project, choice, named[0].config)


def _choose_config(project: Project, candidates: Sequence[Candidate]) -> SchemaChoice:
    best = choose_candidate(project, candidates)
    others = tuple(one.name for one in candidates if one is not best and not is_test(one.name))
    why = f"`schema` in {best.name}"
    if others:
        why += f" (of {len(others) + 1} databases: {_RULE})"
    if best.config.unknown:
        why += f"; {best.config.unknown} in part"
    return _configured(project, SchemaChoice(files=best.files, found_by=why, others=others), best.config)


def _choose_conventional(project: Project, configs: Sequence[DrizzleConfig]) -> SchemaChoice:
    """Of the schemas in the usual places the first; a configuration that did not help says why."""
    found = find_conventional(project)
    unhelpful = [
        f"{one.path}: {one.unknown or 'its `schema` names no file of the project'}" for one in configs
    ]
    looked_in = tuple(dict.fromkeys(one.path for one in configs)) or ("drizzle.config.*",)
    if not found:
        why = "; ".join(("no Drizzle schema was found", *unhelpful))
        return SchemaChoice(found_by=why, looked_in=(*looked_in, *CONVENTIONS))
    first = min(found, key=lambda one: (is_test(one.place), is_aside(one.place)))
    choice = SchemaChoice(
        files=first.files,
        found_by="; ".join((f"the convention {first.place}", *unhelpful[:1])),
        others=tuple(one.place for one in found if one is not first and not is_test(one.place)),
        looked_in=looked_in,
    )
    return _settings(project, choice, configs[0] if configs else None)


def _configured(project: Project, choice: SchemaChoice, config: DrizzleConfig) -> SchemaChoice:
    """A choice that one configuration made: as in drizzle-kit only the tables of its dialect are meant, and
    its filters are stated, since they are about what a database holds and leave no table out."""
    filters = {name: patterns for name, patterns in config.filters.items() if patterns}
    verb = "is" if len(filters) == 1 else "are"
    stated = f"; its {' and '.join(filters)} {verb} for push and pull only" if filters else ""
    update = {"only_dialect": config.dialect, "filters": filters, "found_by": choice.found_by + stated}
    return _settings(project, choice.model_copy(update=update), config)


def _settings(project: Project, choice: SchemaChoice, config: DrizzleConfig | None) -> SchemaChoice:
    if config is None:
        return choice
    return choice.model_copy(
        update={
            "config": config.path,
            "out": _out(project, config),
            "dialect": config.dialect,
            "casing": config.casing,
            "casing_from": config.casing_from,
        }
    )


def _out(project: Project, config: DrizzleConfig) -> str | None:
    """The migrations folder, relative to the project; None where it lies outside of what may be read."""
    if not config.out:
        return None
    base = bases(config.path, config.out, project.packages)[0]
    path = posixpath.normpath(posixpath.join(base, config.out.removeprefix(HERE).lstrip("/")))
    return path if not is_outside(path) or path in project.tree.folders else None


def _described(project: Project, choice: SchemaChoice) -> SchemaChoice:
    """Adds dialect and version where the configuration says nothing of them."""
    folder = posixpath.dirname(choice.files[0] if choice.files else choice.config or "")
    version = find_version(project.files, folder, project.packages)
    dialect = choice.dialect or _imported_dialect(project, choice.files)
    if dialect is None and choice.files:
        dialect = find_dialect(project.files, folder)
    return choice.model_copy(update={"dialect": dialect, "drizzle_version": version})


def _imported_dialect(project: Project, paths: Sequence[str]) -> str | None:
    found = (_CORE.search(project.text(path)) for path in paths[:_MOST_READ])
    first = next(filter(None, found), None)
    return _CORES.get(first[1], first[1]) if first is not None else None


def _with_casing(
    project: Project, choice: SchemaChoice, wanted: str | None, configs: Sequence[DrizzleConfig]
) -> SchemaChoice:
    """The casing: as wanted, else of the configuration, the ``drizzle(...)`` call, a test's configuration."""
    if wanted is not None:
        casing = wanted if wanted in CASINGS else None
        return choice.model_copy(update={"casing": casing, "casing_from": None})
    if choice.casing is not None or not choice.files:
        return choice
    found = find_client_casing(project, choice.files) or next(_sibling_casing(choice, configs), None)
    if found is None:
        return choice
    return choice.model_copy(update={"casing": found[0], "casing_from": found[1]})


def _sibling_casing(choice: SchemaChoice, configs: Sequence[DrizzleConfig]) -> Iterator[tuple[str, Evidence]]:
    """A test's configuration beside the chosen one, which is made for the same tables."""
    folder = posixpath.dirname(choice.config) if choice.config else None
    for one in configs:
        beside = posixpath.dirname(one.path) == folder and one.path != choice.config
        if beside and is_test(one.path) and one.casing and one.casing_from:
            yield one.casing, one.casing_from
