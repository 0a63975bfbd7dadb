"""The first words, the notice, the card, and the notice again."""

from __future__ import annotations

import pytest

from tests.gateway.stage import Stage
from tests.services.walking import stands_at


async def test_the_first_reply_says_what_belay_is_and_names_what_was_said(stage: Stage) -> None:
    ann = await stage.person(onboarded=False).says("i need a limit with my mum")
    assert ann.lines == ["welcome.notice", "welcome.card"]
    for words in ("computer program", "help now", "your mum"):
        assert words in ann.heard
    assert [one.press for one in ann.buttons] == [
        "consent.use",
        "consent.minor",
        "consent.explain",
        "consent.decline",
    ]


async def test_at_most_two_taps_lead_to_the_first_question(stage: Stage) -> None:
    ann = await stage.person(onboarded=False).says("i need a limit with my mum")
    await ann.presses("consent.use")
    start = next(one.press for one in ann.buttons if one.press.startswith("exercise.start"))
    await ann.presses(start)
    assert ann.step == "gate.afraid"


async def test_a_greeting_alone_gets_the_same_card(stage: Stage) -> None:
    ann = await stage.person(onboarded=False).says("hello")
    assert ann.lines == ["welcome.notice", "welcome.card"]
    await ann.presses("consent.use")
    assert ann.lines == ["welcome.ready"]


async def test_no_exercise_starts_before_the_card_is_answered(stage: Stage) -> None:
    ann = await stage.person(onboarded=False).says("start boundary_builder")
    assert ann.lines[-1] == "welcome.card"
    assert stage.sql("SELECT count(*) FROM run") == [0]


async def test_what_happens_to_my_words_can_be_asked_before_agreeing(stage: Stage) -> None:
    ann = await stage.person(onboarded=False).says("i need a limit with my mum")
    await ann.presses("consent.explain")
    assert ann.lines == ["privacy.before"]
    await ann.presses("consent.use")
    assert ann.lines[0].startswith("offer.set_boundary")


async def test_one_persons_first_words_are_not_taken_up_for_another(stage: Stage) -> None:
    ann = await stage.person("ann", onboarded=False).says("i need a limit with my mum")
    bea = await stage.person("bea", onboarded=False).says("hello")
    await bea.presses("consent.use")
    assert bea.lines == ["welcome.ready"]
    await ann.presses("consent.use")
    assert ann.lines[0].startswith("offer.set_boundary")


async def test_the_notice_comes_again_after_three_hours_and_not_before(stage: Stage) -> None:
    ann = await stage.person().says("hello")
    assert "notice.short" not in ann.lines
    stage.clock.advance(hours=2, minutes=59)
    await ann.says("hello")
    assert "notice.short" not in ann.lines
    stage.clock.advance(minutes=2)
    await ann.says("hello")
    assert ann.lines == ["notice.short", "greet.hello"]
    await ann.says("hello")
    assert ann.lines == ["greet.hello"]


async def test_the_notice_comes_at_the_first_use_of_a_new_day(stage: Stage) -> None:
    stage.clock.advance(hours=11, minutes=30)
    ann = await stage.person().says("hello")
    stage.clock.advance(hours=1)
    await ann.says("hello")
    assert ann.lines[0] == "notice.short"


async def test_the_notice_also_comes_in_the_middle_of_an_exercise(stage: Stage) -> None:
    ann = stage.person()
    await stands_at(ann, "boundary_builder", "step.circle")
    stage.clock.advance(hours=4)
    await ann.says("time")
    assert ann.lines[0] == "notice.short"
    assert ann.step == "step.ok"
    await ann.says("Visits on Sunday")
    assert "notice.short" not in ann.lines


async def test_the_notice_also_comes_with_a_pressed_answer(stage: Stage) -> None:
    ann = stage.person()
    await stands_at(ann, "boundary_builder", "step.circle")
    stage.clock.advance(hours=4)
    await ann.presses("step.option:time")
    assert ann.lines[0] == "notice.short"


async def test_the_notice_is_not_put_before_the_reply_to_danger(stage: Stage) -> None:
    ann = await stage.person().says("hello")
    stage.clock.advance(days=1)
    await ann.says("I want to kill myself")
    assert ann.lines == ["safety_suicide.tier3"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "input.empty"),
        ("   ", "input.empty"),
        ("😀😀😀", "input.only_signs"),
        ("?!...", "input.only_signs"),
        ("a" * 4001, "input.too_long"),
    ],
)
async def test_what_no_pipeline_can_read_is_answered_without_rasa(
    stage: Stage, text: str, expected: str
) -> None:
    ann = await stage.person().says(text)
    assert ann.lines == [expected]
    assert stage.rasa.turns == []


async def test_signs_around_a_crisis_are_still_read(stage: Stage) -> None:
    ann = await stage.person().says("😀😀 " + "x " * 3000 + " I want to kill myself")
    assert ann.lines == ["safety_suicide.tier3"]


@pytest.mark.parametrize("text", ["1", "#1", "1.", "1)", "show me the EXERCISES"])
async def test_a_button_can_be_typed_by_number_or_title(stage: Stage, text: str) -> None:
    ann = await stage.person().says("hello")
    numbers = [one.press for one in ann.buttons]
    await ann.says(text)
    assert stage.rasa.turns[-1]["press"] is not None
    pressed = stage.rasa.turns[-1]["press"]["entities"][0]["value"]
    assert pressed == (numbers[0] if text[0] in "1#" else "menu.all")


async def test_a_number_beyond_the_buttons_is_just_text(stage: Stage) -> None:
    await stage.person().says("hello", "99")
    assert stage.rasa.turns[-1]["press"] is None


async def test_sr_46_two_misses_in_a_row_offer_a_person_and_the_menu(stage: Stage) -> None:
    ann = await stage.person().says("blorp")
    assert ann.lines == ["fallback.choices"]
    await ann.says("blorp blorp")
    assert ann.lines == ["fallback.again"]
    assert {"menu.all", "human.ask"} <= {one.press for one in ann.buttons}
    await ann.says("i need a limit with my mum", "blorp")
    assert ann.lines == ["fallback.choices"]


async def test_every_button_that_is_ever_shown_leads_somewhere(stage: Stage) -> None:
    """No press of content/replies/buttons.yml ends at "that button leads nowhere"."""
    words = stage.belay.content.words
    examples = {
        "exercise": "boundary_builder",
        "role": "parent",
        "option": "time",
        "step": "ok",
        "id": "x",
        "code": "GB",
        "run": "x",
        "talk": "x",
        "practice": "x",
        "time": "+1 19:00",
        "zone": "Europe/London",
        "goal": "x",
        "level": "s1",
        "hours": "22-7",
    }
    for shape in words.buttons.values():
        press = shape.press
        for name, value in examples.items():
            press = press.replace(f"{{{name}}}", value)
        assert "{" not in press
        ann = stage.person(press[:40])
        await ann.says("hello")
        button = type("B", (), {"title": "x", "press": press})
        await ann.uses(ann.signed(button))
        assert ann.lines, press
        assert "press.gone" not in ann.lines, press
        assert "gateway.failed" not in ann.lines, press
