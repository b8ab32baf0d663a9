"""Each example yields the document that stands beside it, and the first screen that stands here, byte for byte.

``python -m tests.golden.update`` makes them anew; read the difference before it is accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from shipkit_mcp.cli.commands import commands
from tests.golden.update import DOCUMENT, EXAMPLES, GOLDEN, document_of, screen_of

NAMES = ("audio-notes", "site-studio")


@pytest.mark.parametrize("name", NAMES)
def test_an_example_yields_the_document_that_stands_beside_it(
    name: str, example: Callable[[str], Path]
) -> None:
    assert document_of(example(name)) == (EXAMPLES / name / DOCUMENT).read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_first_screen_fits_in_25_lines_of_80_columns_and_is_the_one_we_read(name: str) -> None:
    lines = screen_of(EXAMPLES / name)

    assert len(lines) <= 25
    assert "\n".join(lines) + "\n" == (GOLDEN / f"{name}.screen.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_second_write_changes_no_byte_and_makes_no_copy(name: str, example: Callable[[str], Path]) -> None:
    root = example(name)
    first = document_of(root)

    assert (
        CliRunner().invoke(commands, ["plan", str(root), "--write"], standalone_mode=False).exception is None
    )
    assert (root / DOCUMENT).read_bytes() == first
    assert not list((root / DOCUMENT).parent.glob("*.bak"))
