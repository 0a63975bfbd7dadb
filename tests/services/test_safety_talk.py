"""After a layer fired: what is asked, what follows, and the way back. The record stays."""

from __future__ import annotations

import pytest

from tests.gateway.stage import Stage
from tests.services.walking import begins, stands_at

CRISIS = "I want to kill myself"
CHECK = "life is pointless"


def phase(stage: Stage) -> str:
    """Where the conversation stands."""
    return stage.sql("SELECT json_extract(safety, '$.phase') FROM conversation")[0]


@pytest.mark.parametrize("text", ["no", "you misunderstood", "No"])
async def test_sr_23_a_no_to_the_check_is_believed_kindly_and_the_record_stays(
    stage: Stage, text: str
) -> None:
    ann = await stage.person().says(CHECK, text)
    assert ann.lines == ["safety.thanks_no"]
    assert "findahelpline.com" in ann.heard
    assert stage.sql("SELECT tier FROM safety_event") == [2]
    await ann.says("i need a limit with my mum")
    assert ann.lines[0].startswith("offer.set_boundary")


@pytest.mark.parametrize("press", ["safety.choose:yes", "safety.choose:unsure"])
async def test_a_yes_or_not_sure_brings_the_full_reply(stage: Stage, press: str) -> None:
    ann = await stage.person().says(CHECK)
    await ann.presses(press)
    assert ann.lines == ["safety_suicide.tier3"]
    assert stage.sql("SELECT tier, layer, rule FROM safety_event ORDER BY tier") == [
        (2, "floor", "SUI2-signs"),
        (3, "context", "confirmed"),
    ]
    assert phase(stage) == "crisis"


async def test_a_typed_yes_brings_the_full_reply(stage: Stage) -> None:
    ann = await stage.person().says(CHECK, "yes")
    assert ann.lines == ["safety_suicide.tier3"]


async def test_somebody_who_said_no_can_still_say_yes(stage: Stage) -> None:
    ann = await stage.person().says(CHECK)
    yes = ann.signed(next(one for one in ann.buttons if one.press == "safety.choose:yes"))
    await ann.says("no")
    await ann.uses(yes)
    assert ann.lines == ["safety_suicide.tier3"]
    assert phase(stage) == "crisis"


async def test_sr_23_the_question_is_asked_once_and_not_again_and_again(stage: Stage) -> None:
    ann = await stage.person().says(CHECK)
    question = ann.heard
    for text in ("i feel tired", "model crisis", CHECK, "hm"):
        await ann.says(text)
        assert ann.heard != question
        assert ann.lines[0] != "safety_suicide.tier2"
        assert "findahelpline.com" in ann.heard


@pytest.mark.parametrize("text", ["no", "i feel tired", "hello", "start x", "yes"])
async def test_in_a_crisis_no_message_ends_the_talk_or_starts_coaching(
    stage: Stage, text: str
) -> None:
    ann = await stage.person().says(CRISIS, text)
    assert ann.lines == ["safety.still_here"]
    assert ann.buttons
    assert stage.sql("SELECT count(*) FROM safety_event") == [1]
    assert phase(stage) == "crisis"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("are you human", "human.program"),
        ("delete my data", "delete.confirm"),
        ("send me my data", "export.ready"),
        ("a person please", "human.nobody"),
        ("help now", "help.now"),
    ],
)
async def test_rights_people_and_help_stay_open_in_a_crisis(
    stage: Stage, text: str, line: str
) -> None:
    ann = await stage.person().says(CRISIS, text)
    assert ann.lines == [line]


async def test_in_a_crisis_a_protest_is_heard_and_the_record_stays(stage: Stage) -> None:
    ann = await stage.person().says(CRISIS, "you misunderstood")
    assert ann.lines == ["safety.thanks_no"]
    assert "findahelpline.com" in ann.heard
    assert stage.sql("SELECT tier FROM safety_event") == [3]
    assert phase(stage) == "aftercare"


@pytest.mark.parametrize(
    ("choice", "line"),
    [
        ("with_someone", "safety.with_someone"),
        ("not_it", "safety.thanks_no"),
    ],
)
async def test_ways_out_of_a_crisis(stage: Stage, choice: str, line: str) -> None:
    ann = await stage.person().says(CRISIS)
    await ann.presses(f"safety.choose:{choice}")
    assert ann.lines == [line]
    assert phase(stage) == "aftercare"


async def test_the_lines_can_be_seen_again_without_leaving_the_crisis(stage: Stage) -> None:
    ann = await stage.person().says(CRISIS)
    await ann.presses("safety.choose:lines")
    assert ann.lines == ["help.now"]
    assert phase(stage) == "crisis"


