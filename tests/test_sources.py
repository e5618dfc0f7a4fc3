"""Reading: any plain text becomes an article whose spans count in the untouched text, or is rejected with one line."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.errors import RejectedInput, UsageError
from onrecord.sources import Input, find_inputs, read
from onrecord.sources.agencies import agency_name
from onrecord.sources.dateline import date_line, is_byline
from onrecord.sources.text import LONGEST_TEXT, read_text


def article(text: str, published: date | None = None) -> Article:
    """The article in a text."""
    return read_text(text.encode(), "story.txt", published=published)


def paragraphs(text: str) -> list[str]:
    """The words of each paragraph."""
    read_ = article(text)
    return [span.of(read_.text) for span in read_.paragraphs]


def test_founding_form_gives_date_title_and_paragraphs() -> None:
    """The first line holds date and title, each other line is a paragraph, the agency is no part of the first."""
    read_ = article(" date 2021-05-04 Dam Talks Stall\n(Bloomberg) -- Two states met.\nNothing was agreed.\n")
    assert (read_.headline, read_.published, read_.publisher) == ("Dam Talks Stall", date(2021, 5, 4), "Bloomberg")
    assert [span.of(read_.text) for span in read_.paragraphs] == ["Two states met.", "Nothing was agreed."]
    assert read_.publisher_span is not None
    assert read_.publisher_span.of(read_.text) == "Bloomberg"


def test_founding_form_keeps_its_own_date() -> None:
    """A date given from outside does not override the one in the file, and stands in for one that does not exist."""
    given_ = date(2000, 1, 1)
    assert article("date 2021-05-04 Title\nText.", given_).published == date(2021, 5, 4)
    assert article("date 2021-02-30 Title\nText.", given_).published == given_
    with pytest.raises(RejectedInput, match=r"2021-02-30 on the first line does not exist"):
        article("date 2021-02-30 Title\nText.")


@pytest.mark.parametrize(
    ("opening", "publisher", "published"),
    [
        ("(Bloomberg) -- ", "Bloomberg", None),
        ("WASHINGTON, March 3 (Reuters) - ", "Reuters", None),
        ("LONDON (AP) — ", "Associated Press", None),
        ("KYIV, Ukraine (AP) _ ", "Associated Press", None),
        ("DES MOINES, Iowa, Aug. 10 (UPI) — ", "United Press International", None),
        ("PARIS, Oct 18, 2023 (AFP) - ", "Agence France-Presse", date(2023, 10, 18)),
        ("MOSCOW, October 18. /TASS/. ", "TASS", None),
        ("NEW YORK, Oct. 18, 2023 /PRNewswire/ -- ", "PR Newswire", date(2023, 10, 18)),
        ("HOUSTON--(BUSINESS WIRE)--", "Business Wire", None),
        ("Hong Kong (CNN) ", "CNN", None),
        ("LAGOS (Delta Press Service) -- ", "Delta Press Service", None),
        ("(Delta Press Service) -- LAGOS, Oct. 30 -- ", "Delta Press Service", None),
        ("SALVADOR, Feb 26 - ", None, None),
        ("TALLAHASSEE — ", None, None),
        ("ST. LOUIS, 3 May 1999 — ", None, date(1999, 5, 3)),
    ],
)
def test_dateline_is_read_and_left_out(opening: str, publisher: str | None, published: date | None) -> None:
    """Datelines of all eras give the agency by its usual name, a full date, and are no part of the paragraph."""
    read_ = article(f"A title\n{opening}The talks went on.\nMore.")
    assert [span.of(read_.text) for span in read_.paragraphs] == ["The talks went on.", "More."]
    assert (read_.publisher, read_.published) == (publisher, published)


@pytest.mark.parametrize(
    "line",
    [
        "Bill Shuster (R-Pa.) - who spoke first - said so.",
        "OPEC - which met in Vienna - agreed.",
        "The plan (a draft) -- seen by many -- failed.",
        "NATO — the alliance — agreed.",
        "(Reporting by a friend) - nothing more.",
    ],
)
def test_prose_is_no_dateline(line: str) -> None:
    """Brackets and dashes within a sentence take nothing away from it."""
    assert paragraphs(f"A title\n{line}\nMore.") == [line, "More."]


def test_head_of_a_web_page_is_no_prose() -> None:
    """Bylines, date lines, credits, advertisements and picture credits are not read as the article's words."""
    text = (
        "Grid Deal Signed\nBy Jane Doe and John van Dyke, Associated Press\nPublished: Oct 18, 2023 10:30 AM EDT\n\n"
        "Advertisement\n\nPhoto: A mast in the hills / Somebody\n\nThe deal was signed.\n\nADVERTISEMENT\n\nIt holds.\n"
    )
    read_ = article(text)
    assert [span.of(read_.text) for span in read_.paragraphs] == ["The deal was signed.", "It holds."]
    assert (read_.published, read_.publisher) == (date(2023, 10, 18), "Associated Press")


