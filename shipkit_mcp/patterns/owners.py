"""Who a row belongs to: the owner columns that real projects use, most usual first."""

from __future__ import annotations

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
