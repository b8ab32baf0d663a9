"""Who a row belongs to: the owner columns that real projects use, most usual first."""

from __future__ import annotations

from collections.abc import Iterable

from shipkit_mcp.facts import Table
from shipkit_mcp.patterns.stripe import REJECTED_COLUMNS, REJECTED_ON_OWNERS

OWNER_COLUMNS: tuple[tuple[str, str], ...] = (
    ("user_id", "users"),
    ("owner_id", "users"),
    ("owner_user_id", "users"),
    ("created_by", "users"),
    ("created_by_id", "users"),
    ("created_by_user_id", "users"),
    ("author_id", "users"),
    ("workspace_id", "workspaces"),
    ("organization_id", "organizations"),
    ("organisation_id", "organisations"),
    ("org_id", "organizations"),
    ("team_id", "teams"),
    ("tenant_id", "tenants"),
    ("account_id", "accounts"),
    ("profile_id", "profiles"),
    ("company_id", "companies"),
    ("customer_id", "customers"),
)
"""(column, table it usually refers to)."""

OWNER_TABLES = frozenset(table for _, table in OWNER_COLUMNS)
OWNER_NAMES = tuple(column for column, _ in OWNER_COLUMNS)
TENANT_COLUMNS = frozenset(
    {
        "account_id",
        "workspace_id",
        "organization_id",
        "organisation_id",
        "org_id",
        "team_id",
        "tenant_id",
        "company_id",
    }
)
"""Owners that are not one person."""

PAYING: tuple[str, ...] = (
    "users",
    "user",
    "profiles",
    "profile",
    "user_profiles",
    "members",
    "workspaces",
    "organizations",
    "organisations",
    "organization",
    "teams",
    "team",
    "tenants",
    "companies",
    "accounts",
    "account",
    "customers",
)
"""Tables whose rows may pay, likeliest first: `accounts` are often ways to sign in, `customers` the users' own."""
_STATE = frozenset(one.replace("_", "") for one in REJECTED_COLUMNS | REJECTED_ON_OWNERS)


def billing_owner(tables: Iterable[Table]) -> Table | None:
    """The table whose rows pay: the one that holds state of a subscription already, else the likeliest."""
    owners = [one for one in tables if one.name in PAYING]
    owners.sort(key=lambda one: (not _holds_state(one), one.namespace is not None, PAYING.index(one.name)))
    return next(iter(owners), None)


def _holds_state(table: Table) -> bool:
    return any(one.name.replace("_", "").lower() in _STATE for one in table.columns)
