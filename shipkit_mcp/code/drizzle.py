"""Survey and plan -> new Drizzle files and diffs of the existing ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from shipkit_mcp.code.book import write_book
from shipkit_mcp.code.columns import Book
from shipkit_mcp.code.difference import Difference
from shipkit_mcp.code.draft import DraftDiff, DraftFile
from shipkit_mcp.code.edits import Edited, add_imports, unified_diff
from shipkit_mcp.code.enum_edits import edit_enum
from shipkit_mcp.code.habits import Habits
from shipkit_mcp.code.habits_files import exported_paths, resolves, specifier
from shipkit_mcp.code.places import Sources
from shipkit_mcp.code.removals import declared_name, remove_names, statements
from shipkit_mcp.code.rename_edits import rename_members
from shipkit_mcp.code.scope import Scope, import_lines, read_imports
from shipkit_mcp.code.table_edits import edit_table
from shipkit_mcp.code.tables import Extra, enum_statement, table_statement, type_statements
from shipkit_mcp.code.work import Work
from shipkit_mcp.errors import beat
from shipkit_mcp.facts import DbEnum, Schema, Table


@dataclass
class _Files:
    """Files under construction; lives inside one call of ``draft_drizzle``."""

    work: Work
    sources: Sources
    habits: Habits
    book: Book
    edited: dict[str, Edited]
    policies: Mapping[str, list[Extra]]
    notes: list[str] = field(default_factory=list)
    types: set[str] = field(default_factory=set)


def draft_drizzle(
    work: Work,
    sources: Sources,
    habits: Habits,
    policies: Mapping[str, list[Extra]],
    left_out: Mapping[tuple[str, str], str],
) -> tuple[tuple[DraftFile, ...], tuple[DraftDiff, ...], tuple[str, ...]]:
    """New files, diffs, and what must be done by hand."""
    book = replace(write_book(work.schema, work.target, sources, habits), left_out=left_out)
    beat()
    edited = {path: _opened(path, sources, habits) for path in sources.codes}
    files = _Files(work, sources, habits, book, edited, policies)
    _change_enums(files)
    rename_members(edited, work, book)
    _change_tables(files)
    created = _create_files(files)
    _remove(files)
    for one in edited.values():
        add_imports(one)
    _export(files, created)
    if habits.layout.fresh and created:
        created.append(_fresh_barrel(created, habits))
    return tuple(created), _diffs(edited), tuple(files.notes)


def _opened(path: str, sources: Sources, habits: Habits) -> Edited:
    beat()
    code = sources.codes[path]
    names = frozenset(name for one in statements(code) if (name := declared_name(code, *one)))
    return Edited(code, Scope(path, habits, read_imports(code), names))


def _change_enums(files: _Files) -> None:
    """New enums in existing files stand before the first table that needs them; changed ones are rewritten."""
    before = {one.name: one for one in reversed(files.work.schema.enums)}
    users = _by_enum(files.work.target)
    for enum in files.work.target.enums:
        old = before.get(enum.name)
        if old is not None and old.values != enum.values:
            problem = edit_enum(files.edited.get(old.path), files.sources, old, enum)
            files.notes += (
                [f"Change the values of {enum.name} in {old.path} by hand: {problem}."] if problem else []
            )
        elif old is None and enum.name in files.book.enums:
            _place_enum(files, enum, users.get(enum.name, ()))


def _by_enum(target: Schema) -> Mapping[str, Sequence[Table]]:
    """Enum to the tables that use it."""
    found: dict[str, list[Table]] = {}
    for table in target.tables:
        for name in {column.enum for column in table.columns if column.enum}:
            found.setdefault(name, []).append(table)
    return found


def _place_enum(files: _Files, enum: DbEnum, tables: Sequence[Table]) -> None:
    path, constant = files.book.enums[enum.name]
    edited = files.edited.get(path)
    if edited is None:
        return
    lines = enum_statement(enum, constant, edited.scope)
    users = [call.start for table in tables if (call := files.sources.call(path, table.key))]
    if not users:
        edited.appended += [*lines, ""]
        return
    start = edited.code.tokens[min(users)].start
    for comment in reversed(edited.code.comments):
        if comment.end < start and edited.code.text[comment.end : start] == "\n":
            start = edited.code.line_start(comment.start)
    edited.insert(edited.code.line_start(start), "\n".join(lines) + "\n\n")


def _change_tables(files: _Files) -> None:
    for difference in files.work.differences:
        beat()
        table = difference.old
        call = files.sources.call(table.path, table.key)
        if call is None:
            files.notes.append(_by_hand(difference, "its statement was not found"))
            continue
        problem = edit_table(files.edited[table.path], call, difference, files.book)
        if problem:
            files.notes.append(_by_hand(difference, problem))


def _by_hand(difference: Difference, why: str) -> str:
    table = difference.old
    return f"Change {table.name} in {table.path}:{table.line} by hand where the diff leaves it: {why}."


def _create_files(files: _Files) -> list[DraftFile]:
    """A file for each new table; appended where one file holds all tables."""
    created = []
    for table in files.work.created:
        beat()
        path = files.book.tables[table.name][0]
        edited = files.edited.get(path)
        if edited is None:
            created.append(_new_file(files, table, path))
        else:
            edited.appended += [*_statements(files, table, edited.scope, enums=False), ""]
    for edited in files.edited.values():
        while edited.appended and not edited.appended[-1]:
            edited.appended.pop()
    created += _enum_file(files)
    return created


def _statements(files: _Files, table: Table, scope: Scope, *, enums: bool) -> list[str]:
    lines: list[str] = []
    own = files.book.tables[table.name][0]
    for enum in files.work.target.enums if enums else ():
        if files.book.enums.get(enum.name, ("", ""))[0] == own:
            lines += [*enum_statement(enum, files.book.enums[enum.name][1], scope), ""]
    more = files.policies.get(table.name, [])
    if more:
        scope.core("pgPolicy")
        scope.orm("sql")
    lines += table_statement(table, files.book, scope, more)
    types = type_statements(table, files.book, scope, files.types)
    return [*lines, *(["", *types] if types else [])]


def _new_file(files: _Files, table: Table, path: str) -> DraftFile:
    scope = Scope(path, files.habits)
    body = _statements(files, table, scope, enums=True)
    text = "\n".join((*import_lines(scope.added, files.habits), "", *body)) + "\n"
    return DraftFile(name=path, table=table.name, text=text)


def _enum_file(files: _Files) -> list[DraftFile]:
    """Enums that no table's file may hold, because the files would import each other."""
    path = files.book.enum_file
    mine = [one for one in files.work.target.enums if files.book.enums.get(one.name, ("",))[0] == path]
    if not mine or path in files.edited:
        return []
    scope = Scope(path, files.habits)
    bodies = [enum_statement(one, files.book.enums[one.name][1], scope) for one in mine]
    body = [line for one in bodies for line in ("", *one)]
    text = "\n".join((*import_lines(scope.added, files.habits), *body)) + "\n"
    return [DraftFile(name=path, table="", text=text)]


