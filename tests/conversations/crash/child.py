"""A Belay that kills itself at placed points, for the crash test.

Usage: child.py HOME PORT RASA_URL RASA_TOKEN POINT AFTER. POINT is one of before_send,
after_send, before_commit, after_commit, none; AFTER is how many times it is passed unharmed.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import uvicorn

from belay.bootstrap import Belay, build
from belay.domain.turn import Turn
from belay.gateway.gateway import Pace
from belay.gateway.rasa_client import RasaClient, Reading
from belay.settings import Settings
from belay.storage.turns import Turns


class Trap:
    """Counts passes of a point and ends the process there, as a power cut would."""

    def __init__(self, point: str, after: int) -> None:
        self._point = point
        self._left = after

    def passes(self, point: str) -> None:
        """Walk past a point, or die."""
        if point != self._point:
            return
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1


class TrappedRasa(RasaClient):
    """Dies before or after Rasa was asked."""

    trap: Trap

    async def turn(self, key: str, turn: Turn, state: dict[str, Any]) -> Reading:
        """Ask Rasa between two traps."""
        self.trap.passes("before_send")
        reading = await super().turn(key, turn, state)
        self.trap.passes("after_send")
        return reading


def trap_commits(trap: Trap) -> None:
    """Die before or after a commit."""
    commit = Turns.commit

    def trapped(self: Turns, *args: Any, **named: Any) -> Any:
        trap.passes("before_commit")
        done = commit(self, *args, **named)
        trap.passes("after_commit")
        return done

    Turns.commit = trapped  # type: ignore[method-assign]


async def main() -> None:
    """Serve until killed."""
    home, port, rasa_url, rasa_token, point, after = sys.argv[1:]
    trap = Trap(point, int(after))
    trap_commits(trap)
    belay: Belay = build(
        Settings(home=Path(home)), action_token="child", pace=Pace(late=30, retry=0.05)
    )
    actions = socket.create_server(("127.0.0.1", 0))
    public = socket.create_server(("127.0.0.1", int(port)), reuse_port=False)
    url = f"http://127.0.0.1:{actions.getsockname()[1]}/webhook"
    TrappedRasa.trap = trap
    belay.rasa.connect(TrappedRasa(rasa_url, rasa_token, url, "child"))
    await belay.gateway.start()

    def serve(app: Any, listening: socket.socket) -> Any:
        config = uvicorn.Config(app, log_config=None, lifespan="off")
        return uvicorn.Server(config).serve(sockets=[listening])

    await asyncio.gather(serve(belay.app, public), serve(belay.actions, actions))


if __name__ == "__main__":
    asyncio.run(main())
