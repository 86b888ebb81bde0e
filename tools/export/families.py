"""What each family's networks take and give, under the names that Inbetween looks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from graph import Graph

# Two sizes for every dynamic axis: the first is traced, the second checked.
SIZES = ((64, 96), (96, 64))


class Call(torch.nn.Module):
    """A module whose forward is a function of plain tensors."""

    def __init__(self, network: torch.nn.Module, call: Callable[..., torch.Tensor]):
        super().__init__()
        self.network = network
        self.call = call

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        return self.call(self.network, *inputs)


def two(make: Callable[[int, int], dict[str, torch.Tensor]]) -> dict[str, dict[str, torch.Tensor]]:
    first, second = (make(*size) for size in SIZES)
    return {"example": first, "other": second}


def picture_vae(vae: torch.nn.Module, decode: Callable[..., torch.Tensor]) -> Iterator[Graph]:
    """A VAE of single pictures: [frames, 3, height, width]."""
    channels, factor = vae.config.latent_channels, 2 ** (len(vae.config.block_out_channels) - 1)
    yield Graph(
        "vae_encoder",
        Call(vae, lambda net, sample: net.encode(sample).latent_dist.parameters),
        **two(lambda h, w: {"sample": torch.randn(1, 3, h, w)}),
        output="latent_parameters",
        axes={"sample": {0: "batch", 2: "height", 3: "width"}, "latent_parameters": {0: "batch", 2: "h", 3: "w"}},
    )
    frames = iter((2, 3))
    yield Graph(
        "vae_decoder",
        Call(vae, decode),
        **two(lambda h, w: {"latent_sample": torch.randn(next(frames), channels, h // factor, w // factor)}),
        output="sample",
        axes={"latent_sample": {0: "frames", 2: "h", 3: "w"}, "sample": {0: "frames", 2: "height", 3: "width"}},
    )


def clip_image(encoder: torch.nn.Module, output: str, call: Callable[..., torch.Tensor]) -> Graph:
    edge = encoder.config.image_size
    return Graph(
        "image_encoder",
        Call(encoder, call),
        example={"pixel_values": torch.randn(1, 3, edge, edge)},
        other={"pixel_values": torch.randn(2, 3, edge, edge)},
        output=output,
        axes={"pixel_values": {0: "batch"}, output: {0: "batch"}},
    )


def text(encoder: torch.nn.Module, lengths: tuple[int, int], masked: bool, call: Callable[..., torch.Tensor]) -> Graph:
    def inputs(length: int) -> dict[str, torch.Tensor]:
        ids = {"input_ids": torch.randint(1, encoder.config.vocab_size - 1, (1, length))}
        return {**ids, "attention_mask": torch.ones(1, length, dtype=torch.int64)} if masked else ids

    names = inputs(2)
    return Graph(
        "text_encoder",
        Call(encoder, call),
        example=inputs(lengths[0]),
        other=inputs(lengths[1]),
        output="last_hidden_state",
        axes={name: {0: "batch", 1: "length"} for name in [*names, "last_hidden_state"]},
    )


def svd(pipe, _frames: int) -> Iterator[Graph]:
    yield clip_image(pipe.image_encoder, "image_embeds", lambda net, pixels: net(pixels).image_embeds)
    # A run of frames is decoded at once: its length is the batch.
    yield from picture_vae(pipe.vae, lambda net, z: net.decode(z, num_frames=z.shape[0]).sample)
    unet = pipe.unet
    frames = iter((4, 5))
    yield Graph(
        "unet",
        Call(unet, lambda net, x, t, image, ids: net(x, t, image, ids, return_dict=False)[0]),
        **two(
            lambda h, w: {
                "sample": torch.randn(2, next(frames), unet.config.in_channels, h // 4, w // 4),
                "timestep": torch.tensor([1.6]),
                "encoder_hidden_states": torch.randn(2, 1, unet.config.cross_attention_dim),
                "added_time_ids": torch.tensor([[6.0, 127.0, 0.02]] * 2),
            }
        ),
        output="out_sample",
        axes={
            "sample": {0: "batch", 1: "frames", 3: "h", 4: "w"},
            "encoder_hidden_states": {0: "batch"},
            "added_time_ids": {0: "batch"},
            "out_sample": {0: "batch", 1: "frames", 3: "h", 4: "w"},
        },
    )


def i2vgen(pipe, _frames: int) -> Iterator[Graph]:
    def penultimate(net, ids):
        hidden = net(ids, output_hidden_states=True).hidden_states[-2]
        # Newer versions of transformers have no `text_model` between.
        return getattr(net, "text_model", net).final_layer_norm(hidden)

    length = pipe.text_encoder.config.max_position_embeddings
    yield text(pipe.text_encoder, (length, length), False, penultimate)
    yield clip_image(pipe.image_encoder, "image_embeds", lambda net, pixels: net(pixels).image_embeds)
    yield from picture_vae(pipe.vae, lambda net, z: net.decode(z).sample)
    unet = pipe.unet
    frames = iter((4, 5))

    def inputs(h: int, w: int) -> dict[str, torch.Tensor]:
        latents = (2, unet.config.in_channels, next(frames), h // 4, w // 4)
        return {
            "sample": torch.randn(*latents),
            "timestep": torch.tensor([501]),
            "fps": torch.tensor([16, 16]),
            "image_latents": torch.randn(*latents),
            "image_embeddings": torch.randn(2, 1, unet.config.cross_attention_dim),
            "encoder_hidden_states": torch.randn(2, length, unet.config.cross_attention_dim),
        }

    video = {0: "batch", 2: "frames", 3: "h", 4: "w"}
    yield Graph(
        "unet",
        Call(unet, lambda net, x, t, fps, still, image, words: net(x, t, fps, still, image, words, return_dict=False)[0]),
        **two(inputs),
        output="out_sample",
        axes={
            "sample": video,
            "fps": {0: "batch"},
            "image_latents": video,
            "image_embeddings": {0: "batch"},
            "encoder_hidden_states": {0: "batch"},
            "out_sample": video,
        },
    )


def placed(net, x, words, t, mask, frames, height, width, scale):
    """LTX's transformer, told the places it would work out itself: its own way writes into slices, which the exporter gets wrong."""
    counts = [torch.arange(size, dtype=torch.float32) for size in (frames, height, width)]
    places = torch.stack([axis.reshape(-1) for axis in torch.meshgrid(*counts, indexing="ij")])
    places = (places * scale.reshape(3, 1)).unsqueeze(0).repeat(x.shape[0], 1, 1)
    return net(x, words, t, mask, video_coords=places, return_dict=False)[0]


