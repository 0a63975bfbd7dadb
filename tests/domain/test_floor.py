"""The safety floor: nobody in danger is missed, and ordinary coaching talk is left alone."""

import random
import re
import time
from typing import Any

import pytest

from belay.domain.floor import Verdict, judge, rules_from
from belay.domain.floor_rules import Rule
from belay.domain.normalise import plain
from tests.domain.the_floor import FLOOR, RULES

HITS = [(rule, line) for rule in RULES.rules for line in rule.hits]
MISSES = [line for rule in RULES.rules for line in rule.misses]


def tier(text: str) -> int:
    return judge(text, RULES).tier


@pytest.mark.parametrize(("rule", "line"), HITS)
def test_a_hit_line_comes_out_with_the_tier_and_route_of_its_rule(rule: Rule, line: str) -> None:
    verdict = judge(line, RULES)
    assert (verdict.tier, verdict.route, verdict.layer) == (rule.tier, rule.route, "floor")


@pytest.mark.parametrize("line", MISSES)
def test_a_near_line_stays_below_the_direct_question(line: str) -> None:
    assert tier(line) < 2


def test_every_rule_shows_lines_on_both_sides() -> None:
    for rule in RULES.rules:
        assert rule.hits, f"rule {rule.id} needs hits"
        assert rule.misses, f"rule {rule.id} needs misses"


def test_anchors_hide_no_match() -> None:
    lines = [line for rule in RULES.rules for line in (*rule.hits, *rule.misses)]
    for line in lines:
        text = plain(line, RULES.spelling).text
        for index in (RULES.patterns, RULES.masks):
            near = {number for number, _ in index.matches(text)}
            for number, pattern in enumerate(index.patterns):
                if pattern.search(text):
                    assert number in near, f"{line!r}: an anchor is missing in {pattern.pattern}"


def test_what_is_denied_gets_care_and_not_silence() -> None:
    for line in (
        "I'm not suicidal, just sad",
        "I don't want to die, I want a rest",
        "he has never hit me",
        "I have never cut myself",
        "I would never hurt myself",
        "I don't think I want to kill myself",
        "it's not that I want to die",
    ):
        assert tier(line) == 1, line


def test_a_denial_that_turns_is_asked_about() -> None:
    assert tier("I don't want to kill myself but I can't go on") == 2
    assert tier("I'm not suicidal though some nights I wonder") == 2
    assert tier("he never hit me before yesterday") == 2


def test_a_negation_in_the_clause_before_does_not_reach_a_statement_of_its_own() -> None:
    for line in (
        "when he won't get in the bath I hit him with the towel",
        "when she didn't answer the phone he punched me",
    ):
        assert tier(line) == 3, line
    for line in ("I don't think that I hit him",):
        assert tier(line) < 2, line


def test_a_negation_elsewhere_in_the_sentence_does_not_soften_a_crisis() -> None:
    for line in (
        "no, I want to die",
        "no i want to die",
        "I'm not okay and I want to die",
        "I can't sleep, can't eat, I'm going to kill myself",
        "I don't know if I want to die or just sleep",
        "I can't say I'm not suicidal",
        "not gonna lie i want to kill myself",
        "why don't I just kill myself",
        "I have never wanted to die so much",
        "nobody knows that I want to kill myself",
    ):
        assert tier(line) >= 2, line


def test_what_is_long_past_gets_care_unless_it_is_back() -> None:
    assert tier("I was suicidal in 2015") == 1
    assert tier("as a teenager I used to cut myself") == 1
    assert tier("My first husband beat me, twenty years ago") == 1
    assert tier("I was suicidal in 2015 and now it is back") == 3
    assert tier("I used to cut myself as a kid and last night I did it again") == 3
    assert tier("When I was 15 I was happy, now I want to kill myself") == 3


def test_a_story_is_not_a_crisis_until_it_becomes_one() -> None:
    assert tier("in the film he kills himself") == 1
    assert tier("in the film she kills herself and I want to do it too") == 2
    assert tier("watching a movie and I want to die") == 3


def test_worry_about_someone_else_goes_to_its_own_reply() -> None:
    for line in (
        "my brother is suicidal",
        "my wife told me she wants to die",
        'my daughter texted "I want to kill myself"',
        "my friend keeps cutting herself",
    ):
        verdict = judge(line, RULES)
        assert (verdict.tier, verdict.route) == (2, "safety_third_party_worry"), line


def test_a_person_named_nearby_does_not_turn_a_crisis_into_worry() -> None:
    for line in (
        "I love my husband and want to die",
        "my wife left me and i want to die",
        "he makes me want to die",
        "my sister doesn't know I'm suicidal",
    ):
        assert judge(line, RULES).route == "safety_suicide", line
        assert tier(line) == 3, line


def test_an_idiom_hides_only_itself() -> None:
    assert tier("this traffic is killing me") == 0
    assert tier("this traffic is killing me and I want to kill myself") == 3
    assert tier("my feet are killing me") == 0
    assert tier("beat my brother at chess, then he punched me in the face") == 3


