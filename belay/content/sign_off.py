"""Who checked which version of the safety texts: said by people, never filled in by a program."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from belay.content.shapes import Strict
from belay.content.yaml_file import YamlFile

FILE = "safety/sign_off.yml"
HASH_LENGTH = 12


class SignatureShape(Strict):
    """One person's word for one file. Empty fields mean: nobody has signed."""

    file: str
    asks_for: str
    name: str | None = None
    role: str | None = None
    date: dt.date | None = None
    version_hash: str | None = Field(default=None, pattern=rf"^[0-9a-f]{{{HASH_LENGTH}}}$")


class SignOffShape(Strict):
    """The file of signatures."""

    signatures: tuple[SignatureShape, ...]


@dataclass(frozen=True)
class SignOff:
    """One signature beside the file as it is now."""

    file: str
    asks_for: str
    now: str
    name: str | None
    role: str | None
    on: dt.date | None
    signed: str | None

    @property
    def holds(self) -> bool:
        """Whether a named person signed exactly this version."""
        return bool(self.name and self.role and self.on) and self.signed == self.now


@dataclass(frozen=True)
class SignOffs:
    """Every signature that the safety texts ask for."""

    all: tuple[SignOff, ...]

    def report(self) -> list[str]:
        """One sentence for each file that waits for a person."""
        told = []
        for one in self.all:
            if one.holds:
                continue
            where = f"content/{one.file} ({one.asks_for})"
            if not (one.name and one.role and one.on):
                told.append(f"{where} is not checked by a person.")
            else:
                told.append(
                    f"{where} was checked by {one.name} in version {one.signed}; it is "
                    f"{one.now} now, and not checked by a person."
                )
        return told


def read_sign_offs(folder: Path) -> SignOffs:
    """Read the signatures of a content folder.

    Raises:
        ContentBroken: the file is broken, names a file that is not there, or leaves one out.
    """
    file = YamlFile(folder / FILE, folder)
    shape = file.shaped(SignOffShape)
    wanted = {path.relative_to(folder).as_posix() for path in (folder / "safety").glob("*.yml")}
    wanted |= {f"replies/{name}.yml" for name in ("gate", "help", "leave", "onlooker")}
    wanted.discard(FILE)
    listed = {one.file for one in shape.signatures}
    if listed != wanted:
        odd = ", ".join(sorted(listed ^ wanted))
        raise file.broken(f"the list has to name each safety file; look at {odd}.", ("signatures",))
    return SignOffs(
        tuple(
            SignOff(
                file=one.file,
                asks_for=one.asks_for,
                now=file_hash(folder / one.file),
                name=one.name,
                role=one.role,
                on=one.date,
                signed=one.version_hash,
            )
            for one in shape.signatures
        )
    )


def file_hash(path: Path) -> str:
    """The version of a file that a person signs."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:HASH_LENGTH]
