"""A small builder of ONNX graphs: the operations of the attribution network, with 7-bit or 32-bit weights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Weights = npt.NDArray[np.float32]
Shape = Sequence[str | int]

_OPSET = 17
_IR_VERSION = 8
_CONTRIBUTED = "com.microsoft"
_LARGEST_WEIGHT = 64
_LARGEST_ENTRY = 127
_SHRINKS = np.linspace(0.7, 1.0, 13)


class GraphBuilder:
    """Collects nodes and constants; each method adds an operation and returns the name of its result.

    `exact` keeps 32-bit weights, for comparison. Otherwise linear layers multiply integers: inputs get 8 bits by their
    range at run time, weights 7 bits by column, so that no kernel saturates and all processors agree on the products.
    """

    def __init__(self, exact: bool) -> None:
        self._exact = exact
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, values: npt.NDArray[np.generic]) -> str:
        """A constant tensor."""
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def operation(self, kind: str, *inputs: str, contributed: bool = False, **attributes: int | float) -> str:
        """One node with one result."""
        return self._add(kind, inputs, 1, _CONTRIBUTED if contributed else "", attributes)[0]

    def _add(
        self, kind: str, inputs: tuple[str, ...], results: int, domain: str, attributes: dict[str, int | float]
    ) -> list[str]:
        names = [f"node{len(self._nodes)}_{number}" for number in range(results)]
        self._nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names

    def lookup(self, table: Weights, index: str) -> str:
        """Rows of a table; in 8 bits by row unless exact."""
        if self._exact:
            return self.operation("Gather", self.constant(table), index)
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-12) / _LARGEST_ENTRY
        entries = self.operation("Gather", self.constant(np.rint(table / scale).astype(np.int8)), index)
        floats = self.operation("Cast", entries, to=TensorProto.FLOAT)
        return self.operation("Mul", floats, self.operation("Gather", self.constant(scale.astype(np.float32)), index))

    def linear(self, values: str, weight: Weights, bias: Weights) -> str:
        """`values @ weight.T + bias`, for weights as torch keeps them (one row an output)."""
        if self._exact:
            return self.float_linear(values, weight, bias)
        integers, scale = quantize(weight)
        quantized, input_scale, zero = self._add("DynamicQuantizeLinear", (values,), 3, "", {})
        own_zero = self.constant(np.zeros(len(scale), dtype=np.int8))
        inputs = (quantized, self.constant(integers.T), input_scale, self.constant(scale), zero, own_zero)
        return self.operation("MatMulIntegerToFloat", *inputs, self.constant(bias), contributed=True)

    def float_linear(self, values: str, weight: Weights, bias: Weights) -> str:
        """The same in 32 bits: for the few outputs that decide."""
        product = self.operation("MatMul", values, self.constant(weight.T))
        return self.operation("Add", product, self.constant(bias))

    def attention(self, values: str, weight: Weights, bias: Weights, heads: int) -> str:
        """Self-attention of every row over itself; `weight` stacks query, key and value."""
        joined = self.linear(values, weight, bias)
        parts = self._add("Split", (joined,), 3, "", {"axis": -1})
        return self.operation("MultiHeadAttention", *parts, contributed=True, num_heads=heads)

    def norm(self, values: str, weight: Weights, bias: Weights, epsilon: float) -> str:
        """Layer normalisation over the last axis."""
        constants = (self.constant(weight), self.constant(bias))
        return self.operation("LayerNormalization", values, *constants, axis=-1, epsilon=epsilon)

    def write(self, path: Path, inputs: dict[str, tuple[int, Shape]], outputs: dict[str, Shape]) -> None:
        """Check the graph and write it. `inputs` gives element type and shape by name, `outputs` the shape of each
        result that `name_result` named."""
        graph = helper.make_graph(
            self._nodes,
            path.stem,
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()],
            self._constants,
        )
        domains = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_CONTRIBUTED, 1)]
        model = helper.make_model(graph, opset_imports=domains, ir_version=_IR_VERSION, producer_name="onrecord")
        onnx.checker.check_model(model)
        path.write_bytes(model.SerializeToString(deterministic=True))

    def name_result(self, result: str, name: str) -> None:
        """Give a result the name under which it leaves the graph."""
        self._nodes.append(helper.make_node("Identity", [result], [name]))


def quantize(weight: Weights) -> tuple[npt.NDArray[np.int8], Weights]:
    """Weights as integers of at most 64 with one scale a row; of several scales the one that errs least is taken."""
    largest = np.maximum(np.abs(weight).max(1), 1e-12) / _LARGEST_WEIGHT
    best = np.full(len(weight), np.inf, dtype=np.float32)
    scale = largest.astype(np.float32)
    for shrink in _SHRINKS:
        trial = (largest * shrink).astype(np.float32)
        error = np.square(_integers(weight, trial) * trial[:, None] - weight).sum(1)
        better = error < best
        best[better], scale[better] = error[better], trial[better]
    return _integers(weight, scale).astype(np.int8), scale


def _integers(weight: Weights, scale: Weights) -> Weights:
    integers: Weights = np.clip(np.rint(weight / scale[:, None]), -_LARGEST_WEIGHT, _LARGEST_WEIGHT)
    return integers
