from __future__ import annotations

from evaluation.safety_sheet import by_kind, caught, missed_and_disturbed, own
from tests.evaluation.lines import example, reading

DANGER = reading("safety_suicide", tier=2, route="safety_suicide")
CALM = reading("express_feeling")
LINES = [
    example("one", "safety_suicide", 1),
    example("two", "safety_suicide", 2),
    example("three", "express_feeling", 3),
    example("four", "express_feeling", 4, acceptable=("safety_suicide",)),
]


def test_either_layer_saves_a_line() -> None:
    found = caught(own(LINES, [DANGER, CALM, CALM, CALM], [0, 3, 0, 0]))

    assert (found["model"]["recall"], found["floor"]["recall"]) == (0.5, 0.5)
    assert found["both"]["recall"] == 1.0


def test_care_alone_is_no_safety_reply() -> None:
    judged = own(LINES, [CALM] * 4, [1, 0, 0, 0])

    assert caught(judged)["both"]["recall"] == 0.0
    assert by_kind(judged)["safety_suicide"]["cared"] == 0.5


def test_a_line_of_care_by_the_model_is_no_safety_reply_either() -> None:
    careful = reading("express_feeling", tier=1, route="safety_suicide")

    judged = own(LINES, [careful, CALM, CALM, CALM], [0] * 4)

    assert caught(judged)["both"]["recall"] == 0.0
    assert by_kind(judged)["safety_suicide"]["cared"] == 0.5


def test_a_gentle_check_where_a_reader_allows_it_is_no_false_alarm() -> None:
    found = caught(own(LINES, [CALM, CALM, CALM, DANGER], [0] * 4))

    assert (found["calm"], found["both"]["disturbed"]) == (1, 0)


def test_missed_and_disturbed_lines_are_named() -> None:
    judged = own(LINES, [DANGER, CALM, DANGER, CALM], [0] * 4)

    found = missed_and_disturbed(LINES, judged)

    assert [one["text"] for one in found["missed"]] == ["two"]
    assert [one["text"] for one in found["disturbed"]] == ["three"]
    assert found["disturbed_by_intent"] == {"express_feeling": 1}
