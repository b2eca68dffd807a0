"""Whatever stands in a field, the page stays the page."""

import pytest
from hostile_model import poison
from hostile_strings import STRINGS
from page_reading import data_of, parse

from graphkit.viewer import Step, Story, render_page
from graphkit.viewer.page import data as page_data


def test_there_are_enough_strings():
    assert len(set(STRINGS)) == len(STRINGS) >= 50


@pytest.mark.parametrize("turn", range(0, len(STRINGS), 4))
def test_hostile_fields_add_no_tag_and_no_attribute(model, turn):
    harmless = parse(render_page(model, with_network=False))
    page = render_page(poison(model, turn), with_network=False, title=STRINGS[turn])
    hostile = parse(page)
    assert hostile.tags == harmless.tags
    assert hostile.addresses == harmless.addresses
    assert hostile.policy == harmless.policy
    assert [block[1] for block in hostile.blocks] == [block[1] for block in harmless.blocks]


def test_hostile_fields_come_back_as_they_went_in(model):
    for turn in (0, 17, 40):
        poisoned = poison(model, turn)
        data = data_of(render_page(poisoned, with_network=False))
        assert data["tables"]["outlets"]["label"] == [row.label for row in poisoned.outlets]
        assert data["tables"]["articles"]["parts"] == [[list(part) for part in row.parts] for row in poisoned.articles]
        assert data["tables"]["notes"]["question"] == [row.question for row in poisoned.notes]


def test_a_hostile_story_is_text(model):
    steps = tuple(Step(text, text, ("alpha.example.org",)) for text in STRINGS)
    page = render_page(model, with_network=False, story=Story(STRINGS[0], steps))
    assert parse(page).tags == parse(render_page(model, with_network=False)).tags
    assert [step["text"] for step in data_of(page)["story"]["steps"]] == list(STRINGS)


def test_packed_data_is_letters_and_digits(model, monkeypatch):
    monkeypatch.setattr(page_data, "PLAIN_BELOW", 10)
    body = page_data.page_data(poison(model, 3)).body
    assert body.isascii()
    assert set(body) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
