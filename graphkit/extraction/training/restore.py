"""Start from what an earlier run wrote: the averaged weights of a checkpoint, or a model folder, whose int8 weights are scaled back.

Several starts are averaged, weight by weight: runs that left the same start stay near enough for their mean to be better than each.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from graphkit.errors import InputError
from graphkit.extraction.tagger_model import NETWORK, SETTINGS
from graphkit.extraction.training.network import TRANSITION_SCALE, TaggerNetwork

HINT = "give --from a file that --checkpoints wrote, or a model folder"
DENSE = ("attention.output.dense", "intermediate.dense", "output.dense")
"""The quantised products of a layer, in the order of the graph."""
HEADS = ("attribution", "entity", "query", "key")


def start_from(network: TaggerNetwork, places: Sequence[Path]) -> None:
    """Put the mean of the weights at ``places`` into ``network``, in place; what they do not hold stays as it is.

    Raises:
        InputError: One is not a checkpoint or a model of this network.
    """
    own = network.state_dict()
    states = [_read(place) for place in places]
    for place, state in zip(places, states, strict=True):
        if not state or any(name not in own or value.shape != own[name].shape for name, value in state.items()):
            raise InputError(f"{place}: the weights are not of this network", hint=HINT)
        if state.keys() != states[0].keys():
            raise InputError(f"{place}: holds other weights than {places[0]}", hint=HINT)
    if states:
        mean = {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}
        network.load_state_dict({**own, **mean})


def _read(place: Path) -> dict[str, Any]:
    try:
        if place.is_dir():
            return {**read_int8(place / NETWORK), **_read_links(place / SETTINGS)}
        state: dict[str, Any] = torch.load(place, weights_only=True)
    except InputError:
        raise
    except Exception as error:  # torch and onnx raise exceptions of many kinds on a damaged file
        raise InputError(f"{place}: not readable as weights: {error}", hint=HINT) from error
    return state


def read_int8(path: Path) -> dict[str, Any]:
    """Return the float weights that an exported int8 network stands for, but for the frozen word table."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}

    def floats(name: str) -> Any:
        rows = held[f"{name}_quantized"].astype(np.float32) - held[f"{name}_zero_point"].astype(np.float32)
        return torch.from_numpy(rows * held[f"{name}_scale"])

    trained = {name: torch.from_numpy(value.copy()) for name, value in held.items() if name.endswith((".weight", ".bias"))}
    segment = next(node for node in graph.node if node.name == "/encoder/embeddings/Add_1").input[1]
    trained["encoder.embeddings.token_type_embeddings.weight"] = torch.from_numpy(np.stack([held[segment]] * 2))
    products = [node.input[1].removesuffix("_quantized") for node in graph.node if node.op_type == "MatMulInteger"]
    n_layers = (len(products) - len(HEADS)) // len(DENSE)
    names = [f"encoder.encoder.layer.{layer}.{dense}" for layer in range(n_layers) for dense in DENSE]
    for name, product in zip([*names, *HEADS], products, strict=True):
        trained[f"{name}.weight"] = floats(product).T.contiguous()
    for layer in range(n_layers):
        weights = floats(f"Attention_{layer}_qkv_weight").T.chunk(3)
        biases = torch.from_numpy(held[f"Attention_{layer}_qkv_bias"].copy()).chunk(3)
        for role, weight, bias in zip(("query", "key", "value"), weights, biases, strict=True):
            trained[f"encoder.encoder.layer.{layer}.attention.self.{role}.weight"] = weight.contiguous()
            trained[f"encoder.encoder.layer.{layer}.attention.self.{role}.bias"] = bias.contiguous()
    return trained


def _read_links(path: Path) -> dict[str, Any]:
    row = json.loads(path.read_text(encoding="utf-8"))
    links, n_labels = row["links"], len(row["attribution_labels"])
    # Models of version 0.1.0 had no transitions, which is the same as none learnt.
    transitions = row.get("transitions", [[0.0] * n_labels] * n_labels)
    return {
        "no_source": torch.tensor([links["no_source"]]),
        "source_gaps": torch.tensor(links["source_gaps"]),
        "content_gaps": torch.tensor(links["content_gaps"]),
        "transitions": torch.tensor(transitions) / TRANSITION_SCALE,
    }
