"""The shapes of what Belay and Rasa say to each other, checked on the way in."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Any

from rasa_ext.turn import ConversationState, Press, Turn

MAX_TEXT = 4000
MAX_TEXTS = 256
RANKED = 5
# Rasa would read a leading slash as an intent that needs no understanding.
INERT_SLASH = "\N{DIVISION SLASH}"
# Rasa takes a message without words for no message at all.
NO_WORDS = "\N{HORIZONTAL ELLIPSIS}"
FALLBACK = "nlu_fallback"
EXPECTATIONS = (None, "text", "rating", "choice")

_LOOPBACK = re.compile(r"http://(?:127\.0\.0\.1|\[::1\]|localhost):\d{1,5}(?:/[\w./-]*)?")


class WrongShape(Exception):
    """A request is not what the protocol says; the message names the field."""


class TooLong(Exception):
    """A text is longer than the protocol allows."""


def turn_from(body: object, intents: Container[str]) -> Turn:
    """Check a request for a turn.

    Args:
        body: The decoded JSON.
        intents: Names that a button may carry.

    Raises:
        WrongShape: A field is missing, of the wrong type or not allowed.
        TooLong: The text is too long.
    """
    data = _mapping(body, "body")
    url = _text(data, "action_url")
    if not _LOOPBACK.fullmatch(url):
        raise WrongShape("action_url must be http on the loopback interface, with a port")
    return Turn(
        id=_text(data, "turn"),
        sender=_text(data, "sender"),
        text=inert(_message(data.get("text"))),
        press=_press(data.get("press"), intents),
        state=state_from(data.get("state")),
        action_url=url,
        action_token=_text(data, "action_token"),
    )


def texts_from(body: object) -> tuple[list[str], ConversationState]:
    """Check a request for parsing alone; the same errors as for a turn."""
    data = _mapping(body, "body")
    texts = data.get("texts")
    if not isinstance(texts, list):
        raise WrongShape("texts must be a list")
    if len(texts) > MAX_TEXTS:
        raise TooLong(f"texts holds more than {MAX_TEXTS} texts")
    return [inert(_message(text)) for text in texts], state_from(data.get("state"))


def state_from(value: object) -> ConversationState:
    """Check the state of a conversation; nothing given means that no exercise is running."""
    if value is None:
        return ConversationState()
    data = _mapping(value, "state")
    exercise, expects = data.get("exercise", False), data.get("expects")
    if not isinstance(exercise, bool):
        raise WrongShape("state.exercise must be true or false")
    if expects not in EXPECTATIONS:
        raise WrongShape("state.expects must be text, rating, choice or null")
    eased = data.get("eased") or []
    if not isinstance(eased, list) or not all(isinstance(words, str) for words in eased):
        raise WrongShape("state.eased must be a list of texts")
    return ConversationState(exercise=exercise, expects=expects, eased=tuple(filter(None, eased)))


def inert(text: str) -> str:
    """The text as Rasa may read it: no command, never empty."""
    words = text.strip() or NO_WORDS
    return f"{INERT_SLASH} {words[1:]}" if words.startswith("/") else words


def understanding(parsed: Mapping[str, Any]) -> dict[str, Any]:
    """What Rasa understood, as the protocol says it."""
    intent = parsed.get("intent") or {}
    ranking = [entry for entry in parsed.get("intent_ranking") or [] if _name(entry) != FALLBACK]
    return {
        "intent": _name(intent),
        "confidence": float(intent.get("confidence") or 0.0),
        "ranking": [
            {"name": _name(entry), "confidence": float(entry["confidence"])}
            for entry in ranking[:RANKED]
        ],
        "entities": [_entity(entity) for entity in parsed.get("entities") or []],
        "safety": parsed.get("safety") or {"tier": 0, "route": None, "layer": None, "rule": None},
        # False says that the model layer is missing: Belay then adds the way to help itself.
        "judged": "safety" in parsed,
    }


def parsed_press(turn: Turn, press: Press) -> dict[str, Any]:
    """A pressed button in the form of a parsed message, so that nothing is guessed about it."""
    intent: dict[str, Any] = {"name": press.intent.partition("/")[0], "confidence": 1.0}
    if "/" in press.intent:
        intent["full_retrieval_intent_name"] = press.intent
    return {
        "text": turn.text,
        "intent": intent,
        "intent_ranking": [dict(intent)],
        "entities": [dict(entity) for entity in press.entities],
    }


def _name(intent: Mapping[str, Any]) -> str:
    return str(intent.get("full_retrieval_intent_name") or intent.get("name") or FALLBACK)


def _entity(entity: Mapping[str, Any]) -> dict[str, Any]:
    names = ("entity", "value", "start", "end", "text")
    return {name: entity.get(name) for name in names}


def _mapping(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise WrongShape(f"{name} must be a JSON object")
    return value


def _text(data: Mapping[str, Any], name: str, within: str = "") -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value or len(value) > 255:
        raise WrongShape(f"{within}{name} must be a text of 1 to 255 characters")
    return value


def _message(value: object) -> str:
    if not isinstance(value, str):
        raise WrongShape("text must be a text")
    if len(value) > MAX_TEXT:
        raise TooLong(f"text has more than {MAX_TEXT} characters")
    return value


def _press(value: object, intents: Container[str]) -> Press | None:
    if value is None:
        return None
    data = _mapping(value, "press")
    intent = _text(data, "intent", "press.")
    if intent.partition("/")[0] not in intents:
        raise WrongShape("press.intent is not an intent of domain.yml")
    entities = data.get("entities", [])
    if not isinstance(entities, list):
        raise WrongShape("press.entities must be a list")
    return Press(intent, tuple(_pressed_entity(entity) for entity in entities))


def _pressed_entity(value: object) -> dict[str, Any]:
    data = _mapping(value, "press.entities[]")
    return {name: _text(data, name, "press.entities[].") for name in ("entity", "value")}
