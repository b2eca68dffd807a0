"""Where one speaker's words end and another's begin: spans that a model gives too wide, too narrow, or to the wrong speaker."""

import re

import pytest

from graphkit.extraction import extract
from graphkit.extraction.attribution.boundaries import within_bounds
from graphkit.extraction.attribution.rules import RuleExtractor, paragraph_views
from graphkit.extraction.attribution.supplement import supplemented
from graphkit.extraction.protocol import RawAttribution, Tagged
from graphkit.model import Article, ExtractorId, Outlet, Span


def raw(text, source, cue, *contents):
    """Return an attribution of the first places where the words stand."""

    def span(words):
        return Span(*re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text).span())

    return RawAttribution((span(source),) if source else (), (span(cue),), tuple(map(span, contents)), 0.9)


def words(text, raws):
    return [
        ([s.of(text) for s in one.sources], [c.of(text) for c in one.cues], [c.of(text) for c in one.contents]) for one in raws
    ]


def bounded(text, *raws):
    return words(text, within_bounds(text, paragraph_views(text), raws))


def test_a_figure_that_others_give_is_not_the_speakers_word():
    text = "He said fewer than 200 died, a figure two engineers put at closer to 900."
    whole = raw(text, "He", "said", "fewer than 200 died, a figure two engineers put at closer to 900")
    assert bounded(text, whole) == [(["He"], ["said"], ["fewer than 200 died"])]
    torn = raw(text, "He", "said", "fewer than 200 died", "put at closer to 900")
    assert bounded(text, torn) == [(["He"], ["said"], ["fewer than 200 died"])]


@pytest.mark.parametrize(
    "content",
    [
        "the toll of the flood, a figure of 900, was wrong",
        "it was a claim two engineers made",
        "the flood was, “in short, a figure nobody knows”, he thought",
    ],
)
def test_a_figure_inside_what_is_said_stays(content):
    text = f"He said {content}."
    assert bounded(text, raw(text, "He", "said", content)) == [(["He"], ["said"], [content])]


def test_who_the_speaker_is_cuts_nothing_of_what_is_said():
    text = "The mayor, a figure many dislike, said that the bridge fell."
    found = raw(text, "The mayor, a figure many dislike", "said", "that the bridge fell")
    assert bounded(text, found) == words(text, [found])
    text = "“It fell,” said Jo Bloggs, a figure many dislike, “and it burned.”"
    found = raw(text, "Jo Bloggs, a figure many dislike", "said", "“It fell,”", "“and it burned.”")
    assert bounded(text, found) == words(text, [found])


def test_the_object_of_the_clause_before_and_is_nobodys_word():
    text = "The mayor offered help, and Jo Bloggs wrote that the town stands ready."
    found = raw(text, "Jo Bloggs", "wrote", "help", "that the town stands ready")
    assert bounded(text, found) == [(["Jo Bloggs"], ["wrote"], ["that the town stands ready"])]


def test_what_stands_before_its_speaker_stays_when_nothing_joins_them():
    text = "The town, Jo Bloggs wrote, stands ready."
    assert bounded(text, raw(text, "Jo Bloggs", "wrote", "The town", "stands ready")) == [
        (["Jo Bloggs"], ["wrote"], ["The town", "stands ready"])
    ]


@pytest.mark.parametrize(
    ("sentence", "cue", "content", "expected"),
    [
        ("Experts believe up to 40 jobs are at risk.", "believe up", "to 40 jobs are at risk", "up to 40 jobs are at risk"),
        ("Police said more than twenty were hurt.", "said more", "than twenty were hurt", "more than twenty were hurt"),
        ("Police said at least 3 were hurt.", "said at", "least 3 were hurt", "at least 3 were hurt"),
    ],
)
def test_a_qualifier_goes_with_its_number(sentence, cue, content, expected):
    source = sentence.split()[0]
    assert bounded(sentence, raw(sentence, source, cue, content)) == [([source], [cue.split()[0]], [expected])]


def test_a_phrasal_verb_keeps_its_particle():
    text = "The port called up to the captain that it was safe."
    found = raw(text, "The port", "called up", "that it was safe")
    assert bounded(text, found) == [(["The port"], ["called up"], ["that it was safe"])]


def test_a_content_does_not_end_in_the_word_that_opens_a_clause():
    text = "Reports say troops fight, joining a conflict that has drawn in nations. It rains."
    whole = "troops fight, joining a conflict that has drawn in nations"
    assert bounded(text, raw(text, "Reports", "say", "troops fight, joining a conflict that")) == [
        (["Reports"], ["say"], [whole])
    ]
    text = "Troops join a conflict that, Jo Bloggs said, has drawn in nations."
    torn = raw(text, "Jo Bloggs", "said", "Troops join a conflict that", "has drawn in nations")
    assert bounded(text, torn) == words(text, [torn])


def test_a_quotation_with_its_own_speaker_is_not_what_a_cue_elsewhere_brings():
    text = "The mayor denies the report. “Rubbish,” Jo Bloggs snapped when asked."
    model = raw(text, "The mayor", "denies", "the report", "“Rubbish,”")
    rules = RuleExtractor().tag(text).attributions
    assert words(text, supplemented(text, paragraph_views(text), [model], rules, None)) == [
        (["The mayor"], ["denies"], ["the report"]),
        (["Jo Bloggs"], ["snapped"], ["“Rubbish,”"]),
    ]


