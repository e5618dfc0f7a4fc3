"""A stretch of text that names an actor, before it is known which."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.article import Span
from onrecord.document import ActorType
from onrecord.identity import Known


@dataclass(frozen=True, slots=True)
class Candidate:
    """A named mention. `known` are the authority's entries with this label, `label` the recogniser's type.

    `name` is the actor's name where it differs from the printed words: `Government of Chile` for "the Chilean
    government".
    """

    span: Span
    surface: str
    type: ActorType
    known: tuple[Known, ...] = ()
    label: str = ""
    name: str | None = None
    in_title: bool = False
