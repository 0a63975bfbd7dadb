"""The trained model on disk, checked against the hash that was written beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path


class ModelUnusable(Exception):
    """The model cannot be loaded; the message is one sentence with the remedy."""


def check_model(path: Path, shown_as: str) -> None:
    """Make sure that the file is the one that training wrote.

    Args:
        path: The model.
        shown_as: How to name it to a person.

    Raises:
        ModelUnusable: It is missing, or differs from its ``.sha256`` neighbour.
    """
    if not path.is_file():
        raise ModelUnusable(f"There is no model {shown_as}: run `make train`.")
    neighbour = path.with_name(path.name + ".sha256")
    if not neighbour.is_file():
        raise ModelUnusable(
            f"The model {shown_as} lacks its {neighbour.name}: delete it and run `make train`."
        )
    words = neighbour.read_text(encoding="ascii", errors="replace").split()
    if not words or words[0] != sha256_of(path):
        raise damaged(shown_as)


def damaged(shown_as: str) -> ModelUnusable:
    """What to say about a model that is not what it should be."""
    return ModelUnusable(f"The model {shown_as} is damaged: delete it and run `make train`.")


def sha256_of(path: Path) -> str:
    """Hash of a file, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
