"""Every sentence the bot can say, by line id."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from belay.content.shapes import PLACEHOLDER, ButtonShape, LineShape, RolesShape
from belay.content.times import AuthoredTimes
from belay.domain.reply import Button, Card, Reply
from belay.domain.variety import pick

_MOST_WORDS = 3
_OWNER = re.compile(r"^(?:my|our|the|a|an)\s+", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*")


class AuthoredWords:
    """Serves the lines of content/ to the use cases (the port `Words`)."""

    def __init__(
        self,
        lines: Mapping[str, LineShape],
        buttons: Mapping[str, ButtonShape],
        people: RolesShape,
        times: AuthoredTimes,
    ) -> None:
        self.times = times
        self._lines = dict(lines)
        self._buttons = dict(buttons)
        self._roles = people.roles
        self._written_as_names = people.written_as_names
        self._not_echoed = people.not_echoed
        self._this_person = people.roles["other"].phrase

    @property
    def lines(self) -> Mapping[str, LineShape]:
        """All lines, for checks and for reading."""
        return self._lines

    @property
    def buttons(self) -> Mapping[str, ButtonShape]:
        """All buttons, for checks and for reading."""
        return self._buttons

    def reply(
        self,
        line: str,
        seed: str,
        *,
        buttons: Sequence[Button] | None = None,
        card: Card | None = None,
        tier: int = 0,
        **values: object,
    ) -> Reply:
        """The line with its values filled in. `buttons` replace those the line declares.

        When nobody was named, a line that has a form `<id>.nobody` is said in that form.

        Raises:
            KeyError: no such line, or a value that the line needs is missing.
        """
        line = self._without_person(line, values)
        text = self.text(line, seed, **values)
        if buttons is None:
            buttons = [self.button(name, **values) for name in self._lines[line].buttons]
        return Reply(line=line, text=text, buttons=tuple(buttons), card=card, tier=tier)

    def _without_person(self, line: str, values: Mapping[str, object]) -> str:
        nobody = f"{line}.nobody"
        named = values.get("person") != self._this_person
        return line if named or nobody not in self._lines else nobody

    def has(self, line: str) -> bool:
        """Whether the line exists."""
        return line in self._lines

    def text(self, line: str, seed: str, **values: object) -> str:
        """Only the words of a line.

        Raises:
            KeyError: no such line, or a value that the line needs is missing.
        """
        if line not in self._lines:
            raise KeyError(f"no line is called '{line}'; write it in content/replies")
        variants = self._lines[line].variants
        variant = variants[pick(seed, line, len(variants))]
        return _filled(variant, values, f"line '{line}'").strip()

    def button(self, name: str, **values: object) -> Button:
        """A button by its name in content/replies/buttons.yml.

        A button with a value `role` may use {role_title}: "My partner".

        Raises:
            KeyError: no such button, or a value that it needs is missing.
        """
        if name not in self._buttons:
            raise KeyError(f"no button is called '{name}'; write it in content/replies/buttons.yml")
        shape = self._buttons[name]
        role = self._roles.get(str(values.get("role")))
        if role is not None:
            values = {**values, "role_title": role.title}
        where = f"button '{name}'"
        return Button(
            title=_filled(shape.title, values, where),
            press=_filled(shape.press, values, where),
            means=shape.means,
            style=shape.style,
        )

    def person(self, role: str | None, words: str | None) -> str:
        """How to speak of a counterpart: "your mum", "your partner", "this person".

        The client's own word is used when it is plainly a word for a person; a name, a number
        or a long description gives the phrase of the role.
        """
        known = self._roles.get(role) if role is not None else None
        phrase = known.phrase if known is not None else self._this_person
        own = self._own_word(words or "")
        if own is None or own == role:
            return phrase
        return f"your {own}"

    def roles(self) -> Sequence[str]:
        """The roles that are offered as choices, in order."""
        return tuple(role for role, shape in self._roles.items() if shape.offered)

    def _own_word(self, words: str) -> str | None:
        said = _OWNER.sub("", words.strip()).replace("’", "'").removesuffix("'s").rstrip("'")
        if said.lower() in self._written_as_names:
            return said.lower()
        parts = said.split()
        if not 0 < len(parts) <= _MOST_WORDS:
            return None
        if any(not _WORD.fullmatch(part) or part in self._not_echoed for part in parts):
            return None
        return said


def _filled(template: str, values: Mapping[str, object], where: str) -> str:
    """Fill {name}; {Name} is the same value with a capital. Values are never read again."""

    def put(found: re.Match[str]) -> str:
        name = found[1]
        plain = name[:1].lower() + name[1:]
        if plain not in values:
            raise KeyError(f"{where} needs a value for '{plain}'")
        value = str(values[plain])
        return value[:1].upper() + value[1:] if plain != name else value

    return PLACEHOLDER.sub(put, template)
