"""Every malicious text through every field and every way out: stripped, told, inside its marks, and never obeyed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hostile.everywhere import project_saying
from hostile.faces import Said, document_of, on_the_command_line, over_http, over_stdio
from hostile.malice import BREAKING, HIDDEN, HIDDEN_BLOCKS, HONEST, INVISIBLE, UNSEEN
from hostile.stdio import SERVE

from shipkit_mcp.facts import Source
from shipkit_mcp.readers.unseen import warn_of_hidden
from shipkit_mcp.server.outgoing import as_data, clean

ALL = {**UNSEEN, **BREAKING, **HONEST}
TEXTS = list(ALL.values())
HALVES = (TEXTS[::2], TEXTS[1::2])
MARKED = re.compile(r"[^\n<]*\n<(untrusted-[0-9a-f]{32})>\n(.*)\n</\1>", re.DOTALL)
TOLD = re.compile(r"untrusted-[0-9a-f]{32}")
FORGED = "untrusted-0123456789abcdef0123456789abcdef"
GONE = {chr(int(name[2:], 16)) for name in INVISIBLE}
COMMAND = re.compile(r"::(?:error|warning|notice) file=[^,:]+,line=\d+,title=[^,:]+::.+")


def strings_in(value: Any) -> Iterator[str]:
    """Every text in a JSON value, keys too; of text that is JSON itself, what is in it."""
    if isinstance(value, str):
        yield value
        if value.startswith("{"):
            try:
                yield from strings_in(json.loads(value))
            except ValueError:
                return
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner)


def unclean(said: Said) -> dict[str, str]:
    """What came out with something in it that `clean` would take out."""
    found = {}
    for name, answer in said.answers.items():
        for text in strings_in(answer):
            if clean(text) != text or not GONE.isdisjoint(text):
                found[name] = text[:200]
    for name, text in said.texts.items():
        if name not in ("stdout", "bodies") and not GONE.isdisjoint(text):
            found[name] = text[:200]
    return found


def check_marks(said: Said) -> None:
    """Text of a tool stands between marks of this call alone; JSON and documents carry none of ours."""
    seen: set[str] = set()
    for name, answer in said.answers.items():
        result = answer.get("result", {})
        for content in result.get("content", []):
            inside = MARKED.fullmatch(content["text"])
            if result.get("isError") and inside is None:
                assert "<" not in content["text"], name
                continue
            assert inside, name
            assert inside[1] not in seen
            seen.add(inside[1])
            assert inside[1] not in inside[2]
            assert inside[1] not in json.dumps(result.get("structuredContent", {}))
        for one in result.get("contents", []):
            if "://prep/" in one["uri"]:
                inside = MARKED.fullmatch(one["text"])
                assert inside
                assert inside[1] not in inside[2]
            else:
                assert set(TOLD.findall(one["text"])) <= {FORGED}, name
    assert len(seen) > 50


@pytest.mark.parametrize(
    ("face", "texts"),
    [
        *(pytest.param(over_stdio, half, id=f"stdio {n}") for n, half in enumerate(HALVES)),
        *(
            pytest.param(over_http, half, marks=pytest.mark.full, id=f"http {n}")
            for n, half in enumerate(HALVES)
        ),
    ],
)
def test_every_text_in_every_field_leaves_a_server_stripped_and_between_its_marks(
    tmp_path: Path, face: Any, texts: Sequence[str]
) -> None:
    root = project_saying(tmp_path / "project", texts)
    said = face(root, texts, SERVE, {})

    assert unclean(said) == {}
    check_marks(said)
    document = document_of(root)
    assert "count_0_jobs" in document
    assert GONE.isdisjoint(document)
    assert set(TOLD.findall(document)) <= {FORGED}
    everything = "".join(text for answer in said.answers.values() for text in strings_in(answer))
    assert [one for one in HONEST.values() if one in texts and one not in everything] == []


@pytest.mark.parametrize(
    "texts",
    [
        TEXTS[::12],
        *(pytest.param(TEXTS[start::8], marks=pytest.mark.full) for start in range(8)),
    ],
    ids=lambda texts: f"{len(texts)} texts",
)
def test_every_text_leaves_a_command_stripped_and_in_the_form_that_was_asked(
    tmp_path: Path, texts: Sequence[str]
) -> None:
    root = project_saying(tmp_path / "project", texts)
    said = on_the_command_line(root, tmp_path / "out", SERVE, {})

    assert unclean(said) == {}
    assert "Traceback" not in "".join(said.texts.values())
    for name in said.texts:
        if name.endswith(("--json", "json", "sarif")):
            strings = list(strings_in(json.loads(said.texts[name])))
            assert GONE.isdisjoint("".join(strings)), name
    commands = said.texts["check --format github"].splitlines()
    assert commands
    assert [one for one in commands if not COMMAND.fullmatch(one)] == []
    page = said.texts["file picture.html"]
    assert page.count("</script>") == page.count("<script")
    assert "<script>alert" not in page
    assert said.texts["diagram"].count('"') % 2 == 0


def test_the_texts_of_these_tests_reach_more_than_a_hundred_fields_of_what_leaves(tmp_path: Path) -> None:
    said = over_stdio(project_saying(tmp_path / "project", ["zorgle"]), ["zorgle"], SERVE, {})
    fields = {path for answer in said.answers.values() for path in _paths(answer.get("result", {}), "zorgle")}

    assert len(fields) > 100
    for path in REACHED:
        assert any(path in one for one in fields), path


REACHED = (
    *("tables.name", "tables.columns.name", "columns.default", "columns.enum_values", "enums.values"),
    *("tables.comment", "columns.comment", "indexes.name", "unique.name", "checks.name", "checks.expression"),
    *("foreign_keys.name", "tables.policies", "views.name", "workflows.title", "workflows.purpose"),
    *("workflows.trigger", "workflows.path", "documents.title", "vision.app_name", "vision.end_goal"),
    *("vision.problem", "vision.users", "vision.tiers", "vision.pages", "findings.message", "findings.fix"),
    *("findings.subject", "decisions.options", "changes.problem", "gaps", "sources"),
    *(
        "structuredContent.error",
        "structuredContent.diff",
        "phases.up",
        "diffs.diff",
        "structuredContent.text",
    ),
    *("completion.values", "jobs.columns.note", "jobs.columns.values", "narrative.end_goal", "schemaFilter"),
)
"""Some of them, so that none is lost unseen."""


def _paths(value: Any, word: str, path: str = "") -> Iterator[str]:
    """The fields of a JSON value whose text holds a word; text that is JSON itself is looked into."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, word, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _paths(inner, word, path)
    elif isinstance(value, str) and value.startswith("{"):
        yield from _paths(json.loads(value), word, path)
    elif isinstance(value, str) and word in value:
        yield path


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_sees_is_told_with_its_count_and_line_and_gone_after_one_time(text: str) -> None:
    gone = len(text) - len(clean(text))
    source = Source("a.md", f"fine\nfine {HONEST['family']}\n{text} and {text}\nfine\n{text}")

    assert gone > 0
    assert clean(clean(text)) == clean(text)
    assert next(warn_of_hidden([source])) == (
        f"`a.md` holds {3 * gone} characters that nobody sees, first at line 3; replies leave them out."
    )


