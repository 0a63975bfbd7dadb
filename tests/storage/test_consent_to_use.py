"""Without the consent to use, nothing of what was said outlives its turn."""

from __future__ import annotations

import pytest

from tests.gateway.stage import Stage

CANARY = "quokkaquilt"
WITHOUT_CONSENT = [
    f"i need a limit with my mum about the {CANARY}",
    f"i feel {CANARY}",
    f"{CANARY}",
    f"start boundary_builder {CANARY}",
    f"I want to kill myself because of the {CANARY}",
    f"model danger {CANARY}",
    f"/restart {CANARY}",
    f"{CANARY} " * 1000,
]


def forgets(stage: Stage, name: str = "ann") -> None:
    """Nothing of the canary is anywhere once the replies arrived."""
    stage.delivered(name)
    assert stage.tables_with(CANARY) == set()


@pytest.mark.parametrize("text", WITHOUT_CONSENT)
async def test_nothing_said_before_consent_is_in_any_table(stage: Stage, text: str) -> None:
    ann = stage.person(onboarded=False)
    await ann.says(text)
    forgets(stage)
    assert "message" not in stage.rows_in_all()
    assert "happening" not in stage.rows_in_all()


async def test_the_wait_for_the_answer_holds_the_text_in_the_inbox_and_nowhere_else(
    stage: Stage,
) -> None:
    stage.rasa.down = True
    await stage.receive("ann", f"hello {CANARY}", onboarded=False)
    assert stage.tables_with(CANARY) == {"inbox.text"}
    stage.rasa.down = False
    await stage.settled("ann")
    forgets(stage)


async def test_whom_it_was_about_is_not_kept_before_consent(stage: Stage) -> None:
    await stage.person(onboarded=False).says("i need a limit with my mum")
    stage.delivered("ann")
    assert stage.sql("SELECT topic_role, topic_words, topic_intent FROM conversation") == [
        (None, None, None)
    ]
    assert "counterpart" not in stage.rows_in_all()


async def test_the_first_words_are_taken_up_after_the_card(stage: Stage) -> None:
    ann = stage.person(onboarded=False)
    await ann.says("i need a limit with my mum")
    assert ann.lines[-1] == "welcome.card"
    await ann.presses("consent.use")
    assert ann.lines[0].startswith("offer.set_boundary")
    assert stage.sql("SELECT topic_role FROM conversation") == ["parent"]


async def test_the_first_words_are_taken_up_when_consent_is_typed(stage: Stage) -> None:
    ann = stage.person(onboarded=False)
    await ann.says("i need a limit with my mum", "yes")
    assert ann.lines[0].startswith("offer.set_boundary")


async def test_a_question_about_the_card_does_not_push_the_first_words_aside(
    stage: Stage,
) -> None:
    ann = stage.person(onboarded=False)
    await ann.says("i need a limit with my mum", "hm", "what is interdependence")
    await ann.says("hello")
    await ann.presses("consent.use")
    assert ann.lines[0].startswith("offer.set_boundary")


async def test_consent_that_had_to_be_tried_twice_still_takes_the_first_words_up(
    stage: Stage,
) -> None:
    ann = stage.person(onboarded=False)
    await ann.says("i need a limit with my mum")
    # The action runs and records its effects; then the turn fails and is thrown away.
    stage.rasa.fails_at_the_end = 1
    await ann.presses("consent.use")
    assert ann.lines[0].startswith("offer.set_boundary")


async def test_first_words_do_not_survive_a_restart(stage: Stage) -> None:
    ann = stage.person(onboarded=False)
    await ann.says("i need a limit with my mum")
    await stage.restart()
    await ann.presses("consent.use")
    assert ann.lines == ["welcome.ready"]


async def test_first_words_wait_half_an_hour_and_no_longer(stage: Stage) -> None:
    ann = stage.person(onboarded=False)
    await ann.says("i need a limit with my mum")
    stage.clock.advance(minutes=31)
    await ann.presses("consent.use")
    assert ann.lines == ["welcome.ready"]


