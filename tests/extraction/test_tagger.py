"""The tagger: decoding obeys its rules, a damaged model is refused, and the shipped model reads anything without a slip."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.errors import DamagedPart
from graphkit.extraction.tagger import PACKAGED, Tagger
from graphkit.extraction.tagger_cleanup import clean_draft, nested_stretches
from graphkit.extraction.tagger_labels import CONTENT, CUE, SOURCE, TokenSpan, bio_labels, gap_bucket
from graphkit.extraction.tagger_links import LinkBiases, link_spans, softmax
from graphkit.extraction.tagger_model import MANIFEST, NETWORK, check_files, load_model, read_settings
from graphkit.extraction.tagger_pieces import Pieces, cut_windows, text_blocks, word_shape
from graphkit.extraction.tagger_reading import Draft, Part, draft_confidence
from graphkit.extraction.tagger_viterbi import best_labels, label_runs
from graphkit.limits import MAX_TEXT

LABELS = bio_labels(("source", "cue", "content"))


# --- pieces and windows ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "shape"),
    [("lower", 1), ("Upper", 2), ("A", 2), ("NATO", 3), ("McLeod", 4), ("F16", 5), ("…", 6), ("漢字", 6)],
)
def test_word_shapes(word: str, shape: int) -> None:
    assert word_shape(word) == shape


@given(st.text(alphabet="ab \n", max_size=300), st.integers(4, 60))
def test_blocks_cover_the_text_and_stay_short(text: str, length: int) -> None:
    blocks = list(text_blocks(text, length))
    assert "".join(text[begin:end] for begin, end in blocks) == text
    assert all(0 < end - begin <= length for begin, end in blocks)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.integers(5, 30))
def test_windows_cover_all_pieces_in_order(paragraphs: list[int], room: int) -> None:
    n_pieces = sum(paragraphs)
    starts = [sum(paragraphs[:index]) for index in range(len(paragraphs))]
    text = "word " * n_pieces
    pieces = Pieces(
        ids=[1] * n_pieces,
        begins=[5 * index for index in range(n_pieces)],
        ends=[5 * index + 4 for index in range(n_pieces)],
        continues=[False] * n_pieces,
        paragraphs=starts,
    )
    windows = cut_windows(pieces, text, room)
    assert [begin for begin, _ in windows] == [0, *(end for _, end in windows[:-1])]
    assert windows[-1][1] == n_pieces
    assert all(0 < end - begin <= room for begin, end in windows)


# --- decoding ------------------------------------------------------------------------------------------------------------


def test_inside_never_follows_outside() -> None:
    scores = np.zeros((3, len(LABELS)), np.float32)
    scores[0, 0] = scores[1, LABELS.index("I-cue")] = scores[2, LABELS.index("I-cue")] = 5
    (path,) = best_labels([scores], [[False] * 3])
    assert [LABELS[label] for label in path] in (["B-cue", "I-cue", "I-cue"], ["O", "B-cue", "I-cue"])


def test_a_word_is_not_cut_by_its_pieces() -> None:
    scores = np.zeros((3, len(LABELS)), np.float32)
    scores[0, LABELS.index("B-source")] = 2
    scores[1, 0] = scores[2, LABELS.index("B-cue")] = 1
    (path,) = best_labels([scores], [[False, True, True]])
    assert [LABELS[label] for label in path] == ["B-source", "I-source", "I-source"]


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_windows_decoded_together_are_decoded_alike(seed: int, lengths: list[int]) -> None:
    rng = np.random.default_rng(seed)
    scores = [rng.normal(size=(length, len(LABELS))).astype(np.float32) for length in lengths]
    flags = [[bool(flag) for flag in rng.integers(0, 2, length)] for length in lengths]
    for row in flags:
        row[0] = False
    together = best_labels(scores, flags)
    assert together == [best_labels([one], [row])[0] for one, row in zip(scores, flags, strict=True)]
    for path, row in zip(together, flags, strict=True):
        for before, label, is_continued in zip([0, *path], path, [False, *row[1:]], strict=False):
            if label and label % 2 == 0:
                assert before in (label - 1, label)
            if is_continued:
                assert label == 0 or label % 2 == 0


def test_runs_of_labels() -> None:
    names = ["O", "B-source", "I-source", "B-source", "O", "B-content"]
    assert label_runs([LABELS.index(name) for name in names]) == [
        TokenSpan(1, 3, SOURCE),
        TokenSpan(3, 4, SOURCE),
        TokenSpan(5, 6, CONTENT),
    ]


def test_nothing_to_decode() -> None:
    assert best_labels([], []) == []
    assert label_runs([]) == []


@given(st.integers(0, 50), st.integers(1, 9), st.integers(0, 50), st.integers(1, 9))
def test_gap_buckets_tell_left_from_right(begin: int, length: int, other: int, other_length: int) -> None:
    bucket = gap_bucket(begin, begin + length, other, other + other_length)
    assert (8 <= bucket < 16) if other >= begin + length else (0 <= bucket < 8)


def test_a_cue_without_a_fitting_source_has_none_and_the_rest_is_kept() -> None:
    query, key = np.zeros((9, 128), np.float32), np.zeros((9, 128), np.float32)
    spans = [TokenSpan(0, 1, SOURCE), TokenSpan(1, 2, CUE), TokenSpan(2, 5, CONTENT), TokenSpan(6, 7, CUE)]
    near = [0.0] * 7 + [-20.0, *[-20.0] * 8]
    near[0] = 4.0
    biases = LinkBiases(1.0, tuple(near), (0.0,) * 8 + (-3.0,) * 8)
    first, second = link_spans(spans, query, key, biases)
    assert (first.sources, first.contents) == ([spans[0]], [spans[2]])
    assert (second.sources, second.contents) == ([], [])
    lone = link_spans([spans[0], spans[2]], query, key, biases)
    assert [attribution.contents or attribution.sources for attribution in lone] == [[spans[2]], [spans[0]]]


def test_softmax_is_safe_for_large_scores() -> None:
    assert softmax(np.array([[1e4, 0.0]], np.float32)).tolist() == [[1.0, 0.0]]


# --- clean-up ------------------------------------------------------------------------------------------------------------


def draft(text: str, source: str = "", cue: str = "", *contents: str, confidence: float = 0.9) -> Draft:
    def parts(*wordings: str) -> list[Part]:
        return [Part(text.index(w), text.index(w) + len(w), confidence) for w in wordings if w]

    return Draft(parts(source), parts(cue), parts(*contents), 0.9)


def wordings(text: str, parts: list[Part]) -> list[str]:
    return [text[part.begin : part.end] for part in parts]


def test_what_says_nothing_or_is_said_by_nobody_is_no_attribution() -> None:
    text = "Mara said so twice"
    assert clean_draft(text, draft(text, "Mara", "said"), short_content_confidence=0.0) is None
    assert clean_draft(text, draft(text, "", "", "so twice"), short_content_confidence=0.0) is None
    assert clean_draft("Mara Lind", draft("Mara Lind", "Mara"), short_content_confidence=0.0) is None


def test_short_unsure_contents_are_dropped() -> None:
    text = "Mara said a thing, and the river rose again."
    cleaned = clean_draft(
        text, draft(text, "Mara", "said", "a thing", "the river rose", confidence=0.6), short_content_confidence=0.7
    )
    assert cleaned is not None
    assert wordings(text, cleaned.contents) == ["the river rose"]


def test_a_quote_is_closed() -> None:
    text = "“We are ready,” Mara said. He said “no” twice."
    cleaned = clean_draft(text, draft(text, "Mara", "said", "“We are ready,"), short_content_confidence=0.0)
    assert cleaned is not None
    assert wordings(text, cleaned.contents) == ["“We are ready,”"]
    cleaned = clean_draft(text, draft(text, "Mara", "said", "We are ready,”"), short_content_confidence=0.0)
    assert cleaned is not None
    assert wordings(text, cleaned.contents) == ["“We are ready,”"]


def test_a_source_cut_off_before_its_noun_ends_at_the_possessive() -> None:
    text = "Mara Lind’s recent pledge to stay; Mara's office said"
    cleaned = clean_draft(text, draft(text, "Mara Lind’s recent", "pledge", "to stay"), short_content_confidence=0.0)
    assert cleaned is not None
    assert wordings(text, cleaned.sources) == ["Mara Lind"]
    cleaned = clean_draft(text, draft(text, "Mara's office", "said", "to stay"), short_content_confidence=0.0)
    assert cleaned is not None
    assert wordings(text, cleaned.sources) == ["Mara's office"]


def test_segments_that_touch_are_glued() -> None:
    text = "Mara said it had rained all day."
    cleaned = clean_draft(text, draft(text, "Mara", "said", "it had", "rained all day"), short_content_confidence=0.0)
    assert cleaned is not None
    assert wordings(text, cleaned.contents) == ["it had rained all day"]


def test_nested_reading_leaves_the_complementiser_off() -> None:
    text = "Mara said that officials believe the dam will hold."
    found = list(nested_stretches(text, draft(text, "Mara", "said", "that officials believe the dam will hold"), shortest=25))
    assert [text[begin:end] for begin, end in found] == ["officials believe the dam will hold"]
    assert list(nested_stretches(text, draft(text, "Mara", "said", "the dam will hold"), shortest=25)) == []


def test_confidence_rises_with_the_least_sure_part() -> None:
    text = "Mara said so."
    low, high = (draft_confidence(draft(text, "Mara", "said", "so", confidence=c), (0.0, 1.0, 0.5)) for c in (0.4, 0.9))
    assert 0 < low < high < 1


# --- the model folder ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def packaged() -> Path:
    if not (PACKAGED / NETWORK).is_file():
        pytest.skip("the trained weights are not in this checkout")
    return PACKAGED


@pytest.fixture(scope="session")
def tagger(packaged: Path) -> Tagger:
    return Tagger.load(packaged)


def test_a_missing_model_is_a_store_error_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(DamagedPart, match="not a readable manifest") as caught:
        Tagger.load(tmp_path)
    assert caught.value.exit_code == 4
    assert "training" in str(caught.value.hint)


@pytest.mark.parametrize("content", ["{}", "[]", '{"files": {}}', '{"files": {"tagger.int8.onnx": 3}}', "no json"])
def test_a_manifest_that_lists_too_little_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(DamagedPart):
        check_files(tmp_path)


def test_settings_of_another_kind_are_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"version": "1"}', encoding="utf-8")
    with pytest.raises(DamagedPart, match="not settings of this tagger"):
        read_settings(tmp_path / "settings.json")


def test_a_changed_file_is_refused(packaged: Path, tmp_path: Path) -> None:
    for path in packaged.iterdir():
        shutil.copy(path, tmp_path / path.name)
    with (tmp_path / NETWORK).open("r+b") as file:
        file.seek(1000)
        byte = file.read(1)
        file.seek(1000)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(DamagedPart, match="not the file the manifest describes"):
        load_model(tmp_path)


def test_the_shipped_folder_is_small_and_says_what_it_is(packaged: Path) -> None:
    assert sum((packaged / name).stat().st_size for name in (NETWORK, "tokenizer.json")) <= 30e6
    card = (packaged / "MODEL_CARD.md").read_text(encoding="utf-8")
    for needed in ("CC BY-SA 4.0", "Apache-2.0", "PolNeAR", "English", "no text"):
        assert needed in card, needed
    assert set(json.loads((packaged / MANIFEST).read_text(encoding="utf-8"))["files"]) >= {
        NETWORK,
        "tokenizer.json",
        "settings.json",
    }


# --- the shipped model ---------------------------------------------------------------------------------------------------

ARTICLE = """Harbour ferry to stay in port, board says

