"""What the README says is what the code does."""

from __future__ import annotations

import re
import shlex

import pytest
from click.testing import CliRunner

from shipkit_mcp.cli.commands import commands
from tests import docs


def test_the_generated_parts_of_the_readme_are_current() -> None:
    text = docs.README.read_text(encoding="utf-8")

    assert docs.rendered(text) == text, "run `python -m tests.docs`"


def test_the_readme_is_short() -> None:
    assert len(docs.README.read_text(encoding="utf-8").splitlines()) < 200


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"])
def test_what_the_readme_points_to_exists(name: str) -> None:
    assert (docs.ROOT / name).is_file()


def test_the_workflow_for_continuous_integration_runs_commands_that_exist() -> None:
    (workflow,) = re.findall(r"```yaml\n(.*?)```", docs.README.read_text(encoding="utf-8"), re.DOTALL)
    lines = re.findall(r"run: uvx shipkit-mcp (.+)", workflow)
    example = docs.ROOT / "examples" / "audio-notes"
    for line in lines:
        given = shlex.split(line.partition(">")[0])
        result = CliRunner().invoke(commands, [given[0], str(example), *given[1:]], standalone_mode=False)
        assert result.return_value == 1, result.output
        assert "stripe-planned-mirror" in result.output

    assert len(lines) == 2
    assert workflow.index("actions/checkout") < workflow.index("uvx shipkit-mcp")
    assert "\t" not in workflow
