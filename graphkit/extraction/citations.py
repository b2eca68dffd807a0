"""Where an article points to other outlets: source lists, links, addresses, names in the text, credit lines.

Kinds: ``sourceList`` (a list under a heading such as "Sources:", or last lines of nothing but hosts), ``link`` (a hyperlink or an
address in the text) and ``mention`` (a name, host or credit where the article takes something from an outlet).  Being spoken of is no
citation, nor are platforms, organisations, "state media" and the article's own outlet.

"AFP via France 24" and "Reuters, citing TASS" give two citations: the origin, with the carrier in ``via``, and the carrier.  Whoever
counts sources leaves out an outlet that stands in ``via``.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import parse_qs, urlsplit

from graphkit.extraction.citing_contexts import are_joined, is_cited
from graphkit.extraction.source_lists import find_addresses, find_source_lists
from graphkit.knowledge.outlets import Credit, OutletName, domains_of_name, find_credits, find_outlet_names, kind_of, mirror_of
from graphkit.model import Article, Citation, CitationKind, Outlet, Span
from graphkit.reading.addresses import domain_of_url, registrable_domain

NOT_OUTLETS = frozenset({"organisation", "platform"})
"""Kinds of the outlet table that are named and linked to but are no press."""

_TOKEN = re.compile(r"[^\s<>()\[\]{}\"“”‘’',;|]+")
_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,5}[a-zA-Z]{2,24}")
_CAPITALISED = re.compile(r"\b[A-Z]\w*")
EXPANSION = 90
"""Characters before "(EBC)" in which the words it abbreviates are looked for."""
_TRAILING = ".,;:!?…*_"
_RANK: dict[CitationKind, int] = {"sourceList": 0, "link": 1, "mention": 2}
_SHARING = re.compile(
    r"(?i)(?:facebook\.com/(?:sharer|dialog)|twitter\.com/(?:intent|share|home\?status)|x\.com/(?:intent|share)|linkedin\.com/(?:sharing|"
    r"sharearticle)|reddit\.com/submit|pinterest\.[a-z.]{2,6}/pin/create|t\.me/share|telegram\.me/share|wa\.me/|api\.whatsapp\.com/send|"
    r"plus\.google\.com/share|tumblr\.com/(?:share|widgets)|vk\.com/share|getpocket\.com/save)"
)
_ARCHIVED = re.compile(
    r"(?i)https?://(?:web\.archive\.org/web/[0-9a-z_*]+|archive\.(?:is|ph|today|li|md|vn|fo)/(?:o/\w+|\d{4,14}))/(https?://.+)"
)
SHORTENERS = frozenset(
    {
        "bit.ly",
        "buff.ly",
        "dlvr.it",
        "fb.me",
        "goo.gl",
        "is.gd",
        "j.mp",
        "lnkd.in",
        "ow.ly",
        "t.co",
        "tiny.cc",
        "tinyurl.com",
        "trib.al",
    }
)
"""Addresses that hide where they lead; following them would need the network."""
_TRANSLATED = ".translate.goog"


def find_citations(article: Article, names: Sequence[OutletName] | None = None) -> tuple[Citation, ...]:
    r"""Find the outlets an article cites.

    Args:
        article: The article; its own outlet is never cited.
        names: The outlets named in its text, where they are known already.

    Returns:
        Citations in text order, none overlapping another; ``citation.span.of(article.text)`` is the wording found.

    Example:
        >>> article = Article("It rained, Reuters reported.\n\nSources:\nmeduza.iofoxnews.com", "Rain")
        >>> [(c.span.of(article.text), c.kind) for c in find_citations(article)]
        [('Reuters', 'mention'), ('meduza.io', 'sourceList'), ('foxnews.com', 'sourceList')]
    """
    text = article.text
    names = find_outlet_names(text) if names is None else names
    found = (
        *find_source_lists(text),
        *_read_links(article),
        *_read_addresses(text),
        *_read_credits(text, names),
        *_read_names(text, names),
    )
    own = {_canonical(domain) for domain in (article.outlet, domain_of_url(article.url)) if domain}
    return _without_overlaps(c for c in found if c.outlet is None or _canonical(c.outlet.domain) not in own)


def _canonical(domain: str) -> str:
    return mirror_of(domain) or domain


def _read_links(article: Article) -> Iterator[Citation]:
    for link in article.links:
        domain = _linked_domain(link.url)
        if domain is not None and domain not in SHORTENERS and not _SHARING.search(link.url):
            yield Citation(link.span, "link", Outlet(domain), url=link.url)


def _linked_domain(url: str) -> str | None:
    """Return the domain a link leads to, seen through archives, translators and redirects that name their target."""
    archived = _ARCHIVED.match(url)
    if archived:
        return domain_of_url(archived.group(1))
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host.endswith(_TRANSLATED):
        return registrable_domain(host.removesuffix(_TRANSLATED).replace("--", "\n").replace("-", ".").replace("\n", "-"))
    if host.startswith(("www.google.", "news.google.", "l.facebook.")) and parts.query:
        query = parse_qs(parts.query)
        target = domain_of_url((query.get("url") or query.get("q") or query.get("u") or [""])[0])
        if target is not None:
            return target
    return domain_of_url(url)


def _read_addresses(text: str) -> Iterator[Citation]:
    for begin, end in find_addresses(text):
        url = text[begin:end]
        domain = _linked_domain(url)
        if domain is not None and domain not in SHORTENERS and not _SHARING.search(url):
            yield Citation(Span(begin, end), "link", Outlet(domain), url=url)
    for match in _TOKEN.finditer(text):
        if "." in match.group():
            yield from _read_host(text, match.start(), match.group())


def _read_host(text: str, begin: int, token: str) -> Iterator[Citation]:
    bare = token.lstrip(_TRAILING + "(")
    begin += len(token) - len(bare)
    host = bare.rstrip(_TRAILING)
    domain = registrable_domain(host) if _HOST.fullmatch(host) else None
    kind = kind_of(domain) if domain is not None else None
    if domain is None or kind is None or kind in NOT_OUTLETS:
        return
    if kind or is_cited(text, begin, begin + len(host), is_word=True):
        yield Citation(Span(begin, begin + len(host)), "mention", Outlet(domain))


def _read_credits(text: str, names: Sequence[OutletName]) -> Iterator[Citation]:
    for credit in find_credits(text, names):
        via = Outlet(credit.carrier) if credit.carrier else None
        yield Citation(Span(credit.begin, credit.end), "mention", Outlet(credit.origin), _words(text, credit), via=via)
        if credit.carrier and credit.carrier_span:
            span = Span(*credit.carrier_span)
            yield Citation(span, "mention", Outlet(credit.carrier), name=span.of(text))


def _words(text: str, credit: Credit) -> str:
    return text[credit.begin : credit.end]


def _read_names(text: str, names: Sequence[OutletName]) -> Iterator[Citation]:
    usable = [name for name in names if name.kind not in NOT_OUTLETS and not _stands_for_another(text, name)]
    cited = [is_cited(text, name.begin, name.end, is_word=name.is_word) for name in usable]
    for number in range(1, len(usable)):
        left, right = usable[number - 1], usable[number]
        if cited[number - 1] != cited[number] and are_joined(text, left.end, right.begin):
            cited[number - 1] = cited[number] = True
    for name, is_citing in zip(usable, cited, strict=True):
        if is_citing:
            span = Span(name.begin, name.end)
            if name.is_ambiguous:
                yield Citation(span, "mention", name=name.text, candidates=name.domains)
            else:
                yield Citation(span, "mention", Outlet(name.domains[0]), name=name.text)


def _stands_for_another(text: str, name: OutletName) -> bool:
    """Say whether the text itself gives capitals another meaning ("Example Broadcasting Corporation (EBC)")."""
    defined = text.find(f"({name.text})") if name.text.isupper() and name.text.isalpha() else -1
    if defined < 1:
        return False
    words = list(_CAPITALISED.finditer(text, max(0, defined - EXPANSION), defined))[-len(name.text) :]
    if "".join(match.group()[0] for match in words) != name.text:
        return False
    return name.domains[0] not in domains_of_name(text[words[0].start() : defined])


def _without_overlaps(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Keep the better of two that overlap: a list before a link before a mention, who carries it before who does not, longer first."""
    ranked = sorted(citations, key=lambda c: (_RANK[c.kind], c.via is None, c.outlet is None, -len(c.span), c.span.begin))
    kept: list[Citation] = []
    taken = bytearray(max((c.span.end for c in ranked), default=0))
    for citation in ranked:
        begin, end = citation.span.begin, citation.span.end
        if not any(taken[begin:end]):
            taken[begin:end] = b"\x01" * (end - begin)
            kept.append(citation)
    return tuple(sorted(kept, key=lambda c: c.span))
