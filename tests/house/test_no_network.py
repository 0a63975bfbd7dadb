"""The tests themselves stay on this machine."""

from __future__ import annotations

import socket

import pytest

from tests.conftest import NetworkForbidden, is_loopback


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "10.0.0.1", "2001:db8::1"])
def test_a_test_that_reaches_out_fails(host: str) -> None:
    with socket.socket() as out, pytest.raises(NetworkForbidden):
        out.connect((host, 80))


@pytest.mark.parametrize("address", [("127.0.0.1", 1), ("::1", 1), ("localhost", 1), "/a/socket"])
def test_this_machine_may_be_reached(address: object) -> None:
    assert is_loopback(address)
