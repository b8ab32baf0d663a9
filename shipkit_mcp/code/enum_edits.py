"""An enum whose values change -> the edit of its list."""

from __future__ import annotations

from shipkit_mcp.code.edits import Edited
from shipkit_mcp.code.names import literal
from shipkit_mcp.code.places import Sources, collection
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
        inner = [f"{outer}{habits.unit}{one}," for one in values]
        inner[-1] = inner[-1] if habits.trailing else inner[-1][:-1]
        line = "\n".join(("[", *inner, f"{outer}]"))
    edited.replace(start, end, line)
    return None
