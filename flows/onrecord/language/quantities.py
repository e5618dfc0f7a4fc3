"""Capacities, lengths, powers and sums of money: the words, an exact amount and a normalised unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from onrecord.article import Span


class Measure(StrEnum):
    """What a quantity measures."""

    CAPACITY = "capacity"
    LENGTH = "length"
    COST = "cost"
    POWER = "power"
    VOLUME = "volume"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as printed (`span`) and as read: `amount` is a plain decimal number of `unit` (bcm/y, km, MW, USD).

    The unit is None for money that several states call by one name.
    """

    span: Span
    amount: str
    unit: str | None
    kind: Measure


_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
_TENS = "ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORD_VALUES = {
    **{word: number for number, word in enumerate(re.findall(r"\w+", _SMALL), 1)},
    **{word: 10 * number for number, word in enumerate(re.findall(r"\w+", _TENS), 1)},
    "a": 1,
    "an": 1,
    "hundred": 100,
    "thousand": 1000,
}
_WRITTEN = rf"\b(?:{_TENS}|{_SMALL}|an?\s(?:hundred|thousand|half)|half\sa)(?:[-\s](?:{_SMALL}|hundred|thousand))*"
_NUMBER = rf"(?:(?<![\w.,])(?:{_DIGITS})|{_WRITTEN}|\ba(?=\s[mb]illion))"
_SCALES = {"thousand": 3, "k": 3, "lakh": 5, "m": 6, "crore": 7, "b": 9, "t": 12}
_SCALE = r"(?:thousand|lakh|crore|million|mln|mn|mm|m|billion|bln|bn|b|trillion|trln|trn|tn|k)"

_RATE = (
    r"(?:[\s-](?:of\s)?(?:natural\s|crude\s|liquefied\s|russian\s)?(?:gas|oil|crude|fuel|hydrogen|water|lng|co2))?"
    r"(?:\s?/\s?|\s(?:per|a|each|every)\s|\sper\s)(?P<{name}>year|annum|yr|day|hour|y|d)\b"
)
_ADVERB = r"(?:\s(?:of\s)?(?:\w+\s){0,3}?(?P<{name}>annually|yearly|daily|p\.?a\.?)(?!\w))"


def _rate(form: str) -> str:
    return f"(?:{_RATE.replace('{name}', form + '_rate')}|{_ADVERB.replace('{name}', form + '_adverb')})"


_BEFORE_MONEY = {
    "US$": "USD", "A$": "AUD", "C$": "CAD", "HK$": "HKD", "NZ$": "NZD", "S$": "SGD", "R$": "BRL", "$": "USD",
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR",
    "Rs": "INR", "RMB": "CNY", "₽": "RUB", "₩": "KRW", "₦": "NGN", "₺": "TRY",
}  # fmt: skip
_CODES = r"(?:USD|EUR|GBP|JPY|CNY|INR|RUB|CAD|AUD|CHF|NOK|SEK|DKK|PLN|TRY|BRL|ZAR|NGN|KZT|AED|SAR)"
_AFTER_MONEY = (
    (r"(?:us\s|u\.s\.\s|american\s)?(?:dollars?|dlrs?)", "USD"),
    (r"(?:canadian|cdn)\s(?:dollars?|dlrs?)", "CAD"),
    (r"(?:australian|aus)\s(?:dollars?|dlrs?)", "AUD"),
    (r"hong\skong\s(?:dollars?|dlrs?)", "HKD"),
    (r"euros?", "EUR"),
    (r"(?:pounds?\ssterling|stg|(?:british\s)?pounds?)", "GBP"),
    (r"yen", "JPY"),
    (r"(?:yuan|renminbi)", "CNY"),
    (r"pakistani?\srupees", "PKR"),
    (r"(?:indian\s)?rupees", "INR"),
    (r"(?:russian\s)?ro?ubles?", "RUB"),
    (r"swiss\sfrancs?", "CHF"),
    (r"french\sfrancs?", "FRF"),
    (r"(?:west\sgerman\s|german\s|deutsche\s)?marks?", "DEM"),
    (r"(?:norwegian\scrowns|norwegian\skroner)", "NOK"),
    (r"(?:swedish\scrowns|swedish\skronor)", "SEK"),
    (r"(?:danish\scrowns|danish\skroner)", "DKK"),
    (r"(?:zlotys?)", "PLN"),
    (r"(?:turkish\slira)", "TRY"),
    (r"(?:saudi\sriyals?)", "SAR"),
    (r"(?:dirhams?)", "AED"),
    (r"(?:tenge)", "KZT"),
    (r"(?:naira)", "NGN"),
    (r"(?:rand)", "ZAR"),
    (r"(?:reais)", "BRL"),
    (r"(?:rupiah)", "IDR"),
    (r"(?:ringgit)", "MYR"),
    (r"(?:baht)", "THB"),
    (r"(?:hryvnias?)", "UAH"),
    (r"(?:forints?)", "HUF"),
    (r"(?:shekels?)", "ILS"),
    (r"(?:taka)", "BDT"),
    (r"kenyan\sshillings?", "KES"),
    (r"egyptian\spounds?", "EGP"),
    (r"(?:(?:south\skorean\s)?won)", "KRW"),
)
# Money of several states: the sum is known, its currency is not.
_SHARED_MONEY = (
    r"(?:shillings?|pesos?|dinars?|francs?|crowns|kron[eo]r|rials?|riyals?|rupees|liras?|birr|dong|lei|leva|kwacha)"
)
_LENGTHS = (
    (r"(?:kilomet(?:er|re)s?|kms?)", "km"),
    (r"miles?", "mi"),
    (r"(?:met(?:er|re)s?)", "m"),
    (r"(?:foot|feet)", "ft"),
)
_POWERS = (
    (r"(?:gigawatts?|gw)", "GW"),
    (r"(?:megawatts?|mw)", "MW"),
    (r"(?:kilowatts?|kw)", "kW"),
)


