"""SR-01 to SR-05, and SR-40: what comes first, and what is never in the way of help."""

from __future__ import annotations

import pytest

from tests.gateway.shared import shared_content
from tests.gateway.stage import ADULT, Stage
from tests.services.walking import begins


async def test_sr_01_the_first_turn_says_what_belay_is_before_any_question(stage: Stage) -> None:
    for variant in shared_content().words.lines["welcome.notice"].variants:
        said = variant.lower()
        assert "program" in said
        assert "person" in said
        assert "therapy" in said
        assert "emergency" in said
        assert "?" not in said
    ann = await stage.person(onboarded=False).says("i need a limit with my mum")
    assert ann.lines == ["welcome.notice", "welcome.card"]
    assert "no person reads along unless" in ann.heard.lower()


async def test_sr_02_the_notice_comes_again_each_day_and_each_three_hours(stage: Stage) -> None:
    ann = await stage.person().says("hello")
    seen = []
    for hours in (2, 2, 20):
        stage.clock.advance(hours=hours)
        await ann.says("thanks")
        seen.append("notice.short" in ann.lines)
    assert seen == [False, True, True]


@pytest.mark.parametrize("inside", [False, True])
async def test_sr_03_are_you_human_is_answered_in_the_same_turn(stage: Stage, inside: bool) -> None:
    ann = stage.person()
    if inside:
        await begins(ann, "boundary_builder")
    await ann.says("are you human")
    assert ann.lines[0] == "human.program"
    assert "program" in ann.heard


@pytest.mark.parametrize("way", ["I'm under 18", "I am 15 years old", "Not now"])
async def test_sr_04_no_path_but_the_adults_leads_to_an_exercise(stage: Stage, way: str) -> None:
    ann = await stage.person(onboarded=False).says("i need a limit with my mum", way)
    for text in ("start boundary_builder", "the exercises", "go on"):
        await ann.says(text)
        assert ann.state is None
    assert stage.sql("SELECT count(*) FROM run") == [0]


@pytest.mark.parametrize("way", ["I'm under 18", "I am 15 years old"])
async def test_sr_04_somebody_under_18_sees_lines_for_young_people(stage: Stage, way: str) -> None:
    ann = await stage.person(onboarded=False).says("hello", way)
    assert ann.last is not None
    assert any(reply.card and reply.card.kind == "lines" for reply in ann.last.replies)


async def test_sr_05_help_comes_before_consent_age_and_country(stage: Stage) -> None:
    ann = await stage.person(onboarded=False).says("help now")
    assert ann.lines == ["help.now"]
    assert "findahelpline.com" in ann.heard
    assert stage.rasa.turns == []


async def test_sr_05_the_country_is_asked_once(stage: Stage) -> None:
    ann = await stage.person().says("help now")
    await ann.presses("country.choose", "country.set:GB")
    await ann.says("help now")
    assert "999" in ann.heard
    assert not any(button.press == "country.choose" for button in ann.buttons)


async def test_sr_40_consents_are_apart_off_at_first_and_changed_by_chat(stage: Stage) -> None:
    ann = await stage.person(onboarded=False).says("hello", ADULT)
    columns = "SELECT may_use, may_save, may_review FROM client"
    assert stage.sql(columns) == [(1, None, None)]
    await ann.says("who reads this")
    await ann.presses("consent.save_on")
    assert stage.sql(columns) == [(1, 1, None)]
    await ann.says("who reads this")
    await ann.presses("consent.review_on")
    assert stage.sql(columns) == [(1, 1, 1)]
    await ann.says("who reads this")
    await ann.presses("consent.save_off")
    assert stage.sql(columns) == [(1, 0, 1)]
