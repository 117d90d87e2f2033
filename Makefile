# `make help` lists what a person can do here.

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
TEST_PROCESSES ?= 2
BIN := $(VENV)/bin

.DEFAULT_GOAL := help

# Where this variable forbids to keep bytecode, each start compiles everything: 3 s for a server, 9 s for Keras.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run web worker test check format train evaluate requirements translations clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/everything ## serve on http://localhost:8000, with a worker that trains (PORT=9000: another port)
	@PORT=$(PORT) $(BIN)/python -m webapp.server.side_by_side

web: $(VENV)/serve ## serve only: no worker, and none of what training needs
	PORT=$(PORT) $(BIN)/gunicorn

worker: $(VENV)/everything ## run a worker that does what the admin pages ask for; any number of them
	$(BIN)/python -m webapp.jobs.worker

test: $(VENV)/development ## run every test that can run here; those that cannot say why
	$(BIN)/python -m pytest -n $(TEST_PROCESSES) --dist loadfile --no-loadscope-reorder

check: $(VENV)/development ## lint, formatting, types, and what is known to be unsafe
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/bandit -q -c pyproject.toml -r recognizer trainer webapp benchmarks requirements gunicorn.conf.py
	$(BIN)/python requirements/audit.py

format: $(VENV)/development ## put the code into the one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

train: $(VENV)/everything ## train the flagship recipe; hours on two cores
	$(BIN)/python -m trainer train strokes

evaluate: $(VENV)/everything ## measure the served run on MNIST and on held-out writers and sites
	$(BIN)/python -m trainer evaluate

requirements: $(VENV)/development ## compile requirements/*.in into pinned files, for Python 3.10-3.13
	$(BIN)/python requirements/compile.py

translations: $(VENV)/development ## collect the pages' sentences, and compile them (NEW=fr: begin another language)
	$(BIN)/pybabel -q extract -F babel.cfg -k lazy_gettext --sort-by-file --add-location=file \
		-w 100 -o .messages.pot .
	$(if $(NEW),$(BIN)/pybabel -q init -i .messages.pot -d webapp/translations -l $(NEW) -w 100)
	$(BIN)/pybabel -q update -i .messages.pot -d webapp/translations --no-fuzzy-matching \
		--ignore-obsolete --ignore-pot-creation-date -w 100
	$(BIN)/pybabel -q compile -d webapp/translations
	@rm .messages.pot

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis

# One stamp a requirements file: installed again when the file changes.
# uv takes a quarter of pip's time; pip does it where there is no uv, or where only its own settings name an index.
# Python compiles what it imports; to compile all of TensorFlow took half of pip's time.
INSTALL = @test -x $(BIN)/uv || $(BIN)/pip install --quiet "$$(grep '^uv==' requirements/development.txt)"; \
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r $< || \
	{ echo "uv cannot, so pip installs it." >&2; $(BIN)/pip install --quiet --no-compile -r $<; }

$(VENV)/serve: requirements/serve.txt | $(BIN)/pip
	$(INSTALL)
	@touch $@

$(VENV)/everything: requirements.txt | $(BIN)/pip
	$(INSTALL)
	@touch $@ $(VENV)/serve

$(VENV)/development: requirements/development.txt | $(BIN)/pip
	$(INSTALL)
	@touch $@ $(VENV)/serve $(VENV)/everything

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 10) <= v <= (3, 13) else \
	"Python 3.10 to 3.13 is needed, this is %d.%d; name another with PYTHON=python3.12" % v)'
	$(PYTHON) -m venv $(VENV)
