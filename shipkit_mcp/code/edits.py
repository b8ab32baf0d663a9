"""Replacements of stretches of a file -> its new text and the unified diff."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from shipkit_mcp.code.habits import Habits
from shipkit_mcp.code.places import Collection
from shipkit_mcp.code.scope import Import, Scope, bracketed, import_lines, in_order
from shipkit_mcp.code.tokens import Code, Token

NO_NEWLINE = "\\ No newline at end of file\n"
CONTEXT = 3
"""Lines around a change."""
WINDOW = 500
"""Lines that are compared at once."""
_RANGES = re.compile(r"-(\d+)(,\d+)? \+(\d+)")


@dataclass
class Edited:
    """One existing file under change; lives inside one call of ``draft_code``."""

    code: Code
    scope: Scope
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    deleted: bool = False
    appended: list[str] = field(default_factory=list)
    """Lines that go to the end of the file."""

    def replace(self, start: int, end: int, text: str) -> None:
        self.spans.append((start, end, text))

    def insert(self, at: int, text: str) -> None:
        self.spans.append((at, at, text))

    def rewrites(self, token: Token) -> bool:
        """Whether a token goes with something that is replaced already."""
        return any(start <= token.start and token.end <= end for start, end, _ in self.spans)

    def shown(self, first: int, end: int) -> str | None:
        """Some tokens as they will be; None where they are removed."""
        start, stop = self.code.tokens[first].start, self.code.tokens[end - 1].end
        inside = [one for one in self.spans if start <= one[0] and one[1] <= stop]
        if any(one[0] <= start and stop <= one[1] and not one[2] for one in self.spans):
            return None
        return _applied(self.code.text, inside, start, stop)

    def text(self) -> str:
        """The file with every change made; what lies inside a removed stretch goes with it."""
        whole = _applied(self.code.text, self.spans, 0, len(self.code.text))
        if self.appended:
            whole = f"{whole.rstrip()}\n\n" + "\n".join(self.appended) + "\n"
        return whole


def _applied(text: str, spans: Sequence[tuple[int, int, str]], at: int, stop: int) -> str:
    made = []
    for start, end, new in _apart(spans):
        made += [text[at:start], new]
        at = end
    return "".join((*made, text[at:stop]))


def _apart(spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """In order, without those that touch a stretch already replaced."""
    kept: list[tuple[int, int, str]] = []
    furthest: dict[int, int] = {}
    for start, end, _ in spans:
        furthest[start] = max(end, furthest.get(start, start))
    begun = reach = -1  # where the replacement that starts last starts, and where those before it end
    for start, end, text in sorted(spans, key=lambda one: one[:2]):
        if start > begun:
            begun, reach = start, max(reach, furthest.get(begun, -1))
        outer = reach >= end and (end > start or reach > start)
        larger = furthest[start] > end > start
        if not (outer or larger) and (not kept or kept[-1][1] <= start):
            kept.append((start, end, text))
    return kept


def unified_diff(path: str, old: str, new: str | None) -> str:
    """What ``git apply`` and ``patch -p1`` take; ``new`` is None for a deleted file."""
    head = [f"--- a/{path}\n", f"+++ b/{path}\n" if new is not None else "+++ /dev/null\n"]
    if new is None:
        head.insert(0, f"diff --git a/{path} b/{path}\ndeleted file mode 100644\n")
    lines = list(_hunks(_lines(old), _lines(new or "")))
    return "".join((*head, *(_ended(line) for line in lines))) if lines else ""


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    for (at, end), (place, stop) in _windows(old, new):
        for line in islice(difflib.unified_diff(old[at:end], new[place:stop], n=CONTEXT), 2, None):
            yield _moved(line, at, place) if line.startswith("@@") else line


def _windows(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Stretches of both texts to compare: `difflib` takes the square of their length.

    They part where a line that both have once stands among lines that are the same in both.
    """
    once = {line for line, times in Counter(old).items() if times == 1}
    places = {line: at for at, line in enumerate(new)}
    times = Counter(new)
    begin = start = 0
    for at, line in enumerate(old):
        if at - begin < WINDOW or line not in once or times[line] != 1:
            continue
        place = places[line]
        around = old[at - CONTEXT : at + CONTEXT] == new[max(place - CONTEXT, 0) : place + CONTEXT]
        if around and place - CONTEXT > start:
            yield (begin, at), (start, place)
            begin, start = at, place
    yield (begin, len(old)), (start, len(new))


def _moved(head: str, old: int, new: int) -> str:
    """The head of a hunk, so many lines further down in both files."""
    return _RANGES.sub(lambda one: f"-{int(one[1]) + old}{one[2] or ''} +{int(one[3]) + new}", head, count=1)


