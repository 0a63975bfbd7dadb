"""The words around a number that make it a rating, an age, a time, a price or a count.

Patterns only; rasa_ext.rating weighs them.
"""

from __future__ import annotations

import re

WORDS = {
    "zero": 0, "nought": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
SPOKEN = "|".join(WORDS)
NUMBER = rf"(?:10(?:\.0)?|\d(?:[.,]\d)?|{SPOKEN})(?:\s+and\s+a\s+half|½|-?ish)?"
BEFORE = r"(?:(?<![\w/$€£%+#-])|(?<=\d-))(?<!\d[.,:])(?<!\s\.)(?<!-\d-)"
AFTER = r"(?![\w/%€£$]|:\d|[.,]\d)"

# Said to be a rating, wherever it stands.
MARKED = re.compile(
    rf"{BEFORE}(?P<n>{NUMBER})\s*(?:/\s*(?:10|ten)|(?:out\s+(?:of\s+)?(?:a\s+)?|outt?a\s+|"
    rf"of\s+)(?:10|ten))"
    rf"(?!\w|[.,]\d|\s+(?:times|people|days|nights|cases|of\b|cats|dentists|couples|men|women))",
    re.IGNORECASE,
)
BARE = re.compile(rf"{BEFORE}(?P<n>{NUMBER}){AFTER}", re.IGNORECASE)
_SMALL = """
about actually after again all already and anger anxiety as at atm bc because before best but by
calm cause compared cos coz cuz def definitely despite down during easily easy even ever except
feeling fine for from given going guess ha haha having he her here his honestly i i'?d i'm id if
im imo in inside instead is ish it just kind kinda last lately later lol max maybe minimum most
mostly my next no not now nowadays oh ok okay on only or our out overall overnight panic perhaps
please pls plz probably really right rn she since so sometimes sort still stress tbh than thank
thanks that the their then there these they this tho those though to today tonight too tops unless
until up usually vibes? was we well whatever when whereas while with yeah yes yesterday you your
"""
# What may follow a number that counts nothing: the end, a pause, or a small word.
ALONE = re.compile(
    rf"\s*(?:$|[.!?,;:)\u2026\u2014-]|(?:{'|'.join(_SMALL.split())})\b)",
    re.IGNORECASE,
)
# What turns a number into an age, a date, a time or a count.
UNIT = re.compile(
    r"\s*-?\s*(?:y(?:ea)?rs?\b|yo\b|months?\b|weeks?\b|days?\b|hours?\b|hrs?\b|min(?:ute)?s?\b|"
    r"times?\b|x\b|am\b|pm\b|o'?clock|kids?\b|children\b|people\b|of (?:us|them|my|the|our)\b|"
    r"(?:th|st|nd|rd)\b|(?:at|in|on) (?:the|a|our) (?:table|room|team|group|row|car|house)\b|"
    r"(?:out\s+)?of\s+(?!10\b|ten\b)(?:\d|two|three|four|five|six|seven|eight|nine)|"
    r"in\s+(?:\d|ten\b|two\b|three\b|four\b|five\b)|(?:miles?|degrees?|percent|per cent|quid)\b|"
    r"in (?:maths?|english|science|history|french|spanish|physics|chemistry|biology|art|pe)\b|"
    r"(?:in the (?:morning|evening|afternoon)|at night|sharp)\b|"
    r"for (?:the (?!talk|call|chat|day|week|evening|meeting|stress|whole|last|feeling|anger|mood)|"
    r"an? |two )|out of (?:10|ten) (?:times|people|days|nights|cases|couples)\b|(?:before|past|"
    r"to) (?:noon|midnight|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve)\b(?! (?:today|now|on)))",
    re.IGNORECASE,
)
# Before a number: it names or counts a thing.
NAMES_A_THING = re.compile(
    r"(?:\b(?:age|aged|turned|turning|step|number|no\.?|nr\.?|chapter|covid|grade|year|room|by|"
    r"until|till|page|paragraph|bus|stop|platform|flight|gate|seat|row|line|table|track|channel|"
    r"floor|flat|apartment|apt\.?|house|unit|size|option|question|item|exit|route|"
    r"(?<!last )(?<!this )week|day|month|"
    r"season|episode|part|version|top|windows|takes|turns|owes? (?:me|us|him|her|them)|ps|"
    r"iphone|android|level up|post|act|paid|pay|bought|counted|count|counting|costs?|eat|ate|"
    r"drank|won|"
    r"lost|had|have|has|got|get|need|take|took|dog|cat|son|daughter|of|the|in|my|his|her|these|"
    r"those|other|first|last|next|every|all|(?<!go )(?<!going )with|number of|between us|"
    r"we (?:are|were)|us)\s+"
    r"(?:to\s+|off at\s+)?|\b(?:dog|cat|son|daughter|kid|twins?|he|she|they|who|nephew|niece|"
    r"brother|sister|kids|boys|"
    r"girls|grandson)(?: (?:is|was|are|were|will be)|['\u2019](?:s|re|ll be))\s+(?:only\s+|"
    r"just\s+|about\s+)?"
    r"|\b(?:when|since|until|because|before|after) (?:i|he|she|we|they) (?:was|were)\s+"
    r"(?:only\s+|about\s+)?|\b(?:works?|worked|open|closed|shift|job|meet|eat|wake up|"
    r"up) (?:from |at )"
    r"|\bi'?m\s+|\bi am\s+)$",
    re.IGNORECASE,
)
# Before a number: something is being weighed.
WEIGHS = re.compile(
    r"(?:\b(?:an?|about|around|roughly|maybe|probably|perhaps|say|said|like|rate|rated|score|give|"
    r"gave|call|make|made|note|level|between|scored|scores|rank(?:ed)?|mark(?:ed)?|go for|"
    r"(?:probably|maybe) go|"
    r"go with|going with|land(?:ed|ing)? on|settled? on|going for|climbed to|rose to|crept to|"
    r"crept up to|jumped to|dropped to|"
    r"fell to|sank to|came to|(?:up|down|back|close|gone|went|moved|got|slid|shot up|goes) to|"
    r"(?:not|no) (?:more|less|higher|lower|better) than|more than|less than|at (?:least|most|best)|"
    r"if not|under|over|above|below|started|ended|start|end(?:ed)? up|ended on|pick|picking|choose|"
    r"chose|choosing|answer|barely|hardly|easily|definitely|def|deffo|probs|prob|prolly|somewhere|"
    r"possibly|literally|honestly|tbh|currently|sitting|sits|stuck at|pain|hurt|tension|confidence|"
    r"connection|joy|fear|sadness|guilt|shame|happiness|safety|comfort|energy|hope|loneliness|"
    r"jealousy|resentment|dread|panic|hunger|motivation|patience|only|just|solid|strong|weak|"
    r"good|high|low|so|"
    r"now|then|hovering|from|near|nearly|almost|feels?|felt|feeling|it'?s|its|it is|it was|that'?s|"
    r"put|at|more like|closer to|stress|mood|energy|anxiety|anger|calm|trust|closeness|worry|"
    r"before|after|during|today|tonight|yesterday|overall|currently)\b"
    r"(?:\s+(?:it|that|this|them|me|us|myself|be|is|was|a|an|at|the|talk|call|chat|about|around|"
    r"like|level|maybe|today|now))*"
    r"\s*(?:[:,=~-]|\.{2,}|\u2026)?\s*|[:=~]\s*|\ban?\s+(?:very\s+|real\s+|big\s+|really\s+)?"
    r"(?!(?:pack|set|group|lot|total|row)\b)[a-z]+\s+)$",
    re.IGNORECASE,
)
ONE_IS_A_NUMBER = re.compile(
    r"(?:^|[^\w\s]|\b(?:an?|solid|about|around|now|like|maybe|perhaps|to|level|say|said|after|"
    r"before|"
    r"from|it|at|probably|feels?|felt|and|or|then|was|it'?s|its|rate|give|still|barely|today))\s*$",
    re.IGNORECASE,
)
AND_ANOTHER = re.compile(
    r"(?:\s*(?:[,;.-]|(?:and|or|then|to|now|but|today|tonight|yesterday|before|after|was|is|it'?s|"
    r"i'?m|id|i'?d|at|say|ended|an?|down|up|maybe|about|later|perhaps|possibly|probably|even|"
    r"if not|"
    r"this (?:week|morning|time|evening|month|afternoon)|last (?:week|month|time|night|year)|on|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|actually|make it|more like)\b))+\s*",
    re.IGNORECASE,
)
# Said before a rating that opens a message, or behind one.
FILLERS = re.compile(
    r"[\s\"'(]*(?:(?:h+m+|u+m+|u+h+|er+m?|well|oh|ok(?:ay)?|so|maybe|i think|honestly|probably|"
    r"prob|"
    r"like|yeah|yes|right|erm|eh|ooh|say|perhaps|i guess|think|today|now|still|easily|tbh|and|but|"
    r"just|overall|def|definitely|in the end|ah|ha|lol|let me think|let me see|let'?s see|dunno|"
    r"idk|"
    r"not sure|i dunno|good question|tough one|honest answer|truthfully|meh)[\s,.:;!?\u2026-]+)*",
    re.IGNORECASE,
)
THEN = re.compile(
    r"\s*(?:$|[^\w\s]|(?:today|tonight|now|rn|atm|right now|easily|easy|ish|tbh|lol|honestly|maybe|"
    r"probably|perhaps|i|i'?d|because|cause|cos|coz|cuz|bc|as|this (?:week|morning|time|evening|"
    r"month)|overall|though|tho|at (?:the moment|most|least|best)|yesterday|before|after|last|if|"
    r"when|but|or|for me|for (?:stress|mood|anger|calm|closeness|trust|confidence)|at|definitely|"
    r"max|tops|still|really|actually|imo|please|pls|max|down|up|only|going)\b)",
    re.IGNORECASE,
)
PAUSE = re.compile(r"(?:[,;:?!\u2014\u2013\u2026]|\.{2,}| -)\s*$")
COUNTED = re.compile(
    r"\b(?:kids|sons?|daughters?|children|twins|aged?|rooms?|bus|page|call|ring|lines?|numbers|"
    r"siblings|code|pin|scale)\b",
    re.IGNORECASE,
)
ALLOWED = re.compile(r"\s*(?:ok|okay|fine|allowed|good|alright)\s*(?:\?|$)", re.IGNORECASE)
# The scale itself, and what others get or give: no self-rating.
SCALE = re.compile(
    r"\bscale\s+(?:of\s+|from\s+|is\s+)?(?:0|1|zero|one)\s*(?:to|-|\u2013|through)\s*(?:10|ten)\b|"
    r"\b[01]\s?[-\u2013]\s?10\b|\b(?:0|1|zero|one) (?:is|being|=|means) \w+|"
    r"\b(?:10|ten) (?:being|means) \w+|\b[1-9]\d?\s+to\s+\d+\s+(?:job|shift)",
    re.IGNORECASE,
)
OF_ANOTHER = re.compile(
    r"(?:\b(?:he|she|they|(?:my|the|our|his|her) \w+) (?:has |had |'d )?(?:rated|gave|scored|"
    r"gives|rates|"
    r"scores|graded|marked)(?: (?:me|us|it|him|her|them|(?:my|the|our|his|her) [\w ]{1,20}))?"
    r"(?: as)?(?: an?| only an?)?"
    r"|\b(?:rate|rated|give|gave|giving|gives|score|scored)\s+(?:him|her|them|(?:the|his|her|"
    r"their|that|"
    r"this) (?!day|week|talk|call|chat|evening|session|exercise|month|morning|whole|weekend|"
    r"conversation|feeling|stress|meeting|relationship)[\w ]{1,20})"
    r"(?: as)?(?: an?| only an?| maybe an?| about an?)?"
    r"|\b(?:film|movie|show|book|series|restaurant|hotel|song|album|game|pizza|food|meal|"
    r"weather|curry|"
    r"pub|app|recipe|service|match|essay|exam|test|cake|coffee|soup|lasagne|lasagna|play|"
    r"concert|gig|"
    r"episode|podcast|phone|car|flat|house|haircut|outfit|dress|novel|beer|wine|review|cooking)\b"
    r"(?: \w+){0,2}?(?: (?:is|was|gets|got|deserves|were|scored|easily|maybe|about|around|only|"
    r"like|"
    r"solid|a|an|good|of)|'s|:)*"
    r"|\b(?:he|she)(?:['\u2019]?s| is| was)(?: like| only| about| easily)? an?(?: solid| total)?"
    r"|\b(?:he|she|they|everyone) (?:says?|said|thinks?|thought|"
    r"reckons?)(?: that)? i(?:['\u2019]?m| am|"
    r" was) an?)\s+$",
    re.IGNORECASE,
)
JOINED = re.compile(r"\s*(?:,|&|and|or|to)\s*", re.IGNORECASE)
RANGE = re.compile(r"\s*(?:-|–|to|or)\s*", re.IGNORECASE)
A_FEELING = re.compile(r"(?:\s+(?:is|was|at|about|around|maybe|like))*\s*[:,=-]?\s*", re.IGNORECASE)
COUNTS_NEXT = re.compile(r"\s*(?:before|after|during)\b", re.IGNORECASE)
