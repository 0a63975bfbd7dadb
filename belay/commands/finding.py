"""What `belay doctor` finds: one thing looked at, how it stands, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# "told" is for what a program cannot judge; only "broken" makes the command fail.
State = Literal["good", "told", "look", "broken"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `remedy` is empty where nothing is to be done."""

    about: str
    state: State
    said: str
    remedy: str = ""
