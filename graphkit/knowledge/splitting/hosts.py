"""Where the hosts in a run-together source list begin and end ("apnews.comdw.com").

A dynamic programme walks a path of hosts through the string.  A host is worth the log-probability that a list names it: a known
outlet shares the prior of all known ones; any other pays for its label (character model), its suffix (frequency) and each
subdomain (frequency, or character model).  The two best paths are kept; their difference is the margin of the answer.
"""

import re
from dataclasses import dataclass
from functools import cache
from math import log

from graphkit.knowledge.outlets.records import is_known
from graphkit.knowledge.own_tables import read_table
from graphkit.knowledge.splitting.label_model import label_model
from graphkit.knowledge.suffixes import is_last_label, public_suffix
from graphkit.reading.addresses import ascii_host

MAX_LIST = 5_000
"""Characters of one list: a longer run of letters and dots is no source list."""
MAX_LABELS = 6
MAX_SUFFIX_LABEL = 24

# The weights below were fitted by conditional log-likelihood on lists of sites that the label model had not seen, with and without
# subdomains, and then moved half-way towards the plain probabilities, which raised whole lists right on further sites.
LABEL_WEIGHT = 0.77
SUFFIX_WEIGHT = 0.98
UNSEEN_SUFFIX = -12.6
LISTED_SUBDOMAIN_WEIGHT = 0.88
UNSEEN_SUBDOMAIN = -4.7
UNSEEN_SUBDOMAIN_WEIGHT = 0.75
HAS_SUBDOMAIN = -0.55
FURTHER_SUBDOMAIN = -2.0
HOST = -1.37
SHORT_LABEL = -0.5
KNOWN = -7.8
"""A known outlet: about the share of known outlets in lists over their number."""
CASE_BREAK = 3.0
"""What a capital after a small letter adds to a cut there ("Reuters.comBBC.com")."""
SURE = 99.0
"""Margin where no second reading exists."""

_LIST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_SENTENCE_END = re.compile(r"[a-z]\.[A-Z][a-z]")


@dataclass(frozen=True, slots=True)
class Part:
    """One host of a list: offsets into the text, the host in lower-case ASCII, its registrable domain, and whether that is known."""

    begin: int
    end: int
    host: str
    domain: str
    known: bool


@dataclass(frozen=True, slots=True)
class Split:
    """The best reading of a list; every character belongs to a part.

    ``margin`` is the log-odds of the best reading to the second best, ``runner_up`` the hosts of that one, empty if there is none.
    """

    parts: tuple[Part, ...]
    margin: float
    runner_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """A host that ends a partial path: the path's score, and where it came from."""

    score: float
    part: Part | None = None
    previous: "_Step | None" = None


def split_run_together(text: str) -> Split | None:
    """Split a list of hosts written without separators.

    Args:
        text: Letters of any script, digits, hyphens and dots only; case is free.

    Returns:
        The best reading, or None where the text is no list of hosts (prose without a space after the stop included).

    Example:
        >>> [part.domain for part in split_run_together("naturalnews.commeduza.iofoxnews.com").parts]
        ['naturalnews.com', 'meduza.io', 'foxnews.com']
    """
    if len(text) > MAX_LIST or not _LIST.fullmatch(text):
        return None
    steps = _walk(text)
    if not steps:
        return None
    parts = _path(steps[0])
    if _SENTENCE_END.search(text) and not all(part.known for part in parts):
        return None
    if len(steps) == 1:
        return Split(parts, SURE)
    return Split(parts, steps[0].score - steps[1].score, tuple(part.host for part in _path(steps[1])))


def _walk(text: str) -> list[_Step]:
    """Return the two best paths through the whole text, best first."""
    lower = _lower_each(text)
    dots = [i for i, c in enumerate(lower) if c == "."]
    paths: dict[int, list[_Step]] = {0: [_Step(0.0)]}
    for number, dot in enumerate(dots):
        next_dot = dots[number + 1] if number + 1 < len(dots) else None
        earliest = dots[number - MAX_LABELS + 1] + 1 if number >= MAX_LABELS - 1 else 0
        begins = [b for b in paths if earliest <= b < dot]
        for end in _ends(lower, dot + 1, next_dot):
            bonus = CASE_BREAK if text[end : end + 1].isupper() and text[end - 1].islower() else 0.0
            found = [step for b in begins for step in _extend(lower, b, end, paths[b], bonus)]
            if found:
                paths[end] = sorted(found, key=lambda step: -step.score)[:2]
    return paths.get(len(text), [])


def _lower_each(text: str) -> str:
    """Lower the case without moving an offset."""
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def _ends(text: str, begin: int, next_dot: int | None) -> list[int]:
    """Return where a host may end in the label that begins at ``begin``: wherever a last label of a public suffix does."""
    if next_dot is None:
        return [len(text)] if is_last_label(text[begin:]) else []
    latest = min(next_dot - 1, begin + MAX_SUFFIX_LABEL)
    return [end for end in range(begin + 2, latest + 1) if is_last_label(text[begin:end])]


def _extend(text: str, begin: int, end: int, paths: list[_Step], bonus: float) -> list[_Step]:
    scored = _score_host(text[begin:end])
    if scored is None:
        return []
    score, host, domain, known = scored
    part = Part(begin, end, host, domain, known)
    return [_Step(path.score + score + bonus, part, path) for path in paths]


def _path(step: _Step | None) -> tuple[Part, ...]:
    parts: list[Part] = []
    while step is not None and step.part is not None:
        parts.append(step.part)
        step = step.previous
    return tuple(reversed(parts))


def _score_host(text: str) -> tuple[float, str, str, bool] | None:
    """Return score, host, domain and whether it is known, or None where ``text`` can be no host."""
    host = ascii_host(text)
    suffix = public_suffix(host) if host is not None else None
    if host is None or suffix is None:
        return None
    labels = text.split(".")
    n_own = len(labels) - suffix.count(".") - 1
    if n_own < 1:
        return None
    domain = ".".join([*host.split(".")[n_own - 1 : n_own], suffix])
    known = is_known(domain)
    site = KNOWN if known else _score_unknown(labels[n_own - 1], suffix)
    return HOST + site + _score_subdomains(labels[: n_own - 1]), host, domain, known


def _score_unknown(label: str, suffix: str) -> float:
    model = label_model()
    score = LABEL_WEIGHT * model.score_label(label) + (SHORT_LABEL if len(label) <= 2 else 0.0)
    of_suffix = model.score_suffix(suffix)
    return score + (UNSEEN_SUFFIX if of_suffix is None else SUFFIX_WEIGHT * of_suffix)


def _score_subdomains(labels: list[str]) -> float:
    if not labels:
        return 0.0
    return HAS_SUBDOMAIN + FURTHER_SUBDOMAIN * (len(labels) - 1) + sum(map(_score_subdomain, labels))


def _score_subdomain(label: str) -> float:
    listed = _subdomain_scores().get(label)
    if listed is not None:
        return LISTED_SUBDOMAIN_WEIGHT * listed
    return UNSEEN_SUBDOMAIN + UNSEEN_SUBDOMAIN_WEIGHT * label_model().score_label(label)


@cache
def _subdomain_scores() -> dict[str, float]:
    counts = {row["label"]: int(row["count"]) for row in read_table("subdomains")}
    total = sum(counts.values())
    return {label: log(count / total) for label, count in counts.items()}
