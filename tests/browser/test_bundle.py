"""The two files that websites load."""

from __future__ import annotations

from pathlib import Path

import pytest

from belay.widget.bundle import ELEMENT, MORE, BundleError, bundle
from belay.widget.shorter import shortened


def test_every_source_module_is_part_of_one_of_the_files() -> None:
    joined = bundle() + bundle(entry=MORE)
    for source in ELEMENT.glob("*.js"):
        assert f"const ${source.stem.replace('-', '_')}=" in joined


def test_the_second_file_stands_alone_and_exports_its_parts() -> None:
    assert "import {" not in bundle() + bundle(entry=MORE)
    assert bundle(entry=MORE).endswith("export const{parts}=$belay_chat_more;\n")


def test_nothing_of_the_second_file_is_in_the_first() -> None:
    for name in ("keeping", "marks", "progress", "pin_form", "history"):
        assert f"const ${name}=" not in bundle()


def test_words_and_patterns_are_not_shortened() -> None:
    text = 'const a = "x = { y }"; const b = `is ${ a } = b`; const c = /[ =,"] = {2}/.test(a);'
    assert (
        shortened(text)
        == 'const a="x = { y }";const b=`is ${ a } = b`;const c=/[ =,"] = {2}/.test(a);'
    )


def test_style_sheets_keep_the_spaces_that_mean_something() -> None:
    sheet = "const S = `\n.a .b > p, :is(.c, .d) .e { inset: 0 auto; size: min(1px, 2px - 1em); }`;"
    assert shortened(sheet) == (
        "const S=`\n.a .b > p,:is(.c,.d) .e{inset:0 auto;size:min(1px,2px - 1em);}`;"
    )


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
