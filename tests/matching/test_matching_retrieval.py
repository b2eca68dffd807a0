"""Finding the claim that a post repeats."""

import pytest

from graphkit.errors import UnreadableInput
from graphkit.matching.retrieval import KnownClaim, best_claims, cleaned, predict_retrieval, predictions_tsv

CLAIMS = [
    KnownClaim("c1", "A photograph shows a shark swimming on a flooded motorway in Exampleton.", "Shark on the motorway?"),
    KnownClaim("c2", "The mayor of Sampleville banned bicycles from all parks.", "Did a mayor ban bicycles?"),
    KnownClaim("c3", "Drinking hot water cures the flu.", "Hot water and the flu"),
]


def test_the_repeated_claim_comes_first_in_other_words():
    post = "OMG a shark is swimming down the motorway after the flood!! #SharkOnMotorway https://pic.example/1 — Ann (@ann_example) May 1, 2031"
    found = best_claims(post, CLAIMS)
    assert found[0].claim == "c1"
    assert [one.rank for one in found] == list(range(1, len(found) + 1))
    assert best_claims(post, CLAIMS[::-1]) == found


def test_a_post_loses_links_and_signature():
    assert cleaned("They #BanBicycles https://x.example/y — Ann (@ann) May 1, 2031").split() == ["They", "#Ban", "Bicycles"]


@pytest.mark.parametrize("text", ["", "https://x.example/", "😀😀", "\x00" * 5])
def test_nothing_to_find_is_no_error(text):
    assert best_claims(text, CLAIMS) == []
    assert best_claims("shark", []) == []


def test_predictions_of_a_folder(tmp_path):
    (tmp_path / "some.docs.tsv").write_text(
        "\tvclaim\ttitle\n7\tHot water cures the flu.\tHot water\n8\tMayors ban parks.\tParks\n"
    )
    (tmp_path / "some.queries.tsv").write_text("\ttweet_content\n1\tdrink hot water against flu\n")
    lines = predictions_tsv(predict_retrieval(tmp_path)).splitlines()
    assert lines[0] == "query\tclaim\trank\tscore"
    assert lines[1].split("\t")[:3] == ["1", "7", "1"]
    with pytest.raises(UnreadableInput, match="docs"):
        predict_retrieval(tmp_path / "missing")
