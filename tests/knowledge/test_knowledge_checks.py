"""Background checks: the questions that must come, and above all those that must not."""

import json
import re

import pytest

from graphkit.knowledge.checks import background_notes
from graphkit.knowledge.checks.clauses import sentences
from graphkit.model import Annotation, Article, ExtractorId

CLASH = (
    "While President Trump has called for greater vigilance, the Biden administration's response has been lackluster, leaving the "
    "door open."
)


def notes(text, published=None):
    article = Article(text, "A title", published=published)
    found = background_notes(Annotation(article, (), (), (), ExtractorId("test", "1")))
    for note in found:
        assert note.question.endswith("?")
        assert note.fact
        assert note.fact_source
        assert all(span.of(text) for span in note.spans)
    return found


def kinds(text, published=None):
    return [note.kind for note in notes(text, published)]


def test_two_holders_of_one_office_side_by_side():
    (note,) = notes(CLASH)
    assert note.kind == "officeClash"
    assert [span.of(CLASH) for span in note.spans] == ["President Trump", "Biden administration"]
    assert "2025-01-20" in note.fact


def test_the_date_says_which_of_the_two_is_out_of_date():
    (note,) = notes(CLASH, "2025-07-14")
    assert "though “Biden administration” is out of date in 2025-07" in note.question
    assert "World Factbook" in note.fact_source


@pytest.mark.parametrize("published", ["2025-07", "2025-07-14"])
def test_a_month_is_date_enough(published):
    assert "officeClash" in kinds(CLASH, published)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("President Trump has more power under the Biden administration's rules.", "2025-06-01"),
        ("President Trump has reversed what the Biden administration decided.", "2025-06-01"),
        ("President Trump is unlike the Biden administration.", None),
        ("President Trump and former President Biden have met.", "2025-06-01"),
        ("President Macron has met Chancellor Scholz, who is in Paris.", "2023-05-01"),
        ("President Putin has met Prime Minister Medvedev, and Prime Minister Medvedev has left.", "2013-05-01"),
        ("“The Obama administration has failed,” said President Trump.", "2018-05-01"),
        ("President Biden is in office, and President Trump has been sworn in.", "2025-01-25"),
    ],
)
def test_ordinary_sentences_raise_no_clash(text, published):
    assert "officeClash" not in kinds(text, published)


@pytest.mark.parametrize(
    ("text", "published", "is_raised"),
    [
        ("The Obama administration has warned its allies.", "2018-05-01", True),
        ("Prime Minister Theresa May is in talks.", "2020-01-01", True),
        ("The Obama administration has warned its allies.", "2016-05-01", False),
        ("The Obama administration has warned its allies.", "2017-02-10", False),
        ("The Obama administration has warned its allies.", None, False),
        ("The Obama administration had warned its allies.", "2018-05-01", False),
        ("The former Obama administration has critics.", "2018-05-01", False),
        ("In 2014 the Obama administration has trouble, the archive shows.", "2018-05-01", False),
        ("“The Obama administration has failed,” a voter said.", "2018-05-01", False),
        ("A Trump presidency is a risk, they said.", "2016-03-01", False),
        ("Prime Minister Theresa May is a former leader. Former Prime Minister Theresa May left.", "2020-01-01", False),
        ("Vice President Joe Biden has spoken.", "2015-03-01", False),
        ("President Xi has spoken in Beijing, China.", "2025-03-01", False),
    ],
)
def test_an_office_outside_its_term(text, published, is_raised):
    assert ("officeDate" in kinds(text, published)) is is_raised


@pytest.mark.parametrize(
    ("text", "is_raised"),
    [
        ("rebuilding Russian-held territories, particularly in Kursk.", True),
        ("Russian-controlled areas, such as Belgorod, were hit.", True),
        ("The Ukrainian city of Kursk was shelled.", True),
        ("Rain fell in Belgorod, Ukraine.", True),
        ("Russian-occupied areas, including Kherson, were hit.", False),
        ("Ukrainian-held areas in Kursk shrank.", False),
        ("Sevastopol, Russia and Sevastopol, Ukraine", False),
        ("The Russian city of Kursk was shelled.", False),
        ("Rain fell in Kursk, Russia.", False),
        ("“The Ukrainian city of Kursk,” he said.", False),
        ("They met in Kursk, Ukrainian officials said.", False),
        ("In Kursk, Ukraine lost ground.", False),
        ("Near Kursk, Ukraine's army dug in.", False),
    ],
)
def test_a_place_under_the_wrong_state(text, is_raised):
    assert ("placeState" in kinds(text)) is is_raised


def test_the_packaged_seed_raises_its_two_questions(seed_path):
    text = re.sub(r"\*\*", "", seed_path.read_text("utf-8"))
    assert sorted(kinds(text, "2025-07-14")) == ["officeClash", "placeState"]


def test_notes_come_in_text_order_and_are_the_same_every_time():
    text = CLASH + " Rain fell in Belgorod, Ukraine."
    assert notes(text) == notes(text)
    assert [note.spans[0].begin for note in notes(text)] == sorted(note.spans[0].begin for note in notes(text))


def test_sentences_cover_the_text():
    text = "Mr. Example met Gov. Sample of the U.S. Senate. “It rained,” she said.\nA heading\n"
    parts = list(sentences(text))
    assert all(text[part.begin : part.begin + len(part.text)] == part.text for part in parts)
    assert "".join(part.text for part in parts) == text


def test_hostile_text_takes_linear_time():
    import time

    def seconds(text):
        begin = time.process_time()
        notes(text, "2025-01-01")
        return time.process_time() - begin

    seconds("warm up")
    for unit in ("President Trump has ", "Russian-held territories, ", "A-held areas in ", '"', "Kursk, "):
        short, long = seconds(unit * 1_000), seconds(unit * 4_000)
        assert long < 0.3 + 8 * short, unit


@pytest.mark.slow
def test_no_finding_on_the_shared_articles(shared_data):
    articles = [json.loads(line) for line in (shared_data / "articles" / "index.jsonl").read_text("utf-8").splitlines()]
    found = [
        (article["id"], note.question)
        for article in articles
        for note in notes((shared_data / "articles" / article["text"]).read_text("utf-8"), article["date"])
    ]
    assert found == []