def test_date_line_may_stand_above_the_title() -> None:
    """The title is the first line that is not a mere date."""
    read_ = article("October 18, 2023\n\nGrid Deal Signed\n\nIt was signed.\n")
    assert (read_.headline, read_.published) == ("Grid Deal Signed", date(2023, 10, 18))


def test_given_date_goes_before_a_printed_one() -> None:
    """Outside the founding form the user's date stands."""
    assert article("Title\nOctober 18, 2023\nText.", date(2000, 1, 1)).published == date(2000, 1, 1)


def test_date_in_prose_is_no_date_of_publication() -> None:
    """A date within a sentence says nothing about the day of publication."""
    assert article("Title\nThe deal of October 18, 2023 was signed in public.\nMore.").published is None


def test_wire_of_1987_is_read_by_indentation() -> None:
    """Hard-wrapped lines form a paragraph up to the next indented one; the signature names the agency."""
    text = (
        "OIL RISES ON ACCORD\n  Oil prices rose sharply in early trading in the market\n"
        "  after ministers said they would\n  cut, traders said.\n"
        "      They said the rise was larger than had been expected by\n  most of the market.\n REUTER\n\x03"
    )
    read_ = article(text)
    words = [" ".join(span.of(read_.text).split()) for span in read_.paragraphs]
    assert words == [
        "Oil prices rose sharply in early trading in the market after ministers said they would cut, traders said.",
        "They said the rise was larger than had been expected by most of the market.",
    ]
    assert read_.publisher == "Reuters"


def test_wrapped_text_with_blank_lines() -> None:
    """Where lines break at a column, blank lines part the paragraphs, also where a line happens to end a sentence."""
    first = "This paragraph was broken at a column and goes on over several lines. It\nhas a line that ends here.\n"
    second = "And the next paragraph is broken as well at the same column by the same\nprogram.\n"
    assert paragraphs(
        f"Title\n\n{first}And so on and on, with words and words and more words to the\nend.\n\n{second}"
    ) == [
        f"{first}And so on and on, with words and words and more words to the\nend.",
        second.strip(),
    ]


def test_short_lines_are_paragraphs() -> None:
    """Short lines that end sentences are paragraphs, not broken lines."""
    assert paragraphs(
        "Title\nTwo workers were hurt at the site on Monday.\nThe mine was closed at once by the owner.\nIt rained."
    ) == [
        "Two workers were hurt at the site on Monday.",
        "The mine was closed at once by the owner.",
        "It rained.",
    ]


def test_dateline_in_the_first_line_means_no_title() -> None:
    """A text that opens with a dateline has no title, and loses no words for it."""
    read_ = article("LAGOS (AP) — No title here.\nMore.")
    assert read_.title is None
    assert len(read_.paragraphs) == 2


def test_label_in_capitals_is_part_of_the_title() -> None:
    """A headline may open with a label and a dash."""
    assert article("EXCLUSIVE – Dam Talks Stall\nTwo states met.").headline == "EXCLUSIVE – Dam Talks Stall"


def test_byte_order_mark_is_no_text_and_crlf_is() -> None:
    """Offsets count in the decoded file: CRLF stays, the byte order mark is a sign of the encoding."""
    read_ = read_text(b"\xef\xbb\xbfTitle\r\nText one.\r\n", "a.txt")
    assert read_.text == "Title\r\nText one.\r\n"
    assert [span.of(read_.text) for span in read_.passages] == ["Title", "Text one."]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"ab\x00c", "binary"),
        (b"\x89PNG\r\n\x1a\n\x08\x07\x06", "binary"),
        ("Title\nText".encode("utf-16"), "UTF-16"),
        (b"caf\xe9 opens", r"not UTF-8 at byte 3 \(0xe9\)"),
        (b"\xef\xbb\xbfcaf\xe9", r"at byte 6 \(0xe9\)"),
        (b" \n\t\r\n", "no words"),
        (b"***\n---\n", "no words"),
    ],
)
def test_unreadable_bytes_are_rejected(data: bytes, reason: str) -> None:
    """What cannot be an article is rejected in one line that names the file, the place and the reason."""
    with pytest.raises(RejectedInput, match=reason) as caught:
        read_text(data, "odd\nname.txt")
    assert "\n" not in str(caught.value)
    assert caught.value.source == "odd\nname.txt"


def test_stray_control_character_is_kept() -> None:
    """One escape character in a long text does not make it binary."""
    assert "\x1b" in article("Title\n" + "Word after word. " * 20 + "\x1b and on.").text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_any_text_is_read_whole_or_rejected(text: str) -> None:
    """Whatever the text, its spans lie within it in order, apart from each other, without outer white space."""
    try:
        read_ = read_text(text.encode(), "any.txt")
    except RejectedInput:
        return
    assert read_.text == text.removeprefix("\ufeff")
    ends = [0]
    for span in sorted(read_.passages):
        assert ends[-1] <= span.start
        assert span.of(read_.text) == span.of(read_.text).strip()
        ends.append(span.end)
    assert ends[-1] <= len(read_.text)


