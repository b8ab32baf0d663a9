"""Documents, schema, workflows, plan and guide by address, with completion. Each has a tool that gives the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError
from mcp.types import (
    Completion,
    CompletionArgument,
    CompletionContext,
    PromptReference,
    ResourceTemplateReference,
)

from shipkit_mcp.errors import ShipkitError
from shipkit_mcp.server import brief
from shipkit_mcp.server.caller import caller
from shipkit_mcp.server.desk import CRASHED, Attempt, Call, Desk, log
from shipkit_mcp.server.logs import place
from shipkit_mcp.server.outgoing import as_data, clean, clean_all

if TYPE_CHECKING:
    from shipkit_mcp.analysis import Analysis

T = TypeVar("T")
View = Callable[["Analysis"], str]
"""An analysis to the text of a resource."""


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
        known = await desk.in_thread(caller(), lambda call: _known(desk, call, ref, argument.name))
        values = [one for one in known if one.startswith(argument.value)][:100]
        return Completion(values=values, total=len(values), has_more=False)

    register: Any = server.completion  # the SDK's own method has no types
    register()(complete)


def _add_fixed(server: MCPServer[Any], desk: Desk) -> None:
    @server.resource("shipkit://schema", name="schema", title="Drizzle schema", mime_type="application/json")
    async def schema() -> str:
        """Every table of the schema, in full."""
        return await _read(desk, lambda analysis: _json(analysis.survey.schema.model_dump(mode="json")))

    @server.resource("shipkit://plan", name="plan", title="Database plan", mime_type="application/json")
    async def plan() -> str:
        """The drafted plan, in full."""
        return await _read(desk, _plan)

    @server.resource(
        "shipkit://picture", name="picture-data", title="Picture of the plan", mime_type="application/json"
    )
    async def picture() -> str:
        """Tables with their state and place, and the keys between them, for the picture."""
        return await _read(desk, _picture)


def _add_templates(server: MCPServer[Any], desk: Desk) -> None:
    @server.resource(
        "shipkit://prep/{doc}", name="prep", title="Planning document", mime_type="text/markdown"
    )
    async def prep(doc: str) -> str:
        """A planning document by its file name, marked as data."""
        return await _read(desk, lambda analysis: _document(analysis, doc))

    @server.resource("shipkit://schema/{table}", name="table", title="Table", mime_type="application/json")
    async def table(table: str) -> str:
        """One table, in full."""
        return await _read(desk, lambda analysis: _table(analysis, table))

    @server.resource(
        "shipkit://workflow/{name}", name="workflow", title="Workflow", mime_type="application/json"
    )
    async def workflow(name: str) -> str:
        """One workflow and its tables, in full."""
        return await _read(desk, lambda analysis: _workflow(analysis, name))

    @server.resource("shipkit://guide/{topic}", name="guide", title="Guide", mime_type="text/markdown")
    def guide(topic: str) -> str:
        """One topic of the mentor's brief."""
        try:
            return brief.topic(topic)
        except ValueError as error:
            raise ResourceNotFoundError(str(error)) from None


async def _read(desk: Desk, view: View) -> str:
    """The text of a resource, made in a thread that stops when the caller goes away."""
    made = await desk.in_thread(caller(), lambda call: _viewed(desk, call, view))
    if isinstance(made, ResourceError):
        raise made
    return made


def _viewed(desk: Desk, call: Call, view: View) -> str | ResourceError:
    attempt = Attempt()
    with attempt:
        return view(desk.analyse(None, call.request()))
    if isinstance(attempt.error, ShipkitError):
        return ResourceNotFoundError(clean(str(attempt.error)))
    if isinstance(attempt.error, ResourceError):
        return attempt.error
    if attempt.error is not None:
        log.error("a resource failed: %s", place(attempt.error))
    return ResourceError(CRASHED)


def _plan(analysis: Analysis) -> str:
    from shipkit_mcp.server.views import whole_plan

    return _json(whole_plan(analysis))


def _picture(analysis: Analysis) -> str:
    from shipkit_mcp.picture import draw

    return _json(draw(analysis.survey.schema, analysis.plan))


def _document(analysis: Analysis, doc: str) -> str:
    from shipkit_mcp.readers.markdown_shown import shown_text

    found = [one for one in analysis.survey.documents if doc in _names(one.path.rpartition("/")[2])]
    return as_data(clean(shown_text(_one(found, "planning document", doc)).text))


def _table(analysis: Analysis, table: str) -> str:
    found = [one for one in analysis.survey.schema.tables if table in _names(one.name)]
    return _json(_one(found, "table", table).model_dump(mode="json"))


def _workflow(analysis: Analysis, name: str) -> str:
    found = [one for one in analysis.plan.stated if name in _names(one.name)]
    return _json(_one(found, "workflow", name).model_dump(mode="json"))


def _names(name: str) -> tuple[str, str]:
    """A name as it is, and as replies and completions tell it."""
    return name, clean(name)


def _one(found: Sequence[T], what: str, name: str) -> T:
    if not found:
        raise ResourceNotFoundError(clean(f"There is no {what} {name[:80]!r}."))
    return found[0]


def _json(value: Any) -> str:
    return json.dumps(clean_all(value), ensure_ascii=False, separators=(",", ":"))


def _known(
    desk: Desk, call: Call, ref: PromptReference | ResourceTemplateReference, argument: str
) -> list[str]:
    """Names that complete an argument; none where there is no project yet."""
    if isinstance(ref, PromptReference):
        return sorted(brief.STEPS) if argument == "step" else []
    if ref.uri == "shipkit://guide/{topic}":
        return sorted(brief.TOPICS)
    try:
        analysis = desk.analyse(None, call.request())
    except ShipkitError:
        return []
    names = {
        "shipkit://prep/{doc}": [one.path.rpartition("/")[2] for one in analysis.survey.documents],
        "shipkit://schema/{table}": [one.name for one in analysis.survey.schema.tables],
        "shipkit://workflow/{name}": [one.name for one in analysis.plan.stated],
    }.get(ref.uri, [])
    return sorted(clean(one) for one in names)
