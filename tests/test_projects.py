"""Projects are found where news treats them as such, as one node each, with facts that point at their words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from onrecord.article import Article, Span
from onrecord.document import Actor, ActorType, Attitude, Mention, Mode, Project, Statement
from onrecord.language.projects import KnownProject, find_projects

Named = dict[str, ActorType]


def article(text: str) -> Article:
    """The first line is the title, each further line a paragraph."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return Article("note.txt", text, spans[0], tuple(spans[1:]), date(2021, 9, 15))


def actors(text: str, named: Named) -> list[Actor]:
    found = []
    for name, kind in named.items():
        starts = [i for i in range(len(text)) if text.startswith(name, i)]
        found.append(Actor(name, kind, tuple(Mention(Span(i, i + len(name)), name) for i in starts), (name,)))
    return found


def projects(
    text: str,
    named: Named | None = None,
    known: Sequence[KnownProject] = (),
    statements: Sequence[Statement] = (),
) -> tuple[Project, ...]:
    return find_projects(article(text), actors(text, named or {}), statements, known)


def values(project: Project, kind: str) -> list[str]:
    return [fact.value for fact in project.facts if fact.kind == kind]


FIRM, STATE, PLACE, PERSON = ActorType.ORGANIZATION, ActorType.STATE, ActorType.PLACE, ActorType.PERSON

CASES = [
    (
        "Line wins go-ahead\nThe cabinet approved the Red River pipeline. The 210-mile line would carry crude.",
        "oil-pipeline",
        ["Red River pipeline", "The 210-mile line"],
    ),
    (
        "Sea link\nThe Trans-Boreal Gas Pipeline (TBGP) opened in 2011. TBGP carries gas.",
        "gas-pipeline",
        ["Trans-Boreal Gas Pipeline", "TBGP"],
    ),
    (
        "Plan\nTwo states want a 400-km gas pipeline to the coast. The line, dubbed Blue Thread, is contested.",
        "gas-pipeline",
        ["a 400-km gas pipeline", "The line", "Blue Thread"],
    ),
    (
        "Fire\nA fire shut the Alder Point refinery. The plant is the largest in the state.",
        "refinery",
        ["Alder Point refinery", "The plant"],
    ),
    (
        "Cargo\nA permit was granted to the Cedar Bay LNG terminal. The facility will cost $4 billion.",
        "lng-terminal",
        ["Cedar Bay LNG terminal", "The facility"],
    ),
    (
        "Water\nConstruction of the Upper Marra dam has begun. The dam will flood six villages.",
        "dam",
        ["Upper Marra dam", "The dam"],
    ),
    (
        "Power\nThe Norrfjord nuclear plant was shut down after a leak. The plant has two reactors.",
        "nuclear-plant",
        ["Norrfjord nuclear plant", "The plant"],
    ),
    (
        "Wind\nThe company will build the Gull Bank wind farm. The project needs no subsidy.",
        "wind-farm",
        ["Gull Bank wind farm", "The project"],
    ),
    (
        "Cable\nThe North Link, a 700-km power cable, was completed last year.",
        "power-line",
        ["North Link", "a 700-km power cable"],
    ),
    (
        "Rail\nThe Mokala-Bentu railway is under construction. The line will cost 2 billion euros.",
        "railway",
        ["Mokala-Bentu railway", "The line"],
    ),
    (
        "Pipe\nEngineers inspected a planned hydrogen pipeline. The pipeline has no name.",
        "hydrogen-pipeline",
        ["a planned hydrogen pipeline", "The pipeline"],
    ),
    (
        "Mine reopens\nThe firm will reopen its Batang tin mine. The mine was mothballed in 1985.",
        "mine",
        ["Batang tin mine", "The mine"],
    ),
    ("Bridge\nThe £84 million Calloway bridge was to open in May.", "bridge", ["Calloway bridge"]),
    (
        "Canal\nThe Lower Tana canal is being built. The canal is 72 km long.",
        "canal",
        ["Lower Tana canal", "The canal"],
    ),
    ("Solar\nThe Atakora solar park went online in March.", "solar-farm", ["Atakora solar park"]),
    (
        "Coal\nThe board approved the Hazel Creek coal-fired power station.",
        "power-plant",
        ["Hazel Creek coal-fired power station"],
    ),
]


