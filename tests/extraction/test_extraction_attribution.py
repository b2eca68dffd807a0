"""Who says what, by rules: sources, cues and contents, and the speakers that must not be taken."""

import time

import pytest

from graphkit.extraction.attribution.quotes import find_quotes
from graphkit.extraction.attribution.rules import RuleExtractor


def found(text: str) -> list[tuple[str, str, str]]:
    def words(spans):
        return " / ".join(span.of(text) for span in spans)

    return [
        (words(a.sources), words(a.cues), words(a.contents)) for a in RuleExtractor().tag(text).attributions if a.level == 1
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor said that the bridge was closed.", ("The mayor", "said", "that the bridge was closed")),
        ("The mayor said the bridge was closed.", ("The mayor", "said", "the bridge was closed")),
        ("The bridge was closed, the mayor said.", ("the mayor", "said", "The bridge was closed")),
        ('"The bridge is closed," said Mara Quillon.', ("Mara Quillon", "said", '"The bridge is closed,"')),
        ('"The bridge is closed," Mara Quillon said.', ("Mara Quillon", "said", '"The bridge is closed,"')),
        ('Mara Quillon said: "The bridge is closed."', ("Mara Quillon", "said", '"The bridge is closed."')),
        ("According to two officials, the bridge was closed.", ("two officials", "According to", "the bridge was closed")),
        ("The bridge was closed, according to two officials.", ("two officials", "according to", "The bridge was closed")),
        (
            '"The bridge is closed," said Mara Quillon, a spokeswoman for the port. "It will open on Monday."',
            ("Mara Quillon, a spokeswoman for the port", "said", '"The bridge is closed," / "It will open on Monday."'),
        ),
        (
            "Mara Quillon, a former aide to the mayor, told reporters that the bridge was closed.",
            ("Mara Quillon, a former aide to the mayor", "told", "that the bridge was closed"),
        ),
        (
            "Sen. Mara Quillon (D-Ex.) told The Alpha Example on Monday that the bridge was closed.",
            ("Sen. Mara Quillon (D-Ex.)", "told", "that the bridge was closed"),
        ),
        ("By Friday, she said, the bridge will be open.", ("she", "said", "By Friday / the bridge will be open")),
        ("The council called for a new bridge.", ("The council", "called for", "a new bridge")),
        (
            "Mara Quillon's claim that the bridge was safe was wrong.",
            ("Mara Quillon", "claim", "that the bridge was safe was wrong"),
        ),
        ("The port denied that the bridge was closed.", ("The port", "denied", "that the bridge was closed")),
        ("It was reported that the bridge was closed.", ("", "was reported", "that the bridge was closed")),
        ("Mara Quillon: the bridge is dead", ("Mara Quillon", ":", "the bridge is dead")),
        ('"We are ruined," the landlord fumed.', ("the landlord", "fumed", '"We are ruined,"')),
        ("As the ministry reported, the bridge was closed.", ("the ministry", "reported", "the bridge was closed")),
        (
            "The port is empty, evident from satellite images showing bare quays.",
            ("satellite images", "showing", "The port is empty"),
        ),
        ("Officials said at least 45 people were hurt.", ("Officials", "said", "at least 45 people were hurt")),
    ],
)
def test_source_cue_and_content(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was closed on Monday.",
        "It is hard to say why the bridge was closed.",
        "The move highlights a dangerous trend.",
        "The building of the bridge took five years.",
        "He said no.",
    ],
)
def test_no_attribution_where_nobody_says_anything(text):
    assert not found(text)


def test_the_author_turns_from_a_fronted_report_to_his_own_claim():
    text = "While the mayor has called for calm, the council's response has been weak."
    assert found(text) == [("the mayor", "has called for", "calm")]


def test_a_report_in_a_report_is_a_level_deeper():
    text = "The Alpha Example reported that officials said the bridge was closed."
    raws = RuleExtractor().tag(text).attributions
    assert [(a.level, a.sources[0].of(text)) for a in raws] == [(1, "The Alpha Example"), (2, "officials")]


def test_two_reports_in_one_sentence_keep_their_speakers_apart():
    text = "The mayor said the bridge was safe, adding that it would open soon, but engineers said it was rotten."
    assert [(source, content) for source, _, content in found(text)] == [
        ("The mayor", "the bridge was safe"),
        ("The mayor", "that it would open soon"),
        ("engineers", "it was rotten"),
    ]


def test_quotations_are_paired_and_closed_at_the_end_of_a_paragraph():
    text = "“One, two.\n“Three,” he said, ''four'' and ‘five six’ but it’s 6\" long."
    assert [text[q.begin : q.end] for q in find_quotes(text)] == ["“One, two.", "“Three,”", "''four''", "‘five six’"]


@pytest.mark.parametrize(
    "text", ["said and " * 300 + "that it fell.", "Monday and said " * 300, ": - ; " * 300 + " said that it fell."]
)
def test_verbs_in_a_row_without_a_subject_do_not_stall(text):
    began = time.process_time()
    RuleExtractor().tag(text)
    assert time.process_time() - began < 10
