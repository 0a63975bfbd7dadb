"""Whether a clause has been read whole and may be said back. In doubt it may not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from belay.language.reflection_clauses import ClauseReader, Opening
from belay.language.reflection_lexicon import Lexicon
from belay.language.reflection_tokens import QUOTE, Token, plain
from belay.language.reflection_words import ReflectionWords

MOST_WORDS = 26
_FEWEST_WORDS = 2
_MOST_SIGNS = frozenset({"&", "/", "@", "#", "+"})
_NUMBER = re.compile(r"\d{1,2}(?::\d\d)?(?:am|pm|k|st|nd|rd|th|s|h)?|\d{1,3}(?:st|nd|rd|th)?|(?:19|20)\d\d")
_AUXILIARY_HINTS = frozenset({"is", "was", "has", "are", "were", "have", "had", "isn't", "wasn't"})
_LEFT_HANGING = frozenset(
    "a an the my our his her their and but or so because if that who which to of than very some "
    "every is are was were am i'm he's she's we're they're i've have has had will would could "
    "can should as i we they said says when while until with for these those don't".split()
)
_NOMINATIVE = frozenset({"i", "he", "she", "they", "we"})
_MORE_DETERMINERS = frozenset({"what", "such", "same", "one", "any", "your", "only", "which", "much", "like"})
_CAUSES = frozenset(
    "make makes made making let lets see saw seen seeing watch watched watching hear heard help "
    "helps helped had have having did does do didn't doesn't can could will would can't".split()
)
_FIXES = frozenset("the a an any every some that no this last first next only each".split())
_COPULAS = frozenset({"is", "was", "are", "were", "am", "'s", "'re", "'m"})
_PLAIN_ADJECTIVES = frozenset("new big small good bad old nice young beautiful other".split())
_BRIDGES = frozenset("in with at to for from of on by about".split())
_OWNED = frozenset("family mother father mum mom dad parents friends sister brother kids".split())
_COMPOUNDS = frozenset({"ex", "baby", "boy", "girl", "child", "man", "woman", "person"})
_PLAIN_VERBS = frozenset("say go see do make take get come give know think tell want feel".split())
_OBJECTS = frozenset({"it", "him", "them", "me", "us"})
_BARE_VERBS = frozenset({"keep", "feel", "miss", "want", "need", "wish", "hate", "love"})
_TIMES = frozenset({"again", "now", "today", "tonight", "anymore", "lately", "yesterday"})
_DOES_NOT_HANG = frozenset({"her", "his", "so", "some", "that", "these", "those"})


class Soundness:
    """Judges clauses, word by word."""

    def __init__(self, words: ReflectionWords, lexicon: Lexicon, clauses: ClauseReader) -> None:
        self._words = words
        self._sets = words.sets
        self._lexicon = lexicon
        self._clauses = clauses
        self._determining = words.sets["determiners"] | _MORE_DETERMINERS
        self._single = words.sets["single_people"]

    def sound(self, tokens: Sequence[Token], opening: Opening | None = None) -> bool:
        """Whether these words can be turned and said back as a clause."""
        count = sum(1 for token in tokens if token.low != ",")
        if not _FEWEST_WORDS <= count <= MOST_WORDS:
            return False
        return (
            all(self._sayable(token) for token in tokens)
            and not self._hangs(tokens)
            and not self._words.never_clause.search(plain(tokens))
            and not self._denied_twice(tokens)
            and not self._lacks_a_verb(tokens)
            and not self._lacks_an_article(tokens)
            and self._verbs_fit(tokens)
            and not self._runs_on(tokens, opening)
        )

    def _sayable(self, token: Token) -> bool:
        if token.low == ",":
            return True
        if token.name or token.low == QUOTE or token.low in _MOST_SIGNS:
            return False
        if token.low in self._sets["second_person"]:
            return False
        if token.low[:1].isdigit():
            return _NUMBER.fullmatch(token.low) is not None
        return self._lexicon.known(token.low)

    def _hangs(self, tokens: Sequence[Token]) -> bool:
        last = tokens[-1].low
        return last in _LEFT_HANGING - _DOES_NOT_HANG or last in self._sets["owners"] - {"his", "her"}

    def _denied_twice(self, tokens: Sequence[Token]) -> bool:
        """ "I can't tell nobody": what is meant is not what is written."""
        denied = False
        for token in tokens:
            if token.low in ("and", "but", ",", "because", "that", "who", "when", "so", "or"):
                denied = False
            elif denied and token.low in self._sets["second_negators"]:
                return True
            elif token.low in self._sets["negators"]:
                denied = True
        return False

    def _lacks_a_verb(self, tokens: Sequence[Token]) -> bool:
        """Whether "I", "he" and the like stand somewhere without a verb that agrees."""
        for place, token in enumerate(tokens):
            if token.low not in _NOMINATIVE or self._clauses.opening(tokens, place) is not None:
                continue
            if not any(
                (pair := self._clauses.opening(tokens, start)) is not None
                and pair.pair
                and pair.start <= place < pair.head
                for start in range(max(0, place - 5), place)
            ):
                return True
        return any(
            self._base_after_one(tokens, place)
            for place, token in enumerate(tokens)
            if token.low in self._words.roles
        )

    def _base_after_one(self, tokens: Sequence[Token], place: int) -> bool:
        """ "My mother introduce us": one person with the verb of several."""
        if not 0 < place < len(tokens) - 1 or self._lexicon.plural(tokens[place].low):
            return False
        if tokens[place - 1].low not in self._sets["owners"] or tokens[place].low in (
            self._sets["either_number"] | self._sets["plural_nouns"]
        ):
            return False
        after = tokens[place + 1].low
        other = self._lexicon.noun(after) or self._lexicon.adjective(after)
        if self._lexicon.verb(after) != {"base"} or other or self._lexicon.adverb(after):
            return False
        return not any(token.low in _CAUSES for token in tokens[:place])

    def _lacks_an_article(self, tokens: Sequence[Token]) -> bool:
        """ "With new girlfriend", "my parents house": telegrams do not bear saying back."""
        for place, token in enumerate(tokens):
            if token.low in _PLAIN_ADJECTIVES and self._undetermined(tokens, place):
                return True
            if token.low not in self._single:
                following = tokens[place + 1].low if place + 1 < len(tokens) else ""
                plural = token.low in self._words.roles and self._lexicon.plural(token.low)
                if plural and self._only_noun(following):
                    return True
                continue
            if token.low not in _COMPOUNDS and place + 1 < len(tokens) and (
                tokens[place + 1].low in _OWNED
            ):
                return True
            before = place - 1
            while before >= 0 and self._lexicon.adjective(tokens[before].low) and (
                tokens[before].low not in self._determining
            ):
                before -= 1
            lead = tokens[before].low if before >= 0 else ""
            if lead in self._determining or lead.endswith("'s") or lead[:1].isdigit():
                continue
            if lead in ("as", "and", "or", "of") or self._only_noun(lead):
                continue
            return True
        return False

    def _undetermined(self, tokens: Sequence[Token], place: int) -> bool:
        """ "In new country", "wants big wedding": one thing, and no article."""
        if place == 0 or place + 1 >= len(tokens):
            return False
        before, noun = tokens[place - 1].low, tokens[place + 1].low
        if before in self._determining or before in self._sets["adverbs"] or before[:1].isdigit():
            return False
        if before.endswith("'s") or self._lexicon.adjective(before) and before not in _BRIDGES:
            return False
        if noun in self._sets["uncounted"] or self._lexicon.plural(noun):
            return False
        return self._only_noun(noun)

    def _only_noun(self, low: str) -> bool:
        return (
            self._lexicon.noun(low)
            and not self._lexicon.verb(low)
            and not self._lexicon.adverb(low)
            and low not in self._sets["known"]
        )

    def _verbs_fit(self, tokens: Sequence[Token]) -> bool:
        lows = [token.low for token in tokens]
        return all(self._fits(lows, place) for place in range(len(lows) - 1))

    def _fits(self, lows: Sequence[str], place: int) -> bool:
        """Whether the word after an auxiliary is a form that it takes."""
        low = lows[place]
        after = place + 1
        while after < len(lows) and lows[after] in self._sets["adverbs"]:
            after += 1
        if after >= len(lows):
            return True
        word = lows[after]
        forms = self._lexicon.verb(word)
        other = self._lexicon.noun(word) or self._lexicon.adjective(word)
        other = other or self._lexicon.adverb(word)
        negated_or_modal = low in self._sets["modals"] or low in ("didn't", "doesn't", "don't")
        if negated_or_modal and word == "to":
            return False
        if negated_or_modal or low.endswith("'ll") or low == "did":
            return "base" in forms or other or not forms or word in self._sets["have"]
        if low == "to":
            return not forms or "base" in forms or "ing" in forms or other
        if low in self._sets["have"] or low.endswith("'ve"):
            return not forms or "participle" in forms or other and word not in _PLAIN_VERBS
        if low in self._sets["be"] or low.endswith(("'m", "'re")):
            fitting = not forms or bool(forms & {"participle", "ing"})
            return fitting or other and word not in _PLAIN_VERBS
        return True

    def _runs_on(self, tokens: Sequence[Token], opening: Opening | None) -> bool:
        """Whether a second clause begins without a word that joins it."""
        first = opening.verb if opening is not None else 0
        for place in range(first + 1, len(tokens)):
            found = self._clauses.opening(tokens, place)
            if found is None or self._joined(tokens, place, found):
                continue
            if found.pronoun or tokens[found.verb].low in _AUXILIARY_HINTS:
                return True
        return any(
            token.low in _BARE_VERBS and tokens[place].low in _TIMES
            for place, token in enumerate(tokens[1:])
        )

    def _joined(self, tokens: Sequence[Token], place: int, found: Opening) -> bool:
        before = place - 1
        while before > 0 and tokens[before].low in self._sets["adverbs"] and (
            tokens[before].low not in self._sets["clause_leads"]
        ):
            before -= 1
        low = tokens[before].low
        if low in self._sets["clause_leads"] or low in self._sets["clause_takers"]:
            return True
        if low == ",":
            return True
        earlier = tokens[before - 1].low if before > 0 else ""
        if low in ("me", "him", "her", "us", "them", "people", "everyone"):
            return earlier in self._sets["told_whom"]
        if low in self._words.roles or low in self._sets["bare_roles"]:
            lead = tokens[max(0, before - 2) : before]
            if any(token.low in self._sets["clause_takers"] for token in lead):
                return True
        if any(token.low in ("so", "such") for token in tokens[max(0, before - 2) : before]):
            return True
        after = tokens[found.verb + 1].low if found.verb + 1 < len(tokens) else ""
        determined = tokens[max(0, before - 2) : before]
        if low in self._sets["time_nouns"]:
            return any(token.low in _FIXES for token in determined)
        hung = "'" + tokens[found.verb].low.partition("'")[2]
        if after in _OBJECTS or hung in _COPULAS or tokens[found.verb].low in _COPULAS:
            return False
        return self._lexicon.noun(low) and any(token.low in _FIXES for token in determined)

