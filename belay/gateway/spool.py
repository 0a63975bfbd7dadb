"""Safety events that the database could not take: a local file, without any text.

Another process (`belay erase`) may work on the same file, so that each change is made under a
lock file that the operating system keeps.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import structlog

from belay.domain.safety import SafetyEvent

log = structlog.get_logger("belay.gateway")


class Spool:
    """An append-only file of safety events, emptied once they are recorded."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._here = threading.Lock()
        self._kept_in_memory: list[SafetyEvent] = []
        self._held_back: set[str] = set()

    def keep(self, event: SafetyEvent) -> None:
        """Append one event and flush it to the disk; in memory only while the disk takes nothing.

        Never raises for the disk: the reply that goes with the event matters more.
        """
        try:
            with self._locked():
                self._append([event])
        except OSError as error:
            log.error("spool.unavailable", error=type(error).__name__)
            self._kept_in_memory.append(event)

    def events(self) -> list[SafetyEvent]:
        """What waits, oldest first."""
        return [*self._read(), *self._kept_in_memory]

    def hold_back(self, ids: Sequence[str]) -> None:
        """Leave events unrecorded while it is open whether their own turn records them."""
        self._held_back.update(ids)

    def release(self, ids: Sequence[str]) -> None:
        """They are to be recorded from here after all."""
        self._held_back.difference_update(ids)

    def empty_into(self, record: Callable[[SafetyEvent], None]) -> int:
        """Record every waiting event, then take it out. Returns how many there were.

        Raises whatever `record` raises; what was not recorded by then stays.
        """
        if not self._kept_in_memory and not self._path.exists():
            return 0
        waiting = [event for event in self.events() if event.id not in self._held_back]
        for event in waiting:
            record(event)
        self.drop([event.id for event in waiting])
        return len(waiting)

    def drop(self, ids: Sequence[str]) -> None:
        """Take events out by id: they are recorded elsewhere."""
        gone = set(ids)
        self._held_back -= gone
        self._keep_only(lambda event: event.id not in gone)

    def forget(self, conversation_id: str) -> None:
        """Remove a conversation's events (erasure)."""
        self._keep_only(lambda event: event.conversation_id != conversation_id)

    def _keep_only(self, stays: Callable[[SafetyEvent], bool]) -> None:
        self._kept_in_memory = [event for event in self._kept_in_memory if stays(event)]
        if not self._path.exists():
            return
        with self._locked():
            waiting = self._read()
            left = [event for event in waiting if stays(event)]
            if len(left) == len(waiting):
                return
            if not left:
                self._path.unlink()
                return
            beside = self._path.with_suffix(".new")
            beside.unlink(missing_ok=True)
            self._append(left, beside)
            beside.replace(self._path)

    def _append(self, events: Sequence[SafetyEvent], path: Path | None = None) -> None:
        rows = [{**vars(event), "at": event.at.isoformat()} for event in events]
        data = "".join(json.dumps(row) + "\n" for row in rows).encode()
        handle = os.open(path or self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)

    def _read(self) -> list[SafetyEvent]:
        try:
            lines = self._path.read_text("utf-8").splitlines()
        except FileNotFoundError:
            return []
        return [event for line in lines if line and (event := _event(line)) is not None]

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._here:
            handle = os.open(self._path.with_suffix(".lock"), os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                yield
            finally:
                os.close(handle)


def _event(line: str) -> SafetyEvent | None:
    try:
        row = json.loads(line)
        return SafetyEvent(**{**row, "at": datetime.fromisoformat(row["at"])})
    except (ValueError, TypeError, KeyError):
        # A line that a crash cut short. One of them must not hold up those that are whole.
        log.error("spool.line_unreadable")
        return None
