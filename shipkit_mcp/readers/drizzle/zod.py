"""zod's enums, since schemas take an enum's values from them; everything else of zod stays unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shipkit_mcp.readers.drizzle.enums import enum_values
from shipkit_mcp.readers.typescript.values import UNDEFINED, Host, Items, Record, Site, Value


class ZodEnum(Host):
    """``z.enum([…])``."""

    __slots__ = ("values",)

    def __init__(self, values: Value) -> None:
        self.values = values

    def get(self, key: str, site: Site) -> Value:
        if key == "options":
            return self.values
        if key in ("enum", "Enum", "Values") and isinstance(self.values, Items) and not self.values.rest:
            record = Record()
            record.update({str(value): value for value in self.values})
            return record
        return super().get(key, site)

    def described(self) -> str:
        return "a zod enum"


class _MakesZodEnum(Host):
    __slots__ = ()

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        return ZodEnum(enum_values(arguments[0] if arguments else UNDEFINED, site))


class _Zod(Host):
    """``z``."""

    __slots__ = ()

    def get(self, key: str, site: Site) -> Value:
        return _ENUM if key in ("enum", "nativeEnum") else site.unknown(f"zod's `{key}` is not evaluated")


_ENUM = _MakesZodEnum()
_EXPORTS: Mapping[str, Value] = {"z": _Zod(), "default": _Zod(), "enum": _ENUM, "nativeEnum": _ENUM}


def zod_exports(specifier: str) -> Mapping[str, Value] | None:
    """What an import of zod gives; None for another package."""
    package, _, rest = specifier.partition("/")
    return _EXPORTS if package == "zod" and rest in ("", "v3", "v4", "mini", "v4-mini") else None


__all__ = ["ZodEnum", "zod_exports"]
