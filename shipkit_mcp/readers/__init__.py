"""Text to facts. Pure and total: any text in, facts or ``Unread`` out."""
