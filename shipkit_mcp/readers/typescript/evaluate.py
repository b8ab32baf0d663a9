"""Expressions of a module to their values, without running them: exact, or ``Unknown`` with the reason."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tree_sitter import Node

from shipkit_mcp.facts import Unread
from shipkit_mcp.readers.typescript import limits
from shipkit_mcp.readers.typescript.binding import bind
from shipkit_mcp.readers.typescript.builtins import COMPILED_HELPERS, GLOBALS
from shipkit_mcp.readers.typescript.configuration import joined
from shipkit_mcp.readers.typescript.expressions import EXPRESSIONS
from shipkit_mcp.readers.typescript.functions import run_function
from shipkit_mcp.readers.typescript.limits import TooMuch
from shipkit_mcp.readers.typescript.load import Modules
from shipkit_mcp.readers.typescript.methods import member, method
from shipkit_mcp.readers.typescript.modules import ALL, Declared, Imported, Module
from shipkit_mcp.readers.typescript.toplevel import settled
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    Closure,
    Host,
    Namespace,
    Record,
    Scope,
    Site,
    Unknown,
    Value,
)

Library = Callable[[str], Mapping[str, Value] | str | None]
"""What an imitated package exports under an import specifier, as values or as TypeScript; None where it is
not imitated."""


class _Package(Host):
    """``import * as pg from "drizzle-orm/pg-core"``."""

    __slots__ = ("exports", "specifier")

    def __init__(self, specifier: str, exports: Mapping[str, Value]) -> None:
        self.specifier = specifier
        self.exports = exports

    def get(self, key: str, site: Site) -> Value:
        if key in self.exports:
            return self.exports[key]
        return site.unknown(f"`{key}` of `{self.specifier}` is not known")


_MAX_DEPTH = limits.MAX_DEPTH
_TOO_MANY = "takes too many steps to evaluate"
_TOO_DEEP = "is nested too deep to evaluate"
OUR_FAULT = "its evaluation went wrong inside shipkit-mcp; please report this bug"
_FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""A fault of ours costs the table that showed it, not the whole schema. The fuzz tests look for its words."""
_PENDING = object()
_MISSING = object()


