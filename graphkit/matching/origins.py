"""Where a claim comes from: the nodes at which the walk back along the edges ends, and how many of them are independent."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from graphkit.matching.accounts import Account
from graphkit.matching.derivation import Edge
from graphkit.model import Actor, Attribution, Span
from graphkit.rdf import identifiers

OriginKind = Literal["speaker", "anonymous", "outlet", "article"]
STALE_DAYS: Final = 14
SURE: Final = 0.5
"""An edge under this confidence makes a candidate, and is not walked."""
TOLD_BY: Final = 2
"""From so many articles on that name one person and no other as the source of a claim, it is taken for that person's."""


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """One end of the walk back: who or what, a label to show, the articles that lead there, and how likely it stands by itself."""

    name: str
    kind: OriginKind
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


@dataclass(frozen=True, slots=True)
class _End:
    name: str
    kind: OriginKind
    label: str
    is_person: bool = False


def find_origins(
    members: Iterable[str], accounts: Mapping[str, Account], edges: Sequence[Edge], kin: Collection[str] = ()
) -> Origins:
    """Return the origins of a claim.

    Args:
        members: The assertions that carry it, by name.
        accounts: The articles, by name.
        edges: All derivations between articles, and to outlets.
        kin: Assertions that give the same figure, or its parts: who tells that on somebody's word a few lines on has it from there.
    """
    wanted = set(members)
    told_by = _told_by(accounts, kin) if kin else {}
    carrying = {name: [one for one in account.assertions if one in wanted] for name, account in accounts.items()}
    carrying = {name: ones for name, ones in carrying.items() if ones}
    walk = {name: [edge for edge in edges if _carries(edge, name, carrying)] for name in carrying}
    led: dict[_End, set[str]] = {}
    doubt: dict[_End, float] = {}
    ends_of = {name: _ends(name, walk, accounts, (carrying, told_by)) for name in sorted(carrying)}
    closed = sum(not ends for ends in ends_of.values())
    one_voice = _one_voice(ends_of.values())
    for name, ends in ends_of.items():
        for end, kept in _told_by_one(ends, one_voice, accounts[name]).items():
            led.setdefault(end, set()).add(name)
            doubt[end] = max(doubt.get(end, 0.0), kept)
    origins = tuple(
        sorted(
            Origin(end.name, end.kind, end.label, tuple(sorted(names)), round(doubt[end], 4), _first_day(names, accounts))
            for end, names in led.items()
        )
    )
    return Origins(origins, is_circular=bool(closed) and not origins)


def _carries(edge: Edge, taker: str, carrying: Mapping[str, list[str]]) -> bool:
    """Say whether an edge carries the claim: it is sure enough, is of its assertions, and leads to an outlet or an article that has it."""
    if edge.taker != taker or edge.confidence < SURE or edge.is_later:
        return False
    if edge.assertions and not set(edge.assertions) & set(carrying[taker]):
        return False
    return not edge.giver.startswith("art-") or edge.giver in carrying


def _ends(
    start: str,
    walk: Mapping[str, list[Edge]],
    accounts: Mapping[str, Account],
    known: tuple[Mapping[str, list[str]], Mapping[str, "_End"]],
) -> dict[_End, float]:
    """Return the ends that an article leads to, each with how likely it stands by itself; empty in a closed circle."""
    found: dict[_End, float] = {}
    carrying, told_by = known
    seen, waiting = {start}, [start]
    while waiting:
        name = waiting.pop()
        edges = walk[name]
        speakers = _speakers(accounts[name], carrying[name])
        if edges:
            # who names "reports" and took the text from elsewhere has it from there
            speakers = {one for one in speakers if one.kind == "speaker"}
        elif (elsewhere := told_by.get(name)) is not None and not any(one.kind == "speaker" for one in speakers):
            speakers = {elsewhere}
        if speakers:
            found |= dict.fromkeys(speakers, 1.0)
        elif not edges:
            found[_own_voice(accounts[name])] = 1.0
        for edge in edges if not speakers else ():
            if not edge.giver.startswith("art-"):
                found[_End(edge.giver, "outlet", edge.giver.removeprefix("outlet-"))] = 1.0
            elif edge.giver not in seen:
                seen.add(edge.giver)
                waiting.append(edge.giver)
    return found


def _one_voice(ends_of: Iterable[Mapping[_End, float]]) -> _End | None:
    """Return the one person on whose word two or more articles carry a claim; None where there are several, or none."""
    counts = Counter(end for ends in ends_of for end in ends if end.is_person)
    several = [end for end, count in counts.items() if count >= TOLD_BY]
    return several[0] if len(several) == 1 else None


def _told_by_one(ends: dict[_End, float], voice: _End | None, account: Account) -> dict[_End, float]:
    """Return that person in place of what is no person, in an article that quotes them too.

    "A top official", an agency, another outlet or nobody named is then how the article tells of whom others name.
    """
    if voice is None or not _is_quoted(voice, account):
        return ends
    return {voice if not end.is_person else end: kept for end, kept in ends.items()}


def _is_quoted(voice: _End, account: Account) -> bool:
    return voice.name in {end.name for end in _speakers(account, account.assertions)}


def _own_voice(account: Account) -> _End:
    """Return the end that an article without a source is: two of one outlet are one origin, not two."""
    if account.outlet is None:
        return _End(account.name, "article", account.annotation.article.title)
    return _End(identifiers.outlet(account.outlet), "article", account.outlet)


def find_cold(members: Iterable[str], accounts: Mapping[str, Account], edges: Sequence[Edge]) -> list[str]:
    """Return the articles that carry a claim and name no one they have it from: where the walk back goes cold."""
    wanted = set(members)
    carrying = {
        name: ones for name, account in accounts.items() if (ones := [one for one in account.assertions if one in wanted])
    }
    return sorted(
        name
        for name, ones in carrying.items()
        if not _speakers(accounts[name], ones) and not any(_carries(edge, name, carrying) for edge in edges)
    )


def _speakers(account: Account, names: Iterable[str]) -> set[_End]:
    """Return who is said to have said it: the deepest source of each assertion that is no outlet."""
    found = set()
    for name in names:
        deepest = _deepest(account.assertions[name].attributions)
        if deepest is not None:
            found.add(_end_of(deepest, account))
    return found


def _told_by(accounts: Mapping[str, Account], names: Collection[str]) -> dict[str, _End]:
    """Return, for each article, the named speaker of these assertions whom most of the articles name, the first by name of equals."""
    named = {
        article: {
            end for end in _speakers(account, [name for name in account.assertions if name in names]) if end.kind == "speaker"
        }
        for article, account in accounts.items()
    }
    counts = Counter(end for ends in named.values() for end in ends)
    return {article: min(ends, key=lambda end: (-counts[end], end.name)) for article, ends in named.items() if ends}


def _deepest(attributions: Sequence[Attribution]) -> Actor | None:
    actors = [one for one in attributions if isinstance(one.source, Actor)]
    if not actors:
        return None
    last = max(actors, key=lambda one: one.depth)
    return last.source if isinstance(last.source, Actor) else None


def _end_of(actor: Actor, account: Account) -> _End:
    if actor.kind == "anonymous":
        # an unnamed source counts for the outlet that has it: "officials" of two articles of one outlet may be the same
        return _End(
            f"anonymous-{account.outlet or account.name}", "anonymous", f"{actor.name} ({account.outlet or 'no outlet'})"
        )
    name = identifiers.actor(actor.kind, actor.name, actor.wikidata, account.annotation.article.language)
    return _End(name, "speaker", actor.name, is_person=actor.kind == "person")


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
