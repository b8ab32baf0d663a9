"""Documents, schema, workflows, plan and guide by address, with completion. Each has a tool that gives the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import anyio.to_thread
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from mcp.types import (
    Completion,
    CompletionArgument,
    CompletionContext,
    PromptReference,
    ResourceTemplateReference,
)

from shipkit_mcp.errors import ShipkitError
from shipkit_mcp.server import brief
from shipkit_mcp.server.desk import Desk
from shipkit_mcp.server.outgoing import as_data, clean, clean_all

if TYPE_CHECKING:
    from shipkit_mcp.analysis import Analysis

T = TypeVar("T")


def add_resources(server: MCPServer[Any], desk: Desk) -> None:
    """Register the resources, their templates and the one completion handler."""
    _add_fixed(server, desk)
    _add_templates(server, desk)

    async def complete(
        ref: PromptReference | ResourceTemplateReference,
        argument: CompletionArgument,
        context: CompletionContext | None,
    ) -> Completion | None:
        del context
        known = await anyio.to_thread.run_sync(_known, desk, ref, argument.name)
        values = [one for one in known if one.startswith(argument.value)][:100]
        return Completion(values=values, total=len(values), has_more=False)

    register: Any = server.completion  # the SDK's own method has no types
    register()(complete)


def _add_fixed(server: MCPServer[Any], desk: Desk) -> None:
    @server.resource("shipkit://schema", name="schema", title="Drizzle schema", mime_type="application/json")
    def schema() -> str:
        """Every table of the schema, in full."""
        return _json(_analysis(desk).survey.schema.model_dump(mode="json"))

    @server.resource("shipkit://plan", name="plan", title="Database plan", mime_type="application/json")
    def plan() -> str:
        """The drafted plan, in full."""
        from shipkit_mcp.server.views import whole_plan

        return _json(whole_plan(_analysis(desk)))

    @server.resource(
        "shipkit://picture", name="picture-data", title="Picture of the plan", mime_type="application/json"
    )
    def picture() -> str:
        """Tables with their state and place, and the keys between them, for the picture."""
        from shipkit_mcp.picture import draw

        analysis = _analysis(desk)
        return _json(draw(analysis.survey.schema, analysis.plan))


def _add_templates(server: MCPServer[Any], desk: Desk) -> None:
    @server.resource(
        "shipkit://prep/{doc}", name="prep", title="Planning document", mime_type="text/markdown"
    )
    def prep(doc: str) -> str:
        """A planning document by its file name, marked as data."""
        from shipkit_mcp.readers.markdown_shown import shown_text

        found = [
            one for one in _analysis(desk).survey.documents if doc in _names(one.path.rpartition("/")[2])
        ]
        return as_data(clean(shown_text(_one(found, "planning document", doc)).text))

    @server.resource("shipkit://schema/{table}", name="table", title="Table", mime_type="application/json")
    def table(table: str) -> str:
        """One table, in full."""
        found = [one for one in _analysis(desk).survey.schema.tables if table in _names(one.name)]
        return _json(_one(found, "table", table).model_dump(mode="json"))

    @server.resource(
        "shipkit://workflow/{name}", name="workflow", title="Workflow", mime_type="application/json"
    )
    def workflow(name: str) -> str:
        """One workflow and its tables, in full."""
        found = [one for one in _analysis(desk).plan.stated if name in _names(one.name)]
        return _json(_one(found, "workflow", name).model_dump(mode="json"))

    @server.resource("shipkit://guide/{topic}", name="guide", title="Guide", mime_type="text/markdown")
    def guide(topic: str) -> str:
        """One topic of the mentor's brief."""
        try:
            return brief.topic(topic)
        except ValueError as error:
            raise ResourceNotFoundError(str(error)) from None


def _analysis(desk: Desk) -> Analysis:
    from shipkit_mcp.analysis.request import Request

    try:
        return desk.analyse(None, Request())
    except ShipkitError as error:
        raise ResourceNotFoundError(clean(str(error))) from None


def _names(name: str) -> tuple[str, str]:
    """A name as it is, and as replies and completions tell it."""
    return name, clean(name)


def _one(found: Sequence[T], what: str, name: str) -> T:
    if not found:
        raise ResourceNotFoundError(clean(f"There is no {what} {name[:80]!r}."))
    return found[0]


def _json(value: Any) -> str:
    return json.dumps(clean_all(value), ensure_ascii=False, separators=(",", ":"))


def _known(desk: Desk, ref: PromptReference | ResourceTemplateReference, argument: str) -> list[str]:
    """Names that complete an argument; none where there is no project yet."""
    if isinstance(ref, PromptReference):
        return sorted(brief.STEPS) if argument == "step" else []
    if ref.uri == "shipkit://guide/{topic}":
        return sorted(brief.TOPICS)
    try:
        analysis = _analysis(desk)
    except ResourceNotFoundError:
        return []
    names = {
        "shipkit://prep/{doc}": [one.path.rpartition("/")[2] for one in analysis.survey.documents],
        "shipkit://schema/{table}": [one.name for one in analysis.survey.schema.tables],
        "shipkit://workflow/{name}": [one.name for one in analysis.plan.stated],
    }.get(ref.uri, [])
    return sorted(clean(one) for one in names)
