from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.examples import held_out, training_examples
from evaluation.marked_yaml import DataFileWrong

TRAINING = """version: "3.1"
nlu:
- intent: greet
  examples:
  - {text: "hi", metadata: {voice: curt}}
  - {text: "hello there"}
"""


def test_an_example_knows_its_line_and_how_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "social.yml").write_text(TRAINING)

    first, second = training_examples(tmp_path)

    assert (first.text, first.intent, first.voice, first.line) == ("hi", "greet", "curt", 5)
    assert second.line == 6
    assert second.place.endswith("social.yml:6")


def test_test_lines_carry_other_honest_readings(tmp_path: Path) -> None:
    (tmp_path / "held_out.yml").write_text(
        'lines:\n- {text: "no more", intent: say_no, acceptable: [deny], voice: curt}\n'
    )

    (line,) = held_out("held_out", tmp_path)

    assert line.acceptable == ("deny",)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("nlu: [", "social.yml"),
        ("nlu:\n- {intent: greet, examples: hello}\n", "`examples:`"),
        ("nlu:\n- intent: greet\n  examples:\n  - {words: hi}\n", "social.yml:4"),
    ],
)
def test_a_broken_file_is_named_with_what_it_lacks(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "social.yml").write_text(text)

    with pytest.raises(DataFileWrong, match=named):
        training_examples(tmp_path)


def test_an_empty_folder_says_where_the_examples_come_from(tmp_path: Path) -> None:
    with pytest.raises(DataFileWrong, match="restore them from git"):
        training_examples(tmp_path)
