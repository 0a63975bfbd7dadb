"""Where a word of the feeling list is a feeling.

"I'm low" tells a feeling and "the battery was low" none; "a jealous man" has a trait, "I'm jealous"
a feeling; "happy birthday" is a wish. Each word is looked at with the words around it.
"""

from __future__ import annotations

import re

_ADVERBS = (
    r"so|very|really|rly|a (?:wee |little |tiny )?bit|a (?:little|tad|lot)|bit|pretty|quite|too|"
    r"all|"
    r"just|rather|kind ?of|kinda|sort ?of|sorta|totally|completely|completly|utterly|absolutely|"
    r"dead|well|proper|properly|super|extremely|incredibly|pure|fair|right|slightly|mostly|mainly|"
    r"only|also|still|always|often|constantly|both|more|less|most|increasingly|not|never|hardly|"
    r"somewhat|fucking|fuckin|bloody|fecking|feckin|genuinely|honestly|deeply|terribly|awfully|"
    r"strangely|weirdly|oddly|suddenly|already|now|again|beyond|hella|lowkey|highkey|such|even|"
    r"ever|properly|that|this|actually|probably|maybe|sometimes|usually|mildly|thoroughly|"
    r"emotionally|mentally|massively|majorly|seriously|truly|literally|as|almost|nearly|since|"
    r"definitely|obviously|clearly|simply|fairly|particularly|especially|vaguely|wee|much|way|"
    r"dreadfully|horribly|ridiculously|insanely|stupidly|permanently|perpetually|generally"
)
_ADVERB = rf"(?:(?:{_ADVERBS})\s+)*"
_PEOPLE = (
    r"mum|mam|mom|mummy|mother|dad|da|father|parents?|folks|wife|husband|hubby|partner|spouse|"
    r"fianc[eé]e?|boyfriend|girlfriend|bf|gf|bff|bestie|sister|sis|brother|bro|twin|sibling|"
    r"siblings|friends?|mates?|pal|flatmates?|roommates?|housemates?|roomie|boss|manager|"
    r"supervisor|colleagues?|coworkers?|co-workers?|team|sons?|daughters?|kids?|child|children|"
    r"teenager|teen|toddler|baby|ex|nan|gran|granny|grandma|grandad|aunt|auntie|uncle|cousin|niece|"
    r"nephew|neighbou?rs?|landlord|landlady|missus|other half|in-laws?|carer|therapist|family|"
    r"metamours?|co-?parent|board|band|choir|class|group|woman|man|guy|girl|boy|lad|people|"
    r"lead|teacher|director|client|patient|stranger"
)
_WHO = rf"(?:i|he|she|they|we|you|ye|u|who|everyone|everybody|someone|nobody|{_PEOPLE})"
_IS = (
    r"am|is|are|was|were|wasn['’]?t|isn['’]?t|aren['’]?t|weren['’]?t|be|been|being|get|gets|got|"
    r"getting|gettin|become|becomes|became|becoming|seem|seems|seemed|look|looks|looked|sound|"
    r"sounds|sounded|went|go|stay|stayed|remain|remained|ended up|grew|came home|woke up"
)
_HELPS = (
    r"have|has|had|['’]?ve|will|would|might|may|could|must|should|to|don['’]?t|didn['’]?t|"
    r"doesn['’]?t|do|did|wo?n['’]?t|about|going|end up"
)
# "I am", "she's been a bit", "my brother was".
_A_PERSON_IS = re.compile(
    rf"(?:\b(?:{_WHO}['’](?:m|s|re)|i['’]?m|hes|shes|theyre|youre|ur)\b|"
    rf"\b{_WHO}(?:['’](?:s|ve|d|ll))?\b(?:\s+\w+ (?:and|or))?(?=.*\b(?:{_IS})\b)|"
    rf"(?:^|[.!?,]\s+|\band\s+)\b(?-i:[A-Z][a-z]+)(?:['’]s|\s+(?:is|was|seems|got))\b|"
    rf"^\s*(?:am|was|been|being|got|getting|is|are)\b)"
    rf"(?:\s+(?:(?:{_IS})|(?:{_HELPS})|{_ADVERBS}))*\s+$",
    re.IGNORECASE,
)
_FEELS = re.compile(
    rf"\b(?:feel|feels|feeling|feelin|felt|feelings?:|(?:left|leaves|makes?|made|making|keeps?|"
    rf"kept|"
    rf"has|had|have|got|gets|leaving) (?:me|him|her|them|us|you|everyone)(?: feel(?:ing)?)?)\s+"
    rf"(?:(?:about|myself|{_ADVERBS})\s+)*$",
    re.IGNORECASE,
)
_OPENS = re.compile(
    rf"(?:^|[.!?;:,(\n–—-])\s*[\"'“‘]?(?:(?:and|but|or|then|because|{_ADVERBS})\s+)*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[\"'”’]?\s*(?:$|[.!?,;:)…–—/&-]|\b(?:and|or|but|n|about|at|in|with|that|because|cos|coz|"
    r"today|"
    r"tonight|now|again|after|since|when|this|by|over|as|between|inside|all|lately|too|tbh|lol|i|"
    r"for|if|from|these|most|before|really|honestly|mostly|maybe|then|than|so|towards?|every|"
    r"since|though|right|yesterday|enough|last|of|an?|\d+)\b)",
    re.IGNORECASE,
)
# "tired and " before "low": the frame is sought before the words that it is joined to.
_JOINED = re.compile(
    rf"[\w'’-]+(?:\s*[,/&]\s*(?:and |or |but |then )?|\s+(?:and|or|but|n|yet|than|then)\s+)"
    rf"(?:(?:{_ADVERBS})\s+)*$",
    re.IGNORECASE,
)
_MOST_JOINED = 3


