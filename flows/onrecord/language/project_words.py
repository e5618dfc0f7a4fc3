"""The words for infrastructure: heads of noun phrases, what their modifiers make of them, and who fits whom."""

from __future__ import annotations

import re

PIPELINES = frozenset(
    ("gas-pipeline", "oil-pipeline", "hydrogen-pipeline", "co2-pipeline", "water-pipeline", "pipeline")
)
_LINEAR = PIPELINES | {"railway", "power-line", "road"}
_PLANTS = frozenset(("power-plant", "nuclear-plant", "refinery", "lng-terminal", "solar-farm", "storage"))
# A name of these kinds is a project wherever it stands; of the others only where the text treats it as one.
ALWAYS_PROJECTS = PIPELINES | {"lng-terminal", "wind-farm", "solar-farm"}
# Words that come back to a project named elsewhere, with the kinds that they fit.
BACK_REFERENCES = {
    "line": _LINEAR,
    "link": _LINEAR | {"bridge", "tunnel"},
    "route": _LINEAR | {"canal"},
    "plant": _PLANTS,
    "facility": _PLANTS | {"mine"},
    "terminal": frozenset(("lng-terminal", "port", "airport")),
    "station": frozenset(("power-plant", "nuclear-plant")),
    "complex": _PLANTS,
    "mine": frozenset(("mine",)),
    "cable": frozenset(("power-line",)),
    "reservoir": frozenset(("dam",)),
    "interconnector": frozenset(("gas-pipeline", "power-line")),
}
_SINGLE_KIND = {
    "refinery": "refinery",
    "dam": "dam",
    "canal": "canal",
    "railway": "railway",
    "railroad": "railway",
    "highway": "road",
    "motorway": "road",
    "expressway": "road",
    "bridge": "bridge",
    "tunnel": "tunnel",
    "airport": "airport",
    "reactor": "nuclear-plant",
    "port": "port",
}
HEADS = (*_SINGLE_KIND, "pipeline", "terminal", "plant", "station", "farm", "park", "interconnector", "cable", "line",
         "link", "route", "facility", "project", "scheme", "complex", "reservoir", "corridor", "road",
         "mine")  # fmt: skip

_COMMODITY_KINDS = (
    (re.compile(r"\b(?:hydrogen|h2)\b"), "hydrogen-pipeline"),
    (re.compile(r"\b(?:co2|carbon|carbon-dioxide)\b"), "co2-pipeline"),
    (
        re.compile(r"\b(?:oil|crude|petroleum|products?|gasoline|diesel|fuel|ethane|naphtha|tar-sands)\b"),
        "oil-pipeline",
    ),
    (re.compile(r"\b(?:gas|lng)\b"), "gas-pipeline"),
    (re.compile(r"\b(?:water|drinking-water)\b"), "water-pipeline"),
)
_LNG = re.compile(r"\b(?:lng|liquefied|liquefaction|regasification)\b")
_NUCLEAR = re.compile(r"\b(?:nuclear|atomic)\b")
_HYDRO = re.compile(r"\b(?:hydro|hydroelectric|hydropower|hydro-electric|hydro-power)\b")
_SUN = re.compile(r"\b(?:solar|photovoltaic)\b")
_WIND = re.compile(r"\b(?:wind|offshore-wind)\b")
_POWER = re.compile(r"\b(?:power|generating|thermal|electricity|geothermal)\b|\w+-(?:fired|burning)\b|\bcoal\b")
_RAIL = re.compile(r"\b(?:rail|railway|train|metro|subway|high-speed|freight)\b")
_WIRE = re.compile(r"\b(?:power|transmission|electricity|electric|high-voltage)\b")
_CARGO = re.compile(r"\b(?:oil|coal|container|export|import|grain|crude|cargo)\b")
_SIGNALS = re.compile(r"\b(?:internet|fib(?:er|re)\S*|telecom\w*|data|telephone|tv|television|diplomatic|news|basic)\b")
_UNDER_WATER = re.compile(r"\b(?:undersea|subsea|submarine|underwater)\b|\d-(?:km|kilomet|mile)")
_STORAGE = re.compile(r"\b(?:storage)\b")
_ORE = re.compile(
    r"\b(?:coal|gold|tin|bauxite|phosphate|manganese|copper|iron|iron-ore|uranium|lithium|nickel|diamond|zinc|silver|open-pit|platinum|potash)\b"
)
_NOT_INFRASTRUCTURE = {
    "pipeline": re.compile(
        r"\b(?:talent|drugs?|products?|deals?|sales|projects?|leadership|candidates?|prison|school-to-prison|data|weapons"
        r"|ammunition|supply|recruit\w*|fighters?|judicial|nominations?|immigrant|migrant|student|research|investment"
        r"|acquisition|clinical|vaccine|software|heroin|cocaine|information|news|career|education|order|ipo|merger|human"
        r"|earnings|development|cannabis|legislative|political)\b(?!\sand\scrude)"
    ),
    "refinery": re.compile(r"\b(?:sugar|alumina|gold|salt)\b"),
    "canal": re.compile(r"\b(?:root|birth|ear|spinal|alimentary)\b"),
    "bridge": re.compile(r"\b(?:land|air|human|tooth|card|nasal)\b"),
    "mine": re.compile(r"\b(?:land|sea|naval|anti-personnel|limpet|friend|friends)\b"),
    "tunnel": re.compile(r"\b(?:wind|carpal|smuggling|terror|escape)\b"),
    "port": re.compile(r"\b(?:usb|serial|safe)\b"),
}
_PROJECT_KINDS = (
    (_LNG, "lng-terminal"),
    (re.compile(r"\bpipeline\b"), "pipeline"),
    (_HYDRO, "dam"),
    (_NUCLEAR, "nuclear-plant"),
    (_SUN, "solar-farm"),
    (_WIND, "wind-farm"),
    (_RAIL, "railway"),
    (re.compile(r"\b(?:power|coal-fired|gas-fired)\b"), "power-plant"),
    (re.compile(r"\b(?:dam)\b"), "dam"),
    (re.compile(r"\b(?:highway|road|motorway)\b"), "road"),
)


