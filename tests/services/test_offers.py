"""Two choices, by the files, by history and by what is safe."""

from __future__ import annotations

from tests.gateway.stage import Person, Stage
from tests.services.test_gate import goes_red
from tests.services.walking import exercise_of, finishes, walks_to


def starts(person: Person) -> list[str]:
    return [one.press for one in person.buttons if one.press.startswith("exercise.")]


async def test_there_are_two_choices_and_two_ways_round_them(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("i need a limit with my mum")
    assert len(starts(ann)) == 2
    assert [one.press for one in ann.buttons[2:]] == ["menu.all", "talk.just"]


async def test_what_was_just_done_is_not_offered_first_again(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("i need a limit with my mum")
    first = starts(ann)[0]
    await finishes(ann, first.removeprefix("exercise.start:"))
    await ann.says("i need a limit with my mum")
    assert first not in starts(ann)


async def test_a_paused_exercise_that_fits_comes_first_and_goes_on(stage: Stage) -> None:
    ann = stage.person()
    await walks_to(ann, "boundary_builder", "step.not_ok")
    await ann.says("pause", "i need a limit with my mum")
    assert starts(ann)[0].startswith("exercise.resume:")
    assert ann.buttons[0].title.startswith("Go on")
    await ann.presses(starts(ann)[0])
    assert ann.step == "step.not_ok"


async def test_with_someone_unsafe_a_private_exercise_stays_open(stage: Stage) -> None:
    ann = stage.person()
    await goes_red(ann)
    await ann.says("i need a limit with my mum")
    assert ann.lines == ["gate.locked_offer"]
    (own,) = starts(ann)
    assert exercise_of(own.removeprefix("exercise.start:")).gate == "G0"
