"""Removed tables -> edits that take them, and everything that hangs on them, out of the schema files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shipkit_mcp.code.edits import Edited, remove_entry, remove_statement
from shipkit_mcp.code.habits_files import exported_paths, resolves
from shipkit_mcp.code.names import words
from shipkit_mcp.code.tokens import Code

STARTS = words(
    """
    export import const let var type interface function async class enum declare namespace abstract
    """
)
"""Words that a statement begins with, at the start of a line."""


def statements(code: Code) -> list[tuple[int, int]]:
    """Token ranges of the statements at the top of a file."""
    depths = code.depths()
    starts = [at for at in range(len(code.tokens)) if depths[at] == 0 and _starts(code, at)]
    return list(zip(starts, [*starts[1:], len(code.tokens)], strict=False))


def _starts(code: Code, at: int) -> bool:
    token = code.tokens[at]
    if at == 0 or code.tokens[at - 1].text == ";":
        return True
    if token.text not in STARTS or code.tokens[at - 1].text in ("=", "=>", "export", "declare"):
        return False
    return not code.text[code.line_start(token.start) : token.start].strip()


def declared_name(code: Code, start: int, end: int) -> str | None:
    """The name that a statement declares."""
    for at in range(start, min(start + 5, end - 1)):
        if code.tokens[at].text in ("const", "let", "var", "type", "interface", "function", "class", "enum"):
            return code.tokens[at + 1].text
    return None


def remove_names(files: Mapping[str, Edited], gone: Mapping[str, set[str]]) -> None:
    """Take out constants (by file) with all that mentions them; a file left with nothing is deleted."""
    for path, names in gone.items():
        if path in files:
            _remove_from(files[path], names, own=True)
    everything = {name for names in gone.values() for name in names}
    for path, edited in files.items():
        if path not in gone:
            imported = {
                one.names[name] for one in edited.scope.imports for name in one.names if name in everything
            }
            exported = {name for name in everything if _re_exports(edited.code, name)}
            if imported | exported:
                _remove_from(edited, imported | exported, own=False)
    _unlink(files)


def _remove_from(edited: Edited, names: set[str], *, own: bool) -> None:
    code, left = edited.code, 0
    names = set(names)
    for start, end in statements(code):
        word = code.tokens[start].text
        if own and declared_name(code, start, end) in names:
            remove_statement(edited, start, end)
            continue
        mentions = [at for at in _mentions(code, start, end, names) if not edited.rewrites(code.tokens[at])]
        entries = {_entry(code, start, at) for at in mentions}
        if mentions and (None in entries or _all_entries(code, start, end, entries)):
            name = declared_name(code, start, end)
            names |= {name} if name else set()
            remove_statement(edited, start, end)
            continue
        for one in entries:
            if one:
                remove_entry(edited, *one)
        left += word != "import"
    edited.deleted = own and not left and not edited.appended


def _mentions(code: Code, start: int, end: int, names: set[str]) -> Iterator[int]:
    for at in range(start, end):
        token = code.tokens[at]
        if token.text in names and token.kind == "word":
            before = code.tokens[at - 1].text if at else ""
            after = code.tokens[at + 1].text if at + 1 < len(code.tokens) else ""
            if before != "." and after != ":":
                yield at


def _entry(code: Code, start: int, at: int) -> tuple[int, int] | None:
    """The entry of the innermost braces around a token; None where it stands in none."""
    inner = [
        opening
        for opening, closing in code.pairs.items()
        if start <= opening < at < closing and code.tokens[opening].text == "{"
    ]
    if not inner:
        return None
    return next((one for one in code.items(max(inner)) if one[0] <= at < one[1]), None)


def _all_entries(code: Code, start: int, end: int, entries: set[tuple[int, int] | None]) -> bool:
    """Whether an import or export would be left with nothing between its braces."""
    if code.tokens[start].text not in ("import", "export") or declared_name(code, start, end):
        return False
    opening = next((at for at in range(start, end) if code.tokens[at].text == "{"), None)
    return opening is not None and set(code.items(opening)) <= entries


def _re_exports(code: Code, name: str) -> bool:
    return any(
        any(token.text == name for token in code.tokens[start:end]) for start, end, _ in exported_paths(code)
    )


def _unlink(files: Mapping[str, Edited]) -> None:
    """Exports and imports of deleted files go."""
    deleted = [path for path, one in files.items() if one.deleted]
    for edited in files.values():
        if edited.deleted:
            continue
        for start, end, source in exported_paths(edited.code):
            if any(resolves(edited.scope.folder, source, path) for path in deleted):
                remove_statement(edited, start, end)
        for one in edited.scope.imports:
            if any(resolves(edited.scope.folder, one.source, path) for path in deleted):
                remove_statement(edited, one.start, one.end)