@pytest.mark.parametrize("text", HONEST.values(), ids=HONEST)
def test_what_is_honest_stays_and_is_not_told(text: str) -> None:
    assert clean(text) == text
    assert list(warn_of_hidden([Source("a.md", text)])) == []


@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
def test_the_number_between_the_marks_is_128_bits_another_each_time_and_not_in_the_text(text: str) -> None:
    numbers = set()
    for _ in range(5):
        inside = MARKED.fullmatch(as_data(text))
        assert inside
        assert inside[2] == text
        numbers.add(inside[1].removeprefix("untrusted-"))
    given = "f" * 32
    forged = as_data(f"{text} {given}", given)

    assert len(numbers) == 5
    assert as_data(text, given).split("\n")[1] == f"<untrusted-{given}>"
    assert f"<untrusted-{given}>" not in forged


@pytest.mark.parametrize("face", [over_stdio, pytest.param(over_http, marks=pytest.mark.full)])
def test_what_a_page_does_not_show_leaves_by_no_way(tmp_path: Path, face: Any) -> None:
    root = project_saying(tmp_path / "project", ["seen"])
    for path in sorted((root / "ai_docs/prep").iterdir()):
        path.write_text(_with_hidden(path.read_text(encoding="utf-8")), encoding="utf-8")
    said = face(root, ["seen"], SERVE, {})
    everything = {
        **said.everything(),
        **on_the_command_line(root, tmp_path / "out", SERVE, {}, QUOTING).texts,
        "document": document_of(root),
    }

    assert {name: _around(text) for name, text in everything.items() if "UNSEEN" in text} == {}
    assert "count_0_jobs" in "".join(everything.values())
    assert "Left out of this text is what its page does not show" in "".join(everything.values())


QUOTING = (
    ["docs", "--json"],
    ["map", "--json"],
    ["plan"],
    ["plan", "--write"],
    ["check", "--format", "sarif"],
)


def _with_hidden(text: str) -> str:
    """Each kind of block below each heading, and each kind of text in each line of prose."""
    lines, inside, kinds = [], False, list(HIDDEN.values())
    for number, line in enumerate(text.split("\n")):
        inside ^= line.startswith("```")
        if inside or line.startswith(("```", "|")) or not line:
            lines.append(line)
        else:
            lines.append(f"{line} {kinds[number % len(kinds)]}")
        if line.startswith("#") and not inside:
            lines += ["", "\n\n".join(HIDDEN_BLOCKS.values()), ""]
    return "\n".join(lines)


def _around(text: str) -> str:
    at = text.find("UNSEEN")
    return text[max(0, at - 100) : at + 100]
