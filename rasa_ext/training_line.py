"""A line of training data that Rasa need not read through again after each component.

Rasa takes the fingerprint of all that a component gives on, vectors included, to find it in a cache
next time, and copies every line deeply whenever sets of lines are merged: half a minute of each
training of this project, which uses no such cache. What is costly to compute is kept in models/.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

# Another one in each process, so that nothing of an earlier training is ever taken for the same.
_THIS_TRAINING = secrets.token_hex(8)


class TrainingLine(Message):  # type: ignore[misc]  # Rasa carries no types
    """A message told apart by its text, its intent and its entities."""

    @classmethod
    def of(cls, message: Message) -> TrainingLine:
        """The line of a message that was just read."""
        return cls(message.data, message.output_properties, message.time, message.features)

    def fingerprint(self) -> str:
        """Alike for lines that say and mean the same, within one training, until features come."""
        told = [self.data.get(key) for key in (TEXT, INTENT, INTENT_RESPONSE_KEY, ENTITIES)]
        seen = f"{_THIS_TRAINING} {told} {len(self.features)} {len(self.data)}"
        return hashlib.blake2b(seen.encode("utf-8"), digest_size=16).hexdigest()

    def __deepcopy__(self, copied: dict[int, Any]) -> TrainingLine:
        """A line that can be changed without changing this one; what the parts hold is shared."""
        return TrainingLine(self.data, set(self.output_properties), self.time, list(self.features))


__all__ = ["TrainingLine"]
