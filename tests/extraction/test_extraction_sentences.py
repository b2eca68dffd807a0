"""Sentences: abbreviations, quotations, lists, run-ons; offsets that slice back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.extraction.language.sentences import split_sentences
from graphkit.extraction.language.tokens import tokenize
from graphkit.limits import MAX_SENTENCE


def sentences(text: str) -> list[str]:
    return [text[s.begin : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["The harbour is shut.", "Nobody knows why."],
        ["Is it shut?", "It is!", "So they say."],
        ["Mr. A. B. Examplova met Dr. Invented at noon."],
        ["She turned to p. 12 of the report."],
        ["The firm, Pitt & Co., closed at 5 p.m. on Monday."],
        ["They sold it to Pitt & Co.", "It was cheap."],
        ["He lives in the U.S.", "The house is his."],
        ["He works for the U.S. Navy in Norfolk."],
        ["It grew by 3.5 per cent.", "That is a lot."],
        ["It cost $4.50.", "It was worth it."],
        ["Write to jane.doe@example.com.", "She answers."],
        ["See https://www.example.org/a.b/c.html.", "It is free."],
        ['"Stop!" he said.', "Nobody moved."],
        ['She said, "We are done."', "Then she left."],
        ["What?!", "Are you sure?"],
        ["It was over.…", "Or was it?"],
        ["He paused . . . and then went on."],
        ["The count stood at No. 7 by evening."],
        ["They met on Jan. 5 in St. Example."],
        ["At 5 a.m. Mr. Invented left the house."],
        ["The talks (the mayor was absent. again) went on."],
        ["Prices rose vs. last year.", "Wages did not."],
    ],
)
def test_a_text_is_cut_where_its_sentences_end(parts):
    assert sentences(" ".join(parts)) == parts


def test_run_on_sentences_are_cut_but_addresses_are_not():
    assert sentences("The end was.He said no.Then 1,000.It was late.") == [
        "The end was.", "He said no.", "Then 1,000.", "It was late."
    ]  # fmt: skip
    assert sentences("alpha.example.orgbeta.example.net") == ["alpha.example.orgbeta.example.net"]
    assert sentences("Ask A.Person@example.com now.") == ["Ask A.Person@example.com now."]


def test_a_line_ends_a_sentence_unless_it_was_wrapped():
    assert sentences("**A bold title**\nThe first line") == ["**A bold title**", "The first line"]
    assert sentences("The minister went to the harbour and\nleft again.") == [
        "The minister went to the harbour and\nleft again."
    ]
    assert sentences("harbour\nfire\nrescue") == ["harbour", "fire", "rescue"]
    assert sentences("Sources of the report\nalpha.example.org") == ["Sources of the report", "alpha.example.org"]


@pytest.mark.parametrize(
    "text",
    [
        "1. First item\n2. Second item",
        "1) First item 2) Second item",
        "1. First item. 2. Second item.",
        "• First item • Second item",
        "a. First item b. Second item",
        "  - First item\n  - Second item",
    ],
)
def test_list_markers_are_no_part_of_a_sentence(text):
    assert [s.rstrip(".") for s in sentences(text)] == ["First item", "Second item"]


@pytest.mark.parametrize(
    ("stamp", "rest"),
    [
        ("PORT LINDEN, Norland (Example Wire) -", "Its bank raised the rate."),
        ("PORT LINDEN —", "Its bank raised the rate."),
        ("MONTGOMERY, Ala. —", "Its bank raised the rate."),
        ("PORT LINDEN, May 3, 2026 (Example Wire) --", "“Rain,” he said."),
        ("Port Linden (Example Wire) —", "Its bank raised the rate."),
        ("14:05", "Police have closed the bridge."),
        ("9:30 am GMT -", "Police have closed the bridge."),
    ],
)
def test_a_dateline_or_an_hour_is_no_part_of_the_sentence_behind_it(stamp, rest):
    assert sentences(f"{stamp} {rest}") == [stamp, rest]


@pytest.mark.parametrize(
    "text", ["NATO - the alliance - said it.", "12.50 Crowns fell.", "Dallas (population 1,300) - the city - grew."]
)
def test_what_only_looks_like_a_dateline_stays(text):
    assert sentences(text) == [text]


def test_a_number_in_a_sentence_is_no_list_marker():
    assert sentences("1. We met 2. The others in May") == ["We met", "The others in May"]
    assert sentences("We met at number 2. The others stayed.") == ["We met at number 2.", "The others stayed."]


def test_an_endless_sentence_is_cut_at_a_space():
    found = split_sentences("word " * 3000)
    assert all(s.end - s.begin <= MAX_SENTENCE for s in found)
    assert len(found) <= 4


TEXTS = st.text(alphabet=st.sampled_from(list("aB .!?\n\"“”'(1)-*•é😀…")), max_size=80)


@given(TEXTS)
def test_sentences_are_ordered_disjoint_and_trimmed(text):
    end = 0
    for sentence in split_sentences(text):
        assert end <= sentence.begin < sentence.end <= len(text)
        assert text[sentence.begin : sentence.end].strip() == text[sentence.begin : sentence.end]
        end = sentence.end


@given(TEXTS)
def test_every_letter_lies_in_a_sentence_or_a_marker(text):
    inside = {i for s in split_sentences(text) for i in range(s.begin, s.end)}
    letters = [i for i, c in enumerate(text) if c in "é😀"]
    assert all(i in inside for i in letters)


@given(st.text(max_size=60))
def test_tokens_slice_back_and_skip_white_space_only(text):
    tokens = tokenize(text)
    assert all(text[t.begin : t.end] == t.text for t in tokens)
    assert "".join(t.text for t in tokens) == "".join(text.split())
