"""Write the network as ONNX: exact in float32, then fused, then with int8 weights per output channel.

Linear layers are quantised dynamically (activations at run time).  The word table is int8 too, with a scale per word: one scale
for all of it, which is what the library gives, is six times too coarse for the median word and costs four tenths of a point.  What
the graph does not hold (link biases, temperatures, thresholds) goes to ``settings.json``.
"""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
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
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder, "plain.onnx"), Path(folder, "fused.onnx")
        difference = export_float(network, plain)
        n_heads = network.encoder.encoder["layer"][0].attention["self"].n_heads
        options = FusionOptions("bert")
        # On a CPU the fused sum and norm takes five times as long as the two apart.
        options.enable_skip_layer_norm = options.enable_bias_skip_layer_norm = False
        optimised = optimizer.optimize_model(
            str(plain),
            "bert",
            num_heads=n_heads,
            hidden_size=network.encoder.size,
            opt_level=0,
            optimization_options=options,
        )
        optimised.save_model_to_file(str(fused))
        graph = onnx.load(str(fused))
        quantize_table(graph, "encoder.embeddings.word_embeddings.weight")
        onnx.save(graph, str(fused))
        quantize_dynamic(
            str(fused),
            str(path),
            weight_type=QuantType.QInt8,
            per_channel=True,
            nodes_to_exclude=[node.name for node in graph.graph.node if node.op_type == "Gather"],
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    return difference


def quantize_table(model: Any, name: str) -> None:
    """Replace the look-up in the table ``name`` by one in int8 rows and one in their scales."""
    from onnx import TensorProto, helper, numpy_helper

    graph = model.graph
    table = next(tensor for tensor in graph.initializer if tensor.name == name)
    look_up = next(node for node in graph.node if node.op_type == "Gather" and node.input[0] == name)
    place = list(graph.node).index(look_up)
    ids, wanted = look_up.input[1], look_up.output[0]
    rows, scales = quantize_rows(numpy_helper.to_array(table))
    graph.initializer.remove(table)
    graph.node.remove(look_up)
    graph.initializer.extend([numpy_helper.from_array(rows, "words.rows"), numpy_helper.from_array(scales, "words.scales")])
    nodes = [
        helper.make_node("Gather", ["words.rows", ids], ["words.row"], name="words/row"),
        helper.make_node("Cast", ["words.row"], ["words.float"], name="words/cast", to=TensorProto.FLOAT),
        helper.make_node("Gather", ["words.scales", ids], ["words.scale"], name="words/scale"),
        helper.make_node("Mul", ["words.float", "words.scale"], [wanted], name="words/product"),
    ]
    for shift, node in enumerate(nodes):
        graph.node.insert(place + shift, node)


def quantize_rows(table: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Return int8 rows and the float scale of each (rows × 1), so that rows times scales is nearly ``table``."""
    scales = np.maximum(np.abs(table).max(1, keepdims=True), np.float32(1e-12)) / np.float32(127)
    return np.round(table / scales).astype(np.int8), scales.astype(np.float32)
