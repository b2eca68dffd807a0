"""Answers as HTTP: what each error's status is, and how an error reads to a program and to a person."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from graphkit import errors
from graphkit.endpoint.pool import Busy
from graphkit.endpoint.requests import Refused

if TYPE_CHECKING:
    from starlette.responses import Response

_STATUS: Final[tuple[tuple[type[errors.GraphkitError], int], ...]] = (
    (errors.QueryForbidden, 403),
    (errors.NotFound, 404),
    (errors.InputError, 400),
    (errors.TimedOut, 504),
    (errors.StoreError, 503),
)


def problem_of(error: Exception) -> Refused | None:
    """Return how an error is told: with its status, a sentence, and what to do; None for what is no error of asking."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, Busy):
        return Refused(503, "as many questions as may be are being answered", hint="ask again in a moment")
    for kind, status in _STATUS:
        if isinstance(error, kind):
            # what the command line would advise is not to be had here
            hint = error.hint if error.hint is None or "--" not in error.hint else None
            return Refused(status, error.message, hint=hint)
    return None


def told(problem: Refused, headers: Mapping[str, str] | None = None) -> "Response":
    """Return a problem as plain text."""
    from starlette.responses import PlainTextResponse

    text = problem.message + "\n" + (f"hint: {problem.hint}\n" if problem.hint else "")
    return PlainTextResponse(text, problem.status, {**_extra(problem), **(headers or {})})


def _extra(problem: Refused) -> dict[str, str]:
    return {"Retry-After": "1"} if problem.status == 503 else {}
