"""Settings come from the environment once, are frozen, and are refused in words; shipped folders are found."""

from __future__ import annotations

from pathlib import Path

import pydantic
import pytest

from onrecord import resources
from onrecord.errors import ResourceError, UsageError
from onrecord.settings import Settings, read_settings
from onrecord.terms import IDENTIFIERS


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(f"ONRECORD_{field.upper()}", raising=False)


def test_defaults() -> None:
    """Without an environment the documented defaults hold."""
    settings = read_settings()
    assert (settings.base, settings.engine, settings.out) == (IDENTIFIERS, "auto", Path("published"))
    assert (settings.threshold, settings.with_text, settings.workers) == (None, False, 1)


def test_environment_then_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment sets a value, an argument goes before it, and None is no argument."""
    monkeypatch.setenv("ONRECORD_BASE", "https://data.example/news/")
    monkeypatch.setenv("ONRECORD_WORKERS", "3")
    settings = read_settings(workers=2, base=None)
    assert (settings.base, settings.workers) == ("https://data.example/news/", 2)


def test_settings_are_frozen() -> None:
    """Nobody changes a setting after it was read."""
    with pytest.raises(pydantic.ValidationError):
        read_settings().workers = 4  # type: ignore[misc]


def test_language_model_is_the_installed_package() -> None:
    """The model's usual name finds it under the name that its package has here."""
    assert read_settings().language_model.startswith("en_core_web_sm")
    assert read_settings(language_model="en_core_web_trf").language_model == "en_core_web_trf"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE", "news"),
        ("BASE", "https://data.example/news"),
        ("BASE", "https://data.example/a b/"),
        ("THRESHOLD", "1.5"),
        ("ENGINE", "jena"),
        ("WORKERS", "0"),
        ("WORKERS", "many"),
        ("LANGUAGE_MODEL", "de_core_news_sm"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong setting is refused in one line that names the variable and the value."""
    monkeypatch.setenv(f"ONRECORD_{name}", value)
    with pytest.raises(UsageError) as error:
        read_settings()
    assert f"ONRECORD_{name}={value!r}" in str(error.value)
    assert "\n" not in str(error.value)


def test_shipped_folders_are_found() -> None:
    """Ontology and shapes are there, in the checkout or in the package."""
    assert list(resources.folder("ontology").rglob("*.ttl"))
    assert list(resources.folder("shapes").glob("*.ttl"))


def test_a_missing_folder_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A broken installation is told as such."""
    monkeypatch.setattr(resources, "CHECKOUT", tmp_path)
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "site-packages" / "onrecord")
    resources.folder.cache_clear()
    with pytest.raises(ResourceError, match="shapes"):
        resources.folder("shapes")
    resources.folder.cache_clear()
