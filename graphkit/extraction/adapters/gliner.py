"""The extractor ``gliner``: named persons, organisations and places by a GLiNER model, attributions by graphkit's rules.

Zaratiana et al., GLiNER: Generalist Model for Named Entity Recognition using Bidirectional Transformer (NAACL 2024).
"""

import hashlib
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from graphkit.errors import DamagedPart, MissingExtra, NotFound
from graphkit.extraction.adapters import settings
from graphkit.extraction.adapters.chunks import text_chunks
from graphkit.extraction.attribution.rules import RuleExtractor
from graphkit.extraction.protocol import EntityLabel, RawMention, Tagged
from graphkit.model import ExtractorId

LABELS: dict[str, EntityLabel] = {"person": "PER", "organization": "ORG", "location": "LOC"}
"""What the model is asked for, in its own words, and what that is here."""
LONGEST_CHUNK = 1_200
"""Code points read at once: GLiNER models see 384 words and cut off the rest without a word."""
LEAST_SCORE = 0.5


class GlinerModel(Protocol):
    """What is used of a loaded GLiNER model."""

    def predict_entities(self, text: str, labels: list[str], *, threshold: float) -> list[dict[str, Any]]:
        """Return rows with ``start``, ``end`` (code points), ``label`` and ``score``."""
        ...


class GlinerExtractor:
    """Names by GLiNER, attributions by rules."""

    def __init__(self, model: GlinerModel, name: str, digest: str = "") -> None:
        self.model = model
        self.name = name
        self.digest = digest
        self.rules = RuleExtractor()

    @property
    def id(self) -> ExtractorId:
        """The adapter, and the model's name and digest."""
        return ExtractorId("gliner", "1", f"model={self.name};digest={self.digest};attributions=rules-{self.rules.id.version}")

    def tag(self, text: str) -> Tagged:
        """Return the model's names and the rules' attributions."""
        return Tagged(self.rules.tag(text).attributions, tuple(self._entities(text)))

    def _entities(self, text: str) -> list[RawMention]:
        found = []
        for chunk in text_chunks(text, LONGEST_CHUNK):
            for row in self.model.predict_entities(chunk.of(text), list(LABELS), threshold=LEAST_SCORE):
                label = LABELS.get(row["label"])
                begin, end = chunk.begin + row["start"], chunk.begin + row["end"]
                if label is not None and chunk.begin <= begin < end <= chunk.end:
                    found.append(RawMention(begin, end, label, round(min(1.0, float(row["score"])), 3)))
        return sorted(found, key=lambda mention: (mention.begin, mention.end))


def load() -> GlinerExtractor:
    """Load the model in the folder that ``GRAPHKIT_GLINER_MODEL`` names; nothing is downloaded.

    Raises:
        MissingExtra: The package ``gliner`` is not installed.
        NotAllowed: The variable is not set.
        NotFound: There is no such folder.
        DamagedPart: The folder holds no model that can be loaded.
    """
    folder = Path(settings.required(settings.GLINER_MODEL, "the folder of a GLiNER model"))
    if not folder.is_dir():
        raise NotFound(f"{folder}: no folder of that name", hint="save a GLiNER model there; graphkit downloads none")
    try:
        gliner = import_module("gliner")
    except ImportError as error:
        raise MissingExtra("GLiNER is not installed", hint="pip install 'graphkit-credibility[gliner]'") from error
    try:
        model = gliner.GLiNER.from_pretrained(str(folder), local_files_only=True)
    except Exception as error:  # the loader passes on whatever its own libraries raise
        raise DamagedPart(f"{folder}: no GLiNER model can be loaded from it ({type(error).__name__})") from error
    return GlinerExtractor(model, folder.name, _digest(folder))


def _digest(folder: Path) -> str:
    """Return a short digest of the files of a model."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:16]
