"""Importers of rating sets: every layout, and what is wrong with a row listed with its line."""

import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.errors import NotFound, UnreadableInput, UsageError
from graphkit.knowledge.ratings import IMPORTERS, RATING_SETS, Problem, rating_set, read_ratings
from graphkit.knowledge.ratings.mapped_csv import parse_map, read_csv
from graphkit.knowledge.ratings.rows import day_of, is_place, place_of, why_no_place


def said(imported):
    """Return (outlet, scope, scale, value, date) of each rating."""
    return [(one.outlet, one.scope, one.scale, one.value, one.rated_on) for one in imported.ratings]


def as_bytes(value):
    return json.dumps(value).encode()


# --- Media Bias/Fact Check

LAYOUT_2017 = {
    "example.org": {
        "domain": "example.org",
        "reporting": "VERY HIGH",
        "bias": "leftcenter",
        "url": "https://mediabiasfactcheck.com/example/",
    },
    "example.net": {"domain": "example.net", "reporting": "FAKE", "bias": "fake-news", "url": "javascript:alert(1)"},
}
LAYOUT_2020 = {"example.org": {"b": "FN", "d": "example.org", "n": "Example", "r": "L", "u": "example"}}
LAYOUT_2023 = {
    "date": "2023-12-31T09:52:59.620Z",
    "sources": [
        {
            "domain": "example.org",
            "reporting": "mostly-factual",
            "bias": "center",
            "credibility": "high-credibility",
            "questionable": ["propaganda", "conspiracy"],
        },
        {"domain": "example.org/city", "reporting": "mixed", "bias": "right", "credibility": "n/a", "questionable": []},
        {"domain": "blog.example.org", "reporting": None, "bias": "satire"},
    ],
}


def test_mbfc_of_2017():
    imported = read_ratings("mbfc", as_bytes(LAYOUT_2017), date="2017-12-10")
    assert said(imported) == [
        ("example.org", "", "mbfc-factual", "very-high", "2017-12-10"),
        ("example.org", "", "mbfc-bias", "left-center", "2017-12-10"),
        ("example.net", "", "mbfc-tags", "fake", "2017-12-10"),
        ("example.net", "", "mbfc-bias", "fake-news", "2017-12-10"),
    ]
    assert [one.url for one in imported.ratings] == ["https://mediabiasfactcheck.com/example/"] * 2 + [None] * 2
    assert imported.ratings[0].normalised == 1
    assert imported.ratings[1].normalised is None


def test_mbfc_of_2020():
    imported = read_ratings("mbfc", as_bytes(LAYOUT_2020), date="2020-12-31")
    assert said(imported)[0] == ("example.org", "", "mbfc-factual", "low", "2020-12-31")
    assert imported.ratings[0].normalised == Decimal("0.2")
    assert imported.ratings[0].url == "https://mediabiasfactcheck.com/example/"


def test_mbfc_of_2023_carries_its_date_and_rates_parts_apart():
    imported = read_ratings("mbfc", as_bytes(LAYOUT_2023))
    factual = [line for line in said(imported) if line[2] == "mbfc-factual"]
    assert factual == [
        ("example.org", "", "mbfc-factual", "mostly-factual", "2023-12-31"),
        ("example.org", "example.org/city", "mbfc-factual", "mixed", "2023-12-31"),
    ]
    assert ("example.org", "", "mbfc-tags", "conspiracy, propaganda", "2023-12-31") in said(imported)
    assert ("example.org", "blog.example.org", "mbfc-bias", "satire", "2023-12-31") in said(imported)
    assert {one.version for one in imported.ratings} == {"2023-12-31"}


def test_mbfc_without_a_date_asks_for_one():
    with pytest.raises(UsageError, match="no date") as caught:
        read_ratings("mbfc", as_bytes(LAYOUT_2020))
    assert "--date" in caught.value.hint


def test_wrong_rows_are_listed_and_the_rest_goes_in():
    records = [
        {"domain": "example.org", "reporting": "splendid", "bias": "center"},
        {"domain": "no domain", "reporting": "high", "bias": "center"},
        "not a record",
        {"domain": "example.org", "reporting": "high", "bias": "center"},
        {"domain": "www.example.org", "reporting": "low", "bias": "center"},
    ]
    imported = read_ratings("mbfc", as_bytes({"date": "2024-01-01", "sources": records}))
    assert imported.problems[:3] == (
        Problem(1, "'splendid' is no step of mbfc-factual"),
        Problem(2, "'no domain' is no domain"),
        Problem(3, "'' is no domain"),
    )
    assert imported.problems[3].line == 5
    assert "rated twice: 'high' is kept, 'low' left out" in imported.problems[3].why
    assert [line[3] for line in said(imported) if line[2] == "mbfc-factual"] == ["high"]
    assert imported.n_rows == 5


