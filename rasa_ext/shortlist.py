"""The rows of a large matrix that may be nearest to a vector, found in eight bits.

Comparing a message with twenty thousand training lines means to read thirty megabytes, which takes
longer than the encoder. In eight bits it is a quarter. They are only rounded, so more rows are
listed than are wanted, and who asks compares with those exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import TensorProto, helper

from rasa_ext.graph_parts import BLOCK, GraphParts, model_of
from rasa_ext.sentence_model import open_graph

Array = np.ndarray[Any, Any]

# Below this many rows comparing with all of them is as quick.
WORTHWHILE = 2048


class Shortlist:
    """Lists the rows with the largest products.

    Rounding moves a product by about 0.0005 (``tests/rasa/test_neighbours.py``).
    """

    def __init__(self, rows: Array, length: int) -> None:
        """Prepare the search.

        Args:
            rows: Unit vectors; their width must be a multiple of ``BLOCK``.
            length: How many rows a list has.
        """
        self._session = open_graph(_graph(rows, length))

    def near(self, vectors: Array) -> Array:
        """For each vector the numbers of the rows that may be nearest, in no order."""
        found: Array = self._session.run(["rows"], {"vectors": np.asarray(vectors, np.float32)})[0]
        return found


def is_worthwhile(rows: Array, length: int) -> bool:
    """Whether a list of this length saves anything, and can be made."""
    return len(rows) >= max(WORTHWHILE, 4 * length) and rows.shape[1] % BLOCK == 0


def _graph(rows: Array, length: int) -> bytes:
    graph = GraphParts()
    products = graph.eight_bit_product("vectors", "rows_known", rows)
    graph.nodes.append(
        helper.make_node(
            "TopK",
            [products, graph.sizes(length)],
            ["products", "rows"],
            axis=-1,
            sorted=0,
            largest=1,
        )
    )
    given = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", rows.shape[1]])
    found = helper.make_tensor_value_info("rows", TensorProto.INT64, ["batch", length])
    made: bytes = model_of(graph, "shortlist", [given], [found]).SerializeToString()
    return made
