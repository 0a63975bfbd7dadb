"""Renders the templates: escaping always on, unknown names an error."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from belay.console import names, times

TEMPLATES = Path(__file__).with_name("templates")


class Pages:
    """The templates with what all of them need. `version` is the content version in force."""

    def __init__(self, *, base: str, static: Path, version: str) -> None:
        stamp = _stamp(static)
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            base=base,
            version=version,
            coach=None,
            static=lambda name: f"{base}/static/{name}?v={stamp}",
        )
        self._environment.filters.update(
            ago=times.ago,
            exact=times.exact,
            day=times.day,
            clock=times.clock,
            readable=names.readable,
            intent=names.intent_name,
            route=names.route_name,
            tier=names.tier_name,
            state=lambda state: names.STATES[state],
            percent=lambda share: f"{share:.0%}",
        )

    def render(self, template: str, **values: object) -> str:
        """The page as HTML."""
        return self._environment.get_template(template).render(**values)


def _stamp(static: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(static.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]
