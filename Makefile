# make install | run | test | bench | lint      (docs: README.md)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BUILT := src/dajian/service/static/build/manifest.json
ENGLISH := src/dajian/service/locale/en/LC_MESSAGES/django.mo
# A Node that the machine lacks comes in a wheel and stands here.
export PATH := $(CURDIR)/$(VENV)/node/bin:$(PATH)

.PHONY: install run test bench lint
.DELETE_ON_ERROR:

install: $(VENV)/.installed $(BUILT) $(ENGLISH)

run: install
	@exec $(BIN)/dajian demo

test: install
	@exec $(BIN)/python -m tests.running

lint: install
	@exec $(BIN)/python -m tests.running lint

bench: install
	@exec $(BIN)/python -m benchmarks

$(VENV)/.installed: requirements/dev.txt requirements/base.in pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

frontend/node_modules/.installed: frontend/package-lock.json frontend/.npmrc requirements/node.txt requirements/node.py $(VENV)/.installed
	@$(BIN)/python requirements/node.py $(VENV)
	cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILT): frontend/node_modules/.installed frontend/vite.config.ts frontend/vite.worker.config.ts $(shell find frontend/src -type f)
	cd frontend && npm run --silent build -- --logLevel warn
	$(BIN)/python -m whitenoise.compress --quiet $(@D)/assets

$(ENGLISH): $(ENGLISH:.mo=.po) | $(VENV)/.installed
	$(BIN)/python -m dajian.service.translations compile
