"""Certificates and signatures: the Journalism Trust Initiative and the International Fact-Checking Network.

Neither publishes one fixed file, so a list is read by what its columns are called: an address, a status, a date.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from graphkit.errors import UnreadableInput
from graphkit.knowledge.ratings.registry import rating_set
from graphkit.knowledge.ratings.rows import Collector, Imported, csv_rows, day_of, json_value

_ADDRESS = ("domain", "website", "url", "link", "site", "homepage")
_STATUS = ("status", "state", "certification", "certificate", "signatory", "verified")
_DATE = ("date", "issued", "certified on", "certification date", "issued on", "valid from", "since", "last updated")
_UNTIL = ("valid until", "expires", "expires on", "expiry", "expiration", "expiration date", "expiry date", "valid to")
_JTI = {
    "certified": "certified",
    "yes": "certified",
    "valid": "certified",
    "true": "certified",
    "self-assessed": "self-assessed",
}
_IFCN = {
    "active": "active",
    "yes": "active",
    "verified": "active",
    "true": "active",
    "in renewal": "in renewal",
    "renewal": "in renewal",
}
_EXPIRED = frozenset({"expired", "no", "false", "lapsed", "withdrawn", "revoked"})


def read_jti(data: bytes, *, date: str | None = None, version: str | None = None) -> Imported:
    """Read a list (CSV or JSON) of outlets certified by the Journalism Trust Initiative: a flag with a date, no score.

    Raises:
        UnreadableInput: The bytes are neither, or no column holds an address.
    """
    return _read(Collector(rating_set("jti"), version or date or ""), data, _JTI, date)


def read_ifcn(data: bytes, *, date: str | None = None, version: str | None = None) -> Imported:
    """Read a list (CSV or JSON) of signatories of the International Fact-Checking Network: a flag with a date, no score.

    Raises:
        UnreadableInput: The bytes are neither, or no column holds an address.
    """
    return _read(Collector(rating_set("ifcn"), version or date or ""), data, _IFCN, date)


def _read(found: Collector, data: bytes, words: Mapping[str, str], date: str | None) -> Imported:
    scale = found.about.scales[0].key
    for line, row in _records(data):
        place = found.place(line, _first(row, _ADDRESS))
        if place is None:
            continue
        until, status = day_of(_first(row, _UNTIL)), _first(row, _STATUS).lower()
        since = day_of(_first(row, _DATE)) or date
        if status in _EXPIRED or (until is not None and date is not None and until < date):
            found.add(line, place, scale, "expired", until or since)
        elif not status:
            found.add(line, place, scale, next(iter(words.values())), since)
        elif status in words:
            found.add(line, place, scale, words[status], since)
        else:
            found.skip(line, f"{status[:80]!r} is no status that is known")
    return found.imported()


def _records(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    if data.lstrip()[:1] not in {b"{", b"["}:
        rows = [(line, _plain_keys(row)) for line, row in csv_rows(data, ())]
        if rows and not any(name in rows[0][1] for name in _ADDRESS):
            raise UnreadableInput("no column holds an address", hint=f"name it one of: {', '.join(_ADDRESS)}")
        yield from rows
        return
    value = json_value(data)
    lists = [value] if isinstance(value, list) else [part for part in value.values() if isinstance(part, list)]
    records = lists[0] if lists else []
    for number, record in enumerate(records, start=1):
        yield number, _plain_keys(record if isinstance(record, dict) else {})


def _plain_keys(record: Mapping[str, Any]) -> dict[str, str]:
    return {
        re.sub(r"[_\s]+", " ", name).strip().lower(): str(value).strip() for name, value in record.items() if value is not None
    }


def _first(row: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((row[name] for name in names if row.get(name)), "")
