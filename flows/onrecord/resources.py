"""The shipped folders, found in the checkout or in the installed package. No other module looks for them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from onrecord.errors import ResourceError

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent.parent


@cache
def folder(name: Literal["ontology", "shapes"]) -> Path:
    """The shipped folder of that name. Raises ResourceError if neither checkout nor package has it.

    The checkout goes first: an editable install may leave an older copy in the package.
    """
    in_checkout = (CHECKOUT / "pyproject.toml").is_file() and PACKAGE.parent.name == "flows"
    place = (CHECKOUT if in_checkout else PACKAGE) / name
    if not place.is_dir():
        raise ResourceError(f"the folder {name}/ is missing at {place}: install onrecord again")
    return place
