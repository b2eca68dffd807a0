"""Maintainer's script: turn two published lists of leaders into the own table ``leaders.csv``.

``python -m graphkit.knowledge.build_leaders --from FOLDER`` reads ``leaders_seed_2000_2025.csv`` (facts, CC0) and
``factbook_leader_terms.csv`` (public domain) from FOLDER, lays ``leader_corrections.csv`` (checked by hand) over them, and writes the
terms that the two sources agree on or a person has checked.  What the sources have wrong and the corrections put right: invented
office holders, terms long ended but open, years for days, governors-general as heads of state, one person's term in several rows.
"""

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from graphkit.knowledge.factbook_leaders import FactbookTerm, read_factbook
from graphkit.knowledge.own_tables import read_table, split_cell, table_path

FIRST_DAY = "2000-01-01"
SEED_DATE = "2025-10-31"
AGREEING_DAYS = 45
"""Two starts of one term may differ by this: election, oath and cabinet come weeks apart."""
GAP_DAYS = 40
"""One person's terms with a shorter gap are one term: re-election, a caretaker's weeks."""
COLLECTIVE = frozenset(
    {
        ("AND", "head_of_state"),
        ("BIH", "head_of_state"),
        ("SMR", "head_of_state"),
        ("NIC", "head_of_state"),
        ("NIC", "head_of_government"),
    }
)
"""Offices that several hold at once."""
COLUMNS = ("iso3", "role", "qid", "name", "start", "end", "aliases", "source", "source_date")

Office = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SeedTerm:
    """A term on its way into the table."""

    iso3: str
    role: str
    qid: str
    name: str
    start: str
    end: str
    source: str = "leaders-seed"

    @property
    def who(self) -> str:
        """What tells persons apart: the id, or the name where there is none."""
        return self.qid or self.name

    @property
    def last(self) -> str:
        """The last day, far in the future while the term runs."""
        return self.end or "9999-12-31"

    def overlaps(self, start: str, end: str) -> bool:
        """Say whether the term and ``start``..``end`` share more than a day of handing over."""
        return self.start < (end or "9999-12-31") and start < self.last


def read_seed(path: Path) -> list[SeedTerm]:
    """Read the seed list."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [SeedTerm(row["iso3"], row["role"], row["person_qid"], row["person"], row["s"], row["e"]) for row in rows]


def by_office(terms: Iterable[SeedTerm]) -> dict[Office, list[SeedTerm]]:
    """Group terms by country and role, the earliest start first."""
    offices: dict[Office, list[SeedTerm]] = {}
    for term in sorted(terms, key=lambda term: (term.start, term.last)):
        offices.setdefault((term.iso3, term.role), []).append(term)
    return offices


def without_years(terms: Sequence[SeedTerm]) -> list[SeedTerm]:
    """Drop rows that give a year (1 January) where the same person has a row that gives the day."""
    return [term for term in terms if not _is_year_only(term, terms)]


def _is_year_only(term: SeedTerm, terms: Sequence[SeedTerm]) -> bool:
    if not (term.start.endswith("-01-01") or term.end.endswith("-01-01")):
        return False
    return any(
        other is not term
        and other.who == term.who
        and not other.start.endswith("-01-01")
        and other.overlaps(term.start, term.end)
        for other in terms
    )


def merged(terms: Sequence[SeedTerm]) -> list[SeedTerm]:
    """Join one person's terms that overlap or follow within ``GAP_DAYS`` with nobody between."""
    found: list[SeedTerm] = []
    for term in sorted(terms, key=lambda term: (term.who, term.start, term.last)):
        last = found[-1] if found else None
        if last is not None and last.who == term.who and _follows(last, term) and not _someone_between(last, term, terms):
            found[-1] = replace(last, end="" if not (last.end and term.end) else max(last.end, term.end))
        else:
            found.append(term)
    return sorted(found, key=lambda term: (term.start, term.last))


def _follows(first: SeedTerm, second: SeedTerm) -> bool:
    return not first.end or days_between(first.end, second.start) <= GAP_DAYS


def _someone_between(first: SeedTerm, second: SeedTerm, terms: Sequence[SeedTerm]) -> bool:
    return any(
        other.who != first.who
        and first.last <= other.start
        and other.end
        and other.end <= second.start
        and other.start < other.end
        for other in terms
    )


def closed(terms: Sequence[SeedTerm], office: Office) -> list[SeedTerm]:
    """End each open term where the next holder's begins."""
    if office in COLLECTIVE:
        return list(terms)
    ended = []
    for term in terms:
        later = [
            other.start for other in terms if other.start > term.start and other.who != term.who and other.role == term.role
        ]
        ended.append(replace(term, end=min(later)) if not term.end and later else term)
    return ended


