"""Exports an image-to-video model of diffusers as a pack for Inbetween. See README.md beside this file."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import diffusers
import torch
from families import FAMILIES
from graph import largest_error, write_graph


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("family", choices=sorted(FAMILIES))
    parser.add_argument("source", help="a folder in the diffusers layout, or the model's name on the hub")
    parser.add_argument("out", type=Path, help="folder to write the pack to; made if it is not there")
    parser.add_argument("--half", action="store_true", help="16-bit weights; inputs and outputs stay 32-bit")
    parser.add_argument("--frames", type=int, default=81, help="frames of a clip, 4k+1; Wan's VAE is fixed to it")
    parser.add_argument("--part", action="append", help="export only this part (may be given again); others are kept")
    parser.add_argument("--no-check", action="store_true", help="do not compare with PyTorch (saves memory)")
    arguments = parser.parse_args()
    if arguments.frames < 1 or arguments.frames % 4 != 1:
        parser.error("--frames must be 4k+1: 5, 9, … 81, … 121")
    return arguments


def write_configs(pipe, out: Path) -> None:
    """model_index.json, the scheduler's and the networks' configurations, the preprocessor, the tokenizer."""
    pipe.save_config(out)
    pipe.scheduler.save_config(out / "scheduler")
    for name in ("unet", "transformer"):
        network = getattr(pipe, name, None)
        if network is not None:
            network.save_config(out / name)
    for name in ("vae_encoder", "vae_decoder"):
        pipe.vae.save_config(out / name)
    for name in ("text_encoder", "image_encoder"):
        encoder = getattr(pipe, name, None)
        if encoder is not None:
            encoder.config.save_pretrained(out / name)
    for name in ("feature_extractor", "image_processor"):
        processor = getattr(pipe, name, None)
        if processor is not None:
            processor.save_pretrained(out / name)
    tokenizer = getattr(pipe, "tokenizer", None)
    if tokenizer is not None:
        write_tokenizer(tokenizer, out / "tokenizer")
    write_statistics(pipe.vae, out)


def write_tokenizer(tokenizer, folder: Path) -> None:
    """As tokenizer.json, which is what Inbetween reads: slow tokenizers are converted."""
    from transformers import PreTrainedTokenizerFast
    from transformers.convert_slow_tokenizer import convert_slow_tokenizer

    if not tokenizer.is_fast:
        fast = convert_slow_tokenizer(tokenizer)
        tokenizer = PreTrainedTokenizerFast(tokenizer_object=fast, **tokenizer.special_tokens_map)
    tokenizer.save_pretrained(folder)


def write_statistics(vae, out: Path) -> None:
    """LTX keeps mean and spread of its latents among the VAE's weights; packs keep them in its configuration."""
    for key in ("latents_mean", "latents_std"):
        values = getattr(vae, key, None)
        if not isinstance(values, torch.Tensor):
            continue
        for part in ("vae_encoder", "vae_decoder"):
            path = out / part / "config.json"
            config = json.loads(path.read_text())
            config[key] = values.flatten().tolist()
            path.write_text(json.dumps(config, indent=2) + "\n")


def main() -> None:
    arguments = read_arguments()
    class_name, graphs = FAMILIES[arguments.family]
    pipe = getattr(diffusers, class_name).from_pretrained(arguments.source, torch_dtype=torch.float32)
    if getattr(pipe, "transformer_2", None) is not None:
        raise SystemExit("This model has a second transformer for the noisier steps (Wan 2.2 A14B); Inbetween cannot run it.")
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    for graph in graphs(pipe, arguments.frames):
        if arguments.part and graph.part not in arguments.part:
            continue
        print(f"{graph.part}: exporting", flush=True)
        write_graph(graph, arguments.out, arguments.half)
        if not arguments.no_check:
            print(f"{graph.part}: largest difference from PyTorch {largest_error(graph, arguments.out):.2e}", flush=True)
    write_configs(pipe, arguments.out)
    print(f"Done. Now run: inbetween models import {arguments.out} --name NAME")


if __name__ == "__main__":
    main()
