"""What a rule is: one sentence of the mission, and how to see whether a project keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from shipkit_mcp.facts import Evidence, Table, Unread
from shipkit_mcp.findings import Finding, Severity
from shipkit_mcp.rules.context import Context


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One place where a rule is not kept; what it leaves open, the rule's row says."""

    subject: str
    evidence: tuple[Evidence, ...]
    """At least one; the first is the line to change."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What fills the places of the rule's message and fix."""
    message: str | None = None
    fix: str | None = None
    severity: Severity | None = None
    table: Table | None = None
    """The table whose comments may allow it."""
    unread: Unread | None = None
    """What could not be read and may hold what is missed: then nobody can tell."""


Check = Callable[[Context], Iterator[Fault]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A small project: Drizzle source, and documents by path."""

    schema: str = ""
    documents: tuple[tuple[str, str], ...] = ()
    tasks: tuple[str, ...] = ()
    """Task ids that the code has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One sentence of the mission, and how to see whether a project keeps it."""

    id: str
    severity: Severity
    mission: str
    """The sentence, word for word, as it stands in ``prompts/``."""
    message: str
    fix: str
    check: Check
    breaks: Example
    """A project this rule reports. Run by the tests, printed by the docs."""
    keeps: Example
    """The nearest project it does not report."""

    def findings(self, context: Context) -> Iterator[Finding]:
        """Every place where the project does not keep this rule."""
        return (self._finding(fault) for fault in self.check(context))

    def _finding(self, fault: Fault) -> Finding:
        words = {"subject": fault.subject, **fault.words}
        message = (fault.message or self.message).format_map(words)
        if fault.unread:
            place = f"{fault.unread.path}:{fault.unread.line}"
            message = f"Cannot tell, since {place} could not be read ({fault.unread.why}): {message}"
        return Finding(
            rule=self.id,
            severity=fault.severity or self.severity,
            subject=fault.subject,
            message=message,
            fix=(fault.fix or self.fix).format_map(words),
            certain=fault.unread is None,
            mission=self.mission,
            evidence=fault.evidence,
            accepted_by=self._allowed(fault.table),
        )

    def _allowed(self, table: Table | None) -> str | None:
        if table and any(rule == self.id for rule, _ in table.allows):
            return f"{table.path}:{table.line}"
        return None
