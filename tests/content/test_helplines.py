"""Help lines: nothing is shown without a source, nobody is left without a way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from belay.content import Content, load_content
from belay.services.help import HelpLines

TOPICS = ("crisis", "abuse", "child", "own_behaviour")
LOOKED_UP = date(2026, 11, 23)


def test_every_country_gives_a_number_and_a_line_for_every_topic(content: Content) -> None:
    for code in (None, *(code for code, _ in content.helplines.countries())):
        for topic in TOPICS:
            found = content.helplines.find(code, topic)
            assert found.emergency
            assert found.lines, f"{code} has no line for {topic}"


def test_the_lines_of_the_topic_come_first_then_crisis(content: Content) -> None:
    topics = [line.topic for line in content.helplines.find("GB", "own_behaviour").lines]
    assert topics == ["own_behaviour", "crisis", "crisis"]
    assert content.helplines.find("US", "own_behaviour").lines[0].topic == "crisis"


def test_an_unknown_country_gets_the_worlds_lines(content: Content) -> None:
    found = content.helplines.find("ZZ", "abuse")
    assert found.country is None
    assert found.emergency == "your local emergency number"
    assert found.lines[0].chat == "https://findahelpline.com"
    assert found == content.helplines.find(None, "abuse")


@pytest.mark.parametrize("country", [None, "ZZ"])
def test_the_help_page_of_an_unknown_country_leads_to_no_other_country(
    content: Content, country: str | None
) -> None:
    page = HelpLines(content.helplines, content.words).page(country)
    assert page["emergency"] == "In danger now: your local emergency number"
    (line,) = page["lines"]
    assert (line["chat"], line["url"]) == ("https://findahelpline.com", None)


def test_sr_45_every_line_that_is_shown_has_a_source_and_a_way_to_reach_it(
    content: Content,
) -> None:
    for code in (None, *(code for code, _ in content.helplines.countries())):
        for topic in TOPICS:
            for line in content.helplines.find(code, topic).lines:
                assert line.source_url
                assert line.call or line.text or line.chat


def test_nobody_is_claimed_to_have_checked_a_line(content: Content) -> None:
    """Only a person fills these fields; delete this test when one has."""
    for code in (None, *(code for code, _ in content.helplines.countries())):
        for topic in TOPICS:
            assert all(
                line.verified_on is None for line in content.helplines.find(code, topic).lines
            )


def test_lines_without_a_source_stay_hidden_and_are_reported(content: Content) -> None:
    shown = [line.name for line in content.helplines.find("IE", "abuse").lines]
    assert "Men's Aid" not in shown
    report = content.helplines.report(LOOKED_UP)
    assert "Ireland: Men's Aid is hidden (switched off, or without a source)." in report


def test_a_line_that_was_switched_off_stays_hidden(
    broken_by: Callable[[str, str, str], Path],
) -> None:
    folder = broken_by("helplines/GB.yml", 'text: "85258"', 'text: "85258"\n  enabled: false')
    shown = [line.name for line in load_content(folder).helplines.find("GB", "crisis").lines]
    assert shown == ["Samaritans"]


def test_sr_45_unchecked_and_old_lines_are_reported_but_shown(content: Content) -> None:
    fresh = content.helplines.report(LOOKED_UP)
    old = content.helplines.report(LOOKED_UP + timedelta(days=91))
    assert "United Kingdom: Samaritans is not checked by a person." in fresh
    assert "United Kingdom: Samaritans was last looked at on 2026-11-23; look again." in old
    assert not any("look again" in line for line in fresh)


@pytest.mark.parametrize("code", ["US", "GB", "IE", "CA", "AU", "NZ"])
def test_the_first_crisis_line_can_be_reached_by_phone(content: Content, code: str) -> None:
    assert content.helplines.find(code, "crisis").lines[0].call


def test_countries_are_offered_by_name_in_order(content: Content) -> None:
    names = [name for _, name in content.helplines.countries()]
    assert names == sorted(names)
    assert ("GB", "United Kingdom") in content.helplines.countries()
