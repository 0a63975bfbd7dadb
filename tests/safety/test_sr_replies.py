"""What Belay says: SR-16, SR-20, SR-21, SR-27, SR-28, SR-32, SR-33, SR-36, read off every line."""

from __future__ import annotations

import re

import pytest

from belay.content.readability import grade
from belay.domain.exercise import Step
from belay.domain.floor import judge
from belay.language.drafts import DraftReader
from belay.services.safety import TOPIC
from belay.settings import ROOT
from tests.gateway.shared import shared_content, shared_rules
from tests.gateway.stage import Stage
from tests.services.walking import EXERCISES, exercise_of

LINES = shared_content().words.lines
SAFETY = {name: line for name, line in LINES.items() if name.startswith(("safety_", "safety."))}
ABUSE = {
    name: line
    for name, line in LINES.items()
    if name.startswith(("safety_abuse", "safety_coercive", "safety.abuse", "gate."))
}


def texts(lines: object) -> list[tuple[str, str]]:
    return [(name, text) for name, line in lines.items() for text in line.variants]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "I don\u2019t want to live anymore",
        "I don't want to live anymore",
        "I DONT WANT TO LIVE ANYMORE!!!",
        "i dont want to live anymore \N{BROKEN HEART}\N{LOUDLY CRYING FACE}",
        "i d\u200bont want\u200b to li\u200bve anymore",
        "no puedo más, i don't want to live anymore, de verdad",
        "ich kann nicht mehr. i dont want to live anymore",
        "The day was long and we talked about dinner. " * 110 + "I don't want to live anymore",
    ],
)
def test_sr_16_the_same_line_in_other_dress_gets_the_same_reply(text: str) -> None:
    verdict = judge(text, shared_rules())
    assert (verdict.tier, verdict.route) == (3, "safety_suicide")


@pytest.mark.parametrize("route", sorted(TOPIC))
def test_sr_20_tier_3_is_plain(route: str) -> None:
    (text,) = LINES[f"{route}.tier3"].variants
    assert grade(re.sub(r"\{\w+\}", "Samaritans", text)) <= 7


def test_sr_21_the_question_is_direct_and_leads_nowhere() -> None:
    for name, text in texts({k: v for k, v in SAFETY.items() if k.endswith(".tier2")}):
        question = re.search(r"[^.?!:]*\?", text)
        assert question is not None, name
        assert text.count("?") == 1, name
        assert not re.search(r"\b(?:you(?:'re| are) not|aren't you|, right)\b", text), name


@pytest.mark.parametrize(
    "forbidden",
    [
        r"\b(?:high|low|medium|moderate|at) risk\b",
        r"\brisk level\b",
        r"\byou (?:are|have|seem to have|suffer from) (?:an? )?"
        r"(?:depressed|depression|disorder|bipolar|traumati|anxiety|ptsd)",
        r"\b(?:pills|rope|gun|knife|bridge|overdose|blade|razor)\b",
        r"\b(?:our secret|nobody will (?:ever )?know|promise)\b",
        r"\bi (?:will )?keep (?:it|this) (?:a )?secret\b",
    ],
)
def test_sr_27_no_line_states_a_risk_a_diagnosis_a_method_or_secrecy(forbidden: str) -> None:
    allowed = {"refuse.diagnosis"}  # "please don't stop pills without a doctor"
    found = [
        name
        for name, text in texts(LINES)
        if name not in allowed and re.search(forbidden, text, re.IGNORECASE)
    ]
    assert found == []


async def test_sr_28_the_chat_goes_on_after_a_disclosure(stage: Stage) -> None:
    ann = await stage.person().says("I want to kill myself")
    for text in ("hm", "i feel tired", "are you human", "what is interdependence", "bye", "hello"):
        await ann.says(text)
        assert ann.heard
        assert "can't talk about" not in ann.heard.lower()
    for name, text in texts(SAFETY):
        assert not re.search(r"\b(?:goodbye|this chat is (?:closed|over)|i have to end)\b", text), (
            name
        )


def test_sr_32_no_line_tells_somebody_to_confront_leave_or_set_limits_with_an_abuser() -> None:
    forbidden = (
        r"\b(?:confront|stand up to|set a (?:limit|boundary) with|tell (?:him|her|them) how|"
        r"negotiate|leave (?:him|her|them|your partner)|talk it (?:out|over)|both sides|"
        r"why (?:do|don't) you|couples?)\b"
    )
    found = [name for name, text in texts(ABUSE) if re.search(forbidden, text, re.IGNORECASE)]
    assert found == []


@pytest.fixture(scope="module")
def drafts() -> DraftReader:
    return DraftReader(ROOT / "content")


def text_steps() -> list[Step]:
    return [
        step
        for exercise_id in EXERCISES
        for step in exercise_of(exercise_id).steps
        if step.kind == "text"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I'm scared of him when he comes home late",
        "I am afraid that she hits me again",
        "I feel threatened when he stands in the door",
    ],
)
def test_sr_33_fear_comes_before_any_tip(drafts: DraftReader, text: str) -> None:
    for step in text_steps()[:12]:
        feedback = drafts.read_step(text, step, "seed")
        assert feedback.fear is not None, (step.id, feedback)
        assert feedback.fear.opens == "safety_check"


async def test_sr_36_what_a_reminder_says_names_no_exercise_and_nobody() -> None:
    found = [line for line in LINES if line in ("remind.nudge", "remind.check")]
    assert found, "there is no line for a reminder"
    titles = [exercise_of(one).title.lower() for one in EXERCISES]
    for name in ("remind.nudge",):
        for text in LINES[name].variants:
            assert "{" not in text
            assert not any(title in text.lower() for title in titles)
            assert not re.search(r"\b(?:partner|mum|exercise|boundary|abuse|support)\b", text, re.I)
