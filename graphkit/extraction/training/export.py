"""Write the network as ONNX: exact in float32, then fused, then with int8 weights per output channel.

Linear layers are quantised dynamically (activations at run time); the word table is int8 as well.  What the graph does not hold
(link biases, temperatures, thresholds) goes to ``settings.json``.
"""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch

from graphkit.errors import InputError
from graphkit.extraction.tagger_labels import N_SHAPES
from graphkit.extraction.training.network import TaggerNetwork

INPUTS = ("ids", "shapes", "mask")
OUTPUTS = ("attribution", "entity", "query", "key")
TOLERANCE = 1e-3
"""Largest difference between torch and float32 ONNX that is let through; seen: about 5e-6 to 2e-5."""
OPSET = 17


def export_float(network: TaggerNetwork, path: Path) -> float:
    """Write float32 ONNX and return its largest difference from torch on random wordpieces.

    Raises:
        InputError: The two differ by more than ``TOLERANCE``.
    """
    import onnxruntime

    network.eval()
    n_words = network.encoder.embeddings.word_embeddings.num_embeddings
    ids = torch.randint(0, n_words, (2, 24), generator=torch.Generator().manual_seed(0))
    mask = torch.ones_like(ids)
    mask[1, 18:] = 0
    example = (ids, ids % N_SHAPES, mask)
    _export(network, example, path)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    exported = session.run(None, {name: value.numpy() for name, value in zip(INPUTS, example, strict=True)})
    with torch.no_grad():
        wanted = network(*example)
    kept = mask.bool().numpy()
    difference = max(float(np.abs(e - t.numpy())[kept].max()) for e, t in zip(exported, wanted, strict=True))
    if difference > TOLERANCE:
        raise InputError(f"the exported network differs from torch by {difference:.2g}", hint="try another torch release")
    return difference


def _export(network: TaggerNetwork, example: tuple[Any, Any, Any], path: Path) -> None:
    torch.onnx.export(
        network,
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes={name: {0: "batch", 1: "length"} for name in (*INPUTS, *OUTPUTS)},
        opset_version=OPSET,
        dynamo=False,
    )


def export_int8(network: TaggerNetwork, path: Path) -> float:
    """Write int8 ONNX to ``path`` and return what ``export_float`` returns for the step before."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer

    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder, "plain.onnx"), Path(folder, "fused.onnx")
        difference = export_float(network, plain)
        n_heads = network.encoder.encoder["layer"][0].attention["self"].n_heads
        graph = optimizer.optimize_model(str(plain), "bert", num_heads=n_heads, hidden_size=network.encoder.size, opt_level=0)
        graph.save_model_to_file(str(fused))
        quantize_dynamic(
            str(fused), str(path), weight_type=QuantType.QInt8, per_channel=True, extra_options={"DefaultTensorType": 1}
        )
    return difference
