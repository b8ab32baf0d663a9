"""Interfaces, unions, enums and constants of a document's fence."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from shipkit_mcp.readers.typescript import Member, TypeDeclaration, read_interfaces

FENCE = """\
// Task 1: extract-audio
// started by the upload
interface ExtractPayload extends Base {
  jobId: string; // FK to jobs
  /** what was uploaded */
  kind?: "audio" | "video" | null;
  chunks: Array<{ path: string; start?: number }>;
  tags: ("a" | "b")[];
}

export type Status = "pending" | "done";
const STAGES = ["one", "two"] as const;
export enum Level { Low = "low", High }
"""


def declared(text: str) -> dict[str, TypeDeclaration]:
    found, unread = read_interfaces(text, "ai_docs/prep/a.md", 10)
    assert unread == ()
    return {one.name: one for one in found}


def test_an_interface_gives_its_members_with_types_and_comments() -> None:
    interface = declared(FENCE)["ExtractPayload"]

    assert (interface.kind, interface.line, interface.extends) == ("interface", 12, ("Base",))
    assert interface.comment == "Task 1: extract-audio\nstarted by the upload"
    assert interface.members[0] == Member("jobId", "string", 13, comment="FK to jobs")
    assert interface.members[1] == Member(
        "kind",
        '"audio" | "video"',
        15,
        optional=True,
        nullable=True,
        values=("audio", "video"),
        above="what was uploaded",
    )


def test_nested_members_are_found_inside_lists() -> None:
    chunks, tags = declared(FENCE)["ExtractPayload"].members[2:]

    assert chunks.many
    assert [(one.name, one.type, one.optional) for one in chunks.members] == [
        ("path", "string", False),
        ("start", "number", True),
    ]
    assert (tags.many, tags.values) == (True, ("a", "b"))


def test_vocabularies_are_read_from_unions_constants_and_enums() -> None:
    found = declared(FENCE)

    assert {name: one.values for name, one in found.items() if one.values} == {
        "Status": ("pending", "done"),
        "STAGES": ("one", "two"),
        "Level": ("low", "High"),
    }


def test_what_stands_beside_broken_text_is_still_read() -> None:
    found, unread = read_interfaces(
        "interface A { b: string }\n) = ) (\ninterface C { d: number }", "a.md", 5
    )

    assert [one.name for one in found] == ["A", "C"]
    assert [(one.path, one.line) for one in unread] == [("a.md", 6)]


def test_a_type_alias_keeps_its_object_and_its_text() -> None:
    alias = declared("type Row = {\n  id: string;\n};")["Row"]

    assert (alias.type, [one.name for one in alias.members]) == ("{ id: string; }", ["id"])


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='interface A{}:;|"\n?[]<>/*x ', max_size=120))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    found, unread = read_interfaces(text, "a.md", 1)

    assert all(one.line >= 1 for one in (*found, *unread))
