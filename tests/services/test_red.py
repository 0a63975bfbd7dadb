"""Red for one person: locked in every route, for good, and for nobody else."""

from __future__ import annotations

from tests.gateway.stage import Stage
from tests.services.test_gate import goes_red, is_asked, risks
from tests.services.walking import begins, walks_to


async def test_sr_30_red_is_locked_in_the_menu(stage: Stage) -> None:
    ann = stage.person()
    await goes_red(ann)
    await ann.says("i need a limit with my mum")
    assert ann.lines == ["gate.locked_offer"]
    await ann.says("the exercises")
    await ann.presses("menu.shelf:asking", "exercise.start:clear_request")
    assert ann.lines == ["gate.locked"]
    assert stage.sql("SELECT count(*) FROM run") == [1]


async def test_sr_30_red_is_locked_by_name(stage: Stage) -> None:
    ann = stage.person()
    await goes_red(ann)
    await ann.says("start support_match with my mum")
    if ann.step == "who":
        await ann.says("my mum")
    assert "gate.locked" in ann.lines
    assert ann.state != "active"


async def test_sr_30_red_is_locked_when_the_person_is_picked_later(stage: Stage) -> None:
    ann = stage.person()
    await goes_red(ann)
    await ann.says("another topic", "start support_match")
    assert ann.step == "who"
    await ann.says("my mum")
    assert "gate.locked" in ann.lines
    assert ann.state == "stopped"
    assert stage.sql("SELECT artefact FROM run WHERE exercise_id = 'support_match'") == [None]


async def test_sr_30_red_is_locked_when_the_paused_exercise_is_resumed(stage: Stage) -> None:
    ann = stage.person()
    await goes_red(ann)
    await ann.says("go on")
    assert ann.lines == ["gate.locked"]
    assert stage.sql("SELECT state FROM run") == ["paused"]
    await ann.says("no", "no", "no")
    assert risks(stage) == {"parent": "red"}


async def test_sr_30_red_is_locked_when_it_is_resumed_by_an_old_button(stage: Stage) -> None:
    ann = await is_asked(stage.person())
    await ann.says("pause")
    resume = ann.signed(next(one for one in ann.buttons if one.press == "exercise.resume"))
    await ann.says("go on", "yes")
    assert risks(stage) == {"parent": "red"}
    await ann.presses("safety.choose:no")
    await ann.uses(resume)
    assert ann.lines == ["gate.locked"]


async def test_red_stops_an_exercise_that_is_under_way_with_the_same_person(
    stage: Stage,
) -> None:
    ann = stage.person()
    await walks_to(ann, "boundary_builder", "step.ok")
    await ann.says("pause")
    await ann.says("model danger my mum")
    await ann.presses("safety.choose:yes")
    assert risks(stage) == {"parent": "red"}
    await ann.presses("safety.choose:other_support")
    await ann.says("go on")
    assert ann.lines == ["gate.locked"]


async def test_red_lasts_longer_than_thirty_days(stage: Stage) -> None:
    ann = stage.person()
    await goes_red(ann)
    stage.clock.advance(days=400)
    await ann.says("i need a limit with my mum")
    assert ann.lines[-1] == "gate.locked_offer"


async def test_sr_31_exercises_about_other_people_stay_open(stage: Stage) -> None:
    ann = stage.person()
    await goes_red(ann)
    await begins(ann, "boundary_builder", about="my sister")
    if ann.state != "active":
        await ann.says("another topic")
        await begins(ann, "boundary_builder", about="my sister")
    assert ann.step == "step.circle"
    assert risks(stage) == {"parent": "red", "sibling": "none"}


async def test_support_from_somebody_else_is_offered_after_red(stage: Stage) -> None:
    ann = await is_asked(stage.person())
    await ann.presses("step.gate:yes")
    await ann.presses("safety.choose:yes")
    await ann.presses("safety.choose:other_support")
    assert ann.lines == ["safety.other_support"]
    await ann.presses("need:ask_support")
    assert ann.lines[0].startswith("offer.ask_support")


async def test_danger_named_by_the_model_is_remembered_for_the_person_it_was_about(
    stage: Stage,
) -> None:
    ann = stage.person()
    await ann.says("model danger my partner")
    assert ann.lines[0].startswith("safety_coercive_control")
    assert risks(stage)["partner"] == "watch"
    await ann.presses("safety.choose:yes")
    assert risks(stage)["partner"] == "red"
    await ann.presses("safety.choose:other_support")
    await ann.says("i need a limit with my partner")
    assert ann.lines == ["gate.locked_offer"]


async def test_a_yes_that_names_somebody_else_locks_the_person_who_was_asked_about(
    stage: Stage,
) -> None:
    ann = await is_asked(stage.person())
    await ann.says("no")
    stage.rasa.reads["yes and my sister saw it"] = "affirm"
    await ann.says("yes and my sister saw it")
    assert risks(stage) == {"parent": "red"}
    await ann.presses("safety.choose:yes")
    assert risks(stage) == {"parent": "red"}


async def test_a_confirmed_check_is_about_the_person_it_began_with(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("model danger my partner")
    stage.rasa.reads["yes my sister knows"] = "affirm"
    await ann.says("yes my sister knows")
    assert risks(stage)["partner"] == "red"


async def test_danger_in_an_exercise_is_remembered_for_whom_the_exercise_is_about(
    stage: Stage,
) -> None:
    ann = stage.person()
    await begins(ann, "boundary_builder")
    await ann.says("another topic", "i need a limit with my boss", "go on")
    await ann.says("time", "FEAR that she comes home")
    assert risks(stage)["parent"] == "watch"
    assert risks(stage).get("boss", "unknown") == "unknown"


async def test_a_later_check_does_not_make_red_milder(stage: Stage) -> None:
    ann = stage.person()
    await goes_red(ann)
    await ann.says("model danger my mum")
    assert risks(stage) == {"parent": "red"}
