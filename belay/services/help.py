"""Help lines as values for a line and as a card, for a country that may be unknown."""

from __future__ import annotations

from typing import Any

from belay.domain.reply import Button, Card
from belay.services.ports import Help, Helpline, Helplines, Words


class HelpLines:
    """Speaks of help lines; which there are is content/helplines' business."""

    def __init__(self, lines: Helplines, words: Words) -> None:
        self._lines = lines
        self._words = words

    def find(self, country: str | None, topic: str) -> Help:
        """The lines themselves."""
        return self._lines.find(country, topic)

    def values(self, country: str | None, topic: str) -> dict[str, Any]:
        """`emergency` and `lines` for an authored line."""
        found = self._lines.find(country, topic)
        return {"emergency": found.emergency, "lines": self._inline(found)}

    def card(self, country: str | None, topic: str, seed: str) -> Card:
        """All lines of the topic, one a row, as plain text."""
        found = self._lines.find(country, topic)
        rows = [self.describe(line) for line in found.lines]
        title = self._words.text("help.card_title", seed)
        emergency = self._words.text("help.emergency_row", seed, emergency=found.emergency)
        return Card(kind="lines", title=title, text="\n".join([emergency, *rows]))

    def page(self, country: str | None = None) -> dict[str, Any]:
        """The help page's values: crisis and abuse lines, open to everyone."""
        seed = country or "world"
        crisis = self._lines.find(country, "crisis")
        lines = {line.name: line for line in crisis.lines}
        lines.update({line.name: line for line in self._lines.find(country, "abuse").lines})
        return {
            "text": self._words.text("help.page", seed),
            "emergency": self._words.text("help.emergency_row", seed, emergency=crisis.emergency),
            "lines": [
                {
                    "name": line.name,
                    "call": line.call,
                    "text": line.text,
                    "chat": line.chat,
                    "url": line.source_url if line.source_url != line.chat else None,
                    "note": line.note,
                }
                for line in lines.values()
            ],
            "countries": [{"code": code, "name": name} for code, name in self._lines.countries()],
        }

    def country_buttons(self) -> list[Button]:
        """One button for each country that has lines, and one for elsewhere."""
        made = [
            self._words.button("country", code=code, title=name)
            for code, name in self._lines.countries()
        ]
        return [*made, self._words.button("country_elsewhere")]

    def describe(self, line: Helpline) -> str:
        """One line in a row: name, and each way to reach it."""
        ways = [
            self._words.text(f"help.way_{way}", line.name, value=value)
            for way, value in (("call", line.call), ("text", line.text), ("chat", line.chat))
            if value
        ]
        tail = [part for part in (line.hours, line.note) if part]
        return f"{line.name}: " + "; ".join(ways + tail)

    def _inline(self, found: Help) -> str:
        return self.describe(found.lines[0]) if found.lines else found.emergency
