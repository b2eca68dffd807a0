"""Identifiers: every IRI is a pure function of content, so that any number of processes mint the same names.

A key is 128 bits of SHA-256 over length-prefixed UTF-8 parts, in lower-case base32: 26 characters.  The prefixes keep "1" + "23"
apart from "12" + "3".  The text's hash is part of every span's key: when a text changes, a note on an old span dangles visibly
instead of pointing at other words.  A claim or actor is keyed by exactly the string that labels it, without case folding: with a
folded key one IRI would get two labels, and ``graph-shared`` would stop being a function of its subjects.

Language is part of a claim's or unresolved actor's key where it is not English, because the label carries the language tag.

The functions return local names ("art-…"); ``namespaces.GKD`` + name is the IRI.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

from graphkit.errors import UnreadableInput

_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(first + second for first in _BASE32 for second in _BASE32)
_SHIFTS = tuple(range(120, -1, -10))
_DOMAIN = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?")
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")
_SLUG_GAP = re.compile(r"[^a-z0-9.]+")


def key(kind: str, *parts: object) -> str:
    """Return the 26-character key of ``kind`` and ``parts``, each taken as its ``str``."""
    return _letters(_packed(kind, *parts))


def _packed(*parts: object) -> bytes:
    encoded = [str(part).encode("utf-8", "replace") for part in parts]
    return b"".join([len(part).to_bytes(4, "big") + part for part in encoded])


# a rating set has thousands of keys with few beginnings and few ends
_packed_once = lru_cache(maxsize=4096)(_packed)


def _letters(packed: bytes) -> str:
    # 128 bits and two of padding are 13 pairs of letters: a third of the time that base64.b32encode takes
    number = int.from_bytes(hashlib.sha256(packed).digest()[:16], "big") << 2
    return "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])


def canonical_wording(text: str) -> str:
    """Return ``text`` in NFC with single spaces: the exact string a claim or actor is keyed by and labelled with."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def article(url: str | None, text_sha256: str) -> str:
    """Name an article by its URL, or, without one, by its text."""
    return "art-" + key("article", url or "sha256:" + text_sha256)


def article_graph(article_name: str) -> str:
    """Name the graph that holds all that was extracted from the article."""
    return "graph-" + article_name.removeprefix("art-")


def assertion(article_name: str, text_sha256: str, begin: int, end: int) -> str:
    """Name the assertion at a span (code points, end-exclusive)."""
    return "as-" + key("assertion", article_name, text_sha256, begin, end)


def attribution(assertion_name: str, depth: int, rank: int = 0) -> str:
    """Name one link of an assertion's chain; ``rank`` tells joint sources of one depth apart, 0 being the first in the text."""
    return "at-" + key("attribution", assertion_name, depth, *([rank] if rank else []))


def mention(article_name: str, text_sha256: str, begin: int, end: int) -> str:
    """Name the mention at a span."""
    return "mn-" + key("mention", article_name, text_sha256, begin, end)


def quantity(article_name: str, text_sha256: str, begin: int, end: int) -> str:
    """Name the quantity at a span."""
    return "qty-" + key("quantity", article_name, text_sha256, begin, end)


def citation(article_name: str, text_sha256: str, begin: int, end: int) -> str:
    """Name the citation at a span."""
    return "cit-" + key("citation", article_name, text_sha256, begin, end)


def note(article_name: str, text_sha256: str, kind: str, *offsets: int) -> str:
    """Name the note that the rule ``kind`` raises on the spans whose begins and ends are ``offsets``."""
    return "note-" + key("note", article_name, text_sha256, kind, *offsets)


def claim(wording: str, language: str = "en") -> str:
    """Name a claim by its exact wording, and its language where that is not English."""
    return "claim-" + key("claim", canonical_wording(wording), *([] if language == "en" else [language]))


@lru_cache(maxsize=65_536)
def outlet(registrable_domain: str) -> str:
    """Name an outlet by its registrable domain, readable and in ASCII (IDNA): ``outlet-meduza.io``.

    Raises:
        UnreadableInput: The string is no domain name.
    """
    domain = registrable_domain.lower().rstrip(".")
    try:
        ascii_domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_domain = ""
    if not _DOMAIN.fullmatch(ascii_domain):
        msg = f"{registrable_domain[:80]!r} is not a domain name"
        raise UnreadableInput(msg, hint="name an outlet by its domain, like meduza.io")
    return "outlet-" + ascii_domain


def actor(kind: str, name: str, wikidata: str | None = None, language: str = "en") -> str:
    """Name an actor by its Wikidata id, else by class ("Person", "Country", "Organisation", "Group") and canonical name.

    ``kind`` may be written as in ``model.ActorKind`` ("person").  Without an id the actor means "whoever is called this".
    """
    if wikidata is not None and _WIKIDATA.fullmatch(wikidata):
        return "actor-" + wikidata
    tail = [] if language == "en" else [language]
    return "actor-" + key("actor", kind.capitalize(), canonical_wording(name), *tail)


def anonymous_source(article_name: str, text_sha256: str, name: str) -> str:
    """Name an unnamed source of one article: "officials" in two articles are not one source."""
    return "actor-" + key("anonymous", article_name, text_sha256, canonical_wording(name))


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """Return ``name`` as a readable part of an IRI: lower case, ASCII, words joined by hyphens; keyed if nothing is left."""
    folded = "".join(letter for letter in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(letter))
    return _SLUG_GAP.sub("-", folded).strip("-.") or key("slug", name)


def rater(name: str) -> str:
    """Name a rater."""
    return "rater-" + slug(name)


def scale(name: str) -> str:
    """Name the scale of one dimension of one rater."""
    return "scale-" + slug(name)


def ratings_graph(rating_set: str) -> str:
    """Name the graph that holds one rating set."""
    return "graph-ratings-" + slug(rating_set)


def rating(outlet_name: str, rater_name: str, date: str, scale_name: str, *limits: str) -> str:
    """Name a rating; ``limits`` are its scope (topic or path, "" for the whole outlet) and the version of its set, if it has one.

    With the version, what one version says of an outlet stands beside what another says.
    """
    scope, *version = limits or ("",)
    end = _packed_once(rater_name, date, scale_name, scope, *filter(None, version))
    return "rating-" + _letters(_packed_once("rating", outlet_name) + end)


def link(from_name: str, to_name: str, relation: str) -> str:
    """Name a scored relation between two nodes."""
    return "link-" + key("link", from_name, to_name, relation)


def run(process: str, version: str, options: str = "") -> str:
    """Name a run by what was run (software or model digest, options), never by when."""
    return "run-" + key("run", process, version, options)


def assessment(target_name: str, metric_name: str, run_name: str) -> str:
    """Name what one run measured of one target by one metric."""
    return "assess-" + key("assessment", target_name, metric_name, run_name)


def decision(target_name: str, kind: str, value: str, reason: str, *, made: tuple[str, str]) -> str:
    """Name a decision by what was decided about what and why, by whom and when (``made``): two people's decisions stay two."""
    return "decision-" + key("decision", target_name, kind, value, reason, *made)


def reviews_graph(domain: str) -> str:
    """Name the graph that holds the reviews of one fact-checker, by its domain, so that a licence can be honoured by dropping it."""
    return "graph-reviews-" + slug(domain)


def review(url: str, claim_name: str) -> str:
    """Name a fact-checker's review of a claim: one page may review several."""
    return "review-" + key("review", url, claim_name)
