"""The corpora of training: refused when they are not the pinned ones, and read with their offsets."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from graphkit.errors import InputError
from graphkit.extraction.training import columns, gum, manifest
from graphkit.extraction.training.__main__ import main
from graphkit.extraction.training.labelled import GoldAttribution
from graphkit.extraction.training.polnear import join_segments, read_polnear

# --- the manifest ------------------------------------------------------------------------------------------------------


def test_every_corpus_states_origin_licence_and_checksum() -> None:
    for corpus in manifest.read_manifest().values():
        assert corpus.origin
        assert corpus.licence
        assert len(corpus.sha256) == 64
        assert corpus.n_files > 0


def test_the_news_genre_and_test_splits_are_in_no_pattern() -> None:
    patterns = [pattern for corpus in manifest.read_manifest().values() for pattern in corpus.patterns]
    assert not [pattern for pattern in patterns if "news" in pattern or "test" in pattern]


def test_a_changed_corpus_is_refused_with_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("first", encoding="utf-8")
    digest = manifest.digest([tmp_path / "a.txt"], tmp_path)
    corpus = manifest.Corpus("small", ("*.txt",), 1, digest, "nowhere", "CC0", "test")
    monkeypatch.setattr(manifest, "read_manifest", lambda: {"small": corpus})
    assert manifest.checked_paths("small", tmp_path) == [tmp_path / "a.txt"]
    (tmp_path / "a.txt").write_text("other", encoding="utf-8")
    with pytest.raises(InputError, match=r"corpus 'small' has sha256 .*, the manifest says") as caught:
        manifest.checked_paths("small", tmp_path)
    assert "\n" not in caught.value.message
    assert "--without small" in str(caught.value.hint)
    (tmp_path / "b.txt").touch()
    with pytest.raises(InputError, match="has 2 files, the manifest lists 1"):
        manifest.checked_paths("small", tmp_path)


def test_the_command_refuses_a_missing_base_with_exit_code_three(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--corpora", str(tmp_path), "--base", str(tmp_path), "--out", str(tmp_path / "out")])
    assert result.exit_code == 3
    assert "corpus 'base' has 0 files" in result.output
    assert not (tmp_path / "out").exists()


def test_the_command_refuses_an_unknown_corpus(tmp_path: Path) -> None:
    arguments = ["--corpora", str(tmp_path), "--base", str(tmp_path), "--out", str(tmp_path / "out"), "--without", "nothing"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 3
    assert "no corpus 'nothing'" in result.output


# --- the readers -------------------------------------------------------------------------------------------------------


def test_segments_that_only_white_space_separates_are_one() -> None:
    assert join_segments("said  so, he", [(6, 8), (0, 4), (10, 12)]) == ((0, 8), (10, 12))


def test_polnear_is_read_with_roles_and_each_text_once(tmp_path: Path) -> None:
    text = "Mara Lind said it rained."
    attribution = {"source": [[[0, 4], [5, 9]]], "cue": [[[10, 14]]], "content": [[[15, 24]]]}
    row = json.dumps({"name": "n", "text": text, "attrs": [attribution], "silver_entities": [[0, 9, "PER"]]})
    (tmp_path / "dev.jsonl").write_text(f"{row}\n{row}\n", encoding="utf-8")
    (read,) = read_polnear(tmp_path / "dev.jsonl")
    assert read.attributions == (GoldAttribution(((0, 9),), ((10, 14),), ((15, 24),)),)
    assert read.entities == ((0, 9, "PER"),)


def test_columns_become_text_with_entities_in_place(tmp_path: Path) -> None:
    path = tmp_path / "small.conll"
    path.write_text("Velta B-ORG\nRail I-ORG\nruns O\n, O\nMara B-PER\nsays O\n. O\n\nYes O\n", encoding="utf-8")
    (read,) = columns.read_columns(path, columns.LAYOUTS["btc"])
    assert read.text == "Velta Rail runs, Mara says.\nYes"
    assert [(read.text[a:b], kind) for a, b, kind in read.entities or ()] == [("Velta Rail", "ORG"), ("Mara", "PER")]
    assert not read.has_misc


def test_unknown_types_are_no_entities_and_neighbours_stay_apart() -> None:
    assert columns.tag_spans(["B-PER", "B-PER", "I-PER", "O", "B-food", "I-LOC"]) == [
        (0, 1, "PER"),
        (1, 3, "PER"),
        (5, 6, "LOC"),
    ]


@given(st.lists(st.text(alphabet="ab.,'($", min_size=1, max_size=4), min_size=1, max_size=12))
def test_joined_words_are_where_they_are_said_to_be(words: list[str]) -> None:
    text, spans = columns.join_words(words)
    assert [text[begin:end] for begin, end in spans] == words


@pytest.fixture
def small_tree(tmp_path: Path) -> Path:
    """A tree of one sentence: "Mara Lind said , the lock is old ." in two units, and its dependencies."""
    words = [
        ("Mara", 3, "nsubj"),
        ("Lind", 1, "flat"),
        ("said", 0, "root"),
        (",", 3, "punct"),
        ("the", 6, "det"),
        ("lock", 8, "nsubj"),
        ("is", 8, "cop"),
        ("old", 3, "ccomp"),
        (".", 3, "punct"),
    ]
    rows = ["# newpar", "# sent_id = 1"]
    for number, (word, head, relation) in enumerate(words, 1):
        glue = "SpaceAfter=No" if word in {"said", "old"} else "_"
        rows.append("\t".join((str(number), word, word, "X", "X", "_", str(head), relation, "_", glue)))
    (tmp_path / "dep").mkdir()
    (tmp_path / "rst").mkdir()
    (tmp_path / "dep" / "small.conllu").write_text("\n".join(rows) + "\n", encoding="utf-8")
    tree = tmp_path / "rst" / "small.rsd"
    units = [
        "1\tMara Lind said ,\t0\t_\t_\thead_id=3\t2\tattribution-positive_r\t_\t_",
        "2\tthe lock is old .\t0\t_\t_\thead_id=8\t0\tROOT\t_\t_",
    ]
    tree.write_text("\n".join(units) + "\n", encoding="utf-8")
    return tree


def test_a_rhetorical_tree_gives_source_cue_and_content(small_tree: Path) -> None:
    (read,) = gum.read_gum(small_tree)
    assert read.text.strip() == "Mara Lind said, the lock is old."
    (found,) = read.attributions or ()
    assert [read.text[a:b] for a, b in (*found.source, *found.cue, *found.content)] == ["Mara Lind", "said", "the lock is old"]
    assert read.complete == ((0, 32),)


def test_first_persons_of_a_tree_are_left_out(small_tree: Path) -> None:
    for path in (small_tree, small_tree.parent.parent / "dep" / "small.conllu"):
        path.write_text(path.read_text(encoding="utf-8").replace("Mara", "I"), encoding="utf-8")
    words = small_tree.parent.parent / "dep" / "small.conllu"
    words.write_text(
        words.read_text(encoding="utf-8").replace("2\tLind\tLind\tX\tX\t_\t1", "2\tLind\tLind\tX\tX\t_\t3"), encoding="utf-8"
    )
    assert list(gum.read_gum(small_tree)) == []
