"""What the pieces of a message make of the whole."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_ext.safety_head_windows import Window
from rasa_ext.safety_verdict import Finding, judge

CALM = {"safety_suicide": 0.02, "safety_abuse_now": 0.01}


def found(
    *pieces: tuple[str, dict[str, float]], eased: Sequence[str] = (), child_from: float = 0.0
) -> Finding:
    windows = [(Window(text, 0, len(text)), dangers) for text, dangers in pieces]
    return judge(windows, check=0.5, care=0.3, eased_from=0.9, eased=eased, child_from=child_from)


def test_one_dangerous_line_among_calm_ones_asks() -> None:
    finding = found(("we had tea", CALM), ("I hope I don't wake up", {"safety_suicide": 0.8}))
    assert (finding.tier, finding.route) == (2, "safety_suicide")


def test_kinds_of_danger_count_together_and_the_likeliest_is_answered() -> None:
    finding = found(("he scares me", {"safety_abuse_now": 0.3, "safety_coercive_control": 0.25}))
    assert (finding.tier, finding.route) == (2, "safety_abuse_now")


def test_a_smaller_doubt_brings_a_line_of_care() -> None:
    assert found(("so tired of it all", {"safety_suicide": 0.4})).tier == 1


def test_calm_pieces_say_nothing() -> None:
    assert found(("we had tea", CALM)).as_dict() == {
        "tier": 0,
        "route": None,
        "layer": None,
        "rule": None,
    }


def test_what_the_floor_found_denied_is_not_asked_about() -> None:
    said = ("I'm not suicidal, just sad", {"safety_suicide": 0.7})
    assert found(said).tier == 2
    assert found(said, eased=["suicidal"]).tier == 1


def test_another_sentence_is_not_softened_by_it() -> None:
    finding = found(
        ("He has never hit me.", {"safety_abuse_now": 0.6}),
        ("I think about the bridge every night.", {"safety_suicide": 0.7}),
        eased=["never hit me"],
    )
    assert (finding.tier, finding.route) == (2, "safety_suicide")


def test_what_is_danger_almost_surely_asks_all_the_same() -> None:
    assert found(("not suicidal but", {"safety_suicide": 0.95}), eased=["suicidal"]).tier == 2


def test_a_verdict_names_layer_and_rule() -> None:
    assert found(("cut again", {"safety_self_harm": 0.9})).as_dict() == {
        "tier": 2,
        "route": "safety_self_harm",
        "layer": "model",
        "rule": "model.safety_self_harm",
    }


def test_inside_an_exercise_a_doubt_about_a_child_is_a_line_of_care_and_no_question() -> None:
    piece = ("two old school friends", {"safety_child": 0.65, "safety_suicide": 0.02})
    assert (found(piece).tier, found(piece, child_from=0.85).tier) == (2, 1)


def test_inside_an_exercise_a_child_surely_in_danger_is_asked_about() -> None:
    finding = found(("he hits the little one", {"safety_child": 0.9}), child_from=0.85)
    assert (finding.tier, finding.route) == (2, "safety_child")


def test_a_doubt_about_a_child_hides_no_other_danger() -> None:
    dangers = {"safety_child": 0.3, "safety_abuse_now": 0.28, "safety_coercive_control": 0.25}
    finding = found(("he shouts at us both", dangers), child_from=0.95)
    assert (finding.tier, finding.route) == (2, "safety_abuse_now")
