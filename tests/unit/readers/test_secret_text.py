"""Secrets of every kind leave a text, and what only resembles one stays."""

from __future__ import annotations

import pytest
from calm import cpu_seconds
from hostile.secrets_of import KEY_ON_LINES, SECRETS, found_in
from hypothesis import given, settings
from hypothesis import strategies as st

from shipkit_mcp.readers.secret_text import REDACTED, hide_secrets, without_secrets

ORDINARY = (
    *("SECRET_KEY, API_KEY and TOKEN are read from the environment", "STRIPE_SECRET_KEY=", "API_KEY: string"),
    *("apiKey: z.string().min(1)", "token: text('token').notNull()", "access_token: varchar(255)"),
    *(
        "API_KEY=your_openai_api_key_here",
        "apiKey: varchar2Custom(255)",
        "TOKEN_REFRESHED: 'token_refreshed_v2'",
    ),
    *(
        "primary key pk_live_events",
        "https://example.org:8080/path",
        "http://localhost:3000 and me@example.org",
    ),
    *(
        "Bearer token authentication",
        "Basic authentication with a password",
        "risk-assessment-of-2025-quarter",
    ),
    *(
        "store_user_preferences_v2",
        "xoxo",
        "SG. and re_use of parts",
        "the task-id is sk-1",
        "eyJ is how a token begins",
    ),
    *(
        "-----",
        "BEGIN;",
        "BEGIN TRANSACTION;",
        "password: a long one, please",
        "key=value",
        "tokens: 1000000000000",
    ),
    *("secretKey = createKey2HashOfAllValues(a)", "process.env.API_KEY_V2", "AKIA is the start of a key id"),
)
PIECES = st.sampled_from([*SECRETS.values(), KEY_ON_LINES, *ORDINARY, "\n", " ", "://", "=", "KEY=", "a"])


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_a_secret_of_any_kind_leaves_its_line(secret: str) -> None:
    for text in (
        secret,
        f"We use {secret} here.",
        f'const a = "{secret}";',
        f"name_{secret}",
        f"({secret})",
        f"of%20{secret}",
    ):
        said = without_secrets(text)
        assert not found_in(said)
        assert REDACTED in said
        assert without_secrets(said) == said


def test_a_key_over_lines_leaves_its_lines_empty_and_is_one_secret() -> None:
    text, lines = hide_secrets(f"one\n{KEY_ON_LINES}\nlast sk_live_51HabcdEFGH")

    assert text.split("\n") == ["one", REDACTED, "", "", "", "", f"last {REDACTED}"]
    assert lines == (2, 7)


@pytest.mark.parametrize("between", ["\n", "\n    ", "\\\n", "\n\t"])
def test_a_password_on_the_line_below_its_address_leaves_it_and_lines_stay_where_they_were(
    between: str,
) -> None:
    text = f"postgres://app:{between}CanaryX7q@db.example.org/app\nnext"

    assert hide_secrets(text) == (f"postgres://app:{REDACTED}@\ndb.example.org/app\nnext", (1,))


@pytest.mark.parametrize(
    "text",
    [
        "postgres://localhost:5432/app\nme@example.org",
        "DATABASE_URL=postgres://localhost:5432\nCONTACT=me@example.org",
        "redis://cache:\nWrite to me@example.org",
        "| Primary key | createdAtIndex1Of |",
        "https://example.org/@someBody1234567890",
        "https://medium.com/x@y",
    ],
)
def test_an_address_without_a_password_stays(text: str) -> None:
    assert hide_secrets(text) == (text, ())


@pytest.mark.parametrize("text", ORDINARY)
def test_what_is_no_secret_stays(text: str) -> None:
    assert hide_secrets(text) == (text, ())


@pytest.mark.parametrize(
    "piece",
    *[
        [
            *(
                "SECRET=",
                "secret_",
                "://",
                "://a:",
                "BEGIN PRIVATE KEY-----",
                "BEGIN PRIVATE KEY----- ",
                "BEGIN A ",
            ),
            *(
                "eyJaaaaaaaaa.",
                "SECRET=" + "aA" * 120,
                "Bearer ",
                "re_",
                "=",
                ": ",
                "key: '",
                "sk-",
                "xoxb-",
                "SG.",
            ),
        ]
    ],
)
def test_a_hundred_kilobytes_of_beginnings_take_no_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))

    assert cpu_seconds(lambda: without_secrets(text)) < 0.1


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=10), st.sampled_from(["", " ", "\n"]))
def test_any_mixture_keeps_its_lines_and_is_settled_after_one_time(parts: list[str], between: str) -> None:
    text = between.join(parts)

    said, _ = hide_secrets(text)

    assert said.count("\n") == text.count("\n")
    assert without_secrets(said) == without_secrets(without_secrets(said))
