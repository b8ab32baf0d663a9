"""The plan to Drizzle TypeScript and to up and down SQL."""
