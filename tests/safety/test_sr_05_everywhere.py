"""SR-05 in the widget's own page, which needs neither cookie nor consent nor country."""

from __future__ import annotations

import httpx

from tests.gateway.stage import Stage

OVER_HTTP = True


async def test_sr_05_help_lines_over_http_need_no_visit(stage: Stage) -> None:
    transport = httpx.ASGITransport(app=stage.belay.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://belay") as http:
        world = (await http.get("/chat/help")).json()
        britain = (await http.get("/chat/help?country=GB")).json()
    assert "findahelpline.com" in str(world["lines"])
    assert "999" in britain["emergency"]
    assert stage.rows_in_all() == {}