@pytest.mark.parametrize(
    "unit",
    [
        b"word ",
        b"word said so\n",
        b" ",
        b"\n ",
        b"(A) - ",
        b"  word word word word word word word word word\n",
        b"\xe2\x80\x94",
    ],
)
def test_the_longest_text_is_read_whole_and_a_longer_one_refused(unit: bytes) -> None:
    """Up to its limit any text is read, however odd; beyond it one line tells the size and the way out."""
    head, end = b"Title\nA", b" end."
    body = unit * ((LONGEST_TEXT - len(head) - len(end)) // len(unit.decode()))
    article = read_text(head + body[: len(body) // len(unit) * len(unit)] + end, "long.txt")
    assert article.text.endswith(" end.")
    with pytest.raises(RejectedInput, match="split it into its articles"):
        read_text(head + unit * (LONGEST_TEXT + 1) + end, "longer.txt")


def test_agency_names_are_canonical() -> None:
    """Known agencies get their usual name whatever the case; others stay as printed."""
    assert agency_name("REUTER") == agency_name("reuters") == "Reuters"
    assert agency_name("Delta  Press") == "Delta Press"


@pytest.mark.parametrize(
    "line", ["October 18, 2023", "Wednesday, 18 October 2023", "Updated 2023-10-18 at 5 p.m. EDT", "18-OCT-2023 15:01"]
)
def test_date_lines(line: str) -> None:
    """A line of nothing but a date, a label and a time of day gives its date."""
    assert date_line(line) == date(2023, 10, 18)


def test_byline_has_capitalised_words_only() -> None:
    """A sentence that begins with "By" is no byline."""
    assert is_byline("By Jane Doe and Karl von Moor, Energy Correspondent")
    assert not is_byline("By Tuesday the river had risen")
    assert not is_byline("By Monday.")


def found(*paths: Path | str) -> list[str]:
    """What the paths name: sources, or the reasons for none."""
    return [str(f) if isinstance(f, RejectedInput) else f.source for f in find_inputs([str(path) for path in paths])]


def test_folder_gives_its_articles_sorted(tmp_path: Path) -> None:
    """Folders are searched through, sorted by path; README files and other formats are not articles."""
    for name in ("b.txt", "a.txt", "README.txt", "notes.md", "deep/c.TXT", ".hidden.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("Title\nText.")
    assert found(tmp_path) == ["a.txt", "b.txt", "deep/c.TXT"]
    assert found(tmp_path / "*.txt") == ["a.txt", "b.txt"]


def test_each_file_is_found_once(tmp_path: Path) -> None:
    """A file named twice is one input; two files of one name are told apart."""
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("Title\nText.")
    assert found(tmp_path / "x", tmp_path / "x" / "a.txt") == ["a.txt"]
    assert found(tmp_path / "x", tmp_path / "y") == ["a.txt", (tmp_path / "y" / "a.txt").as_posix()]


@pytest.mark.parametrize(
    "name", ["with space.txt", "q'uo\"te.txt", "a<b>#c.txt", "new\nline.txt", "[x]*.txt", "ünï.txt"]
)
def test_odd_file_names_are_read(tmp_path: Path, name: str) -> None:
    """Any name that the file system allows can be given and is printed as it is."""
    (tmp_path / name).write_text("Title\nText.")
    (given_,) = find_inputs([str(tmp_path / name)])
    assert isinstance(given_, Input)
    assert read(given_).source == name


def test_file_name_that_is_not_utf8_is_escaped(tmp_path: Path) -> None:
    """A name of odd bytes comes out as text that a graph can hold."""
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "w") as file:
        file.write("Title\nText.")
    assert found(tmp_path) == ["caf\\xe9.txt"]


def test_missing_things_are_rejected_one_by_one(tmp_path: Path) -> None:
    """A path without an article says so in one line and does not stop the others."""
    (tmp_path / "a.txt").write_text("Title\nText.")
    (tmp_path / "empty").mkdir()
    lines = found(tmp_path / "gone.txt", tmp_path / "empty", tmp_path / "*.nope", tmp_path / "a.txt")
    assert [("no such file" in lines[0]), ("no articles" in lines[1]), ("no file matches" in lines[2])] == [True] * 3
    assert lines[3:] == ["a.txt"]


def test_other_formats_and_urls_name_the_way_out(tmp_path: Path) -> None:
    """What has no reader yet is refused with what to do instead."""
    (tmp_path / "a.html").write_text("<p>Text")
    with pytest.raises(RejectedInput, match=r"save the article's text as \.txt"):
        read(Input(tmp_path / "a.html", "a.html"))
    with pytest.raises(UsageError, match=r"save the page as text"):
        list(find_inputs(["https://example.org/story"]))


def test_unreadable_file_is_rejected(tmp_path: Path) -> None:
    """A file that cannot be opened is rejected with the system's reason."""
    with pytest.raises(RejectedInput, match=r"cannot be read"):
        read(Input(tmp_path, "folder.txt"))