def keyed_transformer(net, x, words, t, mask, places):
    return net(x, words, t, mask, video_coords=places, return_dict=False)[0]


def ltx(pipe, _frames: int) -> Iterator[Graph]:
    yield text(pipe.text_encoder, (128, 64), False, lambda net, ids: net(ids).last_hidden_state)
    yield from ltx_networks(pipe, keyed=False)


def ltx_keys(pipe, _frames: int) -> Iterator[Graph]:
    """LTXConditionPipeline: each token is told its place, so that key frames may lie anywhere."""
    yield text(pipe.text_encoder, (256, 64), True, lambda net, ids, mask: net(ids, mask).last_hidden_state)
    yield from ltx_networks(pipe, keyed=True)


def ltx_networks(pipe, keyed: bool) -> Iterator[Graph]:
    vae, transformer = pipe.vae, pipe.transformer
    yield Graph(
        "vae_encoder",
        Call(vae, lambda net, sample: net.encode(sample).latent_dist.parameters),
        **two(lambda h, w: {"sample": torch.randn(1, 3, 1, h, w)}),
        output="latent_parameters",
        axes={"sample": {3: "height", 4: "width"}, "latent_parameters": {3: "h", 4: "w"}},
    )
    conditioned = vae.config.timestep_conditioning
    decode = (lambda net, z, t: net.decode(z, t).sample) if conditioned else (lambda net, z: net.decode(z).sample)
    lengths = iter((2, 3))

    def latents(h: int, w: int) -> dict[str, torch.Tensor]:
        z = {"latent_sample": torch.randn(1, vae.config.latent_channels, next(lengths), h // 32, w // 32)}
        return {**z, "timestep": torch.tensor([0.05])} if conditioned else z

    video = {2: "frames", 3: "height", 4: "width"}
    yield Graph(
        "vae_decoder",
        Call(vae, decode),
        **two(latents),
        output="sample",
        axes={"latent_sample": {2: "f", 3: "h", 4: "w"}, "sample": video},
    )
    frames = iter((2, 3))

    def inputs(h: int, w: int) -> dict[str, torch.Tensor]:
        f, rows, columns = next(frames), h // 32, w // 32
        tokens = f * rows * columns
        given = {
            "hidden_states": torch.randn(2, tokens, transformer.config.in_channels),
            "encoder_hidden_states": torch.randn(2, 128, transformer.config.caption_channels),
            "timestep": torch.full((2, tokens), 700.0),
            "encoder_attention_mask": torch.ones(2, 128, dtype=torch.int64),
        }
        if keyed:
            return {**given, "video_coords": torch.rand(2, 3, tokens) * 50}
        return {
            **given,
            "num_frames": torch.tensor(f),
            "height": torch.tensor(rows),
            "width": torch.tensor(columns),
            "rope_interpolation_scale": torch.tensor([8 / 25, 32.0, 32.0]),
        }

    tokens = {0: "batch", 1: "tokens"}
    yield Graph(
        "transformer",
        Call(transformer, keyed_transformer if keyed else placed),
        **two(inputs),
        output="out_sample",
        axes={
            **({"video_coords": {0: "batch", 2: "tokens"}} if keyed else {}),
            "hidden_states": tokens,
            "encoder_hidden_states": {0: "batch", 1: "length"},
            "timestep": tokens,
            "encoder_attention_mask": {0: "batch", 1: "length"},
            "out_sample": tokens,
        },
    )


def wan(pipe, frames: int) -> Iterator[Graph]:
    yield text(pipe.text_encoder, (512, 256), True, lambda net, ids, mask: net(ids, mask).last_hidden_state)
    vae, transformer = pipe.vae, pipe.transformer
    expanded = bool(pipe.config.expand_timesteps)
    if pipe.image_encoder is not None:
        yield clip_image(
            pipe.image_encoder,
            "penultimate_hidden_state",
            lambda net, pixels: net(pixels, output_hidden_states=True).hidden_states[-2],
        )
    space, time = vae.config.scale_factor_spatial, vae.config.scale_factor_temporal
    # Wan's VAE walks the frames in a loop, which tracing writes out: its length is fixed by the export.
    seen = 1 if expanded else frames
    latent_frames = (frames - 1) // time + 1
    area = {3: "height", 4: "width"}
    yield Graph(
        "vae_encoder",
        Call(vae, lambda net, sample: net.encode(sample).latent_dist.parameters),
        **two(lambda h, w: {"sample": torch.randn(1, 3, seen, h, w)}),
        output="latent_parameters",
        axes={"sample": area, "latent_parameters": {3: "h", 4: "w"}},
    )
    yield Graph(
        "vae_decoder",
        Call(vae, lambda net, z: net.decode(z).sample),
        **two(lambda h, w: {"latent_sample": torch.randn(1, vae.config.z_dim, latent_frames, h // space, w // space)}),
        output="sample",
        axes={"latent_sample": {3: "h", 4: "w"}, "sample": area},
    )
    config = transformer.config
    lengths = iter((2, 3))

    def inputs(h: int, w: int) -> dict[str, torch.Tensor]:
        f, rows, columns = next(lengths), h // 8, w // 8
        tokens = f * (rows // config.patch_size[1]) * (columns // config.patch_size[2])
        given = {
            "hidden_states": torch.randn(1, config.in_channels, f, rows, columns),
            "timestep": torch.full((1, tokens), 700.0) if expanded else torch.tensor([700]),
            "encoder_hidden_states": torch.randn(1, 512, config.text_dim),
        }
        if pipe.image_encoder is not None:
            given["encoder_hidden_states_image"] = torch.randn(1, 257, config.image_dim)
        return given

    video = {0: "batch", 2: "frames", 3: "h", 4: "w"}
    axes = {
        "hidden_states": video,
        "timestep": {0: "batch", 1: "tokens"} if expanded else {0: "batch"},
        "encoder_hidden_states": {0: "batch"},
        "out_sample": video,
    }
    if pipe.image_encoder is not None:
        axes["encoder_hidden_states_image"] = {0: "boards", 1: "image_tokens"}
    yield Graph(
        "transformer",
        Call(transformer, lambda net, x, t, words, *image: net(x, t, words, *image, return_dict=False)[0]),
        **two(inputs),
        output="out_sample",
        axes=axes,
    )


#: Pipeline class in diffusers, and its networks.
FAMILIES = {
    "svd": ("StableVideoDiffusionPipeline", svd),
    "i2vgen": ("I2VGenXLPipeline", i2vgen),
    "ltx": ("LTXImageToVideoPipeline", ltx),
    "ltx-keys": ("LTXConditionPipeline", ltx_keys),
    "wan": ("WanImageToVideoPipeline", wan),
}
