"""Turns the TypeScript interfaces of a workflow document into payloads, outputs and rows, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from shipkit_mcp.facts import BlockKind, Interface, PayloadField
from shipkit_mcp.readers.markdown_text import snake
from shipkit_mcp.readers.notation_scan import read_shapes
from shipkit_mcp.readers.notation_shapes import Shape, member_parts
from shipkit_mcp.readers.notation_types import read_type
from shipkit_mcp.readers.workflows.units import Unit

Part = Literal["payload", "task_payload", "output", "table", "other"]
Use = Literal["key", "passed_on", "input"]

_PAYLOAD = re.compile(r"\w*(?:Payload|Input|Params|Args)")
_OUTPUT = re.compile(r"\w+(?:Result|Results|Data|Row|Snapshot|Output|Response|Report)")
_NUMBERED = re.compile(r"(?i)(?:task|tarea|t[aâ]che|attivit[aà]|step)\s*(?P<number>\d+)(?P<part>[a-z]?)\b")
_INPUT_OF = re.compile(
    r"(?i)(?:task|tarea|t[aâ]che|attivit[aà]|step)\s*(?P<number>\d+)(?P<part>[a-z]?)\s*(?:input|entrada"
    r"|ingresso|entr[eé]e)\b"
)
_ROOT = re.compile(r"(?i)\b(?:root|trigger(?:s|ed|ing)? payload|entry|initial|ra[ií]z|radice|racine)\b")
_OUTPUT_WORDS = re.compile(r"(?i)\b(?:output|result|salida|resultado|risultato|sortie|r[eé]sultat)\b")
_PASSED = re.compile(
    r"(?i)\b(?:passed (?:to|on)|from (?:the )?previous|pasa(?:do)? a|passato a|pass[eé] [aà])\b"
)
_TASK_ID = re.compile(r"(?<![\w-])([a-z0-9]+(?:-[a-z0-9]+)+)(?![\w-])")
_KEY = re.compile(r"(?:id|ids|\w+(?:Id|Ids|ID|IDs|_id|_ids|Uuid|UUID))")
_CARRIED = re.compile(
    r"(?i)\w*(?:token|secret|api_?key|credentials?|password|config|options_config|client|session|headers"
    r"|webhook_?url|callback\w*)"
)


@dataclass(frozen=True, slots=True)
class _Found:
    shape: Shape
    section_kind: str


def read_interfaces(
    unit: Unit, rows: frozenset[str] | set[str], orders: Mapping[str, int | None]
) -> tuple[Interface, ...]:
    """The unit's interfaces in order.

    ``rows`` names those that stand for tables; ``orders`` gives the number a task has in its chain, if any.
    """
    found = list(_shapes(unit))
    named = {one.shape.name for one in found}
    parts = [_part(one, rows) for one in found]
    nested = _nested(found, parts, named)
    outputs = {one.shape.name for one, part in zip(found, parts, strict=True) if part == "output"}
    return tuple(
        _interface(unit, one.shape, "other" if one.shape.name in nested else part, outputs)
        for one, part in zip(found, _payload_parts(found, parts, orders), strict=True)
    )


def _shapes(unit: Unit) -> Iterator[_Found]:
    for section in unit.sections:
        kind = unit.kind(section)
        if kind in {"samples", "files"}:
            continue
        for block in section.blocks:
            if block.kind is BlockKind.FENCE and (
                "interface " in block.text or re.search(r"\btype \w+ = \{", block.text)
            ):
                for shape in read_shapes(block.text, block.line).shapes:
                    if shape.keyword in {"interface", "type"} and shape.name:
                        yield _Found(shape, kind)


def _part(found: _Found, rows: frozenset[str] | set[str]) -> Part:
    shape, kind = found.shape, found.section_kind
    lead = " ".join(shape.lead)
    if shape.name in rows:
        return "table"
    if _PAYLOAD.fullmatch(shape.name):
        return "payload"
    if kind == "outputs" or _OUTPUT_WORDS.search(lead):
        return "output"
    if kind == "payloads" and (_NUMBERED.search(lead) or _ROOT.search(lead)):
        return "payload"
    return "output" if _OUTPUT.fullmatch(shape.name) else "other"


def _nested(found: Sequence[_Found], parts: Sequence[Part], named: set[str]) -> set[str]:
    """Interfaces that are only the type of a payload's field."""
    used: set[str] = set()
    for one, part in zip(found, parts, strict=True):
        if part in {"payload", "task_payload"}:
            for member in one.shape.members:
                used.update(
                    name for name in re.findall(r"\w+", member.text.partition(":")[2]) if name in named
                )
    leads = {one.shape.name: " ".join(one.shape.lead) for one in found}
    kinds = {one.shape.name: (part, one.section_kind) for one, part in zip(found, parts, strict=True)}
    inner = {name for name in used if kinds[name][1] == "payloads" and not _OUTPUT_WORDS.search(leads[name])}
    return {
        name for name in used if kinds[name][0] == "other" or (kinds[name][0] == "output" and name in inner)
    }


