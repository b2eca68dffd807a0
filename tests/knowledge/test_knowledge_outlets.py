"""Outlets by address: registrable domain, mirrors, records; and the script that makes the wide list."""

import json

import pytest

from graphkit.errors import DamagedPart
from graphkit.knowledge import build_outlets
from graphkit.knowledge.outlets import describe, is_known, known_domains, mirror_of, outlet_by_domain, outlet_kinds, records
from graphkit.knowledge.outlets.listed_names import names_in
from graphkit.model import Outlet


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.example.co.uk/a?b=c", "example.co.uk"),
        ("news.example.org", "example.org"),
        ("Example.ORG/path", "example.org"),
        ("https://пример.рф/", "xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_an_address_gives_its_outlet(address, domain):
    assert outlet_by_domain(address) == Outlet(domain)


@pytest.mark.parametrize("address", ["192.168.0.1", "http://127.0.0.1/", "localhost", "co.uk", "", "not a host"])
def test_an_address_without_a_domain_gives_none(address):
    assert outlet_by_domain(address) is None


def test_mirrors_point_to_their_outlet():
    assert mirror_of("bbc.co.uk") == "bbc.com"
    assert mirror_of("politi.co") == "politico.com"
    assert mirror_of("example.org") is None


def test_a_record_says_who_owned_an_outlet_when():
    owners = describe("washingtonpost.com").owners
    assert [(owner.begin, owner.end) for owner in owners] == [("1933", "2013-10-01"), ("2013-10-01", "")]
    assert all(owner.source for owner in owners)


def test_a_record_keeps_state_control_apart_from_kind():
    record = describe("tass.com")
    assert (record.kind, record.country) == ("wire", "RU")
    assert record.state.typology == "stateControlled"
    assert record.state.source
    assert "ITAR-TASS" in record.aliases
    assert record.name not in record.aliases


def test_a_site_of_the_wide_list_has_a_record_with_its_source():
    record = describe("11alive.com")
    assert record.name == "WXIA"
    assert record.sources


def test_an_unknown_outlet_has_none():
    assert describe("example.org") is None
    assert not is_known("example.org")


def test_known_domains_hold_both_tables_and_mirrors():
    known = known_domains()
    assert {"naturalnews.com", "meduza.io", "foxnews.com", "politi.co"} <= known
    assert set(outlet_kinds()) <= known
    assert all(is_known(domain) for domain in ("reuters.com", "politi.co", "11alive.com"))


def test_a_damaged_wide_list_is_reported(tmp_path, monkeypatch):
    table = tmp_path / "domains.csv"
    table.write_text("domain,names,kind,source\nexample.org,Example\n", "utf-8")
    monkeypatch.setattr(records, "table_path", lambda _: table)
    with pytest.raises(DamagedPart):
        records.listed_sites.__wrapped__()


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ("KXYZ - Rainville - Action News", ["KXYZ"]),
        ("9 Rain - KXYZ", ["9 Rain", "KXYZ"]),
        ("Rain Agency Press (RAP)", ["Rain Agency Press", "RAP"]),
        ("The Rainville Sentinel (Pennsylvania)", ["The Rainville Sentinel?"]),
        ("Daily News", ["Daily News?"]),
        ("example.org", []),
    ],
)
def test_names_are_taken_out_of_list_entries(entry, names):
    assert list(names_in(entry, "example.org")) == names


def test_one_row_a_domain_with_its_names_and_first_source():
    listings = [
        build_outlets.Listing("www.example.org", "", "events"),
        build_outlets.Listing("example.org", "Rainville Herald", "mbfc"),
        build_outlets.Listing("example.net/rain", "Rain Theory", "mbfc"),
        build_outlets.Listing("192.168.0.1", "Nothing", "mbfc"),
    ]
    assert build_outlets.merge_listings(listings) == [
        ("example.net", "", "", "mbfc"),
        ("example.org", "Rainville Herald", "news", "events"),
    ]


def test_no_judgement_of_a_rating_set_is_read(tmp_path):
    """The script must not carry a rating into the tables, whatever the files hold."""
    ratings, citations = tmp_path / "ratings", tmp_path / "citations"
    ratings.mkdir()
    citations.mkdir()
    verdict = "SECRETVERDICT"
    (citations / "events.jsonl").write_text(json.dumps({"citations": [{"host": "www.example.org"}]}) + "\n", "utf-8")
    (citations / "outlet_names.jsonl").write_text(json.dumps({"domains": {"example.net": 1}}) + "\n", "utf-8")
    (ratings / "rsp_2026-04_flat.csv").write_text(f"host,name,status\nexample.com,Rain Post,{verdict}\n", "utf-8")
    asd = f"Country,Main assets,domain,Typology,Notes\nRussia,Rain TV,example.ru,SC,{verdict}\n"
    (ratings / "state_media_asd_2024_flat.csv").write_text(asd, "utf-8")
    site = {"domain": "example.info", "name": "Rain Times", "bias": verdict, "reporting": verdict}
    (ratings / "mbfc_2026-08-19.json").write_text(json.dumps({"sources": [site]}), "utf-8")
    (ratings / "iffy_2025-01.csv").write_text(f"Domain,Name,Score\nexample.biz,Rain,{verdict}\n", "utf-8")
    (ratings / "realnews_domains.json").write_text(json.dumps({"example.edu": True}), "utf-8")
    rows = build_outlets.merge_listings(build_outlets.read_listings(tmp_path))
    assert [row[0] for row in rows] == sorted(f"example.{end}" for end in ["org", "net", "com", "ru", "info", "biz", "edu"])
    assert verdict not in str(rows)
    states = build_outlets.read_state_control(ratings / "state_media_asd_2024_flat.csv")
    assert states == [("example.ru", "RU", "stateControlled", "2024", "state-media", "2024-12-31")]
