# make run | test | check | bench: each sets up .venv by itself, once. PYTHON picks the interpreter (3.11 or newer).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test lint check format readme lock bench clean

help:
	@echo "make run     read seeds/ (or ARGS=\"PATH ...\") and publish its graph under published/"
	@echo "make test    run the tests"
	@echo "make check   what CI runs: ruff, format, types, tests"
	@echo "make bench   print the speed ratios"
	@echo "make format  put the code into the house form"
	@echo "make readme  run the commands of README.md and write down what they print"
	@echo "make lock    resolve the dependencies again into requirements.lock"

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "on record needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	@echo "setting up $(VENV) (once; about two minutes)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

run: $(READY)
	@$(BIN)/onrecord run $(ARGS)

test: $(READY)
	@$(BIN)/python -m pytest $(ARGS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint test

bench: $(READY)
	@$(BIN)/python tests/bench.py $(ARGS)

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

readme: $(READY)
	@$(BIN)/python tests/test_readme.py

lock:
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --no-annotate \
	    --extra all --group dev --upgrade --quiet pyproject.toml --output-file requirements.lock

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
