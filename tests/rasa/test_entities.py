"""Entities by rules: what they find, and that both spaCy versions find the same."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from rasa_process import ROOT

from rasa_ext.language_model import EntityFileWrong, build_language, entities_of

FOLDER = ROOT / "content" / "language" / "entities"
LINES = {
    "My mother-in-law drops by every Sunday at 8pm": [
        ("person_role", "in_law", "mother-in-law"),
        ("frequency", "every sunday", "every Sunday"),
        ("time", "every sunday", "every Sunday"),
    ],
    "my ex-husband calls me 3x a week": [
        ("person_role", "ex", "ex-husband"),
        ("frequency", "3x a week", "3x a week"),
    ],
    "MY MUM'S HOUSE": [("person_role", "parent", "MUM"), ("life_domain", "home", "HOUSE")],
    "the guy i've been seeing went quiet": [("person_role", "date", "guy i've been seeing")],
    "I am so lonely and worn out": [
        ("feeling", "lonely", "lonely"),
        ("feeling", "tired", "worn out"),
    ],
    "some space and quiet": [
        ("need", "freedom", "space"),
        ("support_type", "space", "space"),
        ("need", "rest", "quiet"),
    ],
    "on Friday": [("time", "friday", "Friday")],
    "We live in the US": [("country", "US", "US")],
    "it is between us": [],
    "I'm in Northern Ireland": [("country", "GB", "Northern Ireland")],
    "let's do the boundary one": [("exercise_name", "boundary_builder", "the boundary one")],
    "he's my sister's husband": [
        ("person_role", "sibling", "sister"),
        ("person_role", "spouse", "husband"),
    ],
    "just listen to me": [("support_type", "ears", "just listen")],
    "phone and privacy": [("boundary_type", "digital_privacy", "phone and privacy")],
}
OTHER_SPACY = """
import json, sys
from pathlib import Path
from rasa_ext.language_model import build_language, entities_of
nlp = build_language(Path(sys.argv[1]))
print(json.dumps([entities_of(nlp(line)) for line in json.load(sys.stdin)]))
"""


@pytest.mark.parametrize(("line", "expected"), LINES.items())
def test_a_line_yields_its_entities(line: str, expected: list[tuple[str, str, str]]) -> None:
    found = [
        (entity["entity"], entity["value"], entity["text"])
        for entity in entities_of(build_language(FOLDER)(line))
    ]
    assert [entity for entity in expected if entity not in found] == []
    assert found or not expected
    if not expected:
        assert found == []


def test_places_are_those_of_the_original_text() -> None:
    line = "İf my MUM calls"  # the first letter grows when it is made small
    (mum,) = (e for e in entities_of(build_language(FOLDER)(line)) if e["entity"] == "person_role")
    assert line[mum["start"] : mum["end"]] == "MUM"


def test_roles_carry_no_gender() -> None:
    gendered = ("mother", "father", "wife", "husband", "boyfriend", "sister", "brother", "son")
    patterns = (FOLDER / "person_role.yml").read_text(encoding="utf-8")
    roles = [line.strip().split(":")[0] for line in patterns.splitlines() if line[:2] == "  "]
    assert roles
    assert not set(roles) & set(gendered)


def test_both_spacy_versions_find_the_same() -> None:
    other = ROOT / ".venv" / "bin" / "python"
    if not other.exists():
        pytest.fail("Belay's own environment is missing: run `make setup`.")
    told = subprocess.run(
        [str(other), "-c", OTHER_SPACY, str(FOLDER)],
        cwd=ROOT,
        input=json.dumps(list(LINES)),
        capture_output=True,
        text=True,
        check=True,
    )
    nlp = build_language(FOLDER)
    assert json.loads(told.stdout) == [entities_of(nlp(line)) for line in LINES]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("values: {a: [b]}", "label"),
        ("label: x\nvalues: {a: [on]}", "in quotes"),
        ("label: x\npatterns: [{id: a}]", "pattern"),
        ("label: [", "not YAML"),
    ],
)
def test_a_wrong_entity_file_is_named(tmp_path: Path, content: str, named: str) -> None:
    (tmp_path / "thing.yml").write_text(content, encoding="utf-8")
    with pytest.raises(EntityFileWrong, match=f"thing.yml.*{named}"):
        build_language(tmp_path)


def test_no_entity_files_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EntityFileWrong, match="no entity files"):
        build_language(tmp_path / "nowhere")
