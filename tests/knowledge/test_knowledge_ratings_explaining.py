"""What ratings amount to: families, not sets; scopes and dates; a word and never an average."""

import dataclasses
import inspect
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.knowledge import ratings as room
from graphkit.knowledge.ratings import RatingIndex, diff, explain, rating_set, read_ratings, shipped_ratings
from graphkit.model import Rating


def rating(value, family="one", **more):
    given_ = {
        "outlet": "example.org",
        "rating_set": family,
        "rater": family,
        "value": str(value),
        "scale": f"{family}-scale",
        "dimension": "reliability",
        "rated_on": "2024-01-01",
        "normalised": Decimal(str(value)) if more.get("dimension", "reliability") == "reliability" else None,
        "family": family,
        "version": "1",
        "licence": "CC0-1.0",
    }
    return Rating(**{**given_, **more})


@pytest.mark.parametrize(
    ("given_ratings", "wording"),
    [
        ([], "unrated"),
        ([rating("0.9", dimension="leaning")], "unrated"),
        ([rating("0.9", imputed=True)], "unrated"),
        ([rating("0.9")], "single high, thin"),
        ([rating("0.4")], "single mixed, thin"),
        ([rating("0.9"), rating("0.8", "two")], "consistent high, thin"),
        ([rating("0.1"), rating("0.45", "two")], "consistent low to mixed, thin"),
        ([rating("0.2"), rating("0.7", "two")], "contested, thin"),
        ([rating("0.2"), rating("0.69", "two")], "consistent low to high, thin"),
        ([rating("0.1", name) for name in ("one", "two", "three", "four")], "consistent low"),
        ([rating("0.1", scope="politics"), rating("0.7", scope="sports")], "contested, thin"),
    ],
)
def test_the_word(given_ratings, wording):
    assert explain(given_ratings).wording == wording


def test_sets_of_one_family_count_once_and_the_original_speaks():
    derived = rating("0.9", "mbfc", rating_set="iffy", rater="Iffy.news", scale="iffy-score", rated_on="2025-01-01")
    original = rating("0.2", "mbfc", rating_set="mbfc")
    explanation = explain([derived, original])
    assert explanation.word == "single"
    assert [voice.value for voice in explanation.voices] == [Decimal("0.2")]
    assert [row.counts for row in explanation.rows] == [True, True]


def test_no_average_is_computed():
    values = [Decimal("0.2"), Decimal("0.6")]
    explanation = explain([rating(values[0]), rating(values[1], "two")])
    assert explanation.interval == (values[0], values[1])
    shown = [getattr(explanation, field.name) for field in dataclasses.fields(explanation)]
    assert Decimal("0.4") not in shown
    assert "mean(" not in inspect.getsource(inspect.getmodule(explain))


def test_ratings_are_read_as_of_the_date():
    history = [
        rating("0.9", rated_on=day, version=day, normalised=Decimal(value))
        for day, value in (("2017-12-10", "0.8"), ("2020-12-31", "0.4"), ("2026-08-19", "0.2"))
    ]
    assert explain(history, as_of="2017-01-01").wording == "unrated"
    assert explain(history, as_of="2018-01-01").interval == (Decimal("0.8"), Decimal("0.8"))
    assert explain(history, as_of="2021-01-01").interval == (Decimal("0.4"), Decimal("0.4"))
    assert explain(history).interval == (Decimal("0.2"), Decimal("0.2"))
    reasons = [row.why_not for row in explain(history, as_of="2021-01-01").rows]
    assert reasons == ["superseded or withdrawn in a later version", "", "made after the date"]


def test_an_entry_that_a_later_version_dropped_counts_no_more():
    old = [rating("0.9", rated_on="2020-12-31", version="2020-12-31")]
    versions = {"one": ["2020-12-31", "2023-12-31"]}
    assert explain(old, as_of="2021-06-01", versions=versions).word == "single"
    assert explain(old, as_of="2024-06-01", versions=versions).word == "unrated"


def test_scoped_verdicts_count_where_the_topic_fits():
    verdicts = [rating("0.5", scope="news excluding politics and science"), rating("0", scope="politics and science")]
    assert explain(verdicts, topic="politics").voices[0].value == 0
    assert explain(verdicts, topic="sports").voices[0].value == Decimal("0.5")
    assert explain(verdicts).voices[0].value is None
    assert {row.why_not for row in explain(verdicts).rows} == {"a verdict on one topic"}


@pytest.mark.parametrize(("day", "value"), [("2010-06-01", "0.9"), ("2020-06-01", "0.1")])
def test_scopes_that_name_a_period(day, value):
    verdicts = [
        rating("0.9", scope="pre-2013", rated_on="2009-01-01"),
        rating("0.1", scope="2013-present", rated_on="2009-01-01"),
    ]
    assert explain(verdicts, as_of=day).voices[0].value == Decimal(value)


def test_a_part_of_a_site_does_not_rate_the_whole():
    parts = [rating("0.1", scope="example.org/city"), rating("0.9", "two", scope="blogs.example.org")]
    assert explain(parts).word == "unrated"
    assert explain(parts, part="blogs.example.org").word == "single"


def test_every_row_says_whether_it_counts():
    mixed = [rating("0.9"), rating("left", "two", dimension="leaning"), rating("0.9", "three", imputed=True)]
    explanation = explain(mixed)
    assert explanation.coverage == "1 of 3 ratings count, from 1 family"
    assert [row.counts for row in explanation.rows] == [not row.why_not for row in explanation.rows]


