"""The document, broadcast or outlet through which a statement reached the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.article import Span
from onrecord.document import Actor, ActorType, Mention, SourceDocument
from onrecord.identity import Authority
from onrecord.language.frames import Frame, NamedIndex

_KINDS = {
    "readout": "readout communique communiqué minutes transcript accord",
    "statement": "statement declaration announcement release note notice bulletin",
    "letter": "letter email e-mail memo memorandum cable",
    "report": "report study survey poll budget paper assessment review analysis audit forecast outlook "
    "article story column op-ed editorial commentary book memoir",
    "speech": "speech address remarks testimony sermon keynote lecture",
    "interview": "interview briefing conference call",
    "filing": "filing lawsuit complaint affidavit indictment warrant ruling decision order petition brief "
    "suit verdict judgment opinion document paperwork record file decree prospectus",
    "broadcast": "broadcast programme program show podcast television radio channel",
    "post": "post tweet message video blog thread",
    "newspaper": "newspaper daily magazine journal weekly tabloid newsletter",
    "agency": "agency newswire wire service",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_NOUN = "|".join(sorted((re.escape(word) for word in _KIND_OF), key=len, reverse=True))
_DOCUMENT = re.compile(
    rf"\b(?P<all>(?P<determiner>[Aa]n?|[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Tt]hat|[Tt]his|[Aa]nother|"
    rf"separate|joint|emailed|written|leaked|"
    rf"[A-Z][\w.-]*(?: [A-Z][\w.-]*){{0,3}}[’']s?)\s+(?:[\w’'-]+\s+){{0,4}}?"
    rf"(?P<noun>(?:news |press |phone |conference )?(?:{_NOUN})s?)\b"
    r"(?:\s+(?:from|by|of|to|with|for|in|on|published by|issued by|released by|carried by|"
    r"provided by)\s+(?:the\s+)?(?:[a-z-]+\s+){{0,3}}?(?:[A-Z][\w.’'&-]*|news|state|foreign|energy|agency|"
    r"ministry|government|of|and|the)"
    r"(?:\s+(?:[A-Z][\w.’'&-]*|of|and|the|news|agency|government|ministry|newspaper|television|media))*)?)",
)
_LED_BY = re.compile(
    r"\b(?:in|according to|through|via|during|from|by|at|on|as per|per|citing|quoting|cited|quoted)\s+$", re.IGNORECASE
)
_OUTLET = re.compile(
    r"\b(?:told|tells|according to|quoted by|cited by|reported by|interview(?:ed)? (?:with|by|on)|quoting|"
    r"citing|wrote (?:in|for)|said on|on|reported in|as|by)\s+"
    r"(?:the\s+)?(?:[a-z-]+(?:\s|-)){0,3}$",
    re.IGNORECASE,
)
_CITES = re.compile(r"(?:,[^,]{1,20})?,?\s+(?:quoting|citing|quoted|cited)\b")
_AGENCY_AFTER = re.compile(
    r"^(?:[’']s)?\s+(?:[a-z]+\s){0,2}(?:news agency|newspaper|daily|television|radio|magazine|website|"
    r"news channel|agency|TV)\b"
)
_AGENCY_BEFORE = re.compile(
    r"\b(?:news agency|newspaper|broadcaster|daily|magazine|television|station|channel|agency|weekly)\s+$"
)
_OUTLET_NAME = re.compile(
    r"^(?:TV|Radio) |\b(?:TV|Radio|Television|Times|Post|News|Herald|Mail|Journal|Gazette|Daily|Tribune|"
    r"Telegraph|Guardian|Chronicle|Examiner|"
    r"Broadcasting|News Agency|Wire)$|\b(?:media|news agency|newspapers)$"
)
_PLATFORM = re.compile(
    r"\b(?:on|via)\s+(?P<all>Twitter|Facebook|X|Telegram|Instagram|Weibo|Truth Social|LinkedIn|"
    r"state television|television|state TV|national television|social media|(?:its|his|her|their) (?:blog|"
    r"website|site|page|account|channel))\b|\bby (?P<by>e-?mail|telephone|phone)\b"
)
_SAME_SORT = {
    "readout": "statement",
    "statement": "statement",
    "letter": "letter",
    "report": "report",
    "speech": "speech",
}


@dataclass(frozen=True, slots=True)
class Carrier:
    """A document found in the text: what is printed, its kind, its issuer if it is named there."""

    span: Span
    kind: str
    definite: bool
    issuer: int | None = None


class Reports:
    """Documents of one article, one node for all mentions of the same."""

    def __init__(self, text: str, actors: Sequence[Actor], named: NamedIndex, authority: Authority) -> None:
        self._text = text
        self._actors = actors
        self._named = named
        self._authority = authority
        self.documents: list[SourceDocument] = []

    def in_source(self, words: Span) -> Carrier | None:
        """The document that a source's own words name, if they name one."""
        found = _DOCUMENT.match(self._text, words.start, words.end)
        if not found:
            return None
        carrier = self._carrier(found, 0)
        outlet = carrier.kind in ("newspaper", "agency", "broadcast")
        named = {n.type for n in self._named.inside(words)}
        return None if ActorType.PERSON in named or (outlet and named) else carrier

    def beside(self, frame: Frame) -> Carrier | None:
        """The document, platform or outlet named beside the cue."""
        for found in _DOCUMENT.finditer(frame.words):
            if _LED_BY.search(frame.words, max(0, found.start() - 14), found.start()):
                return self._carrier(found, frame.start)
        outlet = self._outlet_beside(frame)
        if outlet is not None:
            return outlet
        platform = _PLATFORM.search(frame.words)
        if platform is None:
            return None
        return Carrier(
            frame.span(*platform.span("all" if platform["all"] else "by")),
            "post" if platform["all"] else "letter",
            False,
        )

    def add(self, carrier: Carrier, speaker: int | None) -> int:
        """The index of the document, a new one or the earlier one that is meant again."""
        mention = Mention(carrier.span, " ".join(carrier.span.of(self._text).split()))
        earlier = self._earlier(carrier, speaker)
        if earlier is not None:
            held = self.documents[earlier]
            if mention not in held.mentions:
                self.documents[earlier] = SourceDocument(
                    held.name, held.kind, (*held.mentions, mention), held.issuer, held.via
                )
            return earlier
        issuer = carrier.issuer if carrier.issuer is not None else speaker
        self.documents.append(SourceDocument(mention.surface, carrier.kind, (mention,), issuer))
        return len(self.documents) - 1

    def is_outlet(self, actor: int) -> bool:
        """Whether an actor is a newspaper, agency or broadcaster."""
        known = self._authority.by_iri.get(self._actors[actor].iri or "")
        if known is not None:
            return known.outlet
        name = self._actors[actor].name
        return bool(_OUTLET_NAME.search(name)) or any(self._called_outlet(m.span) for m in self._actors[actor].mentions)

    def outlet(self, actor: int, span: Span) -> Carrier:
        """An outlet as the carrier of what it reports."""
        return Carrier(
            span, "newspaper" if "newspaper" in self._text[span.end : span.end + 12] else "agency", True, actor
        )

    def _earlier(self, carrier: Carrier, speaker: int | None) -> int | None:
        if not carrier.definite:
            return None
        for index in range(len(self.documents) - 1, -1, -1):
            held = self.documents[index]
            same_issuer = carrier.issuer is None or held.issuer in (carrier.issuer, None)
            same_sort = _SAME_SORT.get(held.kind, held.kind) == _SAME_SORT.get(carrier.kind, carrier.kind)
            if same_sort and same_issuer and (speaker is None or held.issuer in (speaker, None)):
                return index
        return None

    def antecedent(self, carrier: Carrier) -> SourceDocument | None:
        """The document named before that a bare "the statement" means."""
        index = self._earlier(carrier, None) if carrier.issuer is None else None
        return self.documents[index] if index is not None else None

    def _carrier(self, found: re.Match[str], offset: int) -> Carrier:
        noun = found["noun"].split()[-1]
        kind = _KIND_OF.get(noun) or _KIND_OF[noun.removesuffix("s")]
        kind = "interview" if noun in ("conference", "call") else kind
        start = offset + found.start("all")
        span = Span(start, start + len(found["all"].rstrip(" ,.’'")))
        return Carrier(span, kind, found["determiner"].lower() in ("the", "that", "this"), self._issuer(span))

    def _issuer(self, span: Span) -> int | None:
        inside = self._named.inside(span)
        if inside:
            return inside[0].actor
        for word in re.finditer(r"\b[A-Z]\w+", self._text[span.start : span.end]):
            state = self._authority.by_demonym.get(word.group())
            if state:
                return next((i for i, a in enumerate(self._actors) if a.iri == state.iri), None)
        return None

    def _called_outlet(self, span: Span) -> bool:
        return bool(
            _AGENCY_AFTER.match(self._text[span.end : span.end + 40])
            or _AGENCY_BEFORE.search(self._text[max(0, span.start - 20) : span.start])
        )

    def _outlet_beside(self, frame: Frame) -> Carrier | None:
        for named in self._named.inside(frame.whole):
            start, end = named.span.start - frame.start, named.span.end - frame.start
            carries = _OUTLET.search(frame.words, max(0, start - 40), start) or _CITES.match(frame.words, end)
            if carries and frame.words[start:end].strip() and self.is_outlet(named.actor):
                return self.outlet(named.actor, named.span)
        return None
