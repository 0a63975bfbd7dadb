"""Signing in and out."""

from __future__ import annotations

import re

from starlette.responses import HTMLResponse, RedirectResponse, Response

from belay.console.desk import Desk, Visit
from belay.console.problems import Problem
from belay.console.session_cookie import drop_session, keep_session
from belay.console.throttle import MINUTES, TRIES

# Where a coach may be sent after signing in: pages of the console, nothing else.
_INSIDE = re.compile(r"/(?:safety|about|conversations/[0-9a-zA-Z-]{1,64})")
WRONG = "Address and password do not fit together. Check both and try again."


def show(desk: Desk, visit: Visit) -> Response:
    """The sign-in page, or the queue for who is signed in."""
    if visit.maybe_coach is not None:
        return RedirectResponse(f"{desk.base}/", status_code=303)
    return _page(desk, visit, visit.query.get("next", ""))


def enter(desk: Desk, visit: Visit) -> Response:
    """Check address and password. Each way to be wrong looks the same and takes as long."""
    email = visit.form.get("email", "").strip()[:200]
    wait = desk.throttle.take(email.casefold(), visit.address)
    if wait:
        raise Problem(
            429,
            "Too many tries",
            f"After {TRIES} tries there is a break of up to {MINUTES} minutes. "
            f"Try again in {wait} seconds.",
            {"Retry-After": str(wait)},
        )
    account = desk.coaches.account(email)
    password = visit.form.get("password", "")
    stored = account.password_hash if account else None
    if not desk.passwords.is_right(stored, password) or account is None:
        return _page(desk, visit, visit.form.get("next", ""), email=email, wrong=True)
    desk.throttle.forget(email.casefold(), visit.address)
    if desk.passwords.is_outdated(account.password_hash):
        desk.coaches.replace_hash(account.id, desk.passwords.hash(password))
    return begin_session(desk, visit, account.id, visit.form.get("next", ""))


def leave(desk: Desk, visit: Visit) -> Response:
    """End the session, here and in the database."""
    desk.coaches.close_session(visit.session_token or "")
    response = RedirectResponse(f"{desk.base}/login", status_code=303)
    drop_session(response, desk)
    return response


def begin_session(desk: Desk, visit: Visit, coach_id: str, wanted: str = "") -> Response:
    """A new session for this coach, never one that was there before."""
    if visit.session_token:
        desk.coaches.close_session(visit.session_token)
    token = desk.coaches.open_session(coach_id, visit.now)
    inside = wanted if _INSIDE.fullmatch(wanted) else "/"
    response = RedirectResponse(f"{desk.base}{inside}", status_code=303)
    keep_session(response, desk, token)
    return response


def _page(
    desk: Desk, visit: Visit, wanted: str, *, email: str = "", wrong: bool = False
) -> Response:
    page = desk.pages.render(
        "sign_in.html",
        email=email,
        wrong=WRONG if wrong else None,
        next=wanted if _INSIDE.fullmatch(wanted) else "",
        empty=not desk.coaches.any(),
    )
    return HTMLResponse(page, status_code=401 if wrong else 200)
