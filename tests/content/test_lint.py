"""Every sentence keeps to the tone; every line has a user and every user a line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from belay.content import Content, load_content
from belay.content.exercise_shape import NEEDS
from belay.content.lint import MOST_WORDS_IN_CRISIS, check
from belay.content.readability import grade, syllables, words
from belay.domain.rehearsal import LEVELS, Reaction, Remark
from belay.services.help import HelpLines
from belay.services.safety import TOPIC

ROUTES = tuple(TOPIC)
ROOT = Path(__file__).resolve().parents[2]
CODE = [
    path
    for folder in ("belay", "actions")
    for path in (ROOT / folder).rglob("*.py")
    if path.parent.name != "content"
]
LINE = r"[a-z_]+\.[a-z0-9_.]*[a-z0-9]"
STRING = re.compile(rf'"({LINE})"')

# Ids that the code puts together, and the parts that it can put in.
FAMILIES = (
    *(f"offer.{need}" for need in NEEDS if need != "express_feeling"),
    "offer.any",
    *(f"rehearsal.remark.{remark}" for remark in Remark),
    *(
        f"rehearsal.{reaction}.{level}"
        for reaction in Reaction
        for level in range(1, LEVELS + 1)
        if reaction is not Reaction.ACCEPTS
    ),
    *(f"named.{need}" for need in NEEDS),
    *(f"named.{one}" for one in ("choose_exercise", "set_goal", "report_practice")),
    "named.talk_to_human",
    *(f"faq.{one}" for one in ("what_is", "vs_codependency", "vs_independence")),
    *(f"faq.{one}" for one in ("why_it_matters", "how_to_start", "about_exercise")),
    *(f"aside.{one}" for one in ("thanks", "joke", "unrelated", "insult_bot", "sexual")),
    *(f"aside.{one}" for one in ("jailbreak", "other_language")),
    *(f"goal.{part}_s{step}" for part in ("level", "ours") for step in range(5)),
    *(f"practice.tried_{one}" for one in ("yes", "partly")),
    *(f"help.way_{way}" for way in ("call", "text", "chat")),
    *(f"exercise.{one}" for one in ("before", "after")),
    *(f"privacy.{one}_{state}" for one in ("saving", "review") for state in ("on", "off")),
    *(f"{route}.tier3" for route in ROUTES),
    *(f"pin.needed_{act}" for act in ("delete", "export", "link", "join")),
)
MAY_BE_THERE = (
    *(f"{route}.tier2" for route in ROUTES),
    *(f"{route}.tier{tier}.again" for route in ROUTES for tier in (2, 3)),
)


def said_in_code() -> set[str]:
    return {found for path in CODE for found in STRING.findall(path.read_text("utf-8"))}


def test_every_sentence_keeps_to_the_tone(content: Content) -> None:
    assert check(content) == []


def test_every_line_that_the_code_puts_together_exists(content: Content) -> None:
    assert [line for line in FAMILIES if not content.words.has(line)] == []


def test_every_line_that_the_code_says_exists(content: Content) -> None:
    said = {
        found
        for path in CODE
        for found in re.findall(
            rf'(?:\.(?:say|_?say_help|text)|ask_again)\(\s*[^"()]*?"({LINE})"',
            path.read_text("utf-8"),
        )
    }
    assert len(said) > 60
    assert sorted(line for line in said if not content.words.has(line)) == []


def test_every_line_has_a_user(content: Content) -> None:
    used = said_in_code() | set(FAMILIES) | set(MAY_BE_THERE)
    lonely = [
        line
        for line in content.words.lines
        if line not in used and line.removesuffix(".nobody") not in used
    ]
    assert lonely == []


def test_every_button_of_the_code_exists(content: Content) -> None:
    named = {
        found
        for path in CODE
        for found in re.findall(r'\.button\(\s*"([a-z_]+)"', path.read_text("utf-8"))
    }
    assert sorted(name for name in named if name not in content.words.buttons) == []


@pytest.mark.parametrize("need", [need for need in NEEDS if need != "express_feeling"])
def test_every_need_can_be_picked_by_a_button(content: Content, need: str) -> None:
    assert content.words.button(f"need_{need}").press == f"need:{need}"


def test_every_word_of_the_widget_is_labelled(content: Content) -> None:
    asked = {
        found
        for path in (ROOT / "belay" / "widget").rglob("*")
        if path.suffix in (".js", ".html")
        for found in (
            *re.findall(r'\bsay\("([a-z_]+)"', path.read_text("utf-8")),
            *re.findall(r"\bsay\.([a-z_]+)", path.read_text("utf-8")),
        )
    }
    assert sorted(asked - set(content.widget_labels)) == []
    assert {"intro", "placeholder", "page_title"} <= set(content.widget_labels)


def test_every_refusal_that_clients_read_is_authored_and_every_sentence_has_a_user(
    content: Content,
) -> None:
    named = {"too_large", "failed"}
    for path in (ROOT / "belay").rglob("*.py"):
        text = path.read_text("utf-8")
        named |= set(re.findall(r'ToldRefusal\(\d+, "(\w+)"', text))
        named |= set(re.findall(r'super\(\).__init__\(\d+, "([a-z]+_[a-z_]+)"', text))
    assert named == set(content.widget_problems)


def test_sr_20_crisis_replies_stay_short_with_the_longest_line_in_them(content: Content) -> None:
    help_lines = HelpLines(content.helplines, content.words)
    countries = [None, *(code for code, _ in content.helplines.countries())]
    for line in content.words.lines.values():
        if not line.id.startswith("safety_"):
            continue
        for country in countries:
            text = content.words.text(
                line.id,
                "seed",
                person="your mother-in-law",
                people=content.words.text("people.told", "seed", hours="weekdays from 9 to 5"),
                **help_lines.values(country, TOPIC[line.id.split(".")[0]]),
            )
            assert len(words(text)) <= MOST_WORDS_IN_CRISIS, f"{line.id} in {country}: {text}"


@pytest.mark.parametrize("route", ROUTES)
def test_sr_20_a_tier_3_reply_has_number_line_and_the_truth_about_people(
    content: Content, route: str
) -> None:
    (text,) = content.words.lines[f"{route}.tier3"].variants
    assert "{emergency}" in text
    assert "{lines}" in text
    assert "{people}" in text


def test_sr_22_a_tier_2_reply_asks_once_and_gives_the_line_in_the_same_message(
    content: Content,
) -> None:
    asked = [name for name in content.words.lines if name.endswith(".tier2")]
    assert len(asked) >= 6
    for name in asked:
        (text,) = content.words.lines[name].variants
        assert text.count("?") == 1
        assert "{lines}" in text
        assert not re.search(r"you(?:'re| are) not|, right\?", text)


def test_a_repeated_check_does_not_ask_again(content: Content) -> None:
    for name in [name for name in content.words.lines if re.search(r"\.tier[23]$", name)]:
        (text,) = content.words.lines[f"{name}.again"].variants
        assert "?" not in text
        assert "{lines}" in text
        assert "{emergency}" in text


@pytest.mark.parametrize("route", ["safety_abuse_now", "safety_coercive_control"])
def test_someone_who_is_hurt_or_controlled_can_leave_the_page_from_the_reply(
    content: Content, route: str
) -> None:
    for tier in ("tier3", "tier3.again", "tier2", "tier2.again"):
        assert "leave_page" in content.words.lines[f"{route}.{tier}"].buttons
    assert content.words.button("leave_page").style == "leave"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Yes, no, not sure or skip: each is okay.", "You should answer.", "gives orders"),
        ("I didn't catch that.", "I feel sad.", "claims a feeling"),
        ("I didn't catch that.", "Did your wife say so?", "assumes a gender"),
        ("I didn't catch that.", "What? Why?", "more than one question"),
        ("I didn't catch that.", "That sounds toxic.", "labels people"),
        ("I didn't catch that.", "You are at high risk.", "states a risk level"),
        ("I didn't catch that.", "Now leave him.", "tells someone what to do"),
        ("I didn't catch that.", "Hm \N{SLIGHTLY SMILING FACE}", "emoji"),
        ("I didn't catch that.", "Great!!", "exclamation"),
        ("I didn't catch that.", "word " * 50, "words, at most 45"),
        (
            "I didn't catch that.",
            "Individuals experiencing considerable interpersonal difficulties necessitate "
            "professional consultation.",
            "reading grade",
        ),
    ],
)
def test_a_sentence_out_of_tone_is_found(broken_by: object, old: str, new: str, told: str) -> None:
    assert callable(broken_by)
    faults = check(load_content(broken_by("replies/gate.yml", old, new)))
    assert any(told in fault and fault.startswith("gate.unclear") for fault in faults)


def test_a_frequent_line_with_two_variants_is_found(broken_by: object) -> None:
    assert callable(broken_by)
    folder = broken_by("replies/small_talk.yml", '  - "Hi. What is on your mind?"\n', "")
    assert any("greet.hello: is said often" in fault for fault in check(load_content(folder)))


@pytest.mark.parametrize(
    ("word", "count"),
    [("people", 2), ("little", 2), ("asked", 1), ("wanted", 2), ("emergency", 4), ("quiet", 2)],
)
def test_syllables_are_counted_closely(word: str, count: int) -> None:
    assert syllables(word) == count


def test_plain_words_read_easier_than_long_ones() -> None:
    assert grade("It is late. You are tired. What would help?") < 2
    assert grade("Interpersonal communication necessitates considerable deliberation.") > 12
