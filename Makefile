# Opis: a folder of archival documents becomes a searchable archive.
#   make run    index seeds/ and serve them on http://127.0.0.1:8000
#   make test   run the whole test suite
# Both install what they need into .venv/ the first time, and need no network after that.

PYTHON ?= python3
SOURCE ?= seeds/
INDEX  ?= auto:var/index
HOST   ?= 127.0.0.1
PORT   ?= 8000
BIN    := .venv/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := run
.PHONY: run test install index serve lint evaluate bench clean

# A document that could not be read (exit code 1) does not keep the others from being served.
run: .venv/installed
	@echo "==> Indexing $(SOURCE) into $(INDEX)"
	@$(BIN)/python -m index $(SOURCE) --index $(INDEX) || test $$? -eq 1
	@$(BIN)/python -m webui --index $(INDEX) --host $(HOST) --port $(PORT)

index: .venv/installed
	@echo "==> Indexing $(SOURCE) into $(INDEX)"
	@$(BIN)/python -m index $(SOURCE) --index $(INDEX)

serve: .venv/installed
	@$(BIN)/python -m webui --index $(INDEX) --host $(HOST) --port $(PORT)

test: .venv/installed-dev
	@echo "==> Running the test suite"
	@$(BIN)/python -m pytest $(ARGS)

lint: .venv/installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

evaluate: .venv/installed
	@$(BIN)/python -m tests.bench.relevance
	@$(BIN)/python -m tests.bench.understanding

# Measures on OPIS_DATA/frus; a part of it with, say, ARGS="query http --documents 5000".
bench: .venv/installed .venv-bench/installed
	@$(BIN)/python -m tests.bench $(ARGS)

install: .venv/installed

clean:
	rm -rf .venv .venv-bench var

# Everything is pinned and hashed in the lock files; nothing else is fetched.
.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Opis needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3"; exit 1; }
	@echo "==> Installing into .venv/ (once; a minute or two)"
	@$(PYTHON) -m venv .venv \
	  || { echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	@echo "==> Installing the test tools into .venv/ (once)"
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# Peers that Opis is measured beside; no part of it.
.venv-bench/installed: requirements-bench.lock
	@echo "==> Installing what Opis is measured beside into .venv-bench/ (once)"
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-bench.lock
	@touch $@
