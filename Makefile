# What a developer runs: demo, test, coverage, format, generate, bench, bench-quick. Each makes the environment it needs.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test coverage format generate bench bench-quick clean

.venv/demo: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/test: pyproject.toml .venv/demo
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --group test
	touch $@

demo: .venv/demo
	cd examples/first-look && ../../$(BIN)/mailzone check || [ $$? = 1 ] # the example has findings

test: .venv/test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python scripts/generate.py --check
	$(BIN)/python -m pytest -n auto --dist loadfile

coverage: .venv/test
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest -n auto --dist loadfile
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report

format: .venv/test
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

generate: .venv/test
	$(BIN)/python scripts/generate.py

# Makes .venv/peers, where mailzone is as people install it beside what it is measured against.
bench: .venv/test
	$(BIN)/python -m benchmarks

bench-quick: .venv/test
	$(BIN)/python -m benchmarks.quick

clean:
	rm -rf .venv .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
