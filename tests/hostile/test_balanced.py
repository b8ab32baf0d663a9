"""Texts whose brackets pair up start no worker: the budget of the parse alone must end those that would never end."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile.test_fuzz import TYPESCRIPT, _texts, mutated
from hostile.test_never_hangs import FOREVER

PIECES = (
    *("import ", "export ", ",", "t", "e", "'1'", ":", "@", "*", "/**/", "/* x */", "=>", "<", ">", "`a`", "`${b}`"),
    *(";", "\n", "=", "...", "?", "!", "async ", "await ", "class ", "function ", "type ", "interface ", "enum "),
    *("const ", "as ", "satisfies ", "from ", "default ", "1", "/", "&", "|", "~", "^", "%", "#a", "abstract "),
    *("declare ", "namespace ", "module ", "new ", "extends ", "implements ", "static ", "get ", "set ", "yield "),
    *("keyof ", "infer ", "is ", "asserts ", "unique ", "symbol ", "typeof ", "void ", "<a>", "</a>", "<a/>"),
)  # fmt: skip
PAIRS = {")": "(", "]": "[", "}": "{"}
BUDGET, OVER, HUNG = 0.05, 0.5, 20
"""Seconds of one parse (short: what ends a text does not depend on them), how much later it may end, and when the
process is given up."""


def main(seed: int, number: int) -> None:
    """Parse that many plain texts with both grammars and say how it went; `faulthandler` ends what hangs."""
    import faulthandler
    import importlib
    import time

    from calm import heap_set_aside

    from shipkit_mcp.readers.typescript.plain import is_plain

    parse = importlib.import_module("shipkit_mcp.readers.typescript.parse")
    plain = given_up = 0
    latest = 0.0
    with heap_set_aside():
        for text in texts(random.Random(seed)):
            encoded = text.encode("utf-8", "replace")
            if not is_plain(encoded):
                continue
            plain += 1
            for language in (parse._TYPESCRIPT, parse._TSX):
                faulthandler.dump_traceback_later(HUNG, exit=True)
                started, used = time.monotonic(), time.thread_time()
                given_up += parse._parse_bytes(encoded, language, started + BUDGET) is None
                latest = max(latest, time.thread_time() - used)
                faulthandler.cancel_dump_traceback_later()
            if plain == number:
                break
    print(json.dumps({"plain": plain, "given_up": given_up, "latest": latest}))


def texts(chance: random.Random) -> Iterator[str]:
    """Soups of tokens, schemas in the middle of a change, and relatives of what never ends, with their brackets paired."""
    schemas = _texts("**/schema/*.ts")
    while True:
        schema = chance.choice(schemas)
        yield soup(chance) * chance.choice((1, 1, 2, 5))
        yield paired(mutated(schema, chance, TYPESCRIPT))
        yield paired(mutated(FOREVER * chance.choice((1, 1, 2)), chance, TYPESCRIPT)) + chance.choice(
            ("", "*/", "/**/")
        )
        at = chance.randrange(max(len(schema) - 400, 1))
        yield paired(schema[at : at + 200] + soup(chance) + schema[at + 200 : at + 400])


def soup(chance: random.Random, depth: int = 0) -> str:
    """Tokens and brackets that pair up."""
    made = []
    for _ in range(chance.randint(1, 9)):
        if chance.random() < 0.3 and depth < 5:
            opening, closing = chance.choice(("()", "[]", "{}"))
            made.append(f"{opening}{soup(chance, depth + 1)}{closing}")
        else:
            made.append(chance.choice(PIECES))
    return "".join(made)


def paired(text: str) -> str:
    """Without the brackets that close nothing, and with those that are missing at the end."""
    open_: list[str] = []
    kept = []
    for one in text:
        if one in PAIRS and (not open_ or open_.pop() != PAIRS[one]):
            continue
        if one in PAIRS.values():
            open_.append(one)
        kept.append(one)
    closing = {opening: one for one, opening in PAIRS.items()}
    return "".join((*kept, *(closing[one] for one in reversed(open_))))


@pytest.mark.parametrize("number", [2_000, pytest.param(75_000, marks=pytest.mark.fuzz)])
def test_no_balanced_text_holds_the_parser_beyond_its_budget(number: int) -> None:
    tests = Path(__file__).resolve().parents[1]
    code = f"import sys; sys.path[:0] = [{str(tests)!r}, {str(tests.parent)!r}]; from hostile.test_balanced import main; main(7, {number})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=1_800, check=False)

    assert done.returncode == 0, done.stderr.decode()[-3_000:]
    said = json.loads(done.stdout)
    assert said["plain"] == number
    assert said["given_up"] > 0  # there are balanced texts that never end: this is what ends them
    assert said["latest"] < BUDGET + OVER
