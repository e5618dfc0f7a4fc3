"""What sort of actor an unknown name is: the words around it against the recogniser's guess."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from onrecord.document import ActorType
from onrecord.language.candidate import Candidate
from onrecord.language.roles import HEAD

BODY_WORDS = re.compile(
    r"\b(?:Inc|Corp|Corporation|Co|Company|Ltd|Limited|LLC|PLC|plc|AG|SA|SpA|NV|ASA|AB|Oy|GmbH|Bhd|Pte|Pty|"
    r"JSC|Group|Holdings?|Bank|University|"
    r"College|Institute|School|Ministry|Department|Agency|Authority|Commission|Committee|Council|Court|Union|"
    r"Association|Federation|Society|"
    r"Foundation|Trust|Party|Movement|Alliance|Front|Army|Police|Exchange|Industries|Energy|Petroleum|Oil|Gas|"
    r"Power|Electric|Resources|Mining|"
    r"Minerals|Metals|Steel|Construction|Engineering|Contracting|Airlines|Airways|Railways?|Shipping|Lines|"
    r"Pipelines?|Research|Capital|Partners|"
    r"Securities|Insurance|Systems|Technologies|Services|Times|Post|Journal|Gazette|Herald|Tribune|Daily|News|"
    r"Press|Television|TV|Radio|Wire|"
    r"Network|Office|Board|Bureau|Service|Administration|Senate|Congress|Parliament|Assembly|Forum|Fund|"
    r"Center|Centre|Club|Campaign|Coalition|agency|ministry|court|council|commission|department|government|parliament|police|army)\b"
)
_PLACE_WORDS = re.compile(
    r"\b(?:Bay|Channel|Island|Islands|River|Lake|Sea|Strait|Gulf|Ocean|Mountains?|Hills?|Valley|Desert|"
    r"Peninsula|Cape|Coast|Basin|Field|Province|"
    r"County|District|Region|Street|Avenue|Square|Airport|Harbou?r|Bridge|Canal|Park|Forest|Beach|Creek|Falls|"
    r"Head|Point|Delta|Plateau|fields?)$|"
    r"^(?:Lake|Mount|Cape|Port|Fort|Gulf|Strait|River|Bay|San|Santa|Saint|St\.|El|Los|Las|New|North|South|"
    r"East|West|Upper|Lower) [A-Z]"
)
_AT_PLACE = re.compile(
    r"\b(?:in|near|outside|around|across|throughout|inside|off|port of|town of|city of|village of|province of|"
    r"district of|coast of|island of|north of|"
    r"south of|east of|west of|at)\s+$"
)
_AS_PERSON = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sir|Lord|Lady|Prof|Miss|Sheikh|Judge|Justice)\.?\s+)$"
)
_AGE_AFTER = re.compile(r"^,\s+\d{2},")
_BODY_AFTER = re.compile(
    r"^(?:[’']s)?\s+(?:shares?|spokes\w+|officials?|executives?|chief executive|chairman|shareholders|"
    r"employees|newspaper|news agency|daily|"
    r"subsidiary|unit|board|CEO|stock|headquarters|engineers?|analysts?)\b|^\s+\([A-Z][A-Z.]+\)|^\s+<[A-Z.]+>"
)
_BODY_BEFORE = re.compile(
    r"\b(?:company|firm|group|operator|developer|contractor|newspaper|agency|daily|bank|party|owned by|"
    r"operated by|subsidiary of|unit of|shares (?:in|of)|"
    r"(?:chairman|president|director|executive|spokes\w+|head|analyst|manager|economist|founder|chief|"
    r"official|strategist|adviser|engineer)s? "
    r"(?:of|at|for|with))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_PLACE_AFTER = re.compile(r"^,\s+(?:[A-Z][a-z]+|[A-Z]\.[A-Z]\.)(?:,|\.|\s)|^-based\b")
_WORD_VOTES = 3
_CONTEXT_VOTES = 2


def settle(text: str, candidates: Iterable[Candidate]) -> ActorType:
    """The type with the most votes: the recogniser has one a mention, the words around and in the name more."""
    votes: Counter[ActorType] = Counter()
    for candidate in candidates:
        votes[candidate.type] += 1
        votes.update(_in_context(text, candidate))
    order = (ActorType.ORGANIZATION, ActorType.PERSON, ActorType.PLACE, ActorType.STATE, ActorType.GROUP)
    return max(order, key=lambda type_: (votes[type_], -order.index(type_)))


def names_body(surface: str) -> bool:
    """Whether the name itself says that it is an organisation's: `X Pipeline`, `Y Bank`."""
    return bool(BODY_WORDS.search(surface))


def _in_context(text: str, candidate: Candidate) -> Counter[ActorType]:
    span, votes = candidate.span, Counter[ActorType]()
    before, after = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 30]
    if names_body(candidate.surface):
        votes[ActorType.ORGANIZATION] += _WORD_VOTES
    if _PLACE_WORDS.search(candidate.surface):
        votes[ActorType.PLACE] += _WORD_VOTES
    if _AS_PERSON.search(before) or _AGE_AFTER.match(after) or _titled(before):
        votes[ActorType.PERSON] += _CONTEXT_VOTES
    if _AT_PLACE.search(before) or _PLACE_AFTER.match(after):
        votes[ActorType.PLACE] += _CONTEXT_VOTES
    if _BODY_AFTER.match(after) or _BODY_BEFORE.search(before):
        votes[ActorType.ORGANIZATION] += _CONTEXT_VOTES
    return votes


def _titled(before: str) -> bool:
    """Whether a post stands right before the name: `Climate Minister X`, `its chairman, X`."""
    words = re.search(r"([\w-]+),?\s+$", before)
    return bool(words and HEAD.fullmatch(words[1]))
