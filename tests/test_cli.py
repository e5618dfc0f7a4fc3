"""The commands as a user meets them: exit codes, one clear line for each failure, nothing lost or done twice."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import FOUNDING_FORM, ROOT, Command, published_bytes

from onrecord import processing
from onrecord.processing import Reading, process_items
from onrecord.settings import read_settings
from onrecord.sources.text import read_text

SEEDS = ROOT / "seeds"
CORPUS = ROOT / "tests" / "corpus" / "tuning"


def one_line(text: str) -> str:
    """The only line of an error, which is no traceback."""
    assert "Traceback" not in text
    lines = text.strip().splitlines()
    assert len(lines) == 1, text
    return lines[0]


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


# ---------------------------------------------------------------------------------------------------------- usage


def test_help_is_immediate(process: Command, tmp_path: Path) -> None:
    """`--help` loads none of the heavy packages."""
    script = (
        "import sys\nfrom onrecord.cli import main\ncode = main(['run', '--help'])\n"
        "heavy = {'spacy', 'rdflib', 'prefect', 'pyshacl', 'onnxruntime', 'pydantic', 'rich'} & set(sys.modules)\n"
        "sys.exit(f'loads {sorted(heavy)}' if heavy else code)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT / "flows")}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", ["run", "annotate", "validate", "query", "status"])
def test_each_command_explains_itself(onrecord: Command, command: str) -> None:
    """Every command of the contract has a help text."""
    assert onrecord(command, "--help").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("fly",),
        ("run", "--no-such-option"),
        ("run", "--workers", "0"),
        ("run", "--date", "yesterday"),
        ("run", "--direct"),
        ("run", "--direct", "https://news.example/a.html"),
        ("validate",),
        ("query",),
        ("query", "no-such-question"),
        ("query", "articles", "--bind", "source"),
        ("query", "articles", "--format", "pdf"),
        ("query", "absent.rq"),
        ("query", "articles", "--data", ".", "--columns", "title,colour"),
        ("status", "--data", "nowhere"),
    ],
)
def test_wrong_usage_is_exit_2(onrecord: Command, arguments: tuple[str, ...]) -> None:
    """Wrong usage ends with 2 and says what is wrong."""
    ran = onrecord(*arguments)
    assert ran.code == 2
    assert ran.err.strip()
    assert "Traceback" not in ran.err


def test_a_wrong_setting_is_exit_2(onrecord: Command, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong setting is wrong usage, told in one line that names it."""
    monkeypatch.setenv("ONRECORD_ENGINE", "jena")
    ran = onrecord("run", "--direct", article)
    assert ran.code == 2
    assert "ONRECORD_ENGINE='jena'" in one_line(ran.err)


