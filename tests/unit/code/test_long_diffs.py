"""The diff of a long file turns the old text into the new one, as that of a short file does."""

from __future__ import annotations

import random
import re

import pytest

from shipkit_mcp.code.edits import CONTEXT, WINDOW, unified_diff

_HEAD = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


def patched(old: str, diff: str) -> str:
    """What ``patch`` makes of it: every hunk at the line that it names, none of them fuzzy."""
    lines, made, at = old.splitlines(keepends=True), [], 0
    for line in diff.splitlines(keepends=True)[2:]:
        if head := _HEAD.match(line):
            start = int(head[1]) - (head[2] != "0")
            made += lines[at:start]
            at = start
            assert int(head[3]) - (head[4] != "0") == len(made)
        elif line[0] in " -":
            assert lines[at] == line[1:]
            made += [line[1:]] if line[0] == " " else []
            at += 1
        else:
            assert line[0] == "+"
            made.append(line[1:])
    return "".join(made + lines[at:])


@pytest.mark.parametrize("seed", range(12))
def test_applying_the_diff_of_a_long_text_gives_the_new_one(seed: int) -> None:
    chance = random.Random(seed)
    old = [f"line {n}\n" if chance.random() < 0.7 else "  });\n" for n in range(5 * WINDOW)]
    new = []
    for line in old:
        said = chance.random()
        new += [] if said < 0.02 else [f"new {said}\n"] if said < 0.05 else [line]
        new += [line.replace("line", "more")] * (said > 0.97)
    if seed % 3 == 0:  # a stretch that moved
        new = new[WINDOW : 2 * WINDOW] + new[:WINDOW] + new[2 * WINDOW :]

    assert patched("".join(old), unified_diff("a.ts", "".join(old), "".join(new))) == "".join(new)


def test_every_change_of_a_long_text_stands_between_lines_that_stay() -> None:
    old = [f"line {n}\n" for n in range(4 * WINDOW)]
    new = [f"new {n}\n" if n % 10 == 5 else line for n, line in enumerate(old)]
    hunks = re.split(r"(?m)^@@.*\n", unified_diff("a.ts", "".join(old), "".join(new)))[1:]

    assert len(hunks) == len(old) // 10
    assert all(hunk.count("\n ") + hunk.startswith(" ") == 2 * CONTEXT for hunk in hunks)
