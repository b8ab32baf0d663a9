"""Names from documents to identifiers, string literals, comments and file names of TypeScript."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import product

from shipkit_mcp.errors import beat
from shipkit_mcp.mapping.names import singular as singular
from shipkit_mcp.mapping.names import to_camel as to_camel
from shipkit_mcp.mapping.names import to_snake as to_snake

IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)
_NOT_WORD = re.compile(r"[^A-Za-z0-9]+")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\u0000"}
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Categories of characters that cannot be seen or that turn the direction of a line."""
LONGEST = 60
"""Characters of a file's name or of an identifier that we make up."""


def words(text: str) -> frozenset[str]:
    """The words of a text, as data."""
    return frozenset(text.split())


RESERVED = words(
    """
    abstract any arguments as async await bigint boolean break case catch class const constructor continue
    debugger declare default delete do else enum eval export extends false finally for from function get
    if implements import in infer instanceof interface is keyof let module namespace never new null number
    object of package private protected public readonly require return satisfies set static string super
    switch symbol this throw true try type typeof undefined unique unknown var void while with yield sql
    relations Buffer Date Array Object String Number Boolean Record Promise globalThis exports
    """
)
"""Words that an exported constant may not, or better not, be called."""
DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10)))
)
"""File names that Windows keeps for itself."""


def to_pascal(name: str) -> str:
    camel = to_camel(name)
    return camel[:1].upper() + camel[1:]


def to_kebab(name: str) -> str:
    return to_snake(name).replace("_", "-")


def _plain(name: str) -> str:
    return name


CASES: Mapping[str, Callable[[str], str]] = {
    "kebab": to_kebab,
    "camel": to_camel,
    "snake": to_snake,
    "pascal": to_pascal,
    "plain": _plain,
}
"""Ways to write a name of several words."""
COUNTS: Mapping[str, Callable[[str], str]] = {"": _plain, "one": singular}
"""As the table is called, or in the singular."""
Form = tuple[str, str, str]
"""(count, case, suffix) of a name."""


def formed(form: Form, name: str) -> str:
    """A name in a form."""
    count, case, suffix = form
    return CASES[case](COUNTS[count](name)) + suffix


def common_form(
    pairs: Iterable[tuple[str, str]], cases: Sequence[str], suffixes: Sequence[str]
) -> Form | None:
    """The form that turns most names of the database into what stands beside them; of equals the first."""
    forms = [(count, case, suffix) for suffix in suffixes for count in COUNTS for case in cases]
    votes: Counter[Form] = Counter(dict.fromkeys(forms, 0))
    for name, made in pairs:
        beat()
        for count, case in product(COUNTS, cases):
            start = formed((count, case, ""), name)
            if made.startswith(start) and (end := made[len(start) :]) in suffixes:
                votes[count, case, end] += 1
    best = max(votes, key=lambda form: votes[form])
    return best if votes[best] else None


def identifier(name: str, taken: Collection[str] = ()) -> str:
    """A name that may be declared: letters of ASCII, no word of the language, none that is taken."""
    made = name if IDENTIFIER.fullmatch(name) and len(name) <= LONGEST else to_camel(_NOT_WORD.sub("_", name))
    made = made[:LONGEST] or "table"
    made = f"_{made}" if made[0].isdigit() else made
    if made in RESERVED or made in taken:
        made += "Table"
    return _numbered(made, taken)


def _numbered(made: str, taken: Collection[str]) -> str:
    number, free = 2, made
    while free in taken:
        free, number = f"{made}{number}", number + 1
    return free


def file_stem(name: str, form: tuple[str, str, str], taken: Collection[str]) -> str:
    """A file name without extension that every system takes and no other file has."""
    safe = _NOT_WORD.sub("_", name).strip("_")[:LONGEST] or "table"
    stem = formed(form, safe)
    stem = f"table-{stem}" if stem.lower() in DEVICES else stem
    number, free = 2, stem
    while free.lower() in taken:
        free, number = f"{stem}-{number}", number + 1
    return free


def literal(text: str, quote: str = '"') -> str:
    """A string literal that holds exactly this text."""
    return quote + "".join(_escaped(char, quote) for char in text) + quote


def _escaped(char: str, quote: str) -> str:
    if char == quote:
        return "\\" + char
    if char in _ESCAPES:
        return _ESCAPES[char]
    return _code_point(char) if unicodedata.category(char) in _HIDDEN else char


def _code_point(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\u{{{ord(char):x}}}"


def template(text: str) -> str:
    """The inside of a template literal that holds exactly this text."""
    text = text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
    return "".join(_code_point(char) if _is_hidden(char) else char for char in text)


def _is_hidden(char: str) -> bool:
    return char != "\n" and unicodedata.category(char) in _HIDDEN


def property_key(name: str, quote: str = '"') -> str:
    """A property of an object literal."""
    return name if IDENTIFIER.fullmatch(name) and name != "__proto__" else literal(name, quote)


def member(owner: str, key: str, quote: str = '"') -> str:
    """``table.column``, in brackets where the key is no identifier."""
    return f"{owner}.{key}" if IDENTIFIER.fullmatch(key) else f"{owner}[{literal(key, quote)}]"


def remark(text: str | None, longest: int = 100) -> str:
    """Prose that may stand behind ``//`` or ``--``: one line, nothing hidden, not too long."""
    seen = "".join(" " if unicodedata.category(char) in _HIDDEN else char for char in text or "")
    line = " ".join(seen.replace("*/", "* /").split())
    return line if len(line) <= longest else line[: longest - 3].rstrip() + "..."
