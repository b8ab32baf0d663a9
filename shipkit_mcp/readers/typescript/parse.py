"""TypeScript text to a syntax tree, or to the reason why not; bounded in size, depth and time."""

from __future__ import annotations

import time
from dataclasses import dataclass

import tree_sitter_typescript
from tree_sitter import Language, Node, Parser

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Source, Unread
from shipkit_mcp.readers.typescript import limits
from shipkit_mcp.readers.typescript.brackets import angle_depth, bracket_depth
from shipkit_mcp.readers.typescript.mask import mask_always, mask_more
from shipkit_mcp.readers.typescript.patience import Patience, patience
from shipkit_mcp.readers.typescript.plain import is_plain

_TYPESCRIPT = Language(tree_sitter_typescript.language_typescript())
_TSX = Language(tree_sitter_typescript.language_tsx())
_TSX_SUFFIXES = (".tsx", ".jsx", ".js", ".mjs", ".cjs")

_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Parsed:
    """One parsed file. Offsets of nodes count bytes of ``source``."""

    path: str
    source: bytes
    root: Node
    broken: tuple[int, ...] = ()
    """Lines that the grammar could not read."""

    def text(self, node: Node) -> str:
        return self.source[node.start_byte : node.end_byte].decode("utf-8", "replace")


def parse(source: Source) -> Parsed | Unread:
    """Parses a file; ``Unread`` (at line 1) where it is too large, too deep or takes too long."""
    encoded = source.text.encode("utf-8", "replace")
    if len(encoded) > limits.MAX_BYTES:
        return Unread(path=source.path, line=1, why=f"larger than {limits.MAX_BYTES // 1024} KiB")
    if bracket_depth(encoded) > limits.MAX_BRACKET_DEPTH:
        return Unread(path=source.path, line=1, why=f"nested deeper than {limits.MAX_BRACKET_DEPTH} brackets")
    if angle_depth(encoded) > limits.MAX_ANGLE_DEPTH:
        many = f"more than {limits.MAX_ANGLE_DEPTH:,} `<` that are never closed"
        return Unread(path=source.path, line=1, why=many)
    language = _TSX if source.path.endswith(_TSX_SUFFIXES) else _TYPESCRIPT
    started, patient = time.monotonic(), patience()
    if patient.left < -limits.LOST_SECONDS:
        return Unread(path=source.path, line=1, why="texts that do not parse used up the time of this run")
    if why := _refused(encoded, language, patient):
        patient.lose(time.monotonic() - started)
        return Unread(path=source.path, line=1, why=why)
    started = time.monotonic()
    allowed = min(limits.PARSE_SECONDS, max(patient.left, limits.QUICK_SECONDS))
    root = _parse_masked(encoded, language, started + allowed)
    if root is None:
        patient.lose(time.monotonic() - started)
        return Unread(path=source.path, line=1, why=f"not parsed within {allowed:g} s")
    if root.descendant_count > limits.MAX_NODES:
        return Unread(path=source.path, line=1, why=f"more than {limits.MAX_NODES:,} syntax nodes")
    return Parsed(source.path, encoded, root, tuple(_broken_lines(root)) if root.has_error else ())


def _refused(encoded: bytes, language: Language, patient: Patience) -> str | None:
    """Why the run's guard, if it has one, does not let a text that is not plain be parsed here."""
    if patient.guard is None or is_plain(encoded):
        return None
    masked = mask_always(encoded)
    more = mask_more(masked)
    grammar = "tsx" if language is _TSX else "typescript"
    return patient.guard((masked,) if more == masked else (masked, more), grammar)


def _parse_masked(encoded: bytes, language: Language, deadline: float) -> Node | None:
    masked = mask_always(encoded)
    root = _parse_bytes(masked, language, deadline)
    if root is not None and root.has_error:
        more = mask_more(masked)
        again = _parse_bytes(more, language, deadline) if more != masked else None
        if again is not None and (not again.has_error or again.descendant_count > root.descendant_count):
            return again
    return root


def _parse_bytes(source: bytes, language: Language, deadline: float) -> Node | None:
    """Only a read callable makes tree-sitter ask the progress callback, and only a fresh parser is sane
    after a cancelled parse."""
    parser = Parser(language)
    try:
        tree = parser.parse(
            lambda offset, _point: source[offset : offset + _CHUNK],
            encoding="utf8",
            progress_callback=lambda _offset, _has_error: _is_over(deadline),
        )
    except ValueError:
        return None
    return tree.root_node


def _is_over(deadline: float) -> bool:
    beat()
    return time.monotonic() > deadline


def _broken_lines(root: Node, most: int = 20) -> list[int]:
    """Where the grammar failed; only branches that hold an error are visited."""
    lines: set[int] = set()
    pending = [root]
    visited = 0
    while pending and len(lines) < most and visited < limits.MAX_NODES:
        node = pending.pop()
        visited += 1
        if node.is_error or node.is_missing:
            lines.add(node.start_point.row + 1)
        elif node.has_error:
            pending.extend(reversed(node.children))
    return sorted(lines)
