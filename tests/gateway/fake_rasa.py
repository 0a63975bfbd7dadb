"""Rasa's place in unit tests: a table of phrases, and actions called in the order of the rules."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from typing import Any

import httpx
from starlette.applications import Starlette

FORM = "exercise_form"
SLOT = "exercise_answer"

PHRASES = {
    "hello": "greet",
    "bye": "goodbye",
    "yes": "affirm",
    "no": "deny",
    "skip": "skip_step",
    "i don't know": "dont_know",
    "an example": "ask_help_step",
    "go back": "go_back_edit",
    "pause": "pause_exercise",
    "go on": "resume_exercise",
    "stop": "stop_exercise",
    "another topic": "change_topic",
    "you misunderstood": "push_back",
    "my progress": "show_progress",
    "a reminder": "set_reminder",
    "a goal": "set_goal",
    "delete my data": "data_delete",
    "send me my data": "data_export",
    "who reads this": "consent_privacy",
    "a person please": "talk_to_human",
    "are you human": "ask_are_you_human",
    "what is interdependence": "faq/what_is",
    "what is this for": "faq/about_exercise",
    "thanks": "aside/thanks",
    "the exercises": "choose_exercise",
}
BEGINNINGS = {
    "start ": "choose_exercise",
    "i need a limit": "set_boundary",
    "i need help": "ask_support",
    "i want to bring up": "raise_issue",
    "i feel": "express_feeling",
    "i tried it": "report_practice",
    "remind me": "set_reminder",
    "my goal is": "set_goal",
    "model danger": "safety_coercive_control",
    "model crisis": "safety_suicide",
}
PEOPLE = {
    "mum": "parent",
    "partner": "partner",
    "boss": "boss",
    "sister": "sibling",
    "friend": "friend",
}
IN_BETWEEN = {
    "faq": "action_faq",
    "aside": "action_aside",
    "greet": "action_welcome",
    "resume_exercise": "action_resume_exercise",
    "show_progress": "action_progress",
    "consent_privacy": "action_privacy",
    "data_delete": "action_delete_data",
    "data_export": "action_export_data",
    "talk_to_human": "action_talk_to_human",
    "ask_are_you_human": "action_are_you_human",
    "press": "action_press",
    **dict.fromkeys(
        ("skip_step", "dont_know", "ask_help_step", "go_back_edit", "push_back"),
        "action_step_control",
    ),
}
ENDS_THE_FORM = {
    "pause_exercise": "action_pause_exercise",
    "stop_exercise": "action_stop_exercise",
    "change_topic": "action_change_topic",
    "goodbye": "action_goodbye",
    "choose_exercise": "action_choose_exercise",
    "safety_coercive_control": "action_safety",
    "safety_suicide": "action_safety",
}
OUTSIDE = {
    **IN_BETWEEN,
    **ENDS_THE_FORM,
    "affirm": "action_affirm",
    "deny": "action_deny",
    "set_boundary": "action_offer",
    "ask_support": "action_offer",
    "raise_issue": "action_offer",
    "express_feeling": "action_meet_feeling",
    "set_reminder": "action_reminder",
    "set_goal": "action_goal",
    "report_practice": "action_practice",
    "answer_free": "action_loose_answer",
    "press_step": "action_loose_answer",
    "nlu_fallback": "action_fallback",
}


class FakeRasa:
    """A tiny rule table that calls the real action endpoint in the order that Rasa does."""

    def __init__(self) -> None:
        self.actions: Starlette | None = None
        self.action_token = ""
        self.down = False
        self.faults = 0
        self.fault_after = 0
        self.fails_at_the_end = 0
        self.garbage: list[httpx.Response] = []
        self.hold: asyncio.Event | None = None
        self.turns: list[dict[str, Any]] = []
        self.calls: list[str] = []
        self.verdicts: dict[str, dict[str, Any]] = {}
        self.reads: dict[str, str] = {}

    def transport(self) -> httpx.MockTransport:
        """For `RasaClient(transport=...)`."""
        return httpx.MockTransport(self._answer)

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("nobody listens", request=request)
        body = json.loads(request.content)
        if request.url.path.endswith("/parse"):
            state = body.get("state") or {"exercise": False}
            results = [self._nlu(text, state, None) for text in body["texts"]]
            return httpx.Response(200, json={"results": results})
        self.turns.append(body)
        if self.hold is not None:
            await self.hold.wait()
        if self.garbage:
            return self.garbage.pop(0)
        nlu = self._nlu(body["text"], body["state"], body["press"])
        assert self.actions is not None
        transport = httpx.ASGITransport(app=self.actions)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://actions", trust_env=False
        ) as http:
            round_ = _Round(self, http, body, nlu)
            good = await round_.play()
        if self.fails_at_the_end:
            self.fails_at_the_end -= 1
            good = False
        if not good:
            return httpx.Response(503, json={"error": "action_failed"})
        return httpx.Response(200, json={"turn": body["turn"], "nlu": nlu, "actions": round_.done})

    def _nlu(self, text: str, state: Mapping[str, Any], press: Any) -> dict[str, Any]:
        intent, entities = understand(text, state, press)
        intent = self.reads.get(text, intent)
        others = [name for name in ("set_boundary", "ask_support", "raise_issue") if name != intent]
        return {
            "intent": intent,
            "confidence": 0.9,
            "ranking": [{"name": name, "confidence": 0.9} for name in [intent, *others]],
            "entities": entities,
            "safety": self.verdicts.get(text, {"tier": 0}),
        }


class _Round:
    """One turn's calls of actions."""

    def __init__(
        self, rasa: FakeRasa, http: httpx.AsyncClient, body: dict[str, Any], nlu: dict[str, Any]
    ) -> None:
        self._rasa = rasa
        self._http = http
        self._body = body
        self._nlu = nlu
        self.done: list[str] = []
        self.failed = False

    async def play(self) -> bool:
        """Call what the rules say. False when an action failed."""
        intent = self._nlu["intent"].split("/")[0]
        if not self._body["state"]["exercise"]:
            if _follows(await self._call(OUTSIDE[intent])):
                await self._ask_again(validations=2)
        elif intent in ENDS_THE_FORM:
            await self._call("validate_exercise_form")
            if _follows(await self._call(ENDS_THE_FORM[intent])):
                await self._ask_again()
        elif intent in IN_BETWEEN:
            await self._call("validate_exercise_form")
            await self._call(IN_BETWEEN[intent])
            await self._ask_again()
        else:
            events = await self._call("validate_exercise_form", self._body["text"] or "…")
            if _slot(events) is None:
                await self._call("action_ask_exercise_answer")
        return not self.failed

    async def _ask_again(self, validations: int = 1) -> None:
        for _ in range(validations):
            await self._call("validate_exercise_form")
        await self._call("action_ask_exercise_answer")

    async def _call(self, action: str, answer: str | None = None) -> list[dict[str, Any]]:
        if self.failed:
            return []
        rasa = self._rasa
        if rasa.faults and len(self.done) >= rasa.fault_after:
            rasa.faults -= 1
            self.failed = True
            return []
        rasa.calls.append(action)
        self.done.append(action)
        response = await self._http.post(
            "/webhook",
            json=action_call(action, self._body, self._nlu, answer),
            headers={"Authorization": f"Bearer {self._body['action_token']}"},
        )
        if response.status_code != 200:
            self.failed = True
            return []
        events: list[dict[str, Any]] = response.json()["events"]
        return events


