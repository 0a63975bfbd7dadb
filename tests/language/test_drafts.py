"""Feedback on drafts: praise in the client's words, at most one tip, safety before all."""

import time

import pytest

from belay.domain.exercise import Step
from belay.domain.feedback import Feedback
from belay.language.drafts import DraftReader

OBSERVATION = {"need": ["F13"], "ban": ["F01", "F02", "F05", "F06", "F07", "F08"]}
FEELING = {"need": ["F36"], "ban": ["F02", "F03", "F04", "F09"]}
NEED = {"need": ["F37"], "ban": ["F33", "F08"]}
REQUEST = {"need": ["F11", "F13"], "ban": ["F08", "F10", "F12", "F31"]}
ROOM_FOR_NO = {"ban": ["F10", "F08"]}
SITUATION = {"ban": ["F38"]}
AMOUNT = {"need": ["F13"], "ban": ["F12"]}
HELPS = {"ban": ["F12", "F08", "F01"]}
NOT_HELP = {"ban": ["F05", "F01"]}
GIVE_BACK = {"need_any": ["F27", "F11"]}
OK = {"ban": ["F31", "F08"]}
NOT_OK = {"ban": ["F31", "F05", "F01"]}
LIMIT_REQUEST = {"need": ["F11"], "ban": ["F12", "F10", "F31", "F08"]}
SELF_ACTION = {"need": ["F32"], "ban": ["F10", "F31", "F35"]}
Checks = dict[str, list[str]]


def read(reader: DraftReader, text: str, checks: Checks, seed: str = "", **more: int) -> Feedback:
    return reader.read(
        text,
        "text",
        checks.get("need", []),
        checks.get("need_any", []),
        checks.get("ban", []),
        more.get("max_words"),
        seed,
    )


@pytest.mark.parametrize(
    ("checks", "text"),
    [
        (OBSERVATION, "On Tuesday you looked at your phone while I told you about my test."),
        (OBSERVATION, "Yesterday the dishes were in the sink when I got home."),
        (OBSERVATION, "last night you went to your room without saying hi"),
        (OBSERVATION, 'On Saturday you said "you are so boring" in front of Kim'),
        (OBSERVATION, "You said I was selfish when we talked on Sunday"),
        (OBSERVATION, "mum opened my post on thursday and read it out"),
        (FEELING, "I felt hurt and a bit lonely"),
        (FEELING, "sad and tired"),
        (FEELING, "I feel sad that we never talk"),
        (FEELING, "pretty overwhelmed and lonley"),
        (FEELING, "empty"),
        (NEED, "connection at the end of the day"),
        (NEED, "I need rest"),
        (NEED, "to feel that i matter to him"),
        (REQUEST, "Would you put your phone away when we eat tonight?"),
        (REQUEST, "Could we talk for ten minutes before bed on Sunday?"),
        (REQUEST, "could u text me first, before 8pm?"),
        (REQUEST, "I\u2019d like you to call when you are going to be late"),
        (ROOM_FOR_NO, "What would work for you instead?"),
        (ROOM_FOR_NO, "Okay. Can we look at it again on Friday?"),
        (SITUATION, "My mum is ill and I drive there twice a week."),
        (AMOUNT, "Ten minutes after dinner."),
        (AMOUNT, "One lift on Thursday."),
        (HELPS, "Sit with me and let me talk."),
        (HELPS, "Take the kids for an hour."),
        (NOT_HELP, "Fixing it before I finish."),
        (NOT_HELP, "Ten texts a day."),
        (NOT_HELP, "being told to calm down"),
        (GIVE_BACK, "What would you like from me this week?"),
        (GIVE_BACK, "Would you like ears or ideas?"),
        (GIVE_BACK, "I will ask what she would like"),
        (OK, "Calls until eight in the evening."),
        (NOT_OK, "Work calls after eight."),
        (NOT_OK, "Jokes about my body."),
        (NOT_OK, "You can\u2019t shout at me"),
        (NOT_OK, "going through my phone"),
        (LIMIT_REQUEST, "Would you text me before you drop by?"),
        (LIMIT_REQUEST, "Please send work messages before eight."),
        (SELF_ACTION, "I will end the call and reply in the morning."),
        (SELF_ACTION, "I'll leave the room and come back in 30 minutes."),
        (SELF_ACTION, "hang up"),
        (SELF_ACTION, "i wont lend him money again"),
    ],
)
def test_a_good_answer_gets_no_tip(reader: DraftReader, checks: Checks, text: str) -> None:
    feedback = read(reader, text, checks)
    assert (feedback.tip_id, feedback.missing) == (None, ())
    assert feedback.fear is None
    assert feedback.rule_over_other is None


