from __future__ import annotations

from evaluation.data_rules import one_sided, same_twice, too_few, worn_openings
from evaluation.examples import Example
from tests.evaluation.lines import example


def many(count: int, intent: str = "say_no") -> list[Example]:
    return [example(f"line {n} goes its own way", intent, n) for n in range(count)]


def varied(text: str, line: int) -> Example:
    return example(f"{line} {text}", line=line)


def test_an_intent_with_too_few_lines_is_named_with_what_is_missing() -> None:
    complaints = {one.place: one for one in too_few([example("nope", "deny")])}

    assert "1 lines, fewer than 40" in complaints["deny"].what
    assert "39" in complaints["deny"].remedy


def test_an_intent_without_any_line_is_missed() -> None:
    places = {one.place for one in too_few([example("nope", "deny")])}

    assert {"express_feeling", "safety_suicide", "aside/unrelated"} <= places


def test_an_intent_may_lie_in_several_files() -> None:
    lines = [example(f"no {n}", "deny", n, file=f"data/nlu/{n % 2}.yml") for n in range(40)]

    assert "deny" not in {one.place for one in too_few(lines)}


def test_the_same_words_in_two_intents_are_found_whatever_case_and_punctuation() -> None:
    lines = [example("He left me.", "express_feeling", 3), example("he left me", "say_no", 8)]

    (complaint,) = same_twice(lines)

    assert complaint.place == "data/nlu/some.yml:8"
    assert "data/nlu/some.yml:3" in complaint.what
    assert "tie-breaks" in complaint.remedy


def test_an_opening_on_more_than_eight_percent_of_the_lines_is_named() -> None:
    lines = [varied("words", n) for n in range(91)]
    lines += [example(f"My mum always {n}", line=100 + n) for n in range(9)]

    (complaint,) = worn_openings(lines)

    assert "“my mum always”" in complaint.what
    assert complaint.place == "data/nlu/some.yml:100"


def test_an_opening_on_eight_percent_of_the_lines_is_let_pass() -> None:
    lines = [varied("words", n) for n in range(92)]
    lines += [example(f"My mum always {n}", line=100 + n) for n in range(8)]

    assert not list(worn_openings(lines))


def test_a_need_told_about_one_relation_in_one_voice_is_complained_of_twice() -> None:
    lines = [
        example(f"line {n}", line=n, voice="plain", relation="partner", asks=False)
        for n in range(10)
    ]

    whats = [one.what for one in one_sided(lines) if one.place == "say_no"]

    assert whats == ["only 1 relations: partner.", "only 1 voices: plain."]


def test_a_need_of_requests_alone_is_complained_of() -> None:
    voices = ("plain", "curt", "typos", "formal", "dictated")
    relations = ("partner", "ex", "boss", "friend", "child", "parent")
    lines = [
        example(f"{n}", line=n, voice=voices[n % 5], relation=relations[n % 6], asks=n % 5 > 0)
        for n in range(30)
    ]

    (complaint,) = (one for one in one_sided(lines) if one.place == "say_no")

    assert complaint.what.startswith("20% of the lines ask for nothing")
