"""A client of the mcp 1.x SDK, run by its own Python: ``old_client.py VERSION COMMAND...`` prints what it saw."""

import asyncio
import json
import sys

import mcp.types as types
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client


async def chosen(_context, form):
    fields = form.requestedSchema["properties"]
    return types.ElicitResult(action="accept", content={name: one["enum"][0] for name, one in fields.items()})


async def main(version, command):
    types.LATEST_PROTOCOL_VERSION = version
    seen = {}
    server = StdioServerParameters(command=command[0], args=command[1:])
    async with (
        stdio_client(server) as (read, write),
        ClientSession(read, write, elicitation_callback=chosen) as session,
    ):
        begun = await session.initialize()
        seen["version"], seen["instructions"] = begun.protocolVersion, begun.instructions
        seen["tools"] = [one.name for one in (await session.list_tools()).tools]
        seen["prompts"] = [one.name for one in (await session.list_prompts()).prompts]
        seen["resources"] = [str(one.uri) for one in (await session.list_resources()).resources]
        templates = (await session.list_resource_templates()).resourceTemplates
        seen["templates"] = [one.uriTemplate for one in templates]
        seen["calls"] = {}
        for name in seen["tools"]:
            if not name.startswith("write"):
                result = await session.call_tool(name, {})
                seen["calls"][name] = [
                    result.isError,
                    sorted(result.structuredContent),
                    result.content[0].text[:60],
                ]
        refused = await session.call_tool("parse_drizzle_schema", {"tables": ["nope"]})
        seen["refused"] = [refused.isError, refused.content[0].text]
        written = await session.call_tool("write_initial_data_schema", {"ask": True})
        seen["written"] = [written.isError, written.structuredContent]
        prompt = await session.get_prompt("mentor", {"step": "1"})
        seen["prompt"] = prompt.messages[0].content.text
        users = await session.read_resource("shipkit://schema/users")
        seen["resource"] = json.loads(users.contents[0].text)["name"]
        reference = types.ResourceTemplateReference(type="ref/resource", uri="shipkit://schema/{table}")
        found = await session.complete(reference, {"name": "table", "value": "us"})
        seen["completion"] = found.completion.values
    print(json.dumps(seen))


asyncio.run(main(sys.argv[1], sys.argv[2:]))
