"""Where was looked and what else stands there, in plain sentences: the schema, the databases, other tools."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.document.words import counted, listed
from shipkit_mcp.facts import Survey

MOST = 8
"""Names in one sentence."""


def source_lines(survey: Survey, *, schema: bool = True, documents: bool = True) -> tuple[str, ...]:
    """What a reader must know of where all this comes from; nothing where all is as usual."""
    lines = (
        *_workspace(survey),
        *(_schema(survey) if schema else ()),
        *(_documents(survey) if documents else ()),
    )
    return (*lines, *_others(survey))


def source_heads(survey: Survey) -> tuple[str, ...]:
    """The same for the first screen, a few words each."""
    lines = [f"Workspace: {survey.workspace} is read too, written is only here"] if survey.workspace else []
    choice = survey.schema.choice
    if not survey.schema.tables:
        where = [*choice.files, *choice.looked_in]
        lines += [f"Schema: no Drizzle table found in {', '.join(where[:MOST]) or 'the usual places'}"]
    if choice.others:
        number = len(choice.others) + 1
        lines += [f"Databases: {number}; read is {choice.config or choice.files[0]}, --schema takes another"]
    names = [one.text.partition(" was seen")[0] for one in survey.stack.others]
    return (*lines, *([f"Seen, not read: {', '.join(names)}"] if names else ()))


def _workspace(survey: Survey) -> Iterator[str]:
    if survey.workspace:
        yield f"The workspace `{survey.workspace}` is read too; written is only in `{survey.project_root}`."


def _schema(survey: Survey) -> Iterator[str]:
    choice = survey.schema.choice
    if not survey.schema.tables:
        read = f" {_names(choice.files)} hold none." if choice.files else ""
        looked = f" Looked in {_names(choice.looked_in)}." if choice.looked_in else ""
        why = choice.found_by[:1].upper() + choice.found_by[1:]
        yield f"No Drizzle table: {why}.{read}{looked}" if choice.files else f"{why}.{looked}"
    if choice.others:
        others = counted(len(choice.others), "other database is", "other databases are")
        yield f"{others} in the project and not read: {_names(choice.others)}. Name one with `--schema`."


def _documents(survey: Survey) -> Iterator[str]:
    looked = dict.fromkeys(one for missing in survey.missing_documents for one in missing.looked_in)
    if looked:
        yield f"Planning documents were looked for in {_names(tuple(looked))}."


def _others(survey: Survey) -> Iterator[str]:
    return (one.text for one in survey.stack.others)


def _names(names: tuple[str, ...]) -> str:
    more = [f"{len(names) - MOST} more"] if len(names) > MOST else []
    return listed([*(f"`{one}`" for one in names[:MOST]), *more])
