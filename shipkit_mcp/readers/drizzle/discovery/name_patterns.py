"""One segment of a glob pattern to a test of names, without regular expressions made from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Test = Callable[[str], bool]
NameTest = Callable[[str], bool]

_NONE_OF = re.compile(r"([^!]*)!\(([^()]*)\)(.*)")


def name_test(pattern: str) -> NameTest:
    """Whether a name is meant by ``*``, ``?``, ``[a-z]`` and, once in a pattern, ``!(this|that)``."""
    apart = _NONE_OF.fullmatch(pattern)
    if apart is None:
        tests = _tests(pattern)
        return lambda name: _name_matches(tests, name)
    before, refused, after = apart.groups()
    wanted = _tests(f"{before}*{after}")
    unwanted = [_tests(before + one + after) for one in refused.split("|")]

    def test(name: str) -> bool:
        return _name_matches(wanted, name) and not any(_name_matches(one, name) for one in unwanted)

    return test


def _name_matches(segment: Sequence[Test | None], name: str) -> bool:
    """The two-pointer match: on a mismatch only the last star gives way."""
    at = star = mark = 0
    seen_star = False
    position = 0
    if name.startswith(".") and (not segment or segment[0] is None):
        return False
    while position < len(name):
        test = segment[at] if at < len(segment) else _never
        if test is None:
            seen_star, star, mark = True, at, position
            at += 1
        elif test(name[position]):
            at += 1
            position += 1
        elif seen_star:
            mark += 1
            at, position = star + 1, mark
        else:
            return False
    return all(test is None for test in segment[at:])


def _never(_character: str) -> bool:
    return False


def _tests(text: str) -> list[Test | None]:
    """Tests of one name, character by character; None in it is ``*``."""
    tests: list[Test | None] = []
    at = 0
    while at < len(text):
        character = text[at]
        end = text.find("]", at + 2) if character == "[" else -1
        if end > 0:
            tests.append(_one_of(text[at + 1 : end]))
            at = end
        elif character == "*":
            tests.append(None)
        else:
            tests.append(_any if character == "?" else _exactly(character))
        at += 1
    return tests


def _any(_character: str) -> bool:
    return True


def _exactly(wanted: str) -> Test:
    return lambda character: character == wanted


def _one_of(members: str) -> Test:
    negated = members[:1] in ("!", "^")
    rest = members[1:] if negated else members
    ranges = [(rest[at - 1], rest[at + 1]) for at in range(1, len(rest) - 1) if rest[at] == "-"]

    def test(character: str) -> bool:
        inside = character in rest or any(low <= character <= high for low, high in ranges)
        return inside != negated

    return test