def _either(pairs: tuple[tuple[str, str], ...]) -> str:
    return "|".join(words for words, _ in pairs)


_CUBIC = r"(?:cubic[\s-]met(?:er|re)s?|cu\.?\sm(?:etres)?|m3|m³)"
_FORMS = {
    "money": rf"(?P<money_mark>US\$|A\$|C\$|HK\$|NZ\$|S\$|R\$|[$€£¥₹₽₩₦₺]|\bRMB\s?|\bRs\.?\s?|\b{_CODES}\s?)"
    rf"(?P<money_n>{_DIGITS})(?:[\s-]?(?P<money_scale>{_SCALE})\b)?",
    "sum": rf"(?P<sum_n>{_NUMBER})[\s-]?(?P<sum_scale>{_SCALE})[\s-]"
    rf"(?P<sum_unit>{_either(_AFTER_MONEY)}|{_CODES}|{_SHARED_MONEY})\b",
    "gas": rf"(?P<gas_n>{_NUMBER})[\s-]?(?:(?P<gas_scale>{_SCALE})[\s-]{_CUBIC}|(?P<gas_short>bcm|mcm|tcm)\b)"
    rf"(?:{_rate('gas')})?",
    "feet": rf"(?P<feet_n>{_NUMBER})[\s-]?(?:(?P<feet_scale>{_SCALE})[\s-](?:standard\s)?cubic[\s-](?:feet|foot)"
    rf"|(?P<feet_short>bcf|mmcf|tcf)\b)(?:/?(?P<feet_d>d)\b|{_rate('feet')})?",
    "oil": rf"(?P<oil_n>{_NUMBER})[\s-]?(?:(?P<oil_scale>{_SCALE})[\s-])?(?:barrels?|bbls?|bpd|b/d|bopd)"
    rf"(?:(?<=bpd)|(?<=b/d)|(?<=bopd)|{_rate('oil')})",
    "mass": rf"(?P<mass_n>{_NUMBER})[\s-]?(?:(?P<mass_scale>{_SCALE})[\s-](?:metric\s)?ton(?:ne)?s?{_rate('mass')}"
    rf"|mtpa\b|mt/y\b)",
    "power": rf"(?P<power_n>{_NUMBER})[\s-]?(?P<power_unit>{_either(_POWERS)})\b",
    "length": rf"(?P<length_n>{_NUMBER})[\s-]?(?:(?P<length_scale>thousand|million)\s)?"
    rf"(?P<length_unit>{_either(_LENGTHS)})\b",
}
_QUANTITY = re.compile(
    r"(?=[\d$€£¥₹₽₩₦₺]|\b[a-z])(?:" + "|".join(f"(?P<{form}>{words})" for form, words in _FORMS.items()) + ")",
    re.IGNORECASE,
)
_MONEY_UNITS = re.compile("|".join(f"(?P<{code}>{words})" for words, code in _AFTER_MONEY), re.IGNORECASE)
_UNITS = {"length": _LENGTHS, "power": _POWERS}
_YEARLY = re.compile(r"(?:y|annu|p\.?a)", re.IGNORECASE)


def find_quantities(text: str, span: Span) -> tuple[Quantity, ...]:
    """The quantities between `span.start` and `span.end`, in reading order; rates are part of the unit."""
    return tuple(_read(text, span))


