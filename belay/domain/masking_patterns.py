"""Patterns for what can be recognised by its form: e-mails, links, phones, addresses."""

from __future__ import annotations

import re

PERSON = "{person}"
EMAIL = "{email}"
LINK = "{link}"
PHONE = "{phone}"
ADDRESS = "{address}"


EMAIL_AT = re.compile(
    r"\b[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b",
    re.IGNORECASE,
)
LINK_AT = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"')\]]+"
    r"|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:com|org|net|io|me|info|co\.uk|de|fr|eu|app)\b(?:/\S*)?",
    re.IGNORECASE,
)
PHONE_AT = re.compile(r"(?<![\w.,:/-])\+?\(?\d(?:[\s().\-/]{0,2}\d){6,14}(?![\w/-])")
DATE_AT = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
POSTCODE_AT = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b"
    r"|\b(?:[a-z]{1,2}\d[a-z\d]? \d[a-z]{2})\b|(?i:\bzip(?: code)?(?: is)?:? )\d{5}(?:-\d{4})?\b"
    r"|\b\d{5} (?=[A-Z][a-zäöüß]{2,})[\w-]+|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b"
)
_ROADS = "street|road|avenue|lane|boulevard|crescent|terrace"
_SHORT_ROADS = "St|Rd|Ave|Ln|Dr|Drive|Ct|Court|Way|Square|Sq|Place|Close|Blvd|Gardens|Row|Hill"
_LONG_SHORT_ROADS = "Drive|Court|Way|Square|Close|Gardens|Row"
_ABROAD = "rue|avenue|boulevard|place|calle|via|rua|avenida|plaza"
_OF = r"(?:d[aeiou]l?s? (?:la )?|l')?"
_NOT_IN_ROAD = r"(?!(?:the|a|an|of|down|up|on|this|that|my|our|per|in|at|to|from)\b)"
ADDRESS_AT = re.compile(
    rf"\b\d{{1,5}}[a-zA-Z]?,? (?:{_NOT_IN_ROAD}[\w'’.-]+ ){{1,3}}(?i:{_ROADS})\b"
    rf"|\b\d{{1,5}}[a-zA-Z]?,? (?:[A-Z][\w'’.-]+ ){{1,3}}(?:{_SHORT_ROADS})\b\.?"
    rf"|(?<=[a-z] )(?:[A-Z][\w'’.-]+ ){{1,3}}(?i:{_ROADS}|{_LONG_SHORT_ROADS})\b"
    r"(?: \d{1,5}[a-z]?\b)?"
    r"|\b[\w-]{1,30}(?i:str(?:\.|asse|aße)|weg|gasse|platz|allee|straat|laan|gatan|vej)"
    r" \d{1,4}[a-z]?\b"
    rf"|\b\d{{1,4}}(?: ?bis)?,? (?i:{_ABROAD}) {_OF}[A-Z][\w'’-]+"
    rf"|\b(?i:{_ABROAD}) {_OF}[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?,? \d{{1,4}}\b"
    r"|\b(?i:flat|apartment|apt|unit|room|suite) ?#?\d{1,4}[a-zA-Z]?\b"
)
