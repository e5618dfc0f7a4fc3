"""Statements: each attribution with its speaker, addressee, document, mode and attitude."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.article import Article, Span
from onrecord.document import Actor, ActorType, Attitude, Certainty, SourceDocument, Statement
from onrecord.identity import Authority
from onrecord.language import audience, clauses, cues, quotes, source_phrases
from onrecord.language.attribution import Attribution
from onrecord.language.frames import Frame, NamedIndex, frame
from onrecord.language.reports import Carrier, Reports
from onrecord.language.sentences import sentences
from onrecord.language.source_phrases import Kind, Named, Source
from onrecord.language.speakers import Speakers

# A quote without a cue shorter than this is a term or a title, not somebody speaking.
_SHORTEST_LOOSE_QUOTE = 5
_TOLD_REACH = 12
_WORD = re.compile(r"\w+")
_IMPERSONAL = re.compile(
    r"^(?:is|was|are|were|has been|have been|had been|being|be|been)\s+(?:\w+ly\s+)?(?:expected|thought|"
    r"understood|believed|known|reported|estimated|"
    r"considered|said|rumou?red|alleged|feared|hoped|assumed|likely|unlikely|unclear|clear|possible|scheduled|"
    r"supposed)\b|^known\b|^so-called",
    re.IGNORECASE,
)
_GOVERNED = re.compile(
    r"\b(?:of|at|for|from|in|by|with|to|on|near|against|under|over|after|before|between|and)\s+(?:(?:the|a|an|"
    r"its|his|her|their)\s+)?(?:[\w.-]+\s+)?$"
)
_OWNING = re.compile(r"^[’']s?\s")
_TICKER = re.compile(r"<[A-Z]+(?:\.[A-Z]+)?>")
_QUOTE_OPENS = re.compile(r"\s*[\"“„«]")


@dataclass(frozen=True, slots=True)
class Reading:
    """The statements of an article and the documents that they came through."""

    statements: tuple[Statement, ...]
    documents: tuple[SourceDocument, ...]


class StatementReader:
    """Reads the statements of one article from its attributions."""

    def __init__(self, article: Article, actors: Sequence[Actor], authority: Authority) -> None:
        self._article = article
        self._text = article.text
        self._named = NamedIndex(Named(i, m.span, a.type) for i, a in enumerate(actors) for m in a.mentions)
        self._speakers = Speakers(article, actors, self._named, authority)
        self._reports = Reports(article.text, actors, self._named, authority)
        self._passages = article.passages
        self._starts = [passage.start for passage in article.passages]
        self._quotes = {passage.start: quotes.quoted(article.text, passage) for passage in article.passages}
        self._sentences = {passage.start: sentences(article.text, passage) for passage in article.passages}

    def read(self, attributions: Sequence[Attribution]) -> Reading:
        """All statements in reading order."""
        whole = [clause for each in attributions for clause in clauses.mended(self._text, each)]
        near = self._by_passage(whole)
        read = [self._statement(each, near) for each in self._with_loose_quotes(whole, near)]
        ordered = sorted(read, key=lambda statement: (statement.content[0], statement.cue))
        return Reading(tuple(ordered), tuple(self._reports.documents))

    def _by_passage(self, attributions: Sequence[Attribution]) -> dict[int, list[Attribution]]:
        near: dict[int, list[Attribution]] = {passage.start: [] for passage in self._passages}
        for attribution in attributions:
            near[self._passage(attribution.anchor.start).start].append(attribution)
        return near

    def _passage(self, at: int) -> Span:
        return self._passages[max(0, bisect.bisect_right(self._starts, at) - 1)]

    def _sentence(self, at: int) -> Span:
        passage = self._passage(at)
        found = self._sentences[passage.start]
        number = bisect.bisect_right(found, at, key=lambda sentence: sentence.start) - 1
        return found[number] if number >= 0 and at < found[number].end else passage

    def _quoted(self, content: Sequence[Span]) -> list[Span]:
        found = ((span, self._quotes[self._passage(span.start).start]) for span in content)
        return [quote for span, quotations in found for quote in quotations if quote.overlaps(span)]

    def _frame(self, attribution: Attribution, others: Sequence[Attribution]) -> Frame:
        sentence = self._sentence(attribution.anchor.start)
        reported = [
            span
            for other in others
            for span in other.content
            if span.overlaps(sentence) and not attribution.anchor.overlaps(span)
        ]
        return frame(self._text, sentence, attribution.anchor, [*reported, *attribution.content])

    def _statement(self, attribution: Attribution | Span, near: dict[int, list[Attribution]]) -> Statement:
        if isinstance(attribution, Span):
            return self._loose(attribution)
        attribution = self._before_ticker(attribution)
        around = self._frame(attribution, near[self._passage(attribution.anchor.start).start])
        source = source_phrases.read(self._text, attribution.source, self._named.all_inside(attribution.source))
        speakers, meant, carrier = self._speaker(attribution, source, around)
        actors, phrase = audience.addressed(around, attribution.anchor, self._named, speakers)
        actors = actors or audience.asked(self._text, self._cue(attribution), attribution.content[0], self._named)
        actors = actors or self._told(attribution, frozenset(speakers))
        statement = self._described(attribution, source)
        self._speakers.note(speakers, meant or source.words, attribution.anchor.start)
        via = self._reports.add(carrier, speakers[0] if speakers else None) if carrier else None
        return replace(
            statement,
            speaker_text=meant or statement.speaker_text,
            speakers=speakers,
            addressees=actors,
            addressee_text=" ".join(phrase.of(self._text).split()) if phrase else None,
            via=via,
            via_text=" ".join(carrier.span.of(self._text).split()) if carrier else None,
        )

    def _before_ticker(self, attribution: Attribution) -> Attribution:
        """`Acme Corp <ACM.N> said`: the name before the ticker is the source."""
        if len(attribution.source) != 1:
            return attribution
        source = attribution.source[0]
        ticker = _TICKER.search(self._text, max(0, source.start - 90), source.end)
        near = self._named.before(ticker.start(), 60) if ticker and ticker.end() >= source.end else ()
        if (
            not near
            or self._named.inside(source)
            or self._text[near[-1].span.end : ticker.start() if ticker else 0].strip()
        ):
            return attribution
        return replace(attribution, source=(near[-1].span,))

    def _told(self, attribution: Attribution, speakers: frozenset[int]) -> tuple[int, ...]:
        """Whom `told him` means: the last fitting person who is not speaking."""
        found = audience.PRONOUN.search(
            self._text, max(0, attribution.anchor.start - _TOLD_REACH), attribution.anchor.end + _TOLD_REACH
        )
        if not found:
            return ()
        source = Source(Kind.PRONOUN, found[1])
        return self._speakers.resolve(source, found.start(1), speakers).actors

    def _described(self, attribution: Attribution, source: Source) -> Statement:
        text = self._text
        cue = " ".join(span.of(text) for span in attribution.cue)
        content = " ".join(span.of(text) for span in attribution.content)
        attitude = cues.attitude(cue, attribution.anchor.of(text), content)
        return Statement(
            source=attribution.source,
            cue=attribution.cue,
            content=attribution.content,
            mode=quotes.mode(text, attribution.content, self._quoted(attribution.content)),
            attitude=attitude,
            certainty=cues.certainty(cue, content),
            negated=cues.negated(cue),
            speaker_text=source.words or None,
            headline=self._article.title is not None and attribution.anchor in self._article.title,
            probability=attribution.probability,
        )

    def _speaker(
        self, attribution: Attribution, source: Source, around: Frame
    ) -> tuple[tuple[int, ...], str | None, Carrier | None]:
        """The actors who speak, else the unnamed source that a pronoun stands for; and the document that carries it."""
        carrier = self._reports.in_source(attribution.source[0]) if attribution.source else None
        if carrier is not None:
            return self._behind(carrier), None, carrier
        carrier = self._reports.beside(around)
        if source.kind is Kind.ABSENT:
            return self._implied(attribution, around), None, carrier
        if source.pronoun == "it" and _IMPERSONAL.match(self._cue(attribution)):
            return (), None, carrier
        avoid = frozenset(n.actor for n in self._named.inside(around.whole) if n.span.start > attribution.anchor.start)
        resolved = self._speakers.resolve(source, attribution.source[0].start, avoid)
        if carrier and carrier.issuer in resolved.actors and carrier.kind == "agency":
            carrier = None
        return resolved.actors, resolved.words, carrier

    def _cue(self, attribution: Attribution) -> str:
        return " ".join(span.of(self._text) for span in attribution.cue)

    def _behind(self, carrier: Carrier) -> tuple[int, ...]:
        """A document does not speak: the body behind it does."""
        if carrier.issuer is not None:
            return (carrier.issuer,)
        earlier = self._reports.antecedent(carrier)
        if earlier and earlier.issuer is not None:
            return (earlier.issuer,)
        return self._speakers.last_court(carrier.span.start) if carrier.kind == "filing" else ()

    def _implied(self, attribution: Attribution, around: Frame) -> tuple[int, ...]:
        """Who speaks under a cue without a source: `X refused, adding that ...` is X, else who spoke last."""
        if _IMPERSONAL.match(self._cue(attribution)):
            return ()
        sentence = self._sentence(attribution.anchor.start)
        spoke = self._speakers.last_speaker(attribution.anchor.start, since=sentence.start)
        if spoke:
            return spoke
        before = Span(around.start, attribution.anchor.start) if attribution.anchor.start > around.start else None
        named = [n for n in self._named.inside(before) if self._stands(n, around)] if before else []
        return (named[0].actor,) if named else self._carried_over(attribution)

    def _stands(self, named: Named, around: Frame) -> bool:
        """Whether a mention can be its sentence's subject: not reported words, and not behind a preposition."""
        start = named.span.start - around.start
        if not around.words[start : start + 1].strip() or named.type is ActorType.PLACE:
            return False
        return not _GOVERNED.search(around.words[max(0, start - 30) : start]) and not _OWNING.match(
            around.words[named.span.end - around.start :]
        )

    def _carried_over(self, attribution: Attribution) -> tuple[int, ...]:
        """A quote that opens a paragraph without naming its speaker goes on from the one before."""
        passage = self._passage(attribution.content[0].start)
        opens = _QUOTE_OPENS.match(self._text, max(passage.start, attribution.content[0].start - 1), passage.end)
        if opens and self._sentence(attribution.content[0].start).start == passage.start:
            return self._speakers.last_speaker(attribution.content[0].start)
        return ()

    def _with_loose_quotes(
        self, attributions: Sequence[Attribution], near: dict[int, list[Attribution]]
    ) -> Iterator[Attribution | Span]:
        """The attributions, and between them the paragraphs of quotation that no cue introduces."""
        loose = [
            span for passage in self._article.paragraphs if (span := self._loose_quote(passage, near[passage.start]))
        ]
        items: list[tuple[int, Attribution | Span]] = [(a.anchor.start, a) for a in attributions]
        items += [(span.start, span) for span in loose]
        return (item for _, item in sorted(items, key=lambda pair: pair[0]))

    def _loose_quote(self, passage: Span, attributions: Sequence[Attribution]) -> Span | None:
        if not _QUOTE_OPENS.match(self._text, passage.start, passage.end):
            return None
        found = self._quotes[passage.start]
        if not found or len(_WORD.findall(found[0].of(self._text))) < _SHORTEST_LOOSE_QUOTE:
            return None
        touched = any(passage.overlaps(s) for a in attributions for s in (*a.content, *a.cue))
        outside = passage.end - found[-1].end
        return None if touched or outside > 3 else Span(found[0].start, found[-1].end)

    def _loose(self, quote: Span) -> Statement:
        speakers = self._speakers.last_speaker(quote.start)
        if speakers:
            self._speakers.note(speakers, None, quote.start)
        mode = quotes.mode(self._text, (quote,), self._quoted((quote,)))
        return Statement(
            (), (), (quote,), mode, Attitude.ASSERTION, Certainty.CERTAIN, speakers=speakers, probability=0.5
        )
