"""Source lists: what stands under "Sources:" or as the last lines of an article, separated or run together."""

import re
from collections.abc import Iterator

from graphkit.knowledge.outlet_names import domains_of_name
from graphkit.knowledge.splitting import split_run_together
from graphkit.model import Citation, Outlet, Span
from graphkit.reading.addresses import domain_of_url

SURE_MARGIN = 6.0
"""Log-odds from which a split counts as certain: above it at least 99.5 % of whole lists are right."""
MAX_PROSE_WORDS = 12

_HEADING = re.compile(
    r"(?im)^[ \t>*_#-]{0,8}(?:sources?(?: (?:include|for this (?:article|story|report)(?: include)?))?|references|source\(s\)|citations|"
    r"further reading|read more(?: at)?|originally published (?:at|by|on))[*_ ]{0,4}[:：][*_ \t]{0,4}"
)
_ITEM = re.compile(r"https?://\S+|[^\s,;|•·]+", re.IGNORECASE)
_EDGES = "()[]<>\"'“”‘’*_-–—.,;:"


def find_source_lists(text: str) -> Iterator[Citation]:
    """Yield what the source lists of a text name."""
    begin = _list_begin(text)
    if begin is None:
        return
    for match in _ITEM.finditer(text, begin):
        yield from _read_item(text, match.start(), match.end())


def _list_begin(text: str) -> int | None:
    headings = list(_HEADING.finditer(text))
    if headings:
        return headings[-1].end()
    last = text.rstrip().rfind("\n") + 1
    line = text[last:].strip()
    return last if "." in line and " " not in line and split_run_together(line) else None


def _read_item(text: str, begin: int, end: int) -> Iterator[Citation]:
    while begin < end and text[begin] in _EDGES:
        begin += 1
    while begin < end and text[end - 1] in _EDGES:
        end -= 1
    item = text[begin:end]
    if "://" in item:
        domain = domain_of_url(item)
        if domain is not None:
            yield Citation(Span(begin, end), "sourceList", Outlet(domain), url=item)
        return
    split = split_run_together(item)
    if split is None:
        return
    guess = split.margin < SURE_MARGIN or not item.isascii()
    for part in split.parts:
        span = Span(begin + part.begin, begin + part.end)
        yield Citation(span, "sourceList", Outlet(part.domain), margin=split.margin, is_guess=guess)
