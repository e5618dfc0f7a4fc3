"""Noun phrases about infrastructure: "the 900-km gas pipeline", "Acme's Red River refinery", "the project"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from onrecord.article import Article, Span
from onrecord.language.project_words import HEADS, project_kind
from onrecord.language.sentences import sentences


class Determiner(StrEnum):
    """What the phrase opens with: it tells something new from something known."""

    DEFINITE = "definite"
    INDEFINITE = "indefinite"
    OTHER = "other"
    POSSESSIVE = "possessive"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase whose head may mean a project.

    `name` is its run of capitalised words, `joined` the names before it in "the X and Y pipelines"; `after` is the word
    after the head, which may be what the head only qualifies ("talks" in "pipeline talks").
    """

    span: Span
    head: Span
    sentence: Span
    head_word: str
    kind: str
    determiner: Determiner
    modifiers: str
    name: Span | None
    joined: tuple[Span, ...]
    possessor: Span | None
    after: str
    plural: bool
    in_title: bool


_REACH = 110
_HEAD = re.compile(
    r"(?<![^\W_])(?:" + "|".join(HEADS).replace("refinery", "refiner(?:y|ies)") + r")(?:s|es)?(?![\w-])", re.IGNORECASE
)
_TOKEN = re.compile(r"\S+")
_LEFT_MARKS = "([{“\"‘'"
_DETERMINERS = {
    **dict.fromkeys(("the", "this", "that", "said"), Determiner.DEFINITE),
    **dict.fromkeys(("a", "an", "one"), Determiner.INDEFINITE),
    **dict.fromkeys(("its", "their", "his", "her", "our", "my", "your", "whose"), Determiner.POSSESSIVE),
    **dict.fromkeys(("another", "any", "no", "every", "each", "some", "other", "many", "several", "these", "those",
                     "such", "more", "most", "all", "both", "two", "three", "few", "various"), Determiner.OTHER),
}  # fmt: skip
_NOT_MODIFIERS = re.compile(
    r"(?:of|in|on|at|by|to|from|for|with|as|and|or|but|nor|than|into|onto|over|under|via|through|across|between|near|along"
    r"|about|against|after|before|during|since|until|without|within|is|are|was|were|be|been|being|has|have|had|will|would"
    r"|can|could|may|might|must|should|do|does|did|not|never|that|which|who|when|where|while|if|whether|because|so|said"
    r"|says|say|told|also|only|just|still|already|build|builds|built|lay|laid|lays|run|runs|ran|see|sees|want|wants|seek"
    r"|seeks|plan|plans|open|opens|block|blocks|back|backs|kill|kills|stop|stops|make|makes|made|including|concerning"
    r"|regarding|called|named|dubbed|building|opening|laying|using|approving|blocking|constructing|operating|rejected"
    r"|approved|blocked|opposed|supported|approves|rejects|halts|completing|crossing|joining|linking|connecting|behind"
    r"|delayed|halted|cancelled|canceled|suspended|against|beyond|versus|vs|amid|worth|like|unlike|per)"
)
_PLAIN_MODIFIER = re.compile(
    r"[a-z][\w-]*(?:ed|ing|al|ic|ous|ive|ant|ent|able|ible|ful|ern|ary|ory|less|est|ry|ine|sea|-\w+)|long|new|old|big|large"
    r"|larger|major|main|huge|giant|twin|key|first|second|third|fourth|gas|oil|crude|natural|fuel|water|hydrogen|carbon|co2"
    r"|lng|export|import|transit|trunk|power|nuclear|wind|rail|railway|road|toll|freight|high-speed|coal|gold|copper|iron"
    r"|tin|zinc|silver|bauxite|phosphate|potash|diamond|platinum|iron-ore|open-pit|uranium|lithium|nickel|hydro|heat|products?|product|gasoline|diesel|ethane|pipeline|container|cargo|deep-water"
    r"|deepwater|state|state-run|private|joint|same|whole|entire|next|latest|last|would-be|planned|offshore|onshore"
    r"|underwater|undersea|subsea|cross-border|bcm|bpd|b/d|mw|km|mile|kilomet(?:er|re)|dollar|dlr|billion|million|bln|mln|storage"
    r"|processing|ring|access|bridge|tunnel|canal|dam|port|airport|refinery|plant|solar|steam|atomic|desalination|energy"
    r"|electricity|transmission|supply|tar-sands|oil-sands|bitumen|shale|multi-billion-dollar|ageing|aging|idle|rival|vast"
    r"|tiny|small|short|great|deep|east-west|north-south|sweet|sour|jet|dry|wet|refined|\w+-inch|commuter|metro|subway"
)
_QUANTITY = re.compile(r"[$€£¥]?\d[\d,.]*(?:bn|mn|m|k|km|MW|GW)?(?:-\w+)*|US\$\S+")
_PARTICLES = frozenset(("of", "de", "del", "al", "el", "la", "du", "da", "dos", "and", "the"))
_TITLE_STOPS = re.compile(r"(?:On|Of|In|For|To|By|At|From|With|And|As|Over|Under|Via|After|Before|Against|Is|Are|Was|Be"
                          r"|Will|Near|Amid|About|Through|Says|Said|Not)")  # fmt: skip
