"""Who a client is and whom they name stays out of what a coach reads.

`mask` is pattern work, not understanding. It finds e-mails, links, phone numbers, street
addresses with a number, and capitalised first names next to a word that gives them away ("my
sister Anna", "I told Anna", "Anna said"), then the same names elsewhere in the same text.

What it misses, and a coach must be told so: names in lower case or capitals only; names with
no such word near ("Anna and I"); nicknames; names of places, schools and employers; user names
without a link; house names; numbers spelled out; and people who can be known by what happened.
What it takes by mistake: a capitalised word after a relation word that is no name.
"""

from __future__ import annotations

import hashlib
import re

PERSON = "{person}"
EMAIL = "{email}"
LINK = "{link}"
PHONE = "{phone}"
ADDRESS = "{address}"

_BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_EMAIL = re.compile(
    r"\b[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"')\]]+"
    r"|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:com|org|net|io|me|info|co\.uk|de|fr|eu|app)\b(?:/\S*)?",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.,:/-])\+?\(?\d(?:[\s().\-/]{0,2}\d){6,14}(?![\w/-])")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b")
_ROADS = "street|road|avenue|lane|boulevard|crescent|terrace"
_SHORT_ROADS = "St|Rd|Ave|Ln|Dr|Drive|Ct|Court|Way|Square|Sq|Place|Close|Blvd|Gardens|Row|Hill"
_NOT_IN_ROAD = r"(?!(?:the|a|an|of|down|up|on|this|that|my|our|per|in|at|to|from)\b)"
_ADDRESS = re.compile(
    rf"\b\d{{1,5}}[a-zA-Z]?,? (?:{_NOT_IN_ROAD}[\w'’.-]+ ){{1,3}}(?i:{_ROADS})\b"
    rf"|\b\d{{1,5}}[a-zA-Z]?,? (?:[A-Z][\w'’.-]+ ){{1,3}}(?:{_SHORT_ROADS})\b\.?"
)

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
monday tuesday wednesday thursday friday saturday sunday january february march april may
june july august september october november december christmas easter eid diwali ramadan
hanukkah new english french german spanish british american african asian christian muslim
jewish hindu buddhist facebook instagram whatsapp tiktok snapchat netflix google telegram
slack zoom belay
"""
_NO_NAMES = frozenset(_OPENERS.split())


def mask(text: str) -> str:
    """The text with what identifies people replaced by a word in braces."""
    text = _EMAIL.sub(EMAIL, text)
    text = _LINK.sub(LINK, text)
    text = _ADDRESS.sub(ADDRESS, text)
    text = _POSTCODE.sub(ADDRESS, text)
    text = _PHONE.sub(_phone_or_date, text)
    names = sorted(_names(text), key=len, reverse=True)
    for name in names:
        text = re.sub(rf"\b{re.escape(name)}(?!\w)", PERSON, text)
    return text.replace(f"{PERSON} {PERSON}", PERSON)


def pseudonym(client_id: str) -> str:
    """What coaches call a client: the same for one client each time, and not their id.

    Four signs out of 32, so two among a thousand clients share one only now and then; the
    conversation's address tells them apart.
    """
    number = int.from_bytes(hashlib.sha256(client_id.encode()).digest()[:5], "big")
    signs = [_BASE32[(number >> shift) & 31] for shift in (15, 10, 5, 0)]
    return "Client " + "".join(signs)


def _phone_or_date(match: re.Match[str]) -> str:
    found = match[0]
    return found if _DATE.fullmatch(found) else PHONE


def _names(text: str) -> set[str]:
    found: set[str] = set()
    for match in _AFTER_RELATION.finditer(text):
        if _is_name(match[1]):
            found.add(_bare(match[1]))
            if match[2] and _is_name(match[2]):
                found.add(_bare(match[2]))
    for pattern in (_BEFORE_SPEAKS, _AFTER_CONTACT):
        found.update(_bare(match[1]) for match in pattern.finditer(text) if _is_name(match[1]))
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


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word)
