"""Judges lines by the safety floor. Runs in Belay's Python, called by ``evaluation.floor_side``.

Reads a JSON list of texts on standard input, writes a JSON list of verdicts.
"""

from __future__ import annotations

import json
import sys

from belay.content.load import load_content
from belay.domain.floor import judge, rules_from
from evaluation.places import ROOT


def main() -> None:
    """Judge what comes in."""
    rules = rules_from(load_content(ROOT / "content").floor_data)
    json.dump([judge(text, rules).as_dict() for text in json.load(sys.stdin)], sys.stdout)


if __name__ == "__main__":
    main()
