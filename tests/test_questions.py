"""Questions: the named queries give the promised columns and, from a known graph, exactly the right rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from onrecord.article import Article, Span
from onrecord.document import (
    Actor,
    ActorType,
    Attitude,
    Document,
    Event,
    Mention,
    Mode,
    Project,
    ProjectFact,
    SourceDocument,
    Statement,
    TimeBasis,
    TimeReference,
)
from onrecord.errors import PublicationError, QuestionError
from onrecord.graph import Extractor, article_id, build
from onrecord.identity import identify
from onrecord.publication import Publication
from onrecord.questions import Answer, Format, ask, find_question, list_questions, read_question, render
from onrecord.resources import folder
from onrecord.terms import IDENTIFIERS, XSD, Literal
from onrecord.turtle import parse, serialize

QUESTIONS = folder("ontology") / "questions"
CONTRACT = {
    "articles": "article source title published publisher",
    "actors": "article source actor name type alias role wikidata",
    "statements": "article source statement speaker speakerName speakerText mode cue content start end addresseeName"
    " via polarity attitude date",
    "projects": "article source project name kind alias",
    "project-facts": "article source project name fact value statedBy start end",
    "events": "article source event type name date dateText place participant",
}
TEXT = (
    "Line Talks Go On\n"
    "Officials denied a delay. “We will build it,” Ann Lee told Iran in Oslo in May, a letter said. She plans "
    "to sign. The Red Line would carry gas.\n"
)
EXTRACTOR = Extractor("0", "c", "m", "o", "a", "l")


def at(words: str) -> Span:
    """Where the words first stand in the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def mentions(*words: str) -> tuple[Mention, ...]:
    """A mention for each of the words."""
    return tuple(Mention(at(word), word) for word in words)


