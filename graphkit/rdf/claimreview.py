"""ClaimReview JSON-LD (schema.org), as fact-checkers publish it: read by walking the JSON, so that no context is ever fetched.

A file may hold one ClaimReview, a list, an ``@graph``, a DataFeed (Data Commons), or one JSON value a line.  What is read is what the
format's own documentation names; properties beyond it are left out.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from graphkit import limits
from graphkit.errors import UnreadableInput
from graphkit.rdf.foreign import depth_of
from graphkit.rdf.namespaces import GKD
from graphkit.rdf.reviews import NUMBER, Review

_SPELLINGS = ("https://schema.org/", "http://schema.org/", "schema:")
_OURS = "https://w3id.org/graphkit/"
_LONGEST = 10_000
"""Code points of one text of a review; a longer one is an article."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """What a file held: its reviews in their order, each once, and what was left out and why."""

    reviews: tuple[Review, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComputedSupport:
    """What graphkit computed of one claim, to be written beside fact-checkers' reviews: numbers between 0 and 1, and who says it."""

    claim_name: str
    claim: str
    score: str
    low: str
    high: str
    origins: str | None
    method: str
    appearances: tuple[str, ...] = ()


def holds_reviews(data: bytes) -> bool:
    """Say whether JSON looks like ClaimReviews rather than like any other JSON-LD."""
    return b"ClaimReview" in data and b"claimReviewed" in data


def read_claimreviews(data: bytes, name: str) -> Reviews:
    """Read the ClaimReviews of a JSON-LD file.

    Raises:
        UnreadableInput: The bytes are no JSON, are nested too deeply, or hold no ClaimReview that can be used.
    """
    found: dict[str, Review] = {}
    problems: list[str] = []
    for number, item in enumerate(_items(_values(data, name)), start=1):
        try:
            one = _review(item)
        except ValueError as error:
            problems.append(f"review {number}: {error}")
            continue
        known = found.setdefault(one.name, one)
        if known != one:
            problems.append(f"review {number}: {one.url} reviews one claim twice; the first is kept")
    if not found:
        why = f" that can be used; {problems[0]}" if problems else ""
        raise UnreadableInput(f"{name}: holds no ClaimReview{why}", hint="schema.org/ClaimReview as JSON-LD is read")
    return Reviews(tuple(found.values()), tuple(problems))


def _values(data: bytes, name: str) -> list[Any]:
    if depth_of(data) > limits.MAX_JSON_DEPTH:
        raise UnreadableInput(f"{name}: its JSON is nested more than {limits.MAX_JSON_DEPTH} levels deep")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{name}: not UTF-8 at byte {error.start}", hint="save it as UTF-8") from error
    try:
        return [_loaded(text)]
    except ValueError as error:
        try:
            return [_loaded(line) for line in text.splitlines() if line.strip()]
        except ValueError:
            raise UnreadableInput(f"{name}: no JSON: {error}") from error


def _loaded(text: str) -> Any:
    # numbers stay as they are printed: no rounding, and no number too long to hold
    return json.loads(text, parse_float=str, parse_int=str)


