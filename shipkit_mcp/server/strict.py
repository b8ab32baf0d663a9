"""A published tool: unknown arguments refused in plain words, schemas small."""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.mcpserver.tools import Tool
from pydantic import ValidationError

from shipkit_mcp.server.app_view import SHOWN_BY, VIEW
from shipkit_mcp.server.desk import CRASHED, log, refused
from shipkit_mcp.server.tools import Spec

BAD_FORM = "The host's answer to the form did not fit it. Nothing was written; call again without `ask`."

READ_MORE = {"anthropic/maxResultSizeChars": 100_000}
"""A hint for hosts that cut long results."""


class StrictTool(Tool):
    """A tool that says plainly what is wrong with its arguments."""

    async def run(
        self, arguments: dict[str, Any], context: Context[Any, Any], convert_result: bool = False
    ) -> Any:
        try:
            self.fn_metadata.validate_arguments(arguments)
        except ValidationError as error:
            return refused(_plain(self.name, error, self.parameters))
        try:
            return await super().run(arguments, context, convert_result)
        except UnexpectedToolError:
            log.error("%s failed before its answer", self.name)
            return refused(CRASHED)
        except ToolError:
            return refused(BAD_FORM)


def published(spec: Spec) -> Tool:
    """The tool as the SDK serves it: no extra arguments, titles pruned, output two levels deep."""
    made = StrictTool.from_function(
        spec.function,
        title=spec.title,
        annotations=spec.hints,
        meta=_meta(spec),
        description=_description(spec),
    )
    model = made.fn_metadata.arg_model
    model.model_config["extra"] = "forbid"
    model.model_rebuild(force=True)
    made.parameters = _pruned(model.model_json_schema(by_alias=True))
    made.fn_metadata.output_schema = _pruned(made.fn_metadata.output_schema)
    return made


def _meta(spec: Spec) -> dict[str, Any]:
    view = {"ui": {"resourceUri": VIEW}} if spec.function.__name__ == SHOWN_BY else {}
    return {**READ_MORE, **view}


def _description(spec: Spec) -> str:
    return " ".join((spec.function.__doc__ or "").split())


def _pruned(schema: Any) -> Any:
    """A JSON schema without titles, model docstrings and null defaults, which cost characters and say nothing."""
    if isinstance(schema, dict):
        kept = {
            key: _pruned(value)
            for key, value in schema.items()
            if not (key == "title" and isinstance(value, str))
        }
        if kept.get("type") == "object" and "properties" in kept:
            kept.pop("description", None)
        if kept.get("default", 0) is None:
            kept.pop("default")
        return kept
    return [_pruned(one) for one in schema] if isinstance(schema, list) else schema


def _plain(name: str, error: ValidationError, schema: dict[str, Any]) -> str:
    known = ", ".join(schema.get("properties", {}))
    problems = []
    for one in error.errors(include_url=False, include_context=False, include_input=False):
        where = ".".join(str(part)[:60] for part in one["loc"])
        problems.append(
            f"`{where}`: {'there is no such argument' if one['type'] == 'extra_forbidden' else one['msg']}"
        )
    return f"{name} could not take its arguments: {'; '.join(problems[:8])}. It takes: {known}."
