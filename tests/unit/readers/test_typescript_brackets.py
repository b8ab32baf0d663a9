"""How deep brackets are nested is told from the code alone, and soon."""

from __future__ import annotations

import pytest
from calm import cpu_seconds
from hypothesis import given
from hypothesis import strategies as st

from shipkit_mcp.facts import Source
from shipkit_mcp.readers.typescript import limits, parse
from shipkit_mcp.readers.typescript.brackets import bracket_depth
from shipkit_mcp.readers.typescript.parse import Parsed

MANY = limits.MAX_BRACKET_DEPTH + 100


@pytest.mark.parametrize(
    "text",
    [
        f"/* {'(' * MANY} */",
        "const a = 1; /* :( */ // :(\n" * MANY,
        f"/** {'[' * MANY}\n * it's {'{' * MANY}\n */",
        f"// {'(' * MANY}",
        f"const a = '{'(' * MANY}';",
        f'const a = "it\'s {"(" * MANY}";',
        f"const a = `{'(' * MANY}`;",
        f"const a = `{'(' * MANY}${{1}}`;",
        "const a = sql`now(`;\n" * MANY,
        "const a = /\\(/;\n" * MANY,
        "const a = x.split(/[(]/);\n" * MANY,
        "const a = x.match(/'/) ? '(' : /[(\"]/;\n" * MANY,
        "const a = '\\'(';\n" * MANY,
    ],
    ids=lambda text: text[:24],
)
def test_brackets_in_comments_strings_templates_and_regular_expressions_do_not_count(text: str) -> None:
    assert bracket_depth(text.encode()) < 4
    assert isinstance(parse(Source("a.ts", text)), Parsed)


@pytest.mark.parametrize(
    "text",
    ["(" * MANY, "({[" * MANY, "(" * MANY + ")" * MANY, ")" * MANY + "(" * MANY, "(a" * MANY + "/* ) */"],
)
def test_brackets_of_the_code_count_whether_they_close_or_not(text: str) -> None:
    assert bracket_depth(text.encode()) > limits.MAX_BRACKET_DEPTH


@pytest.mark.parametrize("start", ["`", "/*", "`${", "/* `"])
def test_a_template_or_comment_that_never_ends_hides_nothing(start: str) -> None:
    assert bracket_depth((start + "(" * MANY).encode()) > limits.MAX_BRACKET_DEPTH


@pytest.mark.parametrize(
    ("text", "depth"), [("", 0), ("a", 0), ("()", 1), ("()[]{}", 1), ("([{}])", 3), ("}}}(", 1), ("(()", 2)]
)
def test_depth_is_how_many_are_open_at_once(text: str, depth: int) -> None:
    assert bracket_depth(text.encode()) == depth


@given(st.text(alphabet="()[]{}/*`'\"\\\n$ a", max_size=400))
def test_it_is_never_more_than_there_are_brackets(text: str) -> None:
    assert 0 <= bracket_depth(text.encode()) <= sum(map(text.count, "([{"))


@pytest.mark.parametrize(
    "unit",
    [
        "(/",
        "(/[",
        "/*(",
        '"\\',
        "(`\\",
        "('\n",
        "*/(",
        "//",
        "=   /",
        "(/\\",
        "(/[x]",
        "( ",
        "([{",
        "`(",
        "/*(*/`",
    ],
)
def test_it_is_told_in_linear_time(unit: str) -> None:
    text = unit.encode() * (limits.MAX_BYTES // len(unit))

    assert cpu_seconds(lambda: bracket_depth(text)) < 1
