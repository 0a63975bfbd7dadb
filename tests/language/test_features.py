"""Every feature of drafts: what it fires on, what it leaves alone, and how its tips sound."""

import re
from pathlib import Path

import pytest

from belay.content.readability import grade, words
from belay.language.drafts import DraftReader
from belay.language.features import Feature, FeedbackContentError, load_feedback

FOLDER = Path(__file__).parents[2] / "content" / "language" / "feedback"
FEATURES = list(load_feedback(FOLDER).features.values())
POSITIVE = [(feature.id, line) for feature in FEATURES for line in feature.positive]
NEGATIVE = [(feature.id, line) for feature in FEATURES for line in feature.negative]
WORDINGS = [
    (feature.id, wording)
    for feature in FEATURES
    for wording in (*feature.tips, *feature.missing, *feature.praise)
]
FORBIDDEN = re.compile(
    r"\b(?:should|must|always|never|husband|wife|boyfriend|girlfriend|toxic|codependent)\b"
    r"|\bI (?:feel|love|miss|care)\b|\b(?:great job|well done|perfect)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(("feature", "line"), POSITIVE)
def test_a_feature_fires_on_its_positive_lines(
    reader: DraftReader, feature: str, line: str
) -> None:
    assert feature in {finding.feature for finding in reader.find(line)}


@pytest.mark.parametrize(("feature", "line"), NEGATIVE)
def test_a_feature_leaves_its_negative_lines_alone(
    reader: DraftReader, feature: str, line: str
) -> None:
    assert feature not in {finding.feature for finding in reader.find(line)}


@pytest.mark.parametrize(("feature", "wording"), WORDINGS)
def test_a_wording_is_short_easy_tentative_and_kind(feature: str, wording: str) -> None:
    said = wording.replace("{words}", "you never listen")
    assert len(words(said)) <= 30
    if len(words(said)) >= 10:
        assert grade(said) <= 8
    assert said.count("?") <= 1
    assert "!" not in said
    assert not FORBIDDEN.search(wording)
    assert set(re.findall(r"\{(\w+)\}", wording)) <= {"words"}


def test_praise_and_tip_together_fit_one_message() -> None:
    tips = [w for feature in FEATURES for w in (*feature.tips, *feature.missing)]
    praises = [w for feature in FEATURES for w in feature.praise]
    eight = "one two three four five six seven eight"
    longest = [
        max((w.replace("{words}", eight) for w in some), key=len) for some in (tips, praises)
    ]
    assert len(words(" ".join(longest))) <= 50
    plain = [
        max((w.replace("{words}", "on Friday") for w in some), key=len) for some in (tips, praises)
    ]
    assert len(words(" ".join(plain))) <= 45


def test_names_are_unique_field_words() -> None:
    names = [feature.name for feature in FEATURES]
    assert len(set(names)) == len(names) == 46
    assert all(re.fullmatch(r"[a-z]+(?:_[a-z]+)*", name) for name in names)


def test_all_features_of_the_exercises_are_there() -> None:
    assert {feature.id for feature in FEATURES} == {f"F{n:02d}" for n in range(1, 47)}


def test_only_safety_features_open_something() -> None:
    opening: dict[str, Feature] = {f.id: f for f in FEATURES if f.opens}
    assert {f.id: f.opens for f in opening.values()} == {
        "F04": "safety_check",
        "F43": "safety_check",
        "F31": "respectful_turn",
    }
    assert all(not feature.tips for feature in opening.values())


def written(folder: Path, text: str) -> Path:
    (folder / "blame.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("features: [{id: F01, level: R}]", "blame.yml, F01: lacks 'name'"),
        (
            "features: [{id: F01, name: a, title: a, level: Q, positive: [], negative: []}]",
            "level has to be S, R, N or P",
        ),
        (
            "features: [{id: F01, name: a, title: a, level: R, positive: [], negative: []}]",
            "needs 3 wordings in tips",
        ),
        (
            "features: [{id: F01, name: a, title: a, level: P, patterns: ['<moods>'], "
            "positive: []}]",
            "unknown list <moods>",
        ),
        (
            "features: [{id: F01, name: a, title: a, level: S, positive: [], negative: []}]",
            "level S",
        ),
        ("features: [", "not valid YAML"),
        ("just words", "has to hold features"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_the_reason(
    tmp_path: Path, text: str, says: str
) -> None:
    with pytest.raises(FeedbackContentError, match=re.escape(says)):
        load_feedback(written(tmp_path, text))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FeedbackContentError, match="no feedback files"):
        load_feedback(tmp_path)
