"""The marked sentence: parts are named, long drafts are cut, and plain text says the same."""

import pytest

from belay.domain.feedback import Feedback, Finding
from belay.domain.marking import marked, marks_of, named_parts
from belay.domain.reply import Mark, Reply

DRAFT = "On Tuesday you never listened."
WHEN = Finding("F13", "when", "P", 0, 10, "On Tuesday", title="when, how much")
NEVER = Finding("F01", "always_never", "R", 11, 20, "you never", title="always or never")
AGAIN = Finding("F26", "saying_it_back", "P", 11, 29, "you never listened", title="saying back")
FEAR = Finding("F04", "fear", "S", 0, 10, "On Tuesday", "safety_check")


def feedback(*findings: Finding, tip: Finding | None = None) -> Feedback:
    return Feedback(findings=findings, tip=tip, tip_text="One idea." if tip else None)


def test_what_works_has_the_colour_of_its_part_and_the_tip_is_tied_to_its_words() -> None:
    marks = marks_of(feedback(WHEN, NEVER, tip=NEVER), ["F13"], "happened")
    assert marks == (
        Mark(0, 10, "strength", "when, how much", "happened"),
        Mark(11, 20, "issue", "always or never", None, tip=True),
    )


def test_what_the_step_does_not_ask_for_is_not_marked_as_a_strength() -> None:
    assert marks_of(feedback(WHEN), [], "feeling") == ()


def test_the_words_of_a_tip_are_never_marked_as_a_strength_as_well() -> None:
    marks = marks_of(feedback(AGAIN, NEVER, tip=NEVER), ["F26"], None)
    assert [(mark.kind, mark.start) for mark in marks] == [("issue", 11)]


def test_fear_is_not_marked() -> None:
    assert marks_of(feedback(FEAR, NEVER), ["F13"], None) == ()


def test_the_draft_stands_before_what_is_said_about_it() -> None:
    marks = marks_of(feedback(WHEN, NEVER, tip=NEVER), ["F13"], "happened")
    reply = marked(Reply("tip", "One idea."), DRAFT, marks)
    assert reply.text == f"{DRAFT}\n\nOne idea."
    assert reply.marks[0] == Mark(0, len(DRAFT), "draft", "")
    assert [reply.text[mark.start : mark.end] for mark in reply.marks[1:]] == [
        "On Tuesday",
        "you never",
    ]


def test_without_marks_a_reply_stays_as_it_is() -> None:
    reply = Reply("tip", "One idea.")
    assert marked(reply, DRAFT, ()) is reply


def test_plain_text_says_what_works_and_what_the_tip_is_about() -> None:
    marks = marks_of(feedback(WHEN, NEVER, tip=NEVER), ["F13"], "happened")
    assert named_parts(marked(Reply("tip", "One idea."), DRAFT, marks)) == [
        "+ \u201cOn Tuesday\u201d: when, how much",
        "\u2192 \u201cyou never\u201d: always or never",
    ]


@pytest.mark.parametrize("filler", ["We talked about the boat. ", "It rained all day long! "])
def test_a_long_draft_is_shown_by_its_marked_sentences(filler: str) -> None:
    before = filler * 12
    draft = f"{before}{DRAFT} {filler}"
    at = draft.index("you never")
    reply = marked(Reply("tip", "One idea."), draft, [Mark(at, at + 9, "issue", "always")])
    assert reply.text == f"{DRAFT}\n\nOne idea."
    assert reply.text[reply.marks[1].start : reply.marks[1].end] == "you never"


def test_an_endless_sentence_is_not_said_back() -> None:
    draft = "and then " * 300
    reply = Reply("tip", "One idea.")
    assert marked(reply, draft, [Mark(0, 3, "issue", "many")]) is reply


def test_marks_survive_storing() -> None:
    reply = marked(Reply("tip", "Hm."), DRAFT, [Mark(0, 10, "strength", "when", "happened")])
    assert Reply.from_dict(reply.as_dict()) == reply
