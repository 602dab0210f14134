# Heard's commands. Each works from a fresh clone; nothing needs installing by hand but Python 3.11 or later and make.
#   make run     serve the demonstration on http://localhost:8000 (PORT=… for another)
#   make check   format, lint, types, contracts between rooms, migrations
#   make test    every check and test on every database that answers, and the browser journeys
#   make bench   measure, on both databases
#   make docs    write the generated parts of docs/ anew
#   PYTHON=… says which Python, where it is not the system's own
export PYTHON
BIN := .venv/bin

.PHONY: run check test bench docs format format-check lint types contracts migrations system

run:
	@.ci/install requirements.txt
	@exec $(BIN)/python manage.py serve

check:
	@.ci/install requirements-dev.txt
	@$(MAKE) --no-print-directory -k -j2 --output-sync=target system format-check lint types contracts migrations

format-check:
	$(BIN)/ruff format --check --quiet .
lint:
	$(BIN)/ruff check --quiet .
types:
	$(BIN)/mypy --no-error-summary
contracts:
	$(BIN)/lint-imports --no-cache
migrations:
	DJANGO_SETTINGS_MODULE=settings.test $(BIN)/python manage.py makemigrations --check --dry-run
system:
	DJANGO_SETTINGS_MODULE=settings.test $(BIN)/python manage.py check --fail-level WARNING

test:
	@.ci/install requirements-dev.txt
	@$(BIN)/python -m tests.run

bench:
	@.ci/install requirements-dev.txt
	@$(BIN)/python -m tests.benchmarks

docs:
	@.ci/install requirements.txt
	@$(BIN)/python manage.py describe

format:
	@.ci/install requirements-dev.txt
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format --quiet .
