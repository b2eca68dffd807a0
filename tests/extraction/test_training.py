"""Training: labels and windows keep offsets, scores tell errors apart, and a few steps learn something."""

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from graphkit.extraction.tagger import PACKAGED
from graphkit.extraction.tagger_model import TaggerModel, read_settings
from graphkit.extraction.tagger_pieces import Pieces
from graphkit.extraction.training import calibration, scoring
from graphkit.extraction.training.__main__ import main
from graphkit.extraction.training.labelled import (
    UNLABELLED,
    GoldAttribution,
    LabelledText,
    Link,
    draw_windows,
    label_pieces,
)

SPEAKERS = ("Mara Lind", "The harbour board", "Officials", "Tomas Oreb", "A spokeswoman for Velta Rail")
CUES = ("said", "claimed", "warned", "told reporters", "announced")
CLAIMS = (
    "the ferry would stay in port until Friday",
    "that the bridge needs new cables",
    "two villages had lost power overnight",
    "the council will vote again in spring",
    "that no money is missing",
    "fares could rise by a tenth",
)


def written_sentences(n: int = 30) -> list[LabelledText]:
    """Self-written sentences with one attribution each, every name invented."""
    rng = random.Random(7)
    texts = []
    for number in range(n):
        source, cue, content = rng.choice(SPEAKERS), rng.choice(CUES), rng.choice(CLAIMS)
        text = f"{source} {cue} {content}. The weather was mild."
        begin = len(source) + 1
        after = begin + len(cue) + 1
        gold = GoldAttribution(((0, len(source)),), ((begin, after - 1),), ((after, after + len(content)),))
        entities = ((0, len(source), "PER"),) if source in {"Mara Lind", "Tomas Oreb"} else ()
        texts.append(LabelledText(f"written-{number}", text, (gold,), entities))
    return texts


