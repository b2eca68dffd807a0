"""The maintainer's script that makes ``tables/domains.csv`` and ``tables/state_control.csv`` from a folder of public data.

``python -m graphkit.knowledge.build_outlets --from ../shared/data`` takes facts only: that a domain is a site that writes news or is
cited as one, what it is called, and how a state controls it.  No verdict, score or other judgement of a rating set is read.  Each
row names a set that lists the domain; the same folder gives the same bytes.
"""

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from graphkit.knowledge.listed_names import is_news_name, names_in
from graphkit.knowledge.own_tables import SEPARATOR, table_path
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
    folder = parser.parse_args(arguments).folder
    write_table("domains", ("domain", "names", "kind", "source"), merge_listings(read_listings(folder)))
    states = read_state_control(folder / "ratings" / "state_media_asd_2024_flat.csv")
    write_table("state_control", ("domain", "country", "typology", "year", "source", "source_date"), states)


def read_listings(folder: Path) -> Iterator[Listing]:
    """Yield what each set in the folder lists, the most telling set first."""
    ratings = folder / "ratings"
    for event in _read_lines(folder / "citations" / "events.jsonl"):
        yield from (Listing(citation["host"], "", "events") for citation in event["citations"])
    for row in _read_lines(folder / "citations" / "outlet_names.jsonl"):
        yield from (Listing(domain, "", "events") for domain in row["domains"])
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


def _read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _read_lines(path: Path) -> Iterator[dict[str, list[dict[str, str]]]]:
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
            best.setdefault(domain, (domain, row["Country"], kind, "2024", "state-media", "2024-12-31"))
    return [best[domain] for domain in sorted(best)]


def write_table(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table of the package."""
    with table_path(name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
