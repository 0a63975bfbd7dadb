"""A broken file is told as one sentence with file, line and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from belay.content import ContentBroken, load_content

Break = Callable[[str, str, str], Path]


def told(folder: Path) -> str:
    with pytest.raises(ContentBroken) as caught:
        load_content(folder)
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


def line_of(folder: Path, name: str, piece: str) -> int:
    lines = (folder / name).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if piece in line)


def test_a_line_without_variants_is_named_with_its_place(folder: Path) -> None:
    file = folder / "replies" / "welcome.yml"
    file.write_text("lines:\n- id: welcome.card\n  mi: Q\n  variants: []\n")
    assert told(folder) == (
        "content/replies/welcome.yml, line 4: the line 'welcome.card' has no variants. "
        "Add at least one under `variants:`."
    )


def test_a_slip_in_yaml_names_the_line(broken_by: Break) -> None:
    folder = broken_by("replies/gate.yml", "  mi: SEEK", "  mi: SEEK: yes")
    sentence = told(folder)
    assert f"gate.yml, line {line_of(folder, 'replies/gate.yml', 'SEEK: yes')}" in sentence
    assert "Check quotes, colons and indentation" in sentence


def test_a_misspelt_key_is_named_with_its_line(broken_by: Break) -> None:
    folder = broken_by("replies/help.yml", "buttons:", "butons:")
    at = line_of(folder, "replies/help.yml", "butons:")
    assert f"content/replies/help.yml, line {at}: " in told(folder)
    assert "correct its spelling" in told(folder)


def test_an_unknown_mi_code_is_refused(broken_by: Break) -> None:
    folder = broken_by("replies/gate.yml", "mi: SEEK", "mi: CON")
    assert "mi" in told(folder)
    assert "'SEEK'" in told(folder)


def test_a_line_that_exists_twice_is_refused(broken_by: Break) -> None:
    folder = broken_by("replies/gate.yml", "id: gate.hurt", "id: gate.afraid")
    assert "'gate.afraid' exists already" in told(folder)


def test_a_line_with_an_unknown_button_is_refused(broken_by: Break) -> None:
    folder = broken_by("replies/gate.yml", "[gate_yes,", "[gate_yeah,")
    assert "names the button 'gate_yeah', which there is not" in told(folder)


def test_a_brace_that_is_no_placeholder_is_refused(broken_by: Break) -> None:
    folder = broken_by("replies/gate.yml", "{person} may react", "{ person } may react")
    assert "is no placeholder" in told(folder)


def test_a_key_with_two_values_is_refused(broken_by: Break) -> None:
    folder = broken_by("widget/labels.yml", "send: Send", "send: Send\nsend: Go")
    assert "the key 'send' stands here twice" in told(folder)


def test_a_number_where_text_belongs_asks_for_quotes(broken_by: Break) -> None:
    folder = broken_by("helplines/AU.yml", 'call: "13 11 14"', "call: 131114")
    assert "Put it in quotes" in told(folder)


def test_an_artefact_that_names_no_step_is_refused(broken_by: Break) -> None:
    folder = broken_by("exercises/boundary_builder.yml", "{not_ok}", "{not_okay}")
    sentence = told(folder)
    assert "names 'not_okay', which is no step here" in sentence
    assert "circle, ok, not_ok" in sentence


def test_an_unknown_form_of_an_answer_is_refused(broken_by: Break) -> None:
    folder = broken_by("exercises/boundary_builder.yml", "{request|sentence}", "{request|loud}")
    assert "the form 'loud'" in told(folder)


def test_an_exercise_for_an_unknown_need_is_refused(broken_by: Break) -> None:
    folder = broken_by("exercises/support_match.yml", "[ask_support]", "[ask_for_support]")
    assert "'ask_for_support' is no coaching need" in told(folder)


def test_a_step_with_two_wordings_asks_for_a_third(broken_by: Break) -> None:
    folder = broken_by("exercises/boundary_builder.yml", '  - "What is it about, roughly?"\n', "")
    assert "'circle' needs 3 wordings" in told(folder)


def test_a_choice_without_options_is_refused(broken_by: Break) -> None:
    folder = broken_by("exercises/clear_request.yml", "kind: text", "kind: choice")
    assert "`options` belong to kind choice" in told(folder)


def test_a_smaller_step_has_to_come_earlier(broken_by: Break) -> None:
    folder = broken_by("exercises/boundary_builder.yml", "step: self_action}", "step: keep_it}")
    assert "is no earlier step" in told(folder)


def test_only_the_question_may_name_the_person(broken_by: Break) -> None:
    folder = broken_by(
        "exercises/boundary_builder.yml", "Picture them in front", "Picture {person} in front"
    )
    assert "is not filled" in told(folder)


def test_being_strict_about_what_is_not_looked_for_is_refused(broken_by: Break) -> None:
    folder = broken_by("exercises/kind_no.yml", "strict: {F15: 2,", "strict: {F09: 2,")
    assert "strict about 'F09', which it does not ban" in told(folder)


def test_the_best_of_unknown_steps_is_refused(broken_by: Break) -> None:
    folder = broken_by("exercises/reflect_back.yml", "reply_2, reply_3]", "reply_2, reply_4]")
    assert "best_of names 'reply_4', which is no step here" in told(folder)


def test_an_exercise_for_words_asks_whom_it_is_about_anyway(broken_by: Break) -> None:
    folder = broken_by("exercises/kind_no.yml", "gate: G1", "gate: G1\nasks_who: true")
    assert "Remove asks_who" in told(folder)


def test_an_unknown_consequence_of_a_choice_is_refused(broken_by: Break) -> None:
    folder = broken_by(
        "exercises/kind_no.yml", 'title: "Not now", words', 'title: "Not now", then: shout, words'
    )
    assert "quiet_check" in told(folder)


def test_a_story_belongs_to_a_text(broken_by: Break) -> None:
    folder = broken_by("exercises/kind_no.yml", "  kind: choice", "  kind: choice\n  echo: [no]")
    assert "Remove `echo`" in told(folder)


def test_an_exercise_is_called_like_its_file(folder: Path) -> None:
    exercises = folder / "exercises"
    (exercises / "clear_request.yml").rename(exercises / "other_name.yml")
    assert "has to be 'other_name'" in told(folder)


def test_a_folder_without_exercises_is_refused(folder: Path) -> None:
    for file in (folder / "exercises").glob("*.yml"):
        file.unlink()
    assert "there is no exercise here" in told(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "replies" / "buttons.yml").unlink()
    assert "content/replies/buttons.yml: the file cannot be read" in told(folder)


def test_a_missing_folder_names_the_setting(tmp_path: Path) -> None:
    assert "Set BELAY_CONTENT" in told(tmp_path / "nowhere")


def test_the_file_of_the_world_has_to_be_there(folder: Path) -> None:
    (folder / "helplines" / "world.yml").unlink()
    assert "content/helplines/world.yml: the file is missing" in told(folder)


def test_yes_and_no_stay_words(broken_by: Break) -> None:
    folder = broken_by("widget/labels.yml", "send: Send", "send: no")
    assert load_content(folder).widget_labels["send"] == "no"


def test_the_version_changes_with_any_file(folder: Path, broken_by: Break) -> None:
    before = load_content(folder).version
    broken_by("replies/gate.yml", "I didn't catch that.", "I did not catch that.")
    after = load_content(folder).version
    assert before != after
    assert len(after) == 12