def document(source: str = "talks.txt") -> Document:
    """An invented article, read as a careful reader would."""
    may = TimeReference("2021-05", TimeBasis.RESOLVED, span=at("in May"))
    said = Statement((at("Ann Lee"),), (at("told"),), (at("“We will build it,”"), at("in Oslo")), Mode.DIRECT)
    statements = (
        Statement(
            (at("Officials"),), (at("denied"),), (at("a delay"),), Mode.INDIRECT, Attitude.DENIAL, negated=True,
            speaker_text="Officials",
        ),
        Statement(said.source, said.cue, said.content, said.mode, speakers=(0,), addressees=(1,), via=0, time=may),
        Statement((at("She"),), (at("plans"),), (at("to sign"),), Mode.INDIRECT, Attitude.INTENTION, speakers=(0,)),
        Statement((), (), (at("The Red Line would carry gas"),), Mode.INDIRECT),
    )  # fmt: skip
    actors = (
        Actor("Ann Lee", ActorType.PERSON, mentions("Ann Lee"), ("Ann Lee", "She"), role="minister", wikidata="Q7"),
        Actor("Iran", ActorType.STATE, mentions("Iran"), ("Iran",)),
        Actor("Oslo", ActorType.PLACE, mentions("Oslo"), ("Oslo",)),
        Actor("Line Post", ActorType.ORGANIZATION, mentions("Line"), ("Line Post",)),
        Actor("Officials", ActorType.GROUP, mentions("Officials"), ("Officials",)),
    )
    facts = (ProjectFact("commodity", "gas", at("gas"), statement=3), ProjectFact("from", "Iran", at("Iran"), actor=1))
    return identify(
        Document(
            Article(source, TEXT, Span(0, 16), (Span(17, len(TEXT) - 1),), date(2021, 5, 4), "Line Post"),
            actors,
            (
                SourceDocument("a letter", "letter", mentions("a letter"), via=1),
                SourceDocument("Line TV", "broadcast", mentions("Line")),
            ),
            (Event("talks", "Line talks", at("Line Talks"), (0, 1), 2, may),
             Event("vote", "a vote", at("delay"))),
            (Project("Red Line", "gas-pipeline", mentions("The Red Line"), ("Red Line",), facts),),
            statements,
        )
    )  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the invented article, and the same article withheld under another name."""
    path = tmp_path_factory.mktemp("published")
    with Publication.open(path) as publication:
        graph = serialize(build(document(), EXTRACTOR))
        publication.put(article_id(document().article), date(2021, 5, 4), graph)
        publication.withhold("wrong-1", graph.replace("Ann Lee", "Nobody"), "# report\n")
        publication.finish()
    return path


def rows(question: str, published: Path, **bindings: str) -> Iterator[dict[str, str]]:
    """The rows of a question without the IRI of the article, as the words in them."""
    answer = ask(find_question(question, QUESTIONS).query, published, bindings)
    for row in csv.DictReader(io.StringIO(render(answer, Format.CSV))):
        assert row.pop("article") == f"{IDENTIFIERS}article/{article_id(document().article)}"
        assert row.pop("source") == "talks.txt"
        yield row


def columns(name: str, published: Path, *wanted: str) -> list[tuple[str, ...]]:
    """Some columns of all rows."""
    return [tuple(row[column] for column in wanted) for row in rows(name, published)]


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_are_the_contract(name: str, published: Path) -> None:
    """Each contract question has the promised columns in order, in its head and in its answer."""
    question = find_question(name, QUESTIONS)
    assert list(question.columns) == CONTRACT[name].split()
    assert ask(question.query, published).columns == question.columns


def test_every_question_says_what_it_is() -> None:
    """Every shipped question has a title and columns."""
    assert {question.name for question in list_questions(QUESTIONS)} >= set(CONTRACT)
    assert all(question.title and question.columns for question in list_questions(QUESTIONS))


def test_articles(published: Path) -> None:
    """One row for the article that was published, none for the withheld."""
    assert columns("articles", published, "title", "published", "publisher") == [
        ("Line Talks Go On", "2021-05-04", "Line Post")
    ]


def test_actors(published: Path) -> None:
    """A row for each printed name of an actor; projects are no actors."""
    assert columns("actors", published, "name", "type", "alias", "role", "wikidata") == [
        ("Ann Lee", "person", "Ann Lee", "minister", "http://www.wikidata.org/entity/Q7"),
        ("Ann Lee", "person", "She", "minister", "http://www.wikidata.org/entity/Q7"),
        ("Iran", "state", "Iran", "", ""),
        ("Line Post", "organization", "Line Post", "", ""),
        ("Officials", "group", "Officials", "", ""),
        ("Oslo", "place", "Oslo", "", ""),
    ]


def test_statements(published: Path) -> None:
    """A row for each piece of content of what is said; plans are left out, unnamed sources keep their words."""
    wanted = (
        "speakerName",
        "speakerText",
        "mode",
        "cue",
        "content",
        "addresseeName",
        "via",
        "polarity",
        "attitude",
        "date",
    )
    letter = ("Iran", "a letter < Line TV", "positive", "assertion", "2021-05")
    assert columns("statements", published, *wanted) == [
        ("", "Officials", "indirect", "denied", "a delay", "", "", "negative", "denial", ""),
        ("Ann Lee", "", "direct", "told", "“We will build it,”", *letter),
        ("Ann Lee", "", "direct", "told", "in Oslo", *letter),
        ("", "", "indirect", "", "The Red Line would carry gas", "", "", "positive", "assertion", ""),
    ]


def test_statement_offsets_lead_to_the_words(published: Path) -> None:
    """Start and end are offsets into the text, and what stands there is the content."""
    found = list(rows("statements", published))
    assert all(TEXT[int(row["start"]) : int(row["end"])] == row["content"] for row in found)
    assert len({row["statement"] for row in found}) == 3


def test_projects_and_facts(published: Path) -> None:
    """Projects by printed name; facts by who states them: the speaker, who may have no name, else the publisher."""
    assert columns("projects", published, "name", "kind", "alias") == [("Red Line", "gas-pipeline", "Red Line")]
    assert columns("project-facts", published, "name", "fact", "value", "statedBy") == [
        ("Red Line", "from", "Iran", "Line Post"),
        ("Red Line", "commodity", "gas", ""),
    ]


def test_events(published: Path) -> None:
    """A row for each participant, and one for an event without any."""
    assert columns("events", published, "type", "name", "date", "dateText", "place", "participant") == [
        ("talks", "Line talks", "2021-05", "in May", "Oslo", "Ann Lee"),
        ("talks", "Line talks", "2021-05", "in May", "Oslo", "Iran"),
        ("vote", "a vote", "", "", "", ""),
    ]


def test_name_spelt_in_two_ways_gives_one_row(tmp_path: Path) -> None:
    """Where two articles spell an actor's name differently, no row comes twice and the usual spelling stands."""
    with Publication.open(tmp_path) as publication:
        for number, name in enumerate(("Ann Lee", "ANN LEE")):
            graph = serialize(build(document(f"{number}.txt"), EXTRACTOR)).replace(
                'schema:name "Ann Lee"', f'schema:name "{name}"'
            )
            article = article_id(document().article)
            publication.put(f"{article}{number}", None, graph.replace(f"/{article}", f"/{article}{number}"))
        publication.finish()
    answer = ask(find_question("statements", QUESTIONS).query, tmp_path, {"mode": "direct"})
    place = answer.columns.index("speakerName")
    assert [row[place] for row in answer.rows] == [Literal("Ann Lee")] * 4


def test_binding_a_column_keeps_its_rows(published: Path) -> None:
    """A value for a column keeps the rows that have it, whatever its type."""
    assert [row["content"] for row in rows("statements", published, polarity="negative")] == ["a delay"]
    start = TEXT.index("a delay")
    assert [row["content"] for row in rows("statements", published, start=str(start))] == ["a delay"]
    assert list(rows("actors", published, name="Nobody")) == []


