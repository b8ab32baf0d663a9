"""Readers are total: whatever a text is made of, there are facts or an unread line, and never an exception."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from calm import cpu_seconds, heap_set_aside

from shipkit_mcp.facts import PrepDoc, Source, Unread
from shipkit_mcp.readers.documents import read_document, read_vision
from shipkit_mcp.readers.drizzle import find_schema, read_schema
from shipkit_mcp.readers.notation import read_tables
from shipkit_mcp.readers.typescript import limits, parse
from shipkit_mcp.readers.typescript.evaluate import OUR_FAULT
from shipkit_mcp.readers.workflows import read_workflows

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SEEDS = (11, 23)
TYPESCRIPT = (
    *"{}[]()<>`'\"\\/*@;:,.=+-?!$%&|^~#",
    "${",
    "=>",
    "/*",
    "*/",
    "//",
    "...",
    "import ",
    "export ",
    "as const",
)
MARKDOWN = (
    *"#>|-*_`~[]()<>!&\\\"'",
    "```",
    "|---|",
    "<!--",
    "-->",
    "<details>",
    "\n\n",
    "    ",
    "- ",
    "1. ",
    "\t",
    "{",
    "}",
)


def mutated(text: str, chance: random.Random, bits: tuple[str, ...]) -> str:
    """A text with a few things cut, doubled, moved or put in, as by an editor in the middle of a change."""
    for _ in range(chance.randint(1, 6)):
        if not text:
            break
        at = chance.randrange(len(text))
        length = chance.choice((1, 1, 2, 5, 40, 400))
        piece = text[at : at + length]
        match chance.randrange(5):
            case 0:
                text = text[:at] + text[at + length :]
            case 1:
                text = text[:at] + piece * chance.choice((2, 3, 30)) + text[at + length :]
            case 2:
                other = chance.randrange(len(text))
                text = text[:at] + text[other : other + length] + text[at:]
            case 3:
                text = text[:at] + "".join(chance.choices(bits, k=chance.randint(1, 8))) + text[at:]
            case _:
                text = (
                    text[:at]
                    + chance.choice(("\0", "\ufeff", "\u2028", "\ud800", "é", "👍", "\r"))
                    + text[at:]
                )
    start = chance.randrange(max(len(text) - 600, 1))
    return text[start : start + 600] if chance.random() < 0.6 else text


def _texts(pattern: str) -> list[str]:
    return [
        one.read_text(encoding="utf-8")
        for one in sorted(EXAMPLES.rglob(pattern))
        if "initial_data" not in one.name
    ]


def _mutations(pattern: str, bits: tuple[str, ...], number: int) -> Iterator[str]:
    texts = _texts(pattern)
    for seed in SEEDS:
        chance = random.Random(seed)
        for _ in range(number // len(SEEDS)):
            yield mutated(chance.choice(texts), chance, bits)


class _OneFile:
    """A project of one schema file."""

    def __init__(self, text: str) -> None:
        self._source = Source("schema.ts", text)

    def get(self, path: str) -> Source | None:
        return self._source if path == "schema.ts" else None

    def under(self, folder: str = "") -> tuple[str, ...]:
        return ("schema.ts",) if not folder else ()


def _schema(text: str) -> None:
    files = _OneFile(text)
    schema = read_schema(files, find_schema(files, ("schema.ts",)))
    assert all(1 <= one.line <= text.count("\n") + 2 for one in schema.unread)
    assert all(1 <= one.line <= text.count("\n") + 1 for one in schema.tables)
    unread = (*schema.unread, *(one for table in schema.tables for one in table.unread))
    assert not any(OUR_FAULT in one.why for one in unread), text


def _document(text: str) -> None:
    read: PrepDoc = read_document(Source("ai_docs/prep/trigger_workflow_x.md", text))
    read_vision((read,))
    read_workflows((read,))
    assert all(1 <= one.line <= text.count("\n") + 1 for one in read.sections)


def _notation(text: str) -> None:
    read_tables(text, "x.md", 1)


def run(reader: Callable[[str], None], pattern: str, bits: tuple[str, ...], number: int) -> float:
    """Every mutation through a reader; the most CPU seconds that one took."""
    slowest = 0.0
    with heap_set_aside():
        for text in _mutations(pattern, bits, number):
            started = time.process_time()
            reader(text)
            slowest = max(slowest, time.process_time() - started)
    return slowest


FULL = pytest.mark.fuzz


@pytest.mark.parametrize("number", [1_500, pytest.param(100_000, marks=FULL)])
def test_mutated_schemas_are_read_without_an_exception(number: int) -> None:
    assert run(_schema, "**/schema/*.ts", TYPESCRIPT, number) < 2 * limits.PARSE_SECONDS + 1


@pytest.mark.parametrize("number", [500, pytest.param(20_000, marks=FULL)])
def test_mutated_documents_are_read_without_an_exception(number: int) -> None:
    assert run(_document, "*.md", MARKDOWN, number) < 3


@pytest.mark.parametrize("number", [1_500, pytest.param(50_000, marks=FULL)])
def test_mutated_notations_are_read_without_an_exception(number: int) -> None:
    assert run(_notation, "*.md", MARKDOWN, number) < 3


@pytest.mark.parametrize(
    "shape",
    ["(" * 90_000, "[" * 50_000 + "]" * 50_000, "{a:" * 40_000, ".b()" * 50_000, "1+" * 90_000, "a<" * 90_000,
     "`${" * 60_000, "/*" * 90_000, "'" * 99_999, "\0" * 99_999, "a?b:" * 50_000, "<" * 99_999, "@" * 99_999,
     "((((a))))=>" * 9_000, "!" * 99_999, "\n" * 99_999, "é" * 99_999, ";" * 99_999, "/" * 99_999, "a" * 99_999],
    ids=lambda shape: ascii(shape[:5]),
)  # fmt: skip
def test_a_shape_that_grows_without_end_is_read_or_refused_within_its_time(shape: str) -> None:
    parsed = parse(Source("a.ts", shape))

    assert cpu_seconds(lambda: (parse(Source("a.ts", shape)), _document(shape)), tries=1) < 4
    assert not isinstance(parsed, Unread) or parsed.line == 1
