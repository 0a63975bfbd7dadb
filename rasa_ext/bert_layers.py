"""The upper layers of the sentence encoder in TensorFlow, so that they can be trained.

BERT as published (Devlin et al. 2018, arXiv:1810.04805), the same arithmetic as in
rasa_ext.onnx_graph. Imported only while training.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow as tf

from rasa_ext.onnx_graph import MASKED, BertShape

Tensor = Any  # TensorFlow carries no types
Weights = Mapping[str, np.ndarray[Any, Any]]


class UpperLayers:
    """The upper half of the layers with weights that change."""

    def __init__(self, weights: Weights, shape: BertShape) -> None:
        """Start from published weights."""
        self._shape = shape
        self._prefixes = [f"encoder.layer.{n}." for n in range(shape.lower, shape.layers)]
        self.variables: dict[str, Tensor] = {
            name: tf.Variable(value)
            for name, value in weights.items()
            if name.startswith(tuple(self._prefixes))
        }

    def weights(self) -> dict[str, np.ndarray[Any, Any]]:
        """The present weights, under their published names."""
        return {name: variable.numpy() for name, variable in self.variables.items()}

    def vectors(self, lower: Tensor, mask: Tensor, dropout: float = 0.0) -> Tensor:
        """Sentence vectors of unit length.

        Args:
            lower: The state of each word after the lower half.
            mask: 1.0 for each word, 0.0 for padding.
            dropout: Share of what each layer adds that is left out at random.
        """
        shut = (1.0 - mask[:, None, None, :]) * MASKED
        hidden = lower
        for prefix in self._prefixes:
            hidden = self._layer(prefix, hidden, shut, dropout)
        total = tf.reduce_sum(hidden * mask[..., None], axis=1)
        return tf.math.l2_normalize(total / tf.reduce_sum(mask, axis=1, keepdims=True), axis=-1)

    def _layer(self, prefix: str, hidden: Tensor, shut: Tensor, dropout: float) -> Tensor:
        size = tf.shape(hidden)
        width = self._shape.hidden // self._shape.heads

        def heads(part: str) -> Tensor:
            flat = self._linear(f"{prefix}attention.self.{part}", hidden)
            apart = tf.reshape(flat, [size[0], size[1], self._shape.heads, width])
            return tf.transpose(apart, [0, 2, 1, 3])

        scores = tf.matmul(heads("query"), heads("key"), transpose_b=True) / float(np.sqrt(width))
        seen = tf.transpose(tf.matmul(tf.nn.softmax(scores + shut), heads("value")), [0, 2, 1, 3])
        joined = tf.reshape(seen, [size[0], size[1], self._shape.hidden])
        told = self._linear(f"{prefix}attention.output.dense", joined)
        attended = self._norm(f"{prefix}attention.output.LayerNorm", _thin(told, dropout) + hidden)
        inner = tf.nn.gelu(self._linear(f"{prefix}intermediate.dense", attended))
        outer = self._linear(f"{prefix}output.dense", inner)
        return self._norm(f"{prefix}output.LayerNorm", _thin(outer, dropout) + attended)

    def _linear(self, name: str, x: Tensor) -> Tensor:
        kernel = self.variables[f"{name}.weight"]
        flat = tf.reshape(x, [-1, kernel.shape[1]])
        made = tf.matmul(flat, kernel, transpose_b=True) + self.variables[f"{name}.bias"]
        size = tf.shape(x)
        return tf.reshape(made, [size[0], size[1], kernel.shape[0]])

    def _norm(self, name: str, x: Tensor) -> Tensor:
        centred = x - tf.reduce_mean(x, axis=-1, keepdims=True)
        spread = tf.reduce_mean(tf.square(centred), axis=-1, keepdims=True)
        level = centred * tf.math.rsqrt(spread + self._shape.epsilon)
        return level * self.variables[f"{name}.weight"] + self.variables[f"{name}.bias"]


def _thin(x: Tensor, dropout: float) -> Tensor:
    return tf.nn.dropout(x, dropout) if dropout else x
