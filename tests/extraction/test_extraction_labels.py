"""What is said of an assertion besides its words: hedges, numbers, tense, kind, polarity, loaded words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.extraction import extract
from graphkit.extraction.attribution.rules import paragraph_views
from graphkit.extraction.labels.hedges import certainty_of, find_hedges
from graphkit.extraction.labels.kinds import claim_type_of, find_loaded
from graphkit.extraction.labels.numbers import find_quantities
from graphkit.extraction.labels.numerals import words_value
from graphkit.extraction.labels.tense import tense_of
from graphkit.model import Article, Span


def view_of(text):
    return paragraph_views(text)[0]


def quantities(text):
    return [
        (q.span.of(text), q.value, q.comparator, q.unit) for view in paragraph_views(text) for q in find_quantities(text, view)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They sent 6,000 engineers.", [("6,000", 6000, "exactly", "engineers")]),
        ("Over 10,000 North Korean troops fight.", [("Over 10,000", 10000, "moreThan", "troops")]),
        ("At least three people died.", [("At least three", 3, "atLeast", "people")]),
        ("Up to 40 homes burned.", [("Up to 40", 40, "atMost", "homes")]),
        ("Fewer than 50 beds remain.", [("Fewer than 50", 50, "lessThan", "beds")]),
        ("Some 1.2 million voters stayed at home.", [("Some 1.2 million", 1_200_000, "approximately", "voters")]),
        ("Nearly two dozen boats sank.", [("Nearly two dozen", 24, "approximately", "boats")]),
        ("Half a million refugees fled.", [("Half a million", 500_000, "exactly", "refugees")]),
        (
            "It costs $4.5 million or £3.2m.",
            [("$4.5 million", 4_500_000, "exactly", "US dollars"), ("£3.2m", 3_200_000, "exactly", "pounds")],
        ),
        (
            "Rates rose to 5.25% from 5 per cent.",
            [("5.25%", "5.25", "exactly", "percent"), ("5 per cent", 5, "exactly", "percent")],
        ),
        ("4,000 to 6,000 soldiers", [("4,000", 4000, "atLeast", "soldiers"), ("6,000", 6000, "atMost", "soldiers")]),
        (
            "between $2 and $3 billion",
            [("$2", 2 * 10**9, "atLeast", "US dollars"), ("$3 billion", 3 * 10**9, "atMost", "US dollars")],
        ),
        ("10-15 percent", [("10", 10, "atLeast", "percent"), ("15 percent", 15, "atMost", "percent")]),
        ("1,000 sappers and 5,000 builders", [("1,000", 1000, "exactly", "sappers"), ("5,000", 5000, "exactly", "builders")]),
        ("No casualties were reported.", [("No", 0, "exactly", "casualties")]),
        (
            "Rs 500 crore for 1,50,000 farmers",
            [("Rs 500 crore", 5 * 10**9, "exactly", "rupees"), ("1,50,000", 150_000, "exactly", "farmers")],
        ),
        ("37 of the 64 settlements", [("37", 37, "exactly", "settlements"), ("64", 64, "exactly", "settlements")]),
        ("12 were injured.", [("12", 12, "exactly", "injured people")]),
        ("He handed over 14 lorries.", [("14", 14, "exactly", "lorries")]),
        ("1,000+ fans or more", [("1,000+", 1000, "atLeast", "fans")]),
        ("500 or so workers", [("500 or so", 500, "approximately", "workers")]),
        ("They serve six-year terms.", [("six", 6, "exactly", "year")]),
        ("an 18-year sentence", [("18", 18, "exactly", "year")]),
        ("in the next ten days", [("ten", 10, "exactly", "days")]),
        ("Six of the murders were solved.", [("Six", 6, "exactly", "murders")]),
        ("She and eight others left.", [("eight", 8, "exactly", "others")]),
        ("She has two sons and their four boats.", [("two", 2, "exactly", "sons"), ("four", 4, "exactly", "boats")]),
        ("Jo won one of its 25 most coveted prizes.", [("25", 25, "exactly", "coveted prizes")]),
        ("The death toll had climbed to at least 45.", [("at least 45", 45, "atLeast", "deaths")]),
        ("It had a magnitude of 5.5.", [("5.5", "5.5", "exactly", "magnitude")]),
        ("It took nearly eight hours.", [("nearly eight", 8, "approximately", "hours")]),
        ("It got R7.5bn, not R11bn.", [("R7.5bn", 7_500_000_000, "exactly", "rand"), ("R11bn", 11 * 10**9, "exactly", "rand")]),
        ("It sold for $1million.", [("$1million", 10**6, "exactly", "US dollars")]),
        ("Some 2000 men left.", [("Some 2000", 2000, "approximately", "men")]),
        ("2000 km of road", [("2000", 2000, "exactly", "km")]),
    ],
)
def test_quantities(text, expected):
    assert quantities(text) == [(words, Decimal(str(value)), bound, unit) for words, value, bound, unit in expected]


@pytest.mark.parametrize(
    "text",
    [
        "On June 12, 2017, at 5 p.m. they met.",
        "It began on 5 June and ended on 12th July.",
        "Jo Bloggs, 34, was born in 1983.",
        "A 34-year-old and a teacher aged 45 came.",
        "The Su-35, the Boeing 737 and flight MH17 were there.",
        "They won 3-1; the vote was 52-48.",
        "He lives at 10 Downing Street, room 101.",
        "See page 12, Article 5 and Resolution 2231.",
        "Call 555-1234 or read iPhone 15 news of 2024-05-06.",
        "The two sides met; the third of its kind.",
        "One of them said one thing.",
        "the 1990s and the 2016-17 season",
        "COVID-19 and the G7",
        "At 10:30 BST (0930 UTC) and 1400 hours local time.",
        "He was 79. She is 45, and ill.",
        "Their 2020 session, the governor’s 2016 campaign and an ambitious 2035 target.",
        "2019 is just not as strong.",
        "Jo Bloggs beat Tam Quillon 6-4, 7-6 (5) on Sunday.",
        "They want net zero. A three-year-old saw the film 42 and an R44 helicopter.",
    ],
)
def test_what_is_no_quantity(text):
    assert quantities(text) == []


@given(st.integers(min_value=1, max_value=10**12))
def test_digits_keep_their_value_and_place(number):
    text = f"They counted {number:,} boats."
    assert quantities(text) == [(f"{number:,}", Decimal(number), "exactly", "boats")]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("two hundred and five thousand", 205_000),
        ("ninety-nine", 99),
        ("a dozen", 12),
        ("half a million", 500_000),
        ("three million", 3_000_000),
    ],
)
def test_number_words(words, value):
    assert words_value(words) == value


@pytest.mark.parametrize(
    ("text", "hedges", "certainty"),
    [
        ("The deal may fail.", ["may"], "possible"),
        ("In May the deal failed.", [], "certain"),
        ("The military might of the empire grew.", [], "certain"),
        ("The army might attack.", ["might"], "possible"),
        ("It is likely to rain.", ["likely"], "probable"),
        ("The deal is expected to close.", ["expected"], "probable"),
        ("Profits were higher than expected.", [], "certain"),
        ("He allegedly stole it.", ["allegedly"], "underspecified"),
        ("The suspected thief could possibly flee.", ["suspected", "could", "possibly"], "possible"),
        ("The minister appeared on television.", [], "certain"),
        ("The minister appears to agree.", ["appears"], "probable"),
        ("They will come as soon as possible.", [], "certain"),
        ("The minister said it.", [], "certain"),
        ("He is said to be ill.", ["said"], "underspecified"),
        ("She was reported to be stable.", ["reported"], "underspecified"),
        ("It was an apparent attack.", ["apparent"], "probable"),
        ("It became apparent.", [], "certain"),
        ("Friday is forecast to be cold.", ["forecast"], "probable"),
        ("The bank forecast growth.", [], "certain"),
        ("Emissions fell, with prices projected to rise.", ["projected"], "probable"),
        ("A gun believed to be his was found.", ["believed"], "probable"),
        ("A man said to have fled was found.", ["said"], "underspecified"),
        ("More guests are anticipated amid the fuss.", ["anticipated"], "probable"),
        ("The rise is expected by brokers to last.", ["expected"], "probable"),
        ("The boss expected to sell more.", [], "certain"),
        ("It is almost certain to fail.", ["certain"], "probable"),
        ("It is certain to fail.", [], "certain"),
        ("In all likelihood it will close.", ["likelihood"], "probable"),
        ("Drivers slowed with the possibility of ice.", ["possibility"], "possible"),
        ("She got life without the possibility of parole.", [], "certain"),
        ("It is not clear whether he fled.", ["clear"], "possible"),
        ("The port cannot rule out a strike.", ["rule"], "possible"),
        ("There were fears that the dam would burst.", ["fears"], "underspecified"),
        ("The tide rose before rescuers could reach him.", [], "certain"),
        ("She could hear gulls.", [], "certain"),
        ("The plan could see gulls go.", ["could"], "possible"),
        ("They asked for the fullest report possible.", [], "certain"),
        ("The bridge made it possible.", [], "certain"),
        ("He was sent to Norvale on May 2 via Eastmere Port.", [], "certain"),
        ("Police suspected him of theft.", [], "certain"),
        ("Son suspected of theft", ["suspected"], "probable"),
        ("He seemed tired.", ["seemed"], "probable"),
        ("They seem intent on it.", ["seem"], "probable"),
        ("It's understood the mill will close.", ["understood"], "probable"),
        ("It was reported that he fled.", [], "certain"),
        ("Smoke could be seen from the port.", [], "certain"),
        ("There is a strong chance the mill will close.", ["chance"], "possible"),
        ("He had the chance to go.", [], "certain"),
        ("A potential leak was found.", ["potential"], "possible"),
        ("The port has strong growth potential in summer.", [], "certain"),
        ("It looks like the mill will close.", ["looks"], "probable"),
    ],
)
def test_hedges_and_the_certainty_they_leave(text, hedges, certainty):
    view = view_of(text)
    found = find_hedges(view, 0, len(view.tokens))
    assert [h.span.of(text).lower() for h in found] == hedges
    assert certainty_of(found) == certainty


@pytest.mark.parametrize(
    ("text", "tense", "kind"),
    [
        ("The bridge was closed.", "nonFuture", "factual"),
        ("The bridge will be closed.", "future", "predictive"),
        ("The bridge could have been closed.", "nonFuture", "factual"),
        ("The army is set to leave.", "future", "predictive"),
        ("The bridge should be closed.", "nonFuture", "normative"),
        ("The need for a bridge has never been clearer.", "nonFuture", "normative"),
        ("The mayor's answer was weak.", "nonFuture", "evaluative"),
        ("This is a clear sign of decline.", "nonFuture", "interpretive"),
        ("The move signals a shift.", "nonFuture", "interpretive"),
    ],
)
def test_tense_and_kind_of_claim(text, tense, kind):
    view = view_of(text)
    end = len(view.tokens)
    assert tense_of(view, 0, end) == tense
    assert claim_type_of(view, 0, end, tense) == kind


def test_loaded_words_are_not_looked_for_in_quotations():
    text = 'The shocking deal, a "shameful" one, was dire.'
    view = view_of(text)
    assert [span.of(text) for span in find_loaded(view, 0, len(view.tokens))] == ["shocking", "dire"]


@pytest.mark.parametrize(
    ("text", "loaded"),
    [
        ("It was not immediately clear if the bridge fell.", []),
        ("It is clear who ordered it.", []),
        ("This is a clear threat.", ["clear"]),
    ],
)
def test_clear_is_loaded_only_where_it_judges(text, loaded):
    view = view_of(text)
    assert [span.of(text) for span in find_loaded(view, 0, len(view.tokens))] == loaded


@pytest.mark.parametrize(
    ("text", "polarity", "certainty"),
    [
        ("The port denied that the bridge was closed.", "negative", "certain"),
        ("The port said that the bridge was closed.", "positive", "certain"),
        ("Critics questioned whether the bridge was closed.", "positive", "underspecified"),
        ("It was reported that the bridge was closed.", "positive", "underspecified"),
        ("Officials do not believe that the bridge was closed.", "negative", "certain"),
    ],
)
def test_a_denial_turns_a_claim_round_and_a_doubt_leaves_it_open(text, polarity, certainty):
    annotation = extract(Article(text=text, title=""), "rules")
    claim = next(a for a in annotation.assertions if a.claim == "the bridge was closed")
    assert (claim.polarity, claim.certainty, claim.voice) == (polarity, certainty, "attributed")


@pytest.mark.parametrize(
    ("text", "certainty", "tense"),
    [
        ("It could not verify the figures.", "certain", "nonFuture"),
        ("It could not independently verify the figures.", "certain", "nonFuture"),
        ("The owner couldn't be reached.", "certain", "nonFuture"),
        ("The owner could be ill.", "possible", "future"),
        ("It could not be true.", "possible", "future"),
        ("It might not hold.", "possible", "future"),
        ("They might not verify the figures.", "possible", "future"),
    ],
)
def test_what_nobody_could_do_is_no_guess(text, certainty, tense):
    view = view_of(text)
    tokens = 0, len(view.tokens)
    assert (certainty_of(find_hedges(view, *tokens)), tense_of(view, *tokens)) == (certainty, tense)


@pytest.mark.parametrize("text", ["The board fined two engineers 300 euros.", "A figure two engineers gave was wrong."])
def test_a_number_in_words_is_a_number_to_the_grammar(text):
    assert ("two", 2, "exactly", "engineers") in quantities(text)


@pytest.mark.parametrize(
    "title", ["Eleven hurt in harbour fire", "12 arrested after raid", "Three killed as bus falls into river"]
)
def test_a_headline_that_counts_states_something(title):
    (found, *_) = extract(
        Article(text=f"{title}\n\nMore later.", title=title, title_span=Span(0, len(title))), "rules"
    ).assertions
    assert found.claim.startswith(title.split(" as ")[0])
