"""Words for events: which noun or verb shows which type, and what must stand beside it to make it a real occasion."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Flag, auto


class Anchor(Flag):
    """What ties a word for an event to an occasion: who took part, where, when, or a name of its own."""

    NONE = 0
    PARTY = auto()
    PLACE = auto()
    TIME = auto()
    NAME = auto()


@dataclass(frozen=True, slots=True)
class NounRule:
    """A noun for an event. One of `needs` must be there; `modifiers`, if given, must match the words before it."""

    type: str
    needs: Anchor
    modifiers: re.Pattern[str] | None = None
    plural: bool = False


@dataclass(frozen=True, slots=True)
class VerbRule:
    """A verb for an event; `after` must match what follows it. With `place`, its object is the place."""

    type: str
    label: str
    after: re.Pattern[str]
    place: bool = False


_ANY = Anchor.PARTY | Anchor.PLACE | Anchor.TIME | Anchor.NAME
_WHEN_OR_WHERE = Anchor.PLACE | Anchor.TIME | Anchor.NAME
_FORCE = re.compile(
    r"\b(?:terror\w*|bomb\w*|suicide|armed|missiles?|drones?|air|rockets?|militants?|deadly|gas|chemical|cyber|military|mass"
    r"|rebel|insurgent|\w+day['’]s|\d{4}|\d{1,2})[\s-]$",
    re.IGNORECASE,
)
_MILITARY = re.compile(r"\b(?:military|joint|naval|army|air|war|missile|live-fire)\s$", re.IGNORECASE)
_PHONE = re.compile(r"\b(?:phone|telephone|video|conference)\s$", re.IGNORECASE)
_POLL = re.compile(
    r"\b(?:presidential|parliamentary|general|local|legislative|national|federal|state|mayoral|snap|midterm|by|\d{4}|special"
    r"|primary|November|October|September|June|May|March|[A-Z]\w+|\w+['’]s)[\s-]$"
)
_IN_ONE = re.compile(r"\b(?:[Ii]n|[Dd]uring)\s(?:an?|the)\s(?:[\w-]+\s){0,2}$")
_CRASH = re.compile(r"\b(?:plane|train|air|jet|helicopter|bus)\s$", re.IGNORECASE)
_OIL = re.compile(r"\b(?:oil|chemical|fuel)\s$", re.IGNORECASE)

NOUNS: dict[str, tuple[NounRule, ...]] = {
    "meeting": (NounRule("meeting", _ANY),),
    "talks": (NounRule("talks", _ANY, plural=True),),
    "negotiations": (NounRule("talks", _ANY, plural=True),),
    "summit": (NounRule("summit", _ANY),),
    "forum": (NounRule("forum", _ANY),),
    "conference": (NounRule("conference", _ANY),),
    "convention": (NounRule("conference", _WHEN_OR_WHERE),),
    "speech": (NounRule("speech", Anchor.PARTY | Anchor.PLACE),),
    "address": (
        NounRule("speech", Anchor.PARTY, re.compile(r"\b(?:an|televised|inaugural|keynote|State of the Union)\s$")),
    ),
    "interview": (NounRule("interview", Anchor.NONE, _IN_ONE), NounRule("interview", Anchor.PARTY)),
    "visit": (NounRule("visit", Anchor.PARTY | Anchor.PLACE),),
    "trip": (NounRule("trip", Anchor.PARTY | Anchor.PLACE),),
    "call": (
        NounRule("call", Anchor.PARTY, _PHONE),
        NounRule("call", Anchor.PARTY, re.compile(r"\b(?:in|during|on|after)\sa\s$")),
    ),
    "vote": (NounRule("vote", _WHEN_OR_WHERE),),
    "referendum": (NounRule("vote", _WHEN_OR_WHERE),),
    "election": (NounRule("election", _WHEN_OR_WHERE, _POLL),),
    "elections": (NounRule("election", _WHEN_OR_WHERE, _POLL, plural=True),),
    "protest": (NounRule("protest", _WHEN_OR_WHERE),),
    "protests": (NounRule("protest", _WHEN_OR_WHERE, plural=True),),
    "demonstration": (NounRule("protest", _WHEN_OR_WHERE),),
    "attack": (NounRule("attack", _WHEN_OR_WHERE, _FORCE), NounRule("attack", Anchor.PLACE)),
    "attacks": (NounRule("attack", _WHEN_OR_WHERE, _FORCE, plural=True),),
    "bombing": (NounRule("attack", _WHEN_OR_WHERE),),
    "shooting": (NounRule("attack", _WHEN_OR_WHERE),),
    "invasion": (NounRule("conflict", Anchor.PARTY | Anchor.PLACE),),
    "conflict": (NounRule("conflict", Anchor.PARTY | Anchor.PLACE),),
    "war": (NounRule("conflict", Anchor.PARTY | Anchor.PLACE | Anchor.NAME),),
    "warrant": (NounRule("arrest-warrant", Anchor.PARTY, re.compile(r"\barrest\s$", re.IGNORECASE)),),
    "arrest": (NounRule("arrest", Anchor.PARTY),),
    "trial": (
        NounRule(
            "trial", Anchor.PARTY | Anchor.TIME, re.compile(r"\b(?:the|his|her|their|murder|corruption|\w+['’]s|on)\s$")
        ),
    ),
    "sanctions": (NounRule("sanctions", Anchor.PARTY, plural=True),),
    "ceremony": (
        NounRule("signing", _ANY, re.compile(r"\bsigning\s$", re.IGNORECASE)),
        NounRule("ceremony", _WHEN_OR_WHERE),
    ),
    "hearing": (NounRule("hearing", _ANY),),
    "debate": (NounRule("debate", _WHEN_OR_WHERE),),
    "deal": (NounRule("deal", Anchor.PARTY),),
    "accord": (NounRule("deal", Anchor.PARTY),),
    "agreement": (NounRule("deal", Anchor.PARTY),),
    "exercise": (NounRule("exercise", _ANY, _MILITARY),),
    "exercises": (NounRule("exercise", _ANY, _MILITARY, plural=True),),
    "drills": (NounRule("exercise", _ANY, _MILITARY, plural=True),),
    "earthquake": (NounRule("disaster", _WHEN_OR_WHERE),),
    "hurricane": (NounRule("disaster", _WHEN_OR_WHERE),),
    "typhoon": (NounRule("disaster", _WHEN_OR_WHERE),),
    "crash": (NounRule("disaster", _WHEN_OR_WHERE, _CRASH),),
    "spill": (NounRule("disaster", _WHEN_OR_WHERE, _OIL),),
}

_WITH_SOMEBODY = re.compile(
    r"\s(?:(?:privately|briefly|separately|again|twice|earlier|also)\s)?(?:with\s|(?=[A-Z]|(?:his|her|their|on|in|at)\b))"
)
_AUDIENCE = re.compile(
    r"\s(?:an?|the|his|her)\s(?:\w+\s){0,3}?(?:conference|crowd|rally|nation|summit|forum|meeting|parliament|convention|audience|gathering)\b"
)
_PAPER = re.compile(
    r"\s(?:an?|the|their|two|three|several)\s(?:[\w-]+\s){0,4}?(?:deal|agreement|treaty|accord|contract|memorandum|pact|protocol)s?\b"
)
_FOR_MEASURE = re.compile(r"\s(?:(?:by\s)?\d|to\s|on\s|for\s|against\s|in\sfavou?r|unanimously|overwhelmingly|down\s)")
_PERSON_NEXT = re.compile(r"\s(?:the\s)?(?:\w+\s){0,2}?(?=[A-Z])")
_BY_PHONE = re.compile(r"\s(?:(?:with|to)\s.{2,40}?\s)?(?:by\s(?:tele)?phone|on\sthe\s(?:tele)?phone|over\sthe\sphone)")

VERBS: dict[str, VerbRule] = {
    "met": VerbRule("meeting", "meeting", _WITH_SOMEBODY),
    "meets": VerbRule("meeting", "meeting", _WITH_SOMEBODY),
    "meet": VerbRule(
        "meeting", "meeting", re.compile(r"\s(?:again\s)?(?:with\s(?=[A-Z]|his|her|their)|(?=(?:in|on|at)\b))")
    ),
    "bombed": VerbRule("attack", "attack", _PERSON_NEXT, place=True),
    "shelled": VerbRule("attack", "attack", _PERSON_NEXT, place=True),
    "stormed": VerbRule("attack", "attack", _PERSON_NEXT, place=True),
    "blown": VerbRule("attack", "attack", re.compile(r"\sup\b"), place=True),
    "blew": VerbRule("attack", "attack", re.compile(r"\sup\b"), place=True),
    "visited": VerbRule("visit", "visit", _PERSON_NEXT, place=True),
    "visits": VerbRule("visit", "visit", re.compile(r"\s(?=[A-Z])"), place=True),
    "addressed": VerbRule("speech", "speech", _AUDIENCE),
    "voted": VerbRule("vote", "vote", _FOR_MEASURE),
    "signed": VerbRule("signing", "signing", _PAPER),
    "invaded": VerbRule("conflict", "invasion", re.compile(r"\s(?:\w+\s){0,2}?(?=[A-Z])"), place=True),
    "arrested": VerbRule("arrest", "arrest", re.compile(r"(?=[\s,.])")),
    "spoke": VerbRule("call", "call", _BY_PHONE),
    "telephoned": VerbRule("call", "call", _PERSON_NEXT),
    "phoned": VerbRule("call", "call", _PERSON_NEXT),
}

# A noun right after makes the event word a mere qualifier: "election law", "debate stage".
QUALIFIES = re.compile(
    r"[\s-](?:campaign|season|cycle|day|night|results?|laws?|officials?|commission|boards?|rooms?|hall|stage|crimes?|criminals?"
    r"|ads?|dogs?|hero(?:es)?|veterans?|powers?|zones?|chest|machines?|games?|counts?|counting|share|cent(?:er|re)|writers?"
    r"|prep\w*|moderators?|performances?|format|audience|strateg\w+|fraud|integrity|process|system|interference|observers?"
    r"|monitors?|turnout|victory|win|defeat|losses|committee|organi[sz]ers?|planner|agenda|place|style|skills?|club|series"
    r"|circuit|qualifying|lawyers?|attorneys?|date|dates|manager|relief|regime|list|makers?|making|breaker|talks?|warrants?|record)\b"
)
UNREAL_BEFORE = re.compile(
    r"\b(?:no|any|every|each|without|possible|potential|proposed|hypothetical|such|never|not|n['’]t|avoid\w*|cancel\w*|free"
    r"|hate|job|cold|trade|price|culture|class|future|rul\w+\sout)\s(?:an?\s|the\s)?(?:[\w-]+\s)?$",
    re.IGNORECASE,
)
UNREAL_VERB = re.compile(
    r"\b(?:not|never|n['’]t|would|could|might|should|may|can|if|whether|refus\w+\sto|declin\w+\sto|wants?\sto|hop\w+\sto"
    r"|how|who|to)\s(?:\w+ly\s|have\s|be\s|even\s|also\s)?$",
    re.IGNORECASE,
)
