"""The list of conversations that coaches may read."""

from __future__ import annotations

from starlette.responses import HTMLResponse, Response

from belay.console.desk import Desk, Visit
from belay.storage.review_flags import AT_MOST


def show(desk: Desk, visit: Visit) -> Response:
    """The queue: open safety events first, then the latest."""
    page = desk.pages.render(
        "queue.html",
        coach=visit.coach,
        now=visit.now,
        rows=desk.review.conversations(),
        at_most=AT_MOST,
        names=desk.names,
        notices=desk.notices(),
        unseen=desk.review.unseen(),
    )
    return HTMLResponse(page)
