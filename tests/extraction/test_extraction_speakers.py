"""Who speaks: a model's sources and contents that grammar corrects, and quotations that no speaker was found for."""

from dataclasses import replace

import pytest

from graphkit.extraction import extract
from graphkit.extraction.attribution.rules import RuleExtractor, paragraph_views
from graphkit.extraction.attribution.speakers import with_right_speakers
from graphkit.extraction.attribution.unspoken import left_alone
from graphkit.extraction.attribution.wholes import made_whole
from graphkit.extraction.protocol import RawAttribution, Tagged
from graphkit.model import Article, ExtractorId, Span


def span(text, words):
    begin = text.index(words)
    return Span(begin, begin + len(words))


def raw(text, source, cue, *contents, confidence=0.9):
    sources = (span(text, source),) if source else ()
    return RawAttribution(sources, (span(text, cue),), tuple(span(text, c) for c in contents), confidence)


def speakers(text, *raws):
    return [[s.of(text) for s in one.sources] for one in with_right_speakers(paragraph_views(text), raws)]


def contents(text, one):
    (found,) = made_whole(text, paragraph_views(text), [one], RuleExtractor().tag(text).attributions)
    return [content.of(text) for content in found.contents]


class Given:
    """An extractor that finds what it is given."""

    id = ExtractorId("given", "1")

    def __init__(self, *found: RawAttribution) -> None:
        self.found = found

    def tag(self, text: str) -> Tagged:  # noqa: ARG002 - the protocol names it
        return Tagged(self.found)


def said(text, *found):
    made = extract(Article(text, "Mill"), Given(*found)).assertions
    return {a.span.of(text): (a.voice, [one.source_span.of(text) for one in a.attributions if one.source_span]) for a in made}


def test_nobody_speaks_from_a_later_paragraph():
    text = "None of them confirmed that it fell.\n\nExperts believe it stands."
    assert speakers(text, raw(text, "Experts", "confirmed", "that it fell")) == []
    assert speakers(text, raw(text, "Experts", "believe", "it stands")) == [["Experts"]]


@pytest.mark.parametrize(
    ("text", "source", "cue", "right"),
    [
        ("A woman who was robbed by Jo Bloggs has said she forgave nothing.", "Jo Bloggs", "has said", "A woman"),
        ("A report by the harbour board said the quay sank.", "the harbour board", "said", "A report by the harbour board"),
        ("The harbour board said the quay sank.", "The", "said", "The harbour board"),
        ("The former Norland minister said the quay sank.", "The former", "said", "The former Norland minister"),
        ("Minister Jo Bloggs said the quay sank.", "Minister Jo", "said", "Minister Jo Bloggs"),
        ("Jo Bloggs last week said the quay sank.", "Jo Bloggs", "said", "Jo Bloggs"),
    ],
)
def test_a_source_is_the_subject_of_its_verb(text, source, cue, right):
    content = "she forgave nothing" if "forgave" in text else "the quay sank"
    assert speakers(text, raw(text, source, cue, content)) == [[right]]


def test_an_article_or_a_bare_preposition_attributes_nothing():
    text = "A plan to close the quay has failed. Readers wrote about ways to mend it."
    assert speakers(text, raw(text, "A", "plan", "to close the quay")) == []
    assert speakers(text, raw(text, "Readers", "about", "ways to mend it")) == []


@pytest.mark.parametrize(
    ("text", "one", "whole"),
    [
        (
            "Investigators originally suspected clerk Jo Bloggs, 29, stole the letters after the sale.",
            ("Investigators", "originally suspected", "clerk Jo Bloggs"),
            "clerk Jo Bloggs, 29, stole the letters after the sale",
        ),
        (
            "The baker told the Daily Example the ovens have been cold since May.",
            ("The baker", "told", "have been cold"),
            "the ovens have been cold since May",
        ),
        (
            "The clerk said the ship left in May, as the ice had gone, and reached the port in June.",
            ("The clerk", "said", "the ship left in May", "reached the port in June"),
            "the ship left in May, as the ice had gone, and reached the port in June",
        ),
    ],
)
def test_a_content_cut_to_pieces_is_made_whole(text, one, whole):
    assert contents(text, raw(text, *one)) == [whole]


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("The mayor condemned the raid and resigned in May.", ("The mayor", "condemned", "the raid")),
        ("Those who opposed the deal held their fire.", ("who", "opposed", "the deal")),
        ("The clerk agreed to leave the port in May.", ("The clerk", "agreed", "to leave the port")),
    ],
)
def test_what_is_whole_stays(text, one):
    assert contents(text, raw(text, *one)) == [one[2]]