def test_a_row_count_out_of_range_is_a_warning():
    (warning,) = read_ratings("mbfc", as_bytes(LAYOUT_2023)).warnings
    assert "3 rows" in warning


# --- Wikipedia

RSP_CSV = """domain,host,name,scope,status,blacklisted,last
example.org,example.org,Example,(politics and science),generally unreliable,False,2024
example.org,example.org,Example,(news excluding politics and science),no consensus,False,2024
example.net,blogs.example.net,Blogs,,deprecated,True,2019
example.com,example.com,Namesake,(USA),generally reliable,False,2021
example.com,example.com,Again,,multiple,False,2021
"""
RSP_JSON = [
    {
        "name": "Example",
        "status": "gu",
        "content_qualifier": "(talk shows)",
        "rsp_last": "2024",
        "alltext": "{{WP:RSPUSES|example.org|example.net}}",
    },
    {"name": "Listed", "status": "gu", "rsp_last": "2019", "alltext": "| {{WP:RSPSTATUS|gu|b=y}}", "domain": "example.com"},
    {"name": "No address", "status": "gr", "rsp_last": "2019", "alltext": ""},
]


def test_rsp_keeps_scopes_and_drops_namesakes_countries():
    imported = read_ratings("rsp", RSP_CSV.encode(), date="2026-04-01")
    assert said(imported) == [
        ("example.org", "politics and science", "rsp-status", "generally unreliable", "2024-01-01"),
        ("example.org", "news excluding politics and science", "rsp-status", "no consensus", "2024-01-01"),
        ("example.net", "blogs.example.net", "rsp-status", "deprecated", "2019-01-01"),
        ("example.net", "blogs.example.net", "rsp-blacklist", "blacklisted", "2019-01-01"),
        ("example.com", "", "rsp-status", "generally reliable", "2021-01-01"),
    ]
    assert imported.problems == (Problem(6, "'multiple' is no step of rsp-status"),)
    assert {one.family for one in imported.ratings} == {"wikipedia"}


def test_rsp_as_json_lines():
    data = b"\n".join(as_bytes(record) for record in RSP_JSON) + b"\nnot json\n"
    imported = read_ratings("rsp", data, date="2026-04-01")
    assert said(imported) == [
        ("example.org", "talk shows", "rsp-status", "generally unreliable", "2024-01-01"),
        ("example.net", "talk shows", "rsp-status", "generally unreliable", "2024-01-01"),
        ("example.com", "", "rsp-status", "generally unreliable", "2019-01-01"),
        ("example.com", "", "rsp-blacklist", "blacklisted", "2019-01-01"),
    ]
    assert [problem.line for problem in imported.problems] == [3, 4]


RSP_WIKITEXT = """{| class="wikitable"
|-
! Source
|- class="s-gu" id="Example"
| [[Example News|Example]]{{efn|name=x|[[Local {{small|affiliates}}]] differ}} (politics and science) {{WP:RSPSHORTCUT|WP:EX}}
| {{WP:RSPSTATUS|gu|b=y}}
| {{rsnl|73|Talk|2010}}
| {{WP:RSPLAST|2024}}
| It (the site) prints rumours.
| {{WP:RSPUSES|example.org|example.net}}
|- class="s-gr" id="Other"
| [[Other]] (UK) (opinion)
| {{WP:RSPSTATUS|gr}}
|
| {{WP:RSPLAST|2020|stale=n}}
| Fine.
| {{WP:RSPUSES|other.example}}
|}
"""


def test_rsp_as_wikitext():
    imported = read_ratings("rsp", RSP_WIKITEXT.encode(), date="2026-04-01")
    assert said(imported) == [
        ("example.org", "politics and science", "rsp-status", "generally unreliable", "2024-01-01"),
        ("example.org", "politics and science", "rsp-blacklist", "blacklisted", "2024-01-01"),
        ("example.net", "politics and science", "rsp-status", "generally unreliable", "2024-01-01"),
        ("example.net", "politics and science", "rsp-blacklist", "blacklisted", "2024-01-01"),
        ("other.example", "opinion", "rsp-status", "generally reliable", "2020-01-01"),
    ]


@pytest.mark.slow
def test_wikitext_and_parsed_rows_of_the_shared_list_agree(shared_data):
    data = (shared_data / "ratings" / "rsp_audiodude_2026-04.jsonl").read_bytes()
    page = "{| class=wikitable\n" + "\n".join(json.loads(line)["alltext"] for line in data.decode().splitlines())
    assert set(said(read_ratings("rsp", page.encode()))) == set(said(read_ratings("rsp", data)))


# --- CSV sets


