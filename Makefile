# One command for everything; `make` alone prints what there is. Works with GNU make 3.81 (macOS) and later.
SHELL = /bin/sh
PORT ?= 8000
HOLD ?= 1
WORKSPACE ?= data
PYTEST_ARGS ?=
# What holds time limits of a service under load has the machine for itself; the rest runs on two cores.
TIMED = tests/endpoint tests/reliability
UNTIMED = $(addprefix --ignore=,$(TIMED))

# uv, and npm below it, trust the system's certificates, as public-sector networks need.
export UV_SYSTEM_CERTS = 1
SYSTEM_BUNDLE := $(firstword $(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt))
ifneq ($(SYSTEM_BUNDLE),)
NODE_EXTRA_CA_CERTS ?= $(SYSTEM_BUNDLE)
export NODE_EXTRA_CA_CERTS
endif

BIN = .venv/bin
FRONTEND = $(wildcard package.json package-lock.json .npmrc tsconfig.json tools/build_frontend.py) \
           $(shell find src/ecograph/web/frontend -name node_modules -prune -o -type f -print 2>/dev/null)
BUNDLE = src/ecograph/web/static/manifest.json
TRANSLATIONS = $(shell find src/ecograph/web/translations -name '*.po' 2>/dev/null)

.PHONY: help setup demo test lint audit bench screenshots lock format reference clean no-bundle
.DEFAULT_GOAL := help

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo "  PORT=8000 the demo's port; HOLD=0 makes it check the start page and exit; PYTEST_ARGS='-k bridging'"

setup: .venv/.stamp-package .venv/.stamp-frontend ## make .venv from the lock and build the front end

demo: setup ## build the workspace in data/ and serve it on http://127.0.0.1:8000/
	$(BIN)/ecograph build -C $(WORKSPACE)
	@if [ "$(HOLD)" = 0 ]; then \
	  exec $(BIN)/python tools/check_demo.py $(WORKSPACE) $(PORT); \
	else \
	  exec $(BIN)/ecograph serve -C $(WORKSPACE) --port $(PORT); \
	fi

test: setup ## run all tests, those in a browser too
	@browser=$$($(BIN)/python tools/find_chromium.py --install) || exit 1; \
	echo "Browser: $$browser"; \
	export ECOGRAPH_CHROMIUM="$$browser"; \
	if [ -n "$(PYTEST_ARGS)" ]; then exec $(BIN)/python -m pytest $(PYTEST_ARGS); fi; \
	failed=0; \
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(UNTIMED) || failed=1; \
	$(BIN)/python -m pytest $(TIMED) || failed=1; \
	exit $$failed

lint: .venv/.stamp-package ## style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

audit: .venv/.stamp-package ## ask the advisory services about the locked dependencies
	$(BIN)/python tools/audit.py

format: .venv/.stamp-package ## mend what the style checks can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## run all benchmarks (bench-network, bench-build, … run one)
	@for bench in benchmarks/*/run.py; do \
	  echo "== $$bench"; $(BIN)/python $$bench || exit 1; \
	done

bench-%: setup
	$(BIN)/python benchmarks/$*/run.py

reference: .venv/.stamp-package ## write the generated pages of docs/reference/
	$(BIN)/python tools/generate_reference.py
	$(BIN)/python tools/generate_ontology_reference.py

screenshots: setup ## take pictures of every page type into docs/screenshots/
	$(BIN)/ecograph build -C $(WORKSPACE)
	$(BIN)/python tools/screenshots.py $(WORKSPACE)

lock: .venv/.stamp-uv ## resolve requirements.lock anew, for all platforms, with hashes
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate --extra dev --upgrade --output-file requirements.lock pyproject.toml

no-bundle:

clean: ## remove what make made; builds in data/.ecograph stay
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.venv/.stamp-uv: tools/bootstrap.sh
	@tools/bootstrap.sh
	@touch $@

.venv/.stamp-lock: requirements.lock .venv/.stamp-uv
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@touch $@

# Without isolation: the build back end stands in the lock too, so nothing unpinned is fetched.
.venv/.stamp-package: .venv/.stamp-lock pyproject.toml $(wildcard hatch_build.py)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps \
	  --no-build-isolation -e .
	@touch $@

.venv/.stamp-frontend: .venv/.stamp-package $(FRONTEND) $(TRANSLATIONS) $(if $(wildcard $(BUNDLE)),,no-bundle)
	$(BIN)/python tools/build_frontend.py
	@touch $@
