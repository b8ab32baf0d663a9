"""The existing schema files -> how their text looks: quotes, ends of lines, indents, width."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from shipkit_mcp.code.tokens import Code
from shipkit_mcp.errors import beat

WIDTHS = (80, 100, 110, 120)


def most(counted: Counter[str], usual: str) -> str:
    return max(counted, key=lambda one: (counted[one], one == usual)) if counted else usual


def read_quote(codes: Iterable[Code]) -> str:
    beat()
    return most(
        Counter(t.text[0] for code in codes for t in code.tokens if t.kind == "string" and t.text), '"'
    )


def read_semicolon(codes: Iterable[Code]) -> str:
    beat()
    ends: Counter[str] = Counter()
    for code in codes:
        for at, token in enumerate(code.tokens):
            if token.text == "import" and at + 1 < len(code.tokens):
                end = next((n for n in range(at, len(code.tokens)) if code.tokens[n].kind == "string"), None)
                after = code.tokens[end + 1].text if end is not None and end + 1 < len(code.tokens) else ""
                ends[";" if after == ";" else ""] += 1
    return most(ends, ";")


def read_unit(codes: Iterable[Code]) -> str:
    beat()
    steps: Counter[str] = Counter()
    for code in codes:
        for line in code.text.split("\n"):
            indent = line[: len(line) - len(line.lstrip())]
            if indent and line.strip() and not line.lstrip().startswith(("*", "//")):
                steps["\t" if indent[0] == "\t" else indent] += 1
    shortest = sorted((one for one in steps if one.startswith(" ")), key=len)
    if steps["\t"] > sum(steps[one] for one in shortest):
        return "\t"
    usual = [one for one in shortest if len(one) in (2, 4) and steps[one] > 1]
    return usual[0] if usual else "  "


def read_trailing(codes: Iterable[Code]) -> str:
    beat()
    seen: Counter[str] = Counter()
    for code in codes:
        for at, closing in code.pairs.items():
            last = code.tokens[closing - 1]
            if closing > at + 1 and "\n" in code.text[last.end : code.tokens[closing].start]:
                seen["," if last.text == "," else ""] += 1
    return most(seen, ",")


def read_width(codes: Iterable[Code]) -> int:
    beat()
    lines = [
        len(line.expandtabs(2))
        for code in codes
        for line in code.text.split("\n")
        if not line.lstrip().startswith(("//", "*", "/*"))
    ]
    lines.sort()
    usual = lines[len(lines) * 98 // 100] if lines else WIDTHS[1]
    return next((width for width in WIDTHS if usual <= width), WIDTHS[-1])


def read_namespace(codes: Iterable[Code], core: str) -> str | None:
    """The name of ``import * as p from "drizzle-orm/pg-core"`` where that is the usual form."""
    beat()
    names: Counter[str] = Counter()
    for code in codes:
        for at, token in enumerate(code.tokens):
            if token.kind == "string" and token.text[1:-1] == core and at >= 4:
                starred = code.tokens[at - 4].text == "*" and code.tokens[at - 3].text == "as"
                names[code.tokens[at - 2].text if starred else ""] += 1
    return most(names, "") or None