def test_a_paragraph_of_speech_goes_on_with_who_spoke_before_it():
    text = "“The mill closed in May,” said Jo Bloggs.\n\n“We lost the fields too. Nobody paid us.”\n\nRain fell."
    found = raw(text, "Jo Bloggs", "said", "“The mill closed in May,”")
    assert said(text, found)["We lost the fields too"] == ("attributed", ["Jo Bloggs"])
    (alone,) = left_alone(text, paragraph_views(text), [found])
    assert alone.confidence < found.confidence


def test_turns_of_a_quoted_transcript_are_by_who_heads_them():
    text = "They met on Monday.\n\n“LIND: Will the mill open again in spring?\n\n“BLOGGS: It will open again in May.\n\n“We open not a day later.”"
    found = said(text)
    assert found["It will open again in May"] == ("attributed", ["BLOGGS"])
    assert found["“We open not a day later.”"] == ("attributed", ["BLOGGS"])


def test_what_goes_on_after_a_denial_is_no_denial():
    text = "Jo Bloggs denied that the mill was sold.\n\n“We never met the buyer. Nobody paid us.”"
    found = raw(text, "Jo Bloggs", "denied", "that the mill was sold")
    made = {a.span.of(text): a for a in extract(Article(text, "Mill"), Given(found)).assertions}
    assert made["the mill was sold"].polarity == "negative"
    goes_on = made["We never met the buyer"]
    assert (goes_on.polarity, goes_on.certainty, goes_on.attributions[0].cue_span) == ("positive", "certain", None)


def test_words_of_nobody_named_are_not_the_authors():
    text = "The hall was full.\n\n“We lost the fields too. Nobody paid us.”\n\nRain fell."
    found = said(text)
    assert found["We lost the fields too"] == ("attributed", [])
    assert found["The hall was full"] == ("author", [])


def test_a_name_signed_behind_a_quotation_is_its_speaker():
    text = "Readers wrote to us.\n\n“The mill must open again in spring.” — Jo Bloggs, Norland\n\nRain fell."
    assert said(text)["“The mill must open again in spring.”"] == ("attributed", ["Jo Bloggs, Norland"])


def test_what_is_said_inside_a_quotation_gives_no_speaker_for_the_next():
    text = "“I think you believe that the mill burned,” said Jo Bloggs.\n\n“We lost the fields too and nobody paid.”"
    inner = raw(text, "you", "believe", "that the mill burned")
    outer = raw(text, "Jo Bloggs", "said", text[: text.index(" said")])
    (alone,) = left_alone(text, paragraph_views(text), [outer, inner])
    assert [source.of(text) for source in alone.sources] == ["Jo Bloggs"]


def test_a_quotation_before_a_sentence_that_says_something_itself_is_not_its_speakers():
    text = "“He had all the keys and knew the house.” Jo Bloggs asked to meet the owner, the court heard."
    both = raw(text, "Jo Bloggs", "asked", text[: text.index(" Jo")], "to meet the owner")
    assert all(sources != ["Jo Bloggs"] for words, (_, sources) in said(text, both).items() if "keys" in words)


def test_frames_topics_and_addressees_are_nothing_said():
    text = "In the coming week, the mayor said, “we move forward on all fronts.”"
    framed = raw(text, "the mayor", "said", "In the coming week", "“we move forward on all fronts.”")
    assert list(said(text, framed)) == ["“we move forward on all fronts.”"]
    text = "The mayor gave his views on the old stone bridge."
    assert "attributed" not in {
        voice for voice, _ in said(text, raw(text, "The mayor", "views on", "the old stone bridge")).values()
    }
    text = "“Where is the money for the bridge?” the mayor told the Daily Example’s “This Week” program on Wednesday."
    told = raw(text, "the mayor", "told", "“Where is the money for the bridge?”")
    assert list(said(text, told)) == ["“Where is the money for the bridge?”"]


def test_a_content_is_not_cut_off_behind_a_preposition():
    text = "Both judges questioned the order’s legality in a long ruling."
    cut = raw(text, "Both judges", "questioned", "the order’s legality in")
    assert "the order’s legality" in said(text, cut)


def test_corrections_do_not_depend_on_the_order_of_what_was_found():
    text = "“The mill closed in May,” said Jo Bloggs.\n\n“We lost the fields too.”\n\nThe clerk said the ship left."
    found = [raw(text, "Jo Bloggs", "said", "“The mill closed in May,”"), raw(text, "The clerk", "said the", "the ship left")]
    found[1] = replace(found[1], cues=(Span(text.rindex("said"), text.rindex("said") + 4),))
    assert list(left_alone(text, paragraph_views(text), found)) == list(left_alone(text, paragraph_views(text), found[::-1]))


