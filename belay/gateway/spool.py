"""Safety events that the database could not take: a local file, without any text."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from belay.domain.safety import SafetyEvent


class Spool:
    """An append-only file of safety events, emptied once they are recorded."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, event: SafetyEvent) -> None:
        """Append one event and flush it to the disk."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        row = {**vars(event), "at": event.at.isoformat()}
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def events(self) -> list[SafetyEvent]:
        """What waits, oldest first."""
        if not self._path.exists():
            return []
        rows = [json.loads(line) for line in self._path.read_text("utf-8").splitlines() if line]
        return [SafetyEvent(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in rows]

    def empty_into(self, record: Callable[[SafetyEvent], None]) -> int:
        """Record every waiting event, then remove the file. Returns how many there were."""
        waiting = self.events()
        for event in waiting:
            record(event)
        if waiting:
            self._path.unlink()
        return len(waiting)

    def forget(self, conversation_id: str) -> None:
        """Remove a conversation's events (erasure)."""
        waiting = self.events()
        left = [event for event in waiting if event.conversation_id != conversation_id]
        if len(left) == len(waiting):
            return
        beside = Spool(self._path.with_suffix(".new"))
        for event in left:
            beside.keep(event)
        if left:
            beside._path.replace(self._path)
        else:
            self._path.unlink()
