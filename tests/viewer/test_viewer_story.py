"""Tours are read, and what is wrong with one is said with the step that it is in."""

import pytest
from page_reading import data_of
from viewer_world import morning, told

from graphkit.errors import NotFound, UnreadableInput
from graphkit.viewer import Step, Story, read_story, render_page

TOUR = """
title: How a report travels
steps:
  - heading: The first report
    text: An unnamed official says it.
    ids: [alpha.example.org, HARBOURLAND]
    view: neighbourhood
  - heading: The denial
    ids: The port of Harbourland may close within 30 days.
"""


def test_a_tour_is_read(tmp_path):
    path = tmp_path / "tour.yml"
    path.write_text(TOUR, encoding="utf-8")
    story = read_story(path)
    assert story.title == "How a report travels"
    assert story.steps[0] == Step(
        "The first report", "An unnamed official says it.", ("alpha.example.org", "HARBOURLAND"), "neighbourhood"
    )
    assert story.steps[1].view == "board"


def test_names_and_identifiers_lead_to_things(model):
    story = Story("T", (Step("h", "t", ("alpha.example.org", "harbourland", told(morning(), 0))),))
    page = render_page(model, with_network=False, story=story)
    labels = model.ids()
    (step,) = data_of(page)["story"]["steps"]
    assert [labels[ref].split("-")[0] for ref in step["refs"]] == ["outlet", "actor", "as"]
    assert "<title>T</title>" in page


def test_a_name_that_is_not_there_is_named(model):
    with pytest.raises(NotFound, match="'the step' names 'nobody'"):
        render_page(model, with_network=False, story=Story("", (Step("the step", "", ("nobody",)),)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("steps: 3", "no list of 1 to"),
        ("[]", "no list of 1 to"),
        ("- text: x", "step 1: no heading"),
        ("- heading: a\n- heading: b\n  ids: {x: 1}", "step 2: 'ids' is no list"),
        ("- heading: a\n  view: moon", "no view is called 'moon'"),
        ("a: [", "no YAML"),
        ("!!python/object/apply:os.system [echo]", "no YAML"),
        ("x" * 1_000_001, "too many for a story"),
    ],
)
def test_what_is_no_tour_is_refused(tmp_path, text, message):
    path = tmp_path / "tour.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=message):
        read_story(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnreadableInput, match=r"missing\.yml"):
        read_story(tmp_path / "missing.yml")