def corrected(offices: dict[Office, list[SeedTerm]], rows: Iterable[dict[str, str]]) -> dict[Office, list[SeedTerm]]:
    """Lay the hand-checked corrections over the terms.

    ``set`` puts a term in place of whatever the same person has there at that time; ``drop`` removes a person from an office (only
    the terms that begin in the year ``start``, if given); ``prime_minister`` says that a person was not head of government but prime
    minister under a president who was; ``clear`` empties an office and ``copy``, which comes last, fills it from the country's other one.
    """
    for row in rows:
        office = (row["iso3"], row["role"])
        held = offices.setdefault(office, [])
        if row["action"] == "clear":
            held.clear()
        elif row["action"] == "copy":
            other = "head_of_government" if row["role"] == "head_of_state" else "head_of_state"
            held[:] = [replace(term, role=row["role"]) for term in offices[row["iso3"], other]]
        elif row["action"] == "drop":
            held[:] = [term for term in held if not (term.qid == row["qid"] and term.start.startswith(row["start"]))]
        elif row["action"] == "prime_minister":
            held[:] = [replace(term, role="prime_minister") if term.qid == row["qid"] else term for term in held]
        else:
            _set(held, row)
    return offices


def _set(held: list[SeedTerm], row: dict[str, str]) -> None:
    role = "prime_minister" if row["action"] == "set_prime_minister" else row["role"]
    new = SeedTerm(row["iso3"], role, row["qid"], row["name"], row["start"], row["end"], row["source"])
    held[:] = [
        term
        for term in held
        if not (term.who == new.who and term.source != row["source"] and term.overlaps(new.start, new.end))
    ]
    held.append(new)


def days_between(first: str, second: str) -> int:
    """Return how many days ``second`` lies after ``first``."""
    return (date.fromisoformat(second) - date.fromisoformat(first)).days


def build(seed: Sequence[SeedTerm], factbook: Sequence[FactbookTerm]) -> list[SeedTerm]:
    """Return the terms of the own table, with the sources that each rests on."""
    offices = by_office(seed)
    cleaned = {office: merged(without_years(terms)) for office, terms in offices.items()}
    checked = corrected(cleaned, read_table("leader_corrections"))
    kept = [term for office, terms in sorted(checked.items()) for term in closed(sorted(terms, key=_order), office)]
    kept = [term for term in kept if term.start < term.last and (term.last >= FIRST_DAY or term.source == "checked")]
    return [agreed for term in kept if (agreed := _with_sources(term, factbook)) is not None]


def _order(term: SeedTerm) -> tuple[str, str]:
    return term.start, term.last


def _with_sources(term: SeedTerm, factbook: Sequence[FactbookTerm]) -> SeedTerm | None:
    agrees = any(
        other.iso3 == term.iso3
        and other.is_named_like(term.name)
        and abs(days_between(other.since, term.start)) <= AGREEING_DAYS
        for other in factbook
    )
    if agrees:
        return replace(term, source=f"{term.source};factbook")
    if term.source == "checked":
        return term
    return replace(term, source="leaders-seed;checked") if term.iso3 in CHECKED else None


def checked_countries() -> frozenset[str]:
    """Return the countries whose every term a person has read through: the states, and the territories listed."""
    states = {row["iso3"] for row in read_table("territories") if row["kind"] == "state"}
    return frozenset(states | {"HKG", "MAC", "GRL", "FRO"})


CHECKED = checked_countries()


def named(terms: Iterable[SeedTerm]) -> Iterator[dict[str, str]]:
    """Yield the rows of the table, with the names and aliases of ``leader_names.csv`` at each person's first row."""
    terms = list(terms)
    names = {term.who: {"name": term.name} for term in sorted(terms, key=lambda term: term.source.startswith("checked"))}
    names.update({row["qid"] or row["name"]: row for row in read_table("leader_names")})
    seen: set[str] = set()
    for term in terms:
        own = names[term.who]
        aliases = "" if term.who in seen else ";".join(dict.fromkeys(split_cell(own.get("aliases", ""))))
        seen.add(term.who)
        values = (term.iso3, term.role, term.qid, own["name"], term.start, term.end, aliases, term.source, SEED_DATE)
        yield dict(zip(COLUMNS, values, strict=True))


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the table and say how many terms it has."""
    parser = argparse.ArgumentParser(prog="graphkit.knowledge.build_leaders", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--from", dest="folder", type=Path, required=True, help="folder with the two source files")
    parser.add_argument("--to", type=Path, default=table_path("leaders"), help="table to write")
    options = parser.parse_args(arguments)
    seed = read_seed(options.folder / "leaders_seed_2000_2025.csv")
    terms = build(seed, read_factbook(options.folder / "factbook_leader_terms.csv"))
    with options.to.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(named(terms))
    agreed = sum("factbook" in term.source for term in terms)
    sys.stdout.write(f"{len(seed)} rows read, {len(terms)} terms written, {agreed} agreed on by both sources\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
