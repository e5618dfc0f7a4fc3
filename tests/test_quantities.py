"""Quantities keep their words and get one unit and an exact amount."""

from __future__ import annotations

import pytest

from onrecord.article import Span
from onrecord.language.quantities import Measure, find_quantities


@pytest.mark.parametrize(
    ("words", "amount", "unit", "kind"),
    [
        ("38 billion cubic metres a year", "38", "bcm/y", Measure.CAPACITY),
        ("10 bcm of gas annually", "10", "bcm/y", Measure.CAPACITY),
        ("30 mcm/d", "30", "mcm/d", Measure.CAPACITY),
        ("2.5 Bcf/d", "2.5", "Bcf/d", Measure.CAPACITY),
        ("300 mln cubic feet per day", "300", "MMcf/d", Measure.CAPACITY),
        ("830,000 barrels a day", "830000", "bbl/d", Measure.CAPACITY),
        ("1.2 mln barrels of oil per day", "1200000", "bbl/d", Measure.CAPACITY),
        ("435,000-bpd", "435000", "bbl/d", Measure.CAPACITY),
        ("16 million tonnes per year", "16", "mtpa", Measure.CAPACITY),
        ("7 bcm", "7", "bcm", Measure.VOLUME),
        ("900-km", "900", "km", Measure.LENGTH),
        ("two thousand miles", "2000", "mi", Measure.LENGTH),
        ("1,179-mile", "1179", "mi", Measure.LENGTH),
        ("3.2-gigawatt", "3.2", "GW", Measure.POWER),
        ("1,020MW", "1020", "MW", Measure.POWER),
        ("$10 billion", "10000000000", "USD", Measure.COST),
        ("4.5 bln dlrs", "4500000000", "USD", Measure.COST),
        ("€9.5bn", "9500000000", "EUR", Measure.COST),
        ("C$7.4 billion", "7400000000", "CAD", Measure.COST),
        ("20 billion yuan", "20000000000", "CNY", Measure.COST),
        ("Rs 500 crore", "5000000000", "INR", Measure.COST),
        ("half a billion dollars", "500000000", "USD", Measure.COST),
        ("24.6 billion shillings", "24600000000", None, Measure.COST),
    ],
)
def test_one_unit_and_an_exact_amount(words: str, amount: str, unit: str | None, kind: Measure) -> None:
    """Each way to print a quantity gives its amount, unit and kind, and its span covers all its words."""
    text = f"It is put at {words}, they say."
    (quantity,) = find_quantities(text, Span(0, len(text)))
    assert (quantity.span.of(text), quantity.amount, quantity.unit, quantity.kind) == (words, amount, unit, kind)


@pytest.mark.parametrize(
    "text", ["It weighed 30 pounds.", "The M25 was shut.", "In 2011 he won 40 votes.", "About two men in three."]
)
def test_other_numbers_are_no_quantities(text: str) -> None:
    """Weights, names, years and counts are none."""
    assert find_quantities(text, Span(0, len(text))) == ()


def test_only_the_given_stretch_is_read() -> None:
    """Quantities outside the span are not returned."""
    text = "A 90-km road. A 40-km road."
    (quantity,) = find_quantities(text, Span(14, len(text)))
    assert quantity.amount == "40"
