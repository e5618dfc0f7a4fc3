"""Infrastructure projects of an article, with their aliases and the facts that the article gives about them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.article import Article
from onrecord.document import Actor, Project, ProjectFact, Statement
from onrecord.language.mention_index import MentionIndex
from onrecord.language.project_clusters import Cluster, clusters
from onrecord.language.project_facts import facts
from onrecord.language.project_names import KnownProject
from onrecord.language.project_words import ALWAYS_PROJECTS, PIPELINES, pipeline_kind

__all__ = ["KnownProject", "find_projects"]

_WORK = re.compile(
    r"\b(?:buil[dt]\w*|construct\w+|expan\w+|upgrad\w+|capacity|operat\w+|complet\w+|commission\w*|megawatts?|MW|GW|barrels?"
    r"|bpd|bcm|project|developer\w*|financ\w+|start-up|consortium|outage|reactors?|shut\w*|restart\w*|licen[cs]\w+|permit\w*"
    r"|plan(?:s|ned)?|propos\w+|costs?|costing|investors?|repair\w*|approv\w+|reject\w+|oppos\w+|pumping|closed|mothballed|reopen\w*|reservoir|output|maintenance|overhaul|inaugurat\w+)\b"
)
_HEAVY_WORK = re.compile(
    r"\b(?:buil(?:d|t|ding)\b|construct\w+|expan\w+|upgrad\w+|project|commission\w+|inaugurat\w+|developer\w*|under\sway|plans?\s(?:for|to)|propos\w+|costs?|costing)\b"
)
_MONEY = re.compile(r"[$€£]\d")
_LIGHT_KINDS = frozenset(("bridge", "road", "port", "tunnel", "airport"))


def find_projects(
    article: Article, actors: Sequence[Actor], statements: Sequence[Statement], known: Sequence[KnownProject]
) -> tuple[Project, ...]:
    """The infrastructure projects that an article is about, in the order of their first mention.

    General talk of pipelines or power plants and figures of speech are none. References in facts are positions in
    `actors` and `statements`.
    """
    index = MentionIndex(actors)
    found = [cluster for cluster in clusters(article, index, known) if _is_project(article.text, cluster)]
    for cluster in found:
        _learn_commodity(article.text, cluster)
    gathered = facts(article, found, index, statements)
    return tuple(_project(cluster, own) for cluster, own in zip(found, gathered, strict=True))


def _project(cluster: Cluster, own: tuple[ProjectFact, ...]) -> Project:
    known = cluster.known
    return Project(
        name=" ".join(cluster.name.split()),
        kind=cluster.kind,
        mentions=tuple(cluster.mentions),
        aliases=tuple(dict.fromkeys(" ".join(mention.surface.split()) for mention in cluster.mentions)),
        facts=own,
        iri=known.iri if known else None,
        wikidata=known.wikidata if known else None,
    )


def _is_project(text: str, cluster: Cluster) -> bool:
    """Whether the text treats it as one; a bridge or road that is merely passed is a place."""
    if cluster.kind in ALWAYS_PROJECTS or not cluster.named:
        return True
    if any(_MONEY.search(phrase.modifiers) for phrase in cluster.phrases):
        return True
    if cluster.kind in _LIGHT_KINDS:
        work = _HEAVY_WORK
    elif len(cluster.mentions) > 1:
        return True
    else:
        work = _WORK
    return any(work.search(text, phrase.sentence.start, phrase.sentence.end) for phrase in cluster.phrases)


def _learn_commodity(text: str, cluster: Cluster) -> None:
    """Take the kind of an unspecified pipeline from what its sentences say that it carries."""
    if cluster.kind not in PIPELINES or cluster.kind != "pipeline":
        return
    words = " ".join(phrase.sentence.of(text).lower() for phrase in cluster.phrases)
    cluster.kind = pipeline_kind(re.sub(r"\boil (?:and|or) gas\b|\bgas (?:and|or) oil\b", "", words))
