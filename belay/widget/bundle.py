"""Puts the element's source modules into the two files that a website loads.

The sources are small ES modules with comments. A website should load one file, in one request
and less than 15 kB on the wire, and a second one when somebody begins to talk. Belay joins both
in memory when it starts. There is no build step and nothing generated is kept. Whoever wants
the files elsewhere runs `python -m belay.widget.bundle FOLDER`.

Each module becomes a scope of its own, so names cannot collide. Only the two forms below of
`import` and `export` are understood; anything else is refused rather than guessed at. What
remains is shortened (`belay.widget.shorter`).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from belay.widget.shorter import shortened

ELEMENT = Path(__file__).parent / "element"
ENTRY = "belay-chat.js"
MORE = "belay-chat-more.js"

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:const|function|class) (\w+))", re.MULTILINE)
_DOC = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
_NOTE = re.compile(r"^[ \t]*//.*\n|[ \t]+// .*$", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)
_SPACE = re.compile(r"\n\s*")
# Here a line break ends no statement that would not end without it.
_NEEDLESS = re.compile(r"(?<=[{;,(\[])\n|\n(?=[})\]])")


class BundleError(ValueError):
    """A source module uses a form that cannot be joined; the message says which and where."""


def bundle(folder: Path = ELEMENT, entry: str = ENTRY) -> str:
    """Joins `entry` and everything it imports into the text of one ES module.

    Args:
        folder: where the source modules are.
        entry: the module to begin with.

    Returns:
        JavaScript that behaves as the entry module does and exports what it exports, without
        comments and indentation.

    Raises:
        BundleError: if a module is missing, imports in a circle, or uses another form of
            import or export than `import { a, b } from "./file.js";` (one line) and
            `export const | function | class name`.
    """
    done: dict[str, str] = {}
    _add(folder, entry, done, ())
    exported = [name for _, name in _EXPORT.findall((folder / entry).read_text("utf-8"))]
    if exported:
        done[""] = f"export const {{ {', '.join(exported)} }} = {_scope(entry)};\n"
    return shortened("".join(done.values()))


def _add(folder: Path, name: str, done: dict[str, str], path: tuple[str, ...]) -> None:
    if name in done:
        return
    if name in path:
        circle = " -> ".join((*path, name))
        raise BundleError(f"{circle} is a circle. Move what they share into a module of its own.")
    source = folder / name
    if not source.is_file():
        raise BundleError(f"{path[-1] if path else folder} needs {source}, which is not there.")
    text = _NOTE.sub("", _DOC.sub("", source.read_text(encoding="utf-8")))
    for _, needed in _IMPORT.findall(text):
        _add(folder, needed, done, (*path, name))
    names = [exported for _, exported in _EXPORT.findall(text)]
    text = _IMPORT.sub(lambda m: f"const {{ {m[1]} }} = {_scope(m[2])};\n", text)
    text = _EXPORT.sub(r"\1", text)
    if left := _LEFT.search(text):
        raise BundleError(
            f'{source} has "{left[0]}". Write imports as `import {{ a }} from "./file.js";` on '
            "one line, and exports as `export const`, `export function` or `export class`."
        )
    body = _NEEDLESS.sub("", _SPACE.sub("\n", text.strip()))
    done[name] = (
        f"const {_scope(name)} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();\n"
    )


def _scope(name: str) -> str:
    return "$" + name.removesuffix(".js").replace("-", "_")


if __name__ == "__main__":
    for name in (ENTRY, MORE):
        Path(sys.argv[1], name).write_text(bundle(entry=name), encoding="utf-8")
