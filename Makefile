# make briefs   the briefs of corpus/ whose inputs changed, into outputs/
# make test     everything that must hold
# make lab      JupyterLab on notebooks/

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: briefs test lab lint clean

briefs: $(VENV)/core
	$(BIN)/wivtext build --why || test $$? -eq 1

test: $(VENV)/dev
	$(BIN)/python -m pytest -q
	$(BIN)/python -m pytest -q --nbval --nbval-current-env --nbval-sanitize-with tests/nbval.cfg notebooks

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
	$(BIN)/pip install --quiet --editable .
	touch $@

$(VENV)/notebooks: pyproject.toml | $(VENV)/made
	$(BIN)/pip install --quiet --editable '.[notebooks]'
	touch $@ $(VENV)/core

$(VENV)/dev: pyproject.toml | $(VENV)/made
	$(BIN)/pip install --quiet 'torch==2.13.0'
	$(BIN)/pip install --quiet --editable '.[dev,models]'
	touch $@ $(VENV)/core $(VENV)/notebooks

$(VENV)/made:
	$(PYTHON) -m venv $(VENV) || { echo 'Python has no venv here; on Debian: apt-get install python3-venv'; exit 1; }
	touch $@
