"""The decisions a plan leaves open to one flat form for the person, and the answers to decisions of the call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from mcp.server.mcpserver import Context, Elicit, ElicitationResult, Resolve
from pydantic import BaseModel, Field, create_model

from shipkit_mcp.errors import ShipkitError
from shipkit_mcp.server.desk import Call, Desk
from shipkit_mcp.server.outgoing import clean, clean_all

if TYPE_CHECKING:
    from shipkit_mcp.findings import Decision, Plan

FIELDS = 8
"""Questions in one form: more are not read."""
LINE = 160
"""Characters of an option as the form lists it."""

FORMS_IN_RESULTS = "2026-07-28"
"""From this version on a form travels in the result, and needs no way back to the client."""

CANNOT = (
    "This host cannot ask the person. The options are in assess_schema; pass what they choose as `decisions`."
)
NOTHING_OPEN = "Nothing was asked: every decision is made."


class Unasked(BaseModel):
    """Why no form was shown; None where the call did not want one."""

    why: str | None = None


async def open_choices(
    ctx: Context[Desk, Any],
    ask: bool,
    project: str | None,
    decisions: dict[str, str | None] | None,
    tables: str | None,
    remove: list[str] | None,
) -> Unasked | Elicit[BaseModel]:
    """What fills a tool's `choices`: the form where the call asks and the host can, else why not.

    Run again when the answer comes in (2026-07-28): what changed in between is asked anew.
    """
    if not ask:
        return Unasked()
    if not can_ask(ctx):
        return Unasked(why=CANNOT)
    desk = ctx.request_context.lifespan_context
    given = {"decisions": decisions, "tables": tables, "remove": remove}
    return await desk.in_thread(ctx, lambda call: _asked(desk, call, project, given))


def can_ask(ctx: Context[Any, Any]) -> bool:
    """Whether the client shows forms, and (before 2026-07-28) can be called back for it."""
    told = ctx.client_capabilities
    form = told.elicitation if told else None
    if form is None or (form.form is None and form.url is not None):
        return False
    return ctx.session.protocol_version >= FORMS_IN_RESULTS or bool(ctx.session.can_send_request)


def _asked(
    desk: Desk, call: Call, project: str | None, given: Mapping[str, Any]
) -> Unasked | Elicit[BaseModel]:
    amendments = {name: clean_all(value) for name, value in given.items() if value is not None}
    try:
        plan = desk.analyse(project, call.request(amendments=amendments)).plan
    except ShipkitError:  # the call itself meets it next, and says it
        return Unasked()
    left = open_decisions(plan)
    if not left:
        return Unasked(why=NOTHING_OPEN)
    return Elicit("Choices for the database plan. What you leave empty stays open.", form_of(left))


def open_decisions(plan: Plan) -> list[Decision]:
    """The key decisions and options nobody has made, most critical first."""
    posed = {one.id: one for one in (*(one for one in plan.decisions if one.key), *plan.options)}
    return [one for one in posed.values() if one.chosen is None][:FIELDS]


def form_of(decisions: Iterable[Decision]) -> type[BaseModel]:
    """One field a decision: its options in words, the recommended one filled in; none is required."""
    fields: dict[str, Any] = {one.id: _field(one) for one in decisions}
    return create_model("Choices", **fields)


def _field(of: Decision) -> tuple[Any, Any]:
    lines = [option_line(one.id, one.title) for one in of.options]
    recommended = next(line for line in lines if line.startswith(f"{of.recommended}: "))
    shown = Field(
        default=None,
        title=clean(of.question)[:LINE],
        description=clean(f"I recommend {of.recommended}, because {of.why}")[: 4 * LINE],
        json_schema_extra={"default": recommended},
    )
    return Literal[tuple(lines)] | None, shown


def option_line(option: str, title: str) -> str:
    """An option as the form lists it: plain text, since not every host shows titles of values."""
    return f"{option}: {clean(title)}"[:LINE]


Choices = Annotated[ElicitationResult[BaseModel], Resolve(open_choices)]
"""An argument that the server fills: the person's answers, or why nobody was asked."""


def answers(outcome: Any) -> tuple[dict[str, str], str | None]:
    """(decision id to option id, what to tell the assistant about the form)."""
    if outcome.action != "accept":
        return {}, f"The person {'declined' if outcome.action == 'decline' else 'closed'} the form."
    if isinstance(outcome.data, Unasked):
        return {}, outcome.data.why
    given = outcome.data.model_dump()
    chosen = {name: line.partition(":")[0] for name, line in given.items() if line}
    return chosen, f"The person answered {len(chosen)} of {len(given)} questions."
