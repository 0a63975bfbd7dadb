"""What a coach has to know about this installation, and the keys."""

from __future__ import annotations

from starlette.responses import HTMLResponse, Response

from belay.console.desk import Desk, Visit


def show(desk: Desk, visit: Visit) -> Response:
    """Notices, what is shown and hidden, keyboard."""
    page = desk.pages.render(
        "about.html", coach=visit.coach, notices=desk.notices(), unseen=desk.review.unseen()
    )
    return HTMLResponse(page)
