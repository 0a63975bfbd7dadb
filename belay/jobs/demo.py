"""Three invented clients for demonstrations, told in `stories/*.yml`.

Their days are counted back from now, so the console looks lived in whenever this is run. Run
again, it replaces them; nothing else is touched.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

from belay.domain.client import Client, Consents, Counterpart, Risk
from belay.domain.conversation import Conversation
from belay.domain.run import DONE, Answer, Run, RunState
from belay.domain.safety import SafetyEvent
from belay.domain.turn import Happening
from belay.storage.invented import Engine, InventedClient, InventedClients, InventedMessage

STORIES = Path(__file__).with_name("stories")
A_TURN = timedelta(seconds=70)


def fill(engine: Engine, now: datetime) -> int:
    """Put the invented clients in, in place of those of an earlier run. Returns how many."""
    told = [tell(story, now) for story in stories()]
    InventedClients(engine).replace(told, now)
    return len(told)


def remove(engine: Engine, now: datetime) -> int:
    """Take the invented clients away. Returns how many there were."""
    return InventedClients(engine).remove(now)


def stories() -> list[dict[str, Any]]:
    """The stories as they are written down."""
    return [yaml.safe_load(path.read_text("utf-8")) for path in sorted(STORIES.glob("*.yml"))]


def tell(story: dict[str, Any], now: datetime) -> InventedClient:
    """One story as the rows it would have left behind."""
    return _Teller(story, now).tell()


class _Teller:
    """Walks through a story's turns and gathers what each leaves behind."""

    def __init__(self, story: dict[str, Any], now: datetime) -> None:
        self._story = story
        self._now = now
        self._client_id = self._id("client")
        self._talk_id = self._id("conversation")
        self._runs: dict[str, Run] = {}
        self._messages: list[InventedMessage] = []
        self._happenings: list[Happening] = []
        self._events: list[SafetyEvent] = []

    def tell(self) -> InventedClient:
        turns = [
            (_begin(session, self._now) + place * A_TURN, session.get("not_kept", False), turn)
            for session in self._story["sessions"]
            for place, turn in enumerate(session["turns"])
        ]
        first, last = turns[0][0], turns[-1][0]
        for at, not_kept, turn in turns:
            self._turn(at, turn, not_kept)
        self._end_runs()
        people = self._story["counterparts"]
        return InventedClient(
            client=Client(
                id=self._client_id,
                created_at=first,
                adult=True,
                consents=Consents(use=True, save=self._story["save"], review=True),
                country=self._story.get("country"),
            ),
            conversation=Conversation(
                id=self._talk_id,
                client_id=self._client_id,
                channel="demo",
                address=self._story["key"],
                started_at=first,
                last_at=last,
            ),
            counterparts=[
                Counterpart(
                    self._id(one["key"]), one["role"], one["words"], Risk(one["risk"]), first
                )
                for one in people
            ],
            runs=list(self._runs.values()),
            messages=self._messages,
            happenings=sorted(self._happenings, key=lambda one: one.at),
            safety_events=self._events,
        )

    def _turn(self, at: datetime, turn: dict[str, Any], not_kept: bool) -> None:
        run = self._run(turn["run"], at) if "run" in turn else None
        turn_id = self._id(f"turn {len(self._messages)}")
        safety = turn.get("safety", {})
        position = f"{run.exercise_id}/{turn['step']}" if run and "step" in turn else None
        run_id = run.id if run else None
        said = InventedMessage(
            author="client",
            at=at,
            turn_id=turn_id,
            text=None if not_kept else turn["says"],
            intent=turn.get("intent"),
            confidence=turn.get("confidence"),
            tier=safety.get("tier", 0),
            step=position,
            run_id=run_id,
        )
        self._messages.append(said)
        for reply in turn["replies"]:
            self._messages.append(_bot_line(reply, at, turn_id, run_id, not_kept))
        for kind, data in turn.get("note", {}).items():
            self._happenings.append(Happening(kind, at, data))
        if safety:
            self._events.append(
                SafetyEvent(
                    id=self._id(f"safety {len(self._events)}"),
                    client_id=self._client_id,
                    conversation_id=self._talk_id,
                    at=at,
                    **safety,
                )
            )

    def _run(self, key: str, at: datetime) -> Run:
        run = self._runs.get(key)
        if run is None:
            told = next(one for one in self._story["runs"] if one["key"] == key)
            run = self._runs[key] = Run(
                id=self._id(f"run {key}"),
                client_id=self._client_id,
                exercise_id=told["exercise"],
                version="demo",
                started_at=at,
                position=told.get("position", DONE),
                state=RunState(told["state"]),
                counterpart_id=self._id(told["about"]),
                gate_answers={},
                before=told.get("before"),
                after=told.get("after"),
                ruler=told.get("ruler"),
                plan=told.get("plan"),
                artefact=told.get("artefact"),
                artefact_id=self._id(f"artefact {key}") if "artefact" in told else None,
                answers=[_answer(one, at) for one in told["answers"]],
            )
        run.changed_at = at
        return run

    def _end_runs(self) -> None:
        """What the exercises leave in the record, as measured events."""
        for run in self._runs.values():
            ended = run.changed_at or run.started_at
            noted: list[tuple[str, datetime, dict[str, Any]]] = [
                ("exercise_start", run.started_at, {}),
                ("rating_before", run.started_at, {"rating": run.before}),
            ]
            if run.state is RunState.PAUSED:
                noted.append(("exercise_pause", ended, {"reason": "asked"}))
            if run.state is RunState.DONE:
                run.ended_at = ended
                noted += [
                    ("rating_after", ended, {"rating": run.after}),
                    ("plan_made", ended, {}),
                    ("exercise_complete", ended, {"kept": run.artefact is not None}),
                ]
            self._happenings += [
                Happening(kind, at, {"exercise": run.exercise_id, **data})
                for kind, at, data in noted
            ]

    def _id(self, what: str) -> str:
        return uuid5(NAMESPACE_URL, f"belay:demo:{self._story['key']}:{what}").hex


def _begin(session: dict[str, Any], now: datetime) -> datetime:
    if "minutes_ago" in session:
        return now - timedelta(minutes=session["minutes_ago"])
    hour, minute = (int(part) for part in session["at"].split(":"))
    day = now - timedelta(days=session["days_ago"])
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def _bot_line(
    reply: dict[str, Any], at: datetime, turn_id: str, run_id: str | None, not_kept: bool
) -> InventedMessage:
    extra: dict[str, Any] = {}
    if "buttons" in reply:
        extra["buttons"] = [{"title": title, "press": "demo"} for title in reply["buttons"]]
    if "card" in reply:
        extra["card"] = {"kind": "statement", **reply["card"]}
    return InventedMessage(
        author="bot",
        at=at,
        turn_id=turn_id,
        text=None if not_kept else reply["text"],
        line=reply["line"],
        extra=extra,
        tier=reply.get("tier", 0),
        run_id=run_id,
    )


def _answer(told: dict[str, Any], at: datetime) -> Answer:
    return Answer(
        step=told["step"],
        first=told["first"],
        text=told.get("final", told["first"]),
        features=list(told.get("features", ())),
        tip=told.get("tip"),
        choice=told.get("choice"),
        at=at,
    )