def _items(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _items(one)
    elif isinstance(value, dict):
        item = {_bare(key): one for key, one in value.items()}
        if "ClaimReview" in _types(item):
            yield item
        else:
            for one in item.values():
                yield from _items(one)


def _bare(word: str) -> str:
    for spelling in _SPELLINGS:
        word = word.removeprefix(spelling)
    return word


def _types(item: Mapping[str, Any]) -> list[str]:
    given = item.get("@type", item.get("type"))
    return [_bare(one) for one in (given if isinstance(given, list) else [given]) if isinstance(one, str)]


def _review(item: Mapping[str, Any]) -> Review:
    from graphkit.reading.addresses import absolute_url, domain_of_url
    from graphkit.reading.dates import read_date

    reviewed, rating = _part(item, "itemReviewed"), _part(item, "reviewRating")
    claim = _text(item.get("claimReviewed")) or _text(reviewed.get("name")) or _text(reviewed.get("text"))
    if not claim:
        raise ValueError("it does not say which claim it reviews (claimReviewed)")
    address = _address(item) or ""
    url, publisher = absolute_url(address), domain_of_url(address)
    if _text(_part(item, "author").get("url")).startswith(_OURS):
        raise ValueError("graphkit computed it; it is no fact-checker's")
    if url is None or publisher is None:
        raise ValueError(f"it has no address of its own (url): {claim[:80]!r}")
    verdict, value = _text(rating.get("alternateName")) or _text(rating.get("name")), _text(rating.get("ratingValue"))
    if not NUMBER.fullmatch(value):
        verdict, value = verdict or value, ""
    if not verdict and not value:
        raise ValueError(f"it has no verdict (reviewRating): {claim[:80]!r}")
    return Review(
        url,
        claim,
        publisher,
        _language(_text(item.get("inLanguage")) or None, claim),
        verdict=verdict or None,
        value=_canonical(value),
        worst=_canonical(_text(rating.get("worstRating"))),
        best=_canonical(_text(rating.get("bestRating"))),
        authors=tuple(sorted({name for one in _list(item.get("author")) if (name := _name(one))})),
        published=read_date(_text(item.get("datePublished"))),
        claimant=_name(reviewed.get("author")) or None,
        claimed_on=read_date(_text(reviewed.get("datePublished"))),
        appearances=tuple(sorted(_appearances(reviewed))),
    )


def _language(stated: str | None, claim: str) -> str:
    """Return the language of a claim; one that is too short to tell and plain ASCII is taken for English, as articles are."""
    from graphkit.reading.languages import choose_language

    found = choose_language(stated, claim)
    return "en" if found == "und" and claim.isascii() else found


def _canonical(number: str) -> str | None:
    if not NUMBER.fullmatch(number):
        return None
    digits = f"{Decimal(number):f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits == "-0" else digits


def _appearances(reviewed: Mapping[str, Any]) -> set[str]:
    from graphkit.rdf.terms import address
    from graphkit.reading.addresses import absolute_url

    given = [*_list(reviewed.get("appearance")), *_list(reviewed.get("firstAppearance"))]
    if "Claim" not in _types(reviewed):
        # the older form: what is reviewed is itself the work that the claim stands in
        given += [*_list(reviewed.get("url")), *_list(reviewed.get("sameAs"))]
    urls = (absolute_url(one if isinstance(one, str) else _address(_dict(one)) or "") for one in given)
    return {found[1:-1] for url in urls if url and (found := address(url))}


def _address(item: Mapping[str, Any]) -> str | None:
    for key in ("url", "@id", "id"):
        text = _text(item.get(key))
        if text.startswith(("http://", "https://")):
            return text
    return None


def _name(value: Any) -> str:
    first = next(iter(_list(value)), None)
    return _text(first) if isinstance(first, str) else _text(_dict(first).get("name"))


def _part(item: Mapping[str, Any], key: str) -> dict[str, Any]:
    return _dict(next(iter(_list(item.get(key))), None))


def _dict(value: Any) -> dict[str, Any]:
    return {_bare(key): one for key, one in value.items()} if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    """Return a value as one line of text: the first of several, and what a value object holds."""
    first = next(iter(_list(value)), None)
    if isinstance(first, dict):
        first = first.get("@value", first.get("@id"))
    return " ".join(first.split())[:_LONGEST] if isinstance(first, str) else ""


def write_claimreviews(reviews: Iterable[Review], computed: Iterable[ComputedSupport] = ()) -> bytes:
    """Write a DataFeed of ClaimReviews, the same for the same graph: fact-checkers' first, then what graphkit computed, marked as such."""
    items = [
        *(_written(one) for one in sorted(reviews, key=lambda one: (one.publisher, one.url, one.claim))),
        *(_computed(one) for one in sorted(computed, key=lambda one: (one.claim, one.claim_name))),
    ]
    feed = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": "reviews of claims, written by graphkit",
        "dataFeedElement": [{"@type": "DataFeedItem", "item": item} for item in items],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _written(one: Review) -> dict[str, Any]:
    rating = {"@type": "Rating", "alternateName": one.verdict, "ratingValue": one.value}
    rating |= {"worstRating": one.worst, "bestRating": one.best}
    reviewed = {
        "@type": "Claim",
        "author": None if one.claimant is None else {"@type": "Thing", "name": one.claimant},
        "datePublished": one.claimed_on,
        "appearance": [{"@type": "CreativeWork", "url": url} for url in one.appearances] or None,
    }
    return _given(
        {
            "@type": "ClaimReview",
            "url": one.url,
            "claimReviewed": one.claim,
            "inLanguage": None if one.language == "und" else one.language,
            "author": [{"@type": "Organization", "name": name} for name in one.authors] or None,
            "datePublished": one.published,
            "reviewRating": _given(rating),
            "itemReviewed": _given(reviewed),
        }
    )


def _computed(one: ComputedSupport) -> dict[str, Any]:
    counted = "" if one.origins is None else f"; independent origins: {one.origins}"
    return {
        "@type": "ClaimReview",
        "url": GKD + one.claim_name,
        "claimReviewed": one.claim,
        "author": {"@type": "Organization", "name": "graphkit", "url": _OURS},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": f"support {one.score}, between {one.low} and {one.high}{counted}",
            "ratingExplanation": f"Computed from who says it and on whose word; no judgement whether it is so. {one.method}",
            "ratingValue": one.score,
            "worstRating": "0",
            "bestRating": "1",
        },
        "itemReviewed": _given(
            {"@type": "Claim", "appearance": [{"@type": "CreativeWork", "url": url} for url in one.appearances] or None}
        ),
    }


def _given(properties: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if value is not None}