@pytest.mark.parametrize(
    ("checks", "text", "tip"),
    [
        (OBSERVATION, "You never listen to me", "F01"),
        (OBSERVATION, "The way you left at dinner was rude", "F07"),
        (OBSERVATION, "You don't care about my day", "F06"),
        (OBSERVATION, "yesterday at 6 you should have called", "F08"),
        (OBSERVATION, "He left his plates in the sink", "F13"),
        (OBSERVATION, "You\u2019re such a liar", "F05"),
        (FEELING, "I felt like you don't want me around", "F02"),
        (FEELING, "I feel that you never listen", "F02"),
        (FEELING, "I felt ignored", "F03"),
        (FEELING, "left out", "F03"),
        (FEELING, "you made me so angry", "F09"),
        (FEELING, "I don't know", "F36"),
        (NEED, "I need you to shut up", "F33"),
        (NEED, "you should grow up", "F08"),
        (REQUEST, "Be more supportive", "F12"),
        (REQUEST, "Please stop yelling", "F13"),
        (REQUEST, "You must call me every day", "F08"),
        (ROOM_FOR_NO, "Then you'll regret it", "F10"),
        (SITUATION, "stuff", "F38"),
        (AMOUNT, "Be there for me", "F12"),
        (AMOUNT, "a lot", "F13"),
        (HELPS, "support me more", "F12"),
        (NOT_HELP, "You always give advice", "F01"),
        (GIVE_BACK, "I already do enough.", "F27"),
        (NOT_OK, "you are so needy", "F05"),
        (LIMIT_REQUEST, "Respect me", "F12"),
        (LIMIT_REQUEST, "If you don't do it I'll leave you and take the kids", "F10"),
        (SELF_ACTION, "I'll make you sorry", "F10"),
        (SELF_ACTION, "I'll try to do my best", "F35"),
    ],
)
def test_a_weak_answer_gets_the_tip_that_fits(
    reader: DraftReader, checks: Checks, text: str, tip: str
) -> None:
    feedback = read(reader, text, checks)
    assert feedback.tip_id == tip
    assert feedback.tip_text


@pytest.mark.parametrize(
    "text",
    [
        "I felt threatened",
        "unsafe",
        "scared of him",
        "hurt and trapped",
        "I am afraid of what he will do",
        "I made him hit me",
        "i deserved it",
    ],
)
def test_fear_is_never_graded(reader: DraftReader, text: str) -> None:
    feedback = read(reader, text, FEELING)
    assert feedback.fear is not None
    assert feedback.tip_text is None
    assert feedback.praise_text is None


@pytest.mark.parametrize(
    "text",
    [
        "You can't talk to him anymore",
        "My boundary is that you don't see your friends",
        "You are not allowed to wear that dress",
        "You have to stop seeing her",
        "delete his number and stop talking to him",
        "give me your password",
    ],
)
def test_a_rule_over_someone_elses_life_gets_a_respectful_turn(
    reader: DraftReader, text: str
) -> None:
    feedback = read(reader, text, NOT_OK)
    assert feedback.rule_over_other is not None
    assert feedback.tip_text is None


def test_fear_is_seen_in_any_kind_of_step(reader: DraftReader) -> None:
    feedback = reader.read("I am scared of him", "choice", [], [], [], None)
    assert feedback.fear is not None
    assert reader.read("you never listen", "choice", [], [], ["F01"], None) == Feedback()


