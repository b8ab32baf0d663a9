# Two commands do everything on a machine with Python 3.11 or newer: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DIR ?= .
ORACLE ?=
CASES ?=

.PHONY: demo test lint unit golden bench bench-schema bench-map hostile fuzz test-hosts build clean

demo: $(READY)
	@$(BIN)/python -m tests.demo

test: $(READY) lint unit

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy -p shipkit_mcp
	$(BIN)/lint-imports
	$(BIN)/bandit -q -c pyproject.toml -r shipkit_mcp

unit: $(READY)
	PYTHONWARNDEFAULTENCODING=1 $(BIN)/python -m pytest -n 2 --dist loadgroup

golden: $(READY)
	$(BIN)/python -m tests.golden.update
	$(BIN)/python -m tests.docs

bench: $(READY)
	$(BIN)/python -m tests.bench

# DIR: a checked-out repository; ORACLE: a folder with drizzle-orm installed that can dump what it says of a schema
bench-schema: $(READY)
	$(BIN)/python -m tests.bench.score_schema $(DIR) --oracle $(ORACLE)

# CASES: the folder with the declared and the built truth; DIR: the folder that holds a checkout of each commit, by its short hash
bench-map: $(READY)
	$(BIN)/python -m tests.bench.score_map $(CASES) $(DIR)
	$(BIN)/python -m tests.bench.score_built $(CASES)/site-engine.yaml 5b78759=$(DIR)/5b78759 dd26c15=$(DIR)/dd26c15

hostile: $(READY)
	$(BIN)/python -m pytest -m full tests/hostile

fuzz: $(READY)
	$(BIN)/python -m pytest --hypothesis-profile=random tests/property tests/code/test_random_plans.py
	$(BIN)/python -m pytest -m fuzz tests/hostile

test-hosts: $(READY)
	$(BIN)/python -m pytest -m hosts tests/hosts

build: $(READY)
	$(BIN)/python -m build

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $(READY)

clean:
	rm -rf $(VENV) dist build
