"""Who a client is and whom they name stays out of what a coach reads and what is exported.

Pattern work, not understanding. It finds e-mails, links, phone numbers, addresses with a street
word, a house number or a postcode, first names of a list in any case, and capitalised words in
the middle of a sentence or next to a word that gives them away ("my sister Xiomara").

What it misses, and a coach must be told so: names that are also words, in lower case ("will",
"hope"); rare names in lower case; nicknames; user names without a link; house names; numbers
spelled out; and people who can be known by what happened. What it takes by mistake: names of
places, firms and films in the middle of a sentence, and a few capitalised words that are no name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from belay.domain.masking_patterns import (
    ADDRESS,
    ADDRESS_AT,
    DATE_AT,
    EMAIL,
    EMAIL_AT,
    LINK,
    LINK_AT,
    PERSON,
    PHONE,
    PHONE_AT,
    POSTCODE_AT,
)
from belay.domain.masking_times import EITHER, TIMES, is_time

_BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_RELATION = (
    "partner|husband|hubby|wife|spouse|boyfriend|girlfriend|bf|gf|fianc[eé]e?|ex|dad|father|mum|"
    "mom|mother|stepdad|stepmum|stepmom|stepfather|stepmother|son|daughter|stepson|stepdaughter|"
    "kid|child|baby|brother|sister|sibling|twin|uncle|aunt|auntie|cousin|nephew|niece|grandma|"
    "grandpa|gran|nan|grandmother|grandfather|friend|mate|buddy|boss|manager|colleague|coworker|"
    "co-worker|flatmate|roommate|housemate|neighbour|neighbor|landlord|teacher|therapist|doctor|"
    "coach|in-law|carer|caregiver"
)
_SPEAKS = (
    "said|says|told|tells|asked|asks|texted|texts|called|calls|wrote|writes|replied|answered|"
    "shouted|yelled|screamed|wants|wanted|thinks|thought|knows|knew|came|comes|went|left|lives|"
    "works|never|always|keeps|kept|got|gets|hates|hated|loves|loved|lied|lies|promised|"
    "apologised|apologized|invited|forgot|forgets|ignored|ignores|cried|cries"
)
_CONTACT = (
    "told|tell|telling|asked|ask|asking|texted|text|texting|called|call|calling|messaged|phoned|"
    "rang|met|meet|meeting|saw|see|seeing|visited|visit|dated|dating|married|love|loved|miss|"
    "missed|with|named|name is|name's|names are"
)
_WORD = r"[^\W\d_]{1,40}(?:[-'’][^\W\d_]{1,40}){0,3}"
_AFTER_RELATION = re.compile(
    rf"\b(?i:{_RELATION})s?,? (?:(?:is )?(?:called|named) )?({_WORD})(?: ({_WORD}))?"
)
_BEFORE_SPEAKS = re.compile(rf"\b({_WORD}) (?:has |had |just |also |really )?(?i:{_SPEAKS})\b")
_AFTER_CONTACT = re.compile(rf"\b(?i:{_CONTACT}) ({_WORD})")
# Somebody acts: what may stand for a month is a person then.
_ACTS = re.compile(rf" (?:has |had |just |also |really )?(?i:{_SPEAKS})\b")
_POSSESSIVE = re.compile(r"['’]s?$")

# Words that begin with a capital and name nobody: sentence openers, time, family as address.
_OPENERS = """
a after again all also although always am an and any anybody anyone are as at because been
before both but by can could dad daddy did do does even every everybody everyone few finally
first for from god grandma grandpa gran granny had has have he hence her here hers him his
how however i i'd i'll i'm i've if in instead is it it's its just last later life like lots
mam many maybe me mine mom mommy more most mother mum mummy my nan never next no nobody none
not nothing now nobody of often oh ok okay on once one only or other others our ours people
perhaps please quite really she since so some somebody someone something sometimes still
such than thanks that that's the their theirs them then there these they this those though
to today tomorrow tonight too two under until us very was we well were what whatever when
whenever where which while who whoever whose why will with would yes yesterday yet you
you're your yours father
april may june august christmas easter eid diwali ramadan hanukkah year grade class chapter part
new english french german spanish british american african asian christian muslim
jewish hindu buddhist facebook instagram whatsapp tiktok snapchat netflix google telegram
slack zoom belay
"""
_NO_NAMES = frozenset(_OPENERS.split()) | TIMES
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…\n\"“(]|\s[-–—])\s*$")
_TOKEN = re.compile(_WORD)
_TITLES = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Auntie|Aunt|Uncle|Nana|Grandma|Grandpa|Coach)\.? ({_WORD})"
)
_WITH_ME = re.compile(rf"\b({_WORD})(?:,? (?:and|&) (?:I|me|myself)\b|['’]s\b)")
_ME_WITH = re.compile(rf"\b(?:me|myself|I|us|him|her|them) and ({_WORD})")
# More capitals than this, and capitals say nothing.
_SHOUTED = 0.5


class Masking:
    """Masks with a list of first names.

    Args:
        names: First names in lower case.
        also_words: Those of them that are words as well: masked only where they stand with a
            capital letter inside a sentence.
    """

    def __init__(
        self,
        names: frozenset[str] = frozenset(),
        also_words: frozenset[str] = frozenset(),
    ) -> None:
        self._names = names | also_words
        self._safe = names - also_words

    def __call__(self, text: str) -> str:
        """The text with what identifies people replaced by a word in braces."""
        text = EMAIL_AT.sub(EMAIL, text)
        text = LINK_AT.sub(LINK, text)
        text = ADDRESS_AT.sub(ADDRESS, text)
        text = POSTCODE_AT.sub(ADDRESS, text)
        text = PHONE_AT.sub(_phone_or_date, text)
        found = _names(text) | set(self._listed(text)) | set(_in_the_middle(text))
        for name in sorted(found, key=len, reverse=True):
            text = re.sub(rf"(?<![\w{{]){re.escape(name)}(?![\w}}])", _person_or_time, text)
        return re.sub(rf"{re.escape(PERSON)}(?: {re.escape(PERSON)})+", PERSON, text)

    def _listed(self, text: str) -> Iterator[str]:
        for match in _TOKEN.finditer(text):
            word = _bare(match[0])
            low = word.lower()
            capital = word[:1].isupper()
            if (
                low in self._safe
                and low not in _NO_NAMES
                or capital
                and low in self._names
                and _inside(text, match.start())
                and not _is_time(match)
            ):
                yield word


def mask(text: str) -> str:
    """As `Masking`, without a list of names."""
    return _PLAIN(text)


def _in_the_middle(text: str) -> Iterator[str]:
    """Words that stand with a capital where only names do."""
    words = [match for match in _TOKEN.finditer(text) if len(match[0]) > 1]
    capitals = [match for match in words if match[0][0].isupper()]
    if not words or len(capitals) / len(words) > _SHOUTED:
        return
    for match in capitals:
        if _is_name(match[0]) and _inside(text, match.start()):
            yield _bare(match[0])


def _inside(text: str, start: int) -> bool:
    """Whether a word stands inside a sentence, where a capital says that it is a name."""
    return not _SENTENCE_START.search(text[max(0, start - 12) : start])


def pseudonym(client_id: str) -> str:
    """What coaches call a client: the same for one client each time, and not their id.

    Four signs out of 32, so two among a thousand clients share one only now and then; the
    conversation's address tells them apart.
    """
    number = int.from_bytes(hashlib.sha256(client_id.encode()).digest()[:5], "big")
    signs = [_BASE32[(number >> shift) & 31] for shift in (15, 10, 5, 0)]
    return "Client " + "".join(signs)


def _is_time(match: re.Match[str], group: int = 0) -> bool:
    """Whether a word that may be a month stands for one here."""
    bare = _bare(match[group])
    start = match.start(group)
    return bare.lower() in EITHER and is_time(match.string, start, start + len(bare), _ACTS)


def _person_or_time(match: re.Match[str]) -> str:
    return match[0] if _is_time(match) else PERSON


def _phone_or_date(match: re.Match[str]) -> str:
    found = match[0]
    return found if DATE_AT.fullmatch(found) else PHONE


def _names(text: str) -> set[str]:
    found: set[str] = set()
    for match in _AFTER_RELATION.finditer(text):
        if _is_name(match[1]) or _is_somebody(match):
            found.add(_bare(match[1]))
            if match[2] and _is_name(match[2]):
                found.add(_bare(match[2]))
    for pattern in (_BEFORE_SPEAKS, _AFTER_CONTACT, _TITLES, _WITH_ME, _ME_WITH):
        found.update(
            _bare(match[1])
            for match in pattern.finditer(text)
            if _is_name(match[1]) or _is_somebody(match)
        )
    return found


def _is_name(word: str) -> bool:
    bare = _bare(word)
    return (
        len(bare) > 1
        and bare[0].isupper()
        and not bare.isupper()
        and word.lower().replace("’", "'") not in _NO_NAMES
        and bare.lower() not in _NO_NAMES
        and not re.fullmatch(rf"(?i:{_RELATION})s?", bare)
    )


def _is_somebody(match: re.Match[str]) -> bool:
    """Whether a word that may be a month stands where people stand."""
    word = _bare(match[1])
    return word.lower() in EITHER and word[:1].isupper() and not _is_time(match, 1)


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word)


_PLAIN = Masking()
