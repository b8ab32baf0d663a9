"""The one door to the grammar: bounded in size, depth and time, and never surprised."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from calm import cpu_seconds

from shipkit_mcp.facts import Source, Unread
from shipkit_mcp.readers import typescript
from shipkit_mcp.readers.typescript import limits, parse
from shipkit_mcp.readers.typescript.parse import Parsed


def parsed(text: str, path: str = "a.ts") -> Parsed:
    result = parse(Source(path, text))
    assert isinstance(result, Parsed)
    return result


def refused(text: str) -> str:
    result = parse(Source("a.ts", text))
    assert isinstance(result, Unread)
    return result.why


@pytest.mark.parametrize("text", ["import{,t,/**/*/*e('1',{:])@@@@*/", "`" + "${" * 120_000])
def test_a_text_that_the_grammar_never_finishes_is_given_up(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PARSE_SECONDS", 0.2)

    assert refused(text) in ("not parsed within 0.2 s", "nested deeper than 256 brackets")
    assert cpu_seconds(lambda: refused(text), tries=1) < 2


def test_a_large_file_is_refused() -> None:
    assert refused("//" + "a" * limits.MAX_BYTES) == "larger than 512 KiB"


@pytest.mark.parametrize("bracket", "([{")
def test_deep_nesting_is_refused_before_parsing(bracket: str) -> None:
    assert refused(bracket * 300) == "nested deeper than 256 brackets"


def test_brackets_in_strings_and_comments_do_not_count() -> None:
    assert not parsed("const a = '" + "(" * 300 + "'; // " + "[" * 300).broken


def test_more_nodes_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_NODES", 10)

    assert refused("const a = [1, 2, 3, 4, 5, 6];") == "more than 10 syntax nodes"


@pytest.mark.parametrize(
    "source",
    [
        'const a = json("h").$type<import("./x").Y>().notNull();',
        'const a = json("h").$type<typeof import("./x")>();',
        "const a = sql<{ a: string }>`x`;",
        "const a = sql<Record<string, { b: number }>>`x`.mapWith(Number);",
        'const a = text("h").$type<{ b: (c: string) => void; d: `x` | "y" }>();',
        'export type * from "./types";\nexport const a = 1;',
        "const a = { b: 1 } as const satisfies X<Y<Z>>;",
    ],
)
def test_types_that_break_the_grammar_are_masked(source: str) -> None:
    assert parsed(source).broken == ()


def test_masking_keeps_offsets_and_the_text_as_written() -> None:
    source = 'const a = t<import("./x").Y>();\nconst b = sql<{\n  a: 1\n}>`x`;\nconst c = 1;'

    result = parsed(source)

    last = result.root.children[-1]
    assert (result.text(last), last.start_point.row) == ("const c = 1;", 4)
    assert result.source.decode() == source


def test_lines_that_are_not_typescript_are_told() -> None:
    assert parsed("const a = 1;\nconst = = 2;\nconst b = 3;").broken == (2,)


def test_a_javascript_file_may_hold_markup() -> None:
    assert parsed("const a = <div>b</div>;", "a.jsx").broken == ()


def test_no_module_uses_the_calls_that_kill_the_process() -> None:
    banned = re.compile(r"\bstr\(node|\.parent\b|child_with_descendant|QueryCursor|\.sexp\b|node\.text\b")
    sources = [one for one in resources.files(typescript).iterdir() if one.name.endswith(".py")]

    assert sources
    for one in sources:
        assert not banned.search(one.read_text(encoding="utf-8")), one.name
