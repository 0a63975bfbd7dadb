"""JSON that is packed for the way: what every first visit fetches."""

from __future__ import annotations

import gzip
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response


def packed(request: Request, data: dict[str, Any]) -> Response:
    """An answer in JSON, gzipped where the browser takes it.

    Only for answers that hold nothing secret beside something a stranger chose: a compressed
    length tells about both.
    """
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"Vary": "Accept-Encoding", "Cache-Control": "no-store"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, 9, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type="application/json", headers=headers)
