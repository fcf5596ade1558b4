# make lab   sets everything up and opens the notebook
# make test  sets everything up and runs every check
.DEFAULT_GOAL := help
.PHONY: help bench lab app test lint fuzz spark notebooks picture export clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two files of tests at a time; those of one file share a JupyterLab and run in their order.
PARALLEL ?= -n 2 --dist loadfile
# Jupyter refuses to run as root unless told, as in a container.
LAB_ARGS ?=
APP_ARGS ?=
SITE ?= site
FUZZ_SECONDS ?= 600
ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
# JupyterLab asks the net for news unless told not to.
NO_NEWS = @$(BIN)/jupyter labextension disable --level=sys_prefix @jupyterlab/apputils-extension:announcements >/dev/null 2>&1
TSC := .node/node_modules/.bin/tsc

help: ## say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

lab: $(VENV)/lab ## open the notebook in JupyterLab
	$(BIN)/jupyter lab $(ROOT) --LabApp.default_url=/lab/tree/notebooks/explore.ipynb $(LAB_ARGS)

app: $(VENV)/app ## serve practice and a class session as an app, on this computer alone
	$(BIN)/python -m tree.app $(APP_ARGS)

test: lint ## run every check
	$(BIN)/python -m pytest $(PARALLEL) $(TEST_ARGS)

lint: $(VENV)/test ## check style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(TSC) && $(TSC) -p tsconfig.json; \
	else echo "no npm: the types of the JavaScript are not checked"; fi

fuzz: $(VENV)/test ## look for guides and records that break what reads them, each for FUZZ_SECONDS
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary atheris --editable '.[test,fuzz]' || { \
	  echo "The fuzzer atheris has no wheel for this computer and its Python."; \
	  echo "make test runs a part of the same without it, in tests/test_fuzz.py."; exit 1; }
	$(BIN)/python tests/fuzz.py $(FUZZ_SECONDS)
	$(BIN)/python tests/fuzz_records.py $(FUZZ_SECONDS)

spark: $(VENV)/test ## check that Spark says the same; needs Java
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,spark]'
	$(BIN)/python -m pytest tests/spark.py

bench: $(VENV)/test ## compare our times with those of others, and keep the table in the README
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,bench]'
	$(BIN)/python tests/benchmarks/everything.py

notebooks: $(VENV)/test ## run the notebooks and keep their outputs
	$(BIN)/python tests/refresh_notebooks.py

export: $(VENV)/lab ## write the pages for a static host into the folder site
	$(BIN)/python -m tree.site $(SITE)

picture: $(VENV)/test ## take the README's picture of the explorer
	$(BIN)/python -m pytest -q tests/take_picture.py

clean: ## remove what make has set up
	rm -rf $(VENV) .node

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV) || { \
	  echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	touch $@

$(VENV)/lab: pyproject.toml $(VENV)/made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(NO_NEWS)
	touch $@

$(VENV)/app: $(VENV)/lab
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[app]'
	touch $@

$(VENV)/test: pyproject.toml $(VENV)/made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	$(NO_NEWS)
	touch $@ $(VENV)/lab $(VENV)/app

$(TSC):
	npm install --silent --no-save --no-package-lock --prefix .node typescript@5