def test_binding_a_parameter_goes_into_the_query(published: Path) -> None:
    """A value for another variable is put in: IRIs and text are told apart; an unknown name is refused."""
    count = "SELECT (COUNT(*) AS ?n) { ?actor a ?class ; schema:name ?name }"

    def number(**bindings: str) -> str:
        value = ask(count, published, bindings).rows[0][0]
        assert isinstance(value, Literal)
        return value.value

    assert number(name="Ann Lee") == "1"
    assert (
        number(**{"class": "<http://www.w3.org/ns/prov#Person>"})
        == number(**{"class": "http://www.w3.org/ns/prov#Person"})
        == "1"
    )
    with pytest.raises(QuestionError, match=r"'nmae': the query has no such variable: it has actor, class, n, name"):
        number(nmae="Ann Lee")


def test_graphs_by_name_and_merged(published: Path) -> None:
    """Each article is a named graph; the default graph holds each triple once."""
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?article { ?article a schema:NewsArticle } }"
    merged = "SELECT (COUNT(*) AS ?n) { ?iran schema:name 'Iran' } # GRAPH"
    one = Literal("1", XSD + "integer")
    assert ask(named, published).rows == ask(merged, published).rows == ((one,),)
    assert ask("SELECT (COUNT(*) AS ?n) { GRAPH ?g { } ?iran schema:name 'Iran' }", published).rows == ((one,),)


def test_json_is_the_standard_format(published: Path) -> None:
    """JSON follows SPARQL 1.1 Query Results: missing values are left out, types and languages kept."""
    query = "SELECT ?a ?b ?c ?d { BIND(rec:Statement AS ?a) BIND(1 AS ?b) BIND('x'@en AS ?c) }"
    assert json.loads(render(ask(query, published), Format.JSON)) == {
        "head": {"vars": ["a", "b", "c", "d"]},
        "results": {
            "bindings": [
                {
                    "a": {"type": "uri", "value": "https://w3id.org/onrecord/ontology#Statement"},
                    "b": {"type": "literal", "value": "1", "datatype": XSD + "integer"},
                    "c": {"type": "literal", "value": "x", "xml:lang": "en"},
                }
            ]
        },
    }
    assert json.loads(render(ask("ASK { ?s a rec:Statement }", published), Format.JSON)) == {
        "head": {},
        "boolean": True,
    }


def test_csv_and_table_hold_any_text() -> None:
    """Commas, quotes and line breaks survive CSV; the table keeps each row on a line and counts them."""
    answer = Answer(("a", "b"), ((Literal('x, "y"\nz'), None),))
    assert list(csv.reader(io.StringIO(render(answer, Format.CSV)))) == [["a", "b"], ['x, "y"\nz', ""]]
    assert render(answer, Format.TABLE) == 'a         b\n--------  -\nx, "y" z\n(1 row)\n'
    assert render(Answer(("a",)), Format.TABLE) == "a\n-\n(0 rows)\n"


def test_constructed_graph_comes_as_turtle(published: Path) -> None:
    """CONSTRUCT answers in Turtle, and a format that does not fit is refused with those that do."""
    answer = ask("CONSTRUCT { ?s schema:name ?n } { ?s a rec:State ; schema:name ?n }", published)
    assert [triple[2] for triple in parse(render(answer, Format.TURTLE))] == [Literal("Iran")]
    with pytest.raises(QuestionError, match=r"take turtle"):
        render(answer, Format.CSV)
    with pytest.raises(QuestionError, match=r"take table, csv or json"):
        render(Answer(("a",)), Format.TURTLE)


def test_bad_queries_name_the_place(published: Path) -> None:
    """A query that is no SPARQL is refused with line and column; an update is no question."""
    with pytest.raises(QuestionError, match=r"not SPARQL 1\.1: .*2:"):
        ask("SELECT *\n{ ?s ?p", published)
    with pytest.raises(QuestionError, match=r"not SPARQL"):
        ask("INSERT DATA { <urn:a:b> <urn:a:b> 1 }", published)


def test_unknown_questions_and_folders_name_the_way_out(tmp_path: Path) -> None:
    """An unknown name lists those that are there; a missing file or folder, or a broken graph, is named."""
    with pytest.raises(QuestionError, match=r"'statement': no such question: there are .*statements"):
        find_question("statement", QUESTIONS)
    with pytest.raises(QuestionError, match=r"gone\.rq: cannot be read"):
        find_question(str(tmp_path / "gone.rq"), QUESTIONS)
    with pytest.raises(PublicationError, match=r"no such folder"):
        ask("ASK {}", tmp_path / "gone")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.ttl").write_text("<http://")
    with pytest.raises(PublicationError, match=r"a\.ttl: .*: delete the file"):
        ask("ASK {}", tmp_path)


def test_head_of_a_question_is_read(tmp_path: Path) -> None:
    """Title, columns and parameters are comments in the head; the file's name is the question's."""
    (tmp_path / "who.rq").write_text(
        "# title: Who?\n# columns: a b\n# parameter: x the thing\nSELECT ?a ?b { ?a ?x ?b }\n"
    )
    question = read_question(tmp_path / "who.rq")
    assert (question.name, question.title, question.columns) == ("who", "Who?", ("a", "b"))
    assert question.parameters == {"x": "the thing"}
