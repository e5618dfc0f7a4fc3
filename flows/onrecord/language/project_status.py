"""What state a project is in, by the phrases that say so, with their tense and negation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from onrecord.article import Span
from onrecord.language.project_scopes import Scope


class StatusClue(NamedTuple):
    """A phrase that shows a status; of two statuses the one of greater `weight` is the better guess."""

    status: str
    weight: int
    evidence: Span


class _Rule(NamedTuple):
    status: str
    weight: int
    reach: int
    pattern: re.Pattern[str]
    any_tense: bool = False


_ANYWHERE = 10_000


def _rule(status: str, weight: int, reach: int, *words: str, any_tense: bool = False) -> _Rule:
    pattern = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
    return _Rule(status, weight, reach, pattern, any_tense)


_RULES = (
    _rule(
        "cancelled",
        90,
        55,
        r"cancel(?:l?ed|lation|l?ing|s)",
        r"scrapp(?:ed|ing)",
        r"abandon(?:ed|ing)",
        r"reject(?:ed|s|ing|ion)?",
        r"revoke[ds]?",
        r"axed",
        r"kill(?:ed|s)",
        r"vetoed",
        r"(?:now-)?denied",
        r"ditched",
        r"called\soff",
        r"pulled\sthe\splug",
        r"withdrew\s(?:its|the)\s(?:application|permit)",
    ),
    _rule(
        "retired",
        85,
        50,
        r"decommission(?:ed|ing)",
        r"retired",
        r"dismantled",
        r"demolished",
        r"permanently\s(?:shut|closed)",
        r"(?:shut|closed)\s(?:down\s)?(?:for\sgood|permanently)",
    ),
    _rule(
        "suspended",
        80,
        _ANYWHERE,
        r"(?:work|construction)\s(?:\w+\s){0,6}?(?:suspended|halted|stopped|paused|frozen)",
    ),
    _rule("damaged", 60, 40, r"repair(?:s|ed|ing)?"),
    _rule("operating", 45, 30, r"expand(?:ed|ing|s)?", r"expansion", any_tense=True),
    _rule("mothballed", 84, 50, r"mothballed", r"in\smothballs"),
    _rule(
        "shelved", 82, 50, r"shelved", r"(?:put\s)?on\sice", r"(?:indefinitely\s)?postponed", r"deferred", r"put\soff"
    ),
    _rule(
        "suspended",
        80,
        60,
        r"suspend(?:ed|s)",
        r"suspension",
        r"halt(?:ed|s)",
        r"paused",
        r"(?:put\s)?on\shold",
        r"froze(?:n)?",
        r"stopped\s(?:work|construction)",
        r"work\s(?:was|has)\s(?:been\s)?stopped",
    ),
    _rule(
        "damaged",
        79,
        60,
        r"damaged?",
        r"blown\sup",
        r"blew\sup",
        r"ruptur(?:e|ed|es)",
        r"leak(?:s|ed|ing|age)?",
        r"explosions?",
        r"exploded",
        r"sabotag\w+",
        r"punctured",
        r"blasts?",
        r"bombed",
        r"spill(?:ed|s)?",
        r"burst",
        r"caught\sfire",
        r"on\sfire",
    ),
    _rule(
        "idle",
        76,
        50,
        r"idled",
        r"(?:lain|stood|lies|lying|sits|sitting|stands|been|was|is)\s(?:idle|empty|unused)",
        r"offline",
        r"out\sof\s(?:service|operation)",
        r"shut\sdown",
        r"shutdown",
        r"(?:was|were|been|remains?)\s(?:shut|closed)",
    ),
    _rule("idle", 74, 20, r"shut(?:s|ting)?", r"closes"),
    _rule(
        "operating",
        75,
        60,
        r"(?:has|have)\s(?:been\s)?operat(?:ed|ing)",
        r"in\s(?:operation|service)",
        r"came\son(?:line|stream|\sline|\sstream)",
        r"came\sinto\s(?:operation|service)",
        r"entered\s(?:service|operation|commercial\soperation)",
        r"(?:re)?opened",
        r"inaugurated",
        r"(?<!de)commissioned",
        r"went\son(?:line|stream|\sstream)",
        r"restarted",
        r"operational\ssince",
        r"began\s(?:commercial\s)?(?:operat\w+|production|pumping|flowing|shipping|deliver\w+|exporting)",
        r"running\sat",
        r"started\s(?:up|commercial|operat\w+|pumping|flowing|shipping|production|deliver\w+)",
        r"resumed\s(?:operat\w+|flows|pumping|deliveries|production)",
        r"(?:is|are|been)\s(?:fully\s|now\s)?operational",
    ),
    _rule(
        "construction",
        70,
        _ANYWHERE,
        r"under\sconstruction",
        r"(?:is|are|now|currently|still)\sbeing\sbuilt",
        r"broke\sground",
        r"break(?:ing|s)\sground",
        r"ground-?breaking",
        r"half-built",
        r"partially\sbuilt",
        r"unfinished",
        r"(?:nears?|nearing|close\sto)\scompletion",
        r"construction\s(?:\w+\s){0,6}?(?:began|begun|started|starts|under\s?way|continues|continued|resumed|proceed\w+)",
        r"(?:began|begun|started|starts|resumed)\s(?:the\s)?(?:construction|building|laying)",
        r"(?:is|are)\s(?:now\s|still\s|currently\s)?(?:building|laying|constructing)",
        r"(?:percent|per\scent|pct|%)\s(?:complete|completed|built|finished)",
        r"work\s(?:\w+\s){0,4}(?:began|begun|started|under\s?way)",
    ),
    _rule(
        "under-negotiation",
        65,
        _ANYWHERE,
        r"(?:in\s)?(?:the\s)?[\"“]?(?:final|advanced|last)\sstages?(?!\sof\s(?:construction|building|testing))",
        r"(?:price|pricing|supply)\s(?:talks|negotiations?)",
        r"breakthrough",
        r"haggl\w+",
    ),
    _rule(
        "under-negotiation",
        56,
        90,
        r"negotiat\w+",
        r"talks",
        r"memorandum\sof\sunderstanding",
        r"(?:sign|signed|reach|reached|clinch|finali[sz]e)\s(?:an?\s|the\s)?(?:\w+\s)?(?:agreement|deal|contract)",
    ),
    _rule(
        "approved",
        64,
        60,
        r"approv(?:ed|es)",
        r"won\s(?:\w+\s){0,2}approval",
        r"green-?lit",
        r"cleared",
        r"authori[sz](?:ed|es)",
        r"(?:gave|given|gives|received|got|granted|won|issued)\s(?:\w+\s){0,4}?(?:go-ahead|green\slight|approval|nod"
        r"|permits?|licen[cs]e|clearance)",
        r"signed\soff",
        r"final\sinvestment\sdecision",
    ),
    _rule(
        "operating",
        58,
        35,
        r"carries",
        r"transports",
        r"delivers",
        r"pumps",
        r"ships",
        r"moves",
        r"feeds",
        r"generates",
        r"produces",
        r"processes",
        r"supplies",
        r"brings",
        r"handles",
        r"flows?\sthrough",
        r"existing",
        r"is\scarrying",
        r"provides",
        r"serves",
    ),
    _rule(
        "proposed",
        60,
        _ANYWHERE,
        r"(?:once|if|when|until|unless)\s(?:it\sis\s|they\sare\s)?(?:approved|built|completed|finished)",
        r"(?:await(?:s|ing)?|pending|seek(?:s|ing)?|without|needs?)\s(?:\w+\s){0,3}(?:approval|permits?|permission)",
        r"under\sreview",
    ),
    _rule(
        "proposed",
        52,
        60,
        r"propos(?:ed|al|es|ing)",
        r"plan(?:s|ned|ning)?",
        r"would\s(?:be\s|also\s)?\w+",
        r"to\sbe\sbuilt",
        r"feasibility",
        r"consider(?:ing|s)",
        r"envisag\w+",
        r"(?:wants?|hopes?|bids?)\sto\sbuild",
        r"intended\sto",
        r"stud(?:y|ying)",
        r"blueprint",
        r"will\sbe\sbuilt",
    ),
    _rule(
        "proposed",
        54,
        _ANYWHERE,
        r"construction,?\s(?:\w+\s){0,3}?(?:promised|planned|scheduled|due|expected)",
        r"if\spermission\sis\sgranted",
        r"(?:before|until)\s(?:a\s|any\s)?(?:final\s)?(?:investment\s)?decision",
    ),
    _rule("proposed", 40, 90, r"will\s(?:be\s)?\w+", r"designed\sto", r"controversial"),
)
_UNREAL = re.compile(
    r"(?:\b(?:to|will|would|could|may|might|if|should|can|cannot|once|unless|until|before|when|must|shall)|(?P<no>\b(?:not|never"
    r"|no|yet\sto|without|nor|fail\w*\sto|refus\w+\sto|avoid)|n['’]t))\s(?:(?:be|have|been|yet|ever|soon|finally|also|get|\w+ly)\s)*$",
    re.IGNORECASE,
)
_WHEN_UNREAL = {"approved": "proposed", "construction": "proposed"}
_KEEPS_IN_ANY_TENSE = frozenset(("proposed", "under-negotiation"))
_LONGEST_CLUE = 40
_TITLE_BONUS = 12
_CARRIED_MALUS = -4


def status_clues(text: str, scope: Scope) -> Iterable[StatusClue]:
    """The phrases near a mention that show in what state the project is."""
    for rule in _RULES:
        if scope.mention is None and rule.reach < _ANYWHERE:
            continue
        for match in rule.pattern.finditer(text, *_window(rule, scope)):
            if _near(text, rule, match, scope):
                clue = _clue(rule, match, scope)
                if clue is not None:
                    yield clue


def _window(rule: _Rule, scope: Scope) -> tuple[int, int]:
    """The stretch in which a rule can find something near enough."""
    if scope.mention is None or rule.reach >= _ANYWHERE:
        return scope.span.start, scope.span.end
    reach = rule.reach + _LONGEST_CLUE
    return max(scope.span.start, scope.mention.start - reach), min(scope.span.end, scope.mention.end + reach)


def _near(text: str, rule: _Rule, match: re.Match[str], scope: Scope) -> bool:
    if rule.reach >= _ANYWHERE or scope.mention is None:
        return True
    if match.start() >= scope.mention.end:
        gap = text[scope.mention.end : match.start()]
    elif match.end() <= scope.mention.start:
        gap = text[match.end() : scope.mention.start]
    else:
        return True
    return len(gap) <= rule.reach and not any(mark in gap for mark in ";:")


def _clue(rule: _Rule, match: re.Match[str], scope: Scope) -> StatusClue | None:
    unreal = _UNREAL.search(match.string, max(scope.sentence.start, match.start() - 40), match.start())
    status, weight = rule.status, rule.weight
    if unreal is not None and not rule.any_tense and status not in _KEEPS_IN_ANY_TENSE:
        if status not in _WHEN_UNREAL:
            return None
        status, weight = _WHEN_UNREAL[status], 55
    elif unreal is not None and unreal["no"]:
        return None
    bonus = _TITLE_BONUS if scope.in_title else 0
    if scope.mention is None:
        bonus = _CARRIED_MALUS
    return StatusClue(status, weight + bonus, Span(match.start(), match.end()))
