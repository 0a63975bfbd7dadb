"""Who checked the safety texts, and which figures are shown: said as it is, never invented."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from belay.commands.safety_figures import BEGIN, NoFigures, figures_table, put_into
from belay.content.broken import ContentBroken
from belay.content.sign_off import FILE, file_hash, read_sign_offs
from belay.settings import ROOT
from tests.fakes import FixedClock
from tests.gateway.shared import shared_content


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


def sign(folder: Path, signed: str, fields: dict[str, object]) -> None:
    file = folder / FILE
    data = yaml.safe_load(file.read_text("utf-8"))
    for one in data["signatures"]:
        if one["file"] == signed:
            one.update(fields)
    file.write_text(yaml.safe_dump(data), "utf-8")


def test_nobody_has_signed_and_that_is_said_of_each_file() -> None:
    found = shared_content().sign_offs
    assert {one.name for one in found.all} == {None}
    assert len(found.report()) == len(found.all) >= 8
    assert all("not checked by a person" in told for told in found.report())


def test_console_and_doctor_are_told_of_texts_and_help_lines() -> None:
    told = shared_content().notices(FixedClock().now.date())
    assert any("safety/replies.yml" in one for one in told)
    assert any("not checked by a person" in one and "replies" not in one for one in told)


def test_a_signature_counts_for_exactly_the_version_that_was_signed(folder: Path) -> None:
    name = "safety/replies.yml"
    person = {"name": "Kim Test", "role": "clinician", "date": "2026-11-02"}
    sign(folder, name, {**person, "version_hash": file_hash(folder / name)})
    assert not any(name in told for told in read_sign_offs(folder).report())
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    (told,) = [one for one in read_sign_offs(folder).report() if name in one]
    assert "was checked by Kim Test in version" in told
    assert "not checked by a person" in told


@pytest.mark.parametrize("missing", ["name", "role", "date", "version_hash"])
def test_half_a_signature_is_none(folder: Path, missing: str) -> None:
    name = "replies/gate.yml"
    whole = {"name": "Kim Test", "role": "specialist", "date": "2026-11-02"}
    whole["version_hash"] = file_hash(folder / name)
    sign(folder, name, {**whole, missing: None})
    assert any(name in told for told in read_sign_offs(folder).report())


def test_a_safety_file_that_nobody_is_asked_to_sign_is_found(folder: Path) -> None:
    (folder / "safety" / "new.yml").write_text("lines: []\n", "utf-8")
    with pytest.raises(ContentBroken, match=r"safety/new\.yml"):
        read_sign_offs(folder)


def a_report(path: Path) -> Path:
    share = {"n": 10, "hits": 9, "share": 0.9, "low": 0.6, "high": 0.98}
    figures = {
        "classes": {"abuse_now": {"right": share}},
        "false_alarms": {"ordinary": {"alarms": share, "tier2": share, "tier3": share}},
    }
    bars = [{"name": "abuse_now", "met": False}]
    bots = {"whole": {"figures": figures, "bars": bars}}
    path.write_text(json.dumps({"set": "held_out", "day": "2026-11-02", "bots": bots}), "utf-8")
    return path


def test_the_figures_of_the_page_come_from_the_report_and_name_what_was_missed(
    tmp_path: Path,
) -> None:
    table = figures_table(a_report(tmp_path / "safety.json"))
    assert "| abuse now | 10 | 90.0 % | 60.0 to 98.0 % |" in table
    assert "Bars missed: abuse now." in table
    page = Path(shutil.copy(ROOT / "SAFETY.md", tmp_path / "SAFETY.md"))
    put_into(page, table)
    put_into(page, table)
    assert page.read_text("utf-8").count("90.0 %") == 3
    page.write_text("no marks", "utf-8")
    with pytest.raises(NoFigures, match=BEGIN):
        put_into(page, table)


def test_without_a_report_no_figure_is_made_up(tmp_path: Path) -> None:
    with pytest.raises(NoFigures, match="make bench-safety"):
        figures_table(tmp_path / "safety.json")
