"""The MiniLM encoder in plain torch, loaded from the published ``model.safetensors``.

Written out because a CPU run is paced by it: attention in bfloat16 throughout and one product for queries, keys and values make an
epoch a third shorter than the general-purpose implementation, and the exported graph stays in our hands.  Parameter names follow
the published file.
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from graphkit.errors import InputError

MASKED = -1e4
"""Added to the scores of padding: far below any real score and still a bfloat16."""


class SelfAttention(nn.Module):  # type: ignore[misc, unused-ignore]
    """Multi-head attention of a layer, projections only."""

    def __init__(self, size: int, n_heads: int) -> None:
        super().__init__()
        self.n_heads = n_heads
        self.query, self.key, self.value = (nn.Linear(size, size) for _ in range(3))

    def forward(self, hidden: Any, bias: Any) -> Any:
        """Return the attended values before the output projection; batch × length × size."""
        return self._packed(hidden, bias) if self.training else self._plain(hidden, bias)

    def _packed(self, hidden: Any, bias: Any) -> Any:
        layers = (self.query, self.key, self.value)
        weight = torch.cat([layer.weight for layer in layers])
        packed = functional.linear(hidden, weight, torch.cat([layer.bias for layer in layers]))
        batch, length, _ = hidden.shape
        query, key, value = packed.view(batch, length, 3, self.n_heads, -1).permute(2, 0, 3, 1, 4)
        # Scaling the queries is cheaper than scaling the scores.
        scores = torch.matmul(query * (1 / math.sqrt(query.shape[-1])), key.transpose(-1, -2))
        with torch.autocast("cpu", enabled=False):
            probabilities = (scores + bias.to(scores.dtype)).softmax(-1)
        return torch.matmul(probabilities, value).transpose(1, 2).reshape(batch, length, -1)

    def _plain(self, hidden: Any, bias: Any) -> Any:
        """The same in the steps that graph optimisers look for."""
        size = hidden.shape[-1]
        head_size = size // self.n_heads

        def split(vectors: Any) -> Any:
            return vectors.view(hidden.shape[0], -1, self.n_heads, head_size).transpose(1, 2)

        query, key, value = split(self.query(hidden)), split(self.key(hidden)), split(self.value(hidden))
        scores = torch.matmul(query, key.transpose(-1, -2)) / math.sqrt(head_size) + bias
        attended = torch.matmul(scores.softmax(-1), value).permute(0, 2, 1, 3).contiguous()
        return attended.view(hidden.shape[0], -1, size)


class Projection(nn.Module):  # type: ignore[misc, unused-ignore]
    """A linear layer whose result is added to what went in and normalised."""

    def __init__(self, n_in: int, n_out: int, epsilon: float) -> None:
        super().__init__()
        self.dense = nn.Linear(n_in, n_out)
        self.LayerNorm = nn.LayerNorm(n_out, eps=epsilon)

    def forward(self, vectors: Any, residual: Any) -> Any:
        """Return the normalised sum."""
        return self.LayerNorm(self.dense(vectors) + residual)


class Layer(nn.Module):  # type: ignore[misc, unused-ignore]
    """One transformer layer."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__()
        size, inner, epsilon = config["hidden_size"], config["intermediate_size"], config["layer_norm_eps"]
        self.attention = nn.ModuleDict({"output": Projection(size, size, epsilon)})
        self.attention["self"] = SelfAttention(size, config["num_attention_heads"])
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(size, inner)})
        self.output = Projection(inner, size, epsilon)

    def forward(self, hidden: Any, bias: Any) -> Any:
        """Return the hidden states after this layer."""
        hidden = self.attention["output"](self.attention["self"](hidden, bias), hidden)
        return self.output(functional.gelu(self.intermediate["dense"](hidden)), hidden)


class Embeddings(nn.Module):  # type: ignore[misc, unused-ignore]
    """Word, position and the one segment, plus whatever the caller adds, normalised."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__()
        size = config["hidden_size"]
        self.word_embeddings = nn.Embedding(config["vocab_size"], size)
        self.position_embeddings = nn.Embedding(config["max_position_embeddings"], size)
        self.token_type_embeddings = nn.Embedding(config["type_vocab_size"], size)
        self.LayerNorm = nn.LayerNorm(size, eps=config["layer_norm_eps"])

    def forward(self, ids: Any, extra: Any) -> Any:
        """Return the vectors of ``ids`` (batch × length) with ``extra`` added."""
        places = torch.arange(ids.shape[1])
        vectors = self.word_embeddings(ids) + self.position_embeddings(places) + self.token_type_embeddings.weight[0]
        return self.LayerNorm(vectors + extra)


class Encoder(nn.Module):  # type: ignore[misc, unused-ignore]
    """The whole encoder."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__()
        self.size: int = config["hidden_size"]
        self.embeddings = Embeddings(config)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer(config) for _ in range(config["num_hidden_layers"]))})

    def forward(self, ids: Any, extra: Any, mask: Any) -> Any:
        """Return the last hidden states, batch × length × size; ``extra`` is added to the embeddings."""
        bias = (1.0 - mask[:, None, None, :].to(torch.float32)) * MASKED
        hidden = self.embeddings(ids, extra)
        for layer in self.encoder["layer"]:
            hidden = layer(hidden, bias)
        return hidden


def read_config(base: Path) -> dict[str, Any]:
    """Return the encoder's published configuration.

    Raises:
        InputError: The folder holds none, or of another kind of encoder.
    """
    try:
        config: dict[str, Any] = json.loads((base / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{base}: no readable config.json of a base encoder", hint="give --base the model folder") from error
    if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
        raise InputError(f"{base}: not a BERT encoder with gelu", hint="give --base the all-MiniLM-L6-v2 folder")
    return config


def read_encoder(base: Path) -> Encoder:
    """Return the encoder with the published weights; the file's pooler is left out."""
    from safetensors.torch import load_file  # type: ignore[import-not-found, unused-ignore]

    encoder = Encoder(read_config(base))
    weights = load_file(str(base / "model.safetensors"))
    own = encoder.state_dict()
    encoder.load_state_dict({name: weights[name] for name in own})
    return encoder
