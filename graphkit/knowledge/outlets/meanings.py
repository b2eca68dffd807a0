"""What the name of an outlet means: one outlet, several candidates, or none that is known.

Names are compared without case, accents, punctuation and leading article.  The project's own names (``outlet_names.csv``) win over
those of the wide list (``domains.csv``).  A name that several outlets bear, or that is made of nothing but newspaper words ("Daily
News"), gives candidates, never a pick; names are never matched fuzzily, since imposters differ by one letter on purpose.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from graphkit.knowledge.outlets.listed_names import UNCERTAIN, is_news_name
from graphkit.knowledge.outlets.records import known_domains, listed_sites
from graphkit.knowledge.own_tables import read_table, split_cell
from graphkit.knowledge.suffixes import is_last_label
from graphkit.model import Outlet
from graphkit.reading.addresses import registrable_domain

MIN_LABEL = 4
"""Letters of a name that may be read as a domain's label: shorter ones are abbreviations of many things."""
NOT_NAMES = frozenset({"mirror", "handle"})
"""Notes of rows that hold domains or account names."""
ONLY_ASKED = frozenset({"lookup", "credit"})
"""Notes of names that answer when asked for but are not looked for in prose ("PA" is found in credits only, by ``wires``)."""

_FIRST = re.compile(r"(?i:the )?\W*(\w+)")
_WORD = re.compile(r"\w+")
_LANGUAGE = re.compile(r"\s+(?:in [A-Z]\w+|\(in [A-Z]\w+\)|\d)$")
_HOST = re.compile(r"(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})")
_CALL_SIGN = re.compile(r"[KW][A-Z]{3}(?:-[A-Z]{2})?")
_CAMEL = re.compile(r"[A-Z]+[a-z]+(?:[A-Z][a-z]*|\d+)+|\d+[A-Za-z]*[A-Z][A-Za-z]*")
_THINK_TANK = re.compile(
    r"(?i)\b(?:institute|foundation|cent(?:er|re)|council|association|league|university|committee|society|project|union)\b"
)
_STATION = frozenset({"tv", "dt", "ld", "cd", "fm", "am"})
_CALL_LETTERS = re.compile(r"[kw][a-z]{2,3}")
_PLAIN_ENDINGS = ("news", "newspaper", "online", "tv", "television", "media", "magazine", "website", "network", "agency")


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


@cache
def fold_name(name: str) -> str:
    """Return a name without case, accents, punctuation and leading article, for comparison."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = _WORD.findall(name.casefold().replace("&", " and ").replace("’", "'").replace("'s ", "s "))
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


class ListedName(NamedTuple):
    """A name as a table has it: the project's own or the wide list's, looked for in prose or not, a word of its own or not."""

    name: str
    domains: tuple[str, ...]
    is_own: bool
    kept: bool
    is_word: bool = False


@cache
def own_names() -> dict[str, list[ListedName]]:
    """Return the project's own names by first word."""
    index: dict[str, list[ListedName]] = {}
    for row in read_table("outlet_names"):
        name = row["name"]
        if row["note"] not in NOT_NAMES:
            is_loose = row["note"] == "ambiguous" and name.isalpha() and not name.isupper()
            kept = row["note"] not in ONLY_ASKED and not is_loose
            listed = ListedName(name, tuple(split_cell(row["domain"])), is_own=True, kept=kept, is_word=row["note"] == "word")
            index.setdefault(_first_word(name), []).append(listed)
    return index


@cache
def wide_names() -> dict[str, list[tuple[str, str]]]:
    """Return the wide list's names and domains by first word; this must be quick, all else waits until the word is met."""
    index: dict[str, list[tuple[str, str]]] = {}
    for domain, names, kind, _ in listed_sites().values():
        if kind and names:
            for name in names.split(";") if ";" in names else (names,):
                index.setdefault(_first_word(name), []).append((name, domain))
    return index


@cache
def listed_names(first: str) -> tuple[ListedName, ...]:
    """Return the names that begin with the folded word ``first``."""
    wide = (ListedName(name, (domain,), is_own=False, kept=_is_distinct(name)) for name, domain in wide_names().get(first, ()))
    return (*own_names().get(first, ()), *wide)


def _first_word(name: str) -> str:
    match = _FIRST.match(name) if name.isascii() else None
    return match[1].lower() if match else fold_name(name).partition(" ")[0]


@cache
def meanings(first: str) -> dict[str, Meaning]:
    """Return what the names that begin with the word ``first`` mean; the project's own names win over the wide list's."""
    domains: dict[str, dict[str, None]] = defaultdict(dict)
    own: dict[str, bool] = {}
    doubtful = set()
    for name, candidates, is_own, *_ in listed_names(first):
        folded = fold_name(name)
        if own.setdefault(folded, is_own) == is_own:
            domains[folded].update(dict.fromkeys(candidates))
        if name.endswith(UNCERTAIN) and not own[folded]:
            doubtful.add(folded)
    return {name: Meaning(tuple(ds), len(ds) == 1 and name not in doubtful) for name, ds in domains.items()}


def _meaning(name: str) -> Meaning | None:
    bare = _LANGUAGE.sub("", name.strip())
    for variant in _variants(fold_name(bare)):
        known = meanings(variant.partition(" ")[0]).get(variant)
        if known is not None:
            return known
    return _meaning_of_address(bare) or _meaning_of_label(fold_name(bare))


def _variants(folded: str) -> Iterator[str]:
    """Yield the name, then without a station's or a plain ending, then with "news" added."""
    yield folded
    head, _, last = folded.rpartition(" ")
    if head and last in _STATION and _CALL_LETTERS.fullmatch(head):
        yield head
    if _CALL_LETTERS.fullmatch(folded):
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


def _is_distinct(name: str) -> bool:
    if " " in name:
        is_sure = not name.endswith(UNCERTAIN) and name.removeprefix("The ").count(" ") > 0
        return is_sure and is_news_name(name) and not _THINK_TANK.search(name)
    return bool(_CALL_SIGN.fullmatch(name) or _CAMEL.fullmatch(name))
