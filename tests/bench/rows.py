"""A figure beside the bar it must hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table of results."""

    what: str
    figure: str
    bar: str = ""
    kept: bool | None = None
    """None where there is no bar."""

    @property
    def sign(self) -> str:
        return {True: "holds", False: "MISSED", None: ""}[self.kept]

    def text(self, _width: int = 100) -> str:
        return f"{self.what:<66} {self.figure:>26}  {self.bar:<12} {self.sign}".rstrip()

    def markdown(self) -> str:
        return f"| {self.what} | {self.figure} | {self.bar} | {self.sign} |"
