"""How far "not", "used to", "she asked", "the song goes" and "I dreamt" reach over a danger."""

from __future__ import annotations

import pytest

from belay.content.spelling import with_common_spellings
from belay.domain.floor import judge
from tests.domain.the_floor import COMMON, OWN, RULES


def tier(text: str) -> int:
    return judge(text, RULES).tier


@pytest.mark.parametrize(
    "line",
    [
        "Not once in our marriage has she hit me",
        "Never have I wanted to die",
        "At no point did he threaten me",
        "I never said that my wife hit me",
        "I can't imagine ever wanting to end my life",
    ],
)
def test_a_denial_that_stands_at_the_front_or_in_the_saying_reaches_the_danger(line: str) -> None:
    assert tier(line) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Nobody knows my husband beats me",
        "I never told anyone that he hits me",
        "I don't know why she punched me",
        "not only did he hit me, he laughed",
        "it's not the first time he's hit me",
        "never wanted to die this much",
        "He says he never hit me. I have the X-ray.",
        "It isn't that he hits me every day",
        "he doesn't hit me often",
        "not kill myself before Friday, which I don't think I can promise",
    ],
)
def test_a_secret_a_frequency_and_another_persons_denial_are_no_denial(line: str) -> None:
    assert tier(line) >= 2


@pytest.mark.parametrize(
    "line",
    [
        "My therapist asked if I want to kill myself and I said no",
        "The nurse asked whether my husband hits me and I said of course not",
        "My sister thinks he beats me. He doesn't.",
        "My mum is convinced he hits me, which is nonsense",
        "Was I suicidal? No. Was I tired? Yes.",
        "The doctor wanted to know if I had a plan to kill myself, there isn't one",
        "I'd tell you if I wanted to die. I don't.",
        'The form asks "Has anyone hit you or threatened to kill you?" and I ticked no',
    ],
)
def test_what_is_only_asked_or_supposed_and_then_denied_gets_no_crisis_reply(line: str) -> None:
    assert tier(line) <= 1


@pytest.mark.parametrize(
    "line",
    [
        "I told him no and he hit me",
        "My therapist asked if I want to kill myself and I said no but I do",
        "He asked if I'm suicidal and I said no. I lied.",
        "She asked if he hits me and I said no, because he was in the room",
        "The doctor asked if I'm hurting myself and I said no, and I've got bandages on",
        "They think I've stopped wanting to die. I haven't.",
        "I never said he hit me. He did.",
        "He says I'm not really suicidal. I am.",
        "am i suicidal? no idea",
    ],
)
def test_a_no_that_was_untrue_or_about_something_else_leaves_the_danger(line: str) -> None:
    assert tier(line) >= 2


@pytest.mark.parametrize(
    "line",
    [
        "I tried to hang myself in 1998 and I've got grandchildren now",
        "I took an overdose. I was twenty. I'm fifty now.",
        "My old boss threatened me. That was ten years ago.",
        "I hit my wife once, in 1994, and I never did it again",
        "I overdosed when I was sixteen, and today I'm a nurse",
        "I stopped wanting to kill myself when she was born",
        "The suicidal thoughts are gone",
        "It's two years since I last hurt myself",
        "I was suicidal. Not any more.",
        "I used to think about killing myself. Now I open the bills with music on.",
    ],
)
def test_what_is_over_gets_care_and_no_crisis(line: str) -> None:
    assert tier(line) == 1


@pytest.mark.parametrize(
    "line",
    [
        "I used to cut myself and I did again last night",
        "I used to hit walls, now I hit her",
        "He used to hit me once a year. Now it's every payday.",
        "I used to want to die now and then. Now I want it every hour.",
        "I was suicidal in 2015, I was fine, and last night it was back",
        "he hits me like my dad did when I was a kid",
        "I haven't stopped wanting to die",
        "I can't stop thinking about killing myself",
        "nobody would notice if I was gone",
    ],
)
def test_what_is_back_or_has_never_ended_is_now(line: str) -> None:
    assert tier(line) >= 2


@pytest.mark.parametrize(
    "line",
    [
        "There's a line in that song, \"I wish I was dead\", and it's stuck in my head",
        "my favourite song goes i wanna slit my wrists and its so cringe now",
        '"I want to die," sang the tenor, and my husband snored',
        'The poster says "He beats me" and then there is a number',
        'In the podcast a woman said "my husband strangled me" and I had to pull over',
        "I dreamt that he hit me and I was cross all day",
        "Our improv teacher had me play a man who beats his son",
    ],
)
def test_the_words_of_a_work_a_sign_or_a_dream_are_nobodys_danger(line: str) -> None:
    assert tier(line) <= 1


@pytest.mark.parametrize(
    "line",
    [
        'The song says "I want to die" and so do I',
        "In the film he hits her with a belt. At home mine uses a cable.",
        'he said "I will kill you" and took the knife out',
        'my daughter texted "I want to kill myself"',
        "I had a nightmare because he hit me",
        "the priest beats the kids with a stick",
        "he pushed her against the wall and hit her",
        "we were in the middle of a film and he punched me",
        "I had a dream that I killed myself and it felt like rest",
    ],
)
def test_a_quotation_that_is_meant_and_a_story_that_is_home_stay_danger(line: str) -> None:
    assert tier(line) >= 2


@pytest.mark.parametrize(
    "line",
    [
        "He won't give me money for food unless I beg",
        "my carer reads my letters and hides my phone",
        "I can't leave the house without his permission",
        "She says she'll report me to immigration if I leave",
        "The elders decide whom I marry",
        "My boss makes us hand over our passports",
        "my mum keeps my salary and I'm 30",
        "I can only ring my sister when he's listening",
    ],
)
def test_being_controlled_is_asked_about_in_every_kind_of_bond(line: str) -> None:
    assert tier(line) >= 2


@pytest.mark.parametrize(
    "line",
    [
        "I check her phone every night and block the men",
        "I don't let my wife go out without me",
        "I keep his passport so he can't go home",
        "I decide whether she's earned her money",
        "I locked my girlfriend in the bedroom until she calmed down",
    ],
)
def test_who_controls_somebody_is_answered_about_their_own_violence(line: str) -> None:
    verdict = judge(line, RULES)
    assert verdict.tier >= 2
    assert verdict.route == "safety_harm_others"


def test_a_child_who_is_hurt_is_answered_as_a_child() -> None:
    assert judge("I'm 14. He burned me.", RULES).route == "safety_child"
    assert judge("im 13 and my stepdad hits me", RULES).route == "safety_child"


@pytest.mark.parametrize(
    "line",
    [
        "My toddler bit me and then kissed it better",
        "The news about the bakery closing hit me hard",
        "I nearly killed myself on those roller skates",
        "They whipped us at football, nine nil",
        "I'm hiding from my chatty neighbour",
        "My daughter won't let me see her drawing",
        "My landlord threatened me with a rent rise",
        "I checked my husband's phone for the plumber's number",
        "I took my son's phone for a week because of his grades",
    ],
)
def test_everyday_hurt_and_everyday_rules_are_left_alone(line: str) -> None:
    assert tier(line) <= 1


def test_the_floor_repeats_no_spelling_that_everybody_shares() -> None:
    joined = with_common_spellings(OWN, COMMON)["spelling"]
    for typed, meant in OWN["spelling"].items():
        without = {key: word for key, word in OWN["spelling"].items() if key != typed}
        others = with_common_spellings({**OWN, "spelling": without}, COMMON)["spelling"]
        assert others.get(typed) != meant, f"{typed}: is in content/language/spelling.yml"
    assert joined["gonna"] == "going to"