class Evaluator:
    """One run over the modules of a project."""

    def __init__(self, modules: Modules, library: Library) -> None:
        self.modules = modules
        self.library = library
        self.calls = 0
        self._stars: dict[str, list[Module | Unread]] = {}
        self._steps = 0
        self._most = 0
        self._depth = 0

    # --- bounds ----------------------------------------------------------------------------

    def bounded(self, site: Site, work: Callable[..., Value], *given: Any, **named: Any) -> Value:
        """Does one table's worth of work; ``Unknown`` where it is too much, or goes wrong in a way nobody foresaw."""
        most, depth, calls = self._most, self._depth, self.calls
        self._most = min(self._steps + limits.MAX_STEPS, limits.MAX_RUN_STEPS)
        try:
            return work(*given, **named)
        except TooMuch as fault:
            return site.unknown(str(fault))
        except _FAULTS as fault:
            return site.unknown(f"{OUR_FAULT} ({type(fault).__name__})")
        finally:
            self._most, self._depth, self.calls = most, depth, calls

    def spend(self, steps: int) -> None:
        """Counts work that no expression stands for, such as copying a spread."""
        self._steps += steps
        if self._steps > self._most:
            raise TooMuch(_TOO_MANY)

    def evaluate(self, node: Node, scope: Scope) -> Value:
        """The value of an expression."""
        steps = self._steps = self._steps + 1
        depth = self._depth
        if steps > self._most or depth >= _MAX_DEPTH:
            raise TooMuch(_TOO_MANY if steps > self._most else _TOO_DEEP)
        expression = EXPRESSIONS.get(node.type)
        if expression is None:
            return Site(self, scope.module, node).unknown(f"a {node.type.replace('_', ' ')} is not evaluated")
        self._depth = depth + 1
        value = expression(self, node, scope)
        self._depth = depth
        return value

    # --- names -----------------------------------------------------------------------------

    def lookup(self, node: Node, scope: Scope) -> Value:
        """The value of an identifier."""
        name = scope.module.source[node.start_byte : node.end_byte].decode("utf-8", "replace")
        names: dict[str, Value] | None = scope.names
        where: Scope = scope
        while names is not None:
            if name in names:
                return names[name]
            if where.outer is None:
                break
            where = where.outer
            names = where.names
        return self.binding(where.module, name, node)

    def binding(self, module: Module, name: str, node: Node) -> Value:
        """The value of a name of a module's top level."""
        value = module.values.get(name, _MISSING)
        if value is _PENDING:
            return Site(self, module, node).unknown(f"`{name}` refers to itself")
        if value is not _MISSING:
            return value
        bound = module.bindings.get(name)
        if bound is None or name in COMPILED_HELPERS:
            if module.outer is not None:
                return self.binding(module.outer, name, node)
            if name in GLOBALS:
                return GLOBALS[name]
            return Site(self, module, node).unknown(f"`{name}` is not declared")
        module.values[name] = _PENDING
        try:
            value = (
                self.imported(module, bound)
                if isinstance(bound, Imported)
                else self._declared(module, bound, name)
            )
        except TooMuch:
            del module.values[name]
            raise
        module.values[name] = value
        return value

    def _declared(self, module: Module, bound: Declared, name: str) -> Value:
        scope = Scope(module)
        if bound.pattern is None:
            value = self.evaluate(bound.node, scope)
            note = getattr(value, "named", None)
            if note is not None:
                note(name, Site(self, module, bound.statement))
            return settled(self, module, name, value) if name in module.changes else value
        names: dict[str, Value] = {}
        bind(self, bound.pattern, self.evaluate(bound.node, scope), names, scope)
        return names.get(name, UNDEFINED)

    def imported(self, module: Module, bound: Imported) -> Value:
        """The value of a name that a module imports."""
        site = Site(self, module, bound.node)
        known = self.library(bound.specifier)
        if known is not None and not isinstance(known, str):
            package = _Package(bound.specifier, known)
            return package if bound.name == ALL else package.get(bound.name, site)
        target = self.module_of(bound, module)
        if isinstance(target, Unread):
            return Unknown(f"`{bound.name}` comes from {target.why}", site.path, site.line)
        return Namespace(target) if bound.name == ALL else self.export(target, bound.name, site)

    def module_of(self, bound: Imported, module: Module) -> Module | Unread:
        """The module that an import means."""
        text = self.library(bound.specifier)
        if isinstance(text, str):
            return self.modules.add(bound.specifier, text)
        path = self.modules.resolver.resolve(bound.specifier, module.path)
        if path is None:
            place = joined(posixpath.dirname(module.path), bound.specifier)
            is_near = bound.specifier.startswith(".") and not place.startswith("..")
            why = "was not found" if is_near else "is outside the project"
            line = bound.node.start_point[0] + 1
            return Unread(path=module.path, line=line, why=f"`{bound.specifier}`, which {why}")
        target = self.modules.load(path)
        if isinstance(target, Unread):
            return Unread(
                path=target.path, line=target.line, why=f"`{path}`, which was not read: {target.why}"
            )
        return target

    def export(self, module: Module, name: str, site: Site) -> Value:
        """The value that a module exports under a name, through ``export * from`` too."""
        value = self._own_export(module, name, site)
        if value is not _MISSING:
            return value
        missing: Unknown | None = None
        for one in self.star_modules(module)[1:]:
            if isinstance(one, Unread):
                missing = missing or Unknown(f"`{name}` may come from {one.why}", site.path, site.line)
                continue
            value = self._own_export(one, name, site)
            if value is not _MISSING:
                return value
        if isinstance(self.library(module.path), str):
            return site.unknown(f"`{name}` of `{module.path}` is not known")
        return missing or site.unknown(f"`{module.path}` exports no `{name}`")

    def star_modules(self, module: Module) -> list[Module | Unread]:
        """A module and everything that it re-exports with a star, each once."""
        if module.path not in self._stars:
            self._stars[module.path] = self._find_star_modules(module)
        return self._stars[module.path]

    def _find_star_modules(self, module: Module) -> list[Module | Unread]:
        found: list[Module | Unread] = []
        seen: set[str] = set()
        pending: list[Module | Unread] = [module]
        while pending:
            one = pending.pop(0)
            if one.path in seen and isinstance(one, Module):
                continue
            seen.add(one.path)
            found.append(one)
            if isinstance(one, Module):
                stars = [star for star in one.stars if self.library(star.specifier) is None]
                pending[:0] = [self.module_of(star, one) for star in stars]
        return found

    def _own_export(self, module: Module, name: str, site: Site) -> Value:
        target = module.exports.get(name)
        if target is None:
            return _MISSING
        if isinstance(target, str):
            return self.binding(module, target, site.node) if target in module.bindings else UNDEFINED
        if isinstance(target, Imported):
            return self.imported(module, target)
        return self.evaluate(target, Scope(module))

    # --- members and calls -----------------------------------------------------------------

    def get(self, value: Value, key: str, site: Site) -> Value:
        """``value.key``."""
        if isinstance(value, Host):
            return value.get(key, site)
        if isinstance(value, Unknown):
            return value
        if isinstance(value, Record):
            if key in value:
                return value[key]
            return value.rest[0] if value.rest else UNDEFINED
        return member(value, key, site)

    def call(self, value: Value, arguments: Sequence[Value], site: Site) -> Value:
        """``value(…)``."""
        if isinstance(value, Host):
            return value.call(arguments, site)
        if isinstance(value, Unknown):
            return value
        return site.unknown("what is called is no function")

    def invoke(self, value: Value, key: str, arguments: Sequence[Value], site: Site) -> Value:
        """``value.key(…)``."""
        if isinstance(value, Host):
            return value.invoke(key, arguments, site)
        if isinstance(value, Unknown):
            return value
        if isinstance(value, Record):
            return self.call(self.get(value, key, site), arguments, site)
        return method(value, key, arguments, site)

    def constant(self, value: Value, site: Site) -> Value:
        """``value()`` of a function that takes nothing: at the top of a module the same text gives the same."""
        if not isinstance(value, Closure) or value.scope.names is not None:
            return self.call(value, (), site)
        module, node = value.scope.module, value.node
        text = module.source[node.start_byte : node.end_byte]
        if text not in module.made:
            found = self.call(value, (), site)
            if isinstance(found, Unknown):
                return found
            module.made[text] = (found, 0)
        return module.made[text][0]

    def run(self, closure: Closure, arguments: Sequence[Value], site: Site, this: Value = UNDEFINED) -> Value:
        """The result of a function of the project."""
        if self.calls >= limits.MAX_CALL_DEPTH:
            return site.unknown("functions call each other too deep")
        self.calls += 1
        value = run_function(self, closure, arguments, site, this)
        self.calls -= 1
        return value
