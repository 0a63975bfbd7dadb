"""The installation's secrets: made once, for the owner's eyes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from belay.secrets_file import SecretsUnusable, load_secrets


def test_the_first_start_makes_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = load_secrets(tmp_path / "home" / "secrets.json")
    finally:
        os.umask(before)
    assert oct((tmp_path / "home" / "secrets.json").stat().st_mode & 0o777) == oct(0o600)
    assert oct((tmp_path / "home").stat().st_mode & 0o777) == oct(0o700)
    assert made.signing != made.local
    assert min(len(made.signing), len(made.local)) >= 32


def test_the_next_start_reads_the_same_secrets(tmp_path: Path) -> None:
    assert load_secrets(tmp_path / "s.json") == load_secrets(tmp_path / "s.json")


def test_two_installations_do_not_share_secrets(tmp_path: Path) -> None:
    one, two = load_secrets(tmp_path / "1.json"), load_secrets(tmp_path / "2.json")
    assert {one.signing, one.local}.isdisjoint({two.signing, two.local})


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o602, 0o777])
def test_a_file_that_others_may_touch_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "secrets.json"
    load_secrets(path)
    path.chmod(mode)
    with pytest.raises(SecretsUnusable, match="chmod 600"):
        load_secrets(path)


@pytest.mark.parametrize("content", ["", "{", "null", "[]", "3", '{"signing": "s"}'])
def test_a_damaged_file_is_refused_and_left_as_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(SecretsUnusable, match="damaged"):
        load_secrets(path)
    assert path.read_text() == content
