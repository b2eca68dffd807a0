"""Copies are found however the other text is framed; footers and own words are not copies."""

import json
import random
from dataclasses import replace

from graphkit.matching.copies import SharedTexts, find_shared_text
from graphkit.matching.shingles import shingle

REPORT = (
    "The bridge over the Sample river was closed on Monday after inspectors found cracks in two of its pillars and the council of "
    "Exampleton said that lorries would be sent round through the north for at least six weeks while engineers work on repairs."
)
FOOTER = "Read more of our reports every morning and tell us what you think about them by writing to the desk at any time of the day."


def _own(number):
    return " ".join(f"word{number}x{place}" for place in range(80))


def test_a_short_report_inside_a_long_text_is_a_copy():
    found = find_shared_text([shingle("art-a", REPORT), shingle("art-b", f"{_own(1)} {REPORT} {_own(2)} {_own(3)}")])
    assert [(pair.label, pair.containment) for pair in found] == [("copy", 1.0)]
    assert found[0].jaccard < 0.5
    begin, end = found[0].spans[0].begin, found[0].spans[0].end
    assert REPORT[begin:end] == REPORT.rstrip(".")


def test_a_footer_of_one_outlet_makes_no_copies():
    texts = {f"art-{number}": f"{_own(number)} {FOOTER}" for number in range(5)}
    shingles = [shingle(name, text) for name, text in texts.items()]
    days = {name: f"2031-05-0{number + 1}" for number, name in enumerate(texts)}
    assert not find_shared_text(shingles, whence={name: ("one.example", day) for name, day in days.items()})
    assert not find_shared_text(shingles, whence=dict.fromkeys(texts, ("one.example", None)))
    assert find_shared_text(shingles, whence=dict.fromkeys(texts, ("one.example", "2031-05-01"))), "versions of one day"
    assert find_shared_text(shingles, whence={name: (f"{name}.example", day) for name, day in days.items()})


def test_an_agency_report_in_many_outlets_is_still_found():
    texts = [shingle(f"art-{number:03}", f"{REPORT} {_own(number)[:40]}") for number in range(70)]
    found = find_shared_text(texts, whence={one.name: (f"{one.name}.example", None) for one in texts})
    assert {name for pair in found for name in (pair.one, pair.two)} == {one.name for one in texts}
    assert len(found) < 200


def test_order_does_not_matter():
    texts = [shingle(f"art-{number}", f"{_own(number)} {REPORT if number % 2 else ''}") for number in range(6)]
    assert find_shared_text(texts) == find_shared_text(texts[::-1])


def test_added_one_by_one_gives_what_all_at_once_gives():
    dice = random.Random(7)
    words = [f"word{number}" for number in range(300)]
    texts = {}
    for number in range(70):
        outlet = f"o{dice.randrange(4)}.example"
        parts = [" ".join(dice.choices(words, k=40)), " ".join(REPORT.split()[: dice.randrange(8, 40)]) if number % 4 else ""]
        text = " ".join([*parts, FOOTER if outlet.startswith("o1") else ""])
        texts[f"art-{dice.random()}"] = shingle("x", text), (outlet, f"2031-05-{dice.randrange(1, 9):02}")
    texts = {name: (replace(one, name=name), whence) for name, (one, whence) in texts.items()}
    whole = find_shared_text([one for one, _ in texts.values()], whence={name: whence for name, (_, whence) in texts.items()})
    for seed in range(3):
        names = random.Random(seed).sample(sorted(texts), len(texts))
        index = SharedTexts(lambda name: texts[name][0])
        index.fill((name, texts[name][0].distinct, texts[name][1]) for name in names[: seed * 20])
        found = {(pair.one, pair.two): pair for pair in index.all_pairs()}
        for name in names[seed * 20 :]:
            changed, anew = index.add(name, texts[name][0].distinct, texts[name][1])
            found = {pair: shared for pair, shared in found.items() if pair not in changed}
            found |= {(pair.one, pair.two): pair for pair in anew}
        assert [found[pair] for pair in sorted(found)] == whole


def test_real_copies_are_all_found_and_own_words_are_not(shared_data):
    folder = shared_data / "clusters"
    index = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [shingle(row["id"], (folder / row["text"]).read_text(encoding="utf-8")) for row in index]
    found = {
        (pair.one, pair.two): pair.label
        for pair in find_shared_text(texts, whence={row["id"]: (row.get("domain"), row.get("date")) for row in index})
    }
    gold = [json.loads(line) for line in (folder / "origin_pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    joined = [(row["label"], found.get(tuple(sorted((row["a"], row["b"]))), "ownWords")) for row in gold]
    assert all(label == "copy" for wanted, label in joined if wanted == "copy")
    own = [label in {"copy", "sharesText"} for wanted, label in joined if wanted == "own-words"]
    assert sum(own) < 0.02 * len(own)
