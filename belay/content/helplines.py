"""Help lines by country. Only lines with a source are ever shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from belay.content.shapes import CountryShape, HelplineShape
from belay.services.ports import Help, Helpline

OLD_AFTER = timedelta(days=90)
CRISIS = "crisis"


class AuthoredHelplines:
    """Serves content/helplines to the use cases (the port `Helplines`)."""

    def __init__(self, world: CountryShape, countries: Mapping[str, CountryShape]) -> None:
        self._world = world
        self._countries = dict(countries)

    def find(self, country: str | None, topic: str) -> Help:
        """Lines for a topic: those of the topic first, then the crisis lines.

        A country without any line that may be shown gives the world's lines with its own
        emergency number. An unknown country gives the world's.
        """
        found = self._countries.get(country or "", self._world)
        lines = _shown(found, topic) or _shown(self._world, topic)
        return Help(found.country, found.emergency, lines)

    def countries(self) -> Sequence[tuple[str, str]]:
        """Code and name of each country that has a file, by name."""
        pairs = [(code, shape.name) for code, shape in self._countries.items()]
        return tuple(sorted(pairs, key=lambda pair: pair[1]))

    def report(self, today: date) -> list[str]:
        """What a person still has to look at: hidden, unchecked and old lines."""
        told = []
        for shape in (*self._countries.values(), self._world):
            for line in shape.lines:
                where = f"{shape.name}: {line.name}"
                if not _may_show(line):
                    told.append(f"{where} is hidden (switched off, or without a source).")
                    continue
                if line.verified_on is None or not line.verified_by:
                    told.append(f"{where} is not checked by a person.")
                seen = line.verified_on or line.looked_up_on
                if seen is not None and today - seen > OLD_AFTER:
                    told.append(f"{where} was last looked at on {seen}; look again.")
        return told


def _may_show(line: HelplineShape) -> bool:
    return line.enabled and bool(line.source_url) and bool(line.call or line.text or line.chat)


def _shown(country: CountryShape, topic: str) -> tuple[Helpline, ...]:
    lines = [line for line in country.lines if _may_show(line)]
    of_topic = [line for line in lines if line.topic == topic]
    crisis = [line for line in lines if line.topic == CRISIS and topic != CRISIS]
    return tuple(_line(line) for line in (*of_topic, *crisis))


def _line(line: HelplineShape) -> Helpline:
    return Helpline(
        name=line.name,
        topic=line.topic,
        call=line.call,
        text=line.text,
        chat=line.chat,
        hours=line.hours,
        note=line.note,
        source_url=line.source_url,
        verified_on=line.verified_on.isoformat() if line.verified_on else None,
    )
