"""Whether a gate is shut, open or to be asked about, for a person and a moment.

For every route into an exercise: menu, by name, resume, a kept statement, a reminder, a
rehearsal.
"""

from __future__ import annotations

from datetime import datetime

from belay.domain.client import Counterpart, Risk
from belay.domain.run import PRIVATE, WHO, Run
from belay.domain.safety import gate_allows


def is_locked(gate: str, counterpart: Counterpart | None, now: datetime) -> bool:
    """Whether nothing behind this gate may be planned, said or recalled about this person.

    False also where the private questions have yet to be asked.
    """
    if counterpart is None:
        return False
    risk = counterpart.risk_at(now)
    return risk is not Risk.UNKNOWN and not gate_allows(gate, risk)


def is_due_again(gate: str, run: Run, counterpart: Counterpart | None, now: datetime) -> bool:
    """Whether the private questions are to be asked again before a run goes on.

    They are after 30 days, and when danger with this person showed since they were answered.
    """
    if gate == "G0" or counterpart is None or run.position == WHO or run.position in PRIVATE:
        return False
    return counterpart.risk_at(now) is Risk.UNKNOWN
