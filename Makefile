# Every target sets up what it needs on first use.
PYTHON ?= python3
STACK  ?= dev
VENV   := .venv
READY  := $(VENV)/.ready
BIN    := $(VENV)/bin

.PHONY: setup preview test check format docs lock bench pulumi test-engine demo clean

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@echo "Setting up $(VENV): about a minute" >&2
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed: make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

preview: $(READY)
	@$(BIN)/eks-fargate preview $(STACK)

test: $(READY)
	$(BIN)/pytest

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/eks-fargate check

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What documents show of the commands' output, the page of the rules, and the golden plans.
docs: $(READY)
	$(BIN)/python -m tests.stacks.golden_plans
	$(BIN)/python -m tools.generated

# The Pulumi CLI, built with Go from the versions pinned in tools/pulumi; nothing where a recent one is on the path.
pulumi: $(READY)
	$(BIN)/python tools/pulumi/build.py

test-engine: pulumi
	$(BIN)/pytest -m engine

demo: pulumi
	$(BIN)/python -m tools.demo

bench: $(READY)
	$(BIN)/python -m tools.bench

# The lock file has hashes and no index addresses. uv resolves it for every platform at once.
lock: $(READY)
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/pip install --quiet --disable-pip-version-check uv
	$(VENV)/lock/bin/uv pip compile --quiet --upgrade --python-version 3.11 --universal --generate-hashes \
		--no-emit-index-url --custom-compile-command "make lock" --extra dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) tools/pulumi/bin *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
