"""Text to the same text without keys, tokens and passwords, and to the lines where they stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

REDACTED = "[secret]"
Replace = Callable[[re.Match[str]], str]
_URL_LOGIN = re.compile(r"""(://[^\s:/@"'`<>]{0,256}:)[^\s/"'`<>|]{1,256}@""")
_TOKEN_LOGIN = re.compile(r"(://)([A-Za-z0-9_~.+-]{16,256}+)@")
"""A token in the place of a user, as Git takes it."""
_DATABASES = ("sql", "postgres", "db", "srv", "redis", "rediss", "amqp", "amqps")
"""How the schemes of their addresses end."""
_DATABASE_LOGIN = re.compile(
    f"(://(?:{'|'.join(f'(?<=(?i:{re.escape(one)})://)' for one in _DATABASES)})"
    r"[^\s:/@\"'`<>]{0,256}:)"
    r"(?:[^\s\"'`<>|]{1,256}@"
    r"|(?![0-9]{2,5}(?:/|\s))(?:[^\s@\"'`<>|]{0,256}\\?\n[ \t]{0,40}){1,2}[^\s\"'`<>|=]{1,256}@)"
)
"""Of a database's address alone: with slashes in the password, or broken over lines."""
_SECRETS = re.compile(
    r"(?:(?<![A-Za-z0-9])|(?<=%[0-9A-F][0-9A-F]))(?:"  # or behind what an address spells as a number
    r"(?:sk|rk)\\{0,4}_(?:live|test)\\{0,4}_[A-Za-z0-9]{4,256}"  # an editor of Markdown writes `sk\_live\_`
    r"|pk_(?:live|test)_(?=[a-z]{0,256}[A-Z0-9])[A-Za-z0-9]{8,256}"
    r"|whsec\\{0,4}_[A-Za-z0-9+/=]{4,256}"
    r"|tr\\{0,4}_(?:dev|prod|stg|preview)\\{0,4}_[A-Za-z0-9]{4,256}"
    r"|sb_secret_[A-Za-z0-9_-]{4,256}|sbp_[A-Za-z0-9]{16,256}|npg_[A-Za-z0-9]{8,256}"
    r"|gh[pousr]\\{0,4}_[A-Za-z0-9]{8,256}|github_pat_[A-Za-z0-9_]{8,256}|glpat-[A-Za-z0-9_-]{8,256}"
    r"|xox[abeoprs]-[A-Za-z0-9-]{8,256}|xapp-[A-Za-z0-9-]{8,256}"
    r"|sk-(?:ant-|proj-)?[A-Za-z0-9_-]{16,256}"
    r"|(?:AKIA|ASIA)[0-9A-Z]{12,32}\b|AIza[A-Za-z0-9_-]{20,256}"
    r"|npm_[A-Za-z0-9]{20,256}|hf_[A-Za-z0-9]{20,256}|lin_api_[A-Za-z0-9]{16,256}"
    r"|SG\.[A-Za-z0-9_-]{8,256}\.[A-Za-z0-9_-]{8,256}"
    r"|eyJ[A-Za-z0-9_-]{8,2048}(?:\.[A-Za-z0-9_-]{4,4096}){2,4}"
    r"|hooks\.slack\.com/services/[A-Za-z0-9/_-]{8,256}"
    r"|discord(?:app)?\.com/api/webhooks/[A-Za-z0-9/_-]{8,256}"
    r")"
    r"|-{0,5}BEGIN [A-Z ]{0,40}(?:PRIVATE KEY|CERTIFICATE)(?: BLOCK)?-----"  # the outer dashes may be trimmed
    r"(?:(?:(?!BEGIN )[\s\S]){0,8192}?-----END [A-Z ]{0,40}?(?:PRIVATE KEY|CERTIFICATE)(?: BLOCK)?-{0,5}"
    r"|[A-Za-z0-9+/=\s\\]{0,65536})"
)
_GIVEN = re.compile(
    r"([=:|→][ \t*]{0,4}\\{0,3}[\"'`]?)([A-Za-z0-9+/_~!@%^&*-]{12,256}+)(?!\()(?:[.#$?][^\s\"'`,;)\]}]{0,256})?"
)
_NAME = re.compile(
    r"(?:(?:SECRET|PASSWORD|PASSWD|TOKEN|KEY)[A-Z0-9_]{0,40}"
    r"|(?i:secret|password|passwd|token|api[ _-]?key|access[ _-]?key)[A-Za-z0-9_]{0,40})\\{0,3}[\"'`*]{0,3}[ \t]{0,3}\Z"
)
_NAME_REACH = 64
_HEADER = re.compile(r"((?i:bearer|basic)[ \t]{1,3})([A-Za-z0-9+/_=~.-]{16,256})")
_RESEND = re.compile(
    r"re_(?:(?<![A-Za-z0-9]re_)|(?<=%[0-9A-F][0-9A-F]re_))([A-Za-z0-9]{6,256}_[A-Za-z0-9]{12,256})"
)
_MARKS = {
    "\\": ("_live\\", "_test\\", "whsec\\", "tr\\", "ghp\\", "gho\\", "ghu\\", "ghs\\", "ghr\\"),
    "tr_": ("tr_dev_", "tr_prod_", "tr_stg_", "tr_preview_"),
    "": (
        *("_live_", "_test_", "whsec_", "sb_secret_", "sbp_", "npg_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
        *("github_pat_", "glpat-", "xox", "xapp-", "sk-", "AKIA", "ASIA", "AIza", "npm_", "hf_", "lin_api_"),
        *("SG.", "eyJ", "hooks.slack", "discord", "BEGIN "),
    ),
}
"""A text with none of these holds no secret of these kinds: far cheaper to see than by the pattern.

They stand under what they share, so that one look is enough where that is missing.
"""


def without_secrets(text: str) -> str:
    """The text with ``[secret]`` in place of each; doing it twice changes nothing."""
    for pattern, instead in _looks(text):
        text = pattern.sub(instead, text)
    return text


def hide_secrets(text: str) -> tuple[str, tuple[int, ...]]:
    """The text of a file without its secrets, every line where it was, and the lines where they began."""
    lines: set[int] = set()
    for pattern, replace in _looks(text):
        text = pattern.sub(partial(_noting, replace=replace, text=text, lines=lines), text)
    return text, tuple(sorted(lines))


def _noting(found: re.Match[str], replace: Replace, text: str, lines: set[int]) -> str:
    instead = replace(found)
    if instead == found[0]:
        return instead
    lines.add(text.count("\n", 0, found.start()) + 1)
    return instead + "\n" * found[0].count("\n")


def _looks(text: str) -> Iterator[tuple[re.Pattern[str], Replace]]:
    """What is worth looking for in a text, with what to put in its place."""
    if any(shared in text and any(mark in text for mark in marks) for shared, marks in _MARKS.items()):
        yield _SECRETS, lambda _found: REDACTED
    if "re_" in text:
        yield _RESEND, lambda found: REDACTED if _is_strong(found[1]) else found[0]
    if "=" in text or ":" in text or "|" in text or "→" in text:
        yield _GIVEN, _without_value
    if any(mark in text for mark in ("earer ", "EARER ", "asic ", "ASIC ")):
        yield _HEADER, lambda found: f"{found[1]}{REDACTED}" if _is_strong(found[2]) else found[0]
    if "://" in text:  # last: what stands up to the last @ is one login, whatever was taken out of it
        yield _DATABASE_LOGIN, lambda found: f"{found[1]}{REDACTED}@"
        yield _TOKEN_LOGIN, lambda found: f"{found[1]}{REDACTED}@" if _is_strong(found[2]) else found[0]
        yield _URL_LOGIN, lambda found: f"{found[1]}{REDACTED}@"


def _without_value(found: re.Match[str]) -> str:
    """A value that its name calls secret, and that no word of a sentence or of code looks like."""
    start = found.start()
    named = _is_strong(found[2]) and _NAME.search(found.string, max(0, start - _NAME_REACH), start)
    return f"{found[1]}{REDACTED}" if named else found[0]


def _is_strong(value: str) -> bool:
    """Whether capitals, small letters and digits stand in it."""
    return value not in (value.lower(), value.upper()) and any(map(str.isdigit, value))
