"""Actors that are named by what they are: governments, ministries, courts, administrations, and groups of a people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.article import Article, Span
from onrecord.document import ActorType
from onrecord.identity import Authority, Known
from onrecord.language.candidate import Candidate
from onrecord.language.roles import HEAD

_OWNER = r"(?:(?:[A-Z][\w’'-]* )?(?P<owner>[A-Z][\w-]+)(?:[’']s?)? )"
_GOVERNMENT = re.compile(
    r"\b(?:[Tt]he )?(?:(?P<by>(?:[A-Z][\w’'-]+ )?[A-Z][\w-]+)(?:[’']s?)? [Gg]overnment|"
    r"[Gg]overnment of (?:the )?(?P<of>[A-Z][\w-]+(?: [A-Z][\w-]+)*))\b"
)
_FIELDS = (
    r"(?:foreign|energy|oil|petroleum|defen[cs]e|finance|interior|trade|economy|economic|industry|health|"
    r"justice|transport|agriculture|commerce|"
    r"environment|education|labou?r|mining|water|power|electricity|climate|treasury|culture|tourism|"
    r"infrastructure|planning|sports?)"
)
_MINISTRY = re.compile(
    rf"\b{_OWNER}?(?P<body>{_FIELDS}(?: (?:and|&) {_FIELDS})? ministry|"
    rf"[Mm]inistry of (?:the )?[A-Z]?\w+(?:,? and [A-Z]\w+)?)\b"
)
_STATE_BODY = re.compile(
    rf"\b{_OWNER}(?P<body>(?:state |national |federal |public )?(?:treasury|parliament|army|navy|military|"
    rf"air force|police|cabinet|presidency|central bank|supreme court|"
    r"high court|constitutional court|presidential office|prime minister's office|president's office|"
    r"president’s office|embassy|electoral commission|"
    r"energy regulator|competition authority|customs service|coast guard|security council|[a-z]+ (?:agency|"
    r"authority|commission|council|court)))\b"
)
_FULL_BODY = re.compile(
    r"\b(?:[A-Z][\w-]+ )*(?:Court|Ministry|Bank|University|Council|Department|Office|Institute|Union|Chamber|"
    r"Federation|Board|Bureau|Commission|"
    r"Committee|Association|Authority|Agency|Organi[sz]ation|Society|League|Confederation|Academy|Centre|"
    r"Center|Directorate|Service|Secretariat) "
    r"(?:of|for|on) (?:the )?[A-Z][\w-]+(?:(?:,? and| of| for)? (?:the )?[A-Z][\w-]+)*"
)
_ADMINISTRATION = re.compile(r"\b(?P<name>(?!The\b|This\b|His\b|Her\b)[A-Z][\w’'-]+) (?:[Aa]dministration|campaign)\b")
_PEOPLES = (
    r"companies|firms|officials|lawmakers|banks|troops|forces|soldiers|investors|authorities|leaders|states|"
    r"countries|nations|producers|"
    r"exporters|importers|buyers|traders|militants|rebels|fighters|separatists|voters|families|workers|"
    r"farmers|fishermen|migrants|refugees|"
    r"citizens|diplomats|scientists|regulators|refiners|utilities|shareholders|contractors|protesters|"
    r"activists|carmakers|media"
)
_PEOPLE = re.compile(
    rf"\b(?:former )?(?P<adjective>[A-Z][\w.-]+)(?: (?:state|oil|gas|energy|grain|trade|government|military|"
    rf"army))? (?:{_PEOPLES})\b"
)
_PARTISANS = re.compile(
    r"\b(?:Republicans|Democrats|Conservatives|Liberals|Socialists|Communists|Islamists|Kurds|Houthis|Greens|"
    r"Tories|Christians|Muslims)\b"
)
_WIDE_ADJECTIVES = frozenset(
    "European Western Arab African Asian Soviet Latin Islamic Muslim Kurdish Palestinian Baltic Gulf".split()
)
_DEFINITE_BODY = re.compile(
    r"\b[Tt]he (?P<body>(?:national |central )?(?:election|electoral) commission|central bank|supreme court|"
    r"constitutional court|high court|opposition|"
    r"prime minister[’']s office|president[’']s office|presidential office)\b"
)
_OUTLET = re.compile(
    r"\b[Tt]he (?:[a-z]+(?:-[a-z]+)? )?(?P<before>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3}) (?:(?:state |"
    r"official |semi-official )?news agency|agency|newspaper|daily|"
    r"magazine|website|television station|TV channel|news channel|news site)\b"
    r"|\b(?:newspaper|daily|agency|magazine|website|broadcaster|channel|"
    r"weekly) (?P<after>[A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*|of|de|del|la)){0,3}(?<!of))(?=[\s,.])"
)
_LOCAL_BODY = re.compile(
    r"\b(?!The |A |An )[A-Z][\w-]+ (?:(?:county|city|town|borough|district|regional|provincial|"
    r"municipal) (?:council|court|police)|court|prosecutors)\b|"
    r"\b(?!The |A |An )[A-Z][\w-]+(?:[’']s)? (?:home rule|regional|provincial|autonomous|interim|military|"
    r"transitional) government\b"
)
_NAME_WORD = rf"(?!{HEAD.pattern})[A-Z][\w’'-]*[a-z]"
_PERSON = re.compile(
    rf"{HEAD.pattern},? (?P<name>{_NAME_WORD} (?:(?:[A-Z]\.|al-|van|von|de|der|bin|da|dos|"
    rf"el) )*{_NAME_WORD}(?: {_NAME_WORD})?)"
)
_QUOTED_GROUP = re.compile(
    r"(?:[Tt]he )?(?P<group>(?:(?:[A-Z][\w.-]+|[a-z-]+) ){0,3}(?:observers|traders|rebels|opponents|"
    r"supporters|groups|unions|producers|"
    r"residents|workers|lawmakers|activists|protesters|farmers|investors|economists|environmentalists|"
    r"scientists|doctors|voters|"
    r"campaigners|insurgents|militants|villagers|students|shareholders|miners|mills|refiners|utilities|"
    r"carmakers|developers|lawyers))"
)
_NAME_AT_END = re.compile(r"(?P<name>[A-Z][\w’'-]*[a-z] (?:[A-Z]\. |al-|van |von |de |bin )?[A-Z][\w’'-]*[a-z])\s*$")


def bodies_and_groups(article: Article, authority: Authority) -> Iterator[Candidate]:
    """Governments, ministries, courts, administrations and groups of the body."""
    for paragraph in article.paragraphs:
        yield from _governments(article.text, paragraph, authority)
        yield from _bodies(article.text, paragraph, authority)
        yield from _groups(article.text, paragraph, authority)


def persons(article: Article, mentions: Sequence[Candidate]) -> Iterator[Candidate]:
    """People whom only the post before their name gives away: `Climate Minister X Y`."""
    ends = {offset: m.span.end for m in mentions for offset in range(m.span.start, m.span.end)}
    for paragraph in article.paragraphs:
        for match in _PERSON.finditer(article.text, paragraph.start, paragraph.end):
            span = Span(*match.span("name"))
            if {ends.get(offset, span.end) for offset in range(span.start, span.end)} == {span.end}:
                yield Candidate(span, match["name"], ActorType.PERSON, label="PERSON")


def quoted_persons(text: str, sources: Iterable[Span], mentions: Sequence[Candidate]) -> Iterator[Candidate]:
    """People named at the end of a quoted source after their post: `Principal Secretary for Irrigation X Y`."""
    ends = {offset: m.span.end for m in mentions for offset in range(m.span.start, m.span.end)}
    for source in sources:
        core = text[source.start : source.end].split(",")[0]
        found = _NAME_AT_END.search(core)
        if found and HEAD.search(core[: found.start()]) and not HEAD.search(found["name"]):
            span = Span(source.start + found.start("name"), source.start + found.end("name"))
            if {ends.get(offset, span.end) for offset in range(span.start, span.end)} == {span.end}:
                yield Candidate(span, found["name"], ActorType.PERSON, label="PERSON")


def quoted_groups(text: str, sources: Iterable[Span]) -> Iterator[Candidate]:
    """Groups that are quoted under a description of their own: `Commonwealth observers`, `industry groups`."""
    for source in sources:
        found = _QUOTED_GROUP.fullmatch(text[source.start : source.end])
        if found:
            span = Span(source.start + found.start("group"), source.end)
            yield Candidate(span, found["group"], ActorType.GROUP)


def _governments(text: str, paragraph: Span, authority: Authority) -> Iterator[Candidate]:
    for match in _GOVERNMENT.finditer(text, paragraph.start, paragraph.end):
        state = _state(match["by"] or match["of"], authority)
        if state is not None:
            start = match.start() + (4 if match.group().lower().startswith("the ") else 0)
            yield _candidate(text, start, match.end(), f"Government of {state.name}")


def _bodies(text: str, paragraph: Span, authority: Authority) -> Iterator[Candidate]:
    for pattern in (_MINISTRY, _STATE_BODY):
        for match in pattern.finditer(text, paragraph.start, paragraph.end):
            state = _state(match["owner"], authority)
            if state is not None:
                demonym = state.demonyms[0] if state.demonyms else state.name
                yield _candidate(text, match.start("owner"), match.end(), f"{demonym} {match['body']}")
            elif pattern is _MINISTRY:
                yield _candidate(text, match.start("body"), match.end(), match["body"])
    for match in _DEFINITE_BODY.finditer(text, paragraph.start, paragraph.end):
        yield _candidate(text, match.start("body"), match.end(), match["body"])
    for match in _OUTLET.finditer(text, paragraph.start, paragraph.end):
        group = "before" if match["before"] else "after"
        yield _candidate(text, *match.span(group), match[group])
    for match in (
        found
        for pattern in (_FULL_BODY, _LOCAL_BODY, _ADMINISTRATION)
        for found in pattern.finditer(text, paragraph.start, paragraph.end)
    ):
        yield _candidate(text, match.start(), match.end(), match.group())


def _groups(text: str, paragraph: Span, authority: Authority) -> Iterator[Candidate]:
    for match in _PEOPLE.finditer(text, paragraph.start, paragraph.end):
        if _state(match["adjective"], authority) or match["adjective"] in _WIDE_ADJECTIVES:
            yield Candidate(Span(*match.span()), match.group(), ActorType.GROUP)
    for match in _PARTISANS.finditer(text, paragraph.start, paragraph.end):
        yield Candidate(Span(*match.span()), match.group(), ActorType.GROUP)


def _candidate(text: str, start: int, end: int, name: str) -> Candidate:
    return Candidate(Span(start, end), text[start:end], ActorType.ORGANIZATION, name=name)


def _state(words: str | None, authority: Authority) -> Known | None:
    """The state that an adjective or name means, the last word alone where the first is another's."""
    for attempt in (words, words.rsplit(" ", 1)[-1]) if words else ():
        attempt = re.sub(r"[’']s?$", "", attempt)
        found = authority.by_demonym.get(attempt) or authority.actor(attempt)
        if found and found.type is ActorType.STATE:
            return found
    return None
