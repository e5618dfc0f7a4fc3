"""Readers: files, folders and patterns on the command line become articles, each input by itself."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from onrecord.article import Article
from onrecord.errors import RejectedInput, UsageError
from onrecord.sources.text import read_text

_READERS = {".txt": read_text}
_NOT_PLAIN = frozenset(
    (".htm", ".html", ".xhtml", ".xml", ".json", ".jsonl", ".pdf", ".doc", ".docx", ".odt", ".rtf", ".warc", ".gz")
)


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read and the name that the graph prints for it.

    `source` is the file's name; below a folder given by the user it is the path within that folder, with `/`.
    """

    path: Path
    source: str

    @property
    def key(self) -> str:
        """What tells this input from all others on this machine: its absolute path."""
        return os.fsdecode(os.path.abspath(self.path)).encode("utf-8", "backslashreplace").decode()


def find_inputs(paths: Sequence[str]) -> Iterator[Input | RejectedInput]:
    """The inputs that the paths name, in the order given, folders and patterns sorted by path, each file once.

    A path that gives no input comes out as the `RejectedInput` that says why, so that it does not stop the others.
    Raises UsageError for a URL.
    """
    for path in paths:
        if "://" in path:
            raise UsageError(f"{path!r}: URLs cannot be read yet: save the page as text and give the file")
    seen: set[str] = set()
    sources: set[str] = set()
    for path in paths:
        for found in _expand(path):
            if isinstance(found, RejectedInput):
                yield found
            elif found.key not in seen:
                seen.add(found.key)
                yield _told_apart(found, sources)


def read_bytes(found: Input) -> bytes:
    """The bytes of an input; raises RejectedInput where they cannot be read."""
    try:
        return found.path.read_bytes()
    except OSError as error:
        raise RejectedInput(found.source, f"cannot be read ({error.strerror or error}): check the file") from None


def read(found: Input, data: bytes | None = None, *, published: date | None = None) -> Article:
    """The article in an input, by the reader for its suffix; `data` spares reading the file a second time.

    A file given by name is read as text where its suffix names no other format. Raises RejectedInput.
    """
    suffix = found.path.suffix.lower()
    if suffix in _NOT_PLAIN:
        raise RejectedInput(found.source, f"{suffix} files cannot be read: save the article's text as .txt")
    reader = _READERS.get(suffix, read_text)
    return reader(read_bytes(found) if data is None else data, found.source, published=published)


def _expand(path: str) -> Iterator[Input | RejectedInput]:
    if os.path.isdir(path):
        yield from _in_folder(path)
    elif os.path.lexists(path):
        yield Input(Path(path), _printable(os.path.basename(path)))
    elif glob.has_magic(path):
        yield from _matching(path)
    else:
        yield RejectedInput(_printable(path), "no such file or folder: check the path")


def _in_folder(folder: str) -> Iterator[Input | RejectedInput]:
    files: list[str] = []
    failures: list[OSError] = []
    for parent, _, names in os.walk(folder, onerror=failures.append):
        files += [os.path.join(parent, name) for name in names if _is_article(name)]
    for failure in failures:
        yield RejectedInput(_printable(str(failure.filename)), f"cannot be read ({failure.strerror}): check the folder")
    if not files and not failures:
        suffixes = ", ".join(sorted(_READERS))
        yield RejectedInput(_printable(folder), f"no articles in this folder: it needs files that end in {suffixes}")
    for file in sorted(files):
        yield Input(Path(file), _printable(os.path.relpath(file, folder).replace(os.sep, "/")))


def _matching(pattern: str) -> Iterator[Input | RejectedInput]:
    matches = sorted(glob.glob(pattern, recursive=True))
    if not matches:
        yield RejectedInput(_printable(pattern), "no file matches this pattern: check it, or quote it for the shell")
    for match in matches:
        if os.path.isdir(match):
            yield from _in_folder(match)
        elif _is_article(os.path.basename(match)):
            yield Input(Path(match), _printable(os.path.basename(match)))


def _is_article(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in _READERS and not name.lower().startswith(("readme", "."))


def _told_apart(found: Input, sources: set[str]) -> Input:
    """The input under its path as given where its shorter name is already taken."""
    source = found.source if found.source not in sources else _printable(found.path.as_posix())
    sources.add(source)
    return Input(found.path, source)


def _printable(name: str) -> str:
    """A file name as text: bytes that are not UTF-8 are written as escapes, so that the graph can hold them."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