@pytest.mark.parametrize(("text", "kind", "aliases"), CASES)
def test_one_project_with_its_kind_and_every_alias(text: str, kind: str, aliases: list[str]) -> None:
    """A project is one node of the right kind, whose aliases stand in the order of the text."""
    (project,) = projects(text)
    assert project.kind == kind
    assert [alias for alias in project.aliases if alias[0].isupper() or " " in alias][-len(aliases) :] == aliases


@pytest.mark.parametrize(
    "text",
    [
        "Jobs\nThe talent pipeline is thin, and more judges are in the pipeline.",
        "Aid\nShe called the pact a bridge to peace and vowed not to be railroaded.",
        "Trade\nOil and gas pipelines carry more every year, and pipeline operators are hiring.",
        "Walk\nHe crossed the Old Mill Bridge on his way to Harland Airport.",
        "Crime\nThe school-to-prison pipeline must be closed, the senator said.",
        "Health\nThe dentist opened the root canal.",
        "Fuel\nNo pipeline was built and no refinery is planned.",
    ],
)
def test_general_talk_and_figures_of_speech_are_no_projects(text: str) -> None:
    """Pipelines in general, metaphors and places that are merely passed make no project."""
    assert projects(text) == ()


def test_two_named_projects_stay_two() -> None:
    """Names that differ by a number are two projects, also where one plural noun serves both."""
    found = projects("Blasts\nBlasts hit the Amber Way 1 and Amber Way 2 pipelines. Amber Way 2 was never used.")
    assert [project.name for project in found] == ["Amber Way 1", "Amber Way 2"]


def test_a_firm_of_the_same_name_is_no_project() -> None:
    """A company named like a project is no mention of it."""
    text = "Leak\nThe Amber Way pipeline leaks. Amber Way AG said it was safe. Amber Way is old."
    (project,) = projects(text)
    assert [mention.span.start for mention in project.mentions] == [text.index("Amber Way p"), text.rindex("Amber Way")]


def test_the_authority_names_what_it_knows() -> None:
    """A label of the authority is found without a noun, and brings name, IRI and link."""
    known = KnownProject("Amber Way", ("Amber Way", "Amberweg"), "gas-pipeline", "https://example.org/p/1", "Q1")
    (project,) = projects(
        "Row\nThe minister defended Amber Way. A pipeline through Norland is a risk, he said.", known=[known]
    )[:1]
    assert (project.name, project.kind, project.iri, project.wikidata) == (
        known.name,
        known.kind,
        known.iri,
        known.wikidata,
    )


def test_a_programme_of_many_projects_is_none_itself() -> None:
    """An entry of the authority without a kind of infrastructure makes no project."""
    known = KnownProject("Silver Ring", ("Silver Ring",), "project")
    assert projects("Plan\nMinisters praised the Silver Ring at a forum.", known=[known]) == ()


@pytest.mark.parametrize(
    ("text", "origin", "end", "via"),
    [
        (
            "It will deliver gas from the Yana fields and western Tarsia to Norland via Sudrey.",
            ["Yana fields", "western Tarsia"],
            ["Norland"],
            ["Sudrey"],
        ),
        ("It runs through Sudrey.", [], [], ["Sudrey"]),
        ("The line links Norland and Sudrey.", ["Norland"], ["Sudrey"], []),
        ("The pipeline from Yana to Port Ellis crosses the Tarn River.", ["Yana"], ["Port Ellis"], ["Tarn River"]),
    ],
)
def test_routes_keep_the_places_as_printed(text: str, origin: list[str], end: list[str], via: list[str]) -> None:
    """From, to and via hold each place of a list, without its article."""
    (project,) = projects(f"Gas\nThe Amber Way pipeline is planned. {text}")
    assert (values(project, "from"), values(project, "to"), values(project, "via")) == (origin, end, via)


