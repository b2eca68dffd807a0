"""How fast articles are annotated: `python tests/benchmarks/bench_extraction.py [SHARED_DATA]`.

Prints words per CPU second of the rules, of the packaged model (tagging alone, and the whole annotation), and of the same network
in float32 torch where torch is installed (its weights are random there: speed does not depend on them); then memory, and the CPU time
of one article from a cold start, each measured in a process of its own.  One thread.  Nothing is asserted.
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

HERE = Path(__file__).resolve()
GOLD = HERE.parents[1] / "golden" / "sentences.jsonl"
ROUNDS = 3
MOST_ARTICLES = 60


def read_texts(arguments: Sequence[str]) -> list[str]:
    """Return news texts of the shared folder, or the project's own labelled sentences where there is none."""
    from graphkit.extraction.evaluation import read_rows

    beside = HERE.parents[2].parent / "shared" / "data"
    folder = Path(arguments[0] if arguments else os.environ.get("GRAPHKIT_SHARED_DATA", beside)) / "articles" / "text"
    if folder.is_dir():
        return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))[:MOST_ARTICLES]]
    return [row["text"] for row in read_rows(GOLD, "attribution")]


def words_a_second(run: Callable[[str], object], texts: Sequence[str]) -> tuple[float, float]:
    """Return the median over the rounds of words per CPU second, and the best round's."""
    n_words = sum(len(text.split()) for text in texts)
    found = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for text in texts:
            run(text)
        found.append(n_words / (time.process_time() - started))
    return statistics.median(found), max(found)


def float_runner() -> Callable[[str], object] | None:
    """Return the network in float32 torch, run on the windows that the packaged model reads; None where torch is not installed."""
    try:
        import torch
    except ImportError:
        return None
    from graphkit.extraction.registry import extractor
    from graphkit.extraction.tagger_pieces import cut_windows, encode, text_blocks
    from graphkit.extraction.training.encoder import Encoder
    from graphkit.extraction.training.network import TaggerNetwork

    torch.set_num_threads(1)
    # the sizes of all-MiniLM-L6-v2
    shape = {"vocab_size": 30522, "hidden_size": 384, "max_position_embeddings": 512, "num_hidden_layers": 6,
             "num_attention_heads": 12, "intermediate_size": 1536, "layer_norm_eps": 1e-12, "type_vocab_size": 2}  # fmt: skip
    network = TaggerNetwork(Encoder(shape)).eval()
    model = extractor("model").model

    def run(text: str) -> None:
        with torch.inference_mode():
            for begin, end in text_blocks(text):
                pieces = encode(model.tokenizer, text, begin, end)
                for first, after in cut_windows(pieces, text) if len(pieces) else ():
                    ids = torch.tensor([[101, *pieces.ids[first:after], 102]])
                    shapes = torch.tensor([[0, *pieces.shapes[first:after], 0]])
                    network(ids, shapes, torch.ones_like(ids))

    return run


def measure_speed(texts: Sequence[str]) -> None:
    """Print the table of speeds."""
    from graphkit.extraction import extract
    from graphkit.extraction.registry import extractor
    from graphkit.model import Article

    rules, model = extractor("rules"), extractor("model")
    runners: dict[str, Callable[[str], object] | None] = {
        "rules, whole annotation": lambda text: extract(Article(text=text, title=""), rules),
        "model, outermost level only": lambda text: model.tag(text, deepest=1),
        "model, with nesting": model.tag,
        "model, whole annotation": lambda text: extract(Article(text=text, title=""), model),
        "network in float32 torch, outermost, no decoding": float_runner(),
    }
    print(
        f"{len(texts)} texts, {sum(len(text.split()) for text in texts)} words; words per CPU second (median, best of {ROUNDS})"
    )
    speeds = {}
    for name, run in runners.items():
        if run is None:
            print(f"  {name:52} torch is not installed")
            continue
        run(texts[0])
        speeds[name] = words_a_second(run, texts)
        print(f"  {name:52} {speeds[name][0]:10,.0f} {speeds[name][1]:10,.0f}")
    whole = speeds["model, whole annotation"][0]
    print(f"  whole annotation, model to rules: {whole / speeds['rules, whole annotation'][0]:.3f}")
    floats = speeds.get("network in float32 torch, outermost, no decoding")
    if floats:
        print(
            f"  int8 with decoding to float32 torch without, outermost: {speeds['model, outermost level only'][0] / floats[0]:.2f}"
        )


def measure_process(name: str, texts: Sequence[str]) -> None:
    """Annotate in this fresh process; print its CPU time since its start and its peak memory."""
    from graphkit.extraction import extract
    from graphkit.model import Article

    for text in texts:
        extract(Article(text=text, title=""), name)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(f"  {name:6} {len(texts):4} texts: CPU {usage.ru_utime + usage.ru_stime:6.2f} s, memory {peak_memory():5.0f} MiB")


def peak_memory() -> float:
    """Return this process's largest resident memory in MiB; ``getrusage`` alone would count what its parent held before it began."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> None:
    """Print all tables."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--process"]:
        _, name, number, *rest = arguments
        measure_process(name, read_texts(rest)[: int(number)])
        return
    measure_speed(read_texts(arguments))
    print("each in a process of its own, from its start")
    for name in ("rules", "model"):
        for number in ("0", "1", str(MOST_ARTICLES)):
            subprocess.run([sys.executable, str(HERE), "--process", name, number, *arguments], check=True)


if __name__ == "__main__":
    main()
