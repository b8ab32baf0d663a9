"""Turns the planning documents into sections, and the app's documents into what the app is for."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence

from shipkit_mcp.facts import Files, PrepDoc, Source
from shipkit_mcp.readers.documents.kinds import kind_of
from shipkit_mcp.readers.documents.leftovers import mark_leftovers
from shipkit_mcp.readers.documents.template import read_template
from shipkit_mcp.readers.documents.vision import read_vision
from shipkit_mcp.readers.markdown import read_sections
from shipkit_mcp.readers.markdown_text import unadorned

__all__ = ["read_document", "read_documents", "read_template", "read_vision"]


def read_documents(
    files: Files, paths: Sequence[str], known: MutableMapping[str, PrepDoc] | None = None
) -> tuple[PrepDoc, ...]:
    """The documents at these paths, in their order; a path that cannot be read is left out.

    ``known``: what earlier calls read, by path. What has not changed is taken from there; it is left as this
    call found the documents.
    """
    before = known or {}
    sources = [source for path in paths if (source := files.get(path)) is not None]
    read = [_again(before.get(source.path), source) for source in sources]
    if known is not None:
        known.clear()
        known.update((one.path, one) for one in read)
    return mark_leftovers(tuple(read))


def _again(before: PrepDoc | None, source: Source) -> PrepDoc:
    if before is not None and before.source == source:
        return before
    return read_document(source)


def read_document(source: Source) -> PrepDoc:
    """One document: its kind told by name and headings, its title, its sections."""
    sections, unread = read_sections(source)
    first = next((section for section in sections if section.level), None)
    name = source.path.rpartition("/")[2].removesuffix(".md")
    return PrepDoc(
        kind=kind_of(name, sections),
        source=source,
        title=unadorned(first.title) if first else name,
        sections=sections,
        unread=unread,
    )
