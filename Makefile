# `make run` opens the dashboard; `make test` runs every check and test; both set up .venv first.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: run test check bench load lock schema format clean chromium

run: .venv/run.stamp
	$(BIN)/streamlit run dashboard.py --server.port $(PORT)

test: .venv/test.stamp chromium
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m extract check
	$(BIN)/pytest -n 3 --dist worksteal

check: .venv/run.stamp
	$(BIN)/python -m extract check

bench: .venv/bench.stamp chromium
	$(BIN)/python -m tests.bench
	RANDOM_EDITS=10000 $(BIN)/pytest tests/claims/test_broken_edits.py -k random -n 2

load: .venv/test.stamp chromium
	$(BIN)/python -m tests.load
	$(BIN)/python -m tests.load.edits

# After a change of pyproject.toml: pins with hashes, no index named.
lock: .venv/test.stamp
	$(BIN)/uv pip compile -q --no-header --no-annotate --python-version 3.11 --generate-hashes pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --no-header --no-annotate --python-version 3.11 --generate-hashes -c requirements.txt --group cluster -o extract/archive/requirements.txt
	$(BIN)/uv pip compile -q --no-header --no-annotate --python-version 3.11 --generate-hashes -c requirements.txt --group test -o tests/requirements.txt
	$(BIN)/uv pip compile -q --no-header --no-annotate --python-version 3.11 --generate-hashes -c requirements.txt --group bench -o tests/bench/requirements.txt

# After a change of extract/claims/records.py or of the catalogue: the schemas that editors complete from.
schema: .venv/run.stamp
	$(BIN)/python -m extract schema

format: .venv/test.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis

chromium: .venv/test.stamp
	@$(BIN)/python -m tests.browser

.venv/run.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "$(PYTHON) is Python %d.%d, and this needs 3.11 or newer: name another, make PYTHON=python3.12" % sys.version_info[:2])'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --disable-pip-version-check -q --require-hashes -r requirements.txt
	touch $@

.venv/test.stamp: .venv/run.stamp tests/requirements.txt
	$(BIN)/pip install --disable-pip-version-check -q --require-hashes -r tests/requirements.txt
	touch $@

.venv/bench.stamp: .venv/test.stamp tests/bench/requirements.txt
	$(BIN)/pip install --disable-pip-version-check -q --require-hashes -r tests/bench/requirements.txt
	touch $@
