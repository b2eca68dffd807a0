"""Terms written as canonical N-Quads text: what pyoxigraph's serialiser writes, without making an object of each term.

Writing the lines directly is what keeps the mapping of one article at a few milliseconds.  Only canonical lexical forms are
written ("0.75", never "0.750"), because Oxigraph stores numbers by value and would write them differently on the way out.
"""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from math import isfinite

from graphkit.rdf.namespaces import GKD, XSD, expand

SCORE_DECIMALS = 4
_SPECIAL = re.compile('["\\\\\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]')
_NAMED = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_LANGUAGE = re.compile(r"[a-z]{2,8}")
_NOT_IN_IRI = re.compile(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~\u00a0-\U000effff]|[\ud800-\udfff\ue000-\uf8ff\ufff0-\uffff]")
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@cache
def term(prefixed: str) -> str:
    """Return the term of a prefixed name: ``gk:claim`` gives ``<https://w3id.org/graphkit/ns#claim>``."""
    return f"<{expand(prefixed)}>"


def resource(name: str) -> str:
    """Return the term of one of our resources by its local name ("art-…")."""
    return f"<{GKD}{name}>"


def text(value: str, language: str | None = None) -> str:
    """Return a string literal, with a language tag if one is given; a lone surrogate becomes U+FFFD."""
    quoted = f'"{escape(value)}"'
    return quoted if language is None else f"{quoted}@{language}"


def escape(value: str) -> str:
    """Return ``value`` as it stands between the quotes of canonical N-Quads."""
    return _SPECIAL.sub(_escaped, value) if _SPECIAL.search(value) else value


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return _NAMED.get(character) or f"\\u{ord(character):04X}"


def integer(value: int) -> str:
    """Return an ``xsd:integer`` literal."""
    return f'"{value}"^^<{XSD}integer>'


def decimal(value: Decimal) -> str:
    """Return an ``xsd:decimal`` literal in its canonical form: no exponent, no trailing zeros, no "-0"."""
    digits = f"{value:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f'"{"0" if digits in {"-0", ""} else digits}"^^<{XSD}decimal>'


def score(value: float) -> str:
    """Return a score or log-odds as ``xsd:decimal`` with at most four decimals.

    More would carry differences between processors into the bytes, and means nothing.
    """
    return decimal(Decimal(f"{value:.{SCORE_DECIMALS}f}"))


def rounded(value: float | None) -> float | None:
    """Return a score as it comes back after it was written; None where there is none, or where no decimal can hold it."""
    return None if value is None or not isfinite(value) else float(f"{value:.{SCORE_DECIMALS}f}")


def boolean(value: bool) -> str:
    """Return an ``xsd:boolean`` literal."""
    return f'"{"true" if value else "false"}"^^<{XSD}boolean>'


def day(value: str) -> str:
    """Return an ``xsd:date`` literal, or a plain string, which the shapes reject, where ``value`` is no ISO 8601 date."""
    return f'"{value}"^^<{XSD}date>' if is_day(value) else text(value)


def is_day(value: str) -> bool:
    """Say whether ``value`` is a date of the calendar written as YYYY-MM-DD."""
    if not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def language_tag(language: str) -> str:
    """Return the primary subtag of a BCP 47 tag in lower case, or ``und`` where it is none."""
    primary = language.lower().replace("_", "-").partition("-")[0]
    return primary if _LANGUAGE.fullmatch(primary) else "und"


def address(url: str) -> str | None:
    """Return the term of ``url`` as an absolute IRI, escaping what may not stand in one; None where that does not make one."""
    from pyoxigraph import NamedNode

    for spelling in (str, _escaped_address):
        try:
            return f"<{NamedNode(spelling(url)).value}>"
        except ValueError:
            continue
    return None


def _escaped_address(url: str) -> str:
    return _BARE_PERCENT.sub("%25", _NOT_IN_IRI.sub(_percent, url))


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace"))
