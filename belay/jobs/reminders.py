"""Sends the reminders that are due: each once, or never.

A reminder that was due while nothing ran is sent once when it is at most twelve hours late;
after that it expires, and the next visit hears of it.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from belay.domain.reminder import TOO_LATE, Decision, Kind, Status, decide
from belay.domain.reply import Button, Reply
from belay.services.ports import Words
from belay.services.practices import TRIED
from belay.storage.reminders import DueReminder, StoredReminders

EVERY = timedelta(seconds=20)
TELL_EVERY = timedelta(seconds=2)


class Reminding:
    """One round of the job.

    Args:
        stored: What is due, and the transaction that sends.
        words: Authored lines; those of reminders name no exercise and no person.
        posted: Told the conversation that has something new, by `tell`.
    """

    def __init__(
        self, stored: StoredReminders, words: Words, posted: Callable[[str], None]
    ) -> None:
        self._stored = stored
        self._words = words
        self._posted = posted
        self._new: deque[str] = deque()
        self._one_round = threading.Lock()

    def look(self, now: datetime) -> Mapping[str, int]:
        """Settle everything that is due; returns counts."""
        counts = dict.fromkeys(("reminded", "expired", "dropped"), 0)
        with self._one_round:
            for due in self._stored.due(now):
                decision = decide(due.reminder, due.facts, now)
                if decision is Decision.SEND and self._send(due, now):
                    counts["reminded"] += 1
                elif decision is Decision.EXPIRE:
                    counts["expired"] += self._stored.settle(due.reminder, Status.EXPIRED, now)
                elif decision is Decision.DROP:
                    counts["dropped"] += self._stored.settle(due.reminder, Status.DROPPED, now)
        return counts

    def tell(self, now: datetime) -> None:
        """Announce what was sent; only the event loop may do this."""
        while self._new:
            self._posted(self._new.popleft())

    def _send(self, due: DueReminder, now: datetime) -> bool:
        expires = due.reminder.due_at + TOO_LATE
        sent = self._stored.send(due, lambda seed: self._reply(due, seed), now, expires)
        if sent and due.talk is not None:
            self._new.append(due.talk)
        return sent

    def _reply(self, due: DueReminder, seed: str) -> Reply:
        if due.reminder.kind is Kind.CHECK and due.practice is not None:
            return self._words.reply("remind.check", seed, buttons=self._tried(due.practice.id))
        return self._words.reply("remind.nudge", seed)

    def _tried(self, practice_id: str) -> list[Button]:
        made = [self._words.button(name, practice=practice_id) for name in TRIED]
        return [*made, self._words.button("remind_stop")]
