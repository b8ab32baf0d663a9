"""A type as a document writes it -> a type of the project's dialect."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shipkit_mcp.patterns.types import BY_NAME, CASED, COMPATIBLE, JSON, TEXT, VOCABULARY, SqlType

_NULL = re.compile(r"\s*\|\s*(?:null|undefined)\b|\b(?:null|undefined)\s*\|\s*")
_SIZED = re.compile(r"^([A-Za-z][A-Za-z0-9_ ]*?)\s*\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)")
_WORD = re.compile(r"^[A-Za-z][A-Za-z0-9]*(?: (?:varying|precision|with(?:out)? time zone))?", re.IGNORECASE)
_ARRAY = re.compile(r"^(?:Array|ReadonlyArray)\s*<(.*)>$|^(.*?)\s*((?:\[\d*\])+)$", re.DOTALL)
_LITERALS = re.compile(r"""^\s*\|?\s*(?:["'`][^"'`]*["'`]\s*\|?\s*)+$""")
_SIZES = frozenset({"varchar", "char", "numeric", "decimal", "character varying", "character"})
_BY_NAME = tuple((re.compile(pattern), kind) for pattern, kind in BY_NAME)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a written type means."""

    kind: SqlType
    word: str = ""
    """The vocabulary's word for it; empty for the name of an interface or an enum."""
    size: str = ""
    """``(255)``, ``(10, 2)``."""
    dimensions: int = 0
    loose: bool = False
    """Nothing may be concluded from a difference (the name of an interface, ``unknown``)."""

    def named(self, dialect: str | None) -> str:
        """Its name in a dialect; arrays are JSON where the dialect has none."""
        if self.dimensions and dialect in ("mysql", "sqlite"):
            return JSON.named(dialect)
        name = self.kind.named(dialect)
        if self.size and dialect != "sqlite":
            size = self.size.replace(", ", ",") if dialect == "mysql" else self.size  # drizzle-orm's spelling
            name = name.partition("(")[0] + size
        return name + "[]" * self.dimensions


def read_type(written: str | None, comment: str | None = None) -> Reading | None:
    """The meaning of a written type; a comment that names one (``// JSONB``) says it better than the type."""
    said = _in_comment(comment)
    if said is not None:
        return said
    text = _NULL.sub("", written or "").strip().rstrip(";,")
    return _read(text) if text else None


def type_by_name(name: str) -> SqlType:
    """What a column's name says of its type, text where it says nothing."""
    return next((kind for pattern, kind in _BY_NAME if pattern.search(name)), TEXT)


def fits(reading: Reading, existing: str, dialect: str | None, *, is_enum: bool, dimensions: int) -> bool:
    """Whether a column of the schema can be what the document means."""
    if reading.loose or is_enum:
        return reading.loose or reading.kind.family == "text"
    found = read_type(existing)
    if found is None or found.loose:
        return True
    if reading.dimensions or dimensions or found.dimensions:
        listed = bool(reading.dimensions), bool(dimensions or found.dimensions)
        return listed[0] == listed[1] or "json" in (reading.kind.family, found.kind.family)
    return found.kind.family in _families(reading, dialect)


def _families(reading: Reading, dialect: str | None) -> frozenset[str]:
    own = read_type(reading.kind.named(dialect))
    families = COMPATIBLE.get(reading.word, frozenset({reading.kind.family}))
    return families | ({own.kind.family} if own else frozenset())


def _in_comment(comment: str | None) -> Reading | None:
    text = (comment or "").strip()
    found = _read(text) if text else None
    return found if found and found.word else None


def _read(text: str) -> Reading:
    array = _ARRAY.match(text)
    if array:
        return _read_array(array)
    if _LITERALS.match(text):
        return Reading(TEXT, "enum")
    if text.startswith("{") or text.lower().startswith(("record<", "map<", "partial<")):
        return Reading(JSON, "object")
    return _read_sized(text) or _read_word(text)


def _read_array(array: re.Match[str]) -> Reading:
    inner = _read((array.group(1) or array.group(2) or "").strip("() "))
    if inner.loose or inner.kind.family == "json":
        return Reading(JSON, "array", loose=False)
    depth = array.group(3).count("[") if array.group(3) else 1
    return Reading(inner.kind, inner.word, inner.size, inner.dimensions + depth)


def _read_sized(text: str) -> Reading | None:
    sized = _SIZED.match(text)
    word = sized.group(1).lower() if sized else ""
    if sized is None or word not in VOCABULARY:
        return None
    size = f"({sized.group(2)}, {sized.group(3)})" if sized.group(3) else f"({sized.group(2)})"
    return Reading(VOCABULARY[word], word, size if word in _SIZES else "")


def _read_word(text: str) -> Reading:
    found = _WORD.match(text)
    word = found.group(0) if found else ""
    if word in CASED:
        return Reading(CASED[word], "datetime" if word == "Date" else word.lower())
    kind = VOCABULARY.get(word.lower()) or VOCABULARY.get(word.partition(" ")[0].lower())
    if kind is None:
        return Reading(JSON, loose=True)
    return Reading(kind, word.lower(), loose=word.lower() in ("unknown", "any"))
