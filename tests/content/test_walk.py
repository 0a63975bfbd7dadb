"""Every exercise file can be walked from its first step to its end, by the engine as it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from belay.content import Content
from belay.domain.client import Client, Consents, Counterpart
from belay.domain.conversation import Conversation
from belay.domain.exercise import Exercise, Step
from belay.domain.feedback import Feedback, Finding
from belay.domain.run import Run, RunState
from belay.domain.turn import Press, Turn, Understood
from belay.services.ports import Progress
from belay.services.use_cases import House, UseCases, make_use_cases
from tests.content.conftest import FOLDER

NOW = datetime(2026, 11, 23, 23, 40, tzinfo=UTC)
IDS = sorted(path.stem for path in (FOLDER / "exercises").glob("*.yml"))


class NoTips:
    """Reads drafts without ever giving a tip; tips are tested elsewhere."""

    def read_step(self, text: str, step: Step, seed: str) -> Feedback:
        return Feedback()

    def find(self, text: str) -> tuple[Finding, ...]:
        return ()


class NothingKept:
    """A client without a history."""

    def progress(self, client_id: str) -> Progress:
        return Progress()

    def export(self, client_id: str) -> dict[str, Any]:
        return {}

    def artefact(self, client_id: str, artefact_id: str) -> tuple[str, str] | None:
        return None


class Walk:
    """One client on the way through one exercise, without Rasa and database."""

    def __init__(self, content: Content) -> None:
        self.uses: UseCases = make_use_cases(
            words=content.words,
            catalogue=content.catalogue,
            helplines=content.helplines,
            drafts=NoTips(),
            records=NothingKept(),
            house=House(),
        )
        self.client = Client(id="ann", created_at=NOW, adult=True, consents=Consents(use=True))
        self.talk = Conversation(
            id="talk", client_id="ann", channel="web", address="ann", started_at=NOW
        )
        self.talk.noticed_at = NOW
        self.talk.topic_role, self.talk.topic_words = "parent", "my mum"
        self.people: list[Counterpart] = []
        self.runs: list[Run] = []
        self.turn: Turn

    def presses(self, value: str) -> str:
        self._open(Press(value, value), "")
        verb, _, rest = value.partition(".")
        if verb == "step":
            self.uses.steps.press(self.turn, rest)
            self.uses.exercises.ask(self.turn)
        elif self.uses.presses.handle(self.turn, value):
            self.uses.exercises.ask(self.turn)
        return self.heard

    def says(self, text: str) -> str:
        self._open(None, text)
        self.uses.steps.answer(self.turn)
        self.uses.exercises.ask(self.turn)
        return self.heard

    @property
    def heard(self) -> str:
        return " ".join(reply.text for reply in self.turn.replies)

    @property
    def presses_offered(self) -> list[str]:
        return [button.press for reply in self.turn.replies for button in reply.buttons]

    def _open(self, press: Press | None, text: str) -> None:
        self.turn = Turn(
            id=uuid4().hex,
            now=NOW,
            text=text,
            press=press,
            client=self.client,
            conversation=self.talk,
            counterparts=self.people,
            runs=self.runs,
            understood=Understood("answer_free", 0.9),
        )


def to_first_step(walk: Walk, exercise: Exercise) -> None:
    walk.presses(f"exercise.start:{exercise.id}")
    if exercise.gate != "G0":
        for _ in range(3):
            assert "your mum" in walk.heard
            walk.presses("step.gate:no")
    if exercise.asks_age:
        walk.presses("step.gate:yes")
    walk.says("4")


@pytest.mark.parametrize("exercise_id", IDS)
def test_an_exercise_is_walked_to_its_end(content: Content, exercise_id: str) -> None:
    exercise = content.catalogue.get(exercise_id)
    assert exercise is not None
    walk = Walk(content)
    to_first_step(walk, exercise)
    for step in exercise.steps:
        assert walk.runs[-1].step_id == step.id
        assert "step.skip" in walk.presses_offered
        assert "{" not in walk.heard
        if step.options:
            walk.presses(f"step.option:{step.options[0].id}")
        else:
            walk.says("9" if step.kind == "rating" else step.examples[0])
    assert walk.runs[-1].artefact
    walk.presses("step.review:ok")
    walk.says("7")
    walk.says("because I have the words now")
    if not exercise.plans_itself:
        walk.says("if we sit down tonight, then I will say it")
    if exercise.is_said:
        walk.presses("step.opening" if exercise.opening else "step.skip")
    walk.presses("step.save:yes")
    assert walk.runs[-1].state is RunState.DONE
    cards = [reply.card for reply in walk.turn.replies if reply.card]
    assert cards[0].title == exercise.artefact_title


@pytest.mark.parametrize("exercise_id", IDS)
def test_every_step_of_an_exercise_can_be_skipped(content: Content, exercise_id: str) -> None:
    exercise = content.catalogue.get(exercise_id)
    assert exercise is not None
    walk = Walk(content)
    to_first_step(walk, exercise)
    for _ in exercise.steps:
        walk.presses("step.skip")
    assert walk.runs[-1].position == "after"


@pytest.mark.parametrize("exercise_id", IDS)
def test_every_step_shows_an_example_and_a_plainer_question(
    content: Content, exercise_id: str
) -> None:
    exercise = content.catalogue.get(exercise_id)
    assert exercise is not None
    walk = Walk(content)
    to_first_step(walk, exercise)
    for step in exercise.steps:
        heard = walk.presses("step.example")
        assert step.plain in heard
        assert any(example in heard for example in step.examples)
        walk.presses("step.skip")
