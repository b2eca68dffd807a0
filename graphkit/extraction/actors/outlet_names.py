"""The short name of an outlet that an article has named before: "The Chronicle" for "The San Francisco Chronicle"."""

import re
from collections.abc import Sequence

from graphkit.model import Citation, Outlet

_SHORT = re.compile(r"(?:[Tt]he\s)?([A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)?)")


def short_named_outlet(text: str, citations: Sequence[Citation], begin: int, words: str) -> Outlet | None:
    """Return the one outlet cited by name before offset ``begin`` whose name ends in ``words``, or None for none or several."""
    short = _SHORT.fullmatch(words.strip(" ,"))
    if short is None:
        return None
    found = {
        citation.outlet
        for citation in citations
        if citation.outlet is not None
        and citation.kind == "mention"
        and citation.span.end <= begin
        and citation.span.of(text).endswith(f" {short[1]}")
    }
    return found.pop() if len(found) == 1 else None
