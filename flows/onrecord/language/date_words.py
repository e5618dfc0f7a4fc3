"""The grammar of English time expressions: one pattern, whose outer groups name the form that was read."""

from __future__ import annotations

import re

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": -1}
_COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sep(?:tember|t\.?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_PLAIN_MONTH = r"(?:January|February|April|June|July|August|September|October|November|December)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[,.:]\d)"
_YEAR = r"(?:1[89]|20)\d\d(?!\d|s\b|[,.]\d|%)"
_TO = r"(?:\s?[-–]\s?|\s(?:to|and|through)\s)"
_COUNT = r"(?:\d{1,2}|[Aa]|[Oo]ne|[Tt]wo|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_NOT_A_COUNT = (
    r"(?!\s(?:people|percent|pct|per\s|miles|km|kilomet|votes|jobs|troops|dollars|dlrs|tons|tonnes|[mb]illion))"
)

_FORMS = {
    "iso": r"\d{4}-\d\d-\d\d",
    "month_day": rf"(?P<md_month>{_MONTH})\s(?P<md_day>{_DAY})"
    rf"(?:{_TO}(?:(?P<md_month2>{_MONTH})\s)?(?P<md_day2>{_DAY}))?(?:,?\s(?P<md_year>{_YEAR}))?",
    "day_month": rf"(?P<dm_day>{_DAY})(?:{_TO}(?P<dm_day2>{_DAY}))?(?:\sof)?\s(?P<dm_month>{_MONTH})\b"
    rf"(?:,?\s(?P<dm_year>{_YEAR}))?",
    "month_year": rf"(?:(?:early|late|mid)[-\s])?(?P<my_month>{_MONTH}),?\s(?:of\s)?(?P<my_year>{_YEAR})",
    "part": r"(?:(?P<part_nth>first|second|third|fourth|final)[-\s](?P<part_unit>quarter|half)"
    r"|(?P<part_code>Q[1-4]|[1-4]Q|H[12]|[12]H))"
    rf"(?:\s(?:of\s)?(?:(?P<part_year>{_YEAR})|(?P<part_which>this|last|next)\syear))?\b",
    "edge": r"(?P<edge_kind>end|close|start|beginning|middle)\sof\s"
    rf"(?:(?P<edge_month>{_MONTH})(?:\s(?P<edge_month_year>{_YEAR}))?"
    rf"|(?P<edge_year>{_YEAR})|(?P<edge_which>this|last|next|the)\s(?P<edge_unit>week|month|year))\b",
    "month": rf"(?:(?P<m_which>[Ll]ast|[Nn]ext|[Tt]his)\s(?P<m_any>{_MONTH})|{_PLAIN_MONTH}"
    r"|(?:(?<=[Ii]n\s)|(?<=[Bb]y\s)|(?<=[Ss]ince\s)|(?<=[Uu]ntil\s)|(?<=[Ll]ate\s)|(?<=[Ee]arly\s)|(?<=mid-)"
    r"|(?<=[Dd]uring\s))(?:March|May))\b",
    "weekday": rf"(?:(?P<w_which>[Ll]ast|[Nn]ext|[Tt]his)\s)?(?P<w_day>{_WEEKDAY})\b(?!\sNight\sLive)"
    rf"(?:{_TO}(?P<w_day2>{_WEEKDAY})\b)?",
    "day": r"(?:[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow)\b(?!['’]s\s(?:world|age|youth))",
    "unit": r"(?:(?:[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate)\s)?(?P<u_which>[Tt]his|[Ll]ast|[Nn]ext)\s"
    r"(?P<u_unit>week|weekend|month|year|spring|summer|autumn|fall|winter)\b",
    "ago": rf"(?P<ago_count>{_COUNT})\s(?P<ago_unit>day|week|month|year)s?\sago\b",
    "lasting": r"(?:[Ff]or\s(?:(?:many|several|some|the\s(?:past|last)(?:\s\w+)?)\s)?"
    r"(?:days|weeks|months|years|decades)"
    r"|(?:[Ii]n|[Oo]ver|[Dd]uring)\s(?:recent|the\s(?:past|last)(?:\s\w+)?)\s(?:days|weeks|months|years|decades))\b",
    "year": rf"(?P<y_from>{_YEAR})(?:{_TO}(?P<y_to>{_YEAR}|\d\d(?!\d)))?{_NOT_A_COUNT}",
}

# Reading starts only where a word opens like one of the forms: this halves the time.
_OPENING = (
    r"(?=[JFMASONDTWQHLEYI\d]|yest|to[dnm]|this|thir|las|late|next|ear|end\s|clos|star|begin|mid|fir|seco|four|fina|thr|one\s"
    r"|two\s|five|six|seve|eigh|nine|ten\s|elev|twel|a\s[dwmy]|for\s|in\s[rt]|over\s|duri)"
)
EXPRESSION = re.compile(rf"\b{_OPENING}(?:" + "|".join(f"(?P<{form}>{words})" for form, words in _FORMS.items()) + ")")
BEFORE = re.compile(
    r"(?:\b(?P<word>[Ss]ince|[Ff]rom|[Aa]fter|[Bb]y|[Uu]ntil|[Tt]ill|[Bb]efore|[Ii]n|[Oo]n|[Dd]uring|[Bb]etween|[Ee]arlier|[Oo]f"
    r"|[Aa]round|[Aa]bout|[Tt]hrough|[Aa]s\sof)\s(?:the\s)?)?(?:(?:[Ee]arly|[Ll]ate|[Mm]id)[-\s])?$"
)
ADNOMINAL = re.compile(r"(?:\b(?:[Tt]he|[Aa])\s|\()$")
TENSE = re.compile(
    r"\b(?:(?P<ahead>will|won['’]t|shall|would|(?:scheduled|set|slated|expected|planned|poised|aims?|hopes?|wants?"
    r"|plans?|intends?|prepar\w+|agreed)\s(?:to|for|on|in|by)|due|to\s(?:be|start|begin|open|reopen|resume|meet|visit|hold|sign|launch|return|vote)|upcoming|until|ahead\sof|coming)"
    r"|said|told|was|were|had|did|has|met|came|took|made|held|went|began|won|lost|[a-z]{2,}ed)\b"
)


def month_number(word: str) -> int:
    """1 for January, however it is abbreviated."""
    return _MONTH_NAMES.index(word[:3].lower()) + 1


def weekday_number(word: str) -> int:
    """0 for Monday, as `datetime.date.weekday` counts."""
    return _WEEKDAY_NAMES.index(word[:3].lower())


def ordinal(word: str, last: int) -> int:
    """The number of an ordinal; `last` for "final"."""
    number = _ORDINALS[word.lower()]
    return last if number < 0 else number


def count(word: str) -> int:
    """The number of a count in digits or words up to twelve; "a" is one."""
    if word.isdigit():
        return int(word)
    return 1 if word in "Aa" else _COUNTS.index(word.lower())