def test_a_route_in_the_name_is_read() -> None:
    """A name of places joined by hyphens gives the ends and what lies between."""
    (project,) = projects("Gas\nThe Yana-Tarn-Ellis pipeline leaks.")
    assert (values(project, "from"), values(project, "via"), values(project, "to")) == (["Yana"], ["Tarn"], ["Ellis"])


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("Norgas's Amber Way pipeline leaks.", "owner", ["Norgas"]),
        ("The Amber Way pipeline is owned by Norgas and Balt Oil.", "owner", ["Norgas", "Balt Oil"]),
        ("The Amber Way pipeline is operated by Norgas.", "operator", ["Norgas"]),
        ("Norgas, which operates the Amber Way pipeline, was silent.", "operator", ["Norgas"]),
        ("Norgas plans to build the Amber Way pipeline.", "operator", ["Norgas"]),
        ("The Amber Way pipeline, which Norgas and Balt Oil want to build, is late.", "owner", ["Norgas", "Balt Oil"]),
        ("The Amber Way pipeline will bring gas from Norgas's Yana fields to Sudrey.", "supplier", ["Norgas"]),
    ],
)
def test_parties_point_at_their_actors(text: str, kind: str, names: list[str]) -> None:
    """Owners, operators and suppliers are actors of the article, in the role that the words give."""
    whole = f"Gas\n{text}"
    cast = actors(whole, {"Norgas": FIRM, "Balt Oil": FIRM})
    (project,) = find_projects(article(whole), cast, (), ())
    parts = [cast[fact.actor].name for fact in project.facts if fact.kind == kind and fact.actor is not None]
    assert parts == names


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Amber Way pipeline is still under construction.", "construction"),
        ("The president rejected the Amber Way pipeline.", "cancelled"),
        ("Regulators approved the Amber Way pipeline.", "approved"),
        ("Regulators have not approved the Amber Way pipeline.", "proposed"),
        ("The Amber Way pipeline, once approved, would take years.", "proposed"),
        ("Talks on the Amber Way pipeline are in the final stages.", "under-negotiation"),
        ("The Amber Way pipeline opened in 2011.", "operating"),
        ("The Amber Way pipeline has been shelved.", "shelved"),
        ("Work on the Amber Way pipeline was suspended.", "suspended"),
        ("The Amber Way pipeline was blown up.", "damaged"),
        ("The Amber Way pipeline lies idle.", "idle"),
        ("The Amber Way pipeline was decommissioned in 1999.", "retired"),
        ("The Amber Way pipeline was mothballed.", "mothballed"),
    ],
)
def test_the_best_status_comes_first(text: str, status: str) -> None:
    """The first status is what the phrase says in its tense, and never what is denied."""
    (project,) = projects(f"Gas\n{text}")
    assert values(project, "status")[0] == status


def test_sizes_are_facts_with_amounts() -> None:
    """Capacity, length and cost carry the printed words and a normalised amount; money of another matter is none."""
    line = "The 900-km Amber Way pipeline will carry 10 bcm a year and cost $3 billion."
    text = f"Gas\n{line} Norgas made a profit of $9 billion."
    (project,) = projects(text)
    sizes = {fact.kind: (fact.value, fact.amount, fact.unit) for fact in project.facts if fact.unit}
    assert sizes == {
        "length": ("900-km", "900", "km"),
        "capacity": ("10 bcm a year", "10", "bcm/y"),
        "cost": ("$3 billion", "3000000000", "USD"),
    }


def test_a_milestone_has_its_date() -> None:
    """A date beside a milestone is a fact with its time reference."""
    (project,) = projects("Gas\nThe Amber Way pipeline is to be completed in 2026.")
    (fact,) = [fact for fact in project.facts if fact.kind == "date"]
    assert fact.value == "2026"
    assert fact.time is not None


def test_a_fact_knows_the_statement_it_lies_in() -> None:
    """Evidence inside a statement's content is that statement's, all other evidence the outlet's."""
    text = "Gas\nThe Amber Way pipeline opened in 2011. Ms Holt said the pipeline cost $3 billion."
    content = Span(text.index("the pipeline cost"), len(text) - 1)
    cue = Span(text.index("said"), text.index("said") + 4)
    statement = Statement((), (cue,), (content,), Mode.INDIRECT, Attitude.ASSERTION)
    (project,) = projects(text, statements=[statement])
    stated = {fact.kind: fact.statement for fact in project.facts}
    assert stated["cost"] == 0
    assert stated["date"] is None


@pytest.mark.parametrize("text", [case[0] for case in CASES])
def test_every_mention_and_fact_points_into_the_text(text: str) -> None:
    """A mention's surface is the text at its span, and evidence lies in one passage."""
    passages = article(text).passages
    for project in projects(text):
        for mention in project.mentions:
            assert mention.span.of(text) == mention.surface
        for fact in project.facts:
            assert any(fact.evidence in passage for passage in passages)
