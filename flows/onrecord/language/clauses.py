"""Where a reported clause begins and ends, as its grammar tells: mends attributions before they are read as statements.

The labels of words cross clause borders now and then: two statements joined by "and", the reporter's own add-on, a
reporting clause inside what a document is said to report. Each rule here takes an attribution and gives what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.article import Span
from onrecord.language.attribution import Attribution

_SPEECH = r"(?:said|told|added|wrote|warned|insisted|noted|argued|claimed|stressed|announced|reiterated)"
_AS_SAYING = re.compile(
    r"(?P<who>(?:[\w.’'-]+\s){1,8}?)as (?:saying|telling(?: [\w.’'-]+){1,3}|writing)(?: that)?\s*[:,]?\s*"
)
_CITING = re.compile(r",?\s+(?:quoting|citing)\s+(?P<who>[^,;:“\"\n]{3,80}?)(?=,|\s+(?:said|reported|says|reports)\b)")
_PAPER = re.compile(
    r"\b(?:documents?|reports?|cables?|letters?|statements?|papers?|filings?|memos?|records?|data|figures|"
    r"study|survey|poll)\b"
)
_RELAYING = re.compile(r"\b(?:according to|report(?:s|ed|ing)|quot(?:es?|ed|ing)|cit(?:es?|ed|ing))\b", re.IGNORECASE)
# A readout or a transcript tells what others said, whoever put it out.
_MINUTES = re.compile(
    r"[^.;\n]{0,40}?\bin (?:a|an|the|its|their) (?:\w+ ){0,2}(?:readout|communique|communiqué|transcript|"
    r"minutes|summary|account)\b"
)
_REPORTED = (
    rf"(?:has |had |have |also )*(?:told (?:him|her|them|reporters|lawmakers)|{_SPEECH}|described|called for|"
    rf"called on|called|urged|promised|pledged|"
    r"expressed|thanked|praised|hoped|wanted|proposed|welcomed|vowed)"
)
_TRAILING_REPORT = re.compile(
    rf"(?P<said>[^\n]{{12,}}?),[”\"]?\s+(?!(?:though|while|but|and|when|as|which|who)\b)(?P<who>(?:(?:[Tt]he|"
    rf"[Aa]n?|[Ii]ts|[Hh]is|"
    rf"[Hh]er) )?(?:[\w.’'-]+ ){{0,5}}?[\w.’'-]+)\s+"
    rf"(?P<cue>(?:has |had |also )?{_SPEECH})\b"
)
_LEADING_REPORT = re.compile(
    rf"(?:[^\n“\"]{{0,200}}?,\s+(?:though|while|but|and|when|as)\s+)?(?:that )?"
    rf"(?P<who>(?:(?:the|an?|its|his|"
    rf"her) )?[A-Z][\w.’'-]*(?: [\w.’'-]+){{0,5}}?)\s+(?P<cue>{_REPORTED})\s+(?:that\s+)?(?P<said>[^\n]{{12,}})"
)
_REPORTING = re.compile(rf"{_REPORTED}\s")
_NAME_BEFORE = re.compile(r"(?:[A-Z][\w.’'-]*\s+){1,5}$")
# A participle without a subject of its own tells what the speaker did, not what was said.
_ADD_ON = re.compile(
    r",\s+(?:while|whilst|before|after|without)\s+\w+ing\b.*$|,\s+an? (?:result|move|step|decision|sign|claim|"
    r"accusation|charge|reference|vision|figure)\s+"
    r"(?:that|which|of|to|endorsed|likely|sure|denied|rejected)\b.*$",
    re.DOTALL,
)
_SECOND_CUE = re.compile(
    r"[,;]?\s+(?:and|but)\s+(?P<cue>called on|urged|warned|accused|denied|declined|refused|vowed|promised|"
    r"threatened|predicted|insisted|asked|"
    r"described|praised|criticized|rejected|dismissed)\s+(?=\w)"
)
_QUOTED = re.compile(r"[\"“”]")
_LEAST_WORDS = 4


def mended(text: str, attribution: Attribution) -> Iterator[Attribution]:
    """The attributions that one holds, each with its own clause; nearly always the one itself."""
    attribution = _cited(text, _own_words(text, _unwrapped(text, _turned(text, attribution))))
    first, second = _divided(text, attribution)
    yield _without_add_on(text, first)
    if second is not None:
        yield second


def _turned(text: str, attribution: Attribution) -> Attribution:
    """`a plan endorsed by X`: what follows the cue is the source, all before it the content."""
    cue = attribution.cue[-1]
    agent = next((s for s in attribution.content if 0 <= s.start - cue.end <= 1), None)
    before = [s for s in (*attribution.source, *attribution.cue, *attribution.content) if s.end <= cue.start]
    if agent is None or not before or not cue.of(text).endswith(" by") or not agent.of(text)[0].isupper():
        return attribution
    content = Span(min(s.start for s in before), max(s.end for s in before))
    return replace(attribution, source=(agent,), cue=(cue,), content=(content,))


def _own_words(text: str, attribution: Attribution) -> Attribution:
    """`An agency quoted him as saying ...` gives his words: he is the source, and the agency belongs to the cue."""
    first = attribution.content[0]
    found = _AS_SAYING.match(text, first.start, min(first.end, first.start + 160))
    if not found or found.end() >= first.end:
        return attribution
    source = Span(found.start("who"), found.start("who") + len(found["who"].rstrip()))
    content = (Span(found.end(), first.end), *attribution.content[1:])
    return replace(attribution, source=(source,), cue=(*attribution.source, *attribution.cue), content=content)


def _cited(text: str, attribution: Attribution) -> Attribution:
    """`An agency, citing an official, said` gives the official's words."""
    if not attribution.source:
        return attribution
    outlet = attribution.source[-1]
    found = _CITING.match(text, outlet.end) or _CITING.search(text, outlet.start, outlet.end + 1)
    if not found or found.end() > attribution.anchor.start or _PAPER.search(found["who"]):
        return attribution
    outlet = Span(outlet.start, max(outlet.start + 1, min(outlet.end, found.start())))
    return replace(attribution, source=(Span(*found.span("who")),), cue=(outlet, *attribution.cue))


