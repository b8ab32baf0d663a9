"""Drizzle schema files to ``Schema``, without running them."""
