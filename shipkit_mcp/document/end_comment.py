"""The one comment at the document's end: what was amended, and each section as we last rendered it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pydantic import ValidationError

from shipkit_mcp.document.pieces import fold
from shipkit_mcp.document.sections.app_summary import SIGN
from shipkit_mcp.errors import BadAmendment
from shipkit_mcp.facts import Amendments

LIMIT = 128 * 1024
"""Bytes of the whole comment."""
_OPEN = "<!-- shipkit-mcp: read back when the document is written again; please leave it as it is"
_COMMENT = re.compile(
    r"(?:\A|(?<=[\r\n]))<!-- shipkit-mcp:[^\r\n]*"
    r"(?:(?:\r\n|\r|\n)(?:(?P<json>\{[^\r\n]*)(?:\r\n|\r|\n|\Z))?(?:-->[ \t]*)?)?"
)
_ANGLES = str.maketrans({"<": "\\u003c", ">": "\\u003e"})


@dataclass(frozen=True)
class Recorded:
    """What an end comment holds."""

    amendments: Amendments
    sections: Mapping[str, str]
    """Section title to the hash of what we last rendered there, in the order of the sections."""


@dataclass(frozen=True, slots=True)
class Parted:
    """A document without its end comment."""

    text: str
    recorded: Recorded | None
    """None where there is no comment, or a damaged one."""
    marked: bool
    """Whether a comment of ours was there, however damaged."""


def render_end_comment(recorded: Recorded) -> str:
    """The comment; raises `BadAmendment` where it would be larger than 128 KiB."""
    amendments = json.dumps(
        recorded.amendments.model_dump(mode="json"), sort_keys=True, separators=(",", ":")
    )
    sections = json.dumps(dict(recorded.sections), separators=(",", ":"))
    line = f'{{"amendments":{amendments},"sections":{sections}}}'.translate(_ANGLES)
    comment = f"{_OPEN}\n{line}\n-->"
    if len(comment.encode()) > LIMIT:
        raise BadAmendment((_too_large(len(comment.encode())),))
    return comment


def read_end_comment(text: str) -> Recorded | None:
    """What the document's end comment holds; None where it is missing or damaged."""
    return part(text).recorded


def part(text: str) -> Parted:
    """The document and its end comment, apart; any text in, never an error."""
    all_found = list(_COMMENT.finditer(text))
    if not all_found:
        return Parted(text, None, marked=False)
    found = all_found[-1]
    recorded = _parse(found["json"] or "") if found[0].rstrip().endswith("-->") else None
    return Parted(_close(text[: found.start()], text[found.end() :]), recorded, marked=True)


def is_ours(text: str) -> bool:
    """Whether we wrote the document: by its end comment, or by our line at its head."""
    parted = part(text)
    return parted.marked or SIGN in fold(parted.text).split("\n")


def _close(before: str, after: str) -> str:
    """What stands around the comment; nothing a person wrote behind it is dropped."""
    return before + after.lstrip("\r\n") if after.strip() else before


def _parse(line: str) -> Recorded | None:
    if len(line.encode(errors="surrogatepass")) > LIMIT:
        return None
    try:
        held = json.loads(line)
        amendments = Amendments.model_validate(held["amendments"])
        sections = {str(title): str(value) for title, value in held["sections"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ValidationError):
        return None
    return Recorded(amendments, MappingProxyType(sections))


def _too_large(size: int) -> str:
    return (
        f"The amendments take {size:,} bytes at the document's end and at most {LIMIT:,} are kept: "
        "give fewer tables or shorter prose."
    )
