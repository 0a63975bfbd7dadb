"""Which model belongs to the sources, and what a person is told while it is trained."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from belay.gateway.model_build import (
    ModelBuildFailed,
    ModelDamaged,
    build,
    current_model,
    fingerprint,
    step_in,
)

TRAINS = """#!/bin/sh
for word; do name=$word; done
echo "reading sentences: 512 of 7538"
printf 'a model of %s' "$(cat config.yml)" > "models/$name"
"""
FAILS = """#!/bin/sh
echo "Traceback"
echo "InvalidRule: two rules contradict each other"
exit 1
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("config.yml", "domain.yml", "uv.lock", "data/nlu/social.yml", "rasa_ext/a.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one\n")
    (tmp_path / "content" / "language").mkdir(parents=True)
    return tmp_path


def rasa_that(root: Path, script: str) -> None:
    python = root / ".venv-rasa" / "bin" / "python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text(script)
    python.chmod(0o755)


def trained(root: Path) -> Path:
    rasa_that(root, TRAINS)
    return build(root, lambda _: None)


@pytest.mark.parametrize("source", ["config.yml", "data/nlu/social.yml", "rasa_ext/a.py"])
def test_a_changed_source_makes_the_model_outdated(root: Path, source: str) -> None:
    model = trained(root)
    assert current_model(root) == model
    (root / source).write_text("two\n")
    assert current_model(root) is None


def test_what_training_does_not_read_leaves_the_model_current(root: Path) -> None:
    model = trained(root)
    (root / "content" / "replies.yml").write_text("hello")
    (root / "rasa_ext" / "__pycache__").mkdir()
    (root / "rasa_ext" / "__pycache__" / "a.pyc").write_bytes(b"x")
    assert current_model(root) == model


def test_a_model_with_another_hash_beside_it_is_named_as_damaged(root: Path) -> None:
    model = trained(root)
    model.write_bytes(b"damaged")
    with pytest.raises(ModelDamaged, match=f"models/{model.name} is damaged: delete it"):
        current_model(root)


def test_a_model_whose_training_was_cut_off_is_none(root: Path) -> None:
    model = trained(root)
    model.with_name(model.name + ".sha256").unlink()
    assert current_model(root) is None


def test_the_hash_beside_the_model_is_that_of_the_model(root: Path) -> None:
    model = trained(root)
    beside = model.with_name(model.name + ".sha256").read_text().split()
    assert beside == [hashlib.sha256(model.read_bytes()).hexdigest(), model.name]


def test_only_the_last_two_models_are_kept(root: Path) -> None:
    for number in range(4):
        (root / "config.yml").write_text(f"{number}\n")
        model = trained(root)
    kept = sorted(path.name for path in (root / "models").glob("belay-*"))
    assert len(kept) == 4  # two models, each with its hash
    assert model.name in kept


def test_a_failed_training_names_its_cause_the_log_and_the_remedy(root: Path) -> None:
    rasa_that(root, FAILS)
    with pytest.raises(ModelBuildFailed) as failed:
        build(root, lambda _: None)
    said = str(failed.value)
    assert "two rules contradict each other" in said
    assert "models/train.log" in said
    assert "make train" in said
    assert current_model(root) is None


def test_without_its_environment_the_remedy_is_setup(root: Path) -> None:
    with pytest.raises(ModelBuildFailed, match="make setup"):
        build(root, lambda _: None)


def test_the_first_thing_told_is_how_much_there_is_to_read(root: Path) -> None:
    (root / "data" / "nlu" / "social.yml").write_text('- {text: "hi"}\n' * 1200)
    rasa_that(root, TRAINS)
    told: list[str] = []
    build(root, told.append)
    assert told[0] == "reading 1,200 examples"


def test_progress_is_told_in_words_for_a_person() -> None:
    assert step_in("") == "loading the examples"
    assert step_in("reading sentences: 512 of 7538\nreading sentences: 1024 of 7538") == (
        "reading the sentences: 1,024 of 7,538"
    )
    assert step_in("Starting to train component 'SentenceIntentClassifier'") == (
        "training the classifier"
    )
    assert len(fingerprint(Path(__file__).parent)) == 12


def test_two_trainings_at_once_become_one(root: Path) -> None:
    slow = TRAINS.replace("for word", "echo x >> models/trainings; sleep 1; for word")
    rasa_that(root, slow)
    told: list[str] = []
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: build(root, told.append), range(2))
    assert first == second
    assert (root / "models" / "trainings").read_text() == "x\n"
    assert "waiting for another training to end" in told
