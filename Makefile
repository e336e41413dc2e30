# Run `make help` for a list of targets.
#
# This file is for Unix (Linux, macOS): it needs a shell, find and .venv/bin. On Windows, run these three
# commands once:
#   py -m venv .venv
#   .venv\Scripts\python -m pip install --require-hashes -r requirements.txt
#   .venv\Scripts\python -m pip install --no-deps -e .
# Then run the lines below a target, with .venv\Scripts\ in place of $(BIN)/.

# Our targets are built by our rules only. For each of 1,400 inputs, make would try some 90 of its own.
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .build
# All inputs of the site: if none is newer than the site, there is nothing to do.
SITE_INPUTS := $(shell find docs editions includes overrides hooks -type f -not -path '*/__pycache__/*' -not -path '*.egg-info/*') mkdocs.yml $(wildcard reviews/*.yml lookups.yml)
# The settings of the environment are inputs, too.
SITE_STAMP = $(STAMPS)/site$(if $(SITE_URL)$(REPORT_TO),-$(shell printf '%s %s' '$(SITE_URL)' '$(REPORT_TO)' | cksum | cut -d' ' -f1))
# A stamp says nothing of a site that somebody has removed.
$(if $(wildcard site/index.html),,$(shell rm -f $(STAMPS)/site*))

# Material prints a notice about the next MkDocs on every run; mkdocs.yml is ready for its successor.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help site all handouts check serve test test-all lint bench cohesion sheets figures fuzz mutate mutate-code pictures lock minisearch clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## */\t/' | expand -t 13

site: $(SITE_STAMP)  ## check the guide and build what has changed into site/; the first time, all of it
	@echo "The guide is in site/. To preview it: $(BIN)/python -m http.server -d site 8000, then open http://localhost:8000"

$(SITE_STAMP): $(STAMPS)/installed $(SITE_INPUTS)
	$(BIN)/guide build $(if $(wildcard site/index.html),,--all)
	@rm -f $(STAMPS)/site*
	@touch $@

all: $(STAMPS)/installed  ## as site, with the booklets and packs of changed pages: before you publish it
	$(BIN)/guide build --all
	@rm -f $(STAMPS)/site*
	@touch $(SITE_STAMP)

handouts: site  ## alias of site: the handouts are part of it

check: $(STAMPS)/installed  ## check every claim and source without building (the gate)
	$(BIN)/guide check

serve: $(STAMPS)/installed  ## preview the guide while you edit it, with unsourced sentences highlighted
	$(BIN)/guide serve

test: $(STAMPS)/installed-test  ## run all that CI runs: lint, type checks, strict build, tests (5 to 8 minutes)
	@$(MAKE) --jobs 2 lint all
	$(BIN)/pytest

test-all: lint all $(STAMPS)/checkers/installed  ## as test, and every page, width, browser and code fault, veraPDF, Nu, a fresh install
	$(BIN)/pytest -m ''
	$(BIN)/python -m bench.code_mutations

lint: $(STAMPS)/installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(STAMPS)/bench/installed $(STAMPS)/bench/lighthouse/installed $(STAMPS)/installed-test $(SITE_STAMP)  ## benchmark builds, checks, handouts, page weight and search (takes minutes)
	$(BIN)/python -m bench.speed
	$(BIN)/python -m bench.handouts
	$(BIN)/python -m bench.serving.load
	$(BIN)/python -m bench.serving.page_weight
	$(BIN)/python -m bench.search

cohesion: $(STAMPS)/installed  ## count how well the sentences of every page hang together
	@$(BIN)/python -m bench.cohesion

fuzz: $(STAMPS)/installed  ## fuzz the check with malformed and hostile files for FUZZ_SECONDS (60)
	$(BIN)/python -m bench.fuzz --seconds $(or $(FUZZ_SECONDS),60)

sheets: $(STAMPS)/installed-test $(SITE_STAMP)  ## render all handouts, list sheets that are mostly blank, and count them
	@$(BIN)/python -m bench.sheets

figures: $(STAMPS)/installed  ## update the figures in docs/editors/support.md
	@$(BIN)/python -m bench.figures

mutate: $(STAMPS)/installed  ## insert thousands of errors into the guide and count those that the check finds
	@$(BIN)/python -m bench.mutation

mutate-code: $(STAMPS)/installed-test  ## insert small faults into the code and count those that the tests catch
	@$(BIN)/python -m bench.code_mutations

pictures: $(STAMPS)/installed-test $(SITE_STAMP)  ## retake the README's pictures from the built site
	$(BIN)/python -m bench.pictures

lock: $(STAMPS)/installed-test  ## update the locked versions and hashes of all requirements
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --fork-strategy fewest \
	  --custom-compile-command 'make lock' pyproject.toml requirements.in --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --fork-strategy fewest \
	  --custom-compile-command 'make lock' requirements-test.in --output-file requirements-test.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --fork-strategy fewest \
	  --custom-compile-command 'make lock' requirements-bench.in --output-file requirements-bench.txt

# The licence, the locked versions and the digest are beside the bundle; a test compares the digest.
MINISEARCH := hooks/sourced_guide/build/search/minisearch
minisearch: $(STAMPS)/minisearch/installed  ## rebuild the search library from its npm package (needs npm)
	{ echo '/*! MiniSearch, https://github.com/lucaong/minisearch'; echo; cat $(MINISEARCH)/LICENSE.txt; echo '*/'; \
	  echo 'export { default as MiniSearch } from "minisearch"' | (cd $(<D) && node_modules/.bin/esbuild \
	    --bundle --minify --target=es2020 --format=iife --global-name=library --legal-comments=none); \
	} > $(MINISEARCH)/minisearch.min.js
	cd $(MINISEARCH) && sha256sum minisearch.min.js > minisearch.min.js.sha256

clean:  ## remove all build output and the virtual environment
	rm -rf site .cache $(STAMPS) $(VENV)

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "This needs Python 3.11 or newer. Name one with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python cannot create virtual environments. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(STAMPS)/installed: $(VENV)/pyvenv.cfg requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p $(STAMPS)
	@touch $@

$(STAMPS)/installed-test: $(STAMPS)/installed requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

# The tools that the guide is benchmarked against, in a separate environment.
$(STAMPS)/bench/installed: $(STAMPS)/installed requirements-bench.txt
	$(BIN)/python -m venv --clear $(STAMPS)/bench/venv
	$(STAMPS)/bench/venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

$(STAMPS)/bench/lighthouse/installed: bench/lighthouse/package.json bench/lighthouse/package-lock.json
	@command -v npm > /dev/null || { echo "This needs npm, for Lighthouse. On Debian or Ubuntu: apt-get install npm"; exit 1; }
	@mkdir -p $(@D)
	cp bench/lighthouse/package.json bench/lighthouse/package-lock.json $(@D)
	npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# The Nu HTML checker and the newest axe. The Nu HTML checker runs in Java.
$(STAMPS)/checkers/installed: bench/checkers/package.json bench/checkers/package-lock.json
	@command -v npm > /dev/null || { echo "This needs npm. On Debian or Ubuntu: apt-get install npm"; exit 1; }
	@mkdir -p $(@D)
	cp bench/checkers/package.json bench/checkers/package-lock.json $(@D)
	npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(STAMPS)/minisearch/installed: $(MINISEARCH)/package.json $(MINISEARCH)/package-lock.json
	@command -v npm > /dev/null || { echo "This needs npm. On Debian or Ubuntu: apt-get install npm"; exit 1; }
	@mkdir -p $(@D)
	cp $(MINISEARCH)/package.json $(MINISEARCH)/package-lock.json $(@D)
	npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --loglevel=error
	cp $(@D)/node_modules/minisearch/LICENSE.txt $(MINISEARCH)
	@touch $@
