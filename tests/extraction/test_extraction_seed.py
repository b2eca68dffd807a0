"""The seed article, and paraphrases of it with invented names: what must come out by general rules."""

import pytest

from graphkit.extraction import extract
from graphkit.extraction.registry import has_model
from graphkit.model import Article

EXTRACTORS = ("rules", "model") if has_model() else ("rules",)
ROWS = [
    (18, 63, "author", None, "certain"),
    (118, 253, "author", None, "certain"),
    (255, 404, "author", None, "certain"),
    (427, 515, "attributed", "Reports", "certain"),
    (668, 721, "attributed", "Kim Jong Un", "certain"),
    (772, 860, "author", None, "possible"),
    (897, 1128, "attributed", "Intelligence sources", "possible"),
    (1130, 1218, "author", None, "possible"),
    (1303, 1363, "mixed", "state media", "certain"),
    (1706, 1814, "author", None, "possible"),
    (1922, 1990, "attributed", "Donald Trump", "certain"),
    (1992, 2093, "author", None, "certain"),
]


@pytest.fixture(scope="module", params=EXTRACTORS)
def seed(request, seed_path):
    text = seed_path.read_text(encoding="utf-8").rstrip("\n")
    return extract(Article(text=text, title="Threats loom", published="2025-07-01"), request.param)


def overlap(assertion, begin, end):
    shared = min(assertion.span.end, end) - max(assertion.span.begin, begin)
    return shared / (max(assertion.span.end, end) - min(assertion.span.begin, begin))


@pytest.mark.parametrize("row", ROWS)
def test_each_row_of_the_worked_example_is_found(seed, row):
    begin, end, voice, source, certainty = row
    close = [a for a in seed.assertions if overlap(a, begin, end) >= 0.5 and a.voice == voice]
    assert close, "not found"
    best = max(close, key=lambda a: overlap(a, begin, end))
    assert best.certainty == certainty
    assert (best.attributions[0].source.name if best.attributions else None) == source


def test_nothing_is_given_to_a_wrong_speaker(seed):
    right = {source for _, _, _, source, _ in ROWS if source}
    assert {link.source.name for a in seed.assertions for link in a.attributions} <= right


def test_actors_hedges_and_numbers(seed):
    text = seed.article.text
    assert {(m.actor.kind, m.actor.name) for m in seed.mentions} >= {
        ("country", "North Korea"), ("country", "Russia"), ("country", "Ukraine"), ("country", "United States"),
        ("person", "Kim Jong Un"), ("person", "Vladimir Putin"), ("person", "Donald Trump"), ("organisation", "Biden administration"),
    }  # fmt: skip
    assert {span.of(text) for a in seed.assertions for span in a.hedges} == {"may", "could", "potentially"}
    quantities = {(int(q.value), q.comparator) for a in seed.assertions for q in a.quantities}
    assert quantities == {(6000, "exactly"), (10000, "moreThan")}
    places = {(m.span.begin, m.actor.name) for m in seed.mentions}
    assert {(1858, "United States"), (1476, "Kim Jong Un"), (1552, "Vladimir Putin")} <= places


def test_the_question_and_the_source_list_assert_nothing(seed):
    assert {s.reason for s in seed.skipped} == {"question", "sourceList"}


PARAPHRASE = """**Fears grow as Norvale strengthens trade links with Eastmere**
In an alarming turn of events, Norvale is shipping 4,500 tractors and ploughs to help rebuild Eastmere-run farms, especially in Lipnov.
Dispatches state that over 700 Norvalean drivers are already working beside Eastmere crews in the valley.
Harlan Voss's latest promise of "unlimited help" for Eastmere's farming plans not only underlines a risky bond but also marks a change that might lift Norvale's harvest.
Diplomatic sources suggest that this bond could ease big grain deals between the two towns.
This farming pact might have grave results for Sundarpur and its neighbours.
With Norvalean crews suffering painful losses in the valley—clear from private footage showing the return of broken carts—the question arises: who will pay?
While Mayor Ilse Brandt has called for more caution toward pushy towns like Norvale, the Quillon council's answer has been feeble.
Sources:
alpha.example.orgbeta.example.net"""


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_a_paraphrase_with_invented_names_is_read_alike(extractor):
    found = extract(Article(text=PARAPHRASE, title=""), extractor)
    got = {(a.voice, a.claim[:24], a.attributions[0].source.name if a.attributions else None) for a in found.assertions}
    assert got >= {
        ("author", "Norvale strengthens trad", None),
        ("author", "Norvale is shipping 4,50", None),
        ("attributed", "over 700 Norvalean drive", "Dispatches"),
        ("attributed", '"unlimited help" for Eas', "Harlan Voss"),
        ("attributed", "this bond could ease big", "Diplomatic sources"),
        ("author", "This farming pact might ", None),
        ("mixed", "Norvalean crews sufferin", "private footage"),
        ("attributed", "more caution toward push", "Ilse Brandt"),
        ("author", "the Quillon council's an", None),
    }
    assert {(int(q.value), q.comparator) for a in found.assertions for q in a.quantities} == {
        (4500, "exactly"),
        (700, "moreThan"),
    }
