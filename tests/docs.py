"""The generated parts of the README: ``python -m tests.docs`` writes them, ``test_docs`` compares them."""

from __future__ import annotations

import re
from pathlib import Path

import anyio
import click
from mcp import Client

from shipkit_mcp import document
from shipkit_mcp.analysis import analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.cli.commands import commands
from shipkit_mcp.project import open_project
from shipkit_mcp.server.app import build_server
from shipkit_mcp.server.desk import Launch

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


def tools_part() -> str:
    """Tables of tools, prompt, resources and commands."""
    return anyio.run(_listed) + "\n\n" + _commands()


async def _listed() -> str:
    async with Client(build_server(Launch())) as client:
        tools = (await client.list_tools()).tools
        prompts = (await client.list_prompts()).prompts
        fixed = (await client.list_resources()).resources
        templates = (await client.list_resource_templates()).resource_templates
    rows = ["| tool | writes | what it gives |", "|---|---|---|"]
    for tool in tools:
        reads = tool.annotations is not None and tool.annotations.read_only_hint
        rows.append(
            f"| `{tool.name}` | {'no' if reads else 'the document'} | {_first(tool.description or '')} |"
        )
    rows += ["", "| prompt | what it gives |", "|---|---|"]
    rows += [f"| `{one.name}` (optional `step`) | {one.description} |" for one in prompts]
    addresses = [*(str(one.uri) for one in fixed), *(one.uri_template for one in templates)]
    return "\n".join([*rows, "", f"Resources: {', '.join(f'`{one}`' for one in addresses)}."])


def _commands() -> str:
    rows = ["| command | what it does |", "|---|---|"]
    for name, command in commands.commands.items():
        context = click.Context(command)
        rows.append(f"| `shipkit-mcp {name}` | {command.get_short_help_str(200)} |")
        context.close()
    return "\n".join(rows)


def _first(text: str) -> str:
    return re.split(r"(?<=\.) ", text)[0]


def screen_part() -> str:
    """The first screen of ``plan`` on an example, with the project's path as a reader would see it."""
    root = ROOT / "examples" / "site-studio"
    analysis = analyse(open_project(None, launch=str(root), environ={}, cwd=str(ROOT)), Request(), Memory())
    lines = document.first_screen(analysis.survey, analysis.plan)
    shown = [line.replace(analysis.project.shown_root, "examples/site-studio") for line in lines]
    return "\n".join(["```", "$ shipkit-mcp plan examples/site-studio", *shown, "```"])


PARTS = {"tools": tools_part, "screen": screen_part}


def rendered(text: str) -> str:
    """The README with its generated parts made anew."""
    for name, make in PARTS.items():
        begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        head, _, rest = text.partition(begin)
        _, _, tail = rest.partition(end)
        text = f"{head}{begin}\n{make()}\n{end}{tail}"
    return text


if __name__ == "__main__":
    README.write_text(rendered(README.read_text(encoding="utf-8")), encoding="utf-8")
