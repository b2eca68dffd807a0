"""Copies are found however the other text is framed; footers and own words are not copies."""

import json

from graphkit.matching.copies import find_shared_text
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
    assert not find_shared_text(shingles, outlets=dict.fromkeys(texts, "one.example"))
    assert find_shared_text(shingles, outlets={name: f"{name}.example" for name in texts})


def test_an_agency_report_in_many_outlets_is_still_found():
    texts = [shingle(f"art-{number:03}", f"{REPORT} {_own(number)[:40]}") for number in range(70)]
    found = find_shared_text(texts, outlets={one.name: f"{one.name}.example" for one in texts})
    assert {name for pair in found for name in (pair.one, pair.two)} == {one.name for one in texts}
    assert len(found) < 200


def test_order_does_not_matter():
    texts = [shingle(f"art-{number}", f"{_own(number)} {REPORT if number % 2 else ''}") for number in range(6)]
    assert find_shared_text(texts) == find_shared_text(texts[::-1])


def test_real_copies_are_all_found_and_own_words_are_not(shared_data):
    folder = shared_data / "clusters"
    index = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [shingle(row["id"], (folder / row["text"]).read_text(encoding="utf-8")) for row in index]
    found = {
        (pair.one, pair.two): pair.label
        for pair in find_shared_text(texts, outlets={row["id"]: row.get("domain") for row in index})
    }
    gold = [json.loads(line) for line in (folder / "origin_pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    joined = [(row["label"], found.get(tuple(sorted((row["a"], row["b"]))), "ownWords")) for row in gold]
    assert all(label == "copy" for wanted, label in joined if wanted == "copy")
    own = [label in {"copy", "sharesText"} for wanted, label in joined if wanted == "own-words"]
    assert sum(own) < 0.02 * len(own)
