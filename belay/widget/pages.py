"""The widget's file, the demo page and the help page, served from memory."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import Response

from belay.widget.bundle import ENTRY, MORE, bundle

FOLDER = Path(__file__).parent
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
FILES = ("demo.js", "leave.js", "page.css", "icon.svg")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def add_pages(
    app: FastAPI,
    labels: Mapping[str, Any],
    help_page: Callable[[str | None], dict[str, Any]],
    leave_url: str,
) -> None:
    """Add "/", "/help-now" and "/widget/..." to an app."""
    files = {name: (FOLDER / name).read_text("utf-8") for name in FILES}
    files |= {name: bundle(entry=name) for name in (ENTRY, MORE)}
    packed = {name: gzip.compress(text.encode(), mtime=0) for name, text in files.items()}
    demo = (FOLDER / "demo.html").read_text("utf-8")
    templates = Environment(loader=FileSystemLoader(FOLDER), autoescape=select_autoescape())
    template = templates.get_template("help.html")

    @app.get("/", include_in_schema=False)
    async def demo_page() -> Response:
        return Response(demo, media_type="text/html", headers=PAGE_HEADERS)

    @app.get("/help-now", include_in_schema=False)
    async def help_now(country: str | None = None) -> Response:
        title = labels.get("page_title", "")
        html = template.render(title=title, say=labels, leave_url=leave_url, **help_page(country))
        return Response(html, media_type="text/html", headers=PAGE_HEADERS)

    @app.get("/widget/{name}", include_in_schema=False)
    async def widget_file(name: str, request: Request) -> Response:
        text = files.get(name)
        if text is None:
            return Response("Not found", 404)
        headers = {"Cache-Control": "public, max-age=300", "X-Content-Type-Options": "nosniff"}
        # The element may be loaded by the sites that embed it.
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Vary"] = "Accept-Encoding"
        media = TYPES[Path(name).suffix]
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(packed[name], media_type=media, headers=headers)
        return Response(text, media_type=media, headers=headers)

    @app.get("/healthz", include_in_schema=False)
    async def alive() -> dict[str, str]:
        return {"status": "alive"}
