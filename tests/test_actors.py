"""Actors: one node for each person, organisation, state, place and group, and no false merge."""

from __future__ import annotations

import pytest
from language import actors_of, article

from onrecord.document import Actor, ActorType, Form
from onrecord.language.understanding import affiliated


def by_name(actors: tuple[Actor, ...]) -> dict[str, Actor]:
    return {actor.name: actor for actor in actors}


def test_a_surname_joins_the_full_name() -> None:
    """A later bare surname means the person named in full before."""
    found = by_name(actors_of(article("Energy Minister Marta Koskinen spoke first.", "Koskinen then left the hall.")))
    assert found["Marta Koskinen"].aliases == ("Marta Koskinen", "Koskinen")


def test_two_people_of_one_surname_stay_two() -> None:
    """A shared surname merges nobody; the bare surname goes to the one named last."""
    found = by_name(
        actors_of(
            article(
                "Governor Paul Dearing met his brother, the banker Simon Dearing, in Denver.",
                "Simon Dearing runs a fund. Dearing said it was healthy.",
            )
        )
    )
    assert {"Paul Dearing", "Simon Dearing"} <= set(found)
    assert "Dearing" in found["Simon Dearing"].aliases
    assert "Dearing" not in found["Paul Dearing"].aliases


def test_a_post_beside_the_name_is_the_role() -> None:
    """The apposition after a name is its role, as printed."""
    found = by_name(actors_of(article("Ingrid Solheim, a senior analyst at Nordvik Research in Bergen, disagreed.")))
    assert found["Ingrid Solheim"].role == "a senior analyst at Nordvik Research in Bergen"


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("Talks between Brussels and Ankara broke down after Ankara refused the terms.", "Turkey"),
        ("Officials hope that Moscow will supply more gas.", "Russia"),
        ("Beijing has long wanted a second line.", "China"),
    ],
)
def test_a_capital_that_acts_is_its_state(sentence: str, state: str) -> None:
    """A capital that refuses, supplies or wants stands for its state, and keeps its printed name as an alias."""
    found = by_name(actors_of(article(sentence)))
    assert found[state].type is ActorType.STATE
    assert any(mention.form is Form.METONYM for mention in found[state].mentions)


def test_a_capital_where_something_happens_is_a_place() -> None:
    """`in Ankara` names the city."""
    found = by_name(actors_of(article("The ministers met in Ankara on Monday.")))
    assert found["Ankara"].type is ActorType.PLACE


def test_a_government_is_an_organisation_beside_its_state() -> None:
    """The government of a state is no second name of the state."""
    found = by_name(actors_of(article("The Chilean government said that Chile would wait.")))
    assert found["Government of Chile"].type is ActorType.ORGANIZATION
    assert found["Chile"].type is ActorType.STATE


def test_an_acronym_in_brackets_names_the_same_body() -> None:
    """`X (ABC)` makes ABC another name of X."""
    found = actors_of(article("The Lagos River Basin Authority (LRBA) objected.", "The LRBA asked for a new study."))
    assert [a.aliases for a in found if "LRBA" in a.aliases] == [("Lagos River Basin Authority", "LRBA")]


def test_people_of_a_nation_are_a_group() -> None:
    """A people's companies or officials act as a group."""
    found = by_name(actors_of(article("Norwegian companies are wary of the plan.")))
    assert found["Norwegian companies"].type is ActorType.GROUP


def test_plans_and_treaties_are_no_actors() -> None:
    """A named programme does not act."""
    found = by_name(actors_of(article("The Green Corridor Initiative was signed by Kenya.")))
    assert not any("Initiative" in name for name in found)


def test_every_mention_is_the_text_that_it_covers() -> None:
    """The promise of offsets: text[span] is the surface, with curly marks and long dashes in the text."""
    read = article("“Gazprom’s” rival — Eni — met President Emmanuel Macron’s aides in Paris, Ivory Coast’s ally.")
    for actor in actors_of(read):
        for mention in actor.mentions:
            assert mention.span.of(read.text) == mention.surface


def test_the_body_in_a_role_is_the_affiliation() -> None:
    """`a senior analyst at Nordvik Research` holds the post at that body."""
    read = article("Ingrid Solheim, a senior analyst at Nordvik Research, disagreed. Tom Okafor left.")
    actors = affiliated(actors_of(read))
    found = by_name(actors)
    place = found["Ingrid Solheim"].affiliation
    assert place is not None
    assert actors[place].name == "Nordvik Research"
    assert found["Tom Okafor"].affiliation is None