def test_one_polite_sorry_is_fine_and_several_are_not(reader: DraftReader) -> None:
    checks = {"need": ["F41"], "ban": ["F15"]}
    assert read(reader, "Sorry, I can't come on Friday.", checks).tip_id is None
    four = "Sorry, I'm so sorry, I can't come, sorry again, forgive me"
    assert read(reader, four, checks).tip_id == "F15"


def test_praise_uses_the_clients_own_words(reader: DraftReader) -> None:
    feedback = read(reader, "On Friday at six you said you'd cook", OBSERVATION)
    assert feedback.strength is not None
    assert feedback.strength.words in "On Friday at six you said you'd cook"
    assert feedback.praise_text is not None
    assert feedback.tip_text is None


def test_a_tip_comes_with_praise_for_what_works(reader: DraftReader) -> None:
    feedback = read(reader, "You were rude at dinner", OBSERVATION)
    assert {"F05", "F07"} <= {finding.feature for finding in feedback.findings}
    assert feedback.tip_id == "F05"
    assert feedback.praise_text is not None
    assert "at dinner" in feedback.praise_text


def test_spans_are_exact_in_the_text_as_typed(reader: DraftReader) -> None:
    text = "  Look \U0001f642 \u2014 u  NEVER call,  \u201cok\u201d\u2026 He\u2019s  always late"
    for finding in reader.find(text):
        assert text[finding.start : finding.end] == finding.words
    found = {finding.words for finding in reader.find(text) if finding.feature == "F01"}
    assert found == {"u  NEVER", "He\u2019s  always"}


def test_the_same_seed_gives_the_same_wording_and_others_vary(reader: DraftReader) -> None:
    tips = {read(reader, "You never listen", OBSERVATION, f"turn{n}").tip_text for n in range(20)}
    assert len(tips) == 3
    again = [read(reader, "You never listen", OBSERVATION, "turn1").tip_text for _ in range(2)]
    assert again[0] == again[1]


def test_a_long_answer_to_a_short_step_is_a_gentle_nudge(reader: DraftReader) -> None:
    text = "I hear that it is urgent and I see it is hard and I want to be fair to us both here"
    assert read(reader, text, {}, max_words=15).tip_id == "F39"
    assert read(reader, "I hear you.", {}, max_words=15).tip_id is None


def test_a_step_is_read_by_its_own_checks(reader: DraftReader) -> None:
    step = Step(
        id="request",
        name="what I ask for",
        kind="text",
        ask=("?",),
        plain="",
        examples=(),
        need=("F11",),
        ban=("F12",),
    )
    assert reader.read_step("Respect me", step, "t1").tip_id == "F12"
    assert reader.read_step("Would you call first?", step, "t1").tip_id is None


@pytest.mark.parametrize("text", ["", " ", "\U0001f642", "<b>hi</b>", "?!", "\u200b", "a" * 4000])
def test_odd_input_is_read_without_trouble(reader: DraftReader, text: str) -> None:
    assert read(reader, text, OBSERVATION).missing == ("F13",)


def test_a_very_long_draft_is_read_in_time(reader: DraftReader) -> None:
    """Five times the bar of processor time, so that a busy machine does not fail it."""
    text = ("You never call when you are late, and I feel sad. Could you text me at six? " * 70)[
        :5000
    ]
    reader.read_kind(text, "request", "")
    started = time.process_time()
    reader.read_kind(text, "request", "")
    assert time.process_time() - started < 0.5


def test_a_draft_is_read_quickly(reader: DraftReader) -> None:
    """A generous bound, so that a busy machine does not fail it."""
    text = "On Tuesday you looked at your phone while I told you about my test, and I felt sad."
    read(reader, text, OBSERVATION)
    started = time.perf_counter()
    for _ in range(20):
        read(reader, text, OBSERVATION)
    assert (time.perf_counter() - started) / 20 < 0.2
