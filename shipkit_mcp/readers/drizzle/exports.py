"""What a schema file exports: the names in order, where each is declared, and what leads out of the project."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.facts import Unread
from shipkit_mcp.readers.typescript.evaluate import Evaluator
from shipkit_mcp.readers.typescript.modules import Declared, Imported, Module
from shipkit_mcp.readers.typescript.values import Site

_MAX_REEXPORTS = 20


class Exports:
    """The exports of a run's modules. What is re-exported from outside is added to ``unread``."""

    def __init__(self, evaluator: Evaluator, unread: list[Unread]) -> None:
        self._evaluator = evaluator
        self._unread = unread

    def names(self, module: Module) -> Iterator[tuple[str, Module]]:
        """Exported names in order, ``export *`` followed."""
        seen: set[str] = set()
        for one in self._evaluator.star_modules(module):
            if isinstance(one, Unread):
                why = f"what is re-exported from {one.why}"
                self._unread.append(Unread(path=one.path, line=one.line, why=why))
                continue
            for name in one.exports:
                if name not in seen and not (name == "default" and one is not module):
                    seen.add(name)
                    yield name, one

    def site(self, module: Module, name: str) -> Site:
        target = module.exports.get(name)
        bound = module.bindings.get(target) if isinstance(target, str) else target
        if isinstance(bound, Declared):
            return Site(self._evaluator, module, bound.statement)
        if isinstance(bound, Imported):
            return Site(self._evaluator, module, bound.node)
        return Site(self._evaluator, module, bound if bound is not None else module.root)

    def origin(self, module: Module, name: str) -> Site | Unread:
        """Where an export is declared, through re-exports; ``Unread`` where that leads out of what can be read."""
        for _ in range(_MAX_REEXPORTS):
            target = module.exports.get(name)
            bound = module.bindings.get(target) if isinstance(target, str) else target
            if not isinstance(bound, Imported) or self._evaluator.library(bound.specifier) is not None:
                break
            found = self._evaluator.module_of(bound, module)
            if isinstance(found, Unread):
                return found
            name = bound.name
            modules = self._evaluator.star_modules(found)
            module = next((one for one in modules if isinstance(one, Module) and name in one.exports), found)
        return self.site(module, name)
