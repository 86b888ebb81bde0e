"""Writes one network as ONNX: 32-bit inputs and outputs, dynamic axes, weights in one file beside the graph."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

OPSET = 17
DATA = "model.onnx_data"


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
