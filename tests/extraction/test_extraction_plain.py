"""What grammar leaves no doubt of is found though the model is silent there: leads that end in their speaker, "according to"."""

from dataclasses import replace

import pytest

from graphkit.extraction import extract
from graphkit.extraction.attribution.rules import RuleExtractor, paragraph_views
from graphkit.extraction.attribution.supplement import supplemented
from graphkit.extraction.protocol import RawAttribution, Tagged
from graphkit.model import Article, ExtractorId, Span

LEAD = "Norland has shelved a plan to lease its main harbour to a shipping group"


class Silent:
    """An extractor that finds what it is given and no more."""

    id = ExtractorId("silent", "1")

    def __init__(self, *found: RawAttribution) -> None:
        self.found = found

    def tag(self, text: str) -> Tagged:  # noqa: ARG002 - the protocol names it
        return Tagged(self.found)


def told(text, *found):
    """Return who is said to have said what, by the words of each attributed assertion."""
    made = extract(Article(text, "Harbour"), Silent(*found)).assertions
    return {a.span.of(text): [one.source_span.of(text) for one in a.attributions if one.source_span] for a in made}


def doubted(text, source, cue, content, confidence=0.4):
    def span(words):
        begin = text.index(words)
        return Span(begin, begin + len(words))

    return RawAttribution((span(source),) if source else (), (span(cue),), (span(content),), confidence)


@pytest.mark.parametrize(
    ("end", "source"),
    [
        (
            ", three people with knowledge of the talks told the Daily Example on Thursday.",
            "three people with knowledge of the talks",
        ),
        (", the Norland Press Agency said.", "the Norland Press Agency"),
        (", the Daily Example has learnt.", "the Daily Example"),
        (", official figures show.", "official figures"),
        (", according to a memo.", "a memo"),
    ],
)
def test_a_sentence_that_ends_in_its_speaker_is_on_that_word(end, source):
    assert told(LEAD + end) == {LEAD: [source]}


@pytest.mark.parametrize(
    "text",
    [
        "Cutting edge, I know. He said, she said. At the fair in the capital, two executives showed a lamp.",
        "The public hearings, which began on Monday, follow a request that the union made in the spring.",
        "According to a memo seen by the union, quick work.",
    ],
)
def test_what_only_looks_like_it_is_left_to_the_model(text):
    rules = RuleExtractor().tag(text).attributions
    assert not supplemented(text, paragraph_views(text), (), rules, None)


def test_a_doubtful_deed_inside_what_is_said_gives_way():
    text = f"{LEAD}, two officials said."
    deed = doubted(text, "Norland", "has shelved", "a plan to lease its main harbour to a shipping group")
    assert told(text, deed) == {LEAD: ["two officials"]}


def test_what_the_model_is_sure_of_inside_what_is_said_lies_a_level_deeper():
    text = (
        "Norland’s leader has ordered the dispatch of 6,000 workers to the port, the council’s secretary said after a meeting."
    )
    sure = doubted(text, "Norland’s leader", "has ordered", "the dispatch of 6,000 workers to the port", confidence=0.9)
    found = told(text, sure)
    assert found["Norland’s leader has ordered the dispatch of 6,000 workers to the port"] == ["the council’s secretary"]
    assert found["the dispatch of 6,000 workers to the port"] == ["Norland’s leader", "the council’s secretary"]


def test_doubtful_speech_inside_what_is_said_becomes_speech_within_speech():
    text = "The army confirmed that the man had served abroad, the Norland Press Agency reported."
    inner = doubted(text, "The army", "confirmed", "that the man had served abroad")
    found = told(text, inner)
    assert found["the man had served abroad"] == ["The army", "the Norland Press Agency"]


def test_who_ordered_it_names_nobody():
    text = "It remains unclear who ordered the release of the memo."
    asked = doubted(text, "who", "ordered", "the release of the memo", confidence=0.9)
    (assertion,) = extract(Article(text, "Memo"), Silent(asked)).assertions
    assert assertion.span.of(text) == text[:-1]
    assert not assertion.attributions


def test_the_one_who_is_named_before_who_still_speaks():
    text = "The general, who ordered that the memo be burned, has resigned."
    said = doubted(text, "who", "ordered", "that the memo be burned", confidence=0.9)
    assert any(source for source in told(text, said).values())


def test_what_is_said_ends_with_the_paragraph_of_its_speaker():
    text = "Harbour closed\n\nThe harbour handled 2.3m containers last year, official figures show."
    wide = doubted(text, "official figures", "show", text[: text.index(", official")], confidence=0.9)
    assert told(text, wide)["The harbour handled 2.3m containers last year"] == ["official figures"]


def test_a_quotation_may_run_over_paragraphs():
    text = "“We close the harbour on Monday.\n\n“We open it again in May,” the mayor said."
    content = text[: text.index(" the mayor")]
    wide = doubted(text, "the mayor", "said", content, confidence=0.9)
    assert list(told(text, wide).values()) == [["the mayor"], ["the mayor"]]


def test_another_paragraph_is_not_what_this_ones_speaker_says():
    text = "Prices rose by 4% in May, according to the bank.\n\nThe minister had met the investors twice."
    wide = doubted(text, "the bank", "according to", "Prices rose by 4% in May", confidence=0.9)
    begin = text.index("The minister")
    wide = replace(wide, contents=(*wide.contents, Span(begin, len(text) - 1)))
    found = told(text, wide)
    assert found["Prices rose by 4% in May"] == ["the bank"]
    assert found["The minister had met the investors twice"] == []


def test_a_level_that_is_missing_between_two_breaks_no_chain():
    text = "The guard was hoping to arrest the man that night, officials said."
    hoping = replace(doubted(text, "The guard", "was hoping", "to arrest the man that night", confidence=0.9), level=2)
    assert told(text, hoping)["to arrest the man that night"] == ["The guard", "officials"]
