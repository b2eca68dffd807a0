"""Training in stages: the loss of label sequences, starting from earlier weights, and learning from teachers."""

import itertools
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.errors import InputError
from graphkit.extraction.training.labelled import UNLABELLED, draw_windows, label_pieces

sys.path.append(str(Path(__file__).parent))
from test_training import small_network, small_tokenizer, train_small, written_sentences

assert small_tokenizer
"""A fixture: used by its name."""


@pytest.mark.slow
@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_the_sequence_loss_is_that_of_all_paths(seed: int) -> None:
    """Against the sum over every path, on windows short enough to list them."""
    torch = pytest.importorskip("torch", reason="training needs torch (extra train)")
    from graphkit.extraction.training.batches import Batch
    from graphkit.extraction.training.sequence import FORBIDDEN, sequence_loss

    generator = torch.Generator().manual_seed(seed)
    scores, transitions = torch.randn(2, 6, 3, generator=generator), torch.randn(3, 3, generator=generator)
    lengths, continues = (4, 2), torch.randint(0, 2, (2, 6), generator=generator)
    labels, mask = torch.full((2, 6), UNLABELLED), torch.zeros(2, 6, dtype=torch.long)
    for row, length in enumerate(lengths):
        labels[row, 1 : length + 1] = torch.randint(0, 3, (length,), generator=generator)
        mask[row, : length + 2] = 1

    def step(row: int, place: int, before: int, after: int) -> Any:
        is_kept = (before, after) in {(0, 0), (1, 2), (2, 2)}
        if continues[row, place]:
            return torch.tensor(0.0 if is_kept else FORBIDDEN)
        return transitions[before, after] + (FORBIDDEN if after == 2 and before == 0 else 0.0)

    def path_score(row: int, path: Any) -> Any:
        places = range(1, len(path))
        return sum(scores[row, 1 + i, label] for i, label in enumerate(path)) + sum(
            step(row, 1 + i, path[i - 1], path[i]) for i in places
        )

    wanted = 0.0
    for row, length in enumerate(lengths):
        paths = [path_score(row, path) for path in itertools.product(range(3), repeat=length)]
        wanted += float(torch.logsumexp(torch.stack(paths), 0) - path_score(row, labels[row, 1 : length + 1].tolist()))
    batch = Batch(None, None, mask, labels, None, None, None, continues, None, None)
    assert float(sequence_loss(scores, batch, transitions)) == pytest.approx(wanted / sum(lengths), abs=1e-4)
    labels[:, 1] = UNLABELLED
    assert float(sequence_loss(scores, batch, transitions)) == 0.0


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_run_starts_from_checkpoints_their_mean_and_a_model_folder(small_tokenizer: Any, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="training needs torch (extra train)")
    pytest.importorskip("onnx", reason="the export needs onnx (extra train)")
    from graphkit.extraction.training.artefact import Tuned, write_model
    from graphkit.extraction.training.restore import start_from

    network, _ = train_small(small_tokenizer, 12)
    network.transitions.data[1, 3] = 0.25
    trained = {name: p.detach() for name, p in network.named_parameters() if p.requires_grad}
    torch.save(trained, tmp_path / "one.pt")
    torch.save({name: p + 0.5 for name, p in trained.items()}, tmp_path / "two.pt")
    fresh = small_network()
    start_from(fresh, [tmp_path / "one.pt", tmp_path / "two.pt"])
    assert torch.allclose(fresh.query.weight, network.query.weight + 0.25)

    (tmp_path / "base").mkdir()
    small_tokenizer.save(str(tmp_path / "base" / "tokenizer.json"))
    write_model(network, tmp_path / "base", tmp_path / "out", tuned=Tuned(), version="test")
    fresh = small_network()
    start_from(fresh, [tmp_path / "out"])
    restored = dict(fresh.named_parameters())
    segments = "encoder.embeddings.token_type_embeddings.weight"
    for name, wanted in trained.items():
        # The network has one segment; the other's vector is not exported.
        rows = slice(0, 1) if name == segments else slice(None)
        step = wanted.abs().max() / 127 if wanted.ndim > 1 else 1e-5
        assert (restored[name] - wanted)[rows].abs().max() <= step, name

    settings_file = tmp_path / "out" / "settings.json"
    row = json.loads(settings_file.read_text(encoding="utf-8"))
    del row["transitions"]
    settings_file.write_text(json.dumps(row), encoding="utf-8")
    start_from(fresh, [tmp_path / "out", tmp_path / "one.pt"])
    assert fresh.transitions[1, 3].item() == pytest.approx(0.125)

    (tmp_path / "broken.pt").write_bytes(b"nothing")
    torch.save({"other": torch.zeros(2)}, tmp_path / "other.pt")
    for name in ("broken.pt", "other.pt"):
        with pytest.raises(InputError, match=name):
            start_from(small_network(), [tmp_path / name])


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_teacher_gives_soft_labels_and_is_learnt_from(small_tokenizer: Any, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="training needs torch (extra train)")
    from graphkit.extraction.training.batches import collate
    from graphkit.extraction.training.loop import FIRST_ID, LAST_ID, Share
    from graphkit.extraction.training.losses import teacher_loss
    from graphkit.extraction.training.teacher import teach

    teacher, _ = train_small(small_tokenizer, 20)
    torch.save({name: p.detach() for name, p in teacher.named_parameters() if p.requires_grad}, tmp_path / "teacher.pt")
    texts = [label_pieces(small_tokenizer, labelled) for labelled in written_sentences(4)]
    fresh = small_network()
    before = fresh.attribution.weight.detach().clone()
    teach(fresh, [tmp_path / "teacher.pt"] * 2, [Share(texts)])
    assert torch.equal(fresh.attribution.weight, before)
    for text in texts:
        assert torch.allclose(text.soft.float().sum(1), torch.ones(len(text.pieces)), atol=0.01)
    windows = [window for text in texts for window in draw_windows(text, 190)]
    batch = collate(windows, FIRST_ID, LAST_ID)
    losses = []
    for network in (teacher.eval(), fresh.eval()):
        with torch.no_grad():
            losses.append(float(teacher_loss(network(batch.ids, batch.shapes, batch.mask)[0], batch)))
    assert losses[0] < losses[1]