def _remove(files: _Files) -> None:
    gone: dict[str, set[str]] = {}
    for table in files.work.removed:
        gone.setdefault(table.path, set()).add(table.key)
    kept = {one.name for one in files.work.target.enums}
    for enum in files.work.schema.enums:
        if enum.name not in kept:
            gone.setdefault(enum.path, set()).add(enum.key)
    remove_names(files.edited, gone)


def _export(files: _Files, created: Iterable[DraftFile]) -> None:
    """The barrel exports each new file as it does the others."""
    path = files.habits.layout.barrel
    edited = files.edited.get(path) if path else None
    if edited is None:
        return
    code, folder = edited.code, edited.scope.folder
    theirs = [one for one in exported_paths(code) if one[2].startswith(".")]
    new = [one for one in created if not any(resolves(folder, source, one.name) for _, _, source in theirs)]
    lines = [_export_line(files, one, code.slice(*theirs[-1][:2])) for one in new]
    gone = [path for path, one in files.edited.items() if one.deleted]
    staying = [end for _, end, source in theirs if not any(resolves(folder, source, path) for path in gone)]
    if lines and staying:
        edited.insert(code.line_end(code.tokens[max(staying) - 1].end), "\n" + "\n".join(lines))
    elif lines:
        edited.appended += lines


def _export_line(files: _Files, one: DraftFile, model: str) -> str:
    """In the form of an existing line: everything, or each constant by name."""
    habits = files.habits
    path = files.edited[habits.layout.barrel or ""].scope.folder
    source = (
        f"{habits.quote}{specifier(path, one.name, habits.layout.suffix)}{habits.quote}{habits.semicolon}"
    )
    if "{" not in model:
        return f"export * from {source}"
    names = [
        name for file, name in (*files.book.enums.values(), *files.book.tables.values()) if file == one.name
    ]
    return f"export {{ {', '.join(names)} }} from {source}"


def _fresh_barrel(created: list[DraftFile], habits: Habits) -> DraftFile:
    layout = habits.layout
    lines = [
        f"export * from {habits.quote}{specifier(layout.folder, one.name, layout.suffix)}{habits.quote};"
        for one in created
    ]
    return DraftFile(name=f"{layout.folder}/index.ts", table="", text="\n".join(lines) + "\n")


def _diffs(edited: Mapping[str, Edited]) -> tuple[DraftDiff, ...]:
    made = []
    for path, one in sorted(edited.items()):
        beat()
        diff = unified_diff(path, one.code.text, None if one.deleted else one.text())
        if diff:
            made.append(DraftDiff(path=path, diff=diff))
    return tuple(made)
