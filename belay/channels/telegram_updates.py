"""What a Telegram update means for Belay. Reads only; nothing here answers or stores.

Shapes: https://core.telegram.org/bots/api#update
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from telegram import Chat, ChatMember, Message, Update, User

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")

Kind = Literal[
    "text", "command", "press", "edited", "wordless", "blocked", "joined_group", "nothing"
]

# What a message without words shows, and the line that answers it. Order matters: an animation
# also counts as a document.
WORDLESS = {
    "sticker": "channel.sticker",
    "voice": "channel.voice",
    "audio": "channel.voice",
    "video_note": "channel.voice",
    "photo": "channel.picture",
    "animation": "channel.sticker",
    "video": "channel.picture",
    "document": "channel.file",
    "location": "channel.place",
    "contact": "channel.person",
    "dice": "channel.sticker",
    "poll": "channel.other",
}
OTHER = "channel.other"

# Commands that are presses of Belay's own.
COMMANDS = {
    "delete": "delete.ask",
    "export": "export.yes",
    "privacy": "privacy.show",
    "link": "link.code",
    "devices": "link.show",
}
HELP = "help now"
# Stands before the button that was pressed: Telegram itself shows no trace of a press.
CHOSEN = "\u2713 "
GREETING = "hello"
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_CODE = re.compile(r"[A-Za-z0-9 -]{6,24}")


@dataclass(frozen=True)
class Read:
    """One update, read. `chat` is the private chat it belongs to."""

    kind: Kind
    update_id: int
    chat: int = 0
    text: str = ""
    command: str | None = None
    button: str | None = None
    title: str = ""
    line: str | None = None
    callback_id: str | None = None
    message_id: int = 0
    rows: tuple[tuple[str, str], ...] = ()


def read_update(update: Update) -> Read:
    """What one update is about; "nothing" for all that is not between a person and the bot."""
    number = update.update_id
    if update.my_chat_member is not None:
        return _membership(update)
    if update.callback_query is not None:
        return _press(update)
    edited = update.edited_message is not None
    message = update.message or update.edited_message
    if message is None or not _private(message.chat, message.from_user):
        return Read("nothing", number)
    if edited:
        return Read("edited", number, message.chat.id, text=_words(message))
    return _message(number, message)


def _message(number: int, message: Message) -> Read:
    chat, text = message.chat.id, _words(message)
    line = next((said for part, said in WORDLESS.items() if getattr(message, part)), None)
    if line is not None or not text:
        if line is None and _service(message):
            return Read("nothing", number)
        return Read("wordless", number, chat, text=text, line=line or OTHER)
    command = _COMMAND.fullmatch(text.strip())
    if command is None:
        return Read("text", number, chat, text=text, message_id=message.message_id)
    return _command(number, chat, command[1].lower(), (command[2] or "").strip())


def _command(number: int, chat: int, name: str, rest: str) -> Read:
    if name in ("start", "link") and _CODE.fullmatch(rest):
        return Read("command", number, chat, command=f"link.use:{rest}", title=f"/{name}")
    if name == "start":
        return Read("text", number, chat, text=GREETING)
    if name == "help":
        return Read("text", number, chat, text=HELP)
    if name in COMMANDS and not rest:
        return Read("command", number, chat, command=COMMANDS[name], title=f"/{name}")
    # "/stop", "/skip" and whatever else somebody tries: the word itself, as if typed.
    said = f"{name} {rest}".strip().replace("_", " ")
    return Read("text", number, chat, text=said)


def _press(update: Update) -> Read:
    query = update.callback_query
    assert query is not None
    chat = query.message.chat if query.message is not None else None
    if chat is None or not _private(chat, query.from_user) or not query.data:
        return Read("nothing", update.update_id, callback_id=query.id)
    rows = _rows(query.message)
    return Read(
        "press",
        update.update_id,
        chat.id,
        button=query.data,
        title=next((title for title, data in rows if data == query.data), ""),
        callback_id=query.id,
        message_id=query.message.message_id if query.message is not None else 0,
        rows=rows,
    )


def _rows(message: object) -> tuple[tuple[str, str], ...]:
    """Titles and values of the buttons; none when Telegram no longer shows the message."""
    markup = getattr(message, "reply_markup", None)
    shown = [one for row in (markup.inline_keyboard if markup is not None else ()) for one in row]
    return tuple((one.text.removeprefix(CHOSEN), str(one.callback_data)) for one in shown)


def _membership(update: Update) -> Read:
    changed = update.my_chat_member
    assert changed is not None
    status = changed.new_chat_member.status
    if changed.chat.type == Chat.PRIVATE:
        blocked = status in (ChatMember.BANNED, ChatMember.LEFT)
        return Read("blocked" if blocked else "nothing", update.update_id, changed.chat.id)
    joined = status in (ChatMember.MEMBER, ChatMember.ADMINISTRATOR)
    return Read("joined_group" if joined else "nothing", update.update_id, changed.chat.id)


def _private(chat: Chat, sender: User | None) -> bool:
    """Only a person in a chat of their own: in groups others would read along."""
    return (
        chat.type == Chat.PRIVATE
        and sender is not None
        and not sender.is_bot
        and sender.id == chat.id
    )


def _words(message: Message) -> str:
    return message.text or message.caption or ""


def _service(message: Message) -> bool:
    """Notes by Telegram itself (a pinned message, a changed timer) are nobody's words."""
    noted = ("pinned_message", "message_auto_delete_timer_changed", "write_access_allowed")
    return any(getattr(message, name) for name in noted)
