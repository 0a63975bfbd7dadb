"""Slips of grammar that would sound clumsy said back: clauses that hold one stay unsaid."""

from __future__ import annotations

from collections.abc import Sequence

from belay.language.reflection_clauses import ClauseReader
from belay.language.reflection_lexicon import Lexicon
from belay.language.reflection_opening import Opening
from belay.language.reflection_tokens import Token
from belay.language.reflection_words import ReflectionWords

_NOMINATIVE = frozenset({"i", "he", "she", "they", "we"})
_TOLD = frozenset({"me", "him", "her", "us", "them", "people", "everyone"})
_COORDINATES = frozenset({"and", "but", "so", "because", "that", "since", "when", "if", "though"})
_ANYBODY = frozenset({"nothing", "everything", "something", "nobody", "everyone", "someone"})
_FOUND = frozenset({"found", "find", "finding", "figured"})
_COUNTED = frozenset({"of", "more", "and", "or", "to", "other", "little", "kids", "different"})
_WITHOUT_ARTICLE = frozenset({"as", "and", "or", "of"})
_WIDEST_PAIR = 5
_LONGEST_TIME = 6
# "And when I asked him, he laughed": a second subject is due.
_WAITS = frozenset({"when", "whenever", "if"})
_BEFORE_WAITS = frozenset({"and", "but", ",", "that"})


