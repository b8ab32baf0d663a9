"""What a document's fence declares: interfaces, type aliases, enums and lists of constants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an interface or object type."""

    name: str
    type: str
    """As written, white space folded, without the null alternatives."""
    line: int
    optional: bool = False
    """``name?:``."""
    nullable: bool = False
    """``| null`` or ``| undefined``."""
    many: bool = False
    """``T[]`` or ``Array<T>``."""
    values: tuple[str, ...] = ()
    """The string alternatives of a union, in order."""
    members: tuple[Member, ...] = ()
    """Of a nested object type, also inside an array."""
    comment: str | None = None
    """Beside it, on its own line."""
    above: str | None = None
    """The comment lines directly above it."""


@dataclass(frozen=True, slots=True)
class TypeDeclaration:
    """An interface, a type alias, an enum or a ``const`` list of strings."""

    kind: Literal["interface", "type", "enum", "const"]
    name: str
    line: int
    members: tuple[Member, ...] = ()
    values: tuple[str, ...] = ()
    """Of a union of strings, of an enum (its values, else its names) or of a ``const`` array."""
    type: str = ""
    """The right side of a type alias, as written."""
    extends: tuple[str, ...] = ()
    comment: str | None = None
    """The comment lines directly above it."""
