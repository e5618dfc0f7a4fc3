"""What a reporting cue tells: the source's attitude, its certainty, and whether the content is affirmed or denied."""

from __future__ import annotations

import re

from onrecord.document import Attitude, Certainty

_DENIAL = "deny denies denied denying refute refutes refuted refuting dismiss dismisses dismissed dismissing reject rejects rejected rejecting denial rebuffed disputed disputes dispute disputing disavowed repudiated contradicted"
_REFUSAL = "decline declines declined declining refuse refuses refused refusing"
_ACCUSATION = (
    "accuse accuses accused accusing accusation accusations allege alleges alleged alleging allegation allegations allegedly blame blames blamed blaming "
    "charge charges charged charging denounce denounces denounced denouncing condemn condemns condemned condemning criticize criticizes "
    "criticized criticizing criticise criticised slam slams slammed blast blasts blasted attacked"
)
_REQUEST = (
    "ask asks asked asking urge urges urged urging demand demands demanded demanding request requests requested requesting "
    "appeal appeals appealed appealing order orders ordered ordering tell-to want wants wanted wanting press presses pressed pressing recommend recommends "
    "recommended recommending propose proposes proposed proposing implore implored invite invited "
    "encourage encouraged encouraging plead pleaded beg begged advise advised"
)
_ENDORSEMENT = (
    "back backs backed backing endorse endorses endorsed endorsing support supports supported supporting welcome welcomes welcomed welcoming "
    "praise praises praised praising hail hails hailed hailing applaud applauded commend commended"
)
_BELIEF = (
    "believe believes believed believing think thinks thought thinking expect expects expected expecting consider considers considered "
    "feel feels felt hope hopes hoped hoping doubt doubts doubted fear fears feared worry worries worried suspect suspects suspected assume "
    "assumed estimate estimates estimated estimating forecast forecasts predict predicts predicted predicting anticipate anticipates anticipated know knows knew known "
    "see sees saw seen view views viewed regard regards regarded guess imagine understand understands understood conclude concluded"
)
_INTENTION = (
    "plan plans planned planning intend intends intended intending aim aims aimed aiming seek seeks sought seeking decide decides decided "
    "deciding try tries tried trying hope-to prepare prepares prepared preparing consider-ing mull mulls mulled mulling choose chose chosen vie attempt attempts "
    "attempted set-to pledge-to resolve resolved determined eager ready willing refuse-to"
)
_ACT = (
    "vote votes voted voting sue sues sued suing sign signs signed signing win wins won pass passes passed passing launch launched approve "
    "approves approved approving ban bans banned rule-out indicted convicted sentenced hired fired appointed nominated nominate elect elected "
    "issue issues issued issuing impose imposed adopt adopted move moved"
)
_CLASSES = (
    (Attitude.DENIAL, _DENIAL),
    (Attitude.REFUSAL, _REFUSAL),
    (Attitude.ACCUSATION, _ACCUSATION),
    (Attitude.ENDORSEMENT, _ENDORSEMENT),
    (Attitude.INTENTION, _INTENTION),
    (Attitude.ACT, _ACT),
    (Attitude.REQUEST, _REQUEST),
    (Attitude.BELIEF, _BELIEF),
)
_ATTITUDES = {word: attitude for attitude, words in reversed(_CLASSES) for word in words.split()}
_SAYING = re.compile(
    r"\b(?:said|say|says|saying|told|tells?|telling|adds?|added|adding|announce[sd]?|announcing|state[sd]|stating|quoted|according|wrote|writes|tweeted|posted|reported|reports?|"
    r"argue[sd]?|arguing|claim(?:s|ed|ing)?|confirm(?:s|ed|ing)?|declare[sd]?|explain(?:s|ed)?|insist(?:s|ed)?|acknowledge[sd]?|admit(?:s|ted)?|"
    r"repl(?:y|ied|ies)|respond(?:s|ed)|note[sd]?|noting|stress(?:es|ed)|reiterate[sd]?|reveal(?:s|ed)|promise[sd]?|vow(?:s|ed)?|pledge[sd]?|statement|comment)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|never|n['’]t|no longer|neither|nor|without)\b|n['’]t\b", re.IGNORECASE)
_NEGATIVE_CUE = re.compile(r"\b(?:den(?:y|ies|ied|ying|ial)|refut\w+|dismiss\w*|reject\w*|disput\w+|doubt\w*|ruled? out|ruling out|disavow\w*|repudiat\w+)\b", re.IGNORECASE)
_CALL_FOR = re.compile(r"\bcall(?:s|ed|ing)? (?:\w+ )?(?:for|on|upon)\b", re.IGNORECASE)
_POSSIBLE = re.compile(r"\b(?:may|might|could|possibl[ey]|perhaps)\b", re.IGNORECASE)
_PROBABLE = re.compile(r"\b(?:probabl[ey]|likely|should|expected?|seems?|appears?|suggest\w*|believ\w*|think\w*|thought)\b", re.IGNORECASE)
_UNCOMMITTED = re.compile(r"\b(?:alleg\w+|claim\w*|reported(?:ly)?|rumou?r\w*|ask(?:s|ed|ing)?|wonder\w*|whether|question\w*)\b", re.IGNORECASE)


def attitude(cue: str, anchor: str, content: str = "") -> Attitude:
    """The attitude that the cue's head word shows, corrected by the words around it.

    "Asked whether ..." tells of a question put to the source, not of its words; "called for" is a request, "called" is none;
    a verb of saying anywhere in the cue keeps it an assertion.
    """
    found = _ATTITUDES.get(anchor.casefold())
    if found is Attitude.REFUSAL:
        return found
    if _CALL_FOR.search(cue):
        return Attitude.REQUEST
    if anchor == "Asked":
        return Attitude.ACT
    if found is None:
        found = next((_ATTITUDES[w] for w in re.findall(r"\w+", cue.casefold()) if w in _ATTITUDES), None)
    if _SAYING.search(cue) and found in (Attitude.INTENTION, Attitude.ACT, None):
        return Attitude.ASSERTION
    return found or Attitude.ASSERTION


def negated(cue: str) -> bool:
    """Whether the source denies the content, or is reported as not saying it."""
    return bool(_NEGATIVE_CUE.search(cue)) != bool(_NEGATED.search(cue))


def certainty(cue: str, content: str) -> Certainty:
    """How sure the source shows itself of the content."""
    if _UNCOMMITTED.search(cue):
        return Certainty.UNSPECIFIED
    if _POSSIBLE.search(content):
        return Certainty.POSSIBLE
    if _PROBABLE.search(cue):
        return Certainty.PROBABLE
    return Certainty.CERTAIN
