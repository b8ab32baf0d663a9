"""Names of files and folders to what may be done with them: walked, read, or refused on every system."""

from __future__ import annotations

import re
import unicodedata

_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)(?:\..*)?")
"""Devices of Windows, which it opens in any folder and with any ending."""
_FORBIDDEN = frozenset('\\/:*?"<>|')
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
"""Categories of characters that are not seen, among them the halves of a name that is not UTF-8."""

_NEVER = re.compile(
    r"(?i:node_modules|bower_components|\.git|\.hg|\.svn|\.env.*|\.ssh|\.gnupg|\.aws|\.azure|\.gcloud|\.kube|\.docker)"
)
"""Never entered or opened, whoever asks."""
_PASSED_BY = re.compile(
    r"(?i:\..*|build|dist|dist[-_.].*|out|\w*coverage|vendor|target|storybook-static|__pycache__|venv|site-packages)"
)
"""Not entered on a walk, but read where a config or an import names them."""

_READABLE = re.compile(
    r"(?i:.+\.(?:md|mdx|markdown|[cm]?tsx?|[cm]?jsx?|sql|prisma)"
    r"|(?:.+\.)?(?:package|shipkit|lerna|deno|components|(?:ts|js)config(?:[.\-_][\w.\-]+)?)\.jsonc?"
    r"|base\.json|pnpm-workspace\.ya?ml)"
)
"""The allow-list: planning documents, source, and the few settings that say where the schema is."""
_DOCUMENT = re.compile(r"(?i:.+\.(?:md|mdx|markdown))")
_SOURCE = re.compile(r"(?i:.+\.(?:[cm]?tsx?|[cm]?jsx?))")


def refusal(name: str) -> str | None:
    """Why a file or folder of this name is never opened, or None. The same answer on every system."""
    if name in ("", ".", ".."):
        return "is not a name"
    if len(name.encode("utf-8", "surrogatepass")) > 255:
        return "has a name of more than 255 bytes"
    if not _FORBIDDEN.isdisjoint(name) or (not name.isprintable() and _has_unseen(name)):
        return "has a character in its name that not every system allows"
    if name[-1] in ". " or _RESERVED.fullmatch(name):
        return "has a name that is reserved on Windows"
    return _unicode_refusal(name)


def _has_unseen(name: str) -> bool:
    return any(unicodedata.category(one) in _UNSEEN for one in name)


def _unicode_refusal(name: str) -> str | None:
    if is_decomposed(name):
        return "has a name that is not in Unicode's composed form"
    plain = unicodedata.normalize("NFKC", name)
    if any(mark in plain and mark not in name for mark in ("/", "\\", "..", ":")):
        return "has a name that can be taken for a path"
    return None


def is_decomposed(name: str) -> bool:
    """Whether an accent stands as a character of its own, as older macOS writes names."""
    return not unicodedata.is_normalized("NFC", name)


def fold(name: str) -> str:
    """What two names share that some systems take for one."""
    return unicodedata.normalize("NFC", name).casefold()


def is_never_entered(name: str) -> bool:
    """Whether it holds packages, history or secrets: refused even where a config names it."""
    return _NEVER.fullmatch(name) is not None


def is_passed_by(name: str) -> bool:
    """Whether a walk leaves this folder out."""
    return is_never_entered(name) or _PASSED_BY.fullmatch(name) is not None


def is_readable(name: str) -> bool:
    """Whether a file of this name may be opened at all."""
    return _READABLE.fullmatch(name) is not None and not is_never_entered(name)


def is_setting(name: str) -> bool:
    """Whether it is one of the settings that say where the schema is and how imports are meant."""
    return name.lower().endswith((".json", ".jsonc", ".yaml", ".yml"))


def is_document(name: str) -> bool:
    return _DOCUMENT.fullmatch(name) is not None


def is_source(name: str) -> bool:
    """Whether it is TypeScript or JavaScript."""
    return _SOURCE.fullmatch(name) is not None


def shown(text: str, limit: int = 120) -> str:
    """A name or path that is safe to print: what cannot be seen is escaped, what is too long is cut."""
    seen = "".join(
        one if unicodedata.category(one) not in _UNSEEN else f"\\u{{{ord(one):x}}}"
        for one in text[: limit + 1]
    )
    return seen if len(text) <= limit else seen[:limit] + "…"