def _read(text: str, span: Span) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text, span.start, span.end):
        form = match.lastgroup or ""
        unit, kind, factor = _READERS[form](match)
        if unit is not None or kind is Measure.COST:
            amount = _amount(match[f"{form}_n"]) * factor
            yield Quantity(Span(match.start(), match.end()), _plain(amount), unit, kind)


def _amount(words: str) -> Decimal:
    """The number of digits or words: "1,200", "two hundred", "half a"."""
    if words[0].isdigit():
        return Decimal(words.replace(",", ""))
    if "half" in words.lower():
        return Decimal("0.5")
    total = Decimal(0)
    for word in re.findall(r"\w+", words.lower()):
        value = _WORD_VALUES[word]
        total = (total or Decimal(1)) * value if value >= 100 else total + value
    return total


def _plain(number: Decimal) -> str:
    words = f"{number:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def _scale(words: str | None) -> Decimal:
    """The power of ten of a scale word: "bln" and "bn" begin like "b", "mln" like "m"."""
    if not words:
        return Decimal(1)
    key = words.lower()
    return Decimal(10) ** (_SCALES.get(key) or _SCALES[key[0]])


def _per(match: re.Match[str], form: str) -> str | None:
    """ "y", "d" or "h" of a rate, or nothing."""
    words = match[f"{form}_rate"] or match[f"{form}_adverb"]
    if not words:
        return None
    return "y" if _YEARLY.match(words) else words[0].lower()


_Reading = tuple[str | None, Measure, Decimal]


def _read_money(match: re.Match[str]) -> _Reading:
    mark = match["money_mark"].strip().rstrip(".")
    code = _BEFORE_MONEY.get(mark) or _BEFORE_MONEY.get(mark.capitalize()) or mark.upper()
    return code, Measure.COST, _scale(match["money_scale"])


def _read_sum(match: re.Match[str]) -> _Reading:
    unit = match["sum_unit"]
    named = _MONEY_UNITS.fullmatch(unit)
    code = named.lastgroup if named else unit.upper() if unit.upper() in _CODES else None
    return code, Measure.COST, _scale(match["sum_scale"])


def _volume(prefix: str, per: str | None, factor: Decimal = Decimal(1)) -> _Reading:
    return (f"{prefix}/{per}", Measure.CAPACITY, factor) if per else (prefix, Measure.VOLUME, factor)


_PREFIXES = {3: "k", 6: "m", 9: "b", 12: "t"}


def _read_gas(match: re.Match[str]) -> _Reading:
    short, per = match["gas_short"], _per(match, "gas")
    if short:
        return _volume(short.lower(), per)
    exponent = _scale(match["gas_scale"]).adjusted()
    return _volume(
        _PREFIXES.get(exponent, "") + "cm" if exponent > 3 else "m3", per, Decimal(1 if exponent > 3 else 1000)
    )


def _read_feet(match: re.Match[str]) -> _Reading:
    per = "d" if match["feet_d"] else _per(match, "feet")
    exponent = _scale(match["feet_scale"]).adjusted()
    short = match["feet_short"].lower() if match["feet_short"] else {6: "mmcf", 9: "bcf", 12: "tcf"}.get(exponent)
    if short is None:
        return None, Measure.VOLUME, Decimal(1)
    return _volume({"mmcf": "MMcf", "bcf": "Bcf", "tcf": "Tcf"}[short], per)


def _read_oil(match: re.Match[str]) -> _Reading:
    return _volume("bbl", _per(match, "oil") or "d", _scale(match["oil_scale"]))


def _read_mass(match: re.Match[str]) -> _Reading:
    if not match["mass_scale"]:
        return "mtpa", Measure.CAPACITY, Decimal(1)
    if _per(match, "mass") == "y":
        return "mtpa", Measure.CAPACITY, _scale(match["mass_scale"]) / Decimal(10) ** 6
    return "t/d", Measure.CAPACITY, _scale(match["mass_scale"])


def _read_plain(match: re.Match[str]) -> _Reading:
    """A length or a power: the unit is what is printed, under its symbol."""
    form = match.lastgroup or ""
    words = match[f"{form}_unit"]
    unit = next(symbol for pattern, symbol in _UNITS[form] if re.fullmatch(pattern, words, re.IGNORECASE))
    factor = _scale(match["length_scale"]) if form == "length" else Decimal(1)
    return unit, Measure.LENGTH if form == "length" else Measure.POWER, factor


_READERS = {
    "money": _read_money,
    "sum": _read_sum,
    "gas": _read_gas,
    "feet": _read_feet,
    "oil": _read_oil,
    "mass": _read_mass,
    "power": _read_plain,
    "length": _read_plain,
}
