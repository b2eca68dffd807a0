"""Load the shipped model: check every file against the manifest, then read network, tokenizer and settings.

onnxruntime and tokenizers are imported here, when a model is loaded, and nowhere else.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from graphkit.errors import DamagedPart
from graphkit.extraction.tagger_links import LinkBiases

Floats = npt.NDArray[np.float32]
NETWORK, TOKENIZER, SETTINGS, MANIFEST = "tagger.int8.onnx", "tokenizer.json", "settings.json", "manifest.json"
REQUIRED = (NETWORK, TOKENIZER, SETTINGS)
HINT = "install graphkit again, or train the model anew with python -m graphkit.extraction.training"


@dataclass(frozen=True, slots=True)
class TaggerSettings:
    """What decoding needs beside the network; every number was set on the development documents.

    ``label_biases`` are added to the attribution scores before decoding, one per label: they trade precision for recall.
    ``least_confidence`` is what an attribution needs to be given at all.
    """

    version: str
    first_id: int
    last_id: int
    links: LinkBiases
    label_biases: tuple[float, ...]
    attribution_temperature: float
    entity_temperature: float
    confidence_weights: tuple[float, float, float]
    least_confidence: float
    short_content_confidence: float
    nesting_words: frozenset[str]
    transitions: tuple[tuple[float, ...], ...]
    """Learnt scores of a step from one attribution label to the next between words."""


@dataclass(frozen=True, slots=True)
class TaggerModel:
    """A loaded model; ``digest`` is the sha256 of its network file."""

    session: Any
    tokenizer: Any
    settings: TaggerSettings
    digest: str

    def run(self, ids: Sequence[int], shapes: Sequence[int]) -> list[Floats]:
        """Return attribution scores, entity scores, queries and keys of one window, special pieces left out.

        One window a call: quantisation scales depend on all that goes through at once, so that only a window on its own gives
        the same result whatever else is read; and on a CPU it is no slower than a batch.
        """
        first, last = self.settings.first_id, self.settings.last_id
        feed = {
            "ids": np.array([[first, *ids, last]], np.int64),
            "shapes": np.array([[0, *shapes, 0]], np.int64),
            "mask": np.ones((1, len(ids) + 2), np.int64),
        }
        return [np.asarray(output[0, 1:-1], np.float32) for output in self.session.run(None, feed)]


def load_model(folder: Path, *, threads: int = 1) -> TaggerModel:
    """Check and load the model in ``folder``.

    Raises:
        DamagedPart: A file is missing, unreadable, or not what the manifest says.
    """
    digests = check_files(folder)
    settings = read_settings(folder / SETTINGS)
    try:
        session = _session(folder / NETWORK, threads)
        tokenizer = _tokenizer(folder / TOKENIZER)
    except Exception as error:  # the two libraries raise bare exceptions of their own
        raise DamagedPart(f"{folder}: the tagger cannot be loaded: {error}", hint=HINT) from error
    return TaggerModel(session, tokenizer, settings, digests[NETWORK])


def check_files(folder: Path) -> dict[str, str]:
    """Compare each file with its sha256 in the manifest and return the digests by name.

    Raises:
        DamagedPart: One is missing or differs.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        wanted = {str(name): str(row["sha256"]) for name, row in manifest["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedPart(f"{folder / MANIFEST}: not a readable manifest", hint=HINT) from error
    for name in REQUIRED:
        if name not in wanted:
            raise DamagedPart(f"{folder / MANIFEST}: does not list {name}", hint=HINT)
    for name, digest in wanted.items():
        if _sha256(folder / name) != digest:
            raise DamagedPart(f"{folder / name}: not the file the manifest describes", hint=HINT)
    return wanted


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def read_settings(path: Path) -> TaggerSettings:
    """Read ``settings.json``.

    Raises:
        DamagedPart: It is not what this version of the tagger reads.
    """
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        links = row["links"]
        return TaggerSettings(
            version=str(row["version"]),
            first_id=int(row["first_id"]),
            last_id=int(row["last_id"]),
            links=LinkBiases(
                float(links["no_source"]),
                tuple(map(float, links["source_gaps"])),
                tuple(map(float, links["content_gaps"])),
                float(links["temperature"]),
            ),
            label_biases=tuple(map(float, row["label_biases"])),
            attribution_temperature=float(row["attribution_temperature"]),
            entity_temperature=float(row["entity_temperature"]),
            confidence_weights=tuple(map(float, row["confidence_weights"])),  # type: ignore[arg-type]
            least_confidence=float(row["least_confidence"]),
            short_content_confidence=float(row["short_content_confidence"]),
            nesting_words=frozenset(row["nesting_words"]),
            transitions=tuple(tuple(map(float, scores)) for scores in row["transitions"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedPart(f"{path}: not settings of this tagger", hint=HINT) from error


def _session(path: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # The runtime would fuse each sum with the norm after it, to a step five times as slow on a CPU as the two apart.
    slower = ["SkipLayerNormFusion"]
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=slower)


def _tokenizer(path: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
