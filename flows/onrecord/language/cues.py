"""What a reporting cue tells: the source's attitude, its certainty, and whether the content is affirmed or denied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.document import Attitude, Certainty

# Regular verbs by their base form; where two attitudes claim a verb the first stands.
_VERBS = {
    Attitude.DENIAL: "deny refute dismiss reject rebuff dispute disavow repudiate contradict",
    Attitude.REFUSAL: "decline refuse",
    Attitude.ACCUSATION: "accuse allege blame charge denounce condemn criticize criticise slam+ blast attack",
    Attitude.ENDORSEMENT: "back endorse support welcome praise hail applaud commend",
    Attitude.INTENTION: "plan+ look intend aim seek decide try prepare mull choose vie attempt resolve",
    Attitude.ACT: (
        "vote sue sign win pass launch approve order uphold delete cut publish prompt accept lobby offer "
        "summon ban+ indict convict sentence "
        "hire fire appoint nominate elect issue impose adopt move"
    ),
    Attitude.REQUEST: (
        "ask urge demand request appeal want press recommend propose implore invite encourage plead beg+ advise"
    ),
    Attitude.BELIEF: (
        "believe think expect consider feel hope doubt fear worry suspect assume estimate forecast predict "
        "anticipate know see view regard guess "
        "imagine understand conclude"
    ),
}
_OTHER_FORMS = {
    Attitude.DENIAL: "denial rejection",
    Attitude.REFUSAL: "refusal",
    Attitude.ACCUSATION: "accusation accusations allegation allegations allegedly criticism",
    Attitude.ENDORSEMENT: "endorsement support",
    Attitude.INTENTION: "sought chose chosen determined eager ready willing intention intentions",
    Attitude.ACT: "won upheld cut cuts decision",
    Attitude.REQUEST: "demand demands request requests appeal",
    Attitude.BELIEF: "thought felt knew known saw seen understood belief hopes fears forecast",
}
_SAYING = re.compile(
    r"\b(?:said|say|says|saying|told|tells?|telling|add(?:s|ed|ing)?|announc(?:es?|ed|ing)|stat(?:es?|ed|ing)|"
    r"quoted|according|wrote|writes|"
    r"tweeted|posted|report(?:s|ed)?|argu(?:es?|ed|ing)|claim(?:s|ed|ing)?|confirm(?:s|ed|ing)?|declar(?:es?|"
    r"ed|ing)|explain(?:s|ed)?|insist(?:s|ed)?|"
    r"acknowledge[sd]?|admit(?:s|ted)?|repl(?:y|ied|ies)|respond(?:s|ed)?|not(?:es?|ed|ing)|stress(?:es|ed)|"
    r"reiterate[sd]?|reveal(?:s|ed)|"
    r"promise[sd]?|vow(?:s|ed)?|pledge[sd]?|statement|comment)\b",
    re.IGNORECASE,
)
_CALL_FOR = re.compile(r"\bcall(?:s|ed|ing)? (?:\w+ )?(?:for|on|upon)\b", re.IGNORECASE)
_NAMING = re.compile(r"\b(?:known|dubbed|nicknamed|named)\b(?: (?:as|to))?$")
_ANONYMITY = re.compile(
    r"\b(?:not to be|not be|to remain|on condition of) (?:named|identified|quoted|anonym\w+)\b|\bname not be\b"
)
# No answer is no statement; neither is how something looks, nor that an outlet cites somebody.
_NOT_SAID = re.compile(
    r"^(?:(?:has|have|had) not|did not|didn['’]t)(?: \w+ly)? (?:respond|repl(?:y|ied)|return|answer)(?:ed)?\b|"
    r"^(?:appear|seem)(?:s|ed)?\b|"
    r"^(?:citing|quoting)\b|^(?:was|were) referred\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|never|no longer|neither|nor|without)\b|n['’]t\b", re.IGNORECASE)
_NEGATIVE_CUE = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial)|refut\w+|dismiss\w*|reject\w*|disput\w+|doubt\w*|ruled? out|ruling out|"
    r"disavow\w*|repudiat\w+|declin\w+|refus\w+)\b",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(r"\b(?:may|might|could|(?<!as )(?<!if )possibl[ey]|perhaps)\b", re.IGNORECASE)
_PROBABLE = re.compile(
    r"\b(?:probabl[ey]|likely|should|expect\w*|seems?|appears?|suggest\w*|believ\w*|think\w*|thought)\b", re.IGNORECASE
)
_UNCOMMITTED = re.compile(
    r"\b(?:alleg\w+|claim\w*|reported(?:ly)?|rumou?r\w*|ask(?:s|ed|ing)?|wonder\w*|whether|question\w*)\b",
    re.IGNORECASE,
)


def _inflected(verb: str) -> Iterator[str]:
    """Base, third person, past and participle of a regular verb; a plus sign doubles its last letter."""
    base, doubled = verb.rstrip("+"), verb.rstrip("+") + verb.rstrip("+")[-1] if verb.endswith("+") else ""
    yield base
    if base.endswith("y") and base[-2] not in "aeou":
        yield from (base[:-1] + "ies", base[:-1] + "ied", base + "ing")
        return
    yield base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
    stem = doubled or base.removesuffix("e")
    yield from (stem + "ed", stem + "ing")


def _attitudes() -> dict[str, Attitude]:
    out: dict[str, Attitude] = {}
    for attitude, verbs in _VERBS.items():
        forms = [form for verb in verbs.split() for form in _inflected(verb)]
        for word in (*forms, *_OTHER_FORMS[attitude].split()):
            out.setdefault(word, attitude)
    return out


_ATTITUDES = _attitudes()


def attitude(cue: str, anchor: str, content: str) -> Attitude:
    """The attitude that the cue's head word shows, corrected by the words around it.

    "Asked whether ..." tells of a question put to the source, not of its words, and so does a wish not to be named;
    "called for" is a request, "called" is none; a verb of saying anywhere in the cue keeps it an assertion.
    """
    if _CALL_FOR.search(cue):
        return Attitude.REQUEST
    if anchor == "Asked" or any(p.search(f"{cue} {content}") for p in (_NOT_SAID, _ANONYMITY)) or _NAMING.search(cue):
        return Attitude.ACT
    found = _ATTITUDES.get(anchor.casefold())
    if found is None:
        found = next((_ATTITUDES[word] for word in re.findall(r"\w+", cue.casefold()) if word in _ATTITUDES), None)
    if found in (Attitude.INTENTION, Attitude.ACT, None) and _SAYING.search(cue):
        return Attitude.ASSERTION
    return found or Attitude.ASSERTION


def negated(cue: str) -> bool:
    """Whether the source denies or refuses, or is reported as not saying it; two negations cancel out."""
    return bool(_NEGATIVE_CUE.search(cue)) != bool(_NEGATED.search(cue))


def certainty(cue: str, content: str) -> Certainty:
    """How sure the source shows itself of the content."""
    if _UNCOMMITTED.search(cue):
        return Certainty.UNSPECIFIED
    if _POSSIBLE.search(content):
        return Certainty.POSSIBLE
    return Certainty.PROBABLE if _PROBABLE.search(cue) else Certainty.CERTAIN
