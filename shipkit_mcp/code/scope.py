"""What one file can call by name: its imports as they are, and those that the draft adds."""

from __future__ import annotations

from dataclasses import dataclass, field

from shipkit_mcp.code.habits import Habits
from shipkit_mcp.code.habits_files import resolves, specifier
from shipkit_mcp.code.tokens import Code

ORM = "drizzle-orm"


@dataclass
class Import:
    """One import statement with braces, or of a namespace."""

    start: int
    """Token indexes."""
    end: int
    opening: int | None
    source: str
    names: dict[str, str]
    """Imported name to local name."""
    namespace: str | None = None
    type_only: bool = False


@dataclass
class Scope:
    """The names of one file. Collects what must be imported; lives inside one call of ``draft_code``."""

    path: str
    habits: Habits
    imports: tuple[Import, ...] = ()
    declared: frozenset[str] = frozenset()
    added: dict[str, set[str]] = field(default_factory=dict)
    """Specifier to the names to import from it."""

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    def core(self, name: str) -> str:
        """A name of the dialect's core, as this file calls it; imported where it is not yet."""
        source = self.habits.core
        bare = name.removeprefix("type ")
        as_type = bare != name
        space = next((one.namespace for one in self.imports if one.source == source and one.namespace), None)
        known = self._known(source, bare, as_type=as_type)
        if known is None and (space or (not self.imports and self.habits.namespace)):
            space = space or self.habits.namespace
            if not any(one.namespace == space for one in self.imports):
                self.added.setdefault(source, set()).add(f"* as {space}")
            return f"{space}.{bare}"
        return known or self._add(source, name)

    def orm(self, name: str) -> str:
        """A name of ``drizzle-orm`` itself."""
        bare = name.removeprefix("type ")
        return self._known(ORM, bare, as_type=bare != name) or self._add(ORM, name)

    def local(self, path: str, name: str) -> str:
        """A constant of a schema file."""
        if path == self.path or name in self.declared:
            return name
        for one in self.imports:
            if resolves(self.folder, one.source, path) and one.namespace:
                return f"{one.namespace}.{name}"
            if name in one.names and not one.type_only:
                return one.names[name]
        return self._add(specifier(self.folder, path, self.habits.layout.suffix), name)

    def _known(self, source: str, name: str, *, as_type: bool) -> str | None:
        """What a name is called that is imported already; a type may also come from ``import type``."""
        fitting = [one for one in self.imports if one.source == source and (as_type or not one.type_only)]
        found = (one.names.get(name) for one in fitting)
        return next((one for one in found if one), None)

    def _add(self, source: str, name: str) -> str:
        self.added.setdefault(source, set()).add(name)
        return name.removeprefix("type ")


def read_imports(code: Code) -> tuple[Import, ...]:
    """Every import statement of a file."""
    found = []
    depths = code.depths()
    for at, token in enumerate(code.tokens):
        if token.text == "import" and token.kind == "word" and depths[at] == 0:
            one = _read_import(code, at)
            if one:
                found.append(one)
    return tuple(found)


def _read_import(code: Code, at: int) -> Import | None:
    tokens = code.tokens
    end = next((n for n in range(at + 1, len(tokens)) if tokens[n].kind == "string"), None)
    if end is None or (at + 1 < len(tokens) and tokens[at + 1].text == "("):
        return None
    opening = next((n for n in range(at, end) if tokens[n].text == "{"), None)
    starred = next((n for n in range(at, end) if tokens[n].text == "*"), None)
    behind = end + 1 + (end + 1 < len(tokens) and tokens[end + 1].text == ";")
    return Import(
        start=at,
        end=behind,
        opening=opening,
        source=tokens[end].text[1:-1],
        names=_names(code, opening) if opening is not None else {},
        namespace=tokens[starred + 2].text if starred is not None else None,
        type_only=tokens[at + 1].text == "type" and tokens[at + 2].text != "from",
    )


def _names(code: Code, opening: int) -> dict[str, str]:
    names = {}
    for start, end in code.items(opening):
        words = [one.text for one in code.tokens[start:end]]
        words = words[1:] if len(words) > 1 and words[0] == "type" and words[1] != "as" else words
        names[words[0]] = words[-1]
    return names


def import_lines(added: dict[str, set[str]], habits: Habits) -> list[str]:
    """Import statements: packages first, then files, each group in order."""
    packages = sorted(one for one in added if not one.startswith("."))
    packages.sort(key=lambda one: (one != habits.core and one.startswith(ORM), one))
    files = sorted(one for one in added if one.startswith("."))
    lines = [line for one in packages for line in _statement(one, added[one], habits)]
    if packages and files:
        lines.append("")
    return lines + [line for one in files for line in _statement(one, added[one], habits)]


def _statement(source: str, names: set[str], habits: Habits) -> list[str]:
    quoted = f"{habits.quote}{source}{habits.quote}{habits.semicolon}"
    starred = sorted(one for one in names if one.startswith("* as "))
    lines = [f"import {one} from {quoted}" for one in starred]
    named = in_order(names - set(starred))
    types = bool(named) and all(one.startswith("type ") for one in named)
    if named:
        word = "import type" if types else "import"
        shown = [one.removeprefix("type ") for one in named] if types else named
        lines += bracketed(f"{word} ", shown, f" from {quoted}", habits)
    return lines


def in_order(names: set[str]) -> list[str]:
    return sorted(names, key=lambda one: (one.removeprefix("type ").lower(), one))


def bracketed(before: str, names: list[str], behind: str, habits: Habits) -> list[str]:
    """``{ a, b }`` on one line where it fits."""
    line = f"{before}{{ {', '.join(names)} }}{behind}"
    if len(line) <= habits.width:
        return [line]
    inside = [f"{habits.unit}{one}," for one in names]
    inside[-1] = inside[-1] if habits.trailing else inside[-1][:-1]
    return [f"{before}{{", *inside, f"}}{behind}"]
