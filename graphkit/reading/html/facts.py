"""What a page states about itself: headline, day, authors, address, site name and language.

The order of trust is JSON-LD, then meta tags, then what can be seen on the page.  Two choices are our own:

- *Title*: the headline a reader sees (``h1``) where the page's own statements agree with it, since ``og:title`` is often a
  shorter wording for social media; site names behind it are cut off.
- *Day*: time stamps are mostly in UTC while addresses carry the publisher's own day, so an address that is one day off wins.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape

from lxml.html import HtmlElement

from graphkit.reading.addresses import article_url, domain_of_url
from graphkit.reading.dates import read_date
from graphkit.reading.html.json_ld import find_article_node, names_of, text_of
from graphkit.reading.languages import primary_tag

LATEST_DAY = "2199-12-31"
"""htmldate's limit, which would otherwise be today: the same page must give the same day tomorrow."""

_META_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "cxenseparse:recs:publishtime",
    "publish-date",
    "publishdate",
    "pubdate",
    "date",
)
_META_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "citation_author")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?=[/_.-]|$)")
_SEPARATOR = re.compile(r" [|–—•·»:-] |\| ")
_NOT_A_NAME = re.compile(r"https?:|www\.|@|\d{3}|^\W*$", re.IGNORECASE)
_BYLINE = re.compile(r"^(?:written\s+)?by:?\s+", re.IGNORECASE)
_AND = re.compile(r"[;,&]| and ")
_WORD = re.compile(r"\w+")
_HTML_TAG = re.compile(r"<[a-zA-Z/][^<>]{0,500}>")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The facts of one page; ``headlines`` are all wordings of its title, so that the body can drop them."""

    title: str | None = None
    headlines: tuple[str, ...] = ()
    published: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    site_name: str | None = None
    language: str | None = None
    is_article: bool = False


def read_facts(tree: HtmlElement, url: str | None) -> PageFacts:
    """Read the facts of a page; ``url`` is where it was found, if that is known."""
    node, meta = find_article_node(tree), _read_meta(tree)
    site = _clean(meta.get("og:site_name"))
    headlines = _headlines(tree, site, (text_of(node, "headline"), meta.get("og:title"), meta.get("twitter:title")))
    address = _own_address(tree, meta, url)
    return PageFacts(
        title=_choose_title(tree, headlines),
        headlines=headlines,
        published=_choose_day(
            tree, address or url, (text_of(node, "datePublished"), *(meta.get(name) for name in _META_DATES))
        ),
        authors=_choose_authors(tree, names_of(node, "author"), [meta[name] for name in _META_AUTHORS if name in meta]),
        url=address,
        site_name=site,
        language=primary_tag(tree.get("lang"))
        or primary_tag(text_of(node, "inLanguage"))
        or primary_tag(meta.get("og:locale")),
        is_article=node is not None or meta.get("og:type") == "article",
    )


def squash(words: str) -> str:
    """Return the letters and digits of ``words`` in lower case, by which two wordings are the same line."""
    return "".join(_WORD.findall(unicodedata.normalize("NFC", words).casefold()))


def _read_meta(tree: HtmlElement) -> dict[str, str]:
    """Return the first content of each meta tag by its lower-case property, name or itemprop."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            key = (element.get(attribute) or "").strip().lower()
            if key and content:
                found.setdefault(key, content)
    return found


def _clean(words: str | None) -> str | None:
    """Return words without markup, entities and doubled white space; None where nothing is left."""
    if not words:
        return None
    return " ".join(_HTML_TAG.sub("", unescape(words[:2_000])).split()) or None


def _headlines(tree: HtmlElement, site: str | None, stated: Iterable[str | None]) -> tuple[str, ...]:
    page_title = tree.find(".//title")
    raw = (*stated, page_title.text_content() if page_title is not None else None)
    cleaned = (_without_site(words, site) for words in map(_clean, raw) if words)
    return tuple(dict.fromkeys(words for words in cleaned if words))