def test_a_quotation_that_nobody_else_speaks_stays():
    text = "The mayor denies the report. “It is all wrong.”"
    model = raw(text, "The mayor", "denies", "the report", "“It is all wrong.”")
    assert words(text, supplemented(text, paragraph_views(text), [model], [], None)) == words(text, [model])


class Given:
    """An extractor that finds what it is given."""

    id = ExtractorId("given", "1", "")

    def __init__(self, *raws):
        self.raws = raws

    def tag(self, text):  # noqa: ARG002 - the protocol's
        return Tagged(self.raws)


def assertions(text, *raws):
    return extract(Article(text=text, title=""), Given(*raws)).assertions


@pytest.mark.parametrize("source", ["Neither the ministry nor the port", "No official", "None of the agencies", "Nobody"])
@pytest.mark.parametrize(
    ("cue", "polarity", "certainty"),
    [
        ("has confirmed", "positive", "underspecified"),
        ("has said", "positive", "underspecified"),
        ("believes", "negative", "certain"),
        ("denied", "positive", "underspecified"),
    ],
)
def test_who_is_nobody_has_confirmed_nothing(source, cue, polarity, certainty):
    text = f"{source} {cue} that the bridge fell."
    (found,) = [one for one in assertions(text, raw(text, source, cue, "that the bridge fell")) if one.attributions]
    assert (found.claim, found.polarity, found.certainty) == ("the bridge fell", polarity, certainty)


@pytest.mark.parametrize(
    "cue", ["has not confirmed", "did not say", "could not verify", "did not deny", "did not know", "never saw"]
)
def test_not_to_confirm_and_not_to_deny_are_no_denial(cue):
    text = f"The port {cue} that the bridge fell."
    (found,) = [one for one in assertions(text, raw(text, "The port", cue, "that the bridge fell")) if one.attributions]
    assert (found.polarity, found.certainty) == ("positive", "underspecified")


def test_a_source_does_not_end_in_who():
    text = "Two officials, who asked not to be named, said that the bridge fell."
    (found,) = assertions(text, raw(text, "Two officials, who", "said", "that the bridge fell"))
    assert [link.source.name for link in found.attributions] == ["Two officials"]


def test_the_halves_of_a_quotation_lose_the_mark_whose_other_half_is_gone():
    text = "“Nobody phoned us. Nobody wrote,” Jo Bloggs said."
    found = assertions(text, raw(text, "Jo Bloggs", "said", "“Nobody phoned us. Nobody wrote,”"))
    assert [one.claim for one in found] == ["Nobody phoned us", "Nobody wrote"]


def test_she_is_the_one_who_spoke_in_the_sentence_before():
    text = "Ana Bloggs has denied that the port is closed. Her rival, Mara Norville, accused a mayor of lying. “All know it,” she said."
    found = assertions(
        text,
        raw(text, "Ana Bloggs", "has denied", "that the port is closed"),
        raw(text, "Her rival, Mara Norville", "accused", "a mayor of lying"),
        raw(text, "she", "said", "“All know it,”"),
    )
    assert found[-1].attributions[0].source.name == "Mara Norville"


@pytest.mark.parametrize("label", ["SHOCK CLAIM", "EXCLUSIVE", "BREAKING", "Fact check", "Analysis", "Update"])
def test_a_label_before_a_colon_speaks_for_nobody(label):
    assert RuleExtractor().tag(f"{label}: the mayor knew of the leak").attributions == ()


def test_the_holder_of_a_role_speaks_and_not_the_body_it_belongs_to():
    text = "Norville’s Department of Ports (DoP) director-general, Mary Bloggs, said that the port was closed."
    (found,) = assertions(text, raw(text, text[: text.index(", said")], "said", "that the port was closed"))
    assert [link.source.name for link in found.attributions] == ["Mary Bloggs"]


def test_they_are_the_people_who_spoke_last():
    text = (
        "The League of Ports met. Veterans of the coast guard said that the port was closed. They stressed that it was small."
    )
    found = assertions(
        text,
        raw(text, "Veterans of the coast guard", "said", "that the port was closed"),
        raw(text, "They", "stressed", "that it was small"),
    )
    assert found[-1].attributions[0].source.name == "Veterans of the coast guard"


def test_he_is_who_heads_the_sentence_before_and_not_a_name_before_a_plural():
    text = "Tom Bloggs, a friend of John Norville, visited Norville hours before the storm.\n\nOn Monday he said that the port was closed."
    found = assertions(text, raw(text, "he", "said", "that the port was closed"))
    assert found[-1].attributions[0].source.name == "Tom Bloggs"


@pytest.mark.parametrize(
    "words", ["Neither the United Nations nor the European Union", "The United Nations and the European Union"]
)
def test_two_bodies_that_speak_are_two_sources(words):
    text = f"{words} confirmed that the port was closed."
    (found,) = [one for one in assertions(text, raw(text, words, "confirmed", "that the port was closed")) if one.attributions]
    assert [link.source.name for link in found.attributions] == ["United Nations", "European Union"]


def test_an_outlet_is_taken_up_by_the_end_of_its_name():
    text = "The San Francisco Chronicle said the port was shut. The Chronicle says it was small. The Herald says otherwise."
    found = assertions(
        text,
        raw(text, "The San Francisco Chronicle", "said", "the port was shut"),
        raw(text, "The Chronicle", "says", "it was small"),
    )
    assert [one.attributions[0].source for one in found if one.attributions] == [Outlet("sfchronicle.com")] * 2
