"""The quick reader of training lines refuses what it would misread, and says where and what to do.

Rasa reads training lines through the importer that config.yml names, so it is opened that way here.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_ext.importer import TrainingLinesWrong
from rasa_ext.settings import PROJECT_ROOT

GOOD = """\
version: "3.1"
nlu:
- intent: greet
  metadata: {author: somebody}
  examples:
  - {text: "hi", metadata: {voice: curt}}
  - text: yes
  - {text: "hi from [Rome](town)"}
- intent: faq/what_is
  examples: |
    - what is this

    - what are you for
- synonym: Rome
  examples: |
    - Roma
- regex: zip
  examples: |
    - [0-9]{5}
- lookup: town
  examples: |
    - Lyon
"""


def read(folder: Path, content: str) -> TrainingData:
    (folder / "greetings.yml").write_text(content, encoding="utf-8")
    importer = TrainingDataImporter.load_from_config(
        str(PROJECT_ROOT / "config.yml"), None, [str(folder)]
    )
    return importer.get_nlu_data()


def complaint(folder: Path, content: str) -> str:
    with pytest.raises(TrainingLinesWrong) as raised:
        read(folder, content)
    assert "greetings.yml" in str(raised.value)
    return str(raised.value)


def nlu(items: str) -> str:
    return f'version: "3.1"\nnlu:\n{items}\n'


def test_a_good_file_is_read_as_rasa_itself_reads_it(tmp_path: Path) -> None:
    told = read(tmp_path, GOOD)
    plain = RasaFileImporter(training_data_paths=[str(tmp_path)]).get_nlu_data()
    assert [one.as_dict() for one in told.intent_examples] == [
        one.as_dict() for one in plain.intent_examples
    ]
    assert [example.get("text") for example in told.intent_examples] == [
        "hi", "yes", "hi from Rome", "what is this", "what are you for",
    ]  # fmt: skip
    assert told.entity_synonyms == {"Roma": "Rome"}
    assert [one["name"] for one in told.regex_features] == ["zip"]
    assert [one["name"] for one in told.lookup_tables] == ["town"]


def test_a_file_with_responses_is_left_to_rasas_own_schema(tmp_path: Path) -> None:
    replies = "responses:\n  utter_faq/what_is:\n  - text: a coach\n"
    assert read(tmp_path, GOOD + replies).responses
    with pytest.raises(Exception, match="example"):
        read(tmp_path, GOOD.replace("text: yes", "said: yes") + replies)


@pytest.mark.parametrize("content", ["", "# nothing yet\n", '- intent: greet\n  examples: "- hi"'])
def test_an_empty_file_or_a_list_at_the_top_is_not_passed_over(
    tmp_path: Path, content: str
) -> None:
    assert "no `nlu:`" in complaint(tmp_path, content)


def test_a_list_at_the_top_that_looks_like_training_data_is_refused(tmp_path: Path) -> None:
    assert "must be a mapping" in complaint(tmp_path, "- one\n- two: 2\n  nlu: [1]\n")
    assert "must be a mapping" in complaint(tmp_path, "- one: 1\n  nlu: 2\n")


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    assert "no YAML" in complaint(tmp_path, 'nlu:\n- intent: "greet\n')


@pytest.mark.parametrize("version", ["", "version: 3.1\n", 'version: "4.0"\n'])
def test_a_version_that_rasa_would_doubt_is_refused(tmp_path: Path, version: str) -> None:
    said = complaint(tmp_path, GOOD.replace('version: "3.1"\n', version))
    assert 'version: "3.1"' in said


@pytest.mark.parametrize("nothing", ["nlu:", "nlu: []", "nlu: {intent: greet}", "nlu: greet"])
def test_nlu_must_be_a_list_with_something_in_it(tmp_path: Path, nothing: str) -> None:
    assert "`nlu` must be a list" in complaint(tmp_path, f'version: "3.1"\n{nothing}\n')


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("- greet", "item 1 of `nlu` must be one of intent"),
        ("- intnet: greet\n  examples: [{text: hi}]", "item 1 of `nlu` must be one of intent"),
        ("- {intent: greet, lookup: town, examples: '- hi'}", "must be one of intent"),
        ("- intent:\n  examples: [{text: hi}]", "write a name behind `intent:`"),
        ("- intent: 7\n  examples: [{text: hi}]", "in quotes where it is a number"),
        ("- intent: greet", "intent `greet` has no examples"),
        ("- {intent: greet, examples: []}", "intent `greet` has no examples"),
        ("- {intent: greet, examples: {text: hi}}", "intent `greet` has no examples"),
        ("- {intent: greet, exmples: [{text: hi}]}", "`exmples` means nothing here"),
        ("- {intent: greet, metadata: me, examples: [{text: hi}]}", "`metadata` must be a mapping"),
        ("- {lookup: town, examples: [Lyon]}", "lookup `town`: write its examples as one text"),
        ("- {regex: zip, metadata: {}, examples: '- 1'}", "`metadata` means nothing here"),
        ("- {synonym: Rome, examples: ''}", "synonym `Rome`: write its examples"),
        ("- intent: greet\n  examples: |\n    - hi\n    hello", "line 2 of its examples"),
        ("- intent: greet\n  examples: |\n    - hi\n    -", "line 2 of its examples"),
    ],
)
def test_an_item_that_would_be_skipped_or_misread_is_named(
    tmp_path: Path, item: str, said: str
) -> None:
    assert said in complaint(tmp_path, nlu(item))


@pytest.mark.parametrize(
    ("example", "said"),
    [
        ("{metadata: {voice: curt}}", "has no words"),
        ("{text: ''}", "has no words"),
        ("{text: '  '}", "has no words"),
        ("{text: 8}", "in quotes where they are a number"),
        ("hello", "must be a mapping"),
        ("{txt: hello}", "`txt` means nothing here"),
        ("{text: hello, voice: curt}", "`voice` means nothing here"),
        ("{text: hello, metadata: curt}", "`metadata` must be a mapping"),
    ],
)
def test_an_example_that_cannot_be_read_is_named_with_its_intent(
    tmp_path: Path, example: str, said: str
) -> None:
    told = complaint(
        tmp_path, nlu(f"- intent: greet\n  examples:\n  - {{text: hi}}\n  - {example}")
    )
    assert "intent `greet`, example 2" in told
    assert said in told


def test_rasas_own_validation_stops_at_a_bad_line(tmp_path: Path) -> None:
    """What `make rasa-data` runs reads through the same importer, so it makes the same checks."""
    (tmp_path / "greetings.yml").write_text(nlu("- intent: greet\n  examples: [{txt: hi}]"))
    root = str(PROJECT_ROOT)
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "rasa", "data", "validate", "--data", str(tmp_path),
         "--config", f"{root}/config.yml", "--domain", f"{root}/domain.yml"],
        cwd=root, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert run.returncode != 0
    assert "intent `greet`, example 1: `txt` means nothing here" in run.stdout + run.stderr