def action_call(
    action: str, body: Mapping[str, Any], nlu: Mapping[str, Any], answer: str | None = None
) -> dict[str, Any]:
    """An action call as Rasa sends it."""
    name, _, sub = nlu["intent"].partition("/")
    intent = {"name": name, "confidence": nlu["confidence"]}
    if sub:
        intent["full_retrieval_intent_name"] = nlu["intent"]
    return {
        "next_action": action,
        "sender_id": body["sender"],
        "version": "3.6.21",
        "tracker": {
            "sender_id": body["sender"],
            "slots": {SLOT: answer, "requested_slot": SLOT},
            "latest_message": {
                "intent": intent,
                "intent_ranking": nlu["ranking"],
                "entities": nlu["entities"],
                "text": body["text"],
                "message_id": body["turn"],
                "metadata": {"turn": body["turn"], "state": body["state"]},
            },
            "events": [],
            "paused": False,
            "followup_action": None,
            "active_loop": {"name": FORM} if body["state"]["exercise"] else {},
            "latest_action_name": None,
        },
    }


def understand(text: str, state: Mapping[str, Any], press: Any) -> tuple[str, list[dict[str, Any]]]:
    """Intent and entities of a text by the tables above."""
    if press is not None:
        return press["intent"], [
            {**entity, "text": entity["value"]} for entity in press["entities"]
        ]
    said = text.casefold().strip(" .!?")
    entities = []
    for match in re.finditer(rf"\b(?:my )?({'|'.join(PEOPLE)})\b", text, re.IGNORECASE):
        role = PEOPLE[match[1].lower()]
        entities.append({"entity": "person_role", "value": role, "text": match[0]})
    if said.startswith("start "):
        name = said.removeprefix("start ").split()[0]
        entities.append({"entity": "exercise_name", "value": name, "text": name})
    if said in PHRASES:
        return PHRASES[said], entities
    for beginning, intent in BEGINNINGS.items():
        if said.startswith(beginning):
            return intent, entities
    return ("answer_free" if state["exercise"] else "nlu_fallback"), entities


def _follows(events: list[dict[str, Any]]) -> bool:
    return any(event["event"] == "followup" and event["name"] == FORM for event in events)


def _slot(events: list[dict[str, Any]]) -> Any:
    return next((event["value"] for event in events if event["event"] == "slot"), None)