def test_a_missing_language_model_is_exit_1(onrecord: Command, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the work needs and is not there ends with 1, by name and with the way out."""
    monkeypatch.setenv("ONRECORD_LANGUAGE_MODEL", "en_core_web_absent")
    ran = onrecord("run", "--direct", article)
    assert ran.code == 1
    assert "en_core_web_absent" in ran.err.splitlines()[-1]
    assert "Traceback" not in ran.err
    assert "Traceback" in onrecord("run", "--direct", article, "--debug").err


@pytest.mark.parametrize("place", ["file", "below-file"])
def test_an_output_folder_that_cannot_be_used_is_exit_1(onrecord: Command, article: Path, place: str) -> None:
    """An output folder that cannot be written is one line and exit 1."""
    Path("file").write_text("in the way")
    ran = onrecord("run", "--direct", article, "--out", "file" if place == "file" else "file/below")
    assert ran.code == 1
    assert "file" in one_line(ran.err.replace("1 input\n", ""))


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_output_folder_is_exit_1(onrecord: Command, article: Path) -> None:
    """A folder without permission to write is one line and exit 1."""
    Path("closed").mkdir(mode=0o500)
    assert onrecord("run", "--direct", article, "--out", "closed").code == 1


# ------------------------------------------------------------------------------------------------------------ run


def test_run_publishes_and_then_finds_nothing_to_do(onrecord: Command, article: Path) -> None:
    """A first run publishes, a second finds all unchanged and touches no file; both end with 0."""
    first = onrecord("run", "--direct", article, "--json")
    before = {path: path.stat().st_mtime_ns for path in Path("published/articles").rglob("*.ttl")}
    second = onrecord("run", "--direct", article, "--json")
    assert (first.code, second.code) == (0, 0)
    done, again = json.loads(first.out), json.loads(second.out)
    assert [each["source"] for each in done["published"]] == ["harbour-bridge.txt"]
    assert again == {"published": [], "unchanged": done["published"], "withheld": [], "rejected": []}
    assert before == {path: path.stat().st_mtime_ns for path in Path("published/articles").rglob("*.ttl")}
    assert len(before) == 1


def test_force_processes_again_with_the_same_bytes(onrecord: Command, article: Path) -> None:
    """`--force` processes what is unchanged, and gives the same bytes."""
    onrecord("run", "--direct", article)
    before = published_bytes(Path("published"))
    forced = onrecord("run", "--direct", article, "--force", "--json")
    assert len(json.loads(forced.out)["published"]) == 1
    assert published_bytes(Path("published")) == before


def test_text_is_published_only_where_asked(onrecord: Command, article: Path) -> None:
    """The article's text is in the graph with `--with-text`, and not without."""
    onrecord("run", "--direct", article, "--out", "bare")
    onrecord("run", "--direct", article, "--out", "whole", "--with-text")
    words = "We have waited long enough,” Berg told".encode()
    assert not any(words in data for data in published_bytes(Path("bare")).values())
    assert any(words in data for data in published_bytes(Path("whole")).values())


def test_the_table_names_each_article(onrecord: Command, article: Path) -> None:
    """The run ends with a table of what was found, and the totals."""
    ran = onrecord("run", "--direct", article)
    assert "Harbour Bridge Plan Wins Backing" in ran.out
    assert "1 published, 0 unchanged, 0 withheld, 0 rejected in published/" in ran.out


def test_date_dates_what_prints_none(onrecord: Command, tmp_path: Path) -> None:
    """`--date` is the date of an input that prints none."""
    folder = write(tmp_path / "in", {"note.txt": "Ferry line reopens\n\nThe ferry is back, the mayor of Bodo said.\n"})
    onrecord("run", "--direct", folder, "--out", "undated")
    onrecord("run", "--direct", folder, "--out", "dated", "--date", "2020-02-29")
    assert list(Path("undated/articles/undated").glob("*.ttl"))
    assert list(Path("dated/articles/2020/02").glob("*.ttl"))


GOOD = {
    "plain.txt": FOUNDING_FORM,
    "crlf.txt": FOUNDING_FORM.replace("\n", "\r\n").replace("Harbour Bridge", "Harbour Bridge Again"),
    "no-title-form.txt": "Ministers met in Oslo on Friday.\n\nThe minister said the bridge was safe.\n",
    "future.txt": FOUNDING_FORM.replace("2021-03-04", "2999-12-31"),
    "odd quotes.txt": ' date 2021-03-05 Odd “Quotes\n(Wire) -- “It is ‘fine, Ola Berg said. """ "No" ” he added.\n',
    "rtl.txt": " date 2021-03-06 رقم Talks ‏In Cairo\n(Wire) -- “\u202bنحن هنا\u202c,” Ola\u200bBerg said\ufeff.\n",
    "name with 'quotes' & <#> %20 ünï.txt": FOUNDING_FORM.replace("Harbour", "Port"),
    "new\nline.txt": FOUNDING_FORM.replace("Harbour", "Dock"),
    "one-line.txt": " date 2021-03-07 One Line\n(Wire) -- " + "The bridge is safe, Ola Berg said in Oslo. " * 400,
}
BAD: dict[str, str | bytes] = {
    "empty.txt": "",
    "punctuation.txt": "...\n\n!!! ??? --- “” ''\n",
    "blank.txt": " \n\t\n\u00a0\n",
    "binary.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
    "latin1.txt": "Le barrage a été inspecté à Genève\n".encode("latin-1"),
    "utf16.txt": FOUNDING_FORM.encode("utf-16"),
    "five-megabytes.txt": FOUNDING_FORM + "The bridge over the sound is safe, Ola Berg told reporters.\n" * 85_000,
    "endless-line.txt": FOUNDING_FORM.rstrip("\n") + " The bridge is safe, Ola Berg said in Oslo." * 120_000,
}


def test_a_bad_input_never_stops_the_others(onrecord: Command, tmp_path: Path) -> None:
    """Every odd article is published, every impossible one rejected with a reason, and the exit code is 3."""
    folder = write(tmp_path / "in", GOOD | BAD)
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "not-an-article.pipe")
    write(tmp_path / "hollow", {"README.txt": "not an article"})
    ran = onrecord("run", "--direct", folder, "missing.txt", "hollow", "none-*.txt", "--json")
    assert ran.code == 3, ran.err
    outcome = json.loads(ran.out)
    rejected = {each["source"]: each["reason"] for each in outcome["rejected"]}
    assert set(rejected) == {*BAD, "dangling.txt", "missing.txt", "hollow", "none-*.txt"}
    assert all(rejected.values())
    assert "Traceback" not in ran.err
    published = [each["source"] for each in outcome["published"]]
    held_back = {each["source"]: each["reason"] for each in outcome["withheld"]}
    assert sorted(published) == sorted(GOOD), held_back


