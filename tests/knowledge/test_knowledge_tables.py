"""Every table of the package: sources named, dates, identifiers and domains well formed, all of it small."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from graphkit.knowledge.own_tables import split_cell, table_path
from graphkit.reading.addresses import registrable_domain

FOLDER = table_path("sources").parent
TABLES = sorted(path.stem for path in FOLDER.glob("*.csv"))
DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
DATE_COLUMNS = {"source_date", "date_read", "start", "end", "from", "to", "rated_on", "year"}
DATED_BY_SOURCE = {"domains"}
"""Tables whose rows have no date of their own: the source's date counts."""
MAX_BYTES = 2_000_000


def rows_of(name):
    with table_path(name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def source_keys():
    return [row["key"] for row in rows_of("sources")]


def test_tables_are_small():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= MAX_BYTES


def test_source_keys_are_unique_and_described(source_keys):
    assert [key for key, n in Counter(source_keys).items() if n > 1] == []
    assert [row["key"] for row in rows_of("sources") if not (row["title"] and row["publisher"] and row["licence"])] == []
    assert [row["url"] for row in rows_of("sources") if not row["url"].startswith("https://")] == []


@pytest.mark.parametrize("name", [table for table in TABLES if table != "sources"])
def test_every_row_names_a_known_source(name, source_keys):
    wrong = [row for row in rows_of(name) if not split_cell(row["source"]) or set(split_cell(row["source"])) - set(source_keys)]
    assert wrong == []


@pytest.mark.parametrize("name", TABLES)
def test_dates_are_iso_and_in_order(name):
    rows = rows_of(name)
    columns = DATE_COLUMNS & set(rows[0])
    assert [row for row in rows for c in columns if row[c] and not DATE.fullmatch(row[c])] == []
    if name not in DATED_BY_SOURCE | {"sources"}:
        assert [row for row in rows if not row["source_date"]] == []
    for begin, end in (("start", "end"), ("from", "to")):
        if {begin, end} <= columns:
            assert [row for row in rows if row[begin] and row[end] and row[end] < row[begin][: len(row[end])]] == []


@pytest.mark.parametrize("name", TABLES)
def test_identifiers_are_well_formed(name):
    for row in rows_of(name):
        assert re.fullmatch(r"Q[1-9]\d*|", row.get("qid", "")), row
        for code in ("iso3", "code"):
            assert re.fullmatch(r"[A-Za-z]{2,4}(?:-[A-Za-z]{2,4})?|", row.get(code, "")), row


@pytest.mark.parametrize("name", ["domains", "outlets", "outlet_names", "wires", "state_control", "owners", "verdicts"])
def test_domains_are_registrable(name):
    column = "outlet" if name == "verdicts" else "domain"
    assert [row for row in rows_of(name) for domain in split_cell(row[column]) if registrable_domain(domain) != domain] == []


@pytest.mark.parametrize("name", ["domains", "outlets", "state_control"])
def test_no_domain_stands_twice(name):
    assert [domain for domain, n in Counter(row["domain"] for row in rows_of(name)).items() if n > 1] == []


@pytest.mark.parametrize("name", ["outlets", "wires", "state_control"])
def test_countries_are_codes(name):
    assert [row for row in rows_of(name) if not re.fullmatch(r"[A-Z]{2}|", row["country"])] == []


def test_every_file_is_utf8_without_mark_and_with_unix_line_ends():
    for path in sorted(Path(FOLDER).glob("*.csv")):
        body = path.read_bytes()
        assert body.decode("utf-8").endswith("\n"), path
        assert b"\r" not in body, path
        assert not body.startswith(b"\xef\xbb\xbf"), path
