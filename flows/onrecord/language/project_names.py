"""Names of projects: those that the authority knows, those that a text introduces, and where they stand again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.article import Article, Span


@dataclass(frozen=True, slots=True, eq=False)
class KnownProject:
    """A project of the authority with every label that a text may print for it; compared by identity, which is fast."""

    name: str
    labels: tuple[str, ...]
    kind: str
    iri: str | None = None
    wikidata: str | None = None


_DASHES = str.maketrans("–—‑−", "----")
_GENERIC = re.compile(
    r"(?:the|pipelines?|projects?|gas|natural|oil|crude|system|line|refinery|dam|terminal|plant|power|station|nuclear"
    r"|farm|wind|solar|park|hydropower|hydroelectric|lng|railway|railroad)"
)
_NAME = r"[A-Z][\w'’–-]*(?:(?:\s(?:of|de|del|al|el|la|du|the))*\s(?:[A-Z][\w'’–-]*|\d{1,2}(?![\w,.]*\d)))*"
_INTRODUCED = re.compile(
    r"(?:,?\s(?:which|that|now|is|was|has|been|will|be|also|commonly|widely|formally|otherwise|better|officially|so|locally"
    r"|once|formerly|project|system|to))*,?\s\(?(?:known|called|dubbed|named|nicknamed|baptised|baptized|codenamed|titled)"
    rf"\s(?:as\s)?(?:the\s)?[\"“‘']?(?P<name>{_NAME})"
)
_APPOSED_AFTER = re.compile(rf",\s(?:the\s)?(?P<name>{_NAME})(?=[,.;—–]|\s[–—])")
_APPOSED_BEFORE = re.compile(rf"(?!The\s)(?P<name>{_NAME})(?:,\s|\s(?:is|was|would\sbe|will\sbe)\s)$")
_ACRONYM = re.compile(r"\s\((?:the\s|or\s)?[\"“]?(?P<name>[A-Z][A-Za-z-]*[A-Z][A-Za-z-]*)[\"”]?\)")
_COMPANY_AFTER = re.compile(
    r"['’]?s?\s(?:AG|Inc|Incorporated|Corp|Co|Ltd|LLC|LP|Limited|Company|Corporation|[Pp][Ll][Cc]|GmbH|S\.?A|SpA|NV|ASA"
    r"|[Cc]onsortium|Partners|Holdings?|Authority|Association|Operating|Energy|Group)\b"
    r"|,\s(?:which|who)\s(?:operates|owns|runs|built)|\s(?:nor|did\snot\s(?:respond|comment|answer)|could\snot\sbe)\b"
    r"|\s(?:said|says|told|declined|spokes\w+|executives?|officials?|shares)\b"
)
_LONGER = re.compile(r"\s(?:\d{1,2}\b(?![\w,.]*\d)|XL\b|II+\b)")


def name_key(name: str) -> tuple[str, ...]:
    """What two printings of one project's name share: its words without "the", "gas pipeline" and the like."""
    words = name.casefold().translate(_DASHES).replace("’", "'").removesuffix("'s").split()
    return tuple(word for word in words if not _GENERIC.fullmatch(word)) or tuple(words)


def is_company(text: str, end: int) -> bool:
    """Whether the words after a name make it a company, or somebody who speaks, instead of a project."""
    return _COMPANY_AFTER.match(text, end) is not None


def introduced_name(text: str, end: int, limit: int) -> Span | None:
    """The name that follows a phrase: "known as X", "dubbed X"."""
    return _named(_INTRODUCED.match(text, end, limit))


def apposed_name(text: str, span: Span, sentence: Span) -> Span | None:
    """The name set beside a phrase: "the pipeline, X," or "X, a pipeline" or "X is a pipeline"."""
    after = _APPOSED_AFTER.match(text, span.end, sentence.end)
    if after is not None:
        return _named(after)
    floor = max(sentence.start, span.start - 60)
    found = None
    for match in re.finditer(r"\b[A-Z]", text[floor : span.start]):
        found = _APPOSED_BEFORE.match(text, floor + match.start(), span.start)
        if found is not None:
            break
    return _named(found)


def acronym(text: str, end: int) -> Span | None:
    """The acronym in brackets after a name."""
    return _named(_ACRONYM.match(text, end))


def occurrences(text: str, name: str) -> Iterator[Span]:
    """Where a name stands as whole words, neither in a longer name ("X 2") nor as a company ("X AG")."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        whole = not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
        if whole and not _LONGER.match(text, end) and not is_company(text, end):
            yield Span(start, end)
        start = text.find(name, end)


def known_labels(article: Article, known: Sequence[KnownProject]) -> list[tuple[Span, KnownProject]]:
    """The labels of the authority that the article prints, longest first at each place, in reading order."""
    index = _label_index(tuple(known))
    found: list[tuple[Span, KnownProject]] = []
    for word in _CAPITALISED.finditer(article.text):
        if found and word.start() < found[-1][0].end:
            continue
        for label, project in index.get(word[0], ()):
            end = word.start() + len(label)
            if article.text.startswith(label, word.start()) and not article.text[end : end + 1].isalnum():
                found.append((Span(word.start(), end), project))
                break
    return [(span, project) for span, project in found if _stands_alone(article.text, span)]


_CAPITALISED = re.compile(r"[A-Z]\w*")


def _stands_alone(text: str, span: Span) -> bool:
    return not _LONGER.match(text, span.end) and not is_company(text, span.end)


def _named(match: re.Match[str] | None) -> Span | None:
    return Span(*match.span("name")) if match else None


@lru_cache(maxsize=4)
def _label_index(known: tuple[KnownProject, ...]) -> dict[str, list[tuple[str, KnownProject]]]:
    index: dict[str, list[tuple[str, KnownProject]]] = {}
    # What is only "project" is a programme of many: it has no route, size or status of its own.
    for project in (each for each in known if each.kind != "project"):
        for label in {project.name, *project.labels}:
            first = _CAPITALISED.match(label)
            if first is not None:
                index.setdefault(first[0], []).append((label, project))
    for entries in index.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry[0]))
    return index
