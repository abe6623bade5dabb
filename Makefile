# The commands a person must know. Each sets up what it needs; Python 3.11 or newer is enough.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
CATALOGUE := translations/en/LC_MESSAGES/messages
MUTMUT := mutmut==3.8.1 libcst==1.9.0 textual==8.2.8 setproctitle==1.3.8 coverage==7.17.4 rich==15.0.0 \
  markdown-it-py==4.3.0 mdit-py-plugins==0.7.0 mdurl==0.1.2 linkify-it-py==2.2.0
AXE := node_modules/axe-core/axe.min.js

.PHONY: help run dev test check cek bench mutants shots precommit clean

help:  ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(STAMP) $(CATALOGUE).mo  ## start the product, with a demo on first run
	@KURSUS_MODE=$${KURSUS_MODE:-demo} exec $(BIN)/flask serve

dev: $(STAMP) $(CATALOGUE).mo  ## the same, reloading code and content as they change
	@KURSUS_MODE=demo exec $(BIN)/flask develop

test: $(STAMP) $(CATALOGUE).mo  ## every test, on SQLite and on PostgreSQL
	@PYTHON=$(PYTHON) ./tests/tools.sh
	$(BIN)/python -m pytest -n 2
	TEST_DATABASE=postgresql $(BIN)/python -m pytest -n 2 -m "not browser and not pure"

check: $(STAMP) $(CATALOGUE).mo  ## style, types, rooms, templates, migrations, content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --check --lint --quiet
	KURSUS_MODE=demo KURSUS_INSTANCE=$(CURDIR)/build/check DATABASE_URL=sqlite:///check.sqlite sh -c \
	  'rm -rf build/check && $(BIN)/flask db upgrade && $(BIN)/flask db check'
	@$(MAKE) --no-print-directory cek

cek: $(STAMP)  ## check the content
	@KURSUS_MODE=demo $(BIN)/flask courses check

bench: $(STAMP) $(CATALOGUE).mo  ## how fast, beside a bare floor, in one run
	$(BIN)/python -m benchmarks

mutants: $(STAMP)  ## faults put into what decides a score, and which of them no test finds (minutes)
	@$(BIN)/python -c 'import importlib.util as u, sys; sys.path.append("build/mutmut"); sys.exit(not u.find_spec("mutmut"))' || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target build/mutmut $(MUTMUT)
	$(BIN)/python -m tests.mutants

shots: $(STAMP) $(CATALOGUE).mo  ## pictures of every page, each role, into pictures/
	$(BIN)/python -m tests.browser.shots

precommit: $(STAMP)  ## run the checks before each commit
	$(BIN)/pre-commit install

clean:  ## remove what was made, but for instance/
	rm -rf .venv build pictures node_modules

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $@

$(CATALOGUE).mo: $(CATALOGUE).po $(STAMP)
	@$(BIN)/pybabel --quiet compile --directory translations
