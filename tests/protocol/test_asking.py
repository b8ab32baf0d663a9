"""Step 3's choices asked of the person: only when the call says so and the host has forms, in both eras."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from jsonschema import Draft202012Validator
from mcp import Client
from mcp.types import (
    ClientCapabilities,
    ElicitationCapability,
    ElicitRequestFormParams,
    ElicitResult,
    FormElicitationCapability,
    UrlElicitationCapability,
)

from shipkit_mcp.server.app import build_server
from shipkit_mcp.server.asking import can_ask
from shipkit_mcp.server.desk import Launch

pytestmark = pytest.mark.anyio

ERAS = ("auto", "legacy")
Forms = list[Any]


def client_that(root: Path, era: str, forms: Forms, answer: Callable[[Any], ElicitResult]) -> Client:
    async def asked(_context: Any, form: ElicitRequestFormParams) -> ElicitResult:
        forms.append(form)
        return answer(form)

    return Client(build_server(Launch(project=str(root))), mode=era, elicitation_callback=asked)


def accepts_the_first(form: Any) -> ElicitResult:
    properties = form.requested_schema["properties"]
    return ElicitResult(action="accept", content={name: one["enum"][0] for name, one in properties.items()})


def document_of(root: Path) -> Path:
    return root / "ai_docs/prep/initial_data_schema.md"


@pytest.mark.parametrize("era", ERAS)
async def test_what_the_person_chooses_becomes_decisions_of_the_call(
    era: str, example: Callable[[str], Path]
) -> None:
    root, forms = example("site-studio"), Forms()
    async with client_that(root, era, forms, accepts_the_first) as client:
        result = await client.call_tool("write_initial_data_schema", {"ask": True})
        assessed = await client.call_tool("assess_schema", {})

    said: dict[str, Any] = result.structured_content or {}
    after: dict[str, Any] = assessed.structured_content or {}
    assert not result.is_error, result.content
    assert len(forms) == 1
    assert said["asked"].startswith("The person answered ")
    assert all(one["chosen"] == one["options"][0]["id"] for one in after["decisions"] + after["options"])


@pytest.mark.parametrize("era", ERAS)
async def test_the_form_is_flat_fills_in_the_recommended_and_requires_nothing(
    era: str, example: Callable[[str], Path]
) -> None:
    forms = Forms()
    async with client_that(example("site-studio"), era, forms, accepts_the_first) as client:
        await client.call_tool("write_initial_data_schema", {"ask": True, "dry_run": True})
        assessed = await client.call_tool("assess_schema", {})

    schema: dict[str, Any] = forms[0].model_dump()["requested_schema"]
    posed = (assessed.structured_content or {})["decisions"]
    assert [one["id"] for one in posed] == list(schema["properties"])[: len(posed)]
    assert not schema.get("required")
    for one in posed:
        field = schema["properties"][one["id"]]
        assert field["default"] in field["enum"]
        assert field["default"].startswith(f"{one['recommended']}: ")
        assert field["description"].startswith(f"I recommend {one['recommended']}, because ")
        assert len(field["enum"]) == len(one["options"])


@pytest.mark.parametrize("era", ERAS)
async def test_nothing_is_asked_unless_the_call_says_so(era: str, example: Callable[[str], Path]) -> None:
    root, forms = example("site-studio"), Forms()
    async with client_that(root, era, forms, accepts_the_first) as client:
        result = await client.call_tool("write_initial_data_schema", {})

    assert forms == []
    assert "asked" not in (result.structured_content or {})
    assert document_of(root).is_file()


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(("action", "said"), [("decline", "declined"), ("cancel", "closed")])
async def test_a_form_that_is_declined_or_closed_goes_on_with_what_was_given(
    era: str, action: Any, said: str, example: Callable[[str], Path]
) -> None:
    root, forms = example("site-studio"), Forms()
    given = {"ask": True, "decisions": {"template-tables": "B"}}
    async with client_that(root, era, forms, lambda _form: ElicitResult(action=action)) as client:
        result = await client.call_tool("write_initial_data_schema", given)
        assessed = await client.call_tool("assess_schema", {})

    decisions = (assessed.structured_content or {})["decisions"]
    assert not result.is_error
    assert len(forms) == 1
    assert (result.structured_content or {})["asked"] == f"The person {said} the form."
    assert {one["id"]: one.get("chosen") for one in decisions if one.get("chosen")} == {
        "template-tables": "B"
    }


@pytest.mark.parametrize("era", ERAS)
async def test_what_the_call_decides_is_not_asked(era: str, example: Callable[[str], Path]) -> None:
    forms = Forms()
    given = {"ask": True, "decisions": {"template-tables": "B"}, "dry_run": True}
    async with client_that(example("site-studio"), era, forms, accepts_the_first) as client:
        await client.call_tool("write_initial_data_schema", given)

    assert "template-tables" not in forms[0].model_dump()["requested_schema"]["properties"]


@pytest.mark.parametrize("era", ERAS)
async def test_what_the_person_leaves_empty_stays_open(era: str, example: Callable[[str], Path]) -> None:
    root, forms = example("site-studio"), Forms()
    async with client_that(
        root, era, forms, lambda _form: ElicitResult(action="accept", content={})
    ) as client:
        result = await client.call_tool("write_initial_data_schema", {"ask": True})
        assessed = await client.call_tool("assess_schema", {})

    assert not result.is_error
    assert not any(one.get("chosen") for one in (assessed.structured_content or {})["decisions"])


@pytest.mark.parametrize("era", ERAS)
async def test_a_host_without_forms_is_told_so_and_the_document_is_written(
    era: str, example: Callable[[str], Path]
) -> None:
    root = example("site-studio")
    async with Client(build_server(Launch(project=str(root))), mode=era) as client:
        result = await client.call_tool("write_initial_data_schema", {"ask": True})

    assert not result.is_error
    assert (result.structured_content or {})["asked"].startswith("This host cannot ask")
    assert document_of(root).is_file()


@pytest.mark.parametrize("era", ERAS)
async def test_when_all_is_decided_nothing_is_asked(era: str, example: Callable[[str], Path]) -> None:
    root, forms = example("site-studio"), Forms()
    async with client_that(root, era, forms, accepts_the_first) as client:
        await client.call_tool("write_initial_data_schema", {"ask": True})
        again = await client.call_tool("write_initial_data_schema", {"ask": True})

    assert len(forms) == 1
    assert (again.structured_content or {})["asked"].startswith("Nothing was asked")


@pytest.mark.parametrize("era", ERAS)
async def test_an_answer_that_does_not_fit_the_form_is_refused_and_nothing_is_written(
    era: str, example: Callable[[str], Path]
) -> None:
    root, forms = example("site-studio"), Forms()

    def odd(form: Any) -> ElicitResult:
        return ElicitResult(
            action="accept", content=dict.fromkeys(form.requested_schema["properties"], "Z: no")
        )

    async with client_that(root, era, forms, odd) as client:
        schemas = {one.name: one.output_schema for one in (await client.list_tools()).tools}
        result = await client.call_tool("write_initial_data_schema", {"ask": True})

    assert result.is_error
    assert "did not fit" in str(result.content)
    Draft202012Validator(schemas["write_initial_data_schema"] or {}).validate(result.structured_content)
    assert not document_of(root).exists()


@pytest.mark.parametrize("era", ERAS)
async def test_a_call_that_cannot_work_is_refused_before_anybody_is_asked(
    era: str, example: Callable[[str], Path]
) -> None:
    forms = Forms()
    given = {"ask": True, "decisions": {"no-such-decision": "A"}}
    async with client_that(example("site-studio"), era, forms, accepts_the_first) as client:
        result = await client.call_tool("write_initial_data_schema", given)

    assert result.is_error
    assert "no-such-decision" in str(result.content)
    assert forms == []


@pytest.mark.parametrize(
    ("told", "can"),
    [
        (None, False),
        (ClientCapabilities(), False),
        (ClientCapabilities(elicitation=ElicitationCapability()), True),
        (ClientCapabilities(elicitation=ElicitationCapability(form=FormElicitationCapability())), True),
        (ClientCapabilities(elicitation=ElicitationCapability(url=UrlElicitationCapability())), False),
    ],
    ids=["nothing told", "none", "as Claude Code tells it", "forms", "addresses alone"],
)
async def test_who_can_be_asked_is_what_the_client_told(told: ClientCapabilities | None, can: bool) -> None:
    for version, back, expected in (
        ("2026-07-28", False, can),
        ("2025-11-25", True, can),
        ("2025-11-25", False, False),
    ):
        session = SimpleNamespace(protocol_version=version, can_send_request=back)
        assert can_ask(cast("Any", SimpleNamespace(client_capabilities=told, session=session))) is expected
