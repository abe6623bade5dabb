# The commands a person must know. Each sets up what it needs; Python 3.11 or newer is enough.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
CATALOGUE := translations/en/LC_MESSAGES/messages
MUTMUT := mutmut==3.8.1 libcst==1.9.0 textual==8.2.8 setproctitle==1.3.8 coverage==7.17.4 rich==15.0.0 \
  markdown-it-py==4.3.0 mdit-py-plugins==0.7.0 mdurl==0.1.2 linkify-it-py==2.2.0
AUDIT := pip-audit==2.10.1 boolean.py==5.0 cachecontrol==0.14.4 certifi==2026.10.18 charset-normalizer==3.5.2 \
  cyclonedx-python-lib==11.12.0 defusedxml==0.7.1 filelock==4.2.12 idna==3.20 license-expression==30.4.4 \
  markdown-it-py==4.3.0 mdurl==0.1.2 msgpack==1.2.4 packageurl-python==0.17.6 packaging==26.3 pip-api==0.0.35 \
  pip-requirements-parser==32.0.1 platformdirs==4.14.8 py-serializable==2.2.0 pygments==2.21.0 pyparsing==3.3.3 \
  requests==2.34.2 rich==15.0.0 sortedcontainers==2.4.0 tomli==2.5.0 tomli-w==1.2.0 typing-extensions==4.16.0 \
  urllib3==2.8.0
AXE := node_modules/axe-core/axe.min.js

.PHONY: help run dev test check cek bench hall crash mutants audit shots precommit clean

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

hall: $(STAMP) $(CATALOGUE).mo  ## 393 praja at once, nothing lost? also N=1000, KNEE=1, DATABASE=postgres
	$(BIN)/python -m reliability hall

crash: $(STAMP) $(CATALOGUE).mo  ## kill -9 under load, then what else breaks; also KILLS=10, DATABASE=postgres
	$(BIN)/python -m reliability crash

mutants: $(STAMP)  ## faults put into what decides a score, and which of them no test finds (minutes)
	@$(BIN)/python -c 'import importlib.util as u, sys; sys.path.append("build/mutmut"); sys.exit(not u.find_spec("mutmut"))' || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target build/mutmut $(MUTMUT)
	$(BIN)/python -m tests.mutants

audit: $(STAMP)  ## known weaknesses of the libraries we pin; asks pypi.org and npmjs.org
	@$(BIN)/python -c 'import importlib.util as u, sys; sys.path.append("build/audit"); sys.exit(not u.find_spec("pip_audit"))' || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target build/audit $(AUDIT)
	PYTHONPATH=build/audit $(BIN)/python -m pip_audit --strict --no-deps --disable-pip --progress-spinner off -r constraints.txt
	npm audit

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
