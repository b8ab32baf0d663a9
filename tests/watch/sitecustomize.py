"""Loaded by every Python that a test starts, as `tests/conftest.py` puts this folder on its path."""

import watching

watching.start()
