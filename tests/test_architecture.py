"""The house: dependencies run one way, modules and functions stay small, heavy packages are imported in one place."""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "flows" / "onrecord"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A module may import its own layer and those below it (a folder counts as one module).
LAYERS = (
    {"errors", "terms", "article"},
    {"document", "resources", "settings", "sources", "turtle", "ledger"},
    {"identity", "language", "graph", "validation", "annotation", "catalogue", "stores"},
    {"pipeline", "publication", "training"},
    {"processing", "questions"},
    {"running", "console"},
    {"flow"},
    {"cli"},
)
# Neither files of the user, nor the network, nor a clock: time arrives inside the article.
MIDDLE = {"article", "document", "terms", "errors", "identity", "graph", "annotation", "turtle", "language", "pipeline"}
OUTSIDE_WORLD = {
    "prefect",
    "requests",
    "httpx",
    "urllib.request",
    "socket",
    "subprocess",
    "time",
    "random",
    "click",
    "rich",
}
ONE_PLACE = {
    "prefect": {"flow.py"},
    "pyshacl": {"validation.py"},
    "pyshacl_turbo": {"validation.py"},
    "spacy": {"language/names.py", "training/"},
    "torch": {"training/"},
}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import loads a second copy under another entry point"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part(path: Path) -> str:
    """The module's name in the package's first level; a folder is one part."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def inner_imports(path: Path) -> set[str]:
    names = {name.split(".")[1] for name in imports(path) if name.startswith("onrecord.")}
    return {name for name in names if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()}


def layer(name: str) -> int:
    found = [number for number, names in enumerate(LAYERS) if name in names]
    assert found, f"{name} has no layer: give it one in LAYERS"
    return found[0]


def test_modules_are_found() -> None:
    """A check that looks at nothing proves nothing."""
    assert len(MODULES) > 20


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_dependencies_run_one_way(path: Path) -> None:
    """A module imports only its own layer and the layers below."""
    if path.parent == PACKAGE and path.name == "__init__.py":
        assert not inner_imports(path)
        return
    above = {name for name in inner_imports(path) if layer(name) > layer(part(path))}
    assert not above, f"{path.name} imports {sorted(above)} from above"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_heavy_packages_have_one_door(path: Path) -> None:
    """Prefect, the SHACL engines, spaCy and torch are imported in one place each."""
    where = path.relative_to(PACKAGE).as_posix()
    for name in {name.split(".")[0] for name in imports(path)} & set(ONE_PLACE):
        assert any(where.startswith(door) for door in ONE_PLACE[name]), f"{where} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_middle_knows_no_outside_world(path: Path) -> None:
    """The middle imports neither clock nor network nor processes nor the screen."""
    if part(path) in MIDDLE:
        assert not {name for name in imports(path) if name in OUTSIDE_WORLD or name.split(".")[0] in OUTSIDE_WORLD}


def test_no_module_hides_the_standard_library() -> None:
    """Prefect may load a module with its folder first on the path: a name of the standard library would be shadowed.

    `turtle` may be: what it hides is a drawing toy that no library imports.
    """
    names = {path.stem for path in PACKAGE.glob("*.py")}
    assert names & (set(sys.stdlib_module_names) - {"__init__", "turtle"}) == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_modules_stay_readable(path: Path) -> None:
    """No module is longer than 400 lines, and each says in a docstring what it is."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    assert not text.strip() or ast.get_docstring(tree(path))


def test_functions_stay_small() -> None:
    """Half of the functions have at most 10 lines, nine of ten at most 35."""
    functions = [
        node
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    lengths = sorted((node.end_lineno or 0) - node.lineno + 1 for node in functions)
    assert statistics.median(lengths) <= 10
    assert statistics.quantiles(lengths, n=10)[-1] <= 35
