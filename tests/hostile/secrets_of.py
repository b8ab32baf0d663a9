"""Secrets of every kind that a planning document was ever seen to hold, each with the same mark in it."""

from __future__ import annotations

MARK = "CanaryX7q"
"""In every secret below, and nowhere else."""
MARK_IN_CAPITALS = "CANARYX7Q"
MARKS = (MARK, MARK_IN_CAPITALS, MARK.lower(), "canary_x7q", "canary-x7q")
"""What a secret could have become on its way out."""

TAIL = f"{MARK}0123456789abcdefABCDEF"
SECRETS = {
    "password in an address": f"postgres://app:{MARK}pass@db.example.org:5432/app",
    "password with an at sign": f"postgres://app:p@{MARK}@db.example.org/app",
    "password without a user": f"redis://:{MARK}@cache.example.org:6379",
    "payment key": f"sk_live_{MARK}51Habcd",
    "payment key for tests": f"sk_test_{MARK}51Habcd",
    "restricted payment key": f"rk_live_{MARK}51Habcd",
    "hook secret": f"whsec_{MARK}abcdef",
    "token": f"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI{MARK}.c2lnbmF0dXJl{MARK}",
    "private key": f"-----BEGIN PRIVATE KEY----- {MARK}MIIEvQ -----END PRIVATE KEY-----",
    "private key of ssh": f"-----BEGIN OPENSSH PRIVATE KEY-----{MARK}b3BlbnNzaA-----END OPENSSH PRIVATE KEY-----",
    "key id of aws": f"AKIA{MARK_IN_CAPITALS}EXAMPLE",
    "short key id of aws": f"ASIA{MARK_IN_CAPITALS}EXAMPLE",
    "secret of aws": f"aws_secret_access_key = wJalrXUtnFEMI/{MARK}/bPxRfiCYEXAMPLE",
    "secret of aws in the environment": f"AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/{MARK}/bPxRfiCYEXAMPLE",
    "token of github": f"ghp_{TAIL}",
    "fine token of github": f"github_pat_11{TAIL}",
    "token of gitlab": f"glpat-{TAIL}",
    "token of slack": f"xoxb-1234567890-{TAIL}",
    "app token of slack": f"xapp-1-{TAIL}",
    "hook of slack": f"https://hooks.slack.com/services/T0001/B0002/{TAIL}",
    "hook of discord": f"https://discord.com/api/webhooks/1234567890/{TAIL}",
    "key of openai": f"sk-{TAIL}",
    "project key of openai": f"sk-proj-{TAIL}",
    "key of anthropic": f"sk-ant-api03-{TAIL}",
    "key of google": f"AIzaSy{TAIL}",
    "key of trigger.dev": f"tr_dev_{TAIL}",
    "key of trigger.dev in use": f"tr_prod_{TAIL}",
    "key of supabase": f"sb_secret_{TAIL}",
    "password of neon": f"npg_{TAIL}",
    "token of npm": f"npm_{TAIL}",
    "token of hugging face": f"hf_{TAIL}",
    "key of sendgrid": f"SG.{TAIL}.{TAIL}",
    "key of resend": f"re_{MARK}_{TAIL}",
    "key of linear": f"lin_api_{TAIL}",
    "header": f"Authorization: Bearer {TAIL}",
    "basic header": f"Authorization: Basic {TAIL}==",
    "line of an env file": f"SESSION_SECRET={TAIL}",
    "quoted line of an env file": f'ENCRYPTION_KEY="{TAIL}"',
    "password in settings": f"password: '{TAIL}'",
    "token for a user": f"https://{TAIL}@git.example.org/a/b.git",
    "password with slashes": f"postgres://app:p/{MARK}/q@db.example.org/app",
    "escaped payment key": f"sk\\_live\\_{TAIL}",
    "key named in words": f"API key: {TAIL}",
    "key with an arrow": f"`API_KEY` → `{TAIL}`",
    "key in an address": f"https://api.example.org/?api_key={TAIL}",
}
"""One line each."""

KEY_ON_LINES = f"""-----BEGIN RSA PRIVATE KEY-----
MIIEvQIBADANBgkq{MARK}
{MARK}hkiG9w0BAQEF
AASC{MARK}==
-----END RSA PRIVATE KEY-----"""
"""Every line but the first and the last looks like nothing in particular."""


def found_in(text: str) -> list[str]:
    """Which forms of the mark stand in a text, with a little of what stands around it."""
    return [text[max(0, at - 40) : at + 40] for mark in MARKS if (at := text.find(mark)) >= 0]
