# The one door. `make` alone lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PY311 ?= $(shell for p in python3.11 python3.12 python3.13 python3; do "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
PY310 ?= $(shell python3.10 --version >/dev/null 2>&1 && echo python3.10)
APP := .venv/bin
RASA := .venv-rasa/bin
PIP := -m pip install --disable-pip-version-check --no-input
TYPED_ALONE := tests/guidebook/evaluation tests/gateway tests/widget
export PORT ?= 8080
export HOST ?= 127.0.0.1
.PHONY: help setup setup-dev index train serve workshop shell test test-long check clean

include deploy/more.mk

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.installed .venv-rasa/.installed ## make both Python environments from the pins

.venv/.installed: requirements/app.txt pyproject.toml
	@[ -n "$(PY311)" ] || { echo "Python 3.11 or newer is missing; install it with pyenv, uv or your system's packages, then run make again." >&2; exit 2; }
	@echo "Application environment (.venv): a few minutes the first time"
	[ -x $(APP)/python ] || $(PY311) -m venv .venv
	$(APP)/python $(PIP) -r requirements/app.txt setuptools wheel
	$(APP)/python $(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv-rasa/.installed: requirements/rasa.txt
	@[ -n "$(PY310)" ] || { echo "Python 3.10 is missing and Rasa 3.6 runs on no newer one; get it with 'pyenv install 3.10', 'uv python install 3.10' or the deadsnakes packages, then run make again." >&2; exit 2; }
	@echo "Rasa environment (.venv-rasa): a few minutes the first time"
	[ -x $(RASA)/python ] || $(PY310) -m venv .venv-rasa
	$(RASA)/python $(PIP) -r requirements/rasa.txt wheel
	@# Rasa's sample project would be found by `rasa test`; its telemetry is on by default.
	rm -rf .venv-rasa/lib/python3.10/site-packages/rasa/cli/initial_project/tests
	echo 'import os; os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")' > .venv-rasa/lib/python3.10/site-packages/sitecustomize.py
	@touch $@

setup-dev: .venv/.installed-dev .venv-rasa/.installed-dev

.venv/.installed-dev: requirements/dev.txt .venv/.installed
	$(APP)/python $(PIP) -r requirements/dev.txt
	@touch $@

.venv-rasa/.installed-dev: requirements/rasa-dev.txt .venv-rasa/.installed
	$(RASA)/python $(PIP) -r requirements/rasa-dev.txt
	@touch $@

index: .venv/.installed ## export the encoder and build the search index, where due
	@$(APP)/guidebook index export-encoder models/encoder
	@$(APP)/guidebook index ensure

train: index setup ## validate, train, judge; make live what passes. ACCEPT="reason" moves the baseline
	@$(APP)/python -m deploy.train $${ACCEPT:+--accept "$$ACCEPT"}

serve: index setup ## serve the page: PORT (8080), HOST (127.0.0.1)
	@$(APP)/python -m deploy.train --quick
	@$(APP)/python -m deploy.serve

workshop: export HOST = 0.0.0.0
workshop: index setup ## serve a room of phones: PORT (8080); asks for the trainer's PIN
	@$(APP)/python -m deploy.train --quick
	@$(APP)/python -m deploy.workshop

shell: index setup ## talk to the bot in the terminal
	@$(APP)/python -m deploy.train --quick
	@$(APP)/python -m deploy.shell

check: setup-dev ## lint, types, import contracts, corpus, workshop
	$(APP)/ruff check .
	$(APP)/ruff format --check .
	$(APP)/mypy
	$(APP)/mypy --config-file bot/mypy.ini
	$(APP)/mypy --explicit-package-bases --exclude tests/guidebook/evaluation tests/conftest.py tests/actions tests/benchmarks tests/deploy tests/end_to_end tests/guidebook tests/scale
	for folder in $(TYPED_ALONE); do MYPYPATH=$$folder $(APP)/mypy $$folder; done
	$(APP)/lint-imports
	$(APP)/guidebook corpus check && $(APP)/guidebook training check

test: ## everything that must pass before a change lands
	@# Two at a time, as there are two cores: downloads beside the index, types beside the training, the product beside its parts.
	@$(MAKE) --no-print-directory -j2 setup-dev index
	@$(MAKE) --no-print-directory -j2 check train
	@$(MAKE) --no-print-directory -j2 test-product test-parts test-rasa
	$(APP)/guidebook evaluate overlap

test-long: test ## faults, load, soak, fuzz: writes tables into docs/
	$(APP)/pytest -m long --ignore=tests/bot

clean: ## remove what was built; keeps var/ and the environments
	rm -rf index models results .rasa .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
