"""The tree of errors. Each message names the thing, the value and the way out, on one line.

    OnRecordError
    ├── UsageError            the command or a setting is wrong               exit 2
    ├── RejectedInput         this input cannot become an article             exit 3, the others go on
    ├── ResourceError         a shipped file, model or language is missing    exit 1
    ├── PublicationError      the output folder cannot be used                exit 1
    └── QuestionError         a query cannot be answered                      exit 2

Bad data is never an exception: a graph that does not conform is a value, `validation.Report`.
"""


class OnRecordError(Exception):
    """Base of all errors that a user may see; `exit_code` is what the command returns."""

    exit_code = 1


class UsageError(OnRecordError):
    """The command line or a setting is wrong."""

    exit_code = 2


class RejectedInput(OnRecordError):
    """An input cannot become an article."""

    exit_code = 3

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source!r}: {reason}")
        self.source = source
        self.reason = reason


class ResourceError(OnRecordError):
    """A file, model or package that the work needs is missing or unreadable."""


class PublicationError(OnRecordError):
    """The output folder cannot be read or written."""


class QuestionError(OnRecordError):
    """A question is unknown, malformed or lacks a parameter."""

    exit_code = 2
