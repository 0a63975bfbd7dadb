"""`belay feedback`: JSON lines in, JSON lines out, without a running Belay."""

import json
from pathlib import Path

import pytest

from belay.commands.feedback import FeedbackCommand, run

CONTENT = Path(__file__).parents[2] / "content"
KEYS = ["issues", "strengths", "spans", "features", "lacks", "tip", "overall"]


@pytest.fixture(scope="module")
def command() -> FeedbackCommand:
    return FeedbackCommand(CONTENT)


def answer(command: FeedbackCommand, **line: str) -> dict:
    (one,) = command.answers([json.dumps(line)])
    assert one.problem is None
    assert one.reading is not None
    return one.reading


def test_a_draft_of_a_kind_is_read(command: FeedbackCommand) -> None:
    text = "You never listen to me"
    told = answer(command, kind="i_statement", text=text)
    assert list(told) == KEYS
    assert (told["issues"], told["overall"]) == (["always_never"], "needs_work")
    assert told["features"] == ["F01"]
    assert told["lacks"] == ["F36"]
    assert "You never" in told["tip"]
    named = [span for span in told["spans"] if span["name"] == "always_never"]
    assert [(span["start"], span["end"], span["text"]) for span in named] == [(0, 9, "You never")]


def test_a_draft_of_a_step_is_read_by_the_checks_of_the_step(command: FeedbackCommand) -> None:
    step = {"exercise": "clear_request", "step": "request"}
    good = answer(command, **step, text="Would you put your phone away when we eat tonight?")
    assert (good["lacks"], good["tip"], good["overall"]) == ([], None, "good")
    assert good["strengths"] == ["clear_doable_request"]
    weak = answer(command, **step, text="Be more supportive")
    assert (weak["issues"], weak["overall"]) == (["vague_request"], "needs_work")
    assert {"F11", "F13"} <= set(weak["lacks"])


def test_fear_is_safety_and_has_no_tip(command: FeedbackCommand) -> None:
    for line in ({"kind": "request"}, {"exercise": "clear_request", "step": "feeling"}):
        told = answer(command, **line, text="I am scared of him")
        assert told["issues"] == ["fear_of_person"]
        assert (told["tip"], told["overall"], told["strengths"]) == (None, "safety", [])


def test_a_rule_over_someone_gets_the_respectful_mirror(command: FeedbackCommand) -> None:
    told = answer(command, kind="boundary", text="You are not allowed to wear that dress")
    assert (told["issues"], told["overall"]) == (["controls_other"], "needs_work")
    assert told["tip"]


def test_wrong_lines_are_named_and_the_others_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "drafts.jsonl"
    lines = [
        '{"kind": "request", "text": "Would you call at six?"}',
        "",
        "call me",
        '{"kind": "poem", "text": "a"}',
        '{"text": "a"}',
        '{"kind": "request", "text": 7}',
        '{"exercise": "clear_request", "step": "nothing", "text": "a"}',
        '{"exercise": "nothing", "step": "a", "text": "a"}',
        "[1]",
        '{"kind": "kind_no", "text": "I can\'t this weekend"}',
    ]
    file.write_text("\n".join(lines), "utf-8")
    assert run(CONTENT, file) == 2
    out, err = capsys.readouterr()
    assert [json.loads(line)["overall"] for line in out.splitlines()] == ["good", "good"]
    told = err.splitlines()
    assert [line.split(":")[0] for line in told] == [f"Line {n}" for n in range(3, 10)]
    assert "not JSON" in told[0]
    assert "i_statement" in told[1]
    assert "room_for_no" in told[4]


def test_a_file_of_good_lines_ends_well(tmp_path: Path) -> None:
    file = tmp_path / "drafts.jsonl"
    file.write_text('{"kind": "request", "text": "Would you call at six?"}\n', "utf-8")
    assert run(CONTENT, file) == 0


def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(CONTENT, tmp_path / "none.jsonl") == 2
    assert "none.jsonl cannot be read" in capsys.readouterr().err
