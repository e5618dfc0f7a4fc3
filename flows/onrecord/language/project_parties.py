"""Who owns, operates or supplies a project, by the phrases that name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.article import Span
from onrecord.document import ActorIndex, ActorType, Form
from onrecord.language.mention_index import Located, MentionIndex
from onrecord.language.project_phrases import Determiner, Phrase
from onrecord.language.project_routes import RoutePoint
from onrecord.language.project_scopes import Scope


class Party(NamedTuple):
    """An actor's part in a project: owner, operator or supplier."""

    kind: str
    actor: ActorIndex
    evidence: Span


_BY = re.compile(
    r"\b(?:(?P<owner>owned|controlled|financed)|(?P<operator>operated|run|managed|built|developed|constructed|led|proposed)"
    r"|(?P<supplier>supplied|fed))(?:\sand\s\w+|\sjointly|\spartly|\slargely|\sin\spart)*\sby\s"
)
_SHARED = re.compile(
    r"\b(?:consortium|joint\sventure|partnership|shareholders?|partners|co-owners)\b[^.;]{0,40}?\b(?:of|between|with|by"
    r"|includ(?:es?|ing)|compris(?:es|ing)|are|grouping|groups)\s"
)
_ROLE_BEFORE = re.compile(r"\b(?P<role>owner|operator|developer|builder|sponsor)s?,?\s(?:is\s)?(?:the\s)?$")
_ROLE_AFTER = re.compile(
    r"(?:,|\sis)\s(?:which\sis\s)?(?:the\s|its\s)?(?:\w[\w.-]*\s){0,3}?(?P<role>owner|operator|developer|builder|sponsor|shareholder)\b"
)
_ACTS = re.compile(
    r"(?:,?\swhich|,\sthe\s(?:[\w-]+\s){0,3}?(?:company|firm|group|utility|giant|consortium|contractor|developer)\s(?:that|which))?"
    r",?\s(?:\w+\s){0,2}?(?:(?P<owner>owns|co-owns|bought|acquired)|(?P<operator>operates|runs|manages"
    r"|(?:is|are)\s(?:building|developing|constructing|laying)|(?:plans?|wants?|hopes?|intends?|applied|aims?|agreed|proposes)"
    r"\sto\s(?:build|construct|develop|lay)|(?:will|would)\s(?:build|construct|operate)|built|completed|developed|proposed"
    r"|began\s(?:building|laying)))\s(?:and\s\w+\s)?(?:the\s|a\s|an\s|its\s)?"
)
_STAKE = re.compile(
    r"(?:,?\s(?:which|who))?\s(?:\w+\s){0,2}?(?:holds|owns|has|with|took|bought|acquired|controls|holding)\s(?:an?\s|the\s)?"
    r"(?:(?:remaining|other)\s)?(?:[\d.]+|[a-z]+(?:-[a-z]+)?)[\s-]?(?:percent|per\scent|pct|%)"
)
_STAKE_AFTER = re.compile(r"\s?\(?(?:[\d.]+)\s?(?:percent|per\scent|pct|%)\)?")
_BETWEEN_NAMES = re.compile(
    r"(?:,?\s(?:and\s|with\s)?|\s?\([^)]*\)(?:,?\s(?:and\s)?)?|,\s)?(?:[\w’']+(?:['’]s)\s|(?:state|oil|gas|energy|giant|company"
    r"|major|group|firm|state-owned|state-run|the|of|[A-Z]\w+)[-\s])*"
)
_GAS_OF = re.compile(r"\b(?:gas|oil|crude|supplies|fuel)\sfrom\s(?:the\s)?$")
_RELATIVE = re.compile(r",?\s(?:which|that)\s")
_INTENT = re.compile(
    r"\s(?:\w+\s){0,2}?(?:(?:plans?|wants?|hopes?|intends?|aims?)\sto\s(?:build|construct|develop|lay)|(?:is|are)\s(?:building"
    r"|developing)|(?P<operator>operates?|runs?)|owns?)\b"
)
_OPERATING_ROLES = frozenset(("operator", "developer", "builder"))


def parties(text: str, scope: Scope, actors: MentionIndex) -> Iterator[Party]:
    """The companies that one scope gives a part in its project."""
    if scope.mention is None or scope.in_title:
        return
    located = [actor for actor in actors.within(scope.sentence.start, scope.sentence.end) if _is_company(actor)]
    if not located:
        return
    yield from _by_verbs(text, scope, located)
    for actor in located:
        yield from _by_role(text, scope, actor)