def _words(listed: str) -> frozenset[str]:
    return frozenset(word.strip() for word in listed.split(","))


# Felt only: behind "feel", or in a message of little else.
_FELT = _words(
    "alone,lost,safe,safer,secure,flat,hollow,heavy,light,lighter,warm,exposed,raw,free,alive,"
    "detached,distant,disconnected,connected,grounded,strong,brave,capable,accomplished,settled,"
    "rested,left out,pressured,loved,shy,awkward,sorry,wounded,stung,bruised,unsure,blah,foolish,"
    "inadequate,inferior,unworthy,centred,centered,balanced,steady,steadier,positive,tender,"
    "burdened,weighed down,claustrophobic,smothered,suffocated,foggy,zen,comfortable,comfy,"
    "cut off,calmed,prickly,scattered,adrift,resigned,lower,sluggish"
)
# Of a person, not of a thing.
_OF_A_PERSON = _words(
    "down,low,blue,empty,broken,crushed,shattered,drained,spent,stuck,cross,bitter,mad,madder,"
    "content,torn,numb,touched,moved,tense,uncomfortable,uncomfy,impatient,raging,ragin,buzzing,"
    "buzzin,made up,wiped,wiped out,wrecked,fried,beat,bushed,done in,jaded,worn out,worn-out,worn "
    "down,run down,rundown,shook,triggered,gassed,pumped,salty,sour,fragile,shaky,edgy,jumpy,"
    "crabbit,heated,fired up,put out,choked,choked up,cut up,bothered,disturbed,troubled,chilled,"
    "chill,mellow,merry,tiered,exited,relived,relaxed,confidant,depleted,swamped,wired,snappy,"
    "emotional,sentimental,positive,vulnerable,vunerable,paranoid,whacked,"
    "suspicious,hysterical,scarlet,humbled,inspired,refreshed,encouraged,satisfied,fulfilled,"
    "shaken,"
    "rattled,overloaded,defeated,unsettled,meh,hesitant,hurting,sick and tired,"
    "flattered,tickled,isolated,mixed up,in bits,in pieces,pissed,sulky,ratty,light-hearted,"
    "intrigued,"
    "withdrawn,dazed,stunned,sullen,keyed up,free,comfortable"
)
_NOUNS = _words(
    "grief,greif,anger,fury,rage,envy,jealousy,jelousy,resentment,resentments,contempt,hatred,"
    "hostility,"
    "fear,fears,fright,terror,horror,worry,worries,anxiety,anxeity,anxiaty,nerves,panic,unease,"
    "apprehension,trepidation,dread,jitters,insecurity,desperation,butterflies,shame,guilt,"
    "embarrassment,embarassment,humiliation,regret,regrets,remorse,isolation,longing,yearning,"
    "exhaustion,fatigue,burnout,boredom,agitation,confusion,discomfort,impatience,amusement,joy,"
    "gratitude,excitement,enthusiasm,delight,elation,euphoria,relief,releif,hope,contentment,"
    "satisfaction,pride,serenity,misery,heartbreak,heartache,sorrow,despair,distress,anguish,"
    "melancholy,nostalgia,disappointment,dissapointment,dismay,annoyance,irritation,irritability,"
    "exasperation,frustration,outrage,disgust,mourning"
)
# A word of these before it, and a thing behind it: "a jealous person", "my sad little car".
_OF_A_THING = re.compile(
    r"\b(?:an?|the|my|your|his|her|our|their|such an?|what an?|some|any|these|those|no|every|"
    r"another|one|two|of)\s+(?:(?:very|really|so|pretty|quite|rather|most|more)\s+)*$",
    re.IGNORECASE,
)
_A_THING = re.compile(
    r"\s+(?!(?:and|or|but|n|about|at|with|that|because|cos|of|for|to|in|on|by|from|when|while|if|"
    r"so|as|than|then|over|towards?|today|tonight|yesterday|now|again|still|all|too|lately|i|he|"
    r"she|they|we|it|you|him|them|us|the|is|was|are|were|ones?|he's|she's|it's|i'm|inside|since|"
    r"after|before|tbh|"
    r"honestly|really|right|this|my|his|her|me|every|most)\b)[a-z]",
    re.IGNORECASE,
)
_NOT_BEHIND = re.compile(
    r"\b(?:don['’]?t(?: you)?|do not|no|not to|never|good|gives? me|gave me|level \d+)\s+$",
    re.IGNORECASE,
)
_COMMANDED = _words("worry,worries,panic,fear,grief,stress,regret,hope,joy,despair")
_DOES = (
    r"\b(?:to|will|would|can|could|did|didn['’]?t|won['’]?t|i['’]?ll|might|never|not|you|he|she|"
    r"they|who)\s+$"
)
_BODY = (
    r"\b(?:knees?|backs?|head|legs?|foot|feet|arms?|toe|tooth|teeth|tummy|stomach|neck|throat|"
    r"shoulders?|wrist|ankle|eyes?|ears?|jaw|hands?|finger|ribs?|hip)(?:\s+(?:really|still|is|was|"
    r"went|got|feels?|felt|are|were))*\s+$"
)
_OBJECT = (
    r"\s+(?:me|him|her|them|us|you|my|his|their|our|your|someone|anyone|people|myself|himself|"
    r"herself|each other|everyone|the|feelings)\b"
)
_FRAMES = tuple(
    (_words(listed), re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE))
    for listed, before, after in (
        # What they mean besides: the words before, and the words behind.
        ("stuck", "", r"\s+(?:in|on|at|behind|to|up|out)\b"),
        ("down", "", r"\s+(?:the|to|there|here|at|in|for|on the|with (?:an?|the)|by \d)\b"),
        ("low,lower", "", r"\s+(?:on|in|price|cost|budget|battery|blood)\b"),
        ("torn", "", r"\s+(?:up|off|down|out|apart|from|my|the)\b"),
        (
            "moved",
            "",
            r"\s+(?:out|in|to|on|away|into|from|back|up|down|house|home|jobs?|flat|the|it|"
            r"by \d|my|our|his|her)\b",
        ),
        ("touched", "", r"\s+(?:the|my|his|her|a|down|it|on)\b"),
        ("mad,madder", "", r"\s+(?:about (?!it|him|her|them|that|what|how|my|this|the way)|for|"
        r"into|"
         r"busy|keen|dash|house)\b"),
        ("mad", r"\b(?:like|drives? me|driving me|drove me|going|gone)\s+$", ""),
        ("cross", "", r"\s+(?:country|the|over|it|eyed|legged|that off|off)\b|-"),
        ("content", "", r"\s+(?:of|was|is|manager|creator|writer|for|on|in)\b"),
        ("empty", "", r"\s+(?:the|my|handed|nest)\b|-"),
        ("broken,cut up", "", r"\s+(?:up|into|the|my|his|her|a|off|down|in|glass)\b"),
        ("drained,spent,shattered,crushed,wiped,beat,exited,relived,made up,disturbed,triggered,"
         "numb,shaken,rattled,shook,touched,choked,satisfied,swamped,put out,settled", "",
         r"\s+(?:the|my|his|her|him|me|it|them|a|an|\d+|all (?:my|the|our|his|her)|most|time|money|"
         r"hours?|days?|of|stories|hands|some|on the|down)\b"),
        ("made up", "", r"\s+(?:with|your|their|our)\b"),
        ("lost", "", r"\s+(?:the|my|his|her|our|a|it|in|interest|track|touch|control|weight|my|"
         r"\d+|patience|property)\b"),
        ("free", "", r"\s+(?:to|on|at|for|after|till|until|in|tomorrow|today|next|this|time|"
        r"tonight|"
         r"gifts?|food|tickets?)\b"),
        ("sick", "", r"(?!\s+(?:of|with (?:worry|dread|nerves|fear|envy|guilt|grief)|about)\b)"),
        ("hurt,hurts", _BODY, ""),
        ("hurt,hurts", _DOES, ""),
        ("hurt", "", _OBJECT),
        ("hurt", "", r"\s+(?:in an? |in the (?:crash|accident)|by an? (?:car|bike|bus|dog|ball))"),
        ("flat", "", r"\s*\d"),
        ("hurts", r"(?<!\bit)(?<!\bthat)(?<!\bthis)(?<!\breally)(?<!\bstill)(?<!\bjust)\s+$", ""),
        ("hurting", "", _OBJECT),
        ("numb,tense,raw,heavy,flat,stung,bruised,warm,crushed", _BODY, ""),
        ("worrying", r"\b(?:it['’]?s|that['’]?s|is|was|an?|very|really|more)\s+$", ""),
        ("hopeless", "", r"\s+(?:at|with) (?!(?:the moment|night|times|home|him|her|them|us|"
        r"me)\b)"),
        ("hope", r"(?<!\bno)(?<!\bof)(?<!\bfeel)(?<!\bfelt)(?<!\bsome)(?<!\bany)(?<!\blost)"
         r"(?<!\blittle)(?<!\bmore)(?<!\bfeeling)\s+$|^$|^\S*$", ""),
        ("happy", "", r"\s+(?:birthday|new year|christmas|xmas|easter|hour|anniversary|ending|"
         r"holidays?|hols|meal|place|mon|tues|weds|thurs|fri|satur|sunday|diwali|eid|days|clappy|"
         r"medium|families|valentine|mother|father|hanukkah|halloween|to (?!hear|see|be|have|"
         r"finally|"
         r"know)|for you to)"),
        ("merry", "", r"\s+christmas"),
        ("pleased,delighted,glad", "", r"\s+to (?:meet|help)\b"),
        ("grateful,greatful", r"\bbe\s+$", r"\s+(?:if|for (?:any|some|your))\b"),
        ("afraid,afriad", "", r",?\s+(?:not\b|so\b(?! much)|i (?:can['’]?t|cannot|couldn['’]?t|don|"
         r"didn|have|haven|must|missed|lost|forgot|won['’]?t be able)|there['’ ]|that['’]s|"
         r"(?:the|this|we) (?:\w+ )?(?:is|are|was|were|has|have|doesn['’]?t|isn['’]?t|aren['’]?t|"
         r"don['’]?t|only)\b)"),
        ("panic", "", r"\s+(?:button|room|buy|buying|alarm|mode|attacks?)"),
        ("anxiety,anger,stress,rage", "", r"\s+(?:meds|medication|tablets|disorder|management|quit|"
         r"attacks?|class|course|room)"),
        ("pride", "", r"\s+(?:march|parade|month|flag|week|event|and prejudice)"),
        ("pride", r"\b(?:gay|at|for|london)\s+$", ""),
        ("relief", r"\b(?:tax|pain|debt|comic)\s+$", ""),
        ("relief", "", r"\s+(?:teacher|driver|staff|road)"),
        ("rage", r"\b(?:road|all the|the latest)\s+$", ""),
        ("nerves", r"\bon\b.{0,12}$", ""),
        ("butterflies", "", r"(?!\s+in (?:my|his|her|the|our) (?:stomach|tummy|belly))"
         r"(?!\s*(?:$|[.!?,]|when|before|about|all|again))"),
        ("shame", r"\b(?:what a|a|such a)\s+$", ""),
        ("delight", r"\b(?:a|an absolute|turkish)\s+$", ""),
        ("worry,worries", r"\b(?:no|not to|without)\s+$", ""),
        ("guilt,guilty", "", r"\s+(?:trip|tripp|plea|verdict|pleasure)"),
        ("calm", "", r"\s+(?:down|him|her|me|them|things|it|myself|you|my|the)\b"),
        ("sorry", "", r"\s+(?!for (?:him|her|them|myself|you|my|us|the|that|people|his|what)|$|"
        r"[.!?,])"),
        ("confident,comfortable,positive", "", r"\s+(?:that|chair|shoes)\b"),
        ("lonely", "", r"\s+planet"),
        ("joy,hope", r"\b(?:any)\s+$", r"\s*\?"),
        ("down", r"\b(?:sit|calm|write|put|break|broke|let|come|go|slow|cut|back|lie|lay|look|"
         r"looked|looks|went|shut|turn|turned|lying|settle|got|get|gets|getting)\s+$", ""),
        ("upset", r"\b(?:to|not|n['’]?t|might|will|would|he|she|they|you)\s+$", _OBJECT),
        ("surprised,bored,scared,annoyed,confused,frightened,disappointed,worried,disgusted,"
         "frustrated,irritated,upset,depressed,amazed,amused,delighted,thrilled,moved,shocked,"
         "insulted,offended,stressed,vexed,fascinated,encouraged,inspired", "",
         r"\s+(?:me|him|her|us|them|everyone|myself)\b"),
    )
)  # fmt: skip


def is_felt(text: str, start: int, end: int) -> bool:
    """Whether the word between two places of a text is a feeling there."""
    word = text[start:end].lower().replace("’", "'")
    before = text[max(0, start - 90) : start]
    for words, led, followed in _FRAMES:
        if word in words and led.search(before) and followed.match(text, end):
            return False
    if word in _COMMANDED and _NOT_BEHIND.search(before):
        return False
    if word == "joy" and text[start].isupper() and before.strip():
        return False
    if word not in _NOUNS and _OF_A_THING.search(before) and _A_THING.match(text, end):
        return False
    if word in _FELT:
        return _framed(before, text, end, felt=True) or (
            word in _OF_A_PERSON and _framed(before, text, end, felt=False)
        )
    return word not in _OF_A_PERSON or _framed(before, text, end, felt=False)


def _framed(before: str, text: str, end: int, *, felt: bool) -> bool:
    for _ in range(_MOST_JOINED + 1):
        if _FEELS.search(before):
            return True
        if _OPENS.search(before) and _GOES_ON.match(text, end):
            return True
        if not felt and _A_PERSON_IS.search(before):
            return True
        shorter = _JOINED.sub("", before)
        if shorter == before:
            return False
        before = shorter
    return False
