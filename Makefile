# make briefs   the briefs of corpus/ whose inputs changed, into outputs/
# make test     everything that must hold
# make fuzz     every stage with the same 200 texts that nobody wrote, about a minute
# make bench    speed, memory and growth, into benchmarks/results/
# make lab      JupyterLab on notebooks/

PYTHON ?= python3
TORCH ?= torch==2.13.0
VENV := .venv
BIN := $(VENV)/bin
# Compiling every module of every package would take longer than the briefs.
QUICK := --quiet --no-compile --disable-pip-version-check

.PHONY: briefs test fuzz bench lab lint clean

briefs: $(VENV)/core
	$(BIN)/wivtext build --why || test $$? -eq 1

test: $(VENV)/dev
	$(BIN)/python -m pytest -q
	$(BIN)/python -m pytest -q --nbval --nbval-current-env --nbval-sanitize-with tests/nbval.cfg notebooks

fuzz: $(VENV)/dev
	$(BIN)/python tests/fuzz.py --seed 1 --texts 200

bench: $(VENV)/dev
	$(BIN)/pip install $(QUICK) --editable '.[benchmarks]'
	$(BIN)/python benchmarks/bench.py

lab: $(VENV)/notebooks
	$(BIN)/jupyter lab notebooks

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV)

# A stamp for each set of packages; installing again happens when pyproject.toml changes.
$(VENV)/core: pyproject.toml | $(VENV)/made
	$(BIN)/pip install $(QUICK) --editable .
	touch $@

$(VENV)/notebooks: pyproject.toml | $(VENV)/made
	$(BIN)/pip install $(QUICK) --editable '.[notebooks]'
	touch $@ $(VENV)/core

$(VENV)/dev: pyproject.toml | $(VENV)/made
	$(BIN)/pip install $(QUICK) '$(TORCH)'
	$(BIN)/pip install $(QUICK) --editable '.[dev,models,training]'
	touch $@ $(VENV)/core $(VENV)/notebooks

# Debian's python3 comes without venv: root installs it, others are told.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed: make PYTHON=python3.12 ...'; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq python3-venv; } \
	  || { echo 'Python has no venv here; on Debian: sudo apt-get install python3-venv'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	touch $@
