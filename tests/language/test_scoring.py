"""How well whole drafts are read: drafts for development, and held-out ones by someone else."""

from collections import Counter
from pathlib import Path

import pytest

from belay.language.drafts import DraftReader

from .scoring import Counts, load, score

HERE = Path(__file__).parent
FILES = ("development_drafts.jsonl", "held_out_drafts.jsonl")
ISSUES = 0.88
STRENGTHS = 0.85
OVERALL = 0.9


def drafts_of(name: str) -> list[dict]:
    file = HERE / name
    if not file.is_file():
        pytest.skip(f"{name} is not there yet; it is written apart from the patterns")
    return load(file)


@pytest.mark.parametrize("name", FILES)
def test_drafts_are_read_as_people_labelled_them(reader: DraftReader, name: str) -> None:
    found = score(reader, drafts_of(name))
    told = (
        f"{name}: {found.drafts} drafts, issues {found.issues.f1:.3f}, "
        f"strengths {found.strengths.f1:.3f}, overall {found.overall:.3f}"
    )
    print(told)
    assert not found.safety_missed, f"{name}: fear was not found in {found.safety_missed}"
    assert found.issues.f1 >= ISSUES, told
    assert found.strengths.f1 >= STRENGTHS, told
    assert found.overall >= OVERALL, told


@pytest.mark.parametrize("name", FILES)
def test_the_labels_are_names_that_exist(reader: DraftReader, name: str) -> None:
    known = {
        sort: {one.name for one in reader.names if one.sort == sort and not one.helper}
        for sort in ("issue", "strength")
    }
    for draft in drafts_of(name):
        assert set(draft["issues"]) <= known["issue"], draft
        assert set(draft["strengths"]) <= known["strength"], draft
        assert draft["kind"] in reader.kinds, draft
        fear = "fear_of_person" in draft["issues"]
        assert draft["overall"] == (
            "safety" if fear else "needs_work" if draft["issues"] else "good"
        ), draft


def test_there_are_300_drafts_of_all_kinds_and_half_of_them_are_good(reader: DraftReader) -> None:
    drafts = drafts_of("development_drafts.jsonl")
    assert len(drafts) >= 300
    assert set(Counter(draft["kind"] for draft in drafts)) == set(reader.kinds)
    good = sum(draft["overall"] == "good" for draft in drafts)
    assert 0.4 <= good / len(drafts) <= 0.65
    texts = [draft["text"] for draft in drafts]
    assert len(set(texts)) == len(texts)


def test_drafts_for_development_are_no_pattern_examples(reader: DraftReader) -> None:
    examples = {
        line
        for feature in reader.features.values()
        for line in (*feature.positive, *feature.negative)
    }
    drafts = drafts_of("development_drafts.jsonl")
    same = [draft["text"] for draft in drafts if draft["text"] in examples]
    assert len(same) / len(drafts) < 0.05


def test_f1_counts_added_and_missed_labels() -> None:
    counts = Counts()
    counts.count({"a", "b"}, {"b", "c"})
    assert counts.f1 == 0.5
    assert Counts().f1 == 1.0