def test_lin2023_tells_observed_from_imputed():
    data = "domain,pc1,afm,fc,mbfc,lewandowsky_acc\nexample.org,0,0.0315,0.0732144713,0.1111,0\nexample.net,0.5,0.525663614,0.08372638,0.72705304,0.5\nexample.com,1.2,1,1,1,1\n"
    imported = read_ratings("lin2023", data.encode())
    assert [one.imputed for one in imported.ratings] == [False, True]
    assert imported.problems == (Problem(4, "'1.2' is not on the scale 0..1"),)
    assert imported.ratings[0].rated_on == "2023-09-01"


def test_a_cred1_row_gives_a_score_and_a_category():
    imported = read_ratings("cred1", b"domain,category,credibility_score\nexample.org,unreliable,0.105\n")
    assert [one.scale for one in imported.ratings] == ["cred1-score", "cred1-category"]


def test_iffy_needs_a_date_and_counts_as_mbfc():
    with pytest.raises(UsageError):
        read_ratings("iffy", b"Domain,Score\nexample.org,0.2\n")
    (rating,) = read_ratings("iffy", b"Domain,Score\nexample.org,0.2\n", date="2025-01-31").ratings
    assert (rating.family, rating.normalised) == ("mbfc", Decimal("0.2"))


def test_lasser_rows_count_for_the_list_they_come_from():
    data = "url,label,source,last_update,accuracy,transparency,type\nexample.org,x,bufale,2018,1,1,u\nexample.net,x,media_bias_fact_check,2021-05-17,3,2,r\n"
    imported = read_ratings("lasser2022", data.encode())
    accuracy = [one for one in imported.ratings if one.scale == "lasser2022-accuracy"]
    assert [(one.family, one.rated_on, one.normalised) for one in accuracy] == [
        ("lists-2017", "2018-01-01", Decimal(0)),
        ("mbfc", "2021-05-17", Decimal("0.5")),
    ]
    assert len({one.rater for one in accuracy}) == 2


def test_opensources_has_no_name_for_its_first_column():
    data = ",type,2nd type,3rd type,Source Notes (things to know?),\nexample.org,bias,Conspiracy,,a note,\nexample.net,,,,,\n"
    imported = read_ratings("opensources", data.encode())
    assert said(imported) == [("example.org", "", "opensources-type", "bias, conspiracy", "2017-12-31")]
    assert imported.problems == (Problem(3, "no category"),)


def test_state_media_is_a_dimension_of_its_own():
    data = "Country,Main assets,URL,Typology\nX,News,https://www.example.org/en/,SC\nX,Portal,https://arabic.example.org/,SC\nX,Radio,,SC\nX,TV,https://example.net,ISFM?\n"
    imported = read_ratings("state-media", data.encode())
    assert said(imported) == [
        ("example.org", "", "state-media-type", "SC", "2024-12-31"),
        ("example.org", "arabic.example.org", "state-media-type", "SC", "2024-12-31"),
    ]
    assert {(one.dimension, one.normalised) for one in imported.ratings} == {("stateControl", None)}
    assert [problem.line for problem in imported.problems] == [4, 5]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("jti", b"Website,Status,Issued\nhttps://example.org,Certified,2024-05-01\n", ("certified", "2024-05-01")),
        ("jti", b'[{"url": "https://example.org", "certified_on": "2023-02-01"}]', ("certified", "2023-02-01")),
        (
            "ifcn",
            b'{"signatories": [{"website": "https://example.org", "status": "Expired", "expires": "2022-01-31"}]}',
            ("expired", "2022-01-31"),
        ),
        ("ifcn", b"domain,status\nexample.org,verified\n", ("active", "2025-01-01")),
        ("ifcn", b"domain,status,valid until\nexample.org,active,2024-06-30\n", ("expired", "2024-06-30")),
    ],
)
def test_certificates_and_signatures(name, data, expected):
    (rating,) = read_ratings(name, data, date="2025-01-01").ratings
    assert (rating.value, rating.rated_on) == expected
    assert rating.dimension == "transparency"
    assert rating.normalised is None


def test_a_signature_of_no_known_status_is_listed():
    imported = read_ratings("ifcn", b"domain,status\nexample.org,pending appeal\n", date="2025-01-01")
    assert imported.problems == (Problem(2, "'pending appeal' is no status that is known"),)


# --- any CSV


def test_any_csv_by_a_map():
    columns = parse_map("domain=Site,score=Score,scale=0..100,date=Rated,rater=Example Desk")
    data = "Site,Score,Rated\nexample.org,80,2025-06-30\nexample.net,101,2025-06-30\nexample.com,50,\n,1,2025-06-30\n"
    imported = read_csv(data.encode(), columns, name="house")
    (rating,) = imported.ratings
    assert (rating.outlet, rating.normalised, rating.rater, rating.family, rating.scale) == (
        "example.org",
        Decimal("0.8"),
        "Example Desk",
        "house",
        "house-score",
    )
    assert imported.problems == (
        Problem(3, "'101' is not on the scale 0..100"),
        Problem(4, "no date"),
        Problem(5, "'' is no domain"),
    )


