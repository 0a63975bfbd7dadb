"""Shortens the joined modules: private names, and spaces that nothing needs.

This is no JavaScript parser. It knows what the element's sources use: strings in double quotes,
templates without templates in them, regular expressions after `(`, `=`, `,` or `:`, and `#names`
that are reached through `this`. The browser tests run what comes out of it.
"""

from __future__ import annotations

import re
from string import ascii_letters

_PRIVATE = re.compile(r"\bthis\.#(\w+)")
# Strings, templates (a style sheet is one that begins with a line break), regular expressions.
_REGEX = r"/(?:\\.|\[(?:\\.|[^\]])*\]|[^/\n])+/\w*"
_LITERAL = re.compile(
    r'"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`'
    rf"|(?<=[(=,:] ){_REGEX}|(?<=[(=,:]){_REGEX}"
)
_CODE_SPACE = re.compile(r" ?([=<>?:;,(){}\[\]&|]+) ?")
_STYLE_SPACE = re.compile(r"(?<=[:;,{}]) +| +(?=[{}])")


def shortened(text: str) -> str:
    """The same program in fewer characters."""
    text = _private_names(text)
    parts, end = [], 0
    for literal in _LITERAL.finditer(text):
        parts.append(_CODE_SPACE.sub(r"\1", text[end : literal.start()]))
        is_sheet = literal[0].startswith("`\n")
        parts.append(_STYLE_SPACE.sub("", literal[0]) if is_sheet else literal[0])
        end = literal.end()
    return "".join([*parts, _CODE_SPACE.sub(r"\1", text[end:])])


def _private_names(text: str) -> str:
    names = sorted(set(_PRIVATE.findall(text)))
    letters = [*ascii_letters, *(a + b for a in ascii_letters for b in ascii_letters)]
    short = dict(zip(names, letters, strict=False))
    return re.sub(r"#(\w+)\b", lambda found: f"#{short.get(found[1], found[1])}", text)
