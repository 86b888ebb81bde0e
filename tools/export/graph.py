"""Writes one network as ONNX: 32-bit inputs and outputs, dynamic axes, weights in one file beside the graph."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch.onnx import register_custom_op_symbolic, symbolic_helper

OPSET = 17
DATA = "model.onnx_data"


def rms_norm(graph, x, shape, weight, epsilon):
    """x / sqrt(mean of x² over the last axes + ε) · weight: the exporter knows no such layer at this opset."""
    axes = [-1 - i for i in range(len(symbolic_helper._get_const(shape, "is", "normalized_shape")))]
    given = symbolic_helper._get_const(epsilon, "f", "eps")
    small = graph.op("Constant", value_t=torch.tensor(torch.finfo(torch.float32).eps if given is None else given))
    mean = graph.op("ReduceMean", graph.op("Mul", x, x), axes_i=axes, keepdims_i=1)
    normal = graph.op("Div", x, graph.op("Sqrt", graph.op("Add", mean, small)))
    return normal if symbolic_helper._is_none(weight) else graph.op("Mul", normal, weight)


def flatten(graph, x, start_dim, end_dim):
    """Flattening everything is a Reshape to [-1]: of the exporter's own form its shape inference takes the rank for larger by one."""
    rank = symbolic_helper._get_tensor_rank(x)
    start, end = (symbolic_helper._get_const(dim, "i", "dim") % rank for dim in (start_dim, end_dim))
    if start == end:
        return x

    def numbers(*values: int):
        return graph.op("Constant", value_t=torch.tensor(values))

    shape = graph.op("Shape", x)
    parts = [numbers(-1)]
    if start > 0:
        parts.insert(0, graph.op("Slice", shape, numbers(0), numbers(start)))
    if end < rank - 1:
        parts.append(graph.op("Slice", shape, numbers(end + 1), numbers(rank)))
    return graph.op("Reshape", x, parts[0] if len(parts) == 1 else graph.op("Concat", *parts, axis_i=0))


def nearest_exact(graph, x, _size, *scales):
    """Enlarging by whole factors without interpolation. `scales`: a list, or one factor for rows and one for columns."""
    given = [symbolic_helper._get_const(scale, "fs" if len(scales) == 1 else "f", "scale") for scale in scales]
    rows, columns = given[0] if len(scales) == 1 else given
    return graph.op(
        "Resize",
        x,
        graph.op("Constant", value_t=torch.tensor([], dtype=torch.float32)),
        graph.op("Constant", value_t=torch.tensor([1.0, 1.0, rows, columns])),
        coordinate_transformation_mode_s="asymmetric",
        mode_s="nearest",
        nearest_mode_s="floor",
    )


register_custom_op_symbolic("aten::rms_norm", rms_norm, OPSET)
register_custom_op_symbolic("aten::flatten", flatten, OPSET)
register_custom_op_symbolic("aten::_upsample_nearest_exact2d", nearest_exact, OPSET)


@dataclass
class Graph:
    """A network and what its inputs are called. `example` and `other` are two sets of inputs of different sizes."""

    part: str
    network: torch.nn.Module
    example: dict[str, torch.Tensor]
    other: dict[str, torch.Tensor]
    output: str
    #: Axes that may vary, by name of input or output: {axis: name}.
    axes: dict[str, dict[int, str]] = field(default_factory=dict)


def write_graph(graph: Graph, out: Path, half: bool) -> None:
    """Writes out/<part>/model.onnx and its data file."""
    folder = out / graph.part
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DATA).unlink(missing_ok=True)
    network = graph.network.eval()
    # The exporter scatters the weights of large models over many files; they are gathered into one below.
    with tempfile.TemporaryDirectory(dir=out) as scratch, torch.no_grad():
        loose = Path(scratch) / "model.onnx"
        torch.onnx.export(
            network,
            tuple(graph.example.values()),
            str(loose),
            input_names=list(graph.example),
            output_names=[graph.output],
            dynamic_axes=graph.axes,
            opset_version=OPSET,
            do_constant_folding=True,
            dynamo=False,
        )
        model = onnx.load(str(loose))
        count_axes_from_the_front(model.graph)
        if half:
            model = halved(model)
        onnx.save_model(
            model,
            str(folder / "model.onnx"),
            save_as_external_data=True,
            all_tensors_to_one_file=True,
            location=DATA,
            size_threshold=1024,
            convert_attribute=False,
        )


def count_axes_from_the_front(graph: onnx.GraphProto) -> None:
    """The exporter writes `movedim(-1, 1)` as a Transpose with an axis -1, which ONNX does not know."""
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.GRAPH:
                count_axes_from_the_front(attribute.g)
            elif node.op_type == "Transpose" and attribute.name == "perm":
                rank = len(attribute.ints)
                attribute.ints[:] = [axis % rank for axis in attribute.ints]


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """16-bit weights and arithmetic; inputs and outputs stay 32-bit."""
    from onnxruntime.transformers.float16 import convert_float_to_float16

    return convert_float_to_float16(model, keep_io_types=True, disable_shape_infer=True)


def largest_error(graph: Graph, out: Path) -> float:
    """Largest difference between PyTorch and ONNX Runtime on inputs of a size that the export has not seen."""
    with torch.no_grad():
        due = graph.network(*graph.other.values()).float().numpy()
    session = onnxruntime.InferenceSession(str(out / graph.part / "model.onnx"), providers=["CPUExecutionProvider"])
    wanted = {value.name for value in session.get_inputs()}
    feeds = {name: value.numpy() for name, value in graph.other.items() if name in wanted}
    (found,) = session.run([graph.output], feeds)
    if found.shape != due.shape:
        raise SystemExit(f"{graph.part}: ONNX gives {found.shape}, PyTorch {due.shape}: an axis was fixed by the export.")
    return float(np.max(np.abs(found - due)))
