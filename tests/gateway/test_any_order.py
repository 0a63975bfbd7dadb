"""Whatever happens in whatever order: once each, in order, and nobody hears somebody else."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.fakes import FixedClock
from tests.gateway.stage import Stage

NAMES = ("ann", "bea")
# Each client's words carry a mark of their own, so that a mix-up shows.
MARKS = {"ann": "quokkaquilt", "bea": "zebrafinch"}
TEXTS = (
    "hello",
    "start boundary_builder",
    "i need a limit with my {mark}",
    "i feel {mark}",
    "no",
    "yes",
    "pause",
    "go on",
    "stop",
    "skip",
    "4",
    "{mark}",
    "I want to kill myself {mark}",
    "what is interdependence",
    "delete my data",
    "send me my data",
    "who reads this",
)
WHO = st.sampled_from(NAMES)
WHAT = st.sampled_from(TEXTS)


class AnyOrder(RuleBasedStateMachine):
    """Two clients, messages and copies, crashes, faults, deliveries, deletions."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(mkdtemp())
        self.stage = Stage(self.folder / "home", FixedClock())
        self.sent: list[tuple[str, str, str]] = []
        self.cursors = dict.fromkeys(NAMES, 0)

    def run(self, work):  # type: ignore[no-untyped-def]
        return self.loop.run_until_complete(work)

    @initialize()
    def open(self) -> None:
        self.run(self.stage.open())

    def teardown(self) -> None:
        self.run(self.stage.close())
        self.run(self.loop.shutdown_default_executor())
        self.loop.close()
        shutil.rmtree(self.folder)

    async def _receive(self, name: str, text: str, id: str) -> None:
        await self.stage.receive(name, text, id=id)

    def _settle(self) -> None:
        for name in NAMES:
            self.run(self.stage.settled(name))

    @rule(name=WHO, text=WHAT, crash=st.sampled_from(["no", "before", "after"]))
    def message(self, name: str, text: str, crash: str) -> None:
        text = text.format(mark=MARKS[name])
        id = f"id-{len(self.sent)}"
        self.sent.append((name, text, id))
        if crash == "before":
            self.stage.hold()
            self.run(self._receive(name, text, id))
            self.stage.rasa.hold = None
            self.run(self.stage.restart())
        else:
            self.run(self._receive(name, text, id))
        self._settle()
        if crash == "after":
            self.run(self.stage.restart())

    @rule(data=st.data())
    def duplicate(self, data: st.DataObject) -> None:
        if self.sent:
            name, text, id = data.draw(st.sampled_from(self.sent))
            self.run(self._receive(name, text, id))
            self._settle()

    @rule(name=WHO, text=WHAT, times=st.integers(1, 6))
    def message_through_faults(self, name: str, text: str, times: int) -> None:
        self.stage.rasa.fails_at_the_end = times
        self.message(name, text, "no")
        self.stage.rasa.fails_at_the_end = 0

    @rule(first=WHAT, second=WHAT, name=WHO)
    def two_at_once(self, first: str, second: str, name: str) -> None:
        ids = [f"id-{len(self.sent)}", f"id-{len(self.sent) + 1}"]
        texts = [text.format(mark=MARKS[name]) for text in (first, second)]
        self.sent += [(name, texts[0], ids[0]), (name, texts[1], ids[1])]

        async def both() -> None:
            await asyncio.gather(
                *(self._receive(name, text, id) for text, id in zip(texts, ids, strict=True))
            )

        self.run(both())
        self._settle()

    @rule(name=WHO)
    def deliver(self, name: str) -> None:
        self.stage.delivered(name)

    @rule(name=WHO)
    def erase(self, name: str) -> None:
        found = self.stage.belay.inbox.find("terminal", name)
        if found:
            self.stage.belay.erasure.erase(found[0], self.stage.clock())
            self.cursors[name] = 0

    @invariant()
    def every_message_is_in_the_transcript_at_most_once(self) -> None:
        twice = self.stage.sql(
            "SELECT turn_id FROM message WHERE author = 'client' GROUP BY turn_id"
            " HAVING count(*) > 1"
        )
        assert twice == []

    @invariant()
    def nothing_is_left_unanswered(self) -> None:
        assert self.stage.sql("SELECT id FROM inbox WHERE status != 'answered'") == []
        assert self.stage.sql("SELECT id FROM inbox WHERE text IS NOT NULL") == []

    @invariant()
    def a_turn_is_answered_by_one_commit(self) -> None:
        versions = self.stage.sql("SELECT id, version FROM conversation")
        for talk, version in versions:
            answered = self.stage.sql("SELECT count(*) FROM inbox WHERE conversation_id = ?", talk)
            assert answered == [version]

    @invariant()
    def nobody_hears_words_of_somebody_else(self) -> None:
        for name, other in (NAMES, NAMES[::-1]):
            found = self.stage.belay.inbox.find("terminal", name)
            if found is None:
                continue
            posted = self.stage.belay.outbox.after(found[1], 0)
            assert MARKS[other] not in json.dumps([one.payload for one in posted])
            texts = self.stage.sql("SELECT text FROM message WHERE client_id = ?", found[0])
            assert MARKS[other] not in str(texts)

    @invariant()
    def cursors_only_grow(self) -> None:
        for name in NAMES:
            found = self.stage.belay.inbox.find("terminal", name)
            newest = self.stage.belay.outbox.last_cursor(found[1]) if found else 0
            if found:
                assert newest >= self.cursors[name]
                self.cursors[name] = newest

    @invariant()
    def one_exercise_runs_at_most(self) -> None:
        running = self.stage.sql(
            "SELECT client_id FROM run WHERE state = 'active' GROUP BY client_id"
            " HAVING count(*) > 1"
        )
        assert running == []

    @invariant()
    def rows_belong_to_somebody(self) -> None:
        for table in ("message", "run", "happening", "counterpart", "conversation"):
            lost = self.stage.sql(
                f"SELECT count(*) FROM {table} WHERE client_id NOT IN (SELECT id FROM client)"
            )
            assert lost == [0], table


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=8,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
