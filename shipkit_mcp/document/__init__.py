"""The plan to ``initial_data_schema.md`` and step messages, and merging with what a person edited."""
