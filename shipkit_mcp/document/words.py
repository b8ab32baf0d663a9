"""Words of others turned into Markdown that shows them and does nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from shipkit_mcp.facts import Evidence, Statement

QUOTE_LIMIT = 300
"""Longest excerpt of a project's prose."""

_DASHES = re.compile(r"\s*[\u2014\u2015\u2e3a\u2e3b]\s*")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
_SPACE = re.compile(r"[\s\u2028\u2029]+")
_BOLD = re.compile(r"\*\*")
_ACTIVE = re.compile(r"[\\`<\[\]*]|(?<=--)>")
_ACTIVE_IN_PROSE = re.compile(r"[\\`<\[\]]|(?<=--)>")
_ENTITIES = {"<": "&lt;", ">": "&gt;"}
_LEADING = re.compile(r"^(?:[#>=~|]|[-+*_](?=$|[\s*_-])|\d{1,9}(?=[.)]))")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_NAME = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*")
_RUNS = re.compile(r"`+")


def one_line(text: str) -> str:
    """Text on one line: no invisible characters, no em dashes, single spaces."""
    text = _HIDDEN.sub("", _SPACE.sub(" ", text))
    return _SPACE.sub(" ", _DASHES.sub(" - ", text)).strip()


def shorten(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Text cut at a word, with an ellipsis where something is left out."""
    if len(text) <= limit:
        return text
    return text[: limit - 3].rsplit(" ", 1)[0].rstrip(" ,;:.") + "..."


def quoted(text: str, limit: int = QUOTE_LIMIT) -> str:
    """A document's words: nothing in them is markup any more (security T15)."""
    return _guard(_escape(shorten(_BOLD.sub("", one_line(text)), limit), _ACTIVE))


def prose(text: str, names: Collection[str] | None = None) -> str:
    """Our own or an assistant's sentence: code spans stay, the rest is as inert as a quote.

    Where ``names`` are given, a span that looks like a table or a column but is none of them loses its marks.
    """
    line, parts, end = one_line(text), list[str](), 0
    for found in _CODE.finditer(line):
        parts += [_escape(line[end : found.start()], _ACTIVE_IN_PROSE), _span(found, names)]
        end = found.end()
    parts.append(_escape(line[end:], _ACTIVE_IN_PROSE))
    return _guard("".join(parts))


def _span(found: re.Match[str], names: Collection[str] | None) -> str:
    word = found[2].strip()
    plain = names is not None and word not in names and _NAME.fullmatch(word) is not None
    return word if plain else found[0]


def prose_block(text: str, names: Collection[str] | None = None) -> list[str]:
    """Prose of several lines (bullets allowed); no line of it opens a heading, a fence or a table."""
    lines = (prose_line(line, names) for line in re.split(r"\r\n|[\r\n\u2028\u2029]", text))
    return _without_edges(list(lines))


def prose_line(line: str, names: Collection[str] | None = None) -> str:
    """One line of a block: a bullet mark stays (alone it would underline a heading), everything else is prose."""
    mark = re.match(r"\s*(?:[-*+]|\d{1,9}[.)])\s+", line)
    if mark is None:
        return prose(line, names)
    sign, said = mark[0].strip(), prose(line[mark.end() :], names)
    return f"{sign if sign[0].isdigit() else '-'} {said}" if said else ""


def code(text: str) -> str:
    """Text as a code span, whatever backticks it holds; never empty."""
    text = _DASHES.sub(r"\\u2014", _HIDDEN.sub("", _SPACE.sub(" ", text))).strip() or " "
    longest = max((len(run) for run in _RUNS.findall(text)), default=0)
    fence, pad = "`" * (longest + 1), " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def fenced(lines: Iterable[str], info: str) -> list[str]:
    """Lines as a fenced block; the fence is longer than any run inside."""
    body = [_HIDDEN.sub("", line) for line in lines]
    longest = max((len(run) for line in body for run in _RUNS.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence + info, *body, fence]


def at(evidence: Sequence[Evidence], limit: int = 3) -> str:
    """Where it stands, in brackets with a space before; nothing where there is no evidence."""
    places = list(dict.fromkeys(str(one) for one in evidence))
    shown = ", ".join(code(one) for one in places[:limit])
    more = f" and {len(places) - limit} more" if len(places) > limit else ""
    return f" ({shown}{more})" if places else ""


def said(statement: Statement) -> str:
    """What a document says, with its line."""
    return quoted(statement.text) + at([statement.evidence])


def listed(words: Sequence[str], none: str = "none") -> str:
    """``a, b and c``."""
    if not words:
        return none
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """``1 table``, ``2 tables``."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def capital(text: str) -> str:
    """Text with a capital at its start, otherwise as it is."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Text that ends as a sentence does."""
    return text if not text or text[-1] in ".!?:…" else text + "."


def _escape(text: str, active: re.Pattern[str]) -> str:
    return active.sub(lambda found: _ENTITIES.get(found[0]) or "\\" + found[0], text)


def _guard(text: str) -> str:
    """A line that opens no block: the first character is escaped where it would."""
    found = _LEADING.match(text)
    if found is None:
        return text
    return f"{found[0]}\\{text[found.end() :]}" if found[0][0].isdigit() else "\\" + text


def _without_edges(lines: list[str]) -> list[str]:
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines
