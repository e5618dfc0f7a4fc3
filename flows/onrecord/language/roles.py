"""Posts and descriptions printed beside a person's name: "Energy Minister X", "X, a senior fellow at ..."."""

from __future__ import annotations

import re

from onrecord.article import Span

_HEADS = (
    "administrator|advis[eo]r|aide|ambassador|analyst|archbishop|assemblyman|assemblywoman|attorney|"
    "attorney general|author|banker|"
    "bishop|boss|candidate|captain|chair|chairman|chairperson|chairwoman|chancellor|chief|colonel|columnist|commander|"
    "commissioner|congressman|congresswoman|consultant|coordinator|correspondent|councillor|councilman|counsel|"
    "counterpart|delegate|deputy|designer|detective|dictator|diplomat|director|director[- ]general|doctor|"
    "economist|editor|"
    "emir|engineer|envoy|executive|expert|farmer|fellow|founder|general|governor|head|historian|host|"
    "inspector|investigator|"
    "journalist|judge|justice|king|lawmaker|lawyer|leader|lecturer|legislator|lieutenant|manager|marshal|mayor|"
    "member|minister|monarch|negotiator|nominee|officer|official|ombudsman|organi[sz]er|owner|partner|pastor|physicist|"
    "politician|pollster|pope|premier|president|president[- ]elect|prime minister|prince|princess|principal|"
    "producer|professor|"
    "prosecutor|queen|regulator|reporter|representative|researcher|resident|scholar|scientist|secretary|"
    "secretary[- ]general|senator|sergeant|sheikh|sheriff|speaker|specialist|spokesman|spokesperson|spokeswoman|"
    "strategist|sultan|superintendent|teacher|trader|treasurer|trustee|tsar|undersecretary|vice[- ]president|"
    "vice[- ]chairman|whip|writer|ceo|cfo|coo|msp|mp|md|chief executive"
)
HEAD = re.compile(rf"(?i:\b(?:{_HEADS})s?\b)")
_ABBREVIATED = r"(?:Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Maj|Adm|Amb|Dr|Prof|Rev|Mr|Mrs|Ms|Sir|Lord|Lady|Dame)\.?"
_TITLE = re.compile(
    rf"(?P<title>(?:(?:[A-Z][\w.&’'-]*|former|ex|acting|deputy|vice|chief|senior|foreign|prime|energy|oil|"
    rf"defen[cs]e|finance|"
    rf"interior|company|ministry|of|and|for|the|trade|industry|state|then)[ -]){{0,6}}(?:(?i:{_HEADS})|"
    rf"{_ABBREVIATED}))[, ]{{1,2}}$"
)
_APPOSITION = re.compile(
    r"^,\s+(?:\d{1,3},\s+)?(?P<role>(?:(?:who\s+(?:is|was|heads|leads|runs|chairs)\s+)?)[^,.;:()\[\]“”\"\n—]{3,160}?)"
    r"(?=,|\.(?:\s|$)|;|:| —| --|\n|$|\s+(?:said|says|told|added|warned|argued)\b)"
)
_COUNTERPART = re.compile(r"\b(?:his|her|their|the)\s+(?:[A-Z]\w+\s+)?counterpart,?\s+$", re.IGNORECASE)
_MALE = re.compile(r"\b(?:Mr|Sir|Lord|King|Prince|Pope|Sheikh|spokesman|chairman|congressman|he)\b", re.IGNORECASE)
_FEMALE = re.compile(
    r"\b(?:Mrs|Ms|Miss|Lady|Dame|Queen|Princess|spokeswoman|chairwoman|congresswoman|she)\b", re.IGNORECASE
)
_REACH = 90


def title_before(text: str, name: Span, floor: int) -> Span | None:
    """The post printed before a name, not reaching back beyond `floor`."""
    start = max(floor, name.start - _REACH)
    before = text[start : name.start]
    counterpart = _COUNTERPART.search(before)
    if counterpart:
        return _trimmed(text, start + counterpart.start(), name.start)
    # Matching backwards from each word start keeps the search linear in the short window.
    for begin in [m.start() for m in re.finditer(r"(?<![\w’'])\w", before)]:
        found = _TITLE.match(before, begin)
        if found and _starts_well(before, begin):
            return _trimmed(text, start + begin, start + found.end("title"))
    return None


def apposition_after(text: str, name: Span, ceiling: int) -> Span | None:
    """The description between the name and the next comma or stop, where it names a post."""
    found = _APPOSITION.match(text[name.end : min(ceiling, name.end + 200)])
    if not found or not HEAD.search(found["role"]):
        return None
    return _trimmed(text, name.end + found.start("role"), name.end + found.end("role"))


def gender(words: str) -> str | None:
    """`m` or `f` where the words tell."""
    male, female = bool(_MALE.search(words)), bool(_FEMALE.search(words))
    return None if male == female else "m" if male else "f"


def _starts_well(before: str, begin: int) -> bool:
    word = re.match(r"[\w.’'-]+", before[begin:])
    return word is not None and word.group().lower() not in {"of", "and", "for", "the"}


def _trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    left = len(words) - len(words.lstrip(" ,"))
    right = len(words) - len(words.rstrip(" ,"))
    return Span(start + left, end - right) if start + left < end - right else None
