"""What the fake server says: interface words, help lines and typical messages.

The words stand in for `content/`: same keys, so a word that the widget needs and the content
does not have shows up in a comparison with these.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

LABELS: dict[str, str] = {
    "bot": "Belay",
    "bot_tagline": "a program, not a person",
    "you": "You",
    "coach": "coach",
    "leave": "Leave",
    "leave_note": "Leave, or Esc pressed twice, opens another page. "
    "Your browser still keeps its own history.",
    "help_now": "Help now",
    "help_page": "Open the help lines as a page",
    "help_offline": "In danger now? Call your local emergency number.",
    "call": "Call",
    "text": "Text",
    "chat": "Chat",
    "website": "Website",
    "open": "Open the chat",
    "close": "Close",
    "unread": "new message",
    "log": "Conversation",
    "placeholder": "Write here",
    "send": "Send",
    "show_earlier": "Show my earlier messages",
    "link_device": "Link another device",
    "newer": "Go to the newest message",
    "typing": "{name} is writing",
    "choices": "Choices",
    "chosen": "chosen",
    "copy": "Copy",
    "copied": "Copied",
    "copy_by_hand": "The words are selected. Copy them with your keyboard or menu.",
    "edit": "Change the words",
    "delete": "Delete",
    "download": "Save the file",
    "exercise": "Exercise",
    "before": "before",
    "after": "after",
    "table": "Show the numbers",
    "strand_words": "What I gave words to",
    "strand_tried": "What I tried in life",
    "week": "Week from",
    "offline": "No connection. Your words stay here and go out when it is back.",
    "not_sent": "Not sent yet.",
    "refused": "This could not be sent.",
    "retry": "Try again",
    "nothing_kept": "There is nothing more to show: your words were not kept.",
    "part_missing": "A part of this did not load. The words are all here.",
    "pin": "PIN, 4 to 8 digits",
    "new_pin": "A new PIN",
    "old_pin": "Your PIN",
    "pin_again": "The same PIN once more",
    "pin_open": "Open",
    "pin_keep": "Use this PIN",
    "pin_unfit": "A PIN has 4 to 8 digits.",
    "pin_differ": "The two are not the same.",
    "pin_wait": "Too many tries. You can try again at {time}.",
    "cancel": "Cancel",
    "count": "{n} of {max} characters",
    "too_long": "{n} of {max} characters. Please send it in two parts.",
}

INTRO = (
    "I'm Belay, a computer program for practising talks with people close to you. "
    "I'm not a person, a therapist, or an emergency service."
)

HELP: Json = {
    "emergency": "In danger now? Call 112.",
    "text": "These lines are free. The people there listen every day.",
    "lines": [
        {
            "name": "The Listening Line",
            "call": "116 123",
            "text": "85258",
            "chat": "https://listening.example/chat",
            "url": None,
            "note": "Open day and night.",
        },
        {
            "name": "Safe at Home",
            "call": "0800 555 0100",
            "text": "Send HOME to 85259",
            "chat": None,
            "url": "https://safe-at-home.example",
            "note": "For anyone who is afraid of someone close.",
        },
    ],
}

CHOICES: list[Json] = [
    {"title": "Say a limit", "value": "signed-1", "style": None},
    {"title": "Ask for support", "value": "signed-2", "style": None},
    {"title": "Say what I need, in plain words", "value": "signed-3", "style": None},
    {"title": "Skip this", "value": "signed-4", "style": "quiet"},
]

STATEMENT: Json = {
    "kind": "statement",
    "title": "Your words",
    "text": "When my messages are read, I feel watched. I keep my phone to myself. "
    "If it happens again, I will put it in the other room.",
    "id": "artefact-1",
    "edit": "signed-edit",
    "delete": "signed-delete",
    "url": None,
    "points": [],
}

PROGRESS: Json = {
    "kind": "progress",
    "title": "Your progress",
    "text": "How sure you felt, from 0 to 10.",
    "points": [
        {"label": "Say a limit to my partner", "before": 3, "after": 7},
        {"label": "Ask my sister for a lift", "before": 6, "after": 4},
        {"label": "One clear request", "before": 5, "after": 5},
        {"label": "Not finished yet", "before": 2, "after": None},
    ],
}

_PARTS = [
    ("When you read my messages", "happened", "what happened"),
    ("I feel watched", "feeling", "feeling"),
    ("I need some privacy", "need", "need"),
    ("Please ask me first", "request", "request"),
    ("I do not hand over my phone", "limit", "limit"),
    ("I will lock it", "will_do", "what I will do"),
]
# The sign before the words is one character for Python and two units for JavaScript.
_WORDS = (
    "\U0001f33f When you read my messages I feel watched, and I need some privacy. "
    "Please ask me first. I do not hand over my phone. I will lock it."
)
DRAFT: Json = {
    "text": _WORDS,
    "marks": [
        {
            "start": _WORDS.index(part),
            "end": _WORDS.index(part) + len(part),
            "kind": kind,
            "name": name,
        }
        for part, kind, name in _PARTS
    ],
}

_TIPPED = "You never call on Sunday"
TIPPED: Json = {
    "text": f"{_TIPPED}\n\n'You never' is easy to argue with. Which day was it?",
    "marks": [
        {"start": 0, "end": len(_TIPPED), "kind": "draft", "name": "", "part": None, "tip": False},
        {
            "start": 0,
            "end": 9,
            "kind": "issue",
            "name": "always or never",
            "part": None,
            "tip": True,
        },
        {
            "start": 15,
            "end": 24,
            "kind": "strength",
            "name": "when",
            "part": "happened",
            "tip": False,
        },
    ],
}

NEW_PIN: Json = {
    "text": "Type a PIN of 4 to 8 digits. I can't tell it to you again.",
    "asks": "new_pin",
    "buttons": [{"title": "Never mind", "value": "signed-not", "style": "quiet"}],
}
OLD_PIN: Json = {**NEW_PIN, "text": "Your PIN comes first.", "asks": "pin"}

CARE: Json = {
    "text": "Thank you for telling me. It is not your fault, and you don't have to decide "
    "anything now.\n\nIs it safe to read this here?",
    "tier": 3,
    "buttons": [
        {"title": "Yes", "value": "signed-safe", "style": None},
        {"title": "No: leave page", "value": "signed-leave", "style": "leave"},
        {"title": "Show me a line", "value": "signed-line", "style": "care"},
    ],
}
