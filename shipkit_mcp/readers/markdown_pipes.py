"""Turns the pipe tables of a paragraph into rows of cells, in time linear in their length."""

from __future__ import annotations

from dataclasses import dataclass

MAX_COLUMNS = 64
MAX_CELLS = 20_000
_RULE = frozenset("|:- \t")


@dataclass(slots=True)
class CellBudget:
    """How many cells may still be read of one document."""

    left: int = MAX_CELLS


def is_rule(line: str) -> bool:
    """True for the line under a table's header: ``|---|:--:|``."""
    return "-" in line and "|" in line and set(line) <= _RULE


def cells(line: str) -> tuple[str, ...]:
    """The cells of one row; an escaped pipe and a pipe in a code span are text."""
    found: list[str] = []
    cell: list[str] = []
    in_code = escaped = False
    for char in line.strip():
        if escaped:
            cell.append(char if char == "|" else f"\\{char}")
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == "|" and not in_code:
            found.append("".join(cell).strip())
            cell = []
        else:
            in_code = in_code != (char == "`")
            cell.append(char)
    found.append("".join(cell).strip() + ("\\" if escaped else ""))
    return tuple(found[1 if found[0] == "" else 0 : -1 if found[-1] == "" and len(found) > 1 else None])


def header_at(lines: list[str]) -> int | None:
    """The index of the header of the first table in these lines."""
    for at in range(len(lines) - 1):
        if "|" in lines[at] and is_rule(lines[at + 1]):
            return at
    return None


def rows(lines: list[str], budget: CellBudget) -> tuple[list[tuple[int, tuple[str, ...]]], str | None]:
    """(index of the line, its cells) for a header and the rows under it, and why reading stopped early."""
    read: list[tuple[int, tuple[str, ...]]] = []
    for at, line in enumerate(lines):
        if at == 1:
            continue
        row = cells(line)
        if len(row) > MAX_COLUMNS:
            return read, f"a table row has {len(row)} cells, more than the {MAX_COLUMNS} that are read"
        budget.left -= len(row)
        if budget.left < 0:
            return read, f"the tables have more than the {MAX_CELLS} cells that are read"
        read.append((at, row))
    return read, None
