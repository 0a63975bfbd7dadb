"""The floor as it is shipped: its rules, with the common spellings joined in."""

from pathlib import Path

import yaml

from belay.content.spelling import with_common_spellings
from belay.domain.floor import FloorRules, rules_from

CONTENT = Path(__file__).parents[2] / "content"
FLOOR = CONTENT / "safety" / "floor.yml"
OWN = yaml.safe_load(FLOOR.read_text(encoding="utf-8"))
COMMON = yaml.safe_load((CONTENT / "language" / "spelling.yml").read_text(encoding="utf-8"))
RULES: FloorRules = rules_from(with_common_spellings(OWN, COMMON))