def _lines(text: str) -> list[str]:
    """Parted at ``\\n`` only, as git does."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()
    return lines if last == "\n" else [*lines, last[:-1]]


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n{NO_NEWLINE}"


def insert_lines(edited: Edited, place: Collection, lines: Sequence[str]) -> None:
    """Entries, each ending with a comma, behind the last one of a bracket."""
    code, habits = edited.code, edited.scope.habits
    opening, closing = code.tokens[place.opening], code.tokens[place.closing]
    last = code.tokens[place.closing - 1]
    made = list(lines)
    if not habits.trailing:
        made[-1] = made[-1].removesuffix(",")
    if "\n" not in code.text[opening.end : closing.start]:
        outer = code.indent(closing.start)
        shown = (edited.shown(*one) for one in code.items(place.opening))
        inner = [f"{outer}{habits.unit}{one}," for one in shown if one is not None]
        inside = "\n".join((*inner, *made))
        start, stop = opening.end, closing.start
        edited.spans = [one for one in edited.spans if not (start <= one[0] and one[1] <= stop)]
        edited.replace(opening.end, closing.start, f"\n{inside}\n{outer}")
        return
    if last.text != "," and place.closing - 1 > place.opening:
        edited.insert(last.end, ",")
    start = code.line_start(closing.start)
    if code.text[start : closing.start].strip():
        edited.insert(closing.start, "\n" + "\n".join(made) + "\n" + code.indent(closing.start))
    else:
        edited.insert(start, "\n".join(made) + "\n")


def entry_indent(code: Code, place: Collection, habits: Habits) -> str:
    """How far the entries of a bracket stand in."""
    items = code.items(place.opening)
    opening, closing = code.tokens[place.opening], code.tokens[place.closing]
    if items and "\n" in code.text[opening.end : code.tokens[items[0][0]].start]:
        return code.indent(code.tokens[items[0][0]].start)
    return code.indent(closing.start) + habits.unit


def remove_entry(edited: Edited, start: int, end: int) -> None:
    """One entry of a list with its comma and what is said behind it on its line."""
    code = edited.code
    first, last = code.tokens[start], code.tokens[end - 1]
    stop = last.end
    if end < len(code.tokens) and code.tokens[end].text == ",":
        stop = code.tokens[end].end
    line = code.line_start(first.start)
    rest = code.text[stop : code.line_end(stop)].strip()
    if not code.text[line : first.start].strip() and (not rest or rest.startswith("//")):
        edited.replace(line, min(code.line_end(stop) + 1, len(code.text)), "")
        return
    while stop < len(code.text) and code.text[stop] == " ":
        stop += 1
    edited.replace(first.start, stop, "")


def remove_statement(edited: Edited, start: int, end: int) -> None:
    """A statement with the comments right above it and one empty line."""
    code = edited.code
    begin = code.line_start(code.tokens[start].start)
    for comment in reversed(code.comments):
        starts_line = not code.text[code.line_start(comment.start) : comment.start].strip()
        if (
            comment.end < begin
            and comment.start > 0
            and code.text[comment.end : begin] == "\n"
            and starts_line
        ):
            begin = code.line_start(comment.start)
    stop = min(code.line_end(code.tokens[end - 1].end) + 1, len(code.text))
    if code.text[stop : stop + 1] == "\n":
        stop += 1
    edited.replace(begin, stop, "")


def add_imports(edited: Edited) -> None:
    """The names that the scope asked for: into the statements that are there, else as new ones."""
    scope, code = edited.scope, edited.code
    left: dict[str, set[str]] = {}
    for source, names in sorted(scope.added.items()):
        known = next((one for one in scope.imports if _takes(one, source)), None)
        if known is None or known.opening is None:
            left[source] = names
        else:
            _extend(edited, known, known.opening, names)
    lines = [line for line in import_lines(left, scope.habits) if line]
    ends = [code.line_end(code.tokens[one.end - 1].end) for one in scope.imports]
    kept = [end for end in ends if not any(start < end < stop for start, stop, _ in edited.spans)]
    if lines and kept:
        edited.insert(max(kept), "\n" + "\n".join(lines))
    elif lines:
        edited.insert(0, "\n".join(lines) + "\n\n")


def _takes(one: Import, source: str) -> bool:
    return one.source == source and one.opening is not None and not one.type_only


def _extend(edited: Edited, known: Import, opening: int, names: set[str]) -> None:
    """The names between the braces once more, with ours, in order where they were."""
    code, habits = edited.code, edited.scope.habits
    given = [code.slice(*one) for one in code.items(opening)]
    merged = [*given, *in_order(names - set(given))]
    if given == in_order(set(given)):
        merged = in_order(set(merged))
    first, last = code.tokens[known.start], code.tokens[known.end - 1]
    closing = code.tokens[code.pairs[opening]]
    before = code.text[first.start : code.tokens[opening].start]
    behind = code.text[closing.end : last.end]
    is_broken = "\n" in code.text[code.tokens[opening].end : closing.start]
    lines = bracketed(before, merged, behind, habits)
    if is_broken and len(lines) == 1:
        inside = [f"{habits.unit}{one}," for one in merged]
        inside[-1] = inside[-1] if habits.trailing else inside[-1][:-1]
        lines = [f"{before}{{", *inside, f"}}{behind}"]
    edited.replace(first.start, last.end, "\n".join(lines))
