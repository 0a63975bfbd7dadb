# Belay. `make help` lists what there is.
PYTHON ?= $(shell command -v python3 || command -v python)
BELAY := .venv/bin/belay
RASA := RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3 OPENBLAS_NUM_THREADS=1 SQLALCHEMY_SILENCE_UBER_WARNING=1 .venv-rasa/bin/python -W ignore -m rasa
EVAL := OPENBLAS_NUM_THREADS=1 TF_CPP_MIN_LOG_LEVEL=3 .venv-rasa/bin/python -W ignore -m
MODEL = $$(.venv/bin/python -m belay.gateway.model_build --print)

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests run chat demo train check lint types imports unit thorough rasa-data rasa-stories conversations browser test test-long eval gate eval-commit data-check eval-tests tune bench-turns bench-nlu bench-feedback bench-safety screenshots coach-link clean

help:  ## Show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## Make both environments from the lock
	@$(PYTHON) scripts/setup.py

setup-tests:
	@$(PYTHON) scripts/setup.py --browser

run: setup  ## Set up what is missing, then start Belay
	@exec $(BELAY) run

chat: setup  ## Talk to Belay in this terminal
	@exec $(BELAY) chat

demo: setup  ## Fill in three invented clients
	@$(BELAY) demo

coach-link: setup  ## Print a one-time sign-up link for a coach
	@$(BELAY) coach-link

train: setup  ## Train the Rasa model when its sources changed
	@$(BELAY) train

check: setup lint types imports unit  ## Lint, types, import rules, unit tests (under 2 minutes)

lint:
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .

types:
	@.venv/bin/mypy

imports:
	@.venv/bin/lint-imports --no-cache

unit:
	@.venv/bin/pytest -q -n auto -m "not conversation and not browser and not long and not thorough"

thorough:
	@.venv/bin/pytest -q -n auto -m "thorough and not long"

rasa-data: train
	@mkdir -p var
	@$(RASA) data validate --fail-on-warnings >var/rasa-data.log 2>&1 || { tail -40 var/rasa-data.log; exit 1; }

rasa-stories: train
	@mkdir -p var
	@$(RASA) test core --stories tests/rasa --model $(MODEL) --out var/rasa-test --fail-on-prediction-errors >var/rasa-core.log 2>&1 || { tail -40 var/rasa-core.log; exit 1; }
	@OPENBLAS_NUM_THREADS=1 TF_CPP_MIN_LOG_LEVEL=3 .venv-rasa/bin/python -W ignore -m pytest -q -c tests/rasa/pytest.ini tests/rasa

conversations: train
	@.venv/bin/pytest -q -m "conversation and not long"

browser: setup-tests train
	@.venv/bin/pytest -q -m "browser and not long"

test: setup-tests check thorough rasa-data rasa-stories conversations browser  ## Everything a release needs
	@.venv/bin/python -m tests.sr_table

test-long: test data-check eval-tests gate  ## Also the slow ones
	@.venv/bin/pytest -q -m long

eval: train  ## Measure what the model understands, into reports/eval/
	@$(EVAL) evaluation

gate: train  ## Fail when understanding got worse on tests/nlu
	@$(EVAL) evaluation.gate

eval-commit: train  ## Write today's figures down for the gate
	@$(EVAL) evaluation.gate --commit

data-check: setup  ## Check the training data
	@$(EVAL) evaluation.data_check

eval-tests: train  ## Test the evaluation itself
	@$(EVAL) pytest -q -c tests/evaluation/pytest.ini tests/evaluation

tune: setup  ## Tune the encoder on data/nlu anew, into models/tuned-encoder.npz
	@$(EVAL) rasa_ext.long_tuning

bench-turns: train  ## Turn latency against a stock Rasa project, into reports/turns.json
	@.venv/bin/python -m benchmarks.turns

bench-safety: train  ## Score the safety layers on the open benchmark, into reports/safety.json
	@.venv/bin/python -m benchmarks.safety --readme
	@$(BELAY) safety figures --write

bench-feedback: setup  ## How long feedback on a draft takes, into reports/feedback.json
	@.venv/bin/python -m benchmarks.feedback

bench-nlu: train  ## Intents of a folder DATA beside Rasa's DIET, into reports/bench_nlu.json
	@test -n "$(DATA)" || { echo "Name a folder with train_10.tsv and test.tsv: make bench-nlu DATA=<folder>"; exit 2; }
	@SQLALCHEMY_SILENCE_UBER_WARNING=1 .venv-rasa/bin/python -W ignore -m benchmarks.nlu "$(DATA)"

screenshots: setup-tests train  ## Make the pictures of the README again
	@.venv/bin/python -m scripts.screenshots

clean:  ## Remove environments, models and caches (not var/, where the data is)
	rm -rf .venv .venv-rasa .uv models/*.tar.gz* models/*.onnx .pytest_cache .mypy_cache .ruff_cache
