"""Nodes and weights of an ONNX graph while it is being put together.

A product with a large matrix takes as long as its numbers take out of memory. In 8 bits they are a
quarter: each few of a row share a scale, as do each few of what is multiplied with them
(onnxruntime's ``MatMulNBits``, which has kernels for AVX2, AVX-512 and ARM).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import helper, numpy_helper

Array = np.ndarray[Any, Any]

OPSET = 17
IR_VERSION = 8
# onnxruntime's own operators.
MICROSOFT = "com.microsoft"
# So many numbers share a scale: the fewest that there are kernels for, so the least is rounded.
BLOCK = 16
# What is multiplied with 8-bit weights is brought to 8 bits too.
_IN_WHOLE_NUMBERS = 4


class GraphParts:
    """Collects nodes and weights; each method returns the name of its output."""

    def __init__(self) -> None:
        """Begin with none."""
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def weight(self, name: str, value: Array) -> str:
        """An array that belongs to the graph."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, *inputs: str, **attributes: Any) -> str:
        """A node with one output."""
        output = f"{op}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [output], name=output, **attributes))
        return output

    def sizes(self, *values: int) -> str:
        """Whole numbers, as operators take them."""
        return self.weight(f"sizes_{len(self.weights)}", np.array(values, dtype=np.int64))

    def product(self, x: str, name: str, rows: Array) -> str:
        """The product with each of some rows."""
        return self.add("MatMul", x, self.weight(f"{name}.kernel", rows.T))

    def eight_bit_product(self, x: str, name: str, rows: Array) -> str:
        """The same with rows in 8 bits; their width must be a multiple of ``BLOCK``."""
        outs, ins = rows.shape
        blocks = rows.reshape(outs, ins // BLOCK, BLOCK)
        scales = np.abs(blocks).max(axis=-1, keepdims=True) / 127
        scales[scales == 0] = 1.0
        # 128 stands for 0.
        steps = (np.rint(blocks / scales) + 128).astype(np.uint8)
        return self.add(
            "MatMulNBits",
            x,
            self.weight(f"{name}.steps", steps),
            self.weight(f"{name}.scales", scales[..., 0].astype(np.float32)),
            domain=MICROSOFT,
            K=ins,
            N=outs,
            bits=8,
            block_size=BLOCK,
            accuracy_level=_IN_WHOLE_NUMBERS,
        )

    def norm(self, x: str, name: str, scale: Array, shift: Array, epsilon: float) -> str:
        """Layer normalisation."""
        given = (self.weight(f"{name}.scale", scale), self.weight(f"{name}.shift", shift))
        return self.add("LayerNormalization", x, *given, axis=-1, epsilon=epsilon)


def model_of(graph: GraphParts, name: str, given: list[Any], out: list[Any]) -> Any:
    """Nodes and weights as a model."""
    body = helper.make_graph(graph.nodes, name, given, out, graph.weights)
    return helper.make_model(
        body,
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=IR_VERSION,
    )