async def test_the_same_danger_again_is_answered_shorter_and_recorded_again(
    stage: Stage,
) -> None:
    ann = await stage.person().says(CRISIS, CRISIS)
    assert ann.lines == ["safety_suicide.tier3.again"]
    assert stage.sql("SELECT count(*) FROM safety_event") == [2]


async def test_a_worse_danger_after_a_no_is_met_again(stage: Stage) -> None:
    ann = await stage.person().says(CHECK, "no", CRISIS)
    assert ann.lines[0] == "safety_suicide.tier3"
    assert phase(stage) == "crisis"


async def test_the_first_hello_after_a_crisis_looks_back_kindly_and_once(stage: Stage) -> None:
    ann = await stage.person().says(CRISIS)
    await ann.presses("safety.choose:with_someone")
    await ann.says("hello")
    assert ann.lines == ["greet.aftercare"]
    await ann.says("hello")
    assert ann.lines == ["greet.hello"]


async def test_a_paused_exercise_is_resumed_by_asking_only(stage: Stage) -> None:
    ann = stage.person()
    await stands_at(ann, "boundary_builder", "step.ok")
    await ann.says(CRISIS)
    await ann.presses("safety.choose:with_someone")
    for text in ("Visits on Sunday", "time", "hello", "what is interdependence", "thanks"):
        await ann.says(text)
        assert stage.sql("SELECT state FROM run") == ["paused"], text
    await ann.says("go on")
    assert (ann.step, ann.state) == ("step.ok", "active")


@pytest.mark.parametrize("staffed", [False, True])
@pytest.mark.parametrize("review", [False, True])
async def test_people_are_said_to_be_told_only_when_that_is_true(
    home, clock, staffed: bool, review: bool
) -> None:  # type: ignore[no-untyped-def]
    stage = await Stage(home, clock, staffed=staffed, staffed_hours="weekdays 9 to 5").open()
    ann = await stage.person().says("who reads this")
    if review:
        await ann.presses("consent.review_on")
    await ann.says(CRISIS)
    told = (
        stage.belay.content.words.lines["people.told"]
        .variants[0]
        .replace("{hours}", "weekdays 9 to 5")
    )
    nobody = stage.belay.content.words.lines["people.none"].variants[0]
    assert (told in ann.heard) is (staffed and review)
    assert (nobody in ann.heard) is not (staffed and review)
    await stage.close()


async def test_a_person_is_only_promised_where_people_are(home, clock) -> None:  # type: ignore[no-untyped-def]
    stage = await Stage(home, clock, staffed=True, staffed_hours="weekdays 9 to 5").open()
    ann = await stage.person().says("a person please")
    assert ann.lines == ["human.needs_review"]
    await ann.presses("consent.review_on")
    await ann.says("a person please")
    assert ann.lines == ["human.asked"]
    assert "weekdays 9 to 5" in ann.heard
    await stage.close()


async def test_the_country_is_asked_when_a_line_is_shown_and_kept(stage: Stage) -> None:
    ann = await stage.person().says("help now")
    await ann.presses("country.choose")
    assert ann.lines == ["help.which_country"]
    await ann.presses("country.set:GB")
    assert ann.lines == ["help.now"]
    assert "999" in ann.heard
    await ann.says(CRISIS)
    assert "999" in ann.heard
    assert not any(one.press == "country.choose" for one in ann.buttons)


async def test_an_unknown_country_still_gets_the_worlds_lines(stage: Stage) -> None:
    ann = await stage.person().says("help now")
    await ann.presses("country.choose")
    await ann.presses("country.set:ZZ")
    assert "findahelpline.com" in ann.heard


async def test_sr_50_exercises_that_are_switched_off_cannot_be_started_and_help_stays(
    home, clock
) -> None:  # type: ignore[no-untyped-def]
    stage = await Stage(home, clock, exercises_open=False).open()
    ann = await stage.person().says("start boundary_builder")
    assert ann.lines == ["exercise.switched_off"]
    await ann.says("help now")
    assert ann.lines == ["help.now"]
    await stage.close()


async def test_what_is_chosen_under_a_safety_reply_is_noted_without_words(stage: Stage) -> None:
    ann = await stage.person().says(CHECK)
    await ann.presses("safety.choose:no")
    kinds = stage.sql("SELECT kind, data FROM happening")
    assert ("safety_choice", '{"choice": "no", "route": "safety_suicide"}') in kinds


async def test_an_exercise_with_somebody_else_stays_open_after_danger_with_one_person(
    stage: Stage,
) -> None:
    ann = stage.person()
    await ann.says("model danger my partner")
    await ann.presses("safety.choose:yes")
    await ann.presses("safety.choose:other_support")
    await begins(ann, "support_match", about="my sister")
    assert ann.step == "step.situation"
