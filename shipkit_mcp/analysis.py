"""``analyse(project) -> Analysis``: the pipeline, in one function."""
