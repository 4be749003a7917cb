# Two commands matter: `make demo` plays the story, `make test` checks everything.
# Nothing is needed but git, make, python3 (3.11 or newer) and python3-venv.
.DEFAULT_GOAL := help
.PHONY: help setup demo test unit chaos bench takeover lock clean

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 16

setup: $(READY) ## set up .venv with pinned, hashed packages

# uv installs the packages fast; it lives inside the venv and nowhere else.
$(READY): requirements/build.txt requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY) ## play the story: one evening on a small social network, one message
	$(BIN)/missed demo

test: $(READY) ## everything that checks the project
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --cov --cov-report=term-missing

unit: $(READY) ## only the fast tests, of domain and use cases
	$(BIN)/python -m pytest tests/unit tests/app

chaos: $(READY) ## kill the bot 500 times in a storm of faults; STORM="--seed 7" replays one
	$(BIN)/python -m tests.chaos $(STORM)

bench: $(READY) ## measure what is promised in figures (takes minutes); HISTORIES=FILE.jsonl measures predictions too
	$(BIN)/python -m benchmarks.recognise
	$(BIN)/python -m benchmarks.settle
	$(BIN)/python -m benchmarks.growth
	$(BIN)/python -m benchmarks.costs
	$(if $(HISTORIES),$(BIN)/python -m benchmarks.attendance $(HISTORIES))

takeover: $(READY) ## measure how soon another process goes on when one is killed; ROUNDS=20 takes five minutes
	$(BIN)/python -m benchmarks.takeover $(ROUNDS)

lock: $(READY) ## compile the hashed requirement files anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra demo --extra postgresql pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements/dev.txt
	printf 'uv\nhatchling\n' | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate - -o requirements/build.txt

clean: ## remove what was set up
	rm -rf .venv .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage
