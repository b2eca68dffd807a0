"""From clauses to assertions: where a sentence is cut, what is skipped and why, chains, and that every span slices back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.errors import NotFound, TextTooLong
from graphkit.extraction import extract
from graphkit.extraction.assertions import building
from graphkit.limits import MAX_TEXT
from graphkit.model import Article, Span


def annotation(text, extractor="rules", **facts):
    return extract(Article(text=text, title="", **facts), extractor)


def claims(text):
    return [(a.claim, a.voice) for a in annotation(text).assertions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge fell and the road was closed.", ["The bridge fell", "the road was closed"]),
        ("The bridge fell and broke.", ["The bridge fell and broke"]),
        ("While the bridge fell, the road was open.", ["the bridge fell", "the road was open"]),
        ("The bridge fell; nobody was hurt.", ["The bridge fell", "nobody was hurt"]),
        (
            "The fall not only blocks the river but also cuts the town in two.",
            ["The fall not only blocks the river", "cuts the town in two"],
        ),
        ("The bridge fell, blocking the river.", ["The bridge fell, blocking the river"]),
        ("In a shocking turn, the bridge fell.", ["the bridge fell"]),
        ("Fears grow as the river is rising", ["Fears grow", "the river is rising"]),
        (
            "The need for stone and strong steel has never been clearer.",
            ["The need for stone and strong steel has never been clearer"],
        ),
    ],
)
def test_a_sentence_is_cut_into_what_it_puts_forward(text, expected):
    assert claims(text) == [(claim, "author") for claim in expected]


def test_words_of_a_fronted_adjunct_still_count_as_loaded():
    text = "In a shocking turn, the bridge fell."
    (assertion,) = annotation(text).assertions
    assert [span.of(text) for span in assertion.loaded] == ["shocking"]


def test_a_hedge_reaches_the_participle_that_leans_on_its_clause():
    text = "The fall could block the river while presenting a danger to boats."
    first, second = annotation(text).assertions
    assert second.claim == "presenting a danger to boats"
    assert (first.certainty, second.certainty, second.tense) == ("possible", "possible", "future")


def test_the_act_of_calling_for_something_is_news_of_its_own():
    assert claims("The council has called for a new bridge.") == [
        ("The council has called for a new bridge", "author"),
        ("a new bridge", "attributed"),
    ]
    assert claims("The council said the bridge fell.") == [("the bridge fell", "attributed")]


def test_a_reported_claim_and_the_authors_own_stand_side_by_side():
    text = "While the council has called for calm among residents, the mayor's response has been weak."
    assert ("the mayor's response has been weak", "author") in claims(text)
    assert all(a.attributions[0].source.name == "council" for a in annotation(text).assertions if a.attributions)


def test_a_tail_that_may_be_anybodys_word_is_set_apart():
    text = "Officials said the bridge fell on Monday, blocking the river for weeks."
    main, tail = annotation(text).assertions
    assert (main.claim, tail.claim) == ("the bridge fell on Monday", "blocking the river for weeks")
    assert tail.confidence < main.confidence


def test_a_chain_runs_from_the_claim_outwards():
    text = "The Alpha Example reported that officials said the bridge was closed."
    inner = next(a for a in annotation(text).assertions if a.claim == "the bridge was closed")
    assert [(link.depth, link.source_span.of(text)) for link in inner.attributions] == [
        (1, "officials"),
        (2, "The Alpha Example"),
    ]


def test_evidence_shown_by_others_is_mixed_voice():
    text = (
        "With crews suffering losses at sea—evident from state media showcasing empty boats—the question arises: who will sail?"
    )
    annotated = annotation(text)
    (mixed,) = [a for a in annotated.assertions if a.voice == "mixed"]
    assert mixed.claim == "crews suffering losses at sea"
    assert [(s.span.of(text)[:18], s.reason) for s in annotated.skipped] == [("the question arise", "question")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Who will pay for the bridge?", "question"),
        ("Subscribe to our letter.", "boilerplate"),
        ("Click here", "boilerplate"),
        ("Write to your member of parliament.", "appeal"),
        ("A long and winding road", "fragment"),
        ("By Ada Invented", "boilerplate"),
        ("Sources:", "sourceList"),
        ("alpha.example.orgbeta.example.net", "sourceList"),
        ("© The Alpha Example", "boilerplate"),
    ],
)
def test_what_asserts_nothing_is_skipped_with_a_reason(text, reason):
    annotated = annotation(text)
    assert not annotated.assertions
    assert [s.reason for s in annotated.skipped] == [reason]


TEXTS = st.lists(
    st.sampled_from(
        [
            "Officials said",
            " that the bridge fell",
            ", he added",
            ". ",
            '"We ',
            'are done," ',
            "Who? ",
            "6,000 men may go",
            "\n",
            "—",
            " and ",
            "🙂",
            "Ann Bell ",
            "“",
            "”",
        ]
    ),
    max_size=14,
).map("".join)


@given(TEXTS)
def test_every_span_lies_in_the_text_and_every_sentence_is_accounted_for(text):
    annotated = annotation(text)
    assert all(0 <= s.begin < s.end <= len(text) for s in annotated.spans())
    assert [a.span for a in annotated.assertions] == sorted({a.span for a in annotated.assertions})
    for assertion in annotated.assertions:
        assert assertion.claim == " ".join(assertion.span.of(text).split())
        assert (assertion.voice == "author") == (not assertion.attributions)


@pytest.mark.parametrize("extractor", ["rules", None])
@pytest.mark.parametrize(
    "text",
    [
        "", " ", "word", "OFFICIALS SAID THE BRIDGE FELL.", "a\tb\t1\t2\n" * 50, "🙂" * 300, "قال المسؤول إن الجسر سقط.", "橋が落ちたと当局は述べた。",
        "“" * 400, "(" * 400, "." * 400, "he said " * 200, '"a b c d e," said X. ' * 40, "\u202e said \u200f that", "\x00\x01 said that he fell.",
    ],
)  # fmt: skip
def test_odd_input_never_breaks(text, extractor):
    annotated = annotation(text, extractor)
    assert all(0 <= s.begin < s.end <= len(text) for s in annotated.spans())


def test_other_languages_go_through_the_rules_and_say_so():
    annotated = annotation("Der Bürgermeister sagte, die Brücke sei gesperrt.", None, language="de")
    assert annotated.extractor.name == "rules"
    assert "language=de" in annotated.extractor.options


def test_too_long_a_text_and_an_unknown_extractor_are_refused():
    with pytest.raises(TextTooLong, match="characters"):
        annotation("x" * (MAX_TEXT + 1))
    with pytest.raises(NotFound, match="no extractor 'nobody'") as caught:
        annotation("The bridge fell.", "nobody")
    assert "rules" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officials said the bridge fell, which closed the road.", ["the bridge fell, which closed the road"]),
        ("Whether the bridge fell is not known to us.", []),
        ("The mayor said the bridge fell and left.", ["the bridge fell and left"]),
        ("The bridge fell. Officials said.", ["The bridge fell"]),
    ],
)
def test_what_has_no_subject_of_its_own_is_no_claim(text, expected):
    assert [claim for claim, _ in claims(text)] == expected


def test_the_cue_of_a_list_is_no_claim_of_the_authors():
    text = "Mara Quillon also said:\n\nThe bridge fell in May."
    assert ("Mara Quillon also said", "author") not in claims(text)


def test_a_passive_report_keeps_its_subject():
    text = "The mill is expected to close in May."
    found = annotation(text).assertions
    assert [(a.claim, a.certainty) for a in found] == [("The mill is expected to close in May", "probable")]


def test_front_matter_is_stated_of_the_article_and_not_in_it():
    text = "---\ntitle: Mara Quillon warns of floods\nauthor: Ann Bell\n---\n\nTom Bell said the river was rising."
    found = annotation(text)
    assert [a.claim for a in found.assertions] == ["the river was rising"]
    assert [m.actor.name for m in found.mentions] == ["Tom Bell"]
    assert found.article.text == text


def test_numbers_of_a_fronted_adjunct_belong_to_the_claim():
    (claim,) = annotation("For nearly 4 years, the bridge was closed.").assertions
    assert [(q.value, q.comparator, q.unit) for q in claim.quantities] == [(4, "approximately", "years")]


def test_what_is_counted_beside_an_attribution_is_kept_and_who_speaks_is_not_counted():
    text = "On Monday — two days after the storm — she said it was cold."
    found = annotation(text)
    assert [str(q.value) for a in found.assertions for q in a.quantities] == ["2"]
    (counted,) = [a for a in found.assertions if a.quantities]
    assert (counted.voice, counted.confidence) == ("author", 0.48)
    assert not [a for a in annotation("Two officials said it was cold.").assertions if a.quantities]


def test_a_hedge_in_what_a_source_does_is_kept():
    (claim,) = [a for a in annotation("The minister reportedly said that it was cold.").assertions if a.attributions]
    assert ([span.of("The minister reportedly said that it was cold.") for span in claim.hedges], claim.certainty) == (
        ["reportedly"],
        "underspecified",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They hurled rocks and petrol bombs at the guards.", ["They hurled rocks and petrol bombs at the guards"]),
        (
            "A plan that skips property and tax issues is not good.",
            ["A plan that skips property and tax issues is not good"],
        ),
        (
            'A "phase one" pact between Norvale and Eastmere was signed.',
            ['A "phase one" pact between Norvale and Eastmere was signed'],
        ),
    ],
)
def test_an_and_inside_one_clause_does_not_cut_it(text, expected):
    assert [claim for claim, _ in claims(text)] == expected


@pytest.mark.parametrize("extractor", ["rules", "model"])
@pytest.mark.parametrize(
    "text",
    [
        "Jo Bloggs was charged with planning to burn the mill.",
        "Jo Bloggs is projected to win the seat.",
        "Jo Bloggs was told that the mill would close.",
        "Norvale, said to have sunk a boat, kept silent.",
    ],
)
def test_whom_something_is_done_to_is_not_who_says_it(text, extractor):
    sources = [
        link.source_span.of(text) for a in annotation(text, extractor).assertions for link in a.attributions if link.source_span
    ]
    assert not {"Jo Bloggs", "Norvale"} & set(sources)


@pytest.mark.parametrize(
    "text",
    ["Jo Bloggs was quoted as saying that the mill would close.", "Jo Bloggs has been quoted as saying the mill would close."],
)
def test_who_is_quoted_as_saying_something_says_it(text):
    found = annotation(text, "model").assertions
    (link,) = next(a for a in found if a.claim == "the mill would close").attributions
    assert link.source_span == Span(0, len("Jo Bloggs"))


def test_an_auxiliary_left_before_a_report_is_no_claim():
    text = "The accused is then alleged to have flung two stones."
    assert [claim for claim, _ in claims(text)] == ["The accused is then alleged to have flung two stones"]


def test_the_if_of_a_condition_stays_with_what_is_said():
    text = "Jo Bloggs said if the dam holds, the mill will open."
    found = annotation(text, "model").assertions
    assert [a.claim for a in found] == ["if the dam holds, the mill will open"]


def test_two_names_joined_before_a_plural_verb_are_one_subject():
    text = "Twelve rooms on the top floor of the Norvale Bay Resort and Casino were searched."
    assert [claim for claim, _ in claims(text)] == [text.rstrip(".")]


def test_a_participle_without_its_subject_states_nothing():
    text = "Prompted by the mayor, the clerk said it was shut. Armed police sealed off the street."
    words = [a.span.of(text) for a in extract(Article(text, "Bridge"), "rules").assertions]
    assert words == ["it was shut", "Armed police sealed off the street"]


def test_a_sentence_about_estimates_has_a_verb():
    text = "Estimates of the size of the crowd range from 7,000 to as many as 14,000 people."
    assert [claim for claim, _ in claims(text)] == [text.rstrip(".")]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The clerk said that would depend on the mill.", "that would depend on the mill"),
        ("The clerks claimed too that the mill would close.", "the mill would close"),
        ("Jo Bloggs told staff who filled the hall that the mill would close.", "the mill would close"),
    ],
)
def test_what_is_said_begins_behind_its_complementiser(text, claim):
    assert [a.claim for a in annotation(text, "model").assertions if a.attributions] == [claim]


def test_the_noun_that_a_term_in_quotation_marks_describes_is_nobody_s_speech():
    text = "The pact came during talks on details of a “Phase 1” deal announced Oct. 12."
    assert not [a for a in annotation(text, "model").assertions if a.attributions]


def test_a_sentence_of_many_numbers_is_asked_only_once_why_it_states_nothing(monkeypatch):
    asked = []
    skip_reason = building.skip_reason
    monkeypatch.setattr(building, "skip_reason", lambda *where: asked.append(where) or skip_reason(*where))
    annotation("1 000 " * 400)
    assert len(asked) < 8