def possessor_party(phrase: Phrase, actors: MentionIndex) -> Party | None:
    """The company whose project a phrase says it is: "Acme's pipeline"."""
    if phrase.possessor is None:
        return _pronoun_party(phrase, actors) if phrase.determiner is Determiner.POSSESSIVE else None
    actor = actors.over(phrase.possessor.start, phrase.possessor.end)
    return (
        Party("owner", actor.actor, Span(phrase.possessor.start, phrase.span.end))
        if actor and _is_company(actor)
        else None
    )


def _pronoun_party(phrase: Phrase, actors: MentionIndex) -> Party | None:
    """ "Acme said it will reopen its mine": the last company before the phrase in its sentence."""
    before = [actor for actor in actors.within(phrase.sentence.start, phrase.span.start) if actor.form is Form.NAME]
    if not before or not _is_company(before[-1]):
        return None
    return Party("owner", before[-1].actor, Span(before[-1].span.start, phrase.span.end))


def supplier_of(point: RoutePoint, actors: MentionIndex) -> Party | None:
    """The company whose field a route starts from."""
    if point.kind != "from" or point.possessor is None:
        return None
    actor = actors.over(point.possessor.start, point.possessor.end)
    evidence = Span(point.possessor.start, point.place.end)
    return Party("supplier", actor.actor, evidence) if actor and _is_company(actor) else None


def _is_company(actor: Located) -> bool:
    return actor.type is ActorType.ORGANIZATION and actor.form is Form.NAME


def _by_verbs(text: str, scope: Scope, located: Sequence[Located]) -> Iterator[Party]:
    """ "owned by A and B", "a consortium of A, B and C": every name of the list that follows."""
    for match in _BY.finditer(text, scope.span.start, scope.span.end):
        for actor in _list_after(text, match.end(), located):
            yield Party(match.lastgroup or "owner", actor.actor, Span(match.start(), actor.span.end))
    yield from _by_relative(text, scope, located)
    for match in _SHARED.finditer(text, scope.sentence.start, scope.sentence.end):
        for actor in _list_after(text, match.end(), located):
            yield Party("owner", actor.actor, Span(match.start(), actor.span.end))


def _by_relative(text: str, scope: Scope, located: Sequence[Located]) -> Iterator[Party]:
    """ "the pipeline, which A and B want to build": every name before the verb."""
    relative = _RELATIVE.match(text, scope.mention.end, scope.span.end) if scope.mention else None
    named = list(_list_after(text, relative.end(), located)) if relative else []
    verb = _INTENT.match(text, named[-1].span.end, scope.sentence.end) if named else None
    if verb is not None:
        for actor in named:
            yield Party("operator" if verb["operator"] else "owner", actor.actor, Span(actor.span.start, verb.end()))


def _list_after(text: str, start: int, located: Sequence[Located]) -> Iterator[Located]:
    end = start
    for actor in located:
        if actor.span.start < end:
            continue
        if _BETWEEN_NAMES.fullmatch(text, end, actor.span.start) is None and actor.span.start != end:
            return
        yield actor
        stake = _STAKE_AFTER.match(text, actor.span.end)
        end = stake.end() if stake else actor.span.end


def _by_role(text: str, scope: Scope, actor: Located) -> Iterator[Party]:
    """What stands beside the company: its role, its verb with the project as object, its share."""
    span, mention = actor.span, scope.mention
    before = _ROLE_BEFORE.search(text, max(scope.span.start, span.start - 30), span.start)
    after = _ROLE_AFTER.match(text, span.end, scope.span.end)
    acts = _ACTS.match(text, span.end, scope.span.end)
    stake = _STAKE.match(text, span.end, scope.sentence.end)
    if before is not None:
        yield _party(before["role"], actor, before.start(), span.end)
    elif after is not None and _of_this(text, after.end(), scope):
        yield _party(after["role"], actor, span.start, after.end())
    elif acts is not None and mention is not None and -5 <= mention.start - acts.end() <= 30:
        yield Party(acts.lastgroup or "owner", actor.actor, Span(span.start, max(acts.end(), mention.end)))
    elif stake is not None:
        yield Party("owner", actor.actor, Span(span.start, stake.end()))
    elif _GAS_OF.search(text, max(scope.span.start, span.start - 25), span.start):
        yield Party("supplier", actor.actor, span)


def _of_this(text: str, end: int, scope: Scope) -> bool:
    """Whether a role is one in this project: "the operator of" must go on with its mention."""
    if not text.startswith(" of ", end) or scope.mention is None:
        return True
    return 0 <= scope.mention.start - end <= 30


def _party(role: str, actor: Located, start: int, end: int) -> Party:
    return Party("operator" if role in _OPERATING_ROLES else "owner", actor.actor, Span(start, end))