class Grammar:
    """Finds verbs and articles that are missing, and sentences that run into each other."""

    def __init__(self, words: ReflectionWords, lexicon: Lexicon, clauses: ClauseReader) -> None:
        self._sets = words.sets
        self._lead_in = words.lead_in
        self._lexicon = lexicon
        self._clauses = clauses
        self._roles = words.roles
        self._people = words.roles | words.sets["bare_roles"]
        self._determining = words.sets["determiners"] | words.sets["determining"]
        self._before_anybody = words.sets["be"] | words.sets["have"] | words.sets["bridges"]
        self._many = words.sets["either_number"] | words.sets["plural_nouns"]

    def holds(self, tokens: Sequence[Token], opening: Opening) -> bool:
        """Whether the clause is free of all of them."""
        places = range(len(tokens))
        return not (
            any(self._lacks_a_verb(tokens, place) for place in places)
            or any(self._has_the_verb_of_many(tokens, place) for place in places)
            or any(self._lacks_an_article(tokens, place) for place in places)
            or any(self._is_no_number(tokens, place) for place in places)
            or self._changes_subject(tokens, opening)
            or self._runs_on(tokens, opening)
        )

    def _lacks_a_verb(self, tokens: Sequence[Token], place: int) -> bool:
        """Whether "I", "he" and the like stand here without a verb that agrees."""
        if tokens[place].low not in _NOMINATIVE:
            return False
        if self._clauses.opening(tokens, place) is not None:
            return False
        return not any(
            (pair := self._clauses.opening(tokens, start)) is not None
            and pair.pair
            and pair.start <= place < pair.head
            for start in range(max(0, place - _WIDEST_PAIR), place)
        )

    def _has_the_verb_of_many(self, tokens: Sequence[Token], place: int) -> bool:
        """ "My mother introduce us": one person with the verb of several."""
        low = tokens[place].low
        if low not in self._roles or low in self._many or self._lexicon.plural(low):
            return False
        if not 0 < place < len(tokens) - 1:
            return False
        after = tokens[place + 1].low
        if tokens[place - 1].low not in self._sets["owners"] or _low(tokens, place - 2) == "and":
            return False
        if self._lexicon.verb(after) != {"base"} or self._lexicon.no_verb_too(after):
            return False
        return not any(token.low in self._sets["causes"] for token in tokens[:place])

    def _is_no_number(self, tokens: Sequence[Token], place: int) -> bool:
        """ "Moving 2 berlin 4 work": a digit that stands for a word."""
        if tokens[place].low not in ("2", "4"):
            return False
        after = _low(tokens, place + 1)
        counted = self._lexicon.counted(after) or after in _COUNTED
        return bool(after) and not counted and tokens[place + 1].low != ","

    def _changes_subject(self, tokens: Sequence[Token], opening: Opening) -> bool:
        """ "We met at school, wants me to sign": the second subject stands further up."""
        if opening.subject not in ("i", "plural"):
            return False
        return any(
            before.low == "," and self._lexicon.verb(token.low) == {"third"}
            for before, token in zip(tokens, tokens[1:], strict=False)
        )

    def _lacks_an_article(self, tokens: Sequence[Token], place: int) -> bool:
        """ "With new girlfriend", "my parents house": telegrams do not bear saying back."""
        low, after = tokens[place].low, _low(tokens, place + 1)
        if low in self._sets["plain_adjectives"] and self._undetermined(tokens, place):
            return True
        if low not in self._sets["single_people"]:
            owned = self._only_noun(after) or after in self._people
            return low in self._roles and self._lexicon.plural(low) and owned
        if low not in self._sets["compounds"] and after in self._sets["owned"]:
            return True
        before = place - 1
        while before >= 0 and self._describes(tokens[before].low):
            before -= 1
        lead = tokens[before].low if before >= 0 else ""
        if lead in self._determining or lead.endswith("'s") or lead[:1].isdigit():
            return False
        return lead not in _WITHOUT_ARTICLE and not self._only_noun(lead)

    def _describes(self, low: str) -> bool:
        return self._lexicon.adjective(low) and low not in self._determining

    def _undetermined(self, tokens: Sequence[Token], place: int) -> bool:
        """ "In new country", "wants big wedding": one thing, and no article."""
        before, noun = _low(tokens, place - 1), _low(tokens, place + 1)
        if not before or not noun or before[:1].isdigit() or before.endswith("'s"):
            return False
        if before in self._determining or before in self._sets["adverbs"]:
            return False
        if self._lexicon.adjective(before) and before not in self._sets["bridges"]:
            return False
        if noun in self._sets["uncounted"] or self._lexicon.plural(noun):
            return False
        return self._only_noun(noun)

    def _only_noun(self, low: str) -> bool:
        if low in self._sets["known"] or not self._lexicon.noun(low):
            return False
        return not self._lexicon.verb(low) and not self._lexicon.adverb(low)

    def _runs_on(self, tokens: Sequence[Token], opening: Opening) -> bool:
        """Whether a second clause begins without a word that joins it."""
        waiting, reached = 0, 0
        for place in range(max(1, self._after_lead(tokens, opening)), len(tokens)):
            waiting += tokens[place].low in _WAITS and tokens[place - 1].low in _BEFORE_WAITS
            if opening.start <= place <= opening.verb or place < reached:
                continue
            before = tokens[place - 1].low
            if before in self._sets["determiners"] or before.endswith("'s"):
                continue
            found = self._clauses.opening(tokens, place)
            if found is None:
                continue
            if self._joined(tokens, place, found):
                reached = found.head
                continue
            if waiting and found.pronoun:
                waiting -= 1
                continue
            if found.pronoun or tokens[found.verb].low in self._sets["auxiliary_hints"]:
                return True
            owned = tokens[place].low in self._sets["owners"]
            if owned and _low(tokens, found.verb + 1) in self._sets["objects"]:
                return True
        return any(
            before.low in self._sets["times"] and token.low in self._sets["bare_verbs"]
            for before, token in zip(tokens, tokens[1:], strict=False)
        )

    def _after_lead(self, tokens: Sequence[Token], opening: Opening) -> int:
        """Where to begin: words of time and place before the first subject hold no clause."""
        first = self._clauses.after_lead_in(tokens, 0)
        return opening.verb if first == opening else 0

    def _joined(self, tokens: Sequence[Token], place: int, found: Opening) -> bool:
        """Whether the clause at `place` belongs to what stands before it."""
        if [token.low for token in tokens[place : place + 2]] == ["it's", "been"]:
            return tokens[place - 1].low in (",", *_COORDINATES)
        leads = self._sets["clause_leads"]
        if self._after_time(tokens, place):
            return True
        before = place - 1
        while before > 0 and tokens[before].low in self._sets["adverbs"] - leads:
            before -= 1
        low = tokens[before].low
        if low == "," or low in leads or low in self._sets["clause_takers"]:
            return True
        if tokens[place].low in _ANYBODY and low in self._before_anybody:
            return True
        if low == "things":
            return True
        if low == "out" and _low(tokens, before - 1) in _FOUND:
            return True
        lead = {token.low for token in tokens[max(0, before - 2) : before]}
        if low in _TOLD:
            return before > 0 and tokens[before - 1].low in self._sets["told_whom"]
        if low in self._people and lead & self._sets["clause_takers"]:
            return True
        if lead & {"so", "such"}:
            return True
        fixed = bool(lead & self._sets["fixes"])
        if low in self._sets["time_nouns"]:
            return fixed
        return fixed and self._lexicon.noun(low) and self._may_describe(tokens, found)

    def _after_time(self, tokens: Sequence[Token], place: int) -> bool:
        """ "And since his retirement we talk less": words of time stand between."""
        for begin in range(place - 1, max(0, place - _LONGEST_TIME) - 1, -1):
            if begin and tokens[begin - 1].low not in _BEFORE_WAITS:
                continue
            said = " ".join(token.low for token in tokens[begin:place])
            if begin and self._lead_in.fullmatch(said):
                return True
        return False

    def _may_describe(self, tokens: Sequence[Token], found: Opening) -> bool:
        """Whether a clause can describe a noun ("the song we liked") and is none of its own."""
        between = {token.low for token in tokens[found.head : found.verb + 2]}
        if between & self._sets["not_relative"]:
            return False
        verb = tokens[found.verb].low
        if verb in self._sets["copulas"] or "'" + verb.partition("'")[2] in self._sets["copulas"]:
            return False
        stranded = tokens[-1].low in self._sets["bridges"]
        return stranded or _low(tokens, found.verb + 1) not in self._sets["objects"]


def _low(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].low if 0 <= place < len(tokens) else ""
