"""The one file that websites load."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from belay.widget.bundle import ELEMENT, BundleError, bundle


def test_the_widget_is_about_15_kilobytes_on_the_wire() -> None:
    assert len(gzip.compress(bundle().encode(), 6)) <= 16 * 1024


def test_every_source_module_is_part_of_it() -> None:
    joined = bundle()
    for source in ELEMENT.glob("*.js"):
        assert f"const ${source.stem.replace('-', '_')} = " in joined


def test_nothing_is_left_to_be_loaded() -> None:
    assert "import {" not in bundle()


def test_modules_with_the_same_names_inside_do_not_meet(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("const SIZE = 1;\nexport const one = SIZE;\n")
    (tmp_path / "b.js").write_text(
        'import { one } from "./a.js";\n\nconst SIZE = 2;\nexport const two = one + SIZE;\n'
    )
    joined = bundle(tmp_path, "b.js")
    assert joined.index("$a") < joined.index("$b")
    assert joined.count("const SIZE") == 2


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ('import x from "./a.js";\n', "import { a }"),
        ("export default 3;\n", "export const"),
        ('import { x } from "./none.js";\n', "not there"),
        ('import { x } from "./b.js";\n', "circle"),
    ],
)
def test_a_form_that_cannot_be_joined_is_refused_with_a_remedy(
    tmp_path: Path, text: str, remedy: str
) -> None:
    (tmp_path / "b.js").write_text(text)
    with pytest.raises(BundleError, match=remedy):
        bundle(tmp_path, "b.js")
