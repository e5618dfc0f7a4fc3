"""The facts that an article gives about its projects, each with the words and the statement that carry it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.article import Article, Span
from onrecord.document import ProjectFact, Statement, TimeReference
from onrecord.language.dates import find_times, nearest_time
from onrecord.language.mention_index import MentionIndex
from onrecord.language.project_clusters import Cluster
from onrecord.language.project_parties import Party, parties, possessor_party, supplier_of
from onrecord.language.project_routes import route_points
from onrecord.language.project_scopes import Scope, scopes
from onrecord.language.project_status import StatusClue, status_clues
from onrecord.language.project_words import PIPELINES
from onrecord.language.quantities import Measure, Quantity, find_quantities

_LINEAR = PIPELINES | {"railway", "power-line", "road", "canal", "tunnel", "bridge"}
_MOST_STATUSES = 3
_COMMODITIES = (
    ("natural gas", r"(?:natural[\s-])?gas\b(?!\s(?:station|prices?|tax|mask))|methane"),
    ("crude oil", r"crude(?:[\s-]oil)?|oil[\s-]sands|tar[\s-]sands|bitumen|oil\b(?!\s(?:price|compan))"),
    ("petroleum products", r"gasoline|diesel|jet\sfuel|refined\sproducts|petroleum\sproducts|oil\sproducts|fuels"),
    ("liquefied natural gas", r"lng|liquefied\snatural\sgas"),
    ("hydrogen", r"hydrogen"),
    ("carbon dioxide", r"co2|carbon\sdioxide"),
    ("electricity", r"electricity"),
    ("water", r"drinking\swater|water"),
)
_COMMODITY = tuple((name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in _COMMODITIES)
_MOVED = re.compile(
    r"\b(?:carr(?:y|ies|ied|ying)|transport(?:s|ed|ing)?|deliver(?:s|ed|ing)?|pump(?:s|ed|ing)?|ship(?:s|ped|ping)?"
    r"|bring(?:s|ing)?|mov(?:es?|ing)|suppl(?:y|ies|ied|ying)|pip(?:es?|ing)|export(?:s|ed|ing)?|import(?:s|ed|ing)?"
    r"|send(?:s|ing)?|process(?:es|ing)?|generat(?:es?|ing)|produc(?:es?|ing)|flows?\sof|store[sd]?)\b"
)
_KIND_COMMODITIES = {
    "gas-pipeline": ("natural gas",),
    "oil-pipeline": ("crude oil", "petroleum products"),
    "lng-terminal": ("liquefied natural gas", "natural gas"),
    "hydrogen-pipeline": ("hydrogen",),
    "co2-pipeline": ("carbon dioxide",),
    "water-pipeline": ("water",),
    "refinery": ("crude oil", "petroleum products"),
    "power-line": ("electricity",),
    "pipeline": ("natural gas", "crude oil", "petroleum products", "water", "hydrogen", "carbon dioxide"),
    "storage": ("natural gas", "crude oil"),
}
_MILESTONE = re.compile(
    r"\b(?:complet(?:e|ed|ion)|finish(?:ed)?|commission(?:ed|ing)|c[ao]me\s(?:on(?:line|\sstream|stream)|into\s(?:operation|service))"
    r"|on(?:stream|\sstream|line)|operational|in(?:to)?\s(?:service|operation)|start(?:ed|ing|s|-up)?|beg[iau]n(?:ning|s)?"
    r"|open(?:ed|ing|s)?|inaugurated|launched|first\s(?:gas|oil|power|flows?|deliveries|cargo)|deliver(?:ies|y)|clos(?:ed|e|ure)"
    r"|shut(?:down)?|ready|built|approved|suspended|cancelled|rejected)\b"
)
_DATE_REACH = 32
_COST_BEFORE = re.compile(
    r"(?:cost(?:s|ing|ed)?|price\stag|worth|estimated|valued|invest(?:ed|ing|ment)?|budget|bill)\s(?:\S+\s){0,5}$",
    re.IGNORECASE,
)
_COST_AFTER = re.compile(
    r"[-\s](?:\w[\w-]*\s){0,5}?(?:project|pipeline|price\stag|cost|investment|line|plant|scheme|dam|link|farm|station|tunnel|bridge|terminal|refinery|canal|railway|mine|airport|port|facility)\b"
)
_PER = re.compile(r"\s(?:an?|per)\s(?:barrel|day|week|month|year|share|ton)\b")
_NOT_A_COST = re.compile(r"\b(?:revenues?|tax(?:es)?|profits?|loans?|fines?|fees?|sales|debt|market)\b")
_LENGTH_BEFORE = re.compile(
    r"(?:stretch\w*|run(?:s|ning)?|extend\w*|span\w*|cover\w*|length\sof|is|of|travers\w*|cross\w*|lay(?:ing)?|total\w*|for"
    r"|some|about|nearly|around|roughly|over|snak\w*|measur\w+)\s(?:\w+\s){0,3}$"
)
_LENGTH_AFTER = re.compile(
    r"(?:\s(?:in\s)?(?:long|length)|\s(?:from|through|across|under|of\spipe|between)|-long)\b|\s(?:\w+\s){0,2}\("
)
_DISTANCE = re.compile(
    r"\s(?:from\sthe\s(?:border|capital|coast|city|town)|(?:north|south|east|west)\w*|away|off|inland|per)\b"
)


def facts(
    article: Article, found: Sequence[Cluster], actors: MentionIndex, statements: Sequence[Statement]
) -> list[tuple[ProjectFact, ...]]:
    """The facts of each project, in the order of `found`: the best status first, then the others in reading order."""
    if not found:
        return []
    gathered: list[list[ProjectFact]] = [[] for _ in found]
    clues: list[list[StatusClue]] = [[] for _ in found]
    times = find_times(article)
    for scope in scopes(article, found):
        clues[scope.project].extend(status_clues(article.text, scope))
        if scope.mention is None:
            gathered[scope.project].extend(_carried_facts(article.text, scope, found[scope.project]))
        else:
            gathered[scope.project].extend(_scope_facts(article.text, scope, found[scope.project], actors, times))
    for number, cluster in enumerate(found):
        gathered[number].extend(_phrase_facts(article.text, cluster, actors))
        gathered[number][:0] = _statuses(clues[number])
    return [tuple(_with_statement(fact, statements) for fact in _distinct(own)) for own in gathered]


def _scope_facts(
    text: str, scope: Scope, cluster: Cluster, actors: MentionIndex, times: Sequence[TimeReference]
) -> Iterator[ProjectFact]:
    if cluster.kind in _LINEAR:
        yield from _route_facts(text, scope, actors)
    for party in parties(text, scope, actors):
        yield _party_fact(text, party, actors)
    for quantity in find_quantities(text, scope.span):
        yield from _quantity_facts(text, scope, cluster, quantity)
    yield from _carried(text, scope, cluster)
    yield from _milestones(text, scope, times)


def _carried_facts(text: str, scope: Scope, cluster: Cluster) -> Iterator[ProjectFact]:
    """From a sentence that does not name the project only what is called a cost or a capacity."""
    for quantity in find_quantities(text, scope.span):
        before = text[max(scope.span.start, quantity.span.start - 40) : quantity.span.start]
        if re.search(r"\b(?:cost|capacity)\b", before):
            yield from _quantity_facts(text, scope, cluster, quantity)


def _route_facts(text: str, scope: Scope, actors: MentionIndex) -> Iterator[ProjectFact]:
    for point in route_points(text, scope, actors):
        actor = actors.over(point.place.start, point.place.end)
        yield ProjectFact(
            point.kind, " ".join(point.place.of(text).split()), point.place, actor=actor.actor if actor else None
        )
        supplier = supplier_of(point, actors)
        if supplier is not None:
            yield _party_fact(text, supplier, actors)


def _party_fact(text: str, party: Party, actors: MentionIndex) -> ProjectFact:
    inside = [
        located for located in actors.within(party.evidence.start, party.evidence.end) if located.actor == party.actor
    ]
    return ProjectFact(party.kind, inside[-1].span.of(text), party.evidence, actor=party.actor)


def _phrase_facts(text: str, cluster: Cluster, actors: MentionIndex) -> Iterator[ProjectFact]:
    for phrase in cluster.phrases:
        owner = possessor_party(phrase, actors)
        if owner is not None:
            yield _party_fact(text, owner, actors)
        yield from _commodity(text, cluster, phrase.span)


def _carried(text: str, scope: Scope, cluster: Cluster) -> Iterator[ProjectFact]:
    for verb in _MOVED.finditer(text, scope.span.start, scope.span.end):
        yield from _commodity(text, cluster, Span(verb.start(), min(verb.end() + 60, scope.span.end)))


def _commodity(text: str, cluster: Cluster, where: Span) -> Iterator[ProjectFact]:
    for name, pattern in _COMMODITY:
        match = pattern.search(text, where.start, where.end)
        if match is not None and name in _KIND_COMMODITIES.get(cluster.kind, ()):
            yield ProjectFact("commodity", name, Span(match.start(), match.end()))


def _quantity_facts(text: str, scope: Scope, cluster: Cluster, quantity: Quantity) -> Iterator[ProjectFact]:
    kind = _quantity_kind(text, scope, cluster, quantity)
    if kind is not None:
        words = " ".join(quantity.span.of(text).split())
        yield ProjectFact(kind, words, quantity.span, amount=quantity.amount, unit=quantity.unit)


def _quantity_kind(text: str, scope: Scope, cluster: Cluster, quantity: Quantity) -> str | None:
    if quantity.kind in (Measure.CAPACITY, Measure.POWER):
        fits = (quantity.kind is Measure.POWER) == (cluster.kind in _POWER_KINDS)
        called = "capacity" in text[max(scope.sentence.start, quantity.span.start - 30) : quantity.span.start]
        return "capacity" if fits or called else None
    if quantity.kind is Measure.VOLUME:
        near = text[max(scope.sentence.start, quantity.span.start - 40) : quantity.span.end + 25]
        return "capacity" if "capacity" in near else None
    if quantity.kind is Measure.COST:
        return "cost" if _is_cost(text, scope, cluster, quantity.span) else None
    return "length" if cluster.kind in _LINEAR and _is_length(text, scope, cluster, quantity.span) else None


_POWER_KINDS = frozenset(("power-plant", "nuclear-plant", "dam", "wind-farm", "solar-farm", "power-line"))


def _is_cost(text: str, scope: Scope, cluster: Cluster, span: Span) -> bool:
    if any(span in phrase.span for phrase in cluster.phrases):
        return True
    around = text[max(scope.sentence.start, span.start - 30) : min(scope.sentence.end, span.end + 20)]
    if _NOT_A_COST.search(around) or _PER.match(text, span.end):
        return False
    before = _COST_BEFORE.search(text, max(scope.sentence.start, span.start - 50), span.start)
    return before is not None or _COST_AFTER.match(text, span.end, scope.sentence.end) is not None


def _is_length(text: str, scope: Scope, cluster: Cluster, span: Span) -> bool:
    if any(span in phrase.span for phrase in cluster.phrases):
        return True
    if _DISTANCE.match(text, span.end):
        return False
    before = _LENGTH_BEFORE.search(text, max(scope.sentence.start, span.start - 40), span.start)
    return before is not None or _LENGTH_AFTER.match(text, span.end) is not None or text[span.end : span.end + 1] == "-"


def _milestones(text: str, scope: Scope, times: Sequence[TimeReference]) -> Iterator[ProjectFact]:
    for match in _MILESTONE.finditer(text, scope.span.start, scope.span.end):
        time = nearest_time(times, Span(match.start(), match.end()), Span(match.end(), scope.span.end))
        if time is None or time.span is None or time.span.start - match.end() > _DATE_REACH:
            continue
        if not set(text[match.end() : time.span.start]) & set(".;:,"):
            evidence = Span(match.start(), time.span.end)
            yield ProjectFact("date", time.value or time.span.of(text), evidence, time=time)


def _statuses(clues: Sequence[StatusClue]) -> list[ProjectFact]:
    """One fact a status, the best guess first: by weight, then by how often it is shown."""
    best: dict[str, StatusClue] = {}
    counts: dict[str, int] = {}
    for clue in clues:
        counts[clue.status] = counts.get(clue.status, 0) + 1
        if clue.status not in best or clue.weight > best[clue.status].weight:
            best[clue.status] = clue
    ranked = sorted(best.values(), key=lambda clue: (-clue.weight - min(counts[clue.status], 4), clue.evidence))
    return [ProjectFact("status", clue.status, clue.evidence) for clue in ranked[:_MOST_STATUSES]]


def _distinct(found: Sequence[ProjectFact]) -> list[ProjectFact]:
    first: dict[tuple[str, str], ProjectFact] = {}
    for fact in found:
        first.setdefault((fact.kind, fact.value.casefold()), fact)
    return list(first.values())


def _with_statement(fact: ProjectFact, statements: Sequence[Statement]) -> ProjectFact:
    """Name the narrowest statement whose content holds the evidence; else the outlet says it."""
    holding = [
        (len(content), number)
        for number, statement in enumerate(statements)
        for content in statement.content
        if fact.evidence in content
    ]
    return replace(fact, statement=min(holding)[1]) if holding else fact
