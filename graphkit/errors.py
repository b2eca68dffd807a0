"""What graphkit raises, and the exit code each means at the command line.

::

    GraphkitError
    ├── UsageError       2   NotAllowed, MissingExtra
    ├── InputError       3   UnreadableInput, UnsupportedFormat, TextTooLong, NotFound, QuerySyntax, QueryForbidden,
    │                        ShapeViolation
    ├── StoreError       4   StoreBusy, StoreCorrupt, StoreTooNew, DiskFull, DamagedPart
    ├── NetworkError     5   BlockedAddress, TooLarge, BadStatus
    └── TimedOut         6   QueryTimeout, FetchTimeout

A message is one line that names what, where and the value; ``hint`` says what to do next.  Codes 0 (done), 1 (the question was
answered "no"), 70 (a bug in graphkit) and 130 (Ctrl-C) are the command line's own.
"""

import re
from typing import ClassVar

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


class GraphkitError(Exception):
    """Base of everything graphkit raises on purpose.

    Args:
        message: One line: what went wrong, where, with which value.
        hint: What to do next, if there is something to do.
    """

    exit_code: ClassVar[int] = 70

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def code(self) -> str:
        """The stable snake-case name of the error, as ``--json`` prints it ("unsupported_format")."""
        return _CAPITAL.sub("_", type(self).__name__).lower()

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process, hint included."""
        return _rebuild, (type(self), self.message, self.hint)


def _rebuild(kind: type[GraphkitError], message: str, hint: str | None) -> GraphkitError:
    return kind(message, hint=hint)


class UsageError(GraphkitError):
    """The command or call was put together wrongly."""

    exit_code = 2


class NotAllowed(UsageError):
    """An option needs another one, or an address needs a flag."""


class MissingExtra(UsageError):
    """A part that is installed as an extra is not there."""


class InputError(GraphkitError):
    """What was given cannot be used."""

    exit_code = 3


class UnreadableInput(InputError):
    """A file or stream cannot be read as an article."""


class UnsupportedFormat(InputError):
    """The format is known not to be read, or not known at all."""


class TextTooLong(InputError):
    """A text is past a limit of ``graphkit.limits``."""


class NotFound(InputError):
    """Nothing of that name is there."""


class QuerySyntax(InputError):
    """A SPARQL query does not parse; the message names line and column."""


class QueryForbidden(InputError):
    """A query asks for the network or for a change."""


class ShapeViolation(InputError):
    """RDF does not conform to the shapes."""


class StoreError(GraphkitError):
    """The graph's file cannot be used."""

    exit_code = 4


class StoreBusy(StoreError):
    """Another process kept the file locked longer than the wait."""


class StoreCorrupt(StoreError):
    """The file is damaged, or is not a graph file."""


class StoreTooNew(StoreError):
    """The file was written by a newer graphkit."""


class DiskFull(StoreError):
    """There is no room, or no right, to write."""


class DamagedPart(StoreError):
    """A packaged file (model, table) is not what its checksum says."""


class NetworkError(GraphkitError):
    """A page or a server could not be reached or gave nothing usable."""

    exit_code = 5


class BlockedAddress(NetworkError):
    """An address leads to a private, loopback, link-local or otherwise refused place."""


class TooLarge(NetworkError):
    """A response is past the size limit, packed or unpacked."""


class BadStatus(NetworkError):
    """A server answered with an error or too many redirects."""


class TimedOut(GraphkitError):
    """A time limit passed."""

    exit_code = 6


class QueryTimeout(TimedOut):
    """A query was ended at its limit."""


class FetchTimeout(TimedOut):
    """A fetch was ended at its deadline."""