@pytest.fixture(scope="session")
def small_tokenizer() -> Any:
    """A word-piece tokenizer whose words are those of the written sentences."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    words = sorted({word for labelled in written_sentences() for word in labelled.text.lower().replace(".", " .").split()})
    vocabulary = {f"[unused{number}]": number for number in range(104)} | {"[UNK]": 100}
    vocabulary = {name: number for name, number in vocabulary.items() if name != "[unused100]"}
    for word in [*words, *"abcdefghijklmnopqrstuvwxyz", *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")]:
        vocabulary.setdefault(word, max(vocabulary.values()) + 1)
    tokenizer = Tokenizer(models.WordPiece(vocab=vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


# --- labels and windows --------------------------------------------------------------------------------------------------


def test_labels_and_links_stand_on_the_right_words(small_tokenizer: Any) -> None:
    text = "Officials warned fares could rise by a tenth."
    gold = GoldAttribution(((0, 9),), ((10, 16),), ((17, 44),))
    labelled = label_pieces(small_tokenizer, LabelledText("t", text, (gold,), ()))
    assert labelled.attribution == [1, 3, 5, 6, 6, 6, 6, 6, 0]
    assert labelled.links == [Link((1, 2), (0, 1), ((2, 8),))]


def test_only_annotated_stretches_count(small_tokenizer: Any) -> None:
    text = "Officials warned fares. Officials said fares."
    gold = GoldAttribution(((0, 9),), ((10, 16),), ((17, 22),))
    labelled = label_pieces(small_tokenizer, LabelledText("t", text, (gold,), None, complete=((0, 23),)))
    assert labelled.attribution == [1, 3, 5, 0, *[UNLABELLED] * 4]


def test_a_machine_made_entity_over_a_source_edge_is_forgotten(small_tokenizer: Any) -> None:
    text = "Mara Lind said fares."
    gold = GoldAttribution(((5, 9),), ((10, 14),), ((15, 20),))
    labelled = label_pieces(small_tokenizer, LabelledText("t", text, (gold,), ((0, 9, "PER"),)))
    assert labelled.entities == [UNLABELLED, UNLABELLED, 0, 0, 0]


def test_windows_never_cut_a_span(small_tokenizer: Any) -> None:
    sentences = written_sentences(12)
    text, attributions, shift = "", [], 0
    for labelled in sentences:
        for a in labelled.attributions or ():
            move = [tuple((b + shift, e + shift) for b, e in role) for role in (a.source, a.cue, a.content)]
            attributions.append(GoldAttribution(*move))
        text += labelled.text + " "
        shift = len(text)
    pieces = label_pieces(small_tokenizer, LabelledText("t", text, tuple(attributions), None))
    for room in (20, 33, 80):
        windows = list(draw_windows(pieces, room))
        assert windows
        for window in windows:
            assert len(window) <= room
            assert window.attribution is not None
            assert window.attribution[0] % 2 == 1 or window.attribution[0] == 0
            for link in window.links:
                assert 0 <= link.cue[0] < link.cue[1] <= len(window)


def test_pieces_that_cover_characters() -> None:
    pieces = Pieces(ids=[1, 2, 3], begins=[0, 4, 9], ends=[3, 8, 12])
    assert pieces.covering(3, 4) is None
    assert pieces.covering(2, 10) == (0, 3)
    assert pieces.covering(8, 20) == (2, 3)


# --- scoring -------------------------------------------------------------------------------------------------------------


def test_scores_tell_the_wrong_speaker_from_the_missed_claim() -> None:
    text = "Mara said it rained. Officials warned of floods."
    gold = [GoldAttribution(((0, 4),), ((5, 9),), ((10, 19),)), GoldAttribution(((21, 30),), ((31, 37),), ((38, 47),))]
    found = [gold[0], GoldAttribution(((0, 4),), ((31, 37),), ((41, 48),)), GoldAttribution((), (), ((5, 6),))]
    assert scoring.match_claims(text, found, gold) == [True, False, None]
    scores = scoring.Scores()
    scoring.score_document(scores, text, found, gold)
    assert scores.claim.row() == {"P": 66.7, "R": 100.0, "F1": 80.0}
    assert scores.claim_and_speaker.row() == {"P": 33.3, "R": 50.0, "F1": 40.0}
    assert scores.rows()["cue exact"]["F1"] == 100.0


def test_a_colon_as_cue_stays_and_an_empty_document_scores_nothing() -> None:
    assert scoring.bare("Mara: yes", (4, 5)) == (4, 5)
    assert scoring.bare("“yes,” she", (0, 6)) == (1, 4)
    assert scoring.Scores().claim.f1() == 0.0


# --- calibration ---------------------------------------------------------------------------------------------------------


def test_confidence_without_examples_is_one_half_and_no_crash() -> None:
    assert calibration.fit_logistic([], []) == (0.0, 0.0, 0.0)


def test_confidence_follows_the_examples() -> None:
    features = [(1.0, sign * 2.0, 0.0) for sign in (1, -1) for _ in range(40)]
    constant, least, links = calibration.fit_logistic(features, [feature[1] > 0 for feature in features])
    assert least > 1.0
    assert abs(constant) < 0.1
    assert links == 0.0


def test_a_model_that_finds_nothing_is_still_tuned(small_tokenizer: Any) -> None:
    class Silent:
        """A network that is sure of O everywhere."""

        def run(self, _names: None, feed: dict[str, Any]) -> list[Any]:
            shape = feed["ids"].shape
            tags, entities = (np.zeros((*shape, n), np.float32) for n in (7, 9))
            tags[..., 0] = entities[..., 0] = 9.0
            return [tags, entities, *(np.zeros((*shape, 128), np.float32) for _ in range(2))]

    settings = read_settings(PACKAGED / "settings.json")
    tuned = calibration.calibrate(TaggerModel(Silent(), small_tokenizer, settings, "0" * 64), written_sentences(3))
    assert tuned.confidence_weights == (0.0, 0.0, 0.0)


# --- the options of the command ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["polnear", "=2", "polnear=-1", "polnear=inf", "polnear=nan", "polnear=two"])
def test_times_that_are_no_number_are_refused(given: str, tmp_path: Path) -> None:
    arguments = ["--corpora", str(tmp_path), "--base", str(tmp_path), "--out", str(tmp_path / "out"), "--times", given]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "is not NAME=N" in result.output


def test_times_of_an_unknown_corpus_are_refused(tmp_path: Path) -> None:
    arguments = ["--corpora", str(tmp_path), "--base", str(tmp_path), "--out", str(tmp_path / "out"), "--times", "nothing=2"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 3
    assert "no corpus 'nothing'" in result.output


# --- torch ---------------------------------------------------------------------------------------------------------------


def small_network() -> Any:
    """A network of the real architecture, small enough for a test, with random weights."""
    torch = pytest.importorskip("torch", reason="training needs torch (extra train)")
    from graphkit.extraction.training.encoder import Encoder
    from graphkit.extraction.training.network import TaggerNetwork

    torch.manual_seed(3)
    config = {
        "hidden_size": 48,
        "intermediate_size": 96,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "layer_norm_eps": 1e-12,
        "vocab_size": 400,
        "max_position_embeddings": 200,
        "type_vocab_size": 2,
    }
    return TaggerNetwork(Encoder(config))


def train_small(tokenizer: Any, steps: int) -> tuple[Any, list[float]]:
    from graphkit.extraction.training.loop import Share, TrainingOptions, settle, train

    settle(5)
    network = small_network()
    shares = [Share([label_pieces(tokenizer, labelled) for labelled in written_sentences()])]
    options = TrainingOptions(
        epochs=steps, warm_up_steps=3, batch_pieces=600, encoder_rate=3e-3, head_rate=1e-2, max_steps=steps
    )
    losses: list[float] = []
    network.load_state_dict(train(network, shares, options, lambda _step, _n, loss, _average: losses.append(loss)))
    return network, losses


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_twenty_steps_make_the_loss_fall_and_repeat_to_the_bit(small_tokenizer: Any) -> None:
    torch = pytest.importorskip("torch", reason="training needs torch (extra train)")
    network, losses = train_small(small_tokenizer, 20)
    assert len(losses) == 20
    assert sum(losses[-4:]) < 0.6 * sum(losses[:4])
    again, same = train_small(small_tokenizer, 20)
    assert same == losses
    assert all(torch.equal(a, b) for a, b in zip(network.state_dict().values(), again.state_dict().values(), strict=True))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_export_equals_torch_and_can_be_tagged_with(small_tokenizer: Any, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs torch (extra train)")
    pytest.importorskip("onnx", reason="the export needs onnx (extra train)")
    from graphkit.extraction.tagger import Tagger
    from graphkit.extraction.training.artefact import Tuned, write_model
    from graphkit.extraction.training.calibration import calibrate, score
    from graphkit.extraction.training.export import export_float

    network, _ = train_small(small_tokenizer, 60)
    assert export_float(network, tmp_path / "plain.onnx") < 1e-4
    base = tmp_path / "base"
    base.mkdir()
    small_tokenizer.save(str(base / "tokenizer.json"))
    write_model(network, base, tmp_path / "out", tuned=Tuned(), version="test")
    assert b"SkipLayerNormalization" not in (tmp_path / "out" / "tagger.int8.onnx").read_bytes()
    tagger = Tagger.load(tmp_path / "out")
    documents = written_sentences(6)
    scores = score(tagger.model, documents)
    assert scores.roles["cue"].f1() > 0.8
    settings = calibrate(tagger.model, documents)
    assert 0.7 <= settings.attribution_temperature <= 2.4


@pytest.mark.slow
def test_both_ways_of_attention_agree() -> None:
    torch = pytest.importorskip("torch", reason="training needs torch (extra train)")
    network = small_network()
    ids = torch.arange(20).reshape(2, 10) + 104
    mask = torch.ones_like(ids)
    mask[1, 6:] = 0
    extra = torch.zeros(2, 10, 48)
    with torch.no_grad():
        packed = network.encoder.train()(ids, extra, mask)
        plain = network.encoder.eval()(ids, extra, mask)
    assert torch.allclose(packed[0], plain[0], atol=1e-5)
    assert torch.allclose(packed[1, :6], plain[1, :6], atol=1e-5)
