"""Puts the console together: its routes, who may use each, and what surrounds them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from belay.console import about, join, queue, safety, sign_in, transcript
from belay.console.admission import View, admit_anybody, admit_coaches
from belay.console.desk import Desk
from belay.console.headers import SecurityHeaders
from belay.console.names import Names
from belay.console.pages import Pages
from belay.console.passwords import Passwords
from belay.console.problems import Problem, show_broken, show_problem, show_routing_problem
from belay.console.throttle import Throttle
from belay.services.ports import Catalogue
from belay.storage.coaches import Coaches
from belay.storage.review import Review

STATIC = Path(__file__).with_name("static")

# Path, method, page. Everything in the first table needs a signed-in coach.
FOR_COACHES: tuple[tuple[str, str, View], ...] = (
    ("/", "GET", queue.show),
    ("/conversations/{conversation_id}", "GET", transcript.show),
    ("/safety", "GET", safety.show),
    ("/safety/{event_id}/seen", "POST", safety.mark_seen),
    ("/safety/{event_id}/closed", "POST", safety.close),
    ("/about", "GET", about.show),
    ("/logout", "POST", sign_in.leave),
)
FOR_ANYBODY: tuple[tuple[str, str, View], ...] = (
    ("/login", "GET", sign_in.show),
    ("/login", "POST", sign_in.enter),
    ("/join/{token}", "GET", join.show),
    ("/join/{token}", "POST", join.open_account),
)


def create_console(
    *,
    review: Review,
    coaches: Coaches,
    clock: Callable[[], datetime],
    public_url: str | None = None,
    version: str = "",
    notices: Callable[[], list[str]] = list,
    catalogue: Catalogue | None = None,
    passwords: Passwords | None = None,
    base: str = "/console",
) -> Starlette:
    """The console, to be mounted at `base`.

    Args:
        review: What coaches may see.
        coaches: Their accounts and sessions.
        clock: The time, aware.
        public_url: Where people reach Belay. With https, cookies become Secure and `__Host-`.
        version: The content version in force, shown at the foot of each page.
        notices: What coaches have to know about this installation, asked at each visit.
        catalogue: Gives exercises and steps their names; without it their ids are shown.
        passwords: Hashing with other costs than the default.
        base: The path it is mounted at.
    """
    desk = Desk(
        review=review,
        coaches=coaches,
        clock=clock,
        public_url=public_url,
        notices=notices,
        names=Names(catalogue),
        pages=Pages(base=base, static=STATIC, version=version),
        throttle=Throttle(),
        passwords=passwords or Passwords(),
        base=base,
    )
    coaches_only = [_route(desk, admit_coaches, *entry) for entry in FOR_COACHES]
    anybody = [_route(desk, admit_anybody, *entry) for entry in FOR_ANYBODY]
    console = Starlette(
        routes=[
            *coaches_only,
            *anybody,
            Mount("/static", app=StaticFiles(directory=STATIC), name="static"),
        ],
        middleware=[Middleware(SecurityHeaders, static=f"{base}/static/")],
        exception_handlers={
            Problem: show_problem,
            HTTPException: show_routing_problem,
            Exception: show_broken,
        },
    )
    console.state.desk = desk
    return console


def _route(desk: Desk, admit: Callable[..., object], path: str, method: str, view: View) -> Route:
    return Route(path, admit(desk, view), methods=[method])  # type: ignore[arg-type]
