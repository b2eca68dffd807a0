"""Where a claim comes from: the nodes at which the walk back along the edges ends, and how many of them are independent."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from graphkit.matching.accounts import Account
from graphkit.matching.derivation import Edge
from graphkit.matching.voices import Ends, joined_ends
from graphkit.matching.walking import End, EndKind, Walk
from graphkit.model import Span

STALE_DAYS: Final = 14


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """One end of the walk back: who or what, a label to show, the articles that lead there, and how likely it stands by itself."""

    name: str
    kind: EndKind
    label: str
    articles: tuple[str, ...]
    independence: float
    first_said: str | None = None


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins of one claim; ``independent`` is their number, each counted by how likely it stands by itself."""

    origins: tuple[Origin, ...]
    is_circular: bool = False

    @property
    def independent(self) -> float:
        """The number of independent origins, to one decimal."""
        return 0.0 if self.is_circular else round(sum(origin.independence for origin in self.origins), 1)


def find_origins(
    members: Iterable[str],
    accounts: Mapping[str, Account],
    edges: Sequence[Edge],
    kin: Collection[str] = (),
    one_text: Collection[frozenset[str]] = (),
) -> Origins:
    """Return the origins of a claim.

    Args:
        members: The assertions that carry it, by name.
        accounts: The articles, by name.
        edges: All derivations between articles, and to outlets.
        kin: Assertions that give the same figure, or its parts: who tells that on somebody's word a few lines on has it from there.
        one_text: Pairs of articles of which one is a copy of the other, though nothing tells which.
    """
    walk = Walk(accounts, edges, members, kin)
    ends = joined_ends(walk, one_text)
    led: dict[End, set[str]] = {}
    for name, found in ends.items():
        for end in found:
            led.setdefault(end, set()).add(name)
    doubt = _doubt(walk, ends)
    origins = tuple(
        sorted(
            Origin(
                end.name,
                end.kind,
                end.label,
                tuple(sorted(names)),
                round(1.0 - doubt.get(end, 0.0), 4),
                _first_day(names, accounts),
            )
            for end, names in led.items()
        )
    )
    return Origins(origins, is_circular=not origins and any(not found for found in ends.values()))


def _doubt(walk: Walk, ends: Ends) -> dict[End, float]:
    """Return how likely an end is another article's after all; a named speaker knows it first hand, whatever else the article lists."""
    doubt: dict[End, float] = {}
    for taker, giver, likely in walk.doubts():
        for end in ends[taker] - ends[giver] if ends[giver] else ():
            if end.kind != "speaker":
                doubt[end] = max(doubt.get(end, 0.0), likely)
    return doubt


def find_cold(members: Iterable[str], accounts: Mapping[str, Account], edges: Sequence[Edge]) -> list[str]:
    """Return the articles that carry a claim and name no one they have it from: where the walk back goes cold."""
    walk = Walk(accounts, edges, members)
    return sorted(name for name in walk.carrying if not walk.speakers(name) and not walk.edges[name])


def _first_day(names: Iterable[str], accounts: Mapping[str, Account]) -> str | None:
    return min((day for name in names if (day := accounts[name].published)), default=None)


@dataclass(frozen=True, slots=True, order=True)
class Stale:
    """An article that gives as new what others had more than two weeks before."""

    article: str
    assertion: str
    span: Span
    days: int
    first: str


def find_stale(members: Iterable[str], accounts: Mapping[str, Account]) -> list[Stale]:
    """Return the articles that carry a claim more than 14 days after the first dated account, without naming an earlier day."""
    wanted = set(members)
    dated = sorted(
        (day, name) for name, account in accounts.items() if (day := _date(account)) and wanted & account.assertions.keys()
    )
    found = []
    for day, name in dated[1:]:
        days = (day - dated[0][0]).days
        if days > STALE_DAYS and not _names_day(accounts[name].text, dated[0][0]):
            assertion = next(one for one in accounts[name].assertions if one in wanted)
            found.append(Stale(name, assertion, accounts[name].assertions[assertion].span, days, dated[0][1]))
    return sorted(found)


def _date(account: Account) -> date | None:
    try:
        return date.fromisoformat((account.published or "")[:10])
    except ValueError:
        return None


def _names_day(text: str, day: date) -> bool:
    """Say whether a text names the month and day, or the date, of an earlier account."""
    month = day.strftime("%B")
    return any(form in text for form in (f"{month} {day.day}", f"{day.day} {month}", day.isoformat()))