def _unwrapped(text: str, attribution: Attribution) -> Attribution:
    """`..., X told Y, according to a readout` is X's statement; what carries it stands beside the cue."""
    cue = " ".join(span.of(text) for span in attribution.cue)
    content = attribution.content[0]
    relays = _RELAYING.search(cue) or _MINUTES.match(text, attribution.anchor.end)
    if len(attribution.content) != 1 or not relays:
        return attribution
    name = _NAME_BEFORE.search(text, max(0, content.start - 60), content.start)
    start = name.start() if name and _REPORTING.match(text, content.start) else content.start
    for pattern in (_TRAILING_REPORT, _LEADING_REPORT):
        found = pattern.match(text, start, content.end)
        if found:
            spans = [Span(*found.span(name)) for name in ("who", "cue", "said")]
            return replace(
                attribution, source=(spans[0],), cue=(spans[1],), content=(spans[2],), anchor=_last_word(text, spans[1])
            )
    return attribution


def _last_word(text: str, span: Span) -> Span:
    word = span.of(text).split()[-1]
    return Span(span.end - len(word), span.end)


def _divided(text: str, attribution: Attribution) -> tuple[Attribution, Attribution | None]:
    """`said the report was right and called on the others to concede` are two statements of one source."""
    last = attribution.content[-1]
    found = _SECOND_CUE.search(text, last.start, last.end)
    if not found or _QUOTED.search(text, last.start, last.end) or not _long_enough(text, last.start, found.start()):
        return attribution, None
    cue, rest = Span(*found.span("cue")), Span(found.end(), last.end)
    first = replace(attribution, content=(*attribution.content[:-1], Span(last.start, found.start())))
    return first, replace(attribution, cue=(cue,), content=(rest,), anchor=cue)


def _without_add_on(text: str, attribution: Attribution) -> Attribution:
    """Leave out the reporter's own clause after the reported one."""
    last = attribution.content[-1]
    found = _ADD_ON.search(text, last.start, last.end)
    if not found or _QUOTED.search(text, found.start(), last.end) or not _long_enough(text, last.start, found.start()):
        return attribution
    return replace(attribution, content=(*attribution.content[:-1], Span(last.start, found.start())))


def _long_enough(text: str, start: int, end: int) -> bool:
    return len(text[start:end].split()) >= _LEAST_WORDS
