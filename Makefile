# Opis: a folder of archival documents becomes a searchable archive.
# `make help` lists the targets. What they need is installed into .venv/ the first time, from the hashed
# lock files; after that nothing needs the network.

PYTHON ?= python3
SOURCE ?= seeds/
INDEX  ?= auto:var/index
HOST   ?=
PORT   ?=
VENV   ?= .venv
BIN    := $(VENV)/bin
SERVE   = $(BIN)/opis-serve --index $(INDEX) $(HOST:%=--host %) $(PORT:%=--port %)
PIP    := $(BIN)/python -m pip --disable-pip-version-check

# Tests start hundreds of processes of Python. Where none may keep its bytecode, as in many a container, each compiles
# all of Opis anew, and so does each process of pytest with all tests.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := run
.PHONY: run index serve install help format lint quick check test test-cluster coverage soak evaluate bench \
  opensearch opensearch-stop lock catalogues screenshots clean

# Exit code 1 says that some documents could not be read; the others are served all the same.
run: $(VENV)/installed ## install if needed, index SOURCE (seeds/), serve it on HOST and PORT
	@echo "==> Indexing $(SOURCE) into $(INDEX)"
	@$(BIN)/opis-index $(SOURCE) --index $(INDEX) || test $$? -eq 1
	@$(SERVE)

index: $(VENV)/installed ## index SOURCE into INDEX
	@echo "==> Indexing $(SOURCE) into $(INDEX)"
	@$(BIN)/opis-index $(SOURCE) --index $(INDEX)

serve: $(VENV)/installed ## serve INDEX on HOST and PORT
	@$(SERVE)

install: $(VENV)/installed ## install into .venv/ what Opis needs to run

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1	\2/p' $(MAKEFILE_LIST) | while IFS='	' read -r target text; \
	  do printf '  make %-15s %s\n' "$$target" "$$text"; done

format: $(VENV)/installed-dev ## format the code and apply ruff's safe fixes
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

lint: $(VENV)/installed-dev ## ruff and mypy, which read the tests too
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

# Tests run on all processors, those of a module one after another, since they share what it sets up. Modules are
# run in the order of their folders: were those with the most tests first, the longest would be last and alone.
TEST := $(BIN)/python -m pytest -n logical --dist loadscope --no-loadscope-reorder

# The quick tests are all but the folders named here, so that a new test module is among them by itself.
SLOW := cluster contract e2e reliability
quick: $(VENV)/installed-dev
	@$(TEST) -q tests $(SLOW:%=--ignore=tests/%) -m "not slow" $(ARGS)

check: lint quick ## lint, and the quick tests, for use while working

test: $(VENV)/installed-dev ## the whole test suite; ARGS="tests/search -x" for a part
	@echo "==> Running the test suite"
	@$(TEST) $(ARGS)

# What waits for a cluster leaves the processors to it.
test-cluster: $(VENV)/installed-dev opensearch ## what every engine owes, and what a cluster does when nodes fail, on that of `make opensearch`
	@OPIS_CLUSTER=127.0.0.1:9201,127.0.0.1:9202,127.0.0.1:9203 $(TEST) -n 3 \
	  tests/cluster tests/contract tests/search/suggestions tests/search/expansion -k "opensearch or cluster" $(ARGS)

coverage: $(VENV)/installed-dev ## the whole test suite, and the lines and branches that no test reaches
	@$(TEST) --cov --cov-report=term:skip-covered --cov-report=html:var/coverage $(ARGS)

screenshots: $(VENV)/installed-dev ## take the pictures of docs/images/ anew, from seeds/; needs Chromium
	@$(BIN)/python -m tests.e2e.screenshots $(ARGS)

soak: $(VENV)/installed-dev ## index damaged files of each format, make requests of each kind, attack a server; takes minutes; MILLION=1 for as many documents
	@$(BIN)/python -m tests.soak $(ARGS)
	@$(BIN)/python -m tests.attacks
	@$(BIN)/python -m tests.long_run
	@test -z "$(MILLION)" || $(BIN)/python -m tests.bench.scale 100000 1000000
	@OPENAPI_EXAMPLES=500 $(BIN)/python -m pytest -q tests/reliability/test_described_requests.py
	@CONTAINERFILE=1 $(BIN)/python -m pytest -q tests/deploy/test_containerfile.py

evaluate: $(VENV)/installed ## measure ranking and understanding on OPIS_DATA, and what is found of FOLDERS
	@$(BIN)/python -m tests.bench.relevance
	@$(BIN)/python -m tests.bench.known_item_report
	@$(BIN)/python -m tests.bench.languages
	@$(BIN)/python -m tests.bench.detection
	@$(BIN)/python -m tests.bench.understanding
	@$(BIN)/python -m tests.bench.findability $(FOLDERS)

# Measures on OPIS_DATA/frus; a part of it with, say, ARGS="query http --documents 5000".
bench: $(VENV)/installed .venv-bench/installed ## measure speed and size beside other engines on OPIS_DATA/frus
	@$(BIN)/python -m tests.bench $(ARGS)

opensearch: $(VENV)/installed ## start an OpenSearch cluster of three nodes at 127.0.0.1:9201-9203 for tests
	@$(BIN)/python -m tests.cluster.nodes start

opensearch-stop: $(VENV)/installed ## stop it
	@$(BIN)/python -m tests.cluster.nodes stop

# Versions that the lock files have are kept where pyproject.toml allows them; extras, for pip does not take the
# version of coverage for that of coverage[toml]. Needs uv on the PATH.
COMPILE := uv pip compile --quiet --no-strip-extras --universal --generate-hashes --no-header --no-annotate --python-version 3.11
lock: ## write the lock files anew after a change of pyproject.toml; needs uv
	@$(COMPILE) pyproject.toml --extra fast --extra xlsx --extra opensearch -o requirements.lock
	@$(COMPILE) --group build -o requirements-build.lock
	@$(COMPILE) pyproject.toml --extra fast --extra xlsx --extra mcp --extra opensearch --group build --group dev -o requirements-dev.lock
	@$(COMPILE) --group bench -o requirements-bench.lock

catalogues: $(VENV)/installed-dev ## bring the catalogues of the interface up to date; LANGUAGE=pl begins a new one
	@$(BIN)/python -m tests.catalogues $(LANGUAGE)

clean: ## remove .venv/, .venv-bench/ and var/
	rm -rf $(VENV) .venv-bench var

# Everything is pinned and hashed in the lock files; nothing else is fetched. requirements.lock holds what runs,
# requirements-build.lock what builds the package from its source; hatch_build.py compiles what is in C if it can.
$(VENV)/installed: requirements.lock requirements-build.lock pyproject.toml hatch_build.py $(wildcard search/*/_*.c search/*/*/_*.c)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Opis needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3"; exit 1; }
	@echo "==> Installing into $(VENV)/ (once; a minute or two)"
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PIP) install --quiet --require-hashes -r requirements.lock -r requirements-build.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	@echo "==> Installing the test tools into $(VENV)/ (once)"
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# The engines and tools that Opis is measured beside; no part of it.
.venv-bench/installed: requirements-bench.lock
	@echo "==> Installing what Opis is measured beside into .venv-bench/ (once)"
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-bench.lock
	@touch $@