def test_a_scale_may_run_backwards():
    (rating,) = read_csv(
        b"d,s\nexample.org,1\n", parse_map("domain=d,score=s,scale=7..1,date=2025-01-01"), name="house"
    ).ratings
    assert rating.normalised == 1


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("domain=d,score=s,scale=0..100", "lacks date="),
        ("domain=d,score=s,scale=0-100,date=d", "must be worst..best"),
        ("domain=d,score=s,scale=5..5,date=d", "must be worst..best"),
        ("domain=d,score=s,scale=0..1,date=d,colour=red", "'colour' is not known"),
        ("domain=d,score=s,scale=0..1,date=d,dimension=beauty", "'beauty' is no dimension"),
        ("", "lacks domain="),
    ],
)
def test_a_map_that_is_wrong_says_how(words, complaint):
    with pytest.raises(UsageError, match=complaint):
        parse_map(words)


# --- all of them


@pytest.mark.parametrize("name", sorted(IMPORTERS))
@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"", b"a,b\n1,2\n", b"[" * 5000, b'"x"', b"%PDF-1.4"])
def test_a_file_of_another_kind_is_refused_or_gives_nothing(name, data):
    with suppress(UnreadableInput):
        assert read_ratings(name, data, date="2025-01-01").ratings == ()


def test_what_is_wrong_with_a_file_is_one_line():
    with pytest.raises(UnreadableInput) as caught:
        read_ratings("lin2023", b"a,b\n1,2\n")
    assert caught.value.message == "the file has no column 'domain'; it has a, b"


@pytest.mark.parametrize("name", sorted(IMPORTERS))
def test_every_set_is_registered_with_what_must_be_shown(name):
    about = rating_set(name)
    assert about.name
    assert about.licence
    assert about.family
    assert about.home.startswith("https://")
    assert about.rows[0] < about.rows[1]
    assert set(about.derived_from) <= RATING_SETS.keys()
    for scale in about.scales:
        steps = [value for value in scale.steps.values() if value is not None]
        assert not steps or scale.dimension == "reliability"
        assert all(0 <= value <= 1 for value in steps)


def test_an_unknown_set_is_named():
    with pytest.raises(NotFound, match="'nope'"):
        read_ratings("nope", b"")
    with pytest.raises(NotFound):
        rating_set("nope")


def test_reading_twice_gives_the_same():
    assert read_ratings("rsp", RSP_CSV.encode()) == read_ratings("rsp", RSP_CSV.encode())


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://www.Example.org/", ("example.org", "")),
        ("example.org/city/", ("example.org", "example.org/city")),
        ("blogs.example.org", ("example.org", "blogs.example.org")),
        ("http://blogs.example.co.uk:8080/a?b#c", ("example.co.uk", "blogs.example.co.uk/a")),
        ("www.münchen.example", ("xn--mnchen-3ya.example", "")),
        ("82.221.129.208", None),
        ("no domain", None),
        ("co.uk", None),
        ("", None),
        ("javascript:alert(1)", None),
    ],
)
def test_places(address, place):
    assert place_of(address) == place


@pytest.mark.parametrize(
    ("scope", "answer"),
    [("blogs.example.org", True), ("example.org/city", True), ("talk shows", False), ("", False), ("U.S.", False)],
)
def test_a_scope_is_a_place_or_a_topic(scope, answer):
    assert is_place(scope) is answer


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024", "2024-01-01"),
        ("2021-05", "2021-05-01"),
        ("2021-05-17T10:00:00Z", "2021-05-17"),
        ("2021-13", None),
        ("soon", None),
        ("", None),
        ("20245", None),
    ],
)
def test_days(text, day):
    assert day_of(text) == day


@given(st.text(max_size=40))
def test_any_text_is_a_place_or_none(text):
    place = place_of(text)
    assert place is None or (place[0] == place[0].lower() and place[0].isascii())


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("co.uk", "'co.uk' is a suffix under which others register domains: give the host, such as www.co.uk"),
        ("192.0.2.7", "'192.0.2.7' is a numeric address and no domain"),
        ("https://[2001:db8::1]/", "'https://[2001:db8::1]/' is no domain"),
        ("an outlet", "'an outlet' is no domain"),
        ("localhost", "'localhost' is no domain"),
        ("a" * 300 + ".example", f"'{'a' * 80}' is no domain"),
        ("", "'' is no domain"),
    ],
)
def test_a_row_without_an_outlet_says_what_its_address_is_instead(address, why):
    assert place_of(address) is None
    assert why_no_place(address) == why
