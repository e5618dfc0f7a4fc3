"""Names to IRIs: known entries, refused ambiguity, stable minted names."""

from __future__ import annotations

from pathlib import Path

import pytest
from language import article, authority

from onrecord.document import Actor, ActorType, Document
from onrecord.errors import ResourceError
from onrecord.identity import Authority, identify, slug


def named(name: str, type_: ActorType, *paragraphs: str) -> str:
    document = Document(article(*(paragraphs or ("A paragraph.",))), (Actor(name, type_, ()),))
    iri = identify(document).actors[0].iri
    assert iri is not None
    return iri


def test_a_shared_label_is_refused() -> None:
    """`Georgia` is a state and a state of the US: no entry is guessed."""
    assert len(authority().by_label["Georgia"]) == 2
    assert authority().actor("Georgia") is None


def test_a_full_name_has_one_iri_in_every_article() -> None:
    """A person's full name or a body's name means the same everywhere."""
    one, other = "First paragraph.", "Second paragraph."
    assert named("Tilda Marsh", ActorType.PERSON, one) == named("Tilda Marsh", ActorType.PERSON, other)
    assert named("Norvik Gas", ActorType.ORGANIZATION, one) == named("Norvik Gas", ActorType.ORGANIZATION, other)


@pytest.mark.parametrize(("name", "type_"), [("Marsh", ActorType.PERSON), ("foreign ministry", ActorType.ORGANIZATION)])
def test_a_vague_name_is_bound_to_its_article(name: str, type_: ActorType) -> None:
    """A bare surname or `the foreign ministry` does not tell whom it means in another article."""
    assert named(name, type_, "First paragraph.") != named(name, type_, "Second paragraph.")


def test_types_keep_names_apart() -> None:
    """A place and a company of one name are two things."""
    assert named("Aldermoor Sound", ActorType.PLACE) != named("Aldermoor Sound", ActorType.ORGANIZATION)


def test_any_name_gives_an_iri() -> None:
    """Names without a Latin letter still get a legal IRI."""
    assert named("北京", ActorType.PLACE).isascii()
    assert slug("Côte d’Ivoire") == "cote-divoire"


def test_a_broken_authority_is_named(tmp_path: Path) -> None:
    """A missing or unreadable authority file is one clear line."""
    with pytest.raises(ResourceError, match="no authority files"):
        Authority.load(tmp_path)
    (tmp_path / "a.ttl").write_text("<a> <b>")
    with pytest.raises(ResourceError, match=r"a\.ttl"):
        Authority.load(tmp_path)
