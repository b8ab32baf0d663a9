"""Bytes to text: encodings, marks, line ends."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shipkit_mcp.project import ProjectFiles
from shipkit_mcp.project.content import Refused, decode, read_bytes
from shipkit_mcp.project.folder import open_folder

FilesOf = Callable[[dict[str, str | bytes]], ProjectFiles]
TEXT = "# Überschrift\n\nzwei\u2028drei\x85vier\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
    ],
    ids=["plain", "mark", "crlf", "cr", "utf-16", "utf-16 big"],
)
def test_the_same_text_is_read_from_every_encoding_and_line_end(files_of: FilesOf, data: bytes) -> None:
    source = files_of({"a.md": data}).get("a.md")

    assert source is not None
    assert source.text == TEXT
    assert len(source.lines) == 4


def test_mixed_line_ends_count_as_editors_count_them() -> None:
    assert decode(b"a\r\nb\rc\nd\n\re", lenient=False).text == "a\nb\nc\nd\n\ne"


@pytest.mark.parametrize("data", [b"", b" \n\t\n"])
def test_an_empty_file_is_an_empty_text(files_of: FilesOf, data: bytes) -> None:
    files = files_of({"a.md": data})

    assert files.get("a.md") is not None
    assert files.warnings == ()


def test_latin_1_in_a_document_is_read_with_marks_and_said_with_its_place(files_of: FilesOf) -> None:
    files = files_of({"a.md": b"# one\nGr\xfc\xdfe\n"})
    source = files.get("a.md")

    assert source is not None
    assert source.text == "# one\nGr��e\n"
    (said,) = files.warnings
    assert "`a.md` is not UTF-8 at byte 8 (line 2)" in said


def test_latin_1_in_source_is_refused_with_its_place(files_of: FilesOf) -> None:
    files = files_of({"a.ts": b"const gr\xfcn = 1;"})

    assert files.get("a.ts") is None
    assert "is not UTF-8 at byte 8 (line 1)" in files.warnings[0]


@pytest.mark.parametrize("data", [b"a\0b", "a\0b".encode("utf-16")])
def test_a_nul_byte_means_no_text(files_of: FilesOf, data: bytes) -> None:
    files = files_of({"a.md": data})

    assert files.get("a.md") is None
    assert "NUL" in files.warnings[0]


@pytest.mark.parametrize("kind", ["fifo", "link", "folder", "device"])
def test_what_took_a_files_place_after_it_was_listed_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.md"
    {
        "fifo": lambda: os.mkfifo(path),
        "link": lambda: path.symlink_to("/dev/zero"),
        "folder": path.mkdir,
        "device": lambda: None,
    }[kind]()
    folder = open_folder("/dev") if kind == "device" else open_folder(os.path.realpath(tmp_path))
    try:
        with pytest.raises(Refused, match=r"link|plain file|folder"):
            read_bytes(folder, "null" if kind == "device" else "a.md", 100)
    finally:
        folder.close()


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace")),
    st.booleans(),
)
def test_any_bytes_give_valid_text_or_a_reason(data: bytes, lenient: bool) -> None:
    try:
        text = decode(data, lenient=lenient).text
    except Refused as reason:
        text = str(reason)
    else:
        assert "\r" not in text
        assert "\0" not in text
        text.encode("utf-8")
