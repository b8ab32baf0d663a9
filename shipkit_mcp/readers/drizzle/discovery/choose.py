"""A project's files to the files of its Drizzle schema, with the rule by which they were chosen."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shipkit_mcp.facts import Evidence, Files, SchemaChoice
from shipkit_mcp.readers.drizzle.discovery.client import find_client_casing, is_test
from shipkit_mcp.readers.drizzle.discovery.config import CASINGS, DrizzleConfig, bases, is_config, read_config
from shipkit_mcp.readers.drizzle.discovery.conventions import CONVENTIONS, find_conventional
from shipkit_mcp.readers.drizzle.discovery.glob import Tree, expand
from shipkit_mcp.readers.drizzle.discovery.literals import HERE
from shipkit_mcp.readers.drizzle.discovery.packages import find_dialect, find_version, named_configs

_ASIDE = re.compile(
    r"(?:^|[/._-])(?:examples?|samples?|templates?|docs?|playground|demo|registry)(?:[/._-]|$)"
)
_TABLE = re.compile(r"\b(?:\w*[tT]able|\w*Table\w*|table)\(")
_REEXPORT = re.compile(r"""\bexport\s[^;"']{0,500}?\bfrom\s*["'](\.[^"'\n]{1,200})["']""")
_CORE = re.compile(r"""["']drizzle-orm/(pg|mysql|sqlite|singlestore|mssql|cockroach|gel)-core["']""")
_CORES = {"pg": "postgresql"}
_MOST_CONFIGS = 60
_MOST_WEIGHED = 40


@dataclass(frozen=True)
class _Candidate:
    """One database that the project may mean."""

    config: DrizzleConfig
    files: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.config.path


def find_schema(files: Files, given: Sequence[str] = (), casing: str | None = None) -> SchemaChoice:
    """Chooses the schema: what was given, else a configuration's ``schema``, else a conventional folder.

    ``given`` are paths, folders or globs relative to the project; ``casing`` is ``none``, ``snake_case`` or
    ``camelCase`` and wins over what the project says. Total: a project without a schema gives a choice
    without files, which says where was looked.
    """
    tree = Tree(tuple(files.under("")))
    packages = frozenset(posixpath.dirname(path) for path in tree.paths if _is_package(path))
    configs = _read_configs(files, tree, packages)
    candidates = _candidates(files, tree, packages, configs)
    choice = (
        _choose_given(files, tree, packages, given, candidates)
        if given
        else _choose_config(files, packages, candidates)
        or _choose_conventional(files, tree, packages, configs)
        or _nothing(configs)
    )
    return _with_casing(_described(files, packages, choice), casing, files, tree, configs)


def _is_package(path: str) -> bool:
    return posixpath.basename(path) == "package.json"


def _read_configs(files: Files, tree: Tree, packages: frozenset[str]) -> tuple[DrizzleConfig, ...]:
    """Every configuration, the likeliest first; those of tests and examples last."""
    named = {path for folder in sorted(packages)[:_MOST_CONFIGS] for path in named_configs(files, folder)}
    paths = {path for path in tree.paths if is_config(path)} | (named & tree.files)
    ranked = sorted(paths, key=_rank)[:_MOST_CONFIGS]
    sources = (files.get(path) for path in ranked)
    return tuple(one for source in sources if source is not None for one in read_config(source))


def _rank(path: str) -> tuple[bool, bool, int, bool, str]:
    plain = posixpath.basename(path).startswith("drizzle.config.") and path.count(".") == 2
    return (is_test(path), _ASIDE.search(path) is not None, path.count("/"), not plain, path)


def _candidates(
    files: Files, tree: Tree, packages: frozenset[str], configs: Sequence[DrizzleConfig]
) -> tuple[_Candidate, ...]:
    """The databases of the configurations; those that mean the same files are one."""
    found: dict[tuple[str, ...], _Candidate] = {}
    for config in configs:
        paths = _expand_config(files, tree, packages, config)
        if paths:
            found.setdefault(paths, _Candidate(config, paths))
    return tuple(found.values())


def _expand_config(
    files: Files, tree: Tree, packages: frozenset[str], config: DrizzleConfig
) -> tuple[str, ...]:
    found: set[str] = set()
    for pattern in config.schema:
        plain = pattern.removeprefix(HERE).lstrip("/") if pattern.startswith(HERE) else pattern
        for base in bases(config.path, pattern, packages):
            paths = expand(plain, base, tree) or _hidden(files, base, plain)
            if paths:
                found.update(paths)
                break
    return tuple(sorted(found))


def _hidden(files: Files, base: str, path: str) -> tuple[str, ...]:
    """A file that stands in no list, such as one below a dot folder, but can be read."""
    full = posixpath.normpath(posixpath.join(base, path))
    listed = full.startswith(("../", "/")) or "/." not in "/" + full
    return () if listed or not full.endswith((".ts", ".js")) or files.get(full) is None else (full,)


def _choose_given(
    files: Files, tree: Tree, packages: frozenset[str], given: Sequence[str], candidates: Sequence[_Candidate]
) -> SchemaChoice:
    """Only what was asked for: a path that names nothing never becomes another schema."""
    paths = sorted({path for one in given for path in expand(one, "", tree) or _hidden(files, "", one)})
    named = ", ".join(given)
    if not paths:
        return SchemaChoice(found_by=f"no file of the project is meant by {named}", looked_in=tuple(given))
    config = next((one.config for one in candidates if set(paths) & set(one.files)), None)
    choice = SchemaChoice(files=tuple(paths), found_by=f"given: {named}")
    return _settings(choice, config, packages) if config is not None else choice


