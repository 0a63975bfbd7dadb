"""The safety floor beside the model: it is Belay's, so it runs in Belay's Python."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence

from evaluation.places import BELAY_PYTHON, ROOT


class FloorUnusable(Exception):
    """The safety floor does not run; the message names the cause and the remedy."""


def floor_tiers(texts: Sequence[str]) -> list[int]:
    """The tier that the floor gives each line.

    Raises:
        FloorUnusable: Belay's environment is not set up, or the rules are broken.
    """
    if not BELAY_PYTHON.exists():
        raise FloorUnusable("Belay's environment is missing: run `make setup`.")
    done = subprocess.run(  # noqa: S603 (our own interpreter and module)
        [str(BELAY_PYTHON), "-m", "evaluation.floor_worker"],
        cwd=ROOT,
        input=json.dumps(list(texts)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or [""])[-1]
        raise FloorUnusable(
            f"The safety floor does not run ({last}): mend content/, run `make check`."
        )
    return [int(verdict["tier"]) for verdict in json.loads(done.stdout)]
