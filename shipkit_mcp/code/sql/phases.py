"""The work of a plan -> the SQL of each of its phases, up and down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from shipkit_mcp.code.draft import DraftPhase
from shipkit_mcp.code.names import remark
from shipkit_mcp.code.sql.alteration import alter_table, rename_columns, rename_constraints
from shipkit_mcp.code.sql.constraints import foreign_key_step, taken_back
from shipkit_mcp.code.sql.creation import create_table, doubts, indexes
from shipkit_mcp.code.sql.loosened import loosened_keys
from shipkit_mcp.code.sql.rebuilding import alter_sqlite_table
from shipkit_mcp.code.sql.step import Step, downs, ups
from shipkit_mcp.code.sql.types import changed_enums, dropped_enums, enum_step
from shipkit_mcp.code.sql.words import Words
from shipkit_mcp.code.work import Work
from shipkit_mcp.errors import beat
from shipkit_mcp.facts import ForeignKey, Table


def draft_phases(
    work: Work, dialect: str, left_out: Mapping[tuple[str, str], str], policies: Mapping[str, tuple[str, ...]]
) -> tuple[DraftPhase, ...]:
    """The phases that have anything to run. ``left_out`` holds references to tables that nobody declares."""
    words = Words.of(dialect, work.schema, work.target)
    phases = _Phases(work, words, left_out, policies)
    titles = {one.number: one.title for one in work.plan.phases}
    made = []
    for number in sorted({*titles, *phases.numbers}):
        steps = phases.steps(number)
        if steps:
            title = titles.get(number, "Changes")
            heading = f"-- Phase {number}: {remark(title)}"
            up, down = _texts(steps, heading, words)
            made.append(DraftPhase(number=number, title=title, up=up, down=down))
    return tuple(made)


class _Phases:
    """Which step belongs to which phase; lives inside one call of ``draft_phases``."""

    def __init__(
        self,
        work: Work,
        words: Words,
        left_out: Mapping[tuple[str, str], str],
        policies: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.work, self.words, self.left_out, self.policies = work, words, left_out, policies
        self.place: dict[str, tuple[int, int]] = {}
        """Table to (phase, place within it) of its creation."""
        for at, table in enumerate(work.created):
            self.place[table.name] = (work.phase_of(table.name), at)
        touched = [one.name for one in work.created] + [one.old.name for one in work.differences]
        self.numbers = {work.phase_of(name) for name in touched} | {
            work.phase_of(one.name) for one in work.removed
        }
        if not self.numbers and work.schema.enums != work.target.enums:
            self.numbers = {1}
        self.loosened = {} if words.dialect == "sqlite" else loosened_keys(work)
        self._enums_done: set[str] = {one.name for one in work.schema.enums}

    def steps(self, number: int) -> list[Step]:
        self.words = replace(self.words, not_yet=self._not_yet(number))
        steps: list[Step] = []
        if number == min(self.numbers, default=number):
            steps += changed_enums(self.work, self.words)
        steps += self._renames(number)
        for table in self.work.created:
            beat()
            if self.place[table.name][0] == number:
                steps += self._enums(table) + self._created(table)
        for one in self.work.differences:
            beat()
            if self.work.phase_of(one.old.name) == number:
                steps += self._enums(one.new)
                later = self._later(one.new, (number, len(self.place)))
                if self.words.dialect == "sqlite":
                    steps += alter_sqlite_table(one, self.words)
                else:
                    steps += alter_table(one, self.words, later)
        steps += self._waiting(number)
        steps += self._removed(number)
        return steps

    def _not_yet(self, number: int) -> Mapping[str, Mapping[str, str]]:
        """Table to new and old names of the columns that a later phase renames."""
        if self.words.dialect == "sqlite":
            return {}
        return {
            one.new.name: {rename.new: rename.old for rename in one.renamed}
            for one in self.work.differences
            if one.renamed and self.work.phase_of(one.old.name) > number
        }

    def _renames(self, number: int) -> list[Step]:
        """Keys of removed tables are taken off first: their way back names the columns as they were."""
        if self.words.dialect == "sqlite":
            return []
        mine = [one for one in self.work.differences if self.work.phase_of(one.old.name) == number]
        keys = [pair for one in mine for pair in self.loosened.get(one.old.name, ())]
        steps = [taken_back(foreign_key_step(key, table, self.words)) for table, key in keys]
        for rename in (rename_columns, rename_constraints):
            for one in mine:
                beat()
                steps += rename(one, self.words)
        return steps

    def _enums(self, table: Table) -> list[Step]:
        """Types of the database that the table is the first to need."""
        needed = [
            column.enum for column in table.columns if column.enum and column.enum not in self._enums_done
        ]
        self._enums_done |= set(needed)
        found = [one for one in self.work.target.enums if one.name in needed]
        return [enum_step(one, self.words) for one in found] if self.words.dialect == "postgresql" else []

    def _created(self, table: Table) -> list[Step]:
        later = self._later(table, self.place[table.name])
        name = self.words.table(table)
        up = [create_table(table, self.words, later), *self._remarks(table), *indexes(table, self.words)]
        up += self.policies.get(table.name, ())
        return [Step(tuple(up), (f"DROP TABLE {name};",))]

    def _remarks(self, table: Table) -> list[str]:
        return [
            f"-- Left out: {self.words.name(column)} refers to {remark(reference)}, which nobody declares yet."
            for (owner, column), reference in self.left_out.items()
            if owner == table.name
        ]

    def _later(self, table: Table, here: tuple[int, int]) -> frozenset[str]:
        """Foreign keys to tables that are made after this one."""
        if self.words.dialect == "sqlite":
            return frozenset()
        return frozenset(
            key.name
            for key in table.foreign_keys
            if key.table != table.name and self.place.get(key.table, (0, 0)) > here
        )

    def _waiting(self, number: int) -> list[Step]:
        """Foreign keys that had to wait for a table of this phase."""
        steps = []
        for table, key, place in self._keys():
            if self.place[key.table][0] == number or (place[0] == number and self.place[key.table] <= place):
                steps.append(foreign_key_step(key, table, self.words))
        return steps

    def _keys(self) -> list[tuple[Table, ForeignKey, tuple[int, int]]]:
        pairs = [(table, self.place[table.name]) for table in self.work.created]
        pairs += [(d.new, (self.work.phase_of(d.new.name), len(self.place))) for d in self.work.differences]
        return [
            (table, key, place)
            for table, place in pairs
            for key in table.foreign_keys
            if key.name in self._later(table, place)
        ]

    def _removed(self, number: int) -> list[Step]:
        steps = []
        mine = [one for one in self.work.removed if self.work.phase_of(one.name) == number]
        apart = {key.name for keys in self.loosened.values() for _, key in keys}
        for table in mine:
            back = [
                f"-- The rows of {self.words.name(table.name)} are not restored.",
                *doubts(table),
                create_table(table, self.words, apart),
                *indexes(table, self.words),
            ]
            steps.append(Step((f"DROP TABLE {self.words.table(table)};",), tuple(back)))
        if number == max(self.numbers, default=number) and self.words.dialect == "postgresql":
            steps += dropped_enums(self.work, self.words)
        return steps


def _texts(steps: list[Step], heading: str, words: Words) -> tuple[str, str]:
    said = "\n".join(ups(one for one in steps if not one.unused))
    outside = [one for one in steps if any(literal in said for literal in one.unused)]
    inside = [one for one in steps if one not in outside]
    # they stay when the transaction is taken back, and the phase is run again
    before = [line.replace(" ADD VALUE ", " ADD VALUE IF NOT EXISTS ") for line in ups(outside)]
    up = _text(heading, before, ups(inside), words)
    down = _text(f"{heading}, taken back", [], downs(steps), words)
    return up, down


def _text(heading: str, before: list[str], statements: list[str], words: Words) -> str:
    opening, closing = _FRAMES[words.dialect]
    lines = [heading, *before, *([*opening, *statements, *closing] if statements else [])]
    joined = (f"{line}\n" if line.startswith("--") else f"{line}\n\n" for line in lines[1:])
    return f"{heading}\n\n{''.join(joined).rstrip()}\n"


_FRAMES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "postgresql": (("BEGIN;",), ("COMMIT;",)),
    "mysql": ((), ()),
    "sqlite": (("PRAGMA foreign_keys = OFF;\nBEGIN;",), ("COMMIT;\nPRAGMA foreign_keys = ON;",)),
}
"""What stands around a phase, so that it is done whole or not at all (MySQL has no way to say it)."""
