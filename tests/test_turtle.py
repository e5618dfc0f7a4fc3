"""Turtle: any triples come back as they were, in the same bytes whatever their order."""

from __future__ import annotations

import random

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.terms import IDENTIFIERS, OA, REC, SCHEMA, TYPE, WIKIDATA, XSD, Literal, Triple
from onrecord.turtle import parse, serialize, serialize_groups, to_rdflib

ARTICLE = IDENTIFIERS + "article/a-1"
SAMPLE: list[Triple] = [
    (ARTICLE, TYPE, SCHEMA + "NewsArticle"),
    (ARTICLE, SCHEMA + "headline", Literal('Says "yes"\n')),
    (ARTICLE, SCHEMA + "datePublished", Literal("2021-05-04", XSD + "date")),
    (ARTICLE + "#char=10,12", OA + "start", Literal("10", XSD + "integer")),
    (ARTICLE + "#char=9,12", OA + "start", Literal("9", XSD + "integer")),
    (ARTICLE + "#char=9,12", TYPE, REC + "EvidenceSpan"),
    (ARTICLE, REC + "inHeadline", Literal("true", XSD + "boolean")),
    (ARTICLE, REC + "probability", Literal("0.90", XSD + "decimal")),
    (ARTICLE, SCHEMA + "about", WIKIDATA + "Q42"),
    (ARTICLE, SCHEMA + "about", IDENTIFIERS + "actor/x"),
]

characters = st.characters(exclude_categories=["Cs"])
words = st.text(characters)
iris = st.builds(
    lambda start, end: start + end,
    st.sampled_from([REC, SCHEMA, XSD, "http://example.org/", "urn:x:", ARTICLE, ARTICLE + "#char="]),
    st.text(st.sampled_from("abzAZ019-._~!$&'()*+,;=:@é中😀"), max_size=8),
)
plain = st.one_of(
    words.map(Literal),
    st.tuples(words, st.sampled_from([REC + "own", "http://example.org/type"])).map(lambda p: Literal(*p)),
    st.tuples(words, st.sampled_from(["en", "de-ch"])).map(lambda p: Literal(p[0], language=p[1])),
    st.integers().map(lambda n: Literal(str(n), XSD + "integer")),
)
# Spellings that are not canonical, or plainly wrong: rdflib changes them as it reads.
spellings = ["007", "+5", "1.0", "0.90", "-0", ".5", "1e3", "true", "1", "", "5."]
odd = st.tuples(st.sampled_from(spellings), st.sampled_from(["integer", "decimal", "boolean", "double", "date"])).map(
    lambda p: Literal(p[0], XSD + p[1])
)
triples = st.lists(st.tuples(iris, iris, st.one_of(iris, plain, odd)), max_size=6)
plain_triples = st.lists(st.tuples(iris, iris, st.one_of(iris, plain)), max_size=6)


@settings(max_examples=60, deadline=None)
@given(triples, st.sampled_from([None, ARTICLE]))
def test_any_triples_come_back(given_: list[Triple], base: str | None) -> None:
    """What is written is read back exactly, spelling of literals included."""
    assert set(parse(serialize(given_, base))) == set(given_)


@settings(max_examples=60, deadline=None)
@given(triples, st.randoms(use_true_random=False))
def test_order_of_the_input_leaves_no_trace(given_: list[Triple], shuffle: random.Random) -> None:
    """The same set of triples gives the same bytes in any order, with or without repetitions."""
    shuffled = [*given_, *given_[:2]]
    shuffle.shuffle(shuffled)
    assert serialize(given_) == serialize(shuffled)


@settings(max_examples=60, deadline=None)
@given(plain_triples, st.sampled_from([None, ARTICLE]))
def test_rdflib_reads_the_same_graph(given_: list[Triple], base: str | None) -> None:
    """A second, independent parser reads the same graph."""
    read = rdflib.Graph().parse(data=serialize(given_, base), format="turtle")
    assert set(read) == set(to_rdflib(given_))


def test_layout() -> None:
    """Prefixes that are used, a block a subject, its type first, numbers in natural order and in their short form."""
    assert serialize(SAMPLE, base=ARTICLE) == (
        f"@base <{ARTICLE}> .\n"
        "@prefix oa: <http://www.w3.org/ns/oa#> .\n"
        "@prefix rec: <https://w3id.org/onrecord/ontology#> .\n"
        "@prefix schema: <https://schema.org/> .\n"
        "@prefix wd: <http://www.wikidata.org/entity/> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "\n<> a schema:NewsArticle ;\n"
        "    rec:inHeadline true ;\n"
        "    rec:probability 0.90 ;\n"
        "    schema:about <https://w3id.org/onrecord/id/actor/x>, wd:Q42 ;\n"
        '    schema:datePublished "2021-05-04"^^xsd:date ;\n'
        '    schema:headline "Says \\"yes\\"\\n" .\n'
        "\n<#char=9,12> a rec:EvidenceSpan ;\n"
        "    oa:start 9 .\n"
        "\n<#char=10,12> oa:start 10 .\n"
    )


def test_groups_give_the_same_graph() -> None:
    """Writing group by group gives a Turtle text with the same triples."""
    text = "".join(serialize_groups([SAMPLE[:3], SAMPLE[3:6], SAMPLE[6:]]))
    assert set(parse(text)) == set(SAMPLE)


def test_no_triples_give_no_text() -> None:
    """An empty graph is an empty file."""
    assert serialize([]) == ""


@pytest.mark.parametrize(
    "iri",
    [
        "",
        "no-scheme",
        "http://example.org/a b",
        "http://example.org/<a>",
        "http://e.org/%zz",
        "http://e.org/#a#b",
        "http://e.org/\ud800",
    ],
)
def test_broken_iris_are_refused(iri: str) -> None:
    """An IRI that Turtle cannot hold is refused wherever it stands, and named."""
    for triple in ((iri, TYPE, REC + "State"), (ARTICLE, iri, REC + "State"), (ARTICLE, TYPE, iri)):
        with pytest.raises(ValueError, match=r"is not an absolute IRI"):
            serialize([triple])


def test_lone_surrogates_and_bad_languages_are_refused() -> None:
    """Text that has no UTF-8 form, and what is no language tag, are refused with the reason."""
    with pytest.raises(ValueError, match=r"lone surrogate U\+D800 at 2"):
        serialize([(ARTICLE, REC + "text", Literal("ab\ud800"))])
    with pytest.raises(ValueError, match=r"not a language tag"):
        serialize([(ARTICLE, REC + "text", Literal("ab", language="e n"))])


@pytest.mark.parametrize("base", ["relative", ARTICLE + "#part"])
def test_base_must_be_absolute(base: str) -> None:
    """A base is an absolute IRI without a fragment."""
    with pytest.raises(ValueError, match=r"cannot be a base"):
        serialize(SAMPLE, base)


@pytest.mark.parametrize("text", ["<a> <b>", "@prefix : <http://e.org/> . :a :b _:c ."])
def test_what_is_no_published_graph_is_refused(text: str) -> None:
    """Text that is not Turtle, or holds blank nodes, is refused."""
    with pytest.raises(ValueError, match=r"not Turtle|no blank nodes"):
        parse(text)


def test_hostile_text_cannot_break_out() -> None:
    """Quotes, escapes and line ends in a literal stay within it."""
    evil = 'x" . <http://evil.example/a> <http://evil.example/b> "\\" .\r\n"""'
    assert parse(serialize([(ARTICLE, REC + "text", Literal(evil))])) == [(ARTICLE, REC + "text", Literal(evil))]