def test_a_speaker_taken_from_below_gives_way_to_the_one_that_grammar_finds():
    text = "The bank raised its rate, saying prices would rise.\n\nFour economists had forecast it."
    views, rules = paragraph_views(text), RuleExtractor().tag(text).attributions
    wrong = raw(text, "Four economists", "saying", "prices would rise")
    (right,) = with_right_speakers(views, [wrong], rules)
    assert [source.of(text) for source in right.sources] == ["The bank"]


def test_who_stands_before_a_colon_says_what_is_quoted_behind_it():
    text = (
        "“Stay at home,” the mayor said.\n\nOur reporter Jo Bloggs, who is in Ebb: “Roofs are flying. I counted six lorries.”"
    )
    mayor = raw(text, "the mayor", "said", "“Stay at home,”", "“Roofs are flying. I counted six lorries.”")
    found = said(text, mayor)
    assert found["Roofs are flying"] == ("attributed", ["Our reporter Jo Bloggs"])
    assert found["“Stay at home,”"] == ("attributed", ["the mayor"])


@pytest.mark.parametrize(
    ("text", "one", "content"),
    [
        ("The mayor called on Jo Bloggs to resign.", ("The mayor", "called on", "to resign"), "Jo Bloggs to resign"),
        ("He said up to a quarter was lost.", ("He", "said", "a quarter was lost"), "up to a quarter was lost"),
        ("He said on Monday a quarter was lost.", ("He", "said", "a quarter was lost"), "a quarter was lost"),
    ],
)
def test_what_stands_between_a_cue_and_its_content_belongs_to_it_or_not(text, one, content):
    assert content in said(text, raw(text, *one))


def test_what_a_speaker_did_before_speaking_keeps_its_subject():
    text = "Jo Bloggs resigned on Friday, saying the mill was lost."
    spoke = raw(text, "Jo Bloggs", "saying", "the mill was lost")
    assert said(text, spoke) == {
        "Jo Bloggs resigned on Friday": ("author", []),
        "the mill was lost": ("attributed", ["Jo Bloggs"]),
    }


def test_people_who_show_a_thing_say_nothing_and_papers_do():
    text = "The other patients have shown no signs of the illness."
    assert "attributed" not in {
        v for v, _ in said(text, raw(text, "The other patients", "have shown", "no signs of the illness")).values()
    }
    text = "Bank records show deposits of £7,500 in May."
    assert (
        said(text, raw(text, "Bank records", "show", "deposits of £7,500 in May"))["deposits of £7,500 in May"][0]
        == "attributed"
    )


def test_little_words_alone_are_no_cue_but_according_to_is():
    text = "The mill was the reason for the strike, according to the clerk."
    assert speakers(text, raw(text, "The mill", "was", "the reason for the strike")) == []
    assert speakers(text, raw(text, "the clerk", "according to", "The mill was the reason for the strike")) == [["the clerk"]]


def test_what_stands_between_commas_goes_with_the_name_before_it():
    text = "Jo Bloggs, the owner of the mill, said the quay sank."
    assert speakers(text, raw(text, "the owner of the mill", "said", "the quay sank")) == [["Jo Bloggs, the owner of the mill"]]


def test_a_speech_told_at_the_end_of_a_paragraph_is_quoted_in_the_next():
    text = "Jo Bloggs responded in a statement on Friday.\n\n“I have no idea whether the story is true.”"
    assert said(text)["“I have no idea whether the story is true.”"] == ("attributed", ["Jo Bloggs"])


def test_a_subject_and_its_verb_are_one_claim_without_who_says_it_between_them():
    text = "The ovens, the baker said, have been cold since May."
    found = raw(text, "the baker", "said", "The ovens", "have been cold since May")
    (assertion,) = extract(Article(text, "Mill"), Given(found)).assertions
    assert assertion.span.of(text) == text[:-1]
    assert assertion.claim == "The ovens have been cold since May"


def test_according_to_frames_the_clause_that_stands_open():
    text = "In March the agency warned the town but in April, according to the minutes, its head saw no danger."
    (found,) = [one for one in RuleExtractor().tag(text).attributions if one.cues[0].of(text) == "according to"]
    assert [content.of(text) for content in found.contents] == ["its head saw no danger"]


def test_a_verb_of_saying_has_its_subject_for_its_source():
    text = "One video, seen by many readers, claims that divers planted charges."
    assert speakers(text, raw(text, "", "claims", "that divers planted charges")) == [["One video"]]


def test_how_many_speak_is_no_claim_of_its_own():
    text = "The mayor, Jo Bloggs, and two engineers who built the wall said that it would fall."
    found = raw(text, "The mayor, Jo Bloggs, and two engineers who built the wall", "said", "that it would fall")
    assert list(said(text, found)) == ["it would fall"]