def project_kind(head: str, modifiers: str) -> str | None:
    """The kind that a head noun means with its modifiers (lower case, blanks between them), or None for neither.

    A head that is only a way to come back to something named elsewhere ("the line") has the kind "project".
    """
    barred = _NOT_INFRASTRUCTURE.get(head)
    if barred and barred.search(modifiers):
        return None
    if head in _SINGLE_KIND:
        return _SINGLE_KIND[head]
    return _KIND_READERS.get(head, _unspecific)(modifiers)


def pipeline_kind(modifiers: str) -> str:
    """The kind of pipeline by what it carries; `pipeline` where that is not said or two things are."""
    found = [kind for pattern, kind in _COMMODITY_KINDS if pattern.search(modifiers)]
    return found[0] if len(found) == 1 else "pipeline"


def fits(kind: str, back_reference: str, cluster_kind: str) -> bool:
    """Whether a phrase of this kind (and head) can mean a project of the other kind."""
    if kind == "project":
        return cluster_kind in BACK_REFERENCES[back_reference] if back_reference in BACK_REFERENCES else True
    if kind in PIPELINES and cluster_kind in PIPELINES:
        return kind == cluster_kind or "pipeline" in (kind, cluster_kind)
    power = ("power-plant", "nuclear-plant")
    return kind == cluster_kind or (kind in power and cluster_kind in power)


def _unspecific(modifiers: str) -> str | None:
    return next((kind for pattern, kind in _PROJECT_KINDS if pattern.search(modifiers)), "project")


def _terminal(modifiers: str) -> str | None:
    if _LNG.search(modifiers) or re.search(r"\bgas\b", modifiers):
        return "lng-terminal"
    return "port" if _CARGO.search(modifiers) else "project"


def _plant(modifiers: str) -> str | None:
    if _LNG.search(modifiers):
        return "lng-terminal"
    if _NUCLEAR.search(modifiers):
        return "nuclear-plant"
    if _SUN.search(modifiers):
        return "solar-farm"
    return "power-plant" if _POWER.search(modifiers) or _HYDRO.search(modifiers) else "project"


def _station(modifiers: str) -> str | None:
    return (
        None
        if re.search(r"\b(?:police|radio|television|tv|train|bus|gas|space|polling)\b", modifiers)
        else _plant(modifiers)
    )


def _farm(modifiers: str) -> str | None:
    if _WIND.search(modifiers):
        return "wind-farm"
    return "solar-farm" if _SUN.search(modifiers) else None


def _line(modifiers: str) -> str | None:
    if _WIRE.search(modifiers):
        return "power-line"
    if _RAIL.search(modifiers):
        return "railway"
    return "project" if not re.search(r"\b(?:gas|oil)\b", modifiers) else pipeline_kind(modifiers)


def _cable(modifiers: str) -> str | None:
    if _SIGNALS.search(modifiers):
        return None
    return "power-line" if _WIRE.search(modifiers) or _UNDER_WATER.search(modifiers) else "project"


def _mine(modifiers: str) -> str | None:
    return "mine" if _ORE.search(modifiers) else "project"


def _interconnector(modifiers: str) -> str | None:
    return "gas-pipeline" if re.search(r"\bgas\b", modifiers) else "power-line"


def _facility(modifiers: str) -> str | None:
    if _LNG.search(modifiers):
        return "lng-terminal"
    return "storage" if _STORAGE.search(modifiers) else "project"


def _corridor(modifiers: str) -> str | None:
    return "gas-pipeline" if re.search(r"\bgas\b", modifiers) else None


def _road(modifiers: str) -> str | None:
    return "road" if re.search(r"\b(?:ring|toll|trunk|access|coastal)\b", modifiers) else None


_KIND_READERS = {
    "pipeline": pipeline_kind,
    "terminal": _terminal,
    "plant": _plant,
    "station": _station,
    "farm": _farm,
    "park": _farm,
    "line": _line,
    "link": _line,
    "cable": _cable,
    "interconnector": _interconnector,
    "facility": _facility,
    "corridor": _corridor,
    "road": _road,
    "mine": _mine,
}
