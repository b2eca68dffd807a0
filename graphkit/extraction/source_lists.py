"""Source lists: what stands under "Sources:" or as the last lines of an article, with separators or run together.

A list ends at the first line of prose.  Its items are addresses, hosts (also several written as one word) and names of outlets.
"""

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from graphkit.knowledge.outlets import domains_of_name, find_outlet_names, is_known, outlet_of_name
from graphkit.knowledge.splitting import Split, split_run_together
from graphkit.model import Citation, Outlet, Span
from graphkit.reading.addresses import domain_of_url

SURE_MARGIN = 7.0
"""Log-odds from which a split counts as certain: of lists of outlets that nothing knew, 99.86 % were right above it."""
MAX_ITEM_WORDS = 6
MAX_PROSE_WORDS = 14
MAX_LIST_LINES = 200
MAX_HEADINGS = 20

_SOURCES = (
    r"sources?(?:\(s\))?(?: (?:include|used|cited|consulted|for (?:this|the) (?:article|story|report|post|piece)))*(?: include[sd]?)?|"
    r"references?|citations?|works cited|originally published (?:at|by|on|in)|via|h/t|hat tip|credits?|"
    r"quellen?|fuentes?|fontes?|источник(?:и)?|джерел[оа]"
)
_FURTHER = r"further reading|more information|see also|(?:learn|read) more(?: at| on| here)?"
_HEADING = re.compile(
    rf"(?im)^[ \t>*_#•-]{{0,8}}(?:{_SOURCES}|(?P<further>{_FURTHER}))[*_ \t]{{0,4}}(?:[:：][*_ \t]{{0,4}}|(?=\r?$))"
)
_URL = re.compile(r"https?://[^\s<>\"'“”‘’()\[\]{}|\\^`]+", re.IGNORECASE)
_GLUED_URL = re.compile(r"(?=https?://)", re.IGNORECASE)
_QUOTING = re.compile(r"(?:archive\.\w{2,5}/[\w./*]{0,40}/|[=?])$", re.IGNORECASE)
"""What ends before an address that belongs to the one around it."""
_AFTER_URL = ".,;:!?…*_"
_SEPARATOR = re.compile(r"[,;|•·\t\n]+|\s+[-–—/&+]\s+|\s+and\s+")
_WORD_GAP = re.compile(r"\s+")
_HOSTS = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+")
_NUMBERING = re.compile(r"[\s>*_#•·‣◦–—-]*(?:\(?\[?\d{1,3}[.)\]]{1,2}\s+)?[\s*_]*")
_HANDLE = re.compile(r"@[A-Za-z0-9_]{2,30}")
_PRESS_NOUNS = frozenset(
    """agency broadcasting channel chronicle courier daily dispatch examiner gazette globe guardian herald inquirer journal ledger magazine
    mail media messenger mirror monitor news newspaper newspapers newswire observer post press radio record register review sentinel
    standard star sun telegraph television times today tribune tv weekly wire""".split()  # noqa: SIM905 - reads better
)
"""Last words of names of outlets: with one, a name in a list of sources is one though nothing else is known of it."""
_EDGES = " \t()[]<>\"'“”‘’*_–—.,;:!?/"


def find_source_lists(text: str) -> Iterator[Citation]:
    """Yield what the source lists of a text name, in text order; every span slices back to the words found."""
    begin, is_further = _list_begin(text)
    if begin is None:
        return
    for start, end in _list_lines(text, begin):
        yield from _read_line(text, start, end, is_further=is_further)


def _list_begin(text: str) -> tuple[int | None, bool]:
    """Return where the last list that holds anything begins, and whether it is further reading rather than sources."""
    for heading in reversed(list(_HEADING.finditer(text))[-MAX_HEADINGS:]):
        is_further = heading["further"] is not None
        first = next(iter(_list_lines(text, heading.end())), None)
        if first is not None and next(_read_line(text, *first, is_further=is_further), None) is not None:
            return heading.end(), is_further
    return _tail_begin(text), False