def _choose_config(
    files: Files, packages: frozenset[str], candidates: Sequence[_Candidate]
) -> SchemaChoice | None:
    if not candidates:
        return None
    best = _best(files, candidates)
    others = tuple(one.name for one in candidates if one is not best and not is_test(one.name))
    why = f"`schema` in {best.name}"
    if others:
        count = len(others) + 1
        why += f" (of {count} databases: tests and examples last, then nearest to the root, then most tables)"
    if best.config.unknown:
        why += f"; {best.config.unknown} in part"
    return _settings(SchemaChoice(files=best.files, found_by=why, others=others), best.config, packages)


def _best(files: Files, candidates: Sequence[_Candidate]) -> _Candidate:
    """The first by rank; among equals the one with the most tables."""
    first = _rank(candidates[0].name)[:-1]
    equals = [one for one in candidates if _rank(one.name)[:-1] == first]
    return max(equals, key=lambda one: _weight(files, one.files)) if len(equals) > 1 else equals[0]


def _weight(files: Files, paths: Sequence[str]) -> int:
    """About how many tables are made, in what the files re-export too; only compared, never told."""
    pending, seen, found = list(reversed(paths)), set[str](), 0
    while pending and len(seen) < _MOST_WEIGHED:
        path = pending.pop()
        source = files.get(path) if path not in seen else None
        seen.add(path)
        if source is not None:
            found += len(_TABLE.findall(source.text))
            pending += (one for name in _REEXPORT.findall(source.text) for one in _beside(path, name))
    return found


def _beside(path: str, name: str) -> tuple[str, ...]:
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
    stem = posixpath.splitext(target)[0] if target.endswith(".js") else target
    return (f"{stem}.ts", f"{stem}/index.ts", f"{stem}.js")


def _choose_conventional(
    files: Files, tree: Tree, packages: frozenset[str], configs: Sequence[DrizzleConfig]
) -> SchemaChoice | None:
    found = find_conventional(files, tree, packages)
    if not found:
        return None
    first = min(found, key=lambda one: (is_test(one.place), _ASIDE.search(one.place) is not None))
    why = f"the convention {first.place}"
    if configs:
        unread = configs[0].unknown or "its `schema` names no file of the project"
        why += f"; {configs[0].path} does not help: {unread}"
    choice = SchemaChoice(
        files=first.files,
        found_by=why,
        others=tuple(one.place for one in found if one is not first and not is_test(one.place)),
        looked_in=_looked_in(configs),
    )
    return _settings(choice, configs[0], packages) if configs else choice


def _nothing(configs: Sequence[DrizzleConfig]) -> SchemaChoice:
    reasons = [f"{one.path}: {one.unknown or 'its `schema` names no file of the project'}" for one in configs]
    why = "; ".join(("no Drizzle schema was found", *reasons))
    return SchemaChoice(found_by=why, looked_in=(*_looked_in(configs), *CONVENTIONS))


def _looked_in(configs: Sequence[DrizzleConfig]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.path for one in configs)) or ("drizzle.config.*",)


def _settings(choice: SchemaChoice, config: DrizzleConfig, packages: frozenset[str]) -> SchemaChoice:
    return choice.model_copy(
        update={
            "config": config.path,
            "out": _out(config, packages),
            "dialect": config.dialect,
            "casing": config.casing,
            "casing_from": config.casing_from,
        }
    )


def _out(config: DrizzleConfig, packages: frozenset[str]) -> str | None:
    """The migrations folder, relative to the project; None where it lies outside."""
    if not config.out:
        return None
    base = bases(config.path, config.out, packages)[0]
    path = posixpath.normpath(posixpath.join(base, config.out.removeprefix(HERE).lstrip("/")))
    return None if path.startswith("../") else path


def _described(files: Files, packages: frozenset[str], choice: SchemaChoice) -> SchemaChoice:
    """Adds dialect and version where the configuration says nothing of them."""
    anchor = choice.files[0] if choice.files else choice.config or ""
    folder = posixpath.dirname(anchor)
    dialect = choice.dialect or _imported_dialect(files, choice.files) or find_dialect(files, folder)
    version = find_version(files, folder, packages)
    return choice.model_copy(update={"dialect": dialect, "drizzle_version": version})


def _imported_dialect(files: Files, paths: Sequence[str]) -> str | None:
    for path in paths[:_MOST_WEIGHED]:
        source = files.get(path)
        found = _CORE.search(source.text) if source is not None else None
        if found is not None:
            return _CORES.get(found[1], found[1])
    return None


def _with_casing(
    choice: SchemaChoice, wanted: str | None, files: Files, tree: Tree, configs: Sequence[DrizzleConfig]
) -> SchemaChoice:
    """The casing: as wanted, else of the configuration, the ``drizzle(...)`` call, a test's configuration."""
    if wanted is not None:
        casing = wanted if wanted in CASINGS else None
        return choice.model_copy(update={"casing": casing, "casing_from": None})
    if choice.casing is not None or not choice.files:
        return choice
    found = find_client_casing(files, tree, choice.files) or next(_sibling_casing(choice, configs), None)
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
