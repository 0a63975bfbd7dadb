"""Tunes the encoder's upper half long on data/nlu, for models/tuned-encoder.npz.

Run it after many lines are new, or an intent has another name: `make tune` (three minutes on two
idle cores), then `make train`, `make eval` and `make bench-safety`. Without it new lines count too:
they are among the nearest lines and in the regressions.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rasa_ext.cross_validation import read_lines

from rasa.shared.nlu.constants import INTENT, TEXT  # isort: skip
from rasa.shared.nlu.training_data.message import Message
from safetensors.numpy import load_file

from rasa_ext.encoder_tuning import Tuning, tuned_weights
from rasa_ext.kept_tuning import BELONGS_TO, FILE, INTENTS
from rasa_ext.low_rank import difference
from rasa_ext.safety_head import labels_of
from rasa_ext.safety_layer import SafetyLayer, spellings_of
from rasa_ext.sentence_model import PACKAGE_SHA256, open_encoder

# Found on the development half of benchmarks/safety (docs/decisions/0011).
STEPS = 600
SHARE = 0.7
RANK = 32
TELL_EVERY = 50


def main() -> int:
    """Train and write the file."""
    parser = argparse.ArgumentParser(
        prog="python -m rasa_ext.long_tuning",
        description="Tune the encoder's upper half on data/nlu.",
    )
    parser.add_argument("--out", type=Path, default=FILE)
    parser.add_argument("--steps", type=int, default=STEPS, help="batches of 32 lines")
    parser.add_argument("--rank", type=int, default=RANK, help="directions kept of each change")
    asked = parser.parse_args()
    encoder = open_encoder(threads=2)
    if encoder is None or not encoder.identity.startswith(PACKAGE_SHA256[:12]):
        print("The published sentence encoder is needed: run `make setup`.", file=sys.stderr)
        return 1
    examples = read_lines().examples
    texts, labels = spelled(examples)
    print(f"{len(texts)} lines and spellings of {len(set(labels))} kinds", file=sys.stderr)
    after = tuned_weights(encoder, texts, labels, Tuning(steps=asked.steps), _tell)
    before = load_file(encoder.folder / "model.safetensors")
    parts = difference({name: before[name] for name in after}, after, asked.rank, SHARE)
    parts[BELONGS_TO] = np.array(PACKAGE_SHA256)
    parts[INTENTS] = np.array(sorted({one.get(INTENT) for one in examples}))
    with asked.out.open("wb") as file:
        np.savez_compressed(file, **parts)
    print(f"{asked.out}: {asked.out.stat().st_size / 1e6:.1f} MB", file=sys.stderr)
    return 0


def spelled(examples: Sequence[Message]) -> tuple[list[str], list[str]]:
    """Training lines in each of their spellings, and what the safety head calls them."""
    enough = SafetyLayer.get_default_config()["enough"]
    labels = labels_of([one.get(INTENT) for one in examples], enough)
    pairs = [
        (text, label)
        for one, label in zip(examples, labels, strict=True)
        for text in spellings_of(one.get(TEXT))
    ]
    return [text for text, _ in pairs], [label for _, label in pairs]


def _tell(done: int, total: int) -> None:
    if done % TELL_EVERY == 0 or done == total:
        print(f"batch {done} of {total}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
