"""What the files of lines, buttons, roles and help lines may hold."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

PLACEHOLDER = re.compile(r"\{([A-Za-z]\w*)\}")

MiCode = Literal["GI", "Q", "SR", "CR", "AF", "SEEK", "EMPH"]
"""What a line does in the terms of motivational interviewing: information, question, simple or
complex reflection, affirmation, seeking collaboration, emphasising autonomy."""

Topic = Literal["crisis", "abuse", "child", "own_behaviour"]


class Strict(BaseModel):
    """A shape that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LineShape(Strict):
    """One line: an id, its MI code, its variants, the names of its buttons."""

    id: str = Field(pattern=r"^[a-z_]+(?:\.[a-z0-9_]+)+$")
    mi: MiCode
    variants: tuple[str, ...]
    buttons: tuple[str, ...] = ()

    @field_validator("variants")
    @classmethod
    def _placeholders_are_simple(cls, variants: tuple[str, ...]) -> tuple[str, ...]:
        for variant in variants:
            if not variant.strip():
                raise ValueError("a variant is empty. Write it or remove it.")
            rest = PLACEHOLDER.sub("", variant)
            if "{" in rest or "}" in rest:
                raise ValueError(
                    f"a brace in '{variant[:40]}' is no placeholder. Write {{name}} or no brace."
                )
        return variants


class LinesShape(Strict):
    """A file of lines."""

    lines: tuple[LineShape, ...]


class ButtonShape(Strict):
    """One button. `means` lets a typed yes or no stand for it."""

    title: str = Field(min_length=1)
    press: str = Field(min_length=1)
    means: Literal["affirm", "deny"] | None = None
    style: Literal["care", "quiet", "leave"] | None = None


class RoleShape(Strict):
    """A role as a choice ("My partner") and inside a sentence ("your partner")."""

    title: str = Field(min_length=1)
    phrase: str = Field(min_length=1)
    offered: bool = True


class RolesShape(Strict):
    """All roles, and the words for people that are not said back ("your guy")."""

    roles: dict[str, RoleShape]
    written_as_names: frozenset[str] = frozenset()
    not_echoed: frozenset[str] = frozenset()

    @field_validator("roles")
    @classmethod
    def _has_other(cls, roles: dict[str, RoleShape]) -> dict[str, RoleShape]:
        if "other" not in roles:
            raise ValueError("the role 'other' is missing. Add it with title and phrase.")
        return roles


class HelplineShape(Strict):
    """One help line. Without `source_url` it is never shown; nothing here is ever guessed."""

    name: str
    topic: Topic
    call: str | None = None
    text: str | None = None
    chat: str | None = None
    hours: str | None = None
    languages: tuple[str, ...] = ()
    accessibility: str | None = None
    note: str | None = None
    source_url: str | None = None
    looked_up_on: date | None = None
    verified_on: date | None = None
    verified_by: str | None = None
    enabled: bool = True

    @field_validator("source_url")
    @classmethod
    def _source_is_an_address(cls, url: str | None) -> str | None:
        if url is not None and not re.match(r"https?://\S+$", url):
            raise ValueError(f"source_url '{url}' is no address. Give the page that states it.")
        return url


class CountryShape(Strict):
    """The help lines of one country; `country` is null for the file of the world."""

    country: str | None = Field(pattern=r"^[A-Z]{2}$")
    name: str
    emergency: str
    lines: tuple[HelplineShape, ...] = ()


class OnlookerShape(Strict):
    """The words that say "someone is looking", and those that come back from it."""

    version: str
    look: tuple[str, ...] = Field(min_length=1)
    back: tuple[str, ...] = Field(min_length=1)
