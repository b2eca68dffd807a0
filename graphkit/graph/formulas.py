"""Making text that a spreadsheet would run as a formula harmless (OWASP, "CSV injection")."""

import re

_FORMULA = re.compile("^[=+\\-@\t\r\n|%＝＋－＠％｜]")
_STRIPPED = " \ufeff\u00a0\u2007\u202f\u200b"


def defused(value: str) -> str:
    """Return ``value`` with an apostrophe before what a spreadsheet would run as a formula."""
    starts_like_one = _FORMULA.match(value) or _FORMULA.match(value.lstrip(_STRIPPED))
    return "'" + value if starts_like_one else value
