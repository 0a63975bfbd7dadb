"""Names of issues and strengths: told by kind, and told apart from what only looks alike."""

from pathlib import Path

import pytest

from belay.language.drafts import DraftReader
from belay.language.features import FeedbackContentError, load_feedback
from belay.language.names import load_names

FOLDER = Path(__file__).parents[2] / "content" / "language" / "feedback"
ISSUES = {
    *("always_never", "pseudo_feeling", "label_or_judgement", "mind_reading"),
    *("blame_you_made_me", "demand_should", "threat_or_ultimatum", "controls_other"),
    *("vague_request", "no_request", "over_apology", "over_justifying", "hedging"),
    *("not_apology", "but_eraser", "advice_giving", "minimising", "hijacking"),
    "fear_of_person",
}
STRENGTHS = {
    *("concrete_observation", "own_feeling", "need_named", "clear_doable_request"),
    *("own_action_limit", "clear_no", "takes_responsibility", "open_question"),
    "reflects_feeling",
}
NAMES = load_names(FOLDER / "named", load_feedback(FOLDER)).names
POSITIVE = [
    (name.counts_as, kind, line)
    for name in NAMES
    for kind, lines in name.positive.items()
    for line in lines
]
NEGATIVE = [
    (name.counts_as, kind, line)
    for name in NAMES
    for kind, lines in name.negative.items()
    for line in lines
]


def named(reader: DraftReader, kind: str, text: str) -> set[str]:
    return {one.name for one in reader.name(text, kind)}


def test_the_names_are_those_that_are_published() -> None:
    printed = {sort: set() for sort in ("issue", "strength")}  # type: dict[str, set[str]]
    for name in NAMES:
        if not name.helper:
            printed[name.sort].add(name.counts_as)
    assert printed == {"issue": ISSUES, "strength": STRENGTHS}


@pytest.mark.parametrize(("name", "kind", "line"), POSITIVE)
def test_a_name_is_given_to_its_positive_lines(
    reader: DraftReader, name: str, kind: str, line: str
) -> None:
    assert name in named(reader, kind, line)


@pytest.mark.parametrize(("name", "kind", "line"), NEGATIVE)
def test_a_name_is_not_given_to_its_negative_lines(
    reader: DraftReader, name: str, kind: str, line: str
) -> None:
    assert name not in named(reader, kind, line)


def test_every_name_has_examples_for_and_against() -> None:
    without = [name.name for name in NAMES if not name.helper and not name.positive]
    against = [name.name for name in NAMES if not name.helper and not name.negative]
    assert (without, against) == ([], [])


@pytest.mark.parametrize(
    ("kind", "issue", "yes", "no"),
    [
        (
            "i_statement",
            "pseudo_feeling",
            "I feel that you never listen",
            "I feel sad that we never talk",
        ),
        ("i_statement", "demand_should", "you should call", "You should have seen it!"),
        ("i_statement", "always_never", "you never call", "I never knew you liked jazz"),
        (
            "kind_no",
            "over_apology",
            "Sorry, so sorry, I can't, sorry again, forgive me, sorry",
            "Sorry, I can't come on Friday.",
        ),
        ("i_statement", "label_or_judgement", "you are lazy", "You said I was lazy on Monday"),
        (
            "request",
            "demand_should",
            "Knock before you come in, you have to",
            "could you not come in without knocking",
        ),
        (
            "reflection",
            "minimising",
            "At least you have a job",
            "So you go there at least twice a week, and you're tired",
        ),
        (
            "boundary",
            "threat_or_ultimatum",
            "if you don't come I'll leave you",
            "if you shout I will leave the room",
        ),
    ],
)
def test_what_looks_alike_is_told_apart(
    reader: DraftReader, kind: str, issue: str, yes: str, no: str
) -> None:
    assert issue in named(reader, kind, yes)
    assert issue not in named(reader, kind, no)


def test_a_plain_no_is_clear(reader: DraftReader) -> None:
    assert named(reader, "kind_no", "I can't this weekend") == {"clear_no"}


def test_just_as_time_is_no_hedge(reader: DraftReader) -> None:
    assert "hedging" not in named(reader, "kind_no", "I just got home and I just sat down, so no.")


def test_fear_stands_alone_and_is_not_graded(reader: DraftReader) -> None:
    text = "You never listen and I am scared of you, could you please call on Monday?"
    assert named(reader, "i_statement", text) == {"fear_of_person"}
    reading = reader.read_kind(text, "i_statement", "")
    assert (reading.overall, reading.strengths, reading.feedback.tip_text) == ("safety", (), None)


def test_control_is_no_safety_case_and_gets_no_wording_tip(reader: DraftReader) -> None:
    reading = reader.read_kind("You can't see your friends anymore", "boundary", "")
    assert (reading.issues, reading.overall) == (("controls_other",), "needs_work")
    assert reading.feedback.rule_over_other is not None
    assert reading.feedback.tip_text is None


def test_only_requests_and_boundaries_can_lack_a_request(reader: DraftReader) -> None:
    text = "The kitchen is a mess again."
    for kind in reader.kinds:
        assert ("no_request" in named(reader, kind, text)) == (kind in ("request", "boundary"))


def test_spans_are_exact_in_the_text_as_typed(reader: DraftReader) -> None:
    text = "  \U0001f642 u  NEVER call\u2026 He\u2019s  so selfish, I feel sad."
    found = {one.name: text[one.start : one.end] for one in reader.name(text, "i_statement")}
    assert found["always_never"] == "u  NEVER"
    assert found["label_or_judgement"] == "He\u2019s  so selfish"
    assert found["own_feeling"] == "I feel sad"


def folder_with(folder: Path, issues: str) -> Path:
    (folder / "kinds.yml").write_text("kinds: [{kind: request}]", "utf-8")
    (folder / "strengths.yml").write_text("names: []", "utf-8")
    (folder / "issues.yml").write_text(issues, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("issues", "says"),
    [
        ("names: [{name: a}]", "issues.yml, a: lacks 'kinds'"),
        ("names: [{name: a, kinds: [letter]}]", "a: nothing is called letter"),
        ("names: [{name: a, kinds: [request], features: [F99]}]", "nothing is called F99"),
        ("names: [{name: a, kinds: [request], patterns: ['<moods>']}]", "unknown list <moods>"),
        ("kinds: []", "has to hold names"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_the_reason(
    tmp_path: Path, issues: str, says: str
) -> None:
    with pytest.raises(FeedbackContentError, match=says):
        load_names(folder_with(tmp_path, issues), load_feedback(FOLDER))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FeedbackContentError, match="kinds.yml: not there"):
        load_names(tmp_path, load_feedback(FOLDER))
