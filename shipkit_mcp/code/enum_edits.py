"""An enum whose values change -> the edit of its list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from shipkit_mcp.code.edits import Edited
from shipkit_mcp.code.names import literal
from shipkit_mcp.code.places import Collection, Sources, collection
from shipkit_mcp.code.tokens import Code
from shipkit_mcp.facts import DbEnum


def edit_enum(edited: Edited | None, sources: Sources, old: DbEnum, new: DbEnum) -> str | None:
    """Rewrite the list of values; what stands in the way is said in a sentence."""
    call = sources.call(old.path, old.key)
    place = collection(call, 1) if call else None
    if edited is None or call is None or place is None or place.kind != "[":
        return "its values are not written as one list"
    code, habits = call.code, edited.scope.habits
    values = [literal(one, habits.quote) for one in new.values]
    start, end = code.tokens[place.opening].start, code.tokens[place.closing].end
    line = f"[{', '.join(values)}]"
    outer = code.indent(start)
    if "\n" in code.text[start:end] or len(outer) + len(line) > habits.width:
        inner = [f"{one}," for one in values]
        inner[-1] = inner[-1] if habits.trailing else inner[-1][:-1]
        said = _remarks(code, place, old.values)
        pairs = zip(new.values, inner, strict=True)
        lines = (text for value, one in pairs for text in _with_remarks(one, said.get(value)))
        line = "\n".join(("[", *(f"{outer}{habits.unit}{one}" for one in lines), f"{outer}]"))
    edited.replace(start, end, line)
    return None


@dataclass
class _Remarks:
    """Comments of one value."""

    above: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


def _with_remarks(line: str, said: _Remarks | None) -> Iterator[str]:
    yield from said.above if said else ()
    yield "".join((line, *(said.beside if said else ())))


def _remarks(code: Code, place: Collection, values: Sequence[str]) -> dict[str, _Remarks]:
    """What is said above and beside each value, so that those which stay keep it."""
    items = code.items(place.opening)
    first, last = code.tokens[place.opening].end, code.tokens[place.closing].start
    if len(items) != len(values):
        return {}
    found = {one: _Remarks() for one in values}
    for comment in (one for one in code.comments if first <= one.start and one.end <= last):
        ends = [code.tokens[end - 1].end for _, end in items]
        at = sum(end <= comment.start for end in ends)
        apart = code.text[ends[at - 1] if at else first : comment.start]
        if at and "\n" not in apart:
            said = found[values[at - 1]].beside
            said.append((" " if said else apart.replace(",", "", 1)) + comment.text.strip())
        elif at < len(values):
            found[values[at]].above.append(comment.text.strip())
    return found
