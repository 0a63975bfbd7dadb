"""Belay killed in the middle: each accepted message is processed once, none is lost."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from belay.gateway.rasa_process import free_port
from tests.conversations.stage import RasaAddress

pytestmark = pytest.mark.conversation

CLIENTS = 10
MESSAGES = 20
POINTS = ("before_send", "after_send", "before_commit", "after_commit")
TEXTS = (
    "hello",
    "what is interdependence?",
    "my sister borrows money and never says thank you and I keep giving",
    "thanks",
    "what can we do here",
)


class Home:
    """A Belay process that is started again whenever it died, each time with another trap."""

    def __init__(self, folder: Path, rasa: RasaAddress, chance: random.Random) -> None:
        self._folder, self._rasa, self._chance = folder, rasa, chance
        self.port = free_port()
        self.deaths: list[str] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._point = "none"

    def start(self, point: str, after: int) -> None:
        """Start with a trap."""
        self._point = point
        arguments = [str(self._folder), str(self.port), self._rasa.url, self._rasa.token]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.conversations.crash.child", *arguments, point, str(after)]
        )

    def revive(self) -> None:
        """Start again when it died."""
        assert self._process is not None
        if self._process.poll() is None:
            return
        assert self._process.returncode == -signal.SIGKILL, self._process.returncode
        self.deaths.append(self._point)
        left = [point for point in POINTS if point not in self.deaths]
        if left:
            self.start(self._chance.choice(left), self._chance.randrange(3, 12))
        else:
            self.start("none", 0)

    def stop(self) -> None:
        """End it."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGTERM)
        self._process.wait(20)


def talk(number: int, home: Home, seed: int) -> list[str]:
    """One client sends its messages, each with its id until it is accepted."""
    chance = random.Random(seed * 100 + number)
    sent = []
    with httpx.Client(base_url=f"http://127.0.0.1:{home.port}", timeout=10) as http:

        def insist(path: str, body: dict[str, object]) -> None:
            for _ in range(300):
                try:
                    response = http.post(path, json=body)
                except httpx.HTTPError:
                    time.sleep(0.1)
                    continue
                assert response.status_code in (200, 202), response.text
                return
            raise AssertionError("never accepted")

        insist("/chat/open", {"view": "crash"})
        for place in range(MESSAGES):
            key = f"client-{number}-message-{place}"
            insist("/chat/messages", {"id": key, "text": chance.choice(TEXTS)})
            sent.append(key)
            time.sleep(chance.random() * 0.05)
    return sent


def test_every_accepted_message_is_answered_once_through_crashes_at_every_point(
    rasa: RasaAddress, tmp_path: Path
) -> None:
    seed = int(os.environ.get("BELAY_SEED", random.randrange(10_000)))
    print(f"seed {seed} (BELAY_SEED={seed} repeats it)")
    home = Home(tmp_path / "home", rasa, random.Random(seed))
    home.start("before_send", 5)
    with ThreadPoolExecutor(CLIENTS) as pool:
        talks = [pool.submit(talk, number, home, seed) for number in range(CLIENTS)]
        begun, rasa_killed = time.monotonic(), False
        while not all(one.done() for one in talks):
            home.revive()
            if not rasa_killed and time.monotonic() - begun > 2:
                victim = rasa.pid()
                assert victim is not None
                os.kill(victim, signal.SIGKILL)
                rasa_killed = True
            time.sleep(0.2)
        sent = [key for one in talks for key in one.result()]
    deadline = time.monotonic() + 90
    database = tmp_path / "home" / "belay.db"
    while time.monotonic() < deadline:
        home.revive()
        if _one(database, "SELECT count(*) FROM inbox WHERE status = 'accepted'") == 0:
            break
        time.sleep(0.3)
    home.stop()
    assert set(home.deaths) == set(POINTS), home.deaths
    assert rasa_killed
    with closing(sqlite3.connect(database)) as rows:
        inbox = rows.execute("SELECT provider_id, status, id FROM inbox").fetchall()
        posted = Counter(row[0] for row in rows.execute("SELECT turn_id FROM outbox"))
        repeated = rows.execute(
            "SELECT turn_id, json_extract(payload, '$.line'), count(*) FROM outbox "
            "WHERE payload IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1"
        ).fetchall()
    assert len(inbox) == len(sent) == CLIENTS * MESSAGES
    assert {status for _, status, _ in inbox} == {"answered"}
    assert all(posted[turn] >= 1 for _, _, turn in inbox), "an accepted message got no reply"
    assert repeated == []


def _one(database: Path, query: str) -> int:
    with closing(sqlite3.connect(database)) as rows:
        return int(rows.execute(query).fetchone()[0])
