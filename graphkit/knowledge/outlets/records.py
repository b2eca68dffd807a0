"""Outlets: which one a host means, and what is known of it.

An outlet is keyed by its registrable domain; host and path are the business of ratings.  Two tables hold outlets: ``outlets.csv``, the
project's own, with kind and country, and ``domains.csv``, a wide list of sites that some public set lists as news.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from graphkit.errors import DamagedPart
from graphkit.knowledge.own_tables import read_table, split_cell, table_path
from graphkit.model import Outlet
from graphkit.reading.addresses import domain_of_url, registrable_domain


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who owned an outlet, from when to when (ISO 8601, a year at least; empty where unknown or still so)."""

    owner: str
    begin: str
    end: str
    source: str


@dataclass(frozen=True, slots=True)
class StateControl:
    """How a state controls an outlet: a type of Dragomir and Söderström (2021), for which country, as of which year."""

    country: str
    typology: str
    year: str
    source: str


@dataclass(frozen=True, slots=True)
class OutletRecord:
    """What the tables say of an outlet; empty strings and tuples where they say nothing.

    ``country`` is ISO 3166-1 alpha-2; ``sources`` are keys of ``sources.csv``.
    """

    domain: str
    name: str
    kind: str = ""
    country: str = ""
    owners: tuple[Ownership, ...] = ()
    state: StateControl | None = None
    aliases: tuple[str, ...] = ()
    mirror_of: str | None = None
    sources: tuple[str, ...] = ()


def outlet_by_domain(address: str) -> Outlet | None:
    """Return the outlet that a host or URL belongs to, or None where it has no registrable domain.

    Example:
        >>> outlet_by_domain("https://news.example.co.uk/world/1")
        Outlet(domain='example.co.uk')
    """
    domain = domain_of_url(address) if "://" in address else registrable_domain(address.partition("/")[0])
    return Outlet(domain) if domain is not None else None


def mirror_of(domain: str) -> str | None:
    """Return the domain of the outlet that ``domain`` is another address of ("politi.co": "politico.com"), or None."""
    return _mirrors().get(domain)


def describe(domain: str) -> OutletRecord | None:
    """Return what the tables say of the outlet at a registrable domain, or None where they do not know it."""
    own = _own_outlets().get(domain)
    listed = listed_sites().get(domain)
    mirrored = mirror_of(domain)
    state = _states().get(domain)
    if own is None and state is None and mirrored is None and listed is None:
        return None
    _, names, kind, source = listed or ["", "", "", ""]
    own = own or {"name": _first_name(names), "kind": kind, "country": "", "source": ""}
    sources = dict.fromkeys(filter(None, [*split_cell(own["source"]), source]))
    return OutletRecord(
        domain,
        own["name"] or domain,
        own["kind"],
        own["country"],
        _owners().get(domain, ()),
        state,
        tuple(name for name in _aliases().get(domain, ()) if name != own["name"]),
        mirrored,
        tuple(sources),
    )


def is_known(domain: str) -> bool:
    """Say whether a registrable domain is that of a known outlet or mirror."""
    return domain in listed_sites() or domain in _own_outlets() or domain in _mirrors()


def kind_of(domain: str) -> str | None:
    """Return the kind of a known outlet ("news" where no more is known, "" where not even that), or None where it is unknown."""
    own = outlet_kinds().get(domain)
    if own is not None:
        return own
    listed = listed_sites().get(domain)
    if listed is not None:
        return listed[2]
    mirrored = mirror_of(domain)
    return kind_of(mirrored) if mirrored is not None else None


def known_domains() -> frozenset[str]:
    """Return the registrable domains of all known outlets and mirrors."""
    return frozenset((*listed_sites(), *_own_outlets(), *_mirrors()))


@cache
def listed_sites() -> dict[str, list[str]]:
    """Return the wide list by domain: each row's domain, names (separated by ";"), "news" or "", and source.

    Raises:
        DamagedPart: The table is missing or no table of four columns.
    """
    try:
        with table_path("domains").open(encoding="utf-8", newline="") as lines:
            _, *rows = csv.reader(lines)
            return {row[0]: row for row in rows if len(row) == 4 or _refuse(row)}
    except (OSError, ValueError, csv.Error) as error:
        msg = f"the table domains.csv cannot be read: {error}"
        raise DamagedPart(msg, hint="install graphkit again") from error


def _refuse(row: list[str]) -> bool:
    msg = f"a row has {len(row)} cells"
    raise ValueError(msg)


@cache
def outlet_kinds() -> dict[str, str]:
    """Return the kind of every outlet of the project's own table, by domain."""
    return {domain: row["kind"] for domain, row in _own_outlets().items()}


@cache
def _own_outlets() -> dict[str, dict[str, str]]:
    return {row["domain"]: row for row in read_table("outlets")}


@cache
def _mirrors() -> dict[str, str]:
    return {row["name"]: row["domain"] for row in read_table("outlet_names") if row["note"] == "mirror"}


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in read_table("outlet_names"):
        if row["note"] != "ambiguous":
            found[row["domain"]].append(row["name"])
    return {domain: tuple(names) for domain, names in found.items()}


@cache
def _owners() -> dict[str, tuple[Ownership, ...]]:
    found: dict[str, list[Ownership]] = defaultdict(list)
    for row in read_table("owners"):
        found[row["domain"]].append(Ownership(row["owner"], row["from"], row["to"], row["source"]))
    return {domain: tuple(owners) for domain, owners in found.items()}


@cache
def _states() -> dict[str, StateControl]:
    rows = read_table("state_control")
    return {r["domain"]: StateControl(r["country"], r["typology"], r["year"], r["source"]) for r in rows}


def _first_name(names: str) -> str:
    return names.partition(";")[0].rstrip("?")
