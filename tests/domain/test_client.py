"""What a client agreed to, and how long an answer about somebody counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from belay.domain.client import GATE_LASTS, Client, Consents, Counterpart, Risk

NOW = datetime(2026, 3, 2, tzinfo=UTC)
ANSWERS = (None, False, True)


@pytest.mark.parametrize(("use", "save", "review"), list(product(ANSWERS, repeat=3)))
def test_nothing_is_allowed_that_was_not_said_yes_to(
    use: bool | None, save: bool | None, review: bool | None
) -> None:
    consents = Consents(use, save, review)
    assert consents.may_use is (use is True)
    assert consents.may_save is (use is True and save is True)
    assert consents.may_review is (use is True and review is True)


@pytest.mark.parametrize(("adult", "use"), list(product(ANSWERS, repeat=2)))
def test_coaching_is_for_adults_who_agreed(adult: bool | None, use: bool | None) -> None:
    client = Client("c", NOW, adult, Consents(use))
    assert client.may_be_coached is (adult is True and use is True)


def test_a_new_client_agreed_to_nothing() -> None:
    client = Client("c", NOW)
    assert not client.may_be_coached
    assert not client.consents.may_save
    assert not client.consents.may_review


@pytest.mark.parametrize("risk", [Risk.NONE, Risk.WATCH])
def test_an_answer_counts_for_thirty_days_to_the_moment(risk: Risk) -> None:
    person = Counterpart("p", "parent", "my mum", risk, NOW)
    assert person.risk_at(NOW + GATE_LASTS) is risk
    assert person.risk_at(NOW + GATE_LASTS + timedelta(seconds=1)) is Risk.UNKNOWN


def test_red_never_runs_out() -> None:
    person = Counterpart("p", "parent", "my mum", Risk.RED, NOW)
    assert person.risk_at(NOW + timedelta(days=4000)) is Risk.RED


def test_a_risk_that_nobody_asked_about_is_unknown() -> None:
    assert Counterpart("p", "parent", "my mum", Risk.NONE).risk_at(NOW) is Risk.UNKNOWN
