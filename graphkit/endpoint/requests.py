"""Requests of the SPARQL 1.1 Protocol, read: GET with parameters, POST of a form, POST of the query itself (W3C, 2013, §2.1)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from graphkit.reading.web import split_content_type

if TYPE_CHECKING:
    from starlette.requests import Request

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_MOST_PARAMETERS: Final = 100


class Refused(Exception):
    """A request that is not one of the protocol: the status it is answered with, and why."""

    def __init__(self, status: int, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked; ``query`` is None where nothing was, ``seconds`` where the client left the limit to the server."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    seconds: float | None = None


async def read_request(request: "Request") -> Asked:
    """Read a request of the protocol.

    Raises:
        Refused: It is not one: 400 (a parameter is missing, doubled or not UTF-8), 403 (an update), 415 (another media type).
    """
    address = _pairs(request.url.query)
    if request.method != "POST":
        return _asked(address, None)
    media_type, charset = split_content_type(request.headers.get("Content-Type"))
    if media_type == _UPDATE:
        raise _read_only()
    if media_type not in {_FORM, _QUERY}:
        said = media_type or "no media type"
        raise Refused(415, f"a query is posted as {_FORM} or {_QUERY}, not as {said[:100]}")
    if charset is not None and charset.lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise Refused(415, "a query is posted in UTF-8")
    body = _text(await request.body())
    if media_type == _QUERY:
        return _asked([pair for pair in address if pair[0] != "query"], body)
    return _asked([*address, *_pairs(body)], None)


def _asked(pairs: list[tuple[str, str]], posted: str | None) -> Asked:
    def all_of(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in pairs if key == name and value)

    if all_of("update"):
        raise _read_only()
    queries = [posted] if posted is not None else [value for key, value in pairs if key == "query"]
    if len(queries) > 1:
        raise Refused(400, "the query is given more than once")
    return Asked(queries[0] if queries else None, all_of("default-graph-uri"), all_of("named-graph-uri"), _seconds(pairs))


def _seconds(pairs: list[tuple[str, str]]) -> float | None:
    given = next((value for key, value in pairs if key == "timeout" and value), None)
    if given is None:
        return None
    try:
        seconds = float(given)
    except ValueError:
        seconds = -1.0
    if not seconds > 0:
        raise Refused(400, f"timeout is a number of seconds, not {given[:40]!r}")
    return seconds


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except UnicodeDecodeError as error:
        raise Refused(400, "a parameter is not UTF-8") from error
    except ValueError as error:
        raise Refused(400, f"more than {_MOST_PARAMETERS} parameters") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"the body is not UTF-8 (byte {error.start})") from error


def _read_only() -> Refused:
    return Refused(403, "this endpoint only reads", hint="change the graph by graphkit's own commands")
