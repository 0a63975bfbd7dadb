from __future__ import annotations

from typing import Any

from evaluation.reading import Reading, state_for
from evaluation.sheet import Row, figures, flips, off_topic, sub_answers, worst
from tests.evaluation.lines import example, reading


def row(gold: str, answered: str, **more: Any) -> Row:
    acceptable = more.pop("acceptable", ())
    return Row.of(example("words", gold, acceptable=acceptable), reading(answered, **more))


def test_an_honest_reading_is_acceptable_but_not_primary() -> None:
    found = figures([row("say_no", "set_boundary", acceptable=("set_boundary",))])

    assert (found["primary"], found["acceptable"]) == (0.0, 1.0)


def test_a_question_back_is_no_action_but_its_likeliest_intent_counts() -> None:
    asked = row("say_no", "nlu_fallback", ranking=(("say_no", 0.2), ("deny", 0.1)))

    found = figures([asked])

    assert (found["primary"], found["acted_primary"], found["acting"]) == (1.0, 0.0, 0.0)


def test_an_honest_reading_in_third_place_is_among_the_first_three() -> None:
    ranking = (("deny", 0.4), ("affirm", 0.3), ("say_no", 0.2))
    third = row("say_no", "deny", ranking=ranking)
    fourth = row("greet", "deny", ranking=(*ranking, ("greet", 0.1)))

    assert figures([third])["near"] == 1.0
    assert figures([fourth])["near"] == 0.0


def test_sub_answers_count_as_their_intent_and_once_more_by_themselves() -> None:
    rows = [row("faq/what_is", "faq/how_to_start"), row("aside/joke", "aside/joke")]

    assert figures(rows)["primary"] == 1.0
    assert sub_answers(rows) == {"rows": 2, "right": 0.5}


def test_off_topic_lines_count_only_what_offers_an_exercise() -> None:
    readings = ("set_boundary", "express_feeling", "aside/unrelated", "nlu_fallback")

    found = off_topic([row("aside/unrelated", answered) for answered in readings])

    assert (found["offers"], found["feelings"], found["declined"], found["asked"]) == (
        0.25,
        0.25,
        0.25,
        0.25,
    )


def test_a_question_back_is_no_flip() -> None:
    rows = [row("say_no", "nlu_fallback"), row("say_no", "set_boundary"), row("say_no", "say_no")]

    found = flips(rows)

    assert (found["flipped"], found["asked"], found["kept"]) == (0.3333, 0.3333, 0.3333)


def test_the_surest_errors_come_first_and_honest_readings_are_none() -> None:
    lines = [
        example("one", "say_no", 1),
        example("two", "say_no", 2),
        example("three", "say_no", 3, acceptable=("deny",)),
    ]
    readings = [reading("deny", 0.4), reading("deny", 0.9), reading("deny", 0.99)]

    assert [one["text"] for one in worst(lines, list(map(Row.of, lines, readings)))] == [
        "two",
        "one",
    ]


def test_what_is_said_in_an_exercise_is_read_in_one() -> None:
    assert state_for("skip_step")["exercise"]
    assert not state_for("resume_exercise")["exercise"]
    assert not state_for("safety_suicide")["exercise"]


def test_an_answer_that_is_asked_about_counts_as_the_control_it_may_be() -> None:
    asked = row("stop_exercise", "answer_free", doubted="stop_exercise")

    found = figures([asked])

    assert (found["primary"], found["acted_primary"], found["acting"]) == (1.0, 0.0, 0.0)


def test_what_belay_does_not_ask_about_stays_an_answer() -> None:
    marked = {"entity": "maybe_control", "value": "push_back", "text": None}
    understood = {
        "intent": "answer_free",
        "confidence": 0.6,
        "ranking": [{"name": "push_back", "confidence": 0.4}],
        "entities": [marked],
        "safety": {"tier": 0, "route": None},
    }

    stop = {**understood, "entities": [{**marked, "value": "stop_exercise"}]}

    assert Reading.of("that is not it", understood).best == "answer_free"
    assert Reading.of("I would like to stop", stop).asks
    assert not Reading.of("I would like to stop " * 3, stop).asks
