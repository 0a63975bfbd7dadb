"""Prints the disclosures with their reflections, tab-separated, for judging by rubric.md.

Run it as `python -m tests.reflection.sheet > sheet.tsv` from the project's root.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import yaml

from belay.language.reflection import Reflector

HERE = Path(__file__).parent


def main() -> None:
    """Write one row for each disclosure; the last two columns are the judge's."""
    reflector = Reflector(HERE.parents[1] / "content")
    listed = yaml.safe_load((HERE / "disclosures.yml").read_text("utf-8"))["disclosures"]
    out = csv.writer(sys.stdout, delimiter="\t")
    out.writerow(["number", "voice", "told", "reflection", "pass", "why not"])
    for number, one in enumerate(listed, 1):
        found = reflector.reflect(one["text"], one["text"])
        said = found.text if found is not None else ""
        out.writerow([number, one["voice"], one["text"], said, "", ""])


if __name__ == "__main__":
    main()
