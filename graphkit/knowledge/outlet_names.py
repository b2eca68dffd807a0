"""Names, handles and abbreviations of outlets: which outlet a name means, and where names stand in a text.

A name that several outlets bear, or that is made of nothing but newspaper words ("Daily News"), gives candidates, never a pick.
Names are compared without case, accents, punctuation and leading article; the text's own capitals then decide whether words are a
name at all.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from graphkit.knowledge.listed_names import is_news_name
from graphkit.knowledge.outlets import known_domains, listed_sites, outlet_kinds
from graphkit.knowledge.own_tables import read_table, split_cell
from graphkit.knowledge.suffixes import is_last_label
from graphkit.model import Outlet
from graphkit.reading.addresses import registrable_domain

UNCERTAIN = "?"
MIN_LABEL = 4
"""Letters of a name that may be read as a domain's label: shorter ones are abbreviations of many things."""
NOT_NAMES = frozenset({"mirror", "handle"})
"""Notes of rows that hold domains or account names."""
ONLY_ASKED = frozenset({"lookup", "credit"})
"""Notes of names that answer when asked for but are not looked for in prose ("PA" is found in credits only, by ``wires``)."""

_FIRST = re.compile(r"(?i:the )?\W*(\w+)")
_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[ \u00a0.'’&!/+–-]{0,3}")
_LANGUAGE = re.compile(r"\s+(?:in [A-Z]\w+|\(in [A-Z]\w+\)|\d)$")
_HOST = re.compile(r"(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})")
_HANDLE = re.compile(r"(?<![\w@.])@(\w{2,30})\b")
_CALL_SIGN = re.compile(r"[KW][A-Z]{3}(?:-[A-Z]{2})?")
_THINK_TANK = re.compile(
    r"(?i)\b(?:institute|foundation|cent(?:er|re)|council|association|league|university|committee|society|project|union)\b"
)
_CAMEL = re.compile(r"[A-Z]+[a-z]+(?:[A-Z][a-z]*|\d+)+|\d+[A-Za-z]*[A-Z][A-Za-z]*")
_STATION = frozenset({"tv", "dt", "ld", "cd", "fm", "am"})
_PLAIN_ENDINGS = ("news", "newspaper", "online", "tv", "television", "media", "magazine", "website", "network", "agency")


@dataclass(frozen=True, slots=True)
class OutletName:
    """Words of a text that name an outlet.

    ``domains`` holds one domain, or the candidates where ``is_ambiguous``; ``kind`` is that of the first ("wire", "newspaper",
    "broadcaster", "organisation" …), empty where unknown; ``is_word`` marks names that are words of their own ("Time").
    """

    begin: int
    end: int
    text: str
    domains: tuple[str, ...]
    is_ambiguous: bool
    kind: str = ""
    is_word: bool = False


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


class _Listed(NamedTuple):
    """A name as a table has it: the project's own or the wide list's, looked for in prose or not, a word of its own or not."""

    name: str
    domains: tuple[str, ...]
    is_own: bool
    kept: bool
    is_word: bool = False


@cache
def _own_names() -> dict[str, list[_Listed]]:
    """Return the project's own names by first word."""
    index: dict[str, list[_Listed]] = {}
    for row in read_table("outlet_names"):
        name = row["name"]
        if row["note"] not in NOT_NAMES:
            is_loose = row["note"] == "ambiguous" and name.isalpha() and not name.isupper()
            kept = row["note"] not in ONLY_ASKED and not is_loose
            listed = _Listed(name, tuple(split_cell(row["domain"])), is_own=True, kept=kept, is_word=row["note"] == "word")
            index.setdefault(_first_word(name), []).append(listed)
    return index


@cache
def _wide_names() -> dict[str, list[tuple[str, str]]]:
    """Return the wide list's names and domains by first word; this must be quick, all else waits until the word is met."""
    index: dict[str, list[tuple[str, str]]] = {}
    for domain, names, kind, _ in listed_sites().values():
        if kind and names:
            for name in names.split(";") if ";" in names else (names,):
                index.setdefault(_first_word(name), []).append((name, domain))
    return index


@cache
def _listed(first: str) -> tuple[_Listed, ...]:
    """Return the names that begin with the folded word ``first``."""
    wide = (_Listed(name, (domain,), is_own=False, kept=_is_distinct(name)) for name, domain in _wide_names().get(first, ()))
    return (*_own_names().get(first, ()), *wide)


def _first_word(name: str) -> str:
    match = _FIRST.match(name) if name.isascii() else None
    return match[1].lower() if match else fold_name(name).partition(" ")[0]


@cache
def _meanings(first: str) -> dict[str, Meaning]:
    """Return what the names that begin with the word ``first`` mean; the project's own names win over the wide list's."""
    domains: dict[str, dict[str, None]] = defaultdict(dict)
    own: dict[str, bool] = {}
    doubtful = set()
    for name, candidates, is_own, *_ in _listed(first):
        folded = fold_name(name)
        if own.setdefault(folded, is_own) == is_own:
            domains[folded].update(dict.fromkeys(candidates))
        if name.endswith(UNCERTAIN) and not own[folded]:
            doubtful.add(folded)
    return {name: Meaning(tuple(ds), len(ds) == 1 and name not in doubtful) for name, ds in domains.items()}


def _meaning(name: str) -> Meaning | None:
    bare = _LANGUAGE.sub("", name.strip())
    for variant in _variants(fold_name(bare)):
        known = _meanings(variant.partition(" ")[0]).get(variant)
        if known is not None:
            return known
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
    label = folded.replace(" ", "").removeprefix("the")
    domains = _labels().get(label, ())
    return Meaning(domains, is_certain=len(domains) == 1 and len(label) >= MIN_LABEL) if domains else None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name as prose may hold it: its words after the first, what it means, and what the text must look like."""

    rest: tuple[str, ...]
    meaning: Meaning
    is_capitals: bool
    needs_article: bool
    is_word: bool


@cache
def _entries(first: str) -> tuple[_Entry, ...]:
    """Return the names to look for that begin with the word ``first``, longer names first."""
    entries = []
    for listed in _listed(first):
        name, folded = listed.name, fold_name(listed.name)
        if listed.kept and len(folded) > 1 and folded != "the" and not folded.isdigit():
            rest = tuple(folded.split()[1:])
            needs_article = name.startswith("The ")
            entries.append(_Entry(rest, _meanings(first)[folded], name.isupper(), needs_article, listed.is_word))
    return tuple(sorted(entries, key=lambda entry: -len(entry.rest)))


def _is_distinct(name: str) -> bool:
    if " " in name:
        is_sure = not name.endswith(UNCERTAIN) and name.removeprefix("The ").count(" ") > 0
        return is_sure and is_news_name(name) and not _THINK_TANK.search(name)
    return bool(_CALL_SIGN.fullmatch(name) or _CAMEL.fullmatch(name))


def _find_names(text: str) -> Iterator[OutletName]:
    own, wide = _own_names(), _wide_names()
    words = [match.span() for match in _WORD.finditer(text)]
    number = 0
    while number < len(words):
        begin, end = words[number]
        first = _fold_word(text[begin:end]) if _may_begin_name(text[begin]) else ""
        entries = _entries(first) if first in own or first in wide else ()
        entry = next((e for e in entries if _matches(text, words, number, e)), None)
        if entry is None:
            number += 1
            continue
        last = words[number + len(entry.rest)][1]
        yield _name(text, _with_article(text, begin), last, entry.meaning, is_word=entry.is_word)
        number += len(entry.rest) + 1


def _may_begin_name(character: str) -> bool:
    return character.isupper() or character.isdigit()


def _name(text: str, begin: int, end: int, meaning: Meaning, *, is_word: bool = False) -> OutletName:
    kind = outlet_kinds().get(meaning.domains[0], "")
    return OutletName(begin, end, text[begin:end], meaning.domains, not meaning.is_certain, kind, is_word)


def _fold_word(word: str) -> str:
    return word.casefold() if word.isascii() else fold_name(word)


def _matches(text: str, words: list[tuple[int, int]], number: int, entry: _Entry) -> bool:
    last = number + len(entry.rest)
    if last >= len(words):
        return False
    begin, before = words[number]
    if entry.needs_article and text[max(0, begin - 4) : begin].lower() != "the ":
        return False
    if entry.is_capitals and not text[begin : words[last][1]].isupper():
        return False
    if (entry.is_word or (entry.needs_article and not entry.rest)) and _goes_on(text, words[last][1]):
        return False
    for (start, end), wanted in zip(words[number + 1 : last + 1], entry.rest, strict=True):
        if not _GAP.fullmatch(text, before, start) or _fold_word(text[start:end]) != wanted:
            return False
        if not (_may_begin_name(text[start]) or len(wanted) <= 3):
            return False
        before = end
    return True


def _goes_on(text: str, end: int) -> bool:
    """Say whether the words are part of a longer name ("the National Guard", "the Age of Reason")."""
    return text[end : end + 1] == " " and (text[end + 1 : end + 2].isupper() or text.startswith(" of ", end))


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
