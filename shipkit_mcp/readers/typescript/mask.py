"""Source bytes to bytes of the same length without what the grammar cannot parse."""

from __future__ import annotations

import re

_IMPORT_TYPE = re.compile(rb"""import\([ \t]*(?:"[^"\n]{0,400}"|'[^'\n]{0,400}')[ \t]*\)""")
_EXPORT_TYPES = re.compile(rb"\bexport type \*[^;\n]{0,400}")
_SQL_TYPE = re.compile(rb"\bsql<")
_COLUMN_TYPE = re.compile(rb"\.\$(?:type|inferSelect|inferInsert)<")
_ANGLE = re.compile(rb"=>|[<>`;]|\"[^\"\n]{0,4000}\"|'[^'\n]{0,4000}'")
_MAX_TYPE = 20_000
_MOST_UNCLOSED = 50
"""Each is looked through to the end of the longest type: many of them would take minutes."""


def mask_always(source: bytes) -> bytes:
    """Masks what never carries a fact and always confuses: import types, ``export type *`` and ``sql<T>``.

    ``sql<T>`` before a template parses as two comparisons.
    """
    if b"import(" in source:
        source = _IMPORT_TYPE.sub(lambda found: b"_" * len(found[0]), source)
    if b"export type *" in source:
        source = _EXPORT_TYPES.sub(lambda found: b" " * len(found[0]), source)
    if b"sql<" in source:
        source = _blank_type_arguments(source, _SQL_TYPE)
    return source


def mask_more(source: bytes) -> bytes:
    """Masks the type arguments of ``$type<T>`` too: for a source that did not parse."""
    return _blank_type_arguments(source, _COLUMN_TYPE)


def _blank_type_arguments(source: bytes, opening: re.Pattern[bytes]) -> bytes:
    masked = bytearray(source)
    position = unclosed = 0
    while unclosed < _MOST_UNCLOSED and (found := opening.search(source, position)):
        position = found.end()
        end = _closing(source, position)
        unclosed += end is None
        if end is not None:
            start = position - 1
            masked[start:end] = re.sub(rb"[^\n]", b" ", source[start:end])
            position = end
    return bytes(masked)


def _closing(source: bytes, start: int) -> int | None:
    """The offset behind the ``>`` that closes the type arguments opened before ``start``."""
    depth = 1
    for found in _ANGLE.finditer(source, start, start + _MAX_TYPE):
        mark = found[0]
        if mark == b"`":
            return None
        depth += (mark == b"<") - (mark == b">")
        if depth == 0:
            return found.end()
    return None
