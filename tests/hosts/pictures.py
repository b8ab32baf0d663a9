"""Pictures to look at: seven and fourteen tables from the examples, a hundred made here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hosts.browser import Browser, Page

from shipkit_mcp.analysis import analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.facts import Column, Evidence, ForeignKey, Schema, Table
from shipkit_mcp.findings import Counts, Plan, Readiness, TableNote
from shipkit_mcp.picture import draw, fill, render_page
from shipkit_mcp.project import open_project
from tests.docs import ROOT

CARDS = "[...document.querySelectorAll('.card')]"
PANEL = "document.getElementById('panel')"
FOCUSED = "document.activeElement.getAttribute('aria-label')?.split(',')[0]"
SCALE = "new DOMMatrix(getComputedStyle(document.getElementById('world')).transform).a"
AREAS = ("users", "projects", "documents", "transcripts", "invoices", "content_jobs", "media_assets")
PARTS = ("members", "settings", "tags", "history", "results", "exports", "metrics")
LONG = "a_table_" + "with_a_long_name_" * 6


def example(name: str) -> tuple[Schema, Plan]:
    """The schema and the plan of an example."""
    root = ROOT / "examples" / name
    analysis = analyse(open_project(None, launch=str(root), environ={}, cwd="/"), Request(), Memory())
    return analysis.survey.schema, analysis.plan


def hundred() -> tuple[Schema, Plan]:
    """A hundred tables of seven areas, some planned, changed and to go, one with a very long name."""
    tables = list(_tables())
    new = {one.name for one in tables[7::11]}
    gone, changed = ({one.name for one in tables[start::13]} - new for start in (5, 9))
    before = Schema(tables=tuple(one for one in tables if one.name not in new))
    target = Schema(tables=tuple(one for one in tables if one.name not in gone))
    counts = Counts(tables=100, columns=0, new=0, modified=0, removed=0, total=100)
    plan = Plan(
        project_root="~/many",
        readiness=Readiness(percent=0, met=0, total=0),
        counts=counts,
        target=target,
        create=_notes(new),
        modify=_notes(changed),
        remove=_notes(gone),
    )
    return before, plan


def _tables() -> Iterator[Table]:
    names = [f"{area}_{part}" if part else area for area in AREAS for part in ("", *PARTS)]
    names += [f"log_{i:02}" for i in range(99 - len(names))] + [LONG]
    for i, name in enumerate(names):
        area = next((one for one in AREAS if name.startswith(one) and name != one), None)
        refers = [area] if area else []
        refers += ["users"] if i % 3 == 0 and "users" not in (name, area) else []
        refers += [names[i // 3]] if i % 9 == 4 and names[i // 3] not in (name, *refers) else []
        columns = [Column(name="id", key="id", type="uuid", primary_key=True, not_null=True)]
        columns += [Column(name=f"{one}_id", key=one, type="uuid", not_null=i % 2 == 0) for one in refers]
        columns += [
            Column(name=f"field_{n}", key=f"f{n}", type="timestamp with time zone") for n in range(i % 17)
        ]
        keys = [
            ForeignKey(name=f"{name}_{one}", columns=(f"{one}_id",), table=one, foreign_columns=("id",))
            for one in refers
        ]
        yield Table(
            name=name,
            dialect="postgresql",
            key=name,
            path="schema.ts",
            line=i + 1,
            columns=tuple(columns),
            foreign_keys=tuple(keys),
        )


def _notes(names: set[str]) -> tuple[TableNote, ...]:
    why = Evidence(path="ai_docs/prep/trigger_workflow_many.md", line=3)
    return tuple(TableNote(table=one, why=f"about {one}", evidence=(why,)) for one in sorted(names))


DRAWN = {
    "seven": lambda: example("audio-notes"),
    "fourteen": lambda: example("site-studio"),
    "hundred": hundred,
}


def drawing_of(name: str) -> dict[str, Any]:
    """What the page is given."""
    return draw(*DRAWN[name]())


def opened(
    browser: Browser, folder: Path, name: str, *, width: int = 1280, height: int = 800, dark: bool = False
) -> Page:
    """The picture as a page of its own."""
    path = folder / f"{name}.html"
    text = fill(None) if name == "none" else render_page(*DRAWN[name]())
    path.write_text(text, encoding="utf-8")
    return Page(browser, path, width, height, dark=dark)


def card(name: str) -> str:
    """The expression for a table's card."""
    return f"{CARDS}.find((one) => one.getAttribute('aria-label').startsWith('{name},'))"


def place_of(page: Page, element: str) -> dict[str, float]:
    """Where an element is seen."""
    found: dict[str, float] = page.see(
        f"(() => {{ const r = {element}.getBoundingClientRect(); return {{ x: r.x, y: r.y, w: r.width, h: r.height }}; }})()"
    )
    return found


def outside(page: Page, what: str) -> list[str]:
    """Which of these do not lie within the window."""
    found: list[str] = page.see(
        f"{what}.filter((one) => {{ const r = one.getBoundingClientRect(); return r.left < -1 || r.top < -1"
        " || r.right > innerWidth + 1 || r.bottom > innerHeight + 1; }).map((one) => one.textContent.slice(0, 40))"
    )
    return found