async def test_an_old_consent_button_does_not_take_the_first_words_up_again(stage: Stage) -> None:
    ann = stage.person(onboarded=False)
    await ann.says("i need a limit with my mum")
    agree = ann.signed(next(one for one in ann.buttons if one.press == "consent.use"))
    await ann.uses(agree)
    await ann.says("start boundary_builder")
    await ann.uses(agree)
    assert not any(line.startswith("offer.") for line in ann.lines)
    assert len(stage.sql("SELECT id FROM happening WHERE kind = 'consent_change'")) == 1


async def test_what_is_said_after_consent_is_in_the_transcript(stage: Stage) -> None:
    await stage.person().says(f"i feel {CANARY}")
    assert "message.text" in stage.tables_with(CANARY)


async def test_switching_belay_off_keeps_nothing_from_then_on(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("who reads this")
    await ann.presses("consent.use_off")
    rows = stage.sql("SELECT count(*) FROM message")
    await ann.says(f"i feel {CANARY}", f"{CANARY}", f"i need a limit with my {CANARY} mum")
    assert ann.lines == ["consent.use_off"]
    forgets(stage)
    assert stage.sql("SELECT count(*) FROM message") == rows


async def test_switching_belay_off_ends_the_talk_about_an_exercise(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("start boundary_builder", "my mum", "no", "no", "no", "4")
    await ann.says("who reads this")
    await ann.presses("consent.use_off")
    await ann.says(f"time and the {CANARY}")
    assert ann.lines == ["consent.use_off"]
    await ann.says("a person please")
    assert not any(line.startswith("exercise.") for line in ann.lines)
    forgets(stage)


async def test_after_switching_belay_on_again_nothing_is_taken_for_an_answer(
    stage: Stage,
) -> None:
    ann = stage.person()
    await ann.says("start boundary_builder", "my mum", "no", "no", "no", "4")
    await ann.says("who reads this")
    await ann.presses("consent.use_off", "consent.use_on")
    await ann.says("hello")
    assert ann.lines == ["greet.paused"]
    await ann.says("go on")
    assert (ann.step, ann.state) == ("step.circle", "active")


async def test_declining_keeps_nothing_and_asks_again_next_time(stage: Stage) -> None:
    ann = stage.person(onboarded=False)
    await ann.says(f"i feel {CANARY}")
    await ann.presses("consent.decline")
    assert ann.lines == ["consent.declined"]
    forgets(stage)
    await ann.says("i need a limit with my mum")
    assert ann.lines[-1] == "welcome.card"


async def test_somebody_under_eighteen_is_not_coached_by_any_button(stage: Stage) -> None:
    ann = stage.person(onboarded=False)
    await ann.says("i need a limit with my mum")
    agree = ann.signed(next(one for one in ann.buttons if one.press == "consent.use"))
    await ann.presses("consent.minor")
    assert ann.lines == ["minor.closed"]
    await ann.uses(agree)
    assert ann.lines == ["minor.closed"]
    await ann.says("who reads this")
    if any(one.press == "consent.use" for one in ann.buttons):
        await ann.presses("consent.use")
    await ann.says("start boundary_builder")
    assert ann.lines == ["minor.closed"]
    assert stage.sql("SELECT adult, may_use FROM client") == [(0, None)]


async def test_an_adult_who_turns_out_to_be_a_child_is_neither_coached_nor_kept(
    stage: Stage,
) -> None:
    ann = stage.person()
    await ann.says("hello", f"I am 14 years old, {CANARY}")
    assert stage.sql("SELECT adult, may_use FROM client") == [(0, None)]
    forgets(stage)
    await ann.says(f"i need a limit with my mum {CANARY}")
    assert not any(line.startswith("offer.") for line in ann.lines)
    forgets(stage)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("help now", "help.now"),
        ("what is interdependence", "faq.what_is"),
        ("are you human", "human.program"),
        ("who reads this", "privacy.before"),
        ("delete my data", "delete.confirm"),
    ],
)
async def test_help_questions_and_rights_work_before_consent(
    stage: Stage, text: str, line: str
) -> None:
    ann = stage.person(onboarded=False)
    await ann.says(text)
    assert ann.lines[0] == line
