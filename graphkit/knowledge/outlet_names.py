"""Names, handles and abbreviations of outlets: which outlet a name means, and where names stand in a text.

A name that several outlets bear, or that is made of nothing but newspaper words ("Daily News"), gives candidates, never a pick.
Names are compared without case, accents, punctuation and leading article; the text's own capitals then decide whether words are a
name at all.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graphkit.knowledge.outlets import known_domains, listed_sites, outlet_kinds
from graphkit.knowledge.own_tables import read_table, split_cell
from graphkit.knowledge.suffixes import is_last_label
from graphkit.model import Outlet
from graphkit.reading.addresses import registrable_domain

UNCERTAIN = "?"
NOT_NAMES = frozenset({"mirror", "handle"})
"""Notes of rows that hold domains or account names."""

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[ \u00a0.'’&!/+–-]{0,3}")
_LANGUAGE = re.compile(r"\s+(?:in [A-Z]\w+|\(in [A-Z]\w+\)|\d)$")
_HOST = re.compile(r"(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})")
_HANDLE = re.compile(r"(?<![\w@.])@(\w{2,30})\b")
_STATION = frozenset({"tv", "dt", "ld", "cd", "fm", "am"})
_PLAIN_ENDINGS = ("news", "newspaper", "online", "tv", "television", "media", "magazine", "website", "network", "agency")


@dataclass(frozen=True, slots=True)
class OutletName:
    """Words of a text that name an outlet.

    ``domains`` holds one domain, or the candidates where ``is_ambiguous``; ``kind`` is that of the first ("wire", "newspaper",
    "broadcaster", "organisation" …), empty where unknown.
    """

    begin: int
    end: int
    text: str
    domains: tuple[str, ...]
    is_ambiguous: bool
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The domains a name may mean, and whether the first is certain."""

    domains: tuple[str, ...]
    is_certain: bool


def outlet_of_name(name: str) -> Outlet | None:
    """Return the outlet called ``name``, or None where none or several are.

    Example:
        >>> outlet_of_name("the new york times"), outlet_of_name("The Sun")
        (Outlet(domain='nytimes.com'), None)
    """
    meaning = _meaning(name)
    return Outlet(meaning.domains[0]) if meaning is not None and meaning.is_certain else None


def domains_of_name(name: str) -> tuple[str, ...]:
    """Return the domains of the outlets that may be called ``name``, best known first; empty where none is known."""
    meaning = _meaning(name)
    return meaning.domains if meaning is not None else ()


def find_outlet_names(text: str) -> tuple[OutletName, ...]:
    """Find names and handles ("@example") of outlets in a text; whether they are cited there is for the caller to judge.

    Returns:
        Names in text order, none overlapping; offsets are code points.
    """
    found = [*_find_names(text), *_find_handles(text)]
    return tuple(sorted(found, key=lambda name: name.begin))


@cache
def fold_name(name: str) -> str:
    """Return a name without case, accents, punctuation and leading article, for comparison."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = _WORD.findall(name.casefold().replace("&", " and ").replace("’", "'").replace("'s ", "s "))
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@cache
def _meanings() -> dict[str, Meaning]:
    """Return what every folded name means; the project's own names win over the wide list's."""
    wide: dict[str, list[str]] = {}
    doubtful = set()
    for domain, (names, kind) in listed_sites().items():
        if kind and names:
            for name in names.split(";"):
                folded = fold_name(name)
                wide.setdefault(folded, []).append(domain)
                if name.endswith(UNCERTAIN):
                    doubtful.add(folded)
    found = {name: Meaning(tuple(ds), len(ds) == 1 and name not in doubtful) for name, ds in wide.items()}
    for row in read_table("outlet_names"):
        if row["note"] not in NOT_NAMES:
            domains = tuple(split_cell(row["domain"]))
            found[fold_name(row["name"])] = Meaning(domains, len(domains) == 1)
    return found


def _meaning(name: str) -> Meaning | None:
    bare = _LANGUAGE.sub("", name.strip())
    known = _meanings()
    for variant in _variants(fold_name(bare)):
        if variant in known:
            return known[variant]
    return _meaning_of_address(bare) or _meaning_of_label(fold_name(bare))


def _variants(folded: str) -> Iterator[str]:
    """Yield the name, then without a station's or a plain ending, then with "news" added."""
    yield folded
    head, _, last = folded.rpartition(" ")
    if head and last in _STATION and re.fullmatch(r"[kw][a-z]{2,3}|[a-z]{4}", head):
        yield head
    if re.fullmatch(r"[kw][a-z]{2,3}", folded):
        yield f"{folded} tv"
    if head and last in _PLAIN_ENDINGS:
        yield head
    if last != "news":
        yield f"{folded} news"


