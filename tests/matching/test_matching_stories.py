"""Stories are a function of the set of articles: whatever the order, one by one or at once, and never larger than the ceiling."""

import random

import pytest

from graphkit.matching import stories
from graphkit.matching.stories import Key, Stories, key_of


def invented_keys(seed, count):
    """Keys that overlap in chains, so that single linkage alone would make one story of most of them."""
    dice = random.Random(seed)
    keys = []
    for number in range(count):
        near = dice.randrange(count // 2)
        stems = {f"stem{near + dice.randrange(6)}" for _ in range(5)}
        weights = tuple((stem, round(len(stems) ** -0.5, 6)) for stem in sorted(stems))
        keys.append(Key(f"art-{number:03}", weights, dice.choice((0, 744_000, 744_030, 744_300))))
    return keys


def stories_of(keys, *, one_by_one=False):
    found = Stories()
    for key in keys:
        found.add(key)
        if one_by_one:
            found.settle([key.name])
    if not one_by_one:
        found.settle()
    return found.all()


@pytest.mark.parametrize("ceiling", [4, 48])
def test_any_order_and_one_by_one_give_the_same_stories(monkeypatch, ceiling):
    monkeypatch.setattr(stories, "LARGEST", ceiling)
    for seed in range(6):
        keys = invented_keys(seed, 60)
        whole = stories_of(keys)
        assert max(map(len, whole)) <= ceiling
        assert sorted(name for story in whole for name in story) == sorted(key.name for key in keys)
        shuffled = random.Random(seed).sample(keys, len(keys))
        assert stories_of(shuffled) == whole
        assert stories_of(shuffled, one_by_one=True) == whole


def test_what_settles_is_told_as_gone_and_new():
    found = Stories()
    first, second = (key_of(name, ["Zorblin quaffed the Brimbel in Testford"]) for name in ("art-a", "art-b"))
    found.add(first)
    assert found.settle(["art-a"]) == (set(), {("art-a",)})
    found.add(second)
    assert found.settle(["art-b"]) == ({("art-a",)}, {("art-a", "art-b")})
    assert found.story_of("art-a") == ("art-a", "art-b")
    with pytest.raises(ValueError, match="art-a"):
        found.add(first)


def test_far_days_need_more_likeness():
    words = ["Zorblin quaffed the Brimbel in Testford", "Quandle and Vexmoor hummed", "Ploverine gathered moss by Skelder"]
    first = key_of("art-a", words[:2], published="2031-05-01")
    others = ["Zorblin and the Brimbel", words[2]]
    near = [first, key_of("art-b", others, published="2031-05-20")]
    far = [first, key_of("art-b", others, published="2031-12-20")]
    retold = [first, key_of("art-b", words, published="2031-12-20")]
    assert [len(stories_of(keys)) for keys in (near, far, retold)] == [1, 2, 1]


def test_common_words_make_no_story():
    assert (
        len(stories_of([key_of(name, ["The president said on Monday that people will go"]) for name in ("art-a", "art-b")]))
        == 2
    )
