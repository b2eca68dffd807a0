"""The maintainer's script that makes ``tables/domains.csv`` and ``tables/state_control.csv`` from a folder of public data.

``python -m graphkit.knowledge.build_outlets --from ../shared/data`` takes facts only: that a domain is a site that writes news or is
cited as one, what it is called, and how a state controls it.  No verdict, score or other judgement of a rating set is read.  Each
row names a set that lists the domain; the same folder gives the same bytes.  ``--hosts FILE`` writes the hosts of all sets, one a
line, which ``graphkit.knowledge.build_splitting`` learns from.
"""

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from graphkit.knowledge.outlets.listed_names import is_news_name, names_in
from graphkit.knowledge.own_tables import SEPARATOR, read_table, split_cell, table_path
from graphkit.reading.addresses import ascii_host, registrable_domain

TYPOLOGY = {
    "SC": "stateControlled",
    "CaPu": "capturedPublic",
    "CaPr": "capturedPrivate",
    "ISFM": "independentStateFundedManaged",
    "ISF": "independentStateFunded",
    "ISM": "independentStateManaged",
    "IP": "independentPublic",
}
"""The types of the state media profiles (German Marshall Fund) after Dragomir and Söderström (2021)."""
NEWS_LISTS = {"events", "rsp", "state-media", "realnews"}
PUBLISHERS_OF_JOURNALS = {
    "annualreviews.org", "biomedcentral.com", "cell.com", "ebm-journal.org", "frontiersin.org", "frontierspartnerships.org",
    "jamanetwork.com", "mdpi.com", "science.org", "tandfonline.com", "businessdailynetwork.com",
}  # fmt: skip
"""Sites whose rows with a path are journals or chains, not names of the site."""


class Listing(NamedTuple):
    """One line of one set: an address (host, perhaps with a path), what it calls the site, and the set's key."""

    address: str
    name: str
    source: str


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the folder and write both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path, required=True)
    parser.add_argument("--hosts", type=Path)
    options = parser.parse_args(arguments)
    folder = options.folder
    if options.hosts is not None:
        options.hosts.write_text("\n".join(sorted(set(read_hosts(folder)))) + "\n", "utf-8")
    write_table("domains", ("domain", "names", "kind", "source"), merge_listings(read_listings(folder)))
    states = read_state_control(folder / "ratings" / "state_media_asd_2024_flat.csv")
    write_table("state_control", ("domain", "country", "typology", "year", "source", "source_date"), states)


def read_listings(folder: Path) -> Iterator[Listing]:
    """Yield what each set in the folder lists, the most telling set first."""
    ratings = folder / "ratings"
    for event in _read_lines(folder / "citations" / "events.jsonl"):
        yield from (Listing(citation["host"], "", "events") for citation in event["citations"])
    for name in _read_lines(folder / "citations" / "outlet_names.jsonl"):
        yield from (Listing(domain, "", "events") for domain in name["domains"])
    for row in _read_csv(ratings / "state_media_asd_2024_flat.csv"):
        yield Listing(row["domain"], row["Main assets"], "state-media")
    for site in json.loads((ratings / "mbfc_2026-08-19.json").read_text("utf-8"))["sources"]:
        yield Listing(site["domain"], site["name"], "mbfc")
    sources = _read_csv(ratings / "rsp_2026-04_flat.csv")
    uses = Counter(row["name"] for row in sources)
    for row in sources:
        yield Listing(row["host"], row["name"] if uses[row["name"]] == 1 else "", "rsp")
    for row in _read_csv(ratings / "iffy_2025-01.csv"):
        yield Listing(row["Domain"], row["Name"], "iffy")
    for host in json.loads((ratings / "realnews_domains.json").read_text("utf-8")):
        yield Listing(host, "", "realnews")


FURTHER_HOSTS = (
    ("lin2023_domain_ratings", "domain"),
    ("cred1_2026", "domain"),
    ("lasser2022_domain_list_clean", "url"),
    ("opensources_2017", ""),
)
"""Files whose hosts teach the label model but are no outlets of the tables, and the column of the host."""


def read_hosts(folder: Path) -> Iterator[str]:
    """Yield every host that a set in the folder lists, in lower-case ASCII."""
    addresses = [listing.address for listing in read_listings(folder)]
    for name, column in FURTHER_HOSTS:
        addresses += [row[column] for row in _read_csv(folder / "ratings" / f"{name}.csv")]
    for path in sorted((folder / "ratings" / "mbfc_vintages").glob("*.json")):
        addresses += _addresses_in(json.loads(path.read_text("utf-8")))
    yield from filter(None, (ascii_host(address.split("/")[0]) for address in addresses))


def _addresses_in(value: Any) -> list[str]:
    """Return the keys and "domain" or "d" values of nested objects that look like hosts."""
    if isinstance(value, list):
        return [address for item in value for address in _addresses_in(item)]
    if not isinstance(value, dict):
        return []
    own = [key for key, item in value.items() if isinstance(item, dict) and "." in key and " " not in key]
    own += [value[key] for key in ("domain", "d") if isinstance(value.get(key), str)]
    return own + [address for item in value.values() for address in _addresses_in(item)]


def _read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    yield from (json.loads(line) for line in path.read_text("utf-8").splitlines())


def merge_listings(listings: Iterable[Listing]) -> list[tuple[str, str, str, str]]:
    """Return one row a registrable domain: its names, "news" if it is known to be news, and its first source."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    sources: dict[str, list[str]] = defaultdict(list)
    for listing in listings:
        host = ascii_host(listing.address.split("/")[0])
        domain = registrable_domain(host) if host else None
        if domain is None:
            continue
        sources[domain].append(listing.source)
        if _names_the_site(listing, host or "", domain):
            names[domain].update(dict.fromkeys(names_in(listing.name, domain)))
    return [_row(domain, list(names[domain]), sources[domain]) for domain in sorted(sources)]


def _names_the_site(listing: Listing, host: str, domain: str) -> bool:
    whole = host.removeprefix("www.") == domain and "/" not in listing.address.rstrip("/")
    return whole or (is_news_name(listing.name) and domain not in PUBLISHERS_OF_JOURNALS)


def _row(domain: str, names: list[str], sources: list[str]) -> tuple[str, str, str, str]:
    is_news = bool(NEWS_LISTS & set(sources)) or any(map(is_news_name, names))
    return domain, SEPARATOR.join(names), "news" if is_news else "", sources[0]


def read_state_control(path: Path) -> list[tuple[str, ...]]:
    """Return how states control outlets, one row a domain: the first and tightest type listed."""
    order = list(TYPOLOGY)
    best: dict[str, tuple[str, ...]] = {}
    for row in sorted(_read_csv(path), key=lambda r: order.index(r["Typology"].rstrip("?"))):
        domain = registrable_domain(row["domain"])
        if domain is not None:
            kind = TYPOLOGY[row["Typology"].rstrip("?")]
            country = _country_codes().get(row["Country"].strip().casefold(), "")
            best.setdefault(domain, (domain, country, kind, "2024", "state-media", "2024-12-31"))
    return [best[domain] for domain in sorted(best)]


@cache
def _country_codes() -> dict[str, str]:
    """Return the ISO 3166-1 alpha-2 codes of states by their names in the table of territories."""
    cells = ("name", "names", "abbreviations", "old_names", "other_forms")
    rows = read_table("territories")
    codes = {n.casefold(): r["code"] for r in reversed(rows) for cell in reversed(cells) for n in split_cell(r[cell])}
    return codes | {"palestine territories": "PS"}


def write_table(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table of the package."""
    with table_path(name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