def test_a_failure_on_one_article_is_its_own_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is raised for one article is that article's rejection; the others go through."""

    class Fragile:
        extractor = SimpleNamespace(fingerprint="0" * 64)

        def process(self, article: object) -> object:
            raise ZeroDivisionError("boom")

    monkeypatch.setattr(processing, "pipeline_for", lambda settings: Fragile())
    readings = tuple(
        Reading(name, "", read_text(FOUNDING_FORM.encode(), name, published=date(2021, 1, 1))) for name in ("a", "b")
    )
    results = process_items(read_settings(), readings)
    assert [each.result.source for each in results if isinstance(each, processing.Processed)] == ["a", "b"]
    assert all("boom" in each.result.reason for each in results if isinstance(each, processing.Processed))


@pytest.mark.slow
def test_workers_give_the_same_bytes(process: Command, tmp_path: Path) -> None:
    """Two processes publish the same bytes as one."""
    for workers in ("1", "2"):
        ran = process("run", "--direct", SEEDS, "--out", tmp_path / workers, "--workers", workers, cwd=tmp_path)
        assert ran.code in (0, 3), ran.err
    assert published_bytes(tmp_path / "1") == published_bytes(tmp_path / "2")
    assert published_bytes(tmp_path / "1")


@pytest.mark.slow
def test_a_killed_run_is_made_good_by_the_next(process: Command, tmp_path: Path) -> None:
    """A run killed half-way, run again, ends in the same bytes as one that was left alone."""
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    process("run", "--direct", CORPUS, SEEDS, "--out", whole, cwd=tmp_path)
    command = [sys.executable, "-m", "onrecord.cli", "run", "--direct", str(CORPUS), str(SEEDS), "--out", str(broken)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "flows")}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        until = time.monotonic() + 120
        while len(list(broken.glob("articles/**/*.ttl"))) < 3 and time.monotonic() < until:
            time.sleep(0.02)
        running.send_signal(signal.SIGKILL)
    left = len(published_bytes(broken))
    assert 3 <= left < len(published_bytes(whole))
    process("run", "--direct", CORPUS, SEEDS, "--out", broken, cwd=tmp_path)
    assert published_bytes(broken) == published_bytes(whole)


# ------------------------------------------------------------------------------------------------------- annotate


def test_annotate_prints_json_lines_and_nothing_else(onrecord: Command, article: Path, tmp_path: Path) -> None:
    """Standard output holds one JSON object an article, its offsets count in the file, and failures go elsewhere."""
    write(tmp_path / "in", {"empty.txt": ""})
    ran = onrecord("annotate", article.parent)
    assert ran.code == 3
    assert "empty.txt" in one_line(ran.err)
    (found,) = map(json.loads, ran.out.splitlines())
    assert (found["id"], found["date"]) == ("harbour-bridge", "2021-03-04")
    assert found["title"] == "Harbour Bridge Plan Wins Backing"
    text = article.read_text(encoding="utf-8")
    spoken = [text[s:e] for statement in found["statements"] for s, e in statement["content"]]
    assert any("waited long enough" in words for words in spoken)
    mentions = [text[s:e] for actor in found["actors"] for s, e in actor["mentions"]]
    assert any("Berg" in words for words in mentions)
    assert not Path("published").exists()