@given(
    st.lists(
        st.tuples(st.sampled_from("abcde"), st.decimals(0, 1, places=3), st.sampled_from(["", "politics", "x.example.org"])),
        max_size=12,
    )
)
def test_the_word_holds_for_any_ratings_in_any_order(rows):
    given_ratings = [
        rating(value, family, scope=scope, rater=f"{family}{place}") for place, (family, value, scope) in enumerate(rows)
    ]
    explanation = explain(given_ratings)
    assert explanation == explain(reversed(given_ratings))
    assert (explanation.word == "unrated") == (explanation.interval is None)
    assert explanation.is_thin == (0 < len(explanation.voices) < 4)
    assert len(explanation.rows) == len(given_ratings)


# --- look-up, drift, the shipped set


def test_the_longest_place_wins():
    index = RatingIndex([rating("0.9"), rating("0.1", scope="example.org/city"), rating("0.5", scope="blogs.example.org")])
    assert [one.scope for one in index.of_address("https://www.example.org/city/news.html")] == ["example.org/city"]
    assert [one.scope for one in index.of_address("https://a.blogs.example.org/x")] == ["blogs.example.org"]
    assert [one.scope for one in index.of_address("example.org/cityscape")] == [""]
    assert index.of_address("https://example.net") == ()
    assert index.of_address("not a host") == ()
    assert len(index.of_outlet("example.org")) == 3


def test_drift_between_versions():
    old = [rating("0.8"), rating("0.5", outlet="example.net"), rating("0.4", outlet="example.com")]
    new = [rating("0.2"), rating("0.5", outlet="example.net"), rating("0.9", outlet="new.example")]
    drift = diff(old, new)
    assert [one.outlet for one in drift.added] == ["new.example"]
    assert [one.outlet for one in drift.removed] == ["example.com"]
    assert [(change.after.outlet, change.direction) for change in drift.changed] == [("example.org", "down")]
    assert drift.n_same == 1


def test_the_shipped_verdicts_are_openly_licensed_and_say_where_from():
    shipped = shipped_ratings()
    assert 50 <= len(shipped) <= 200
    assert {one.licence for one in shipped} == {"CC-BY-SA-4.0", "MIT"}
    assert all(one.url and one.family and one.rated_on and one.version for one in shipped)
    index = RatingIndex(shipped)
    assert explain(index.of_outlet("naturalnews.com")).wording == "single low, thin"
    assert explain(index.of_outlet("meduza.io")).wording == "single high, thin"
    assert explain(index.of_outlet("foxnews.com")).wording == "contested, thin"


def test_an_imported_set_takes_the_place_of_the_shipped_excerpt():
    shipped = [one for one in shipped_ratings() if one.outlet == "meduza.io"]
    imported = read_ratings("rsp", b"domain,scope,status,last\nmeduza.io,,no consensus,2025\n", date="2026-04-01").ratings
    assert explain([*shipped, *imported]).interval == (Decimal("0.5"), Decimal("0.5"))


def test_no_rating_can_be_had_without_set_date_and_family():
    needed = {"rating_set", "rated_on", "rater", "scale", "dimension"}
    fields = {field.name: field for field in dataclasses.fields(Rating)}
    assert all(fields[name].default is dataclasses.MISSING for name in needed)
    assert {name for name in room.__all__ if "average" in name.lower() or "mean" in name.lower()} == set()
    for one in shipped_ratings():
        assert one.family == rating_set(one.rating_set).family


@pytest.mark.slow
def test_the_published_sets_as_of_their_dates(shared_data):
    folder = shared_data / "ratings"
    everything = []
    for day in ("2017-12-10", "2020-12-31", "2023-12-31", "2025-08-31", "2025-12-30"):
        everything += read_ratings("mbfc", (folder / "mbfc_vintages" / f"mbfc_{day}.json").read_bytes(), date=day).ratings
    for name, file, day in (
        ("mbfc", "mbfc_2026-08-19.json", None),
        ("rsp", "rsp_2026-04_flat.csv", "2026-04-01"),
        ("lin2023", "lin2023_domain_ratings.csv", None),
        ("lasser2022", "lasser2022_domain_list_clean.csv", None),
        ("opensources", "opensources_2017.csv", None),
        ("iffy", "iffy_2025-01.csv", "2025-01-31"),
        ("state-media", "asd_state_media_2024.csv", None),
    ):
        everything += read_ratings(name, (folder / file).read_bytes(), date=day).ratings
    index = RatingIndex(everything)

    def level(outlet, day):
        (row,) = [
            row for row in explain(index.of_outlet(outlet), as_of=day).rows if row.counts and row.rating.scale == "mbfc-factual"
        ]
        return row.rating.value

    assert level("tass.com", "2018-01-01") == "high"
    assert level("tass.com", "2021-01-01") == "mixed"
    assert level("foxnews.com", "2025-09-01") == "mixed"
    assert level("foxnews.com", "2026-08-20") == "low"
    assert explain(index.of_outlet("foxnews.com"), as_of="2026-09-01").word == "contested"
    natural = explain(index.of_outlet("naturalnews.com"), as_of="2026-09-01")
    assert natural.wording == "consistent low"
    assert len(natural.voices) >= 4
    assert explain(index.of_outlet("meduza.io"), as_of="2026-09-01").wording == "consistent high, thin"
