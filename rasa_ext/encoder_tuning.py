"""Trains the upper half of the sentence encoder to tell the intents of this project apart.

Each intent gets a point on the sphere of sentence vectors, at first the mean of its lines, and each
line is drawn to the point of its own intent and away from all others (a softmax over cosines, as in
NormFace, Wang et al. 2017, arXiv:1704.06369). The number of steps is fixed, so the time does not
grow with the data: few lines are seen several times, of many lines each at most once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from safetensors.numpy import load_file

from rasa_ext.bert_layers import Tensor, UpperLayers
from rasa_ext.lower_states import padded
from rasa_ext.onnx_graph import upper_graph
from rasa_ext.sentence_model import SentenceModel, shape_in

Array = np.ndarray[Any, Any]
Tell = Callable[[int, int], None]

READ_TOGETHER = 16
# Batches of like length, out of so many at a time: less padding, still mixed.
SORTED_TOGETHER = 8
WARM = 0.1
POINTS_FASTER = 5.0
BETA, BETA_SQUARES = 0.9, 0.999


@dataclass(frozen=True)
class Tuning:
    """How long and how boldly to train.

    Attributes:
        steps: Number of batches.
        batch: Lines in a batch.
        rate: Highest step of the optimiser; it rises and falls.
        sharpness: What cosines are multiplied with before the softmax.
        dropout: Share of what each layer adds that is left out at random.
    """

    steps: int = 64
    batch: int = 32
    rate: float = 2e-4
    sharpness: float = 15.0
    dropout: float = 0.1


def tuned_graph(
    encoder: SentenceModel, texts: Sequence[str], labels: Sequence[str], how: Tuning, tell: Tell
) -> bytes:
    """Train as ``tuned_weights`` does, and give the graph of the upper half."""
    weights = tuned_weights(encoder, texts, labels, how, tell)
    graph: bytes = upper_graph(weights, shape_in(encoder.folder)).SerializeToString()
    return graph


def tuned_weights(
    encoder: SentenceModel, texts: Sequence[str], labels: Sequence[str], how: Tuning, tell: Tell
) -> dict[str, Array]:
    """Train, and give the weights of the upper half under their published names.

    Args:
        encoder: Reads the lower half.
        texts: The lines.
        labels: The class of each.
        how: How to train.
        tell: Called now and then with how many steps are done, and of how many.
    """
    chance = np.random.default_rng(1)
    tf.random.set_seed(1)
    drawn = _drawn(len(texts), how, chance)
    states, vectors = _read(encoder, texts, drawn)
    shape = shape_in(encoder.folder)
    layers = UpperLayers(load_file(Path(encoder.folder) / "model.safetensors"), shape)
    names = sorted(set(labels))
    column = {name: index for index, name in enumerate(names)}
    target = np.array([column[label] for label in labels], dtype=np.int32)
    points = tf.Variable(_means(vectors, target, len(names), shape.hidden))
    step = _stepper(layers, points, how)
    for number, rows in enumerate(_batches(drawn, states, how, chance), start=1):
        lower, mask = padded([states[row] for row in rows])
        rise = min(1.0, number / max(1.0, WARM * how.steps))
        rate = how.rate * rise * (how.steps - number + 1) / how.steps
        step(
            tf.constant(lower),
            tf.constant(mask, tf.float32),
            tf.constant(target[rows]),
            tf.constant(rate, tf.float32),
            tf.constant(float(number)),
        )
        tell(number, how.steps)
    return layers.weights()


def _drawn(lines: int, how: Tuning, chance: np.random.Generator) -> Array:
    """Which lines are seen, in order: all once before any is seen twice."""
    wanted = how.steps * how.batch
    rounds = [chance.permutation(lines) for _ in range(-(-wanted // lines))]
    return np.concatenate(rounds)[:wanted]


def _read(
    encoder: SentenceModel, texts: Sequence[str], drawn: Array
) -> tuple[dict[int, Array], dict[int, Array]]:
    """Of each line that is seen, what the lower half makes of its words, and its own vector."""
    states: dict[int, Array] = {}
    vectors: dict[int, Array] = {}
    order = sorted(set(drawn.tolist()), key=lambda row: len(texts[row]))
    for start in range(0, len(order), READ_TOGETHER):
        rows = order[start : start + READ_TOGETHER]
        read = encoder.read([texts[row] for row in rows])
        for row, lower, mask, features in zip(
            rows, read.lower, read.mask, read.features, strict=True
        ):
            states[row] = lower[: int(mask.sum())].copy()
            vectors[row] = features[: lower.shape[1]]
    return states, vectors


def _means(vectors: dict[int, Array], target: Array, classes: int, hidden: int) -> Array:
    """The mean vector of each class, before anything is trained."""
    sums = np.zeros((classes, hidden), dtype=np.float32)
    for row, vector in vectors.items():
        sums[target[row]] += vector
    # A class of which no line was drawn starts anywhere; nothing pulls it later either.
    empty = ~sums.any(axis=1)
    sums[empty] = np.random.default_rng(2).normal(size=(int(empty.sum()), hidden))
    means: Array = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return means


def _batches(
    drawn: Array, states: dict[int, Array], how: Tuning, chance: np.random.Generator
) -> Iterator[list[int]]:
    span = how.batch * SORTED_TOGETHER
    for start in range(0, len(drawn), span):
        some = sorted(drawn[start : start + span].tolist(), key=lambda row: len(states[row]))
        batches = [some[at : at + how.batch] for at in range(0, len(some), how.batch)]
        yield from (batches[at] for at in chance.permutation(len(batches)))


def _stepper(layers: UpperLayers, points: Tensor, how: Tuning) -> Callable[..., Tensor]:
    """One step of Adam (Kingma and Ba 2015), compiled once for all lengths."""
    variables = [*layers.variables.values(), points]
    means = [tf.Variable(tf.zeros_like(one), trainable=False) for one in variables]
    squares = [tf.Variable(tf.zeros_like(one), trainable=False) for one in variables]
    number = tf.TensorSpec([], tf.float32)
    words = tf.TensorSpec([None, None], tf.float32)
    lower = tf.TensorSpec([None, None, points.shape[1]], tf.float32)
    shapes = [lower, words, tf.TensorSpec([None], tf.int32), number, number]

    @tf.function(input_signature=shapes, autograph=False)
    def step(lower: Tensor, mask: Tensor, target: Tensor, rate: Tensor, count: Tensor) -> Tensor:
        with tf.GradientTape() as tape:
            vectors = layers.vectors(lower, mask, how.dropout)
            cosines = tf.matmul(vectors, tf.math.l2_normalize(points, axis=-1), transpose_b=True)
            loss = tf.reduce_mean(
                tf.nn.sparse_softmax_cross_entropy_with_logits(target, how.sharpness * cosines)
            )
        slopes = tape.gradient(loss, variables)
        for one, mean, square, slope in zip(variables, means, squares, slopes, strict=True):
            # One operation for each variable: written out, tracing takes longer than training.
            tf.raw_ops.ResourceApplyAdam(
                var=one.handle,
                m=mean.handle,
                v=square.handle,
                beta1_power=tf.pow(BETA, count),
                beta2_power=tf.pow(BETA_SQUARES, count),
                lr=rate * POINTS_FASTER if one is points else rate,
                beta1=BETA,
                beta2=BETA_SQUARES,
                epsilon=1e-8,
                grad=slope,
            )
        return loss

    made: Callable[..., Tensor] = step
    return made