def _list_lines(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Yield begin and end of the lines of a list, up to the first line of prose."""
    for number, (start, end) in enumerate(_lines(text, begin)):
        line = text[start:end].strip()
        if number >= MAX_LIST_LINES or (line and _is_prose(line)):
            return
        if line:
            yield start, end


def _lines(text: str, begin: int) -> Iterator[tuple[int, int]]:
    while begin < len(text):
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        yield begin, end
        begin = end + 1


def _is_prose(line: str) -> bool:
    words = _WORD_GAP.split(line)
    has_address = "://" in line or any(_HOSTS.fullmatch(word.strip(_EDGES)) for word in words)
    is_sentence = line.endswith((".", "!", "?")) and len(words) > MAX_ITEM_WORDS
    return not has_address and (is_sentence or len(words) > MAX_PROSE_WORDS) and "," not in line[:40]


def _tail_begin(text: str) -> int | None:
    """Return where the last lines begin that hold nothing but hosts and addresses, or None where they hold no list."""
    lines = [(start, end) for start, end in _lines(text, 0) if text[start:end].strip()]
    last = reversed(lines[-MAX_LIST_LINES:])
    tail = list(takewhile(lambda line: _is_all_hosts(text[line[0] : line[1]]), last))
    if not tail or len(tail) == len(lines):
        return None
    found = [citation for start, end in tail for citation in _read_line(text, start, end)]
    is_list = len(found) > 1 or any(citation.outlet and is_known(citation.outlet.domain) for citation in found)
    return tail[-1][0] if is_list else None


def _is_all_hosts(line: str) -> bool:
    items = [item.strip(_EDGES) for item in re.split(r"[\s,;|•·]+", line)]
    return any(items) and all(not item or _URL.fullmatch(item) or split_run_together(item) for item in items)


def _read_line(text: str, begin: int, end: int, *, is_further: bool = False) -> Iterator[Citation]:
    begin += len(_NUMBERING.match(text, begin, end).group())  # type: ignore[union-attr]
    found: list[Citation] = []
    found += _read_urls(text, begin, end)
    for start, stop in _gaps(begin, end, [citation.span for citation in found]):
        for item_begin, item_end in _items(text, start, stop):
            found += _read_item(text, item_begin, item_end, is_further=is_further)
    linked = {citation.outlet.domain for citation in found if citation.outlet and citation.url}
    yield from sorted((c for c in found if c.url or not c.outlet or c.outlet.domain not in linked), key=lambda c: c.span)


def _read_urls(text: str, begin: int, end: int) -> Iterator[Citation]:
    for start, stop in find_addresses(text, begin, end):
        domain = domain_of_url(text[start:stop])
        if domain is not None:
            yield Citation(Span(start, stop), "sourceList", Outlet(domain), url=text[start:stop])


def find_addresses(text: str, begin: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where web addresses stand, also several glued together; an address inside that of an archive stays in it."""
    for match in _URL.finditer(text, begin, len(text) if end is None else end):
        glued = [m.start() for m in _GLUED_URL.finditer(text, match.start() + 1, match.end())]
        cuts = [match.start(), *(cut for cut in glued if not _QUOTING.search(text, match.start(), cut)), match.end()]
        for start, stop in pairwise(cuts):
            yield start, start + len(text[start:stop].rstrip(_AFTER_URL))


def _gaps(begin: int, end: int, taken: list[Span]) -> Iterator[tuple[int, int]]:
    for span in taken:
        yield begin, span.begin
        begin = span.end
    yield begin, end


def _items(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _SEPARATOR.finditer(text, begin, end):
        yield from _trimmed(text, begin, match.start())
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while begin < end and text[begin] in _EDGES:
        begin += 1
    while begin < end and text[end - 1] in _EDGES:
        end -= 1
    if begin < end:
        yield begin, end


def _read_item(text: str, begin: int, end: int, *, is_further: bool) -> Iterator[Citation]:
    item = text[begin:end]
    named = _read_name(item, begin) if " " in item or "." not in item else None
    if named is not None:
        yield named
        return
    hosts = [match for match in _HOSTS.finditer(text, begin, end) if _stands_alone(text, match.start(), match.end())]
    for match in hosts:
        split = split_run_together(match.group())
        if split is not None:
            yield from _read_split(split, match.group(), match.start())
    if not hosts and not is_further:
        inner = list(_read_names(item, begin))
        yield from inner or _read_unknown(item, begin)


def _stands_alone(text: str, begin: int, end: int) -> bool:
    return text[begin - 1 : begin] != "@" and text[end : end + 1] != "@"


def _read_split(split: Split, item: str, begin: int) -> Iterator[Citation]:
    is_guess = split.margin < SURE_MARGIN or not item.isascii()
    for part in split.parts:
        span = Span(begin + part.begin, begin + part.end)
        yield Citation(span, "sourceList", Outlet(part.domain), margin=split.margin, is_guess=is_guess)


def _read_name(item: str, begin: int) -> Citation | None:
    """Read an item that is a name as a whole."""
    if len(item.split()) > MAX_ITEM_WORDS or not (item[0].isupper() or item[0].isdigit()):
        return None
    span = Span(begin, begin + len(item))
    outlet = outlet_of_name(item)
    if outlet is not None:
        return Citation(span, "sourceList", outlet, name=item)
    candidates = domains_of_name(item)
    return Citation(span, "sourceList", name=item, candidates=candidates) if candidates else None


def _read_names(item: str, begin: int) -> Iterator[Citation]:
    """Read the names inside an item that says more ("The Guardian, 5 May: …")."""
    for name in find_outlet_names(item):
        if not name.is_ambiguous and not name.is_word and name.kind not in {"organisation", "platform"}:
            yield Citation(Span(begin + name.begin, begin + name.end), "sourceList", Outlet(name.domains[0]), name=name.text)


def _read_unknown(item: str, begin: int) -> Iterator[Citation]:
    """Read an outlet of which only the name is known ("The Norland Times"), or an account ("@norlandwatch")."""
    words = item.split()
    is_name = len(words) <= MAX_ITEM_WORDS and words[-1].lower() in _PRESS_NOUNS and words[-1][0].isupper() and len(words) > 1
    if is_name or _HANDLE.fullmatch(item):
        yield Citation(Span(begin, begin + len(item)), "sourceList", name=item)