_POSSESSIVE = re.compile(r"(?:['’]s|s['’])$")
_FOLLOWING = re.compile(r"[-\s]([a-z]+)")
_EXTENDING = frozenset(("project", "projects", "system", "scheme", "link", "line", "extension", "expansion", "complex"))


def phrases(article: Article) -> Iterator[Phrase]:
    """Every noun phrase with a head for infrastructure, in reading order; costs little where there is none."""
    heads = list(_HEAD.finditer(article.text))
    for passage in article.passages:
        inside = [head for head in heads if passage.start <= head.start() and head.end() <= passage.end]
        if inside:
            yield from _phrases_in(article, passage, inside)


def _phrases_in(article: Article, passage: Span, heads: list[re.Match[str]]) -> Iterator[Phrase]:
    bounds = sentences(article.text, passage)
    skip = -1
    for head in heads:
        sentence = next((span for span in bounds if span.start <= head.start() < span.end), None)
        if sentence is None or head.start() < skip:
            continue
        # A headline with a capital at its head noun has one at every word: no names can be told in it.
        in_title = passage == article.title and head[0][0].isupper()
        phrase = _phrase(article.text, sentence, head, in_title)
        if phrase is not None:
            skip = phrase.span.end
            yield phrase


def _singular(head: str) -> str:
    word = head.lower()
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s")


def _phrase(text: str, sentence: Span, head: re.Match[str], in_title: bool) -> Phrase | None:
    word = _singular(head[0])
    end, after = _extended(text, head, sentence)
    tokens = _modifiers(text, sentence, head, in_title)
    determiner, possessor, inner = _opening(text, tokens)
    modifiers = " ".join(token[0].lower().strip(_LEFT_MARKS) for token in inner)
    kind = project_kind(word, modifiers)
    if kind is None:
        return None
    names = [] if in_title else _names(sentence, inner, head)
    first = tokens[0] if tokens else head
    start = first.start() + len(first[0]) - len(first[0].lstrip(_LEFT_MARKS))
    return Phrase(
        span=Span(start, end),
        head=Span(head.start(), head.end()),
        sentence=sentence,
        head_word=word,
        kind=kind,
        determiner=determiner,
        modifiers=modifiers,
        name=names[-1] if names else None,
        joined=tuple(names[:-1]),
        possessor=possessor,
        after=after,
        plural=word != head[0].lower(),
        in_title=in_title,
    )


def _extended(text: str, head: re.Match[str], sentence: Span) -> tuple[int, str]:
    """Where the phrase ends, and the noun after it: "pipeline project" is one phrase, "pipeline company" no project."""
    following = _FOLLOWING.match(text, head.end(), sentence.end)
    if following is None:
        return head.end(), ""
    if following[1] in _EXTENDING:
        return following.end(), ""
    return head.end(), following[1]


def _modifiers(text: str, sentence: Span, head: re.Match[str], in_title: bool) -> list[re.Match[str]]:
    """The tokens of the phrase before its head, from the determiner on."""
    floor = max(sentence.start, head.start() - _REACH)
    plural = head[0][-1] in "sS"
    taken: list[re.Match[str]] = []
    for token in reversed(list(_TOKEN.finditer(text, floor, head.start()))):
        verdict = _verdict(token[0], taken, in_title)
        if plural and token[0] == "and" and taken and taken[0][0][0].isupper() and verdict is _Verdict.STOP:
            verdict = _Verdict.TAKE
        if verdict is not _Verdict.STOP:
            taken.insert(0, token)
        if verdict is not _Verdict.TAKE:
            break
    return _without_loose_particles(taken)


class _Verdict(StrEnum):
    TAKE = "take"
    LAST = "last"
    STOP = "stop"


def _verdict(token: str, taken: list[re.Match[str]], in_title: bool) -> _Verdict:
    """Whether a token belongs to the phrase on its right, and whether it opens it."""
    word = token.lstrip(_LEFT_MARKS)
    if not word or word[-1] in ",;:!?)”—–" or (word[-1] == "." and not re.fullmatch(r"(?:\w\.)+|St\.|Mt\.", word)):
        return _Verdict.STOP
    last = _Verdict.LAST if word != token else _Verdict.TAKE
    lower = word.lower()
    if lower in _DETERMINERS and (word.islower() or not taken or not in_title):
        return _Verdict.LAST
    if lower in _PARTICLES:
        return last if taken and _joins(lower, taken[0][0]) else _Verdict.STOP
    if _NOT_MODIFIERS.fullmatch(lower) or (in_title and _TITLE_STOPS.fullmatch(word)):
        return _Verdict.STOP
    if word[0].isupper() or word[0].isdigit() or _QUANTITY.fullmatch(word) or _PLAIN_MODIFIER.fullmatch(word):
        return last
    return last if _POSSESSIVE.search(word) else _Verdict.STOP


