"""The MCP Inspector's command line on the real server: every list and call, its own strict lint."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hosts.programs import Done, Host

pytestmark = pytest.mark.hosts

CALLS = {
    "read_prep_docs": {},
    "parse_drizzle_schema": {"tables": ["users"], "detail": "full"},
    "map_workflow_to_tables": {},
    "assess_schema": {},
    "check_schema": {},
    "draft_schema_code": {"part": "sql"},
    "mentor_guide": {"step": "1"},
    "write_initial_data_schema": {"dry_run": True},
}
ERAS = ("legacy", "modern")


def answer(done: Done) -> dict[str, Any]:
    assert done.status == 0, done.said
    said: dict[str, Any] = json.loads(done.out)
    return said.get("result", said)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("method", "key", "least"),
    [("tools/list", "tools", 8), ("prompts/list", "prompts", 1), ("resources/list", "resources", 3),
     ("resources/templates/list", "resourceTemplates", 4)],
)  # fmt: skip
def test_everything_is_listed_in_both_eras(host: Host, era: str, method: str, key: str, least: int) -> None:
    strict = ("--strict",) if method == "tools/list" else ()  # the Inspector lints the schemas of tools alone
    done = host.inspector("--method", method, *strict, "--protocol-era", era, "--format", "json", "-q")

    assert len(answer(done)[key]) >= least


@pytest.mark.parametrize(("tool", "arguments"), CALLS.items())
def test_every_tool_answers(host: Host, tool: str, arguments: dict[str, Any]) -> None:
    done = host.inspector(
        *("--method", "tools/call", "--tool-name", tool, "--tool-args-json", json.dumps(arguments)),
        *("--format", "json", "-q"),
    )

    said = answer(done)
    assert said["structuredContent"]["project_root"] or tool == "mentor_guide"
    assert not said.get("isError")


def test_a_refused_call_is_the_tools_error_and_not_the_protocols(host: Host) -> None:
    done = host.inspector(
        *(
            "--method",
            "tools/call",
            "--tool-name",
            "parse_drizzle_schema",
            "--tool-args-json",
            '{"tables":["user"]}',
        ),
        *("--format", "json", "-q"),
    )

    assert done.status == 5
    assert "Did you mean users" in done.said


def test_the_prompt_and_a_resource_are_given(host: Host) -> None:
    prompt = host.inspector(
        "--method", "prompts/get", "--prompt-name", "mentor", "--prompt-args", "step=2", "-q"
    )
    table = host.inspector("--method", "resources/read", "--uri", "shipkit://schema/users", "-q")
    view = host.inspector("--method", "resources/read", "--uri", "ui://shipkit/picture.html", "-q")

    assert prompt.status == table.status == view.status == 0
    assert "Step 2" in prompt.out
    assert "lib/drizzle/schema/users.ts" in table.out
    assert "text/html;profile=mcp-app" in view.out


def test_the_view_of_the_app_is_found_at_the_tool_that_shows_it(host: Host) -> None:
    shown = host.inspector("--method", "tools/call", "--tool-name", "assess_schema", "--app-info")
    plain = host.inspector("--method", "tools/call", "--tool-name", "check_schema", "--app-info")

    assert shown.status == 0
    assert "ui://shipkit/picture.html" in shown.out
    assert plain.status == 2
