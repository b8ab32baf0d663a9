# Two commands do everything on a machine with Python 3.11 or newer: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DIR ?= .

.PHONY: demo test lint unit check bench bench-schema bench-map hostile fuzz test-hosts build clean

demo: $(READY)
	@$(BIN)/python -m tests.demo

test: $(READY) lint unit

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy -p shipkit_mcp
	$(BIN)/lint-imports
	$(BIN)/bandit -q -r shipkit_mcp

unit: $(READY)
	PYTHONWARNDEFAULTENCODING=1 $(BIN)/python -m pytest -n 2 --dist loadgroup

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $(READY)

clean:
	rm -rf $(VENV) dist build
