"""Files in every encoding a person may have saved them in: the same facts, or a finding with its line."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from hostile.stdio import write_project

from shipkit_mcp.analysis import Analysis, analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.project import open_project

CONFIG = 'export default { schema: "./db/schema.ts", dialect: "postgresql" };'
SCHEMA = """import { pgTable, text, uuid } from "drizzle-orm/pg-core";

// What is café.
export const users = pgTable("users", {
  id: uuid("id").primaryKey(),
  naam: text("naam").notNull(),
});
"""
DOCUMENT = """# Master Idea

## End Goal

My app helps **café owners** achieve **less waste** by counting.

## Specific Problem

They lose money.
"""


def read(root: Path, schema: bytes = SCHEMA.encode(), document: bytes = DOCUMENT.encode()) -> Analysis:
    write_project(
        root,
        {
            "package.json": "{}",
            "drizzle.config.ts": CONFIG,
            "db/schema.ts": schema,
            "ai_docs/prep/master_idea.md": document,
        },
    )
    return analyse(open_project(None, launch=str(root), environ={}, cwd="/"), Request(), Memory())


def facts(analysis: Analysis) -> tuple[object, ...]:
    """What must not depend on how the files were saved."""
    survey = analysis.survey
    return (
        [
            (one.name, one.line, one.comment, [(c.name, c.type, c.line) for c in one.columns])
            for one in survey.schema.tables
        ],
        [(one.title, [(s.title, s.line) for s in one.sections]) for one in survey.documents],
        survey.vision.end_goal and (survey.vision.end_goal.text, survey.vision.end_goal.evidence.line),
    )


SAME = {
    "byte order mark": ("utf-8-sig", "\n"),
    "crlf": ("utf-8", "\r\n"),
    "crlf and byte order mark": ("utf-8-sig", "\r\n"),
    "cr": ("utf-8", "\r"),
}


@pytest.mark.parametrize("way", SAME)
def test_the_facts_and_their_lines_are_the_same(tmp_path: Path, way: str) -> None:
    encoding, newline = SAME[way]

    plain = facts(read(tmp_path / "plain"))
    saved = [one.replace("\n", newline).encode(encoding) for one in (SCHEMA, DOCUMENT)]

    assert facts(read(tmp_path / "saved", *saved)) == plain


def test_mixed_newlines_count_as_one_line_each(tmp_path: Path) -> None:
    lines = SCHEMA.split("\n")
    mixed = "".join(line + "\r\n" if number % 2 else line + "\n" for number, line in enumerate(lines[:-1]))

    assert facts(read(tmp_path / "a", mixed.encode())) == facts(read(tmp_path / "b"))


WARNED = {
    "utf-16": ("utf-16", "UTF-16"),
    "latin-1": ("latin-1", "not UTF-8 at byte"),
}


@pytest.mark.parametrize(
    ("mark", "encoding"), [(codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le")]
)
def test_utf_16_of_either_order_is_named_in_both_inputs(tmp_path: Path, mark: bytes, encoding: str) -> None:
    analysis = read(tmp_path, mark + SCHEMA.encode(encoding), mark + DOCUMENT.encode(encoding))

    said = [one for one in analysis.plan.warnings if "UTF-16" in one]
    assert any("db/schema.ts" in one for one in said)
    assert any("master_idea.md" in one for one in said)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_file_name_of_composed_letters_is_read_and_one_of_decomposed_letters_is_named_with_its_place(
    tmp_path: Path, form: Literal["NFC", "NFD"]
) -> None:
    name = unicodedata.normalize(form, "caf\u00e9")
    write_project(tmp_path, {f"db/{name}.ts": SCHEMA.replace("users", "guests")})

    schema = read(tmp_path, f'export * from "./{name}";\n{SCHEMA}'.encode()).survey.schema

    assert {one.name for one in schema.tables} == {"users", *(["guests"] if form == "NFC" else [])}
    assert [(one.path, one.line) for one in schema.unread] == ([] if form == "NFC" else [("db/schema.ts", 1)])


@pytest.mark.parametrize("way", WARNED)
def test_another_encoding_is_named_and_the_other_input_is_still_read(tmp_path: Path, way: str) -> None:
    encoding, said = WARNED[way]

    analysis = read(tmp_path, SCHEMA.encode(encoding))

    text = "\n".join(analysis.plan.warnings)
    assert "db/schema.ts" in text
    assert said in text
    assert analysis.survey.vision.end_goal is not None


@pytest.mark.parametrize("way", WARNED)
def test_a_document_in_another_encoding_is_named(tmp_path: Path, way: str) -> None:
    encoding, said = WARNED[way]

    analysis = read(tmp_path, document=DOCUMENT.encode(encoding))

    text = "\n".join(analysis.plan.warnings)
    assert "master_idea.md" in text
    assert said in text
    assert [one.name for one in analysis.survey.schema.tables] == ["users"]


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\n" * 1_000], ids=["empty", "blank", "bom", "lines"]
)
def test_empty_files_are_no_fault(tmp_path: Path, data: bytes) -> None:
    analysis = read(tmp_path, data, data)

    assert analysis.survey.schema.tables == ()
    assert analysis.survey.vision.end_goal is None


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize(("letter", "said"), [("\0", "holds a NUL byte"), ("\xe9", "is not UTF-8 at byte")])
def test_what_is_no_text_is_named_with_its_file_and_line_in_both_inputs(
    tmp_path: Path, letter: str, said: str, newline: str
) -> None:
    schema, document = (
        one.replace("café", f"caf{letter}").replace("\n", newline).encode("latin-1")
        for one in (SCHEMA, DOCUMENT)
    )
    warnings = read(tmp_path, schema, document).plan.warnings

    for path, line in (("db/schema.ts", 3), ("ai_docs/prep/master_idea.md", 5)):
        assert any(path in one and said in one and f"(line {line})" in one for one in warnings)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_a_wide_encoding_without_a_mark_is_no_text_and_said_to_be_none(tmp_path: Path, encoding: str) -> None:
    analysis = read(tmp_path, SCHEMA.encode(encoding), DOCUMENT.encode(encoding))

    for path in ("db/schema.ts", "ai_docs/prep/master_idea.md"):
        assert any(path in one and "(line " in one for one in analysis.plan.warnings)
    assert analysis.survey.schema.tables == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_marked_utf_16_gives_the_same_facts_and_lines(tmp_path: Path, newline: str) -> None:
    saved = [one.replace("\n", newline).encode("utf-16") for one in (SCHEMA, DOCUMENT)]

    assert facts(read(tmp_path / "saved", *saved)) == facts(read(tmp_path / "plain"))


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\u0085", "\x0b", "\x0c"], ids=ascii)
def test_no_other_mark_ends_a_line_of_a_document(tmp_path: Path, mark: str) -> None:
    document = DOCUMENT.replace("# Master Idea\n", f"# Master Idea\n\nOne{mark}line.\n")
    read_ = read(tmp_path, document=document.encode()).survey

    assert [(one.title, one.line) for one in read_.documents[0].sections if one.title == "End Goal"] == [
        ("End Goal", 5)
    ]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\u0085", "\x0b", "\x0c"], ids=ascii)
def test_no_other_mark_ends_a_line(tmp_path: Path, mark: str) -> None:
    analysis = read(tmp_path, SCHEMA.replace("is café", f"is{mark}café").encode())

    assert [(one.name, one.line) for one in analysis.survey.schema.tables] == [("users", 4)]
