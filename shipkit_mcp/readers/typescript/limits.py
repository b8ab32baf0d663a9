"""How much TypeScript is read before we say that it is too much."""

from __future__ import annotations

MAX_BYTES = 512 * 1024
"""Of one file: about 0.14 s and 30 MB."""
MAX_BRACKET_DEPTH = 256
MAX_ANGLE_DEPTH = 2_000
"""Of `<` that no `>` closes: far more than the comparisons of any schema, and 10 MB for the grammar."""
MAX_NODES = 500_000
"""Of one file's syntax tree."""
PARSE_SECONDS = 1.0
"""For one file. 33 bytes are known that tree-sitter never finishes."""

RUN_SECONDS = 2.0
"""For all texts of one run that come to nothing; beyond that, what is slow is left out at once."""
QUICK_SECONDS = 0.1
"""What even the last file of such a run is given: a hundred times what a schema file takes."""

LOST_SECONDS = 6.0
"""When this much more is lost, nothing further is parsed in this run: a call must end."""

MAX_FILES = 400
"""Of one run."""
MAX_RUN_BYTES = 8 * 1024 * 1024
"""Of one run."""

MAX_DEPTH = 100
"""Of nested expressions in one evaluation."""
MAX_CALL_DEPTH = 32
"""Of functions that call functions."""
MAX_MEMBERS = 1_000
"""Of one array or object."""
MAX_TEXT = 20_000
"""Characters of one evaluated string."""
MAX_STEPS = 10_000
"""Of one table, enum, view or other statement."""
MAX_RUN_STEPS = 1_000_000
"""Of one run: five times what a thousand tables take, and measured at 1.6 to 2.2 s. With the 5,000,000 once
meant evaluation alone took 7 to 11 of the 20 s of a call, and on a project at every limit the rest takes 9 to 15."""
MAX_TABLES = 3_000
"""Of one run: all that is drafted for so many takes less than the twenty seconds of a call."""


class TooMuch(Exception):
    """More steps or deeper nesting than one table may take."""