def _meaning_of_address(name: str) -> Meaning | None:
    match = _HOST.fullmatch(name.lower())
    domain = registrable_domain(match.group(1)) if match and is_last_label(name.rpartition(".")[2].lower()) else None
    return Meaning((domain,), is_certain=True) if domain is not None else None


@cache
def _labels() -> dict[str, tuple[str, ...]]:
    """Return the known domains by their label without hyphens and article."""
    found: dict[str, list[str]] = {}
    for domain in known_domains():
        found.setdefault(domain.split(".")[0].replace("-", "").removeprefix("the"), []).append(domain)
    return {label: tuple(domains) for label, domains in found.items()}


def _meaning_of_label(folded: str) -> Meaning | None:
    """Read a name as the label of a known domain ("Palestine Chronicle": palestinechronicle.com)."""
    domains = _labels().get(folded.replace(" ", "").removeprefix("the"), ())
    if not domains:
        return None
    return Meaning(domains, is_certain=len(domains) == 1 and " " in folded)


@cache
def _index() -> dict[str, list[tuple[tuple[str, ...], Meaning]]]:
    """Return, by first word, the further words of each name and what it means; longer names first."""
    index: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    for name, meaning in _meanings().items():
        first, *rest = name.split() or [""]
        index.setdefault(first, []).append((tuple(rest), meaning))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index


def _find_names(text: str) -> Iterator[OutletName]:
    index = _index()
    words = [match.span() for match in _WORD.finditer(text)]
    number = 0
    while number < len(words):
        begin, end = words[number]
        entries = index.get(_fold_word(text[begin:end])) if _may_begin_name(text[begin]) else None
        taken = next(((len(rest), m) for rest, m in entries or () if _matches(text, words, number, rest)), None)
        if taken is None:
            number += 1
            continue
        n_rest, meaning = taken
        last = words[number + n_rest][1]
        yield _name(text, _with_article(text, begin), last, meaning)
        number += n_rest + 1


def _may_begin_name(character: str) -> bool:
    return character.isupper() or character.isdigit()


def _name(text: str, begin: int, end: int, meaning: Meaning) -> OutletName:
    kind = outlet_kinds().get(meaning.domains[0], "")
    return OutletName(begin, end, text[begin:end], meaning.domains, not meaning.is_certain, kind)


def _fold_word(word: str) -> str:
    return word.casefold() if word.isascii() else fold_name(word)


def _matches(text: str, words: list[tuple[int, int]], number: int, rest: tuple[str, ...]) -> bool:
    if number + len(rest) >= len(words):
        return False
    before = words[number][1]
    for (begin, end), wanted in zip(words[number + 1 : number + 1 + len(rest)], rest, strict=True):
        if not _GAP.fullmatch(text, before, begin) or _fold_word(text[begin:end]) != wanted:
            return False
        if not (_may_begin_name(text[begin]) or len(wanted) <= 3):
            return False
        before = end
    return True


def _with_article(text: str, begin: int) -> int:
    return begin - 4 if text[max(0, begin - 4) : begin] == "The " else begin


@cache
def _handles() -> dict[str, tuple[str, ...]]:
    rows = (row for row in read_table("outlet_names") if row["note"] == "handle")
    return {row["name"].lower(): tuple(split_cell(row["domain"])) for row in rows}


def _find_handles(text: str) -> Iterator[OutletName]:
    for match in _HANDLE.finditer(text):
        domains = _handles().get(match.group(1).lower())
        if domains:
            yield _name(text, match.start(), match.end(), Meaning(domains, len(domains) == 1))