def _payload_parts(
    found: Sequence[_Found], parts: Sequence[Part], orders: Mapping[str, int | None]
) -> list[Part]:
    """Tells what triggers the workflow from what passes between its tasks."""
    settled: list[Part] = []
    roots: list[Shape] = []
    for one, part in zip(found, parts, strict=True):
        if part != "payload":
            settled.append(part)
        elif _is_root(one.shape, roots, orders):
            roots.append(one.shape)
            settled.append("payload")
        else:
            settled.append("task_payload")
    return settled


def _task_of(name: str) -> str:
    """The task id a payload is named after: ``FetchAdMetricsPayload`` is ``fetch-ad-metrics``."""
    return snake(_SUFFIX.sub("", name)).replace("_", "-")


_SUFFIX = re.compile(r"(?:Task)?(?:Payload|Input|Params|Args)$")


def _is_root(shape: Shape, roots: Sequence[Shape], orders: Mapping[str, int | None]) -> bool:
    """What triggers the workflow: said so, the first task's by number, or alike to the first payload."""
    lead = " ".join(shape.lead)
    if _ROOT.search(lead):
        return True
    number = _INPUT_OF.search(lead) or _NUMBERED.search(lead)
    if number:
        made = _OUTPUT_WORDS.search(lead) and not _INPUT_OF.search(lead)
        return number["number"] in {"0", "1"} and not made
    if (order := orders.get(_task_of(shape.name))) is not None:
        return order in {0, 1}
    if not roots:
        return True
    names = {member.text.partition(":")[0].rstrip("? ") for member in shape.members}
    return any(names <= {one.text.partition(":")[0].rstrip("? ") for one in root.members} for root in roots)


def _interface(unit: Unit, shape: Shape, part: Part, outputs: set[str]) -> Interface:
    lead = " ".join(shape.lead)
    task = _TASK_ID.search(lead)
    return Interface(
        name=shape.name,
        part=part,
        task=task[1] if task and part in {"payload", "task_payload"} else None,
        fields=tuple(_fields(unit, shape, part, outputs)),
        evidence=unit.document.source.at(shape.line - 1),
    )


def _fields(unit: Unit, shape: Shape, part: Part, outputs: set[str]) -> Iterator[PayloadField]:
    for member in shape.members:
        cut = member_parts(member.text)
        if cut is None:
            continue
        name, optional, right = cut
        typed = read_type(right)
        yield PayloadField(
            name=snake(name) or name,
            doc_name=name,
            type=typed.type or right or "unknown",
            optional=optional or typed.null,
            use=use_of(name, typed.type or "", part, member.comment or "", outputs),
            evidence=unit.document.source.at(member.line - 1),
        )


def use_of(name: str, type_: str, part: Part, comment: str, outputs: set[str]) -> Use:
    """An id is a key; tokens, settings and what an earlier task made are passed on; the rest is input."""
    if _KEY.fullmatch(name):
        return "key"
    if part not in {"payload", "task_payload"}:
        return "input"
    if part == "task_payload" or _CARRIED.fullmatch(name) or _PASSED.search(comment):
        return "passed_on"
    return "passed_on" if set(re.findall(r"\w+", type_)) & outputs else "input"