# ------------------------------------------------------------------------------------- validate, query, status


def graph_of(folder: str) -> Path:
    (graph,) = Path(folder).glob("articles/**/*.ttl")
    return graph


def test_validate_wants_the_text_or_consent(onrecord: Command, article: Path) -> None:
    """Without the text the rules over it are named and the exit is 1; a source or consent makes it 0."""
    onrecord("run", "--direct", article)
    graph = graph_of("published")
    bare = onrecord("validate", graph)
    assert bare.code == 1
    assert "not proved" in bare.out
    assert onrecord("validate", graph, "--no-text").code == 0
    assert onrecord("validate", graph, "--source", article).code == 0


def test_validate_finds_an_altered_quotation(onrecord: Command, article: Path) -> None:
    """A quotation that is not the article's is found: thing, message, exit 1."""
    onrecord("run", "--direct", article, "--with-text")
    graph = graph_of("published")
    assert onrecord("validate", graph).code == 0
    text = graph.read_text(encoding="utf-8")
    altered = re.sub(r'(oa:exact "[^"]*)waited', r"\1wondered", text, count=1)
    assert altered != text
    Path("altered.ttl").write_text(altered, encoding="utf-8")
    ran = onrecord("validate", "altered.ttl")
    assert ran.code == 1
    assert "#char=" in ran.out
    assert "does not conform" in ran.out


def test_validate_tells_what_it_cannot_read(onrecord: Command) -> None:
    """A file that is not Turtle, or not there, is one line with its name, and exit 1."""
    Path("broken.ttl").write_text("<a> <b>")
    for name in ("broken.ttl", "absent.ttl"):
        ran = onrecord("validate", name)
        assert ran.code == 1
        assert name in one_line(ran.err)


QUESTIONS = {
    "articles": "article source title published publisher",
    "actors": "article source actor name type alias role wikidata",
    "statements": (
        "article source statement speaker speakerName speakerText mode cue content start end addresseeName via "
        "polarity attitude date"
    ),
    "projects": "article source project name kind alias",
    "project-facts": "article source project name fact value statedBy start end",
    "events": "article source event type name date dateText place participant",
}


def test_questions_answer_with_the_promised_columns(onrecord: Command, article: Path) -> None:
    """Each question of the contract is listed, and answers in JSON with its columns in their order."""
    onrecord("run", "--direct", article)
    listed = onrecord("query", "--list").out
    for name, columns in QUESTIONS.items():
        assert f"{name}\t" in listed
        ran = onrecord("query", name, "--format", "json")
        assert ran.code == 0, ran.err
        assert json.loads(ran.out)["head"]["vars"] == columns.split()


def test_query_answers_in_every_format(onrecord: Command, article: Path) -> None:
    """The same rows come as table, CSV and JSON; a file that constructs a graph answers in Turtle."""
    onrecord("run", "--direct", article)
    assert "harbour-bridge.txt" in onrecord("query", "articles").out
    assert onrecord("query", "articles", "--format", "csv").out.startswith("article,source,title,published,publisher")
    assert onrecord("query", "articles", "--bind", "source=other.txt", "--format", "csv").out.count("\n") == 1
    titles = onrecord("query", "articles", "--columns", "published,title", "--format", "csv")
    assert titles.out.splitlines() == ["published,title", "2021-03-04,Harbour Bridge Plan Wins Backing"]
    Path("titles.rq").write_text(
        "CONSTRUCT { ?a <https://schema.org/headline> ?t } WHERE { ?a <https://schema.org/headline> ?t }"
    )
    assert "schema:headline" in onrecord("query", "titles.rq", "--format", "turtle").out


def test_status_tells_what_became_of_each_input(onrecord: Command, article: Path, tmp_path: Path) -> None:
    """Status counts the outcomes and gives the reason for what is not published."""
    write(tmp_path / "in", {"empty.txt": ""})
    onrecord("run", "--direct", article.parent)
    ran = onrecord("status")
    assert ran.code == 0
    assert "1 published, 0 unchanged, 0 withheld, 1 rejected" in ran.out
    assert "rejected: empty.txt: " in ran.out