@pytest.mark.parametrize(
    "line",
    [
        "he beats me",
        "I told my friend that he hit me",
        "we were watching the game and he hit me in the face",
        "he took his things and I want to kill myself",
        "I want to be dead right now",
        "I want to kill myself to make it stop",
        "I'd rather die than live like this",
        "he threw me out of the car",
        "I burn myself with the iron on purpose",
        "I took all the pills my doctor gave me",
        "I pull my hair and cut myself",
        "he won't let me talk to anyone at work",
        "I hit him, it was an accident, he is bleeding lol",
        "we argued and it got physical again",
    ],
)
def test_innocent_words_nearby_hide_no_danger(line: str) -> None:
    assert tier(line) >= 2


@pytest.mark.parametrize(
    "line",
    [
        "I WANT TO KILL MYSELF",
        "i want to k1ll mys3lf",
        "I want to kill my\u200bself",
        "I\u2019m going to kill myself",
        "i wanna kil my self \U0001f622",
        "i want to kiiiill myyyself!!!",
        "no puedo m\u00e1s. I want to kill myself",
        "I want to\n\nkill myself",
        "i want to kill myslef",
        "Ich kann nicht mehr, i want to die",
    ],
)
def test_a_disguise_makes_no_difference(line: str) -> None:
    assert judge(line, RULES).rule in ("SUI3-act", "SUI3-wish")
    assert tier(line) == 3


@pytest.mark.parametrize(
    "line",
    [
        "I want to ask my mum to call before she comes",
        "can't take any more meetings",
        "he pushed me to apply",
        "I feel sad that we never talk",
        "She always leaves the dishes and I do it all",
        "We fight about money every week",
        "I'm dead tired",
        "my boss is killing it",
        "I need space from my sister",
        "I said sorry four times",
        "He broke up with me last night and I can't stop crying",
        "7",
        "I'm 15 minutes late again",
        "my phone died",
        "\U0001f642",
        "<b>hello</b>",
        "",
    ],
)
def test_ordinary_talk_is_left_alone(line: str) -> None:
    assert judge(line, RULES) == Verdict()


def test_the_help_words_open_the_help_page() -> None:
    for line in ("help now", "HELP NOW!!", "sos", "helpline please", "i need help now", "911"):
        verdict = judge(line, RULES)
        assert (verdict.tier, verdict.route, verdict.rule) == (1, None, "HELP"), line
    assert judge("help now, I want to die", RULES).tier == 3
    assert judge("I'm not suicidal. help now", RULES).rule == "HELP"


def test_the_span_marks_the_words_that_were_typed() -> None:
    text = "After dinner\u2026 I  wanna  k1ll   my self, ok"
    span = judge(text, RULES).span
    assert span is not None
    assert text[slice(*span)] == "k1ll   my self"


def test_a_crisis_line_at_the_end_of_a_long_message_counts() -> None:
    talk = "We talked about the dishes and the rent and who drives on Sunday. "
    text = (talk * 100)[:5960] + " and I want to kill myself"
    assert tier(text) == 3


def test_long_messages_are_judged_quickly() -> None:
    """A generous bound, so that a busy machine does not fail it; it stops runaway patterns."""
    words = re.findall(r"[a-z']+", FLOOR.read_text(encoding="utf-8").lower())
    random.seed(7)
    hard = [
        " ".join(random.choices(words, k=1500))[:6000],
        ("my brother is suicidal " * 300)[:6000],
        ("he just really just always " * 300)[:6000],
        ("k i l l " * 800)[:6000],
        "a" * 6000,
        "aaabbb" * 1000,
    ]
    for text in hard:
        started = time.perf_counter()
        judge(text, RULES)
        assert time.perf_counter() - started < 1.0, text[:40]


def test_the_worse_verdict_wins_and_a_tie_keeps_the_first() -> None:
    floor = Verdict(2, "safety_suicide", "floor", "SUI2-signs")
    model = Verdict(3, "safety_suicide", "model", None)
    assert floor.worse(model) is model
    assert model.worse(floor) is model
    assert floor.worse(Verdict(2, "safety_abuse_now", "context", "x")) is floor
    assert Verdict().as_dict() == {"tier": 0, "route": None, "layer": None, "rule": None}


def minimal(**rule: Any) -> dict[str, Any]:
    entry = {"id": "X", "tier": 2, "route": "r", "patterns": ["[[word]]"], **rule}
    return {"rules": [entry]}


def test_rules_without_context_take_every_hit_at_its_word() -> None:
    rules = rules_from(minimal(tier=3))
    assert judge("not that word", rules).tier == 3


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (minimal(id=""), "needs an id"),
        (minimal(tier=4), "tier has to be"),
        (minimal(speaker="me"), "speaker has to be"),
        (minimal(patterns=["no anchor"]), "needs an [[anchor]]"),
        (minimal(patterns=["[[word]] ("]), "not a regular expression"),
        (minimal(patterns=["{nobody} [[word]]"]), "unknown word list"),
        (minimal(patterns=["[[ab*]]"]), "the anchor"),
        ({"rules": [minimal()["rules"][0]] * 2}, "used twice"),
        ({"rules": {}}, "rules: has to be a list"),
        ({"spelling": []}, "spelling: has to be a mapping"),
    ],
)
def test_wrong_rules_are_refused_with_the_reason(data: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        rules_from(data)