def _joins(particle: str, right: str) -> bool:
    """Whether "of", "and" and the like stand inside the phrase: "Power of the North pipeline", "oil and gas line"."""
    if particle == "and":
        return right in ("gas", "oil", "gasoline", "water", "fuel") or right[0].isdigit()
    return right[:1].isupper() or right == "the"


def _without_loose_particles(taken: list[re.Match[str]]) -> list[re.Match[str]]:
    while taken and taken[0][0].lower() in _PARTICLES and taken[0][0].lower() != "the":
        taken = taken[1:]
    return taken


def _opening(text: str, tokens: list[re.Match[str]]) -> tuple[Determiner, Span | None, list[re.Match[str]]]:
    """The determiner, the possessor if one stands in its place, and the tokens after both."""
    for position in range(len(tokens) - 1, -1, -1):
        if _POSSESSIVE.search(tokens[position][0]):
            start = tokens[0].start() + (len(tokens[0][0]) - len(tokens[0][0].lstrip(_LEFT_MARKS)))
            end = tokens[position].end() - (2 if text[tokens[position].end() - 1] in "sS" else 1)
            return Determiner.POSSESSIVE, Span(start, end), tokens[position + 1 :]
    if tokens and (determiner := _DETERMINERS.get(tokens[0][0].lower().strip(_LEFT_MARKS))):
        return determiner, None, tokens[1:]
    return Determiner.NONE, None, tokens


_DEMONYM = re.compile(
    r"(?:\w+[-–])?[A-Z]\w*(?:ian|ean|ese|ish|stani)s?|(?:\w+-)?(?:American|German|French|Dutch|Swiss|Czech|Greek|Thai|Iraqi"
    r"|Saudi|Israeli|Kuwaiti|Qatari|Omani|Yemeni|Emirati|Arab|African|European|Mexican|Afghan|Uzbek|Turkmen|Kazakh|Kyrgyz"
    r"|Tajik|Korean|Cuban|Kurdish|Pakistani|Bengali|U\.S\.|US|UK|EU|U\.K\.)|\w+-(?:backed|led|owned|funded|run|based|built)"
)
_ORDINARY = re.compile(
    r"(?:Neither|Both|Either|Only|Even|Like|Unlike|Today|Then|Now|Since|Yet|New|Proposed|Planned|Controversial|Major|Natural|Gas|Oil|Crude|Existing|Second|First|State|Old)"
)


def _names(sentence: Span, tokens: list[re.Match[str]], head: re.Match[str]) -> list[Span]:
    """The name of the phrase, after those joined to it by "and" before a plural: "the Alder and Birch pipelines"."""
    cuts = [position for position, token in enumerate(tokens) if token[0] == "and"]
    parts = [tokens[low:high] for low, high in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(tokens)], strict=True)]
    if head[0][-1] not in "sS" or not all(part and part[0][0][0].isupper() for part in parts):
        parts = [tokens]
    return [span for part in parts if (span := _name_run(sentence, part, head)) is not None]


def _name_run(sentence: Span, tokens: list[re.Match[str]], head: re.Match[str]) -> Span | None:
    """The capitalised words next to the head, past words such as "natural gas"; none if only a nationality."""
    run = list(tokens)
    while run and not _nameable(run[-1][0]):
        run.pop()
    first = len(run)
    while first > 0 and (_nameable(run[first - 1][0]) or run[first - 1][0].lower() in _PARTICLES):
        first -= 1
    run = run[first:]
    capital = head[0][0].isupper()
    while run and (
        run[0][0].lower() in _PARTICLES
        or (not capital and _DEMONYM.fullmatch(run[0][0]))
        or _common(run, sentence, capital)
    ):
        run = run[1:]
    if not run or run[0][0][0].isdigit() or not any(character.isalpha() for character in run[0][0]):
        return None
    return Span(run[0].start() + (len(run[0][0]) - len(run[0][0].lstrip(_LEFT_MARKS))), run[-1].end())


def _nameable(token: str) -> bool:
    word = token.lstrip(_LEFT_MARKS)
    return bool(word) and (word[0].isupper() or re.fullmatch(r"\d{1,2}", word) is not None)


def _common(run: list[re.Match[str]], sentence: Span, capital: bool) -> bool:
    """Whether the first word is capitalised only because it opens the sentence."""
    opens = run[0].start() <= sentence.start + 1
    return _ORDINARY.fullmatch(run[0][0]) is not None and (opens or not capital)