def _without_site(title: str, site: str | None) -> str:
    """Cut the site's name from the end (or the beginning) of a title."""
    parts = list(_SEPARATOR.finditer(title))
    if not parts or not site:
        return title
    name = squash(site)
    head, tail = title[: parts[-1].start()].rstrip(), title[parts[-1].end() :].lstrip()
    if _is_site(squash(tail), name) and len(head) > len(tail):
        return head
    first, rest = title[: parts[0].start()].rstrip(), title[parts[0].end() :].lstrip()
    return rest if _is_site(squash(first), name) and len(rest) > len(first) else title


def _is_site(words: str, name: str) -> bool:
    return bool(words) and (words in name or name in words) and min(len(words), len(name)) * 2 >= max(len(words), len(name))


def _choose_title(tree: HtmlElement, headlines: tuple[str, ...]) -> str | None:
    shown = [words for words in (_clean(" ".join(h1.itertext())) for h1 in tree.iter("h1")) if words]
    for words in shown:
        for stated in headlines:
            if squash(stated) in squash(words) and len(stated) * 2 >= len(words):
                return stated
            if _overlap(words, stated) >= 0.5:
                return words
    if headlines:
        return headlines[0]
    return shown[0] if len(shown) == 1 else None


def _overlap(first: str, second: str) -> float:
    """Return how much two headlines share: common words over the words of the shorter one."""
    one, two = (set(_WORD.findall(words.casefold())) for words in (first, second))
    return len(one & two) / max(3, min(len(one), len(two)))


def _own_address(tree: HtmlElement, meta: dict[str, str], url: str | None) -> str | None:
    """Return the page's canonical address.

    Where the page was fetched from a known place, its own statement counts only within the same registrable domain: a copy on
    another site is published there, and no page may pass for another outlet's.
    """
    canonical = (link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    stated = [address for address in (*canonical, meta.get("og:url")) if address]
    for candidate in stated:
        address = article_url(candidate, url)
        if address is None or _is_front_page(address):
            continue
        if url is None or domain_of_url(address) == domain_of_url(url):
            return address
    return article_url(url) if url else None


def _is_front_page(address: str) -> bool:
    return address.count("/") == 3 and address.endswith("/")


def _choose_day(tree: HtmlElement, url: str | None, stated: Iterable[str | None]) -> str | None:
    day = next((found for found in map(read_date, stated) if found), None)
    in_address = _day_of_url(url)
    if day is not None:
        is_near = in_address is not None and abs((date.fromisoformat(in_address) - date.fromisoformat(day)).days) <= 1
        return in_address if is_near else day
    return in_address or _day_on_page(tree, url)


def _day_of_url(url: str | None) -> str | None:
    match = _URL_DAY.search(url or "")
    return read_date("-".join(match.groups())) if match else None


def _day_on_page(tree: HtmlElement, url: str | None) -> str | None:
    """Let htmldate look at what is visible; a bare first of January is its guess from a year and is not taken.

    Its extensive search is off: that completes dates without a year from today's and guesses from copyright lines.
    """
    from htmldate import find_date

    try:
        found = find_date(tree, url=url, original_date=True, extensive_search=False, max_date=LATEST_DAY)
    except (
        ValueError,
        LookupError,
        AttributeError,
        OverflowError,
    ):  # it trips over odd trees; a page without a day is still read
        return None
    return None if found is None or found.endswith("-01-01") else read_date(found)


def _choose_authors(tree: HtmlElement, stated: tuple[str, ...], meta: list[str]) -> tuple[str, ...]:
    names = list(_names(stated)) or list(_names(meta))
    if not names:
        names = list(
            _names(" ".join(element.itertext()) for element in tree.xpath('//*[@rel="author" or @itemprop="author"]')[:10])
        )
    return tuple({name.casefold(): name for name in reversed(names)}.values())[::-1]


def _names(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        cleaned = _BYLINE.sub("", _clean(value) or "")
        parts = _AND.split(cleaned) if len(cleaned) > 40 or ";" in cleaned else [cleaned]
        stripped = (part.strip() for part in parts)
        yield from (part for part in stripped if 2 < len(part) <= 80 and not _NOT_A_NAME.search(part))
