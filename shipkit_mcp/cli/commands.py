"""The commands and their options."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from shipkit_mcp import __version__
from shipkit_mcp.cli import screen
from shipkit_mcp.errors import ShipkitError
from shipkit_mcp.server.logs import place

Function = Callable[..., Any]

project_argument = click.argument("project", required=False, type=click.Path(file_okay=False))
json_option = click.option("--json", "as_json", is_flag=True, help="The full contract as JSON on stdout.")
schema_option = click.option(
    "--schema",
    multiple=True,
    metavar="PATH_OR_GLOB",
    help="Read only these schema files and what they import (repeatable).",
)
casing_option = click.option(
    "--casing",
    type=click.Choice(["none", "snake_case", "camelCase"]),
    help="Override the casing that was found.",
)


def run(arguments: Sequence[str]) -> int:
    """Run one command line. Returns 0 well, 1 counted findings, 2 cannot work."""
    try:
        code = commands.main(args=list(arguments), prog_name="shipkit-mcp", standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        screen.print_error(error.format_message())
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    except ShipkitError as error:
        screen.print_error(str(error))
        return 2
    except Exception as error:
        screen.print_error(
            f"Something went wrong inside shipkit-mcp ({place(error)}). Please report this bug."
        )
        raise SystemExit(2) from error
    return code if isinstance(code, int) else 0


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="shipkit-mcp")
@click.option(
    "--project", "launch", metavar="FOLDER", help="Serve for this project (also SHIPKIT_PROJECT_DIR)."
)
@click.pass_context
def commands(context: click.Context, launch: str | None) -> int | None:
    """A database mentor for apps with background jobs, as an MCP server and for your terminal.

    Without a command: serve on stdio; at a terminal, say what this is.
    """
    if context.invoked_subcommand is not None:
        return None
    if launch is None and sys.stdin.isatty():
        from shipkit_mcp.cli import setting

        return setting.explain()
    from shipkit_mcp.cli import serving

    return serving.serve(project=launch, read_only=False)


@commands.command()
@click.option("--project", metavar="FOLDER", help="The project to serve (also SHIPKIT_PROJECT_DIR).")
@click.option("--read-only", is_flag=True, help="Hide and refuse the tool that writes.")
@click.option("--http", is_flag=True, help="Serve on loopback HTTP with a bearer token instead of stdio.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="With --http.")
@click.option(
    "--token-file", type=click.Path(dir_okay=False), help="With --http: keep the token in this file."
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="With --http: a page that may call, exactly (default: none).",
)
def serve(
    project: str | None,
    *,
    read_only: bool,
    http: bool,
    port: int,
    token_file: str | None,
    origins: tuple[str, ...],
) -> int:
    """Run the MCP server."""
    if http:
        from shipkit_mcp.cli import serving

        return serving.serve_http(
            project=project, read_only=read_only, port=port, token_file=token_file, origins=origins
        )
    from shipkit_mcp.cli import serving

    return serving.serve(project=project, read_only=read_only)


@commands.command()
@project_argument
@click.option("--write", is_flag=True, help="Write the document.")
@click.option("--diff", is_flag=True, help="Show how the document would change, and write nothing.")
@click.option(
    "--amend",
    type=click.Path(exists=True, dir_okay=False),
    help="Amendments as JSON: decisions, tables, remove, narrative.",
)
@click.option("--expected-sha256", help="Write only if the document on disk still has this hash.")
@click.option("--overwrite-edits", is_flag=True, help="Replace sections that a person edited too.")
@schema_option
@casing_option
@json_option
def plan(**options: Any) -> int:
    """Draft the database plan: how ready, what to decide, what happens next."""
    from shipkit_mcp.cli import making

    return making.plan(**options)


@commands.command()
@project_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--new-only",
    "base",
    type=click.Path(exists=True, dir_okay=False),
    help="Count only what this earlier JSON did not have.",
)
@schema_option
@casing_option
def check(form: str, *, as_json: bool, **options: Any) -> int:
    """Check the schema: exit 1 where something the mission rejects or requires is broken."""
    from shipkit_mcp.cli import reading

    return reading.check(form="json" if as_json else form, **options)


@commands.command()
@project_argument
@schema_option
@casing_option
@json_option
def schema(**options: Any) -> int:
    """Read the Drizzle schema without running it."""
    from shipkit_mcp.cli import reading

    return reading.schema(**options)


@commands.command("map")
@project_argument
@schema_option
@casing_option
@json_option
def map_(**options: Any) -> int:
    """Map each workflow to the tables it needs."""
    from shipkit_mcp.cli import reading

    return reading.map_workflows(**options)


@commands.command()
@project_argument
@json_option
def docs(**options: Any) -> int:
    """Read the planning documents."""
    from shipkit_mcp.cli import reading

    return reading.docs(**options)


@commands.command()
@project_argument
@click.option(
    "--out", type=click.Path(file_okay=False), help="Write the drafts into this folder instead of stdout."
)
@click.option("--part", type=click.Choice(["all", "drizzle", "sql"]), default="all", show_default=True)
@click.option("--policies", is_flag=True, help="Also draft row level security policies.")
@schema_option
@casing_option
@json_option
def code(**options: Any) -> int:
    """Draft Drizzle files, diffs, up and down SQL for the plan."""
    from shipkit_mcp.cli import making

    return making.code(**options)


@commands.command()
@project_argument
@click.option(
    "--out",
    type=click.Path(dir_okay=False),
    help="Write the page (.html) or the Mermaid text (.mmd, .md) here.",
)
@schema_option
@casing_option
def diagram(**options: Any) -> int:
    """Draw the schema and the plan."""
    from shipkit_mcp.cli import making

    return making.diagram(**options)


@commands.command()
@project_argument
def undo(project: str | None) -> int:
    """Put the newest copy of the document back."""
    from shipkit_mcp.cli import making

    return making.undo(project)


@commands.command()
@click.argument("host")
@click.option(
    "--project",
    metavar="FOLDER",
    help="The project to serve (default: this folder, where the host needs one).",
)
@click.option("--print", "only_show", is_flag=True, help="Only show what would be put where.")
def install(host: str, project: str | None, *, only_show: bool) -> int:
    """Put the server into a host's settings.

    HOST: claude-code, claude-desktop, cursor, vscode, codex, gemini, windsurf or zed.
    """
    from shipkit_mcp.cli import setting

    return setting.install(host, project, only_show=only_show)


@commands.command()
@click.argument("host")
@click.option(
    "--project", metavar="FOLDER", help="The project whose settings are meant (default: this folder)."
)
def uninstall(host: str, project: str | None) -> int:
    """Take the server out of a host's settings."""
    from shipkit_mcp.cli import setting

    return setting.uninstall(host, project)


@commands.command()
@project_argument
def doctor(project: str | None) -> int:
    """Look at everything a host needs, and say what is wrong."""
    from shipkit_mcp.cli import setting

    return setting.doctor(project)
