"""Who may come in: session, form, origin and CSRF token are settled before a page runs."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from belay.console.desk import Desk, Visit
from belay.console.problems import Problem
from belay.console.session_cookie import session_token
from belay.storage.coaches import SignedIn

View = Callable[[Desk, Visit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]

FORM_LIMIT = 16 * 1024
FORM_TYPE = "application/x-www-form-urlencoded"


def admit_coaches(desk: Desk, view: View) -> Endpoint:
    """The page for signed-in coaches; everybody else is led to the sign-in page."""

    async def endpoint(request: Request) -> Response:
        visit = await _visit(desk, request)
        if visit.maybe_coach is None:
            return _to_sign_in(desk, request)
        if request.method == "POST":
            _check_csrf(request, visit, visit.maybe_coach)
        return await run_in_threadpool(view, desk, visit)

    return endpoint


def admit_anybody(desk: Desk, view: View) -> Endpoint:
    """The page for everybody. Its POSTs have no session yet; the origin check covers them."""

    async def endpoint(request: Request) -> Response:
        visit = await _visit(desk, request)
        return await run_in_threadpool(view, desk, visit)

    return endpoint


async def _visit(desk: Desk, request: Request) -> Visit:
    form: dict[str, str] = {}
    if request.method == "POST":
        _check_origin(desk, request)
        form = await _read_form(request)
    now = desk.clock()
    token = session_token(request, desk)
    coach = await run_in_threadpool(desk.coaches.session, token, now) if token else None
    return Visit(
        now=now,
        address=request.client.host if request.client else "",
        path={name: str(value) for name, value in request.path_params.items()},
        query=dict(request.query_params),
        form=form,
        maybe_coach=coach,
        session_token=token,
        wants_fragment=request.headers.get("hx-request") == "true",
    )


async def _read_form(request: Request) -> dict[str, str]:
    if request.headers.get("content-type", "").split(";")[0].strip() != FORM_TYPE:
        raise Problem(415, "This form cannot be read", "Send the form from the console's page.")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > FORM_LIMIT:
            raise Problem(413, "This is too long", "Send less text in one form.")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError as error:
        raise Problem(
            400, "This form cannot be read", "Go back, reload the page and send it again."
        ) from error
    return dict(pairs)


def _check_origin(desk: Desk, request: Request) -> None:
    """Refuse forms that another website sent.

    Referrer-Policy: no-referrer makes browsers send "null" with plain forms; then, and where
    the header is missing, Sec-Fetch-Site decides, which scripts cannot set.
    """
    own = desk.public_url or str(request.base_url)
    said = request.headers.get("origin", "null")
    if said == "null":
        good = request.headers.get("sec-fetch-site") == "same-origin"
    else:
        good = _origin(said) == _origin(own)
    if not good:
        raise Problem(
            403,
            "This form did not come from the console",
            "Open the console at its own https address (BELAY_PUBLIC_URL) or, on the machine "
            "itself, at localhost, and try again there.",
        )


def _origin(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return "", "", None
    return parts.scheme, parts.hostname or "", port


def _check_csrf(request: Request, visit: Visit, coach: SignedIn) -> None:
    given = request.headers.get("x-csrf-token") or visit.form.get("csrf", "")
    if not secrets.compare_digest(given.encode(), coach.csrf.encode()):
        raise Problem(
            403,
            "This page was from an earlier visit",
            "Reload the page and do it once more. Nothing was changed.",
        )


def _to_sign_in(desk: Desk, request: Request) -> Response:
    address = f"{desk.base}/login"
    if request.headers.get("hx-request") == "true":
        # htmx would put the sign-in page into the middle of this one.
        return Response(status_code=401, headers={"HX-Redirect": address})
    if request.method != "GET":
        return RedirectResponse(address, status_code=303)
    wanted = request.url.path.removeprefix(desk.base)
    after = "" if wanted in ("", "/") else f"?next={quote(wanted)}"
    return RedirectResponse(address + after, status_code=303)