NORTHMERE — The ferry Saint Olla will stay in port until Friday, the harbour board said on Tuesday.

"We found two cracks in the hull," said Mara Lind, who heads the board. "Nobody was in danger."

The Northmere Courier reported that two officials believe the repairs will cost more than 3 million crowns. Tomas Oreb of Velta
Rail denied that the railway had asked for the ferry to be stopped.

According to a report by the audit office, the ship was last inspected in 2019.
"""
ODD = {
    "empty": "",
    "blank": " \n\t\n ",
    "one word": "Yes",
    "capitals": "FERRY TO STAY IN PORT, BOARD SAYS. OFFICIALS SAID IT WAS UNSAFE.",
    "german": "Der Minister sagte am Dienstag, die Fähre bleibe im Hafen.",
    "arabic": "وقال الوزير إن العبارة ستبقى في الميناء",
    "emoji": "🎉👩‍👩‍👧‍👦 said 🎉 the boat is “fine” 🚢",
    "surrogates": "\ud800 said \udfff that it rains",
    "controls": "\x00\x01\u200b\u202e said \u202c that it rains",
    "marks": "a\u0301\u0301\u0301 said n\u0303o",
    "table": "| port | boats |\n| --- | --- |\n" + "| Northmere | 12 |\n" * 60,
    "long word": "x" * 30_000,
    "quotes": "”””““““\" said '''",
}


def texts_of(text: str, tagger: Tagger) -> list[str]:
    tagged = tagger.tag(text)
    spans = [span for attribution in tagged.attributions for span in attribution.spans()]
    for span in spans:
        assert 0 <= span.begin < span.end <= len(text)
    for entity in tagged.entities:
        assert 0 <= entity.begin < entity.end <= len(text)
        assert entity.label in {"PER", "ORG", "LOC", "MISC"}
        assert 0 <= entity.confidence <= 1
    return [span.of(text) for span in spans]


def found(text: str, tagger: Tagger) -> list[tuple[str, str, int]]:
    return [
        (" ".join(s.of(text) for s in a.sources), " ".join(s.of(text) for s in a.contents), a.level)
        for a in tagger.tag(text).attributions
    ]


def test_the_article_is_read_right(tagger: Tagger) -> None:
    attributions = found(ARTICLE, tagger)
    sources = [source for source, _, _ in attributions]
    assert any("Mara Lind" in source for source in sources)
    assert any("harbour board" in source and "until Friday" in content for source, content, _ in attributions)
    assert any("audit office" in source or "report" in source for source in sources)


def test_inner_attributions_come_with_their_level(tagger: Tagger) -> None:
    text = (
        "The Northmere Courier reported on Monday that two officials said the harbour board believes the repairs will be late."
    )
    levels = {level: source for source, _, level in found(text, tagger)}
    assert levels[1] == "The Northmere Courier"
    assert levels[2] == "two officials"


def test_actors_are_named(tagger: Tagger) -> None:
    names = {(ARTICLE[e.begin : e.end], e.label) for e in tagger.tag(ARTICLE).entities}
    assert ("Mara Lind", "PER") in names
    assert ("Tomas Oreb", "PER") in names


def test_no_result_depends_on_the_batch(tagger: Tagger) -> None:
    texts = [ARTICLE, *ODD.values(), ARTICLE[:200]]
    alone = [tagger.tag(text) for text in texts]
    assert tagger.tag_batch(texts) == alone
    assert tagger.tag_batch(reversed(texts)) == alone[::-1]


@pytest.mark.parametrize("name", ODD)
def test_odd_input_never_crashes(name: str, tagger: Tagger) -> None:
    texts_of(ODD[name], tagger)


@settings(max_examples=25)
@given(st.text(max_size=120), st.sampled_from(["", " said that ", "\n\n“", " told Mara Lind: "]))
def test_any_text_gives_spans_inside_it(text: str, middle: str) -> None:
    if not (PACKAGED / NETWORK).is_file():
        pytest.skip("the trained weights are not in this checkout")
    texts_of(text + middle + text, Tagger.load())


@pytest.mark.slow
def test_the_longest_text_is_read_in_bounded_memory(tagger: Tagger) -> None:
    import tracemalloc

    tracemalloc.start()
    tagged = tagger.tag("zzz " * (MAX_TEXT // 4))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200e6
    assert len(tagged.attributions) < 10_000


def test_the_id_names_the_weights(tagger: Tagger) -> None:
    assert tagger.id.name == "mini"
    assert tagger.model.digest.startswith(tagger.id.options)
    assert tagger is Tagger.load(PACKAGED)


def test_settings_have_a_bias_per_label(tagger: Tagger) -> None:
    settings_read: Any = tagger.model.settings
    assert len(settings_read.label_biases) == len(LABELS)
    assert "said" in settings_read.nesting_words


def test_learnt_transitions_choose_between_paths_and_bind_words_only() -> None:
    scores = [np.array([[0.0, 1.0, 0.0], [0.6, 0.5, 0.4]], np.float32)]
    transitions = np.zeros((3, 3), np.float32)
    assert best_labels(scores, [[False, False]], transitions) == best_labels(scores, [[False, False]]) == [[1, 0]]
    transitions[1, 2] = 0.5
    assert best_labels(scores, [[False, False]], transitions) == [[1, 2]]
    transitions[1, 2] = -50.0
    assert best_labels(scores, [[False, True]], transitions) == [[1, 2]]
