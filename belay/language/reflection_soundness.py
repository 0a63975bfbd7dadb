"""Whether a clause has been read whole and may be said back. In doubt it may not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from belay.language.reflection_clauses import ClauseReader
from belay.language.reflection_grammar import Grammar
from belay.language.reflection_lexicon import Lexicon
from belay.language.reflection_opening import Opening
from belay.language.reflection_tokens import QUOTE, Token, plain
from belay.language.reflection_verbs import VerbFinder
from belay.language.reflection_words import ReflectionWords

MOST_WORDS = 26
_FEWEST_WORDS = 2
_SIGNS = frozenset({QUOTE, "&", "/", "@", "#", "+"})
_NUMBER = re.compile(
    r"\d{1,2}(?::\d\d)?(?:am|pm|k|st|nd|rd|th|s|h)?|\d{1,3}(?:st|nd|rd|th)?|(?:19|20)\d\d"
)
# "Who I am", "how my day was", "our father's will" end where they should.
_WHOLE_END = re.compile(
    r"\b(?:who|what|where|how) (?:i am|i was|we are|we were|(?:my|the) \w+ (?:was|is|went))$"
    r"|(?:'s|\bhis|\bher|\btheir|\bthe) will$"
)
_NEW_CLAUSE = frozenset({"and", "but", ",", "because", "that", "who", "when", "so", "or"})


class Soundness:
    """Judges clauses: what may not be said back, and what was not understood."""

    def __init__(
        self,
        words: ReflectionWords,
        lexicon: Lexicon,
        verbs: VerbFinder,
        clauses: ClauseReader,
    ) -> None:
        self._words = words
        self._sets = words.sets
        self._lexicon = lexicon
        self._verbs = verbs
        self._grammar = Grammar(words, lexicon, clauses)

    def sound(self, tokens: Sequence[Token], opening: Opening) -> bool:
        """Whether these words can be turned and said back as a clause."""
        count = sum(1 for token in tokens if token.low != ",")
        if not _FEWEST_WORDS <= count <= MOST_WORDS:
            return False
        return (
            all(self._sayable(token) for token in tokens)
            and self._ends_whole(tokens)
            and not self._words.never_clause.search(plain(tokens))
            and not self._denied_twice(tokens)
            and self._verbs.fit(tokens)
            and self._grammar.holds(tokens, opening)
        )

    def _ends_whole(self, tokens: Sequence[Token]) -> bool:
        if tokens[-1].low not in self._sets["hanging"]:
            return True
        return _WHOLE_END.search(plain(tokens)) is not None

    def _sayable(self, token: Token) -> bool:
        if token.low == ",":
            return True
        if token.name or token.low in _SIGNS or token.low in self._sets["second_person"]:
            return False
        if token.low[:1].isdigit():
            return _NUMBER.fullmatch(token.low) is not None
        return self._lexicon.known(token.low)

    def _denied_twice(self, tokens: Sequence[Token]) -> bool:
        """ "I can't tell nobody": what is meant is not what is written."""
        denied = False
        for token in tokens:
            if token.low in _NEW_CLAUSE:
                denied = False
            elif denied and token.low in self._sets["second_negators"]:
                return True
            elif token.low in self._sets["negators"]:
                denied = True
        return False
