"""Where the text names an actor: the recogniser's names and the authority's labels, put together and cleaned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from onrecord.article import Article, Span
from onrecord.document import ActorType
from onrecord.identity import Authority
from onrecord.language import collectives
from onrecord.language.actor_types import BODY_WORDS
from onrecord.language.candidate import Candidate
from onrecord.language.gazetteer import Gazetteer, Match
from onrecord.language.names import Name
from onrecord.language.roles import HEAD

_TYPES = {
    "PERSON": ActorType.PERSON,
    "ORG": ActorType.ORGANIZATION,
    "GPE": ActorType.PLACE,
    "LOC": ActorType.PLACE,
    "FAC": ActorType.PLACE,
}
_POSSESSIVE = re.compile(r"['’]s?$|(?<=s)['’]$")
_LEADING = re.compile(r"^(?:[Tt]he|[Aa]n?|THE)\s+|^[\W_]+")
_TRAILING = re.compile(r"[^\w.)]+$|(?<!\b[A-Z])(?<!Inc)(?<!Co)(?<!Corp)(?<!Ltd)(?<!Jr)(?<!Sr)\.$")
_TITLES = re.compile(
    r"^(?:(?:President|Prime|Minister|Foreign|Vice|Chancellor|King|Queen|Prince|Secretary|Senator|Sen\.|Rep\.|"
    r"Gov\.|Governor|"
    r"General|Gen\.|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|Sir|Lord|Lady|Chairman|Ambassador|Professor|Prof\.|Pope|"
    r"Judge|Justice|Mayor|CEO|"
    r"Sheikh|Ayatollah|Emir|Attorney|Col\.|Colonel|Capt\.|Captain|Lt\.|Sgt\.|Rev\.)\s+)+(?=[A-Z])"
)
# `U.S. officials` names the officials, `the U.S. said` the state.
_ABBREVIATED_STATE = re.compile(r"^(?:U\.?S\.?(?:A\.?)?|U\.?K\.?|E\.?U\.?)$")
_QUALIFIES = re.compile(
    r"^(?:-\w| (?!(?:is|was|has|had|said|says|will|would|and|or|to|in|on|at|by|for|with|from|than|which|that|"
    r"who|can|could|should|may|might|must|did|"
    r"does|do|also|are|were|have|into|as|if|but|of|after|before|over|under|during|through|when|where|while|"
    r"because|since|not|agreed|wants?|needs?|"
    r"since|about|against|between|among|without|accused|called|plans|imposed|joined|signed|withdrew)\b)[\w“\"])"
)
_MONTH_OR_DAY = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|"
    r"Apr|Jun|Jul|Aug|"
    r"Sept?|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Today|Yesterday|Christmas|"
    r"Easter|Reuter)\.?$",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(r"^(?:[^A-ZÀ-ÖØ-ÞĀ-Ž]*|[\d\W_]+|.*[<>{}|=@#\\/].*|https?:.*|[IVX]+|.*\d{3,}.*)$")
# Words that spaCy takes for bodies when they only tell a post or a state's abbreviation.
_POST_WORDS = frozenset(
    "Cabinet State Energy Treasury Defense Defence Interior Foreign Finance Labor Commerce Justice Health Education "
    "Transport Petroleum Oil "
    "Prime President Minister Secretary Senate-elect Calif Fla Colo Ariz Mass Conn Wash Tenn Ala Ill Ind Kan "
    "Mich Minn Miss Mo Neb Nev Okla "
    "Pa Tex Va Wis Wyo Del Ga La Md Ore Sen Rep Gov".split()
)
_PERSON_OF_BODY = re.compile(rf"(?!.*{BODY_WORDS.pattern}.* of )[A-Z][a-z]+ [A-Z][a-z]+ of (?=.*{BODY_WORDS.pattern})")
_POST = re.compile(rf"(?:{HEAD.pattern} )+(?=[A-Z])")
_BRACKET = re.compile(r"\s*[(\[].*$")
_AFFILIATED = re.compile(r" (?:of|at|from|for) (?=[A-Z])")
_SPLIT = re.compile(r"^(.+?)['’]s?\s+(.+)$")
_NOUN_TAIL = re.compile(
    r"\s+(?:fields?|gas ?fields?|oil ?fields?|basin|peninsula|sea|strait|gulf|islands?|river|lake|valley|"
    r"mountains?|desert|delta|"
    r"oblast|harbou?r|plateau)\b"
)
_DIRECTION = re.compile(
    r"\b(?:north|south|east|west|northern|southern|eastern|western|central|north-?eastern|north-?western|"
    r"south-?eastern|south-?western)\s+$",
    re.IGNORECASE,
)


def candidates(
    article: Article, names: Iterable[Name], sources: Sequence[Span], gazetteer: Gazetteer, authority: Authority
) -> tuple[Candidate, ...]:
    """All named mentions in reading order, not overlapping; the longer of two stands.

    `sources` are the spans of those who are quoted: a name at the end of one is a person's even where the recogniser
    missed it.
    """
    text = article.text
    raw = [name for name in names if name.label in _TYPES or name.label == "NORP"]
    found = [c for name in raw for c in _from_name(text, name)]
    matches = list(gazetteer.find(text, article.passages))
    found += [c for match in matches if (c := _from_match(text, match, raw))]
    found += [*collectives.bodies_and_groups(article, authority), *collectives.persons(article, found)]
    found += [
        *collectives.quoted_persons(article.text, sources, found),
        *collectives.quoted_groups(article.text, sources),
    ]
    kept = _longest(c for c in found if c.known or c.surface not in authority.by_demonym)
    return tuple(replace(c, in_title=article.title is not None and c.span in article.title) for c in kept)


def _from_name(text: str, name: Name) -> Iterator[Candidate]:
    if name.label not in _TYPES:
        return
    for span in _split(text, name.span, name.label):
        cleaned = _clean(text, _without_post(text, span) if name.label == "PERSON" else span)
        if cleaned is None or _ABBREVIATED_STATE.match(cleaned.of(text)):
            continue
        if name.label in ("LOC", "FAC"):
            cleaned = _widened(text, cleaned)
        person = span.start == name.span.start and _PERSON_OF_BODY.match(name.span.of(text))
        yield Candidate(cleaned, cleaned.of(text), ActorType.PERSON if person else _TYPES[name.label], label=name.label)


def _split(text: str, span: Span, label: str) -> tuple[Span, ...]:
    """`Equinor's Troll` names two; `Lloyd's of London`, `McDonald's` one."""
    link = _AFFILIATED.search(span.of(text))
    if link and (label == "PERSON" or _PERSON_OF_BODY.match(span.of(text))):
        return (Span(span.start, span.start + link.start()), Span(span.start + link.end(), span.end))
    parts = _SPLIT.match(span.of(text))
    if not parts or parts[2][0].islower():
        return (span,)
    head = Span(span.start, span.start + parts.end(1))
    return (head, Span(span.start + parts.start(2), span.end))


def _without_post(text: str, span: Span) -> Span:
    """`Spokeswoman X Y` as X Y."""
    post = _POST.match(span.of(text))
    return Span(span.start + post.end(), span.end) if post else span


def _clean(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    for _ in range(3):
        words = text[start:end]
        if (lead := _LEADING.match(words)) or (lead := _TITLES.match(words)):
            start += lead.end()
        if (
            tail := _POSSESSIVE.search(text[start:end])
            or _TRAILING.search(text[start:end])
            or _BRACKET.search(text[start:end])
        ):
            end = start + tail.start()
    words = text[start:end]
    if words in _POST_WORDS:
        return None
    if start >= end or len(words) < 2 or len(words) > 90 or _NOT_A_NAME.match(words) or _MONTH_OR_DAY.match(words):
        return None
    return Span(start, end)


def _widened(text: str, span: Span) -> Span:
    """Places keep their direction and their noun: `northern Kenya`, `Troll field`."""
    direction = _DIRECTION.search(text, max(0, span.start - 20), span.start)
    noun = _NOUN_TAIL.match(text, span.end, span.end + 30)
    return Span(direction.start() if direction else span.start, noun.end() if noun else span.end)


def _from_match(text: str, match: Match, names: Sequence[Name]) -> Candidate | None:
    entry = match.entries[0]
    if entry.type is None or not _trusted(text, match, names):
        return None
    span = _widened(text, match.span) if entry.type is ActorType.PLACE else match.span
    # `northern Kenya` is another place than Kenya.
    return Candidate(span, span.of(text), entry.type, match.entries if span == match.span else ())


def _trusted(text: str, match: Match, names: Sequence[Name]) -> bool:
    """One-word labels that may be plain words, or somebody's surname, need the recogniser's agreement."""
    words = match.span.of(text)
    if _ABBREVIATED_STATE.match(words):
        definite = text[max(0, match.span.start - 4) : match.span.start].casefold() == "the "
        return definite or not _QUALIFIES.match(text[match.span.end : match.span.end + 16])
    if " " in words or words.isupper():
        return True
    covering = [name for name in names if name.span.overlaps(match.span)]
    if any(name.label == "PERSON" for name in covering):
        return False
    stateish = match.entries[0].type in (ActorType.STATE, ActorType.PLACE)
    return bool(covering) or (stateish and not match.starts_sentence) or not match.starts_sentence


def _longest(found: Iterable[Candidate]) -> list[Candidate]:
    """Longest first; of two equal ones the authority's, which carries its entry."""
    kept: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(found, key=lambda c: (-len(c.span), not c.known, c.span.start)):
        covered = range(candidate.span.start, candidate.span.end)
        if taken.isdisjoint(covered):
            taken.update(covered)
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.span)
