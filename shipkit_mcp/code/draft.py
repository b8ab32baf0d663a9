"""What is drafted from a plan: new files, diffs of existing ones, SQL by phase."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.facts import Fact


class DraftFile(Fact):
    """A new Drizzle file."""

    name: str
    """Its path relative to the project, in the schema's folder."""
    table: str
    """The table it holds; empty for a barrel."""
    text: str


class DraftDiff(Fact):
    """What changes in an existing schema file, as ``git apply`` takes it."""

    path: str
    diff: str


class DraftPhase(Fact):
    """The SQL of one phase of the plan and the SQL that takes it back."""

    number: int
    title: str
    up: str
    down: str


class Draft(Fact):
    """Everything that is drafted. Nothing of it is written anywhere by us."""

    files: tuple[DraftFile, ...] = ()
    diffs: tuple[DraftDiff, ...] = ()
    phases: tuple[DraftPhase, ...] = ()
    notes: tuple[str, ...] = ()
    """What a person must look at or do by hand, each a sentence."""

    def texts(self, part: str) -> Mapping[str, str]:
        """File name to text; ``part`` is ``all``, ``drizzle`` or ``sql``."""
        named: dict[str, str] = {}
        if part in ("all", "drizzle"):
            named |= {one.name.rpartition("/")[2]: one.text for one in self.files}
            if self.diffs:
                named["changes.diff"] = "".join(one.diff for one in self.diffs)
        if part in ("all", "sql"):
            for phase in self.phases:
                named[f"phase-{phase.number}.up.sql"] = phase.up
                named[f"phase-{phase.number}.down.sql"] = phase.down
        return named
