"""What the README says is what the code does."""

from __future__ import annotations

import pytest

from tests import docs


def test_the_generated_parts_of_the_readme_are_current() -> None:
    text = docs.README.read_text(encoding="utf-8")

    assert docs.rendered(text) == text, "run `python -m tests.docs`"


def test_the_readme_is_short() -> None:
    assert len(docs.README.read_text(encoding="utf-8").splitlines()) < 200


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"])
def test_what_the_readme_points_to_exists(name: str) -> None:
    assert (docs.ROOT / name).is_file()
