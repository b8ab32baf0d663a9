"""What an evaluated expression is: Python's own values where they fit, these classes where they do not."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from tree_sitter import Node

from shipkit_mcp.facts import Unread

if TYPE_CHECKING:
    from shipkit_mcp.readers.typescript.evaluate import Evaluator
    from shipkit_mcp.readers.typescript.modules import Module

Value: TypeAlias = Any
"""str, int, float, bool, None (``null``), ``UNDEFINED``, ``Items``, ``Record`` or a ``Host``."""


class Undefined:
    """JavaScript's ``undefined``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "undefined"

    def __bool__(self) -> bool:
        return False


UNDEFINED = Undefined()


class BigInt(int):
    """A literal such as ``10n``."""


class Site:
    """Where something was evaluated, and by which evaluator."""

    __slots__ = ("evaluator", "module", "node")

    def __init__(self, evaluator: Evaluator, module: Module, node: Node) -> None:
        self.evaluator = evaluator
        self.module = module
        self.node = node

    @property
    def path(self) -> str:
        return self.module.path

    @property
    def line(self) -> int:
        return self.node.start_point[0] + 1

    def unknown(self, why: str, fallback: Value = UNDEFINED) -> Unknown:
        return Unknown(why, self.path, self.line, fallback)


@dataclass(frozen=True, slots=True, eq=False)
class Unknown:
    """A value that cannot be known without running the code."""

    why: str
    path: str
    line: int
    fallback: Value = UNDEFINED
    """What it is when the unknown part is absent: the right side of ``??`` and ``||``."""

    def unread(self) -> Unread:
        return Unread(path=self.path, line=self.line, why=self.why)


_MOST_LOST = 8


class Record(dict[str, Value]):
    """An object. Remembers where its members were written and what could not be spread into it.

    Lines, not nodes: a node keeps all of its tree that was looked at in memory.
    """

    rest: tuple[Unknown, ...] = ()
    """What could not be spread into it; the first few."""
    comments: Mapping[str, str] = {}

    def __init__(self, module: Module | None = None) -> None:
        super().__init__()
        self.module = module
        self.lines: dict[str, int] = {}

    def lose(self, *unknown: Unknown) -> None:
        """Notes what could not be spread into it."""
        self.rest = (*self.rest, *unknown)[:_MOST_LOST]

    def note(self, key: str, comment: str) -> None:
        """Keeps the comment that stands beside a member."""
        self.comments = {**self.comments, key: comment}


class Items(list[Value]):
    """An array. Remembers what could not be spread into it."""

    rest: tuple[Unknown, ...] = ()
    """What could not be spread into it; the first few."""

    def lose(self, *unknown: Unknown) -> None:
        """Notes what could not be spread into it."""
        self.rest = (*self.rest, *unknown)[:_MOST_LOST]


class Host:
    """An object of the library that is being imitated."""

    __slots__ = ()

    def get(self, key: str, site: Site) -> Value:
        """``object.key``."""
        return site.unknown(f"`.{key}` of {self.described()} is not known")

    def call(self, _arguments: Sequence[Value], site: Site) -> Value:
        """``object(…)``."""
        return site.unknown(f"{self.described()} is called")

    def invoke(self, key: str, arguments: Sequence[Value], site: Site) -> Value:
        """``object.key(…)``."""
        return site.evaluator.call(self.get(key, site), arguments, site)

    def assign(self, key: str, value: Value) -> None:
        """``object.key = value``; ignored where the library would not care."""

    def described(self) -> str:
        return type(self).__name__.lower()


class Repeatable(Host):
    """Something that an expression makes anew each time, and that can be made again by copying."""

    site: Site
    changes = 0
    """How often it was changed."""

    def again(self, site: Site) -> Repeatable:
        """As the expression makes it at another place."""
        raise NotImplementedError


class Namespace(Host):
    """``import * as name``: another module's exports."""

    __slots__ = ("module",)

    def __init__(self, module: Module) -> None:
        self.module = module

    def get(self, key: str, site: Site) -> Value:
        return site.evaluator.export(self.module, key, site)


class Scope:
    """The names of a function call; without names, the module's own."""

    __slots__ = ("module", "names", "outer")

    def __init__(
        self, module: Module, names: dict[str, Value] | None = None, outer: Scope | None = None
    ) -> None:
        self.module = module
        self.names = names
        self.outer = outer


class Closure(Host):
    """A function of the project."""

    __slots__ = ("node", "scope")

    def __init__(self, node: Node, scope: Scope) -> None:
        self.node = node
        self.scope = scope

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        return site.evaluator.run(self, arguments, site)


def text_of(value: Value) -> str | None:
    """What a template literal makes of a value; None where it is no primitive."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    return {None: "null", UNDEFINED: "undefined"}.get(value) if value is None or value is UNDEFINED else None


def number_text(value: float) -> str:
    """A number as JavaScript prints it."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return (
        repr(value).replace("e-0", "e-").replace("e+0", "e+").replace("inf", "Infinity").replace("nan", "NaN")
    )


_EXACT = 2**53
_LARGEST = 2**1024 - 2**970
"""From here on a double is infinite."""


def rounded(value: float) -> float:
    """A number as JavaScript keeps it: beyond 53 bits it is rounded, so that it never grows long."""
    if abs(value) >= _EXACT:
        return float(value) if abs(value) < _LARGEST else math.inf if value > 0 else -math.inf
    return int(value) if isinstance(value, float) and value.is_integer() else value


def truthy(value: Value) -> bool:
    """JavaScript's truth: empty arrays and objects are true."""
    return True if isinstance(value, (list, dict)) else bool(value)
