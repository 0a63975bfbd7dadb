"""What a page works with, and what came in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from belay.console.names import Names
from belay.console.pages import Pages
from belay.console.passwords import Passwords
from belay.console.throttle import Throttle
from belay.storage.coaches import Coaches, SignedIn
from belay.storage.review import Review


@dataclass(frozen=True)
class Desk:
    """The services behind the pages, injected once."""

    review: Review
    coaches: Coaches
    clock: Callable[[], datetime]
    public_url: str | None
    notices: Callable[[], list[str]]
    names: Names
    pages: Pages
    throttle: Throttle
    passwords: Passwords
    base: str

    @property
    def secure(self) -> bool:
        """Whether people reach the console over https."""
        return bool(self.public_url and self.public_url.startswith("https://"))


@dataclass(frozen=True)
class Visit:
    """One request, read and checked. `coach` is there on every page for coaches."""

    now: datetime
    address: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str] = field(default_factory=dict)
    maybe_coach: SignedIn | None = None
    session_token: str | None = None
    wants_fragment: bool = False

    @property
    def coach(self) -> SignedIn:
        """The signed-in coach.

        Raises:
            LookupError: the page was not put behind `admit_coaches`.
        """
        if self.maybe_coach is None:
            raise LookupError("this page has no signed-in coach; route it as FOR_COACHES")
        return self.maybe_coach
