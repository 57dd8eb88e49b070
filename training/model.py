"""The Marian model: its shape, its loss, and plain files of tensors."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional
from transformers import MarianConfig, MarianMTModel

EOS = 0


def build(shape: dict[str, Any], vocabulary: int) -> MarianMTModel:
    """A fresh model; the pad token is the last id, its embedding stays zero (CTranslate2 starts decoding from zero)."""
    config = MarianConfig(
        vocab_size=vocabulary,
        d_model=shape["d_model"],
        encoder_layers=shape["encoder_layers"],
        decoder_layers=shape["decoder_layers"],
        encoder_attention_heads=shape["heads"],
        decoder_attention_heads=shape["heads"],
        encoder_ffn_dim=shape["ffn"],
        decoder_ffn_dim=shape["ffn"],
        activation_function=shape["activation"],
        max_position_embeddings=shape["positions"],
        dropout=shape["dropout"],
        attention_dropout=0.0,
        activation_dropout=0.0,
        scale_embedding=True,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True,
        static_position_embeddings=True,
        normalize_before=False,
        normalize_embedding=False,
        add_bias_logits=False,
        add_final_layer_norm=False,
        eos_token_id=EOS,
        pad_token_id=vocabulary - 1,
        decoder_start_token_id=vocabulary - 1,
        forced_eos_token_id=EOS,
        bos_token_id=None,
        init_std=shape["d_model"] ** -0.5 / 1.0,
        attn_implementation="eager",
    )
    return MarianMTModel(config)


def start(model: MarianMTModel, embeddings: torch.Tensor | None, seed: int) -> None:
    """First weights: quiet branches, so that the encoder begins as little more than the embedding, and where an
    embedding is given that knows translations, a cross-attention that passes the attended embedding on."""
    torch.manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.dim() == 2 and "embed" not in name and "shared" not in name:
                torch.nn.init.xavier_uniform_(
                    weight, gain=0.3 if name.endswith(("out_proj.weight", "fc2.weight")) else 1.0
                )
        shared = model.get_input_embeddings().weight
        if embeddings is not None:
            noise = functional.normalize(torch.randn_like(shared), dim=1)
            shared.copy_(functional.normalize(0.85 * embeddings + 0.5 * noise, dim=1))
            _pass_on(model)
        shared[-1].zero_()


def _pass_on(model: MarianMTModel) -> None:
    """Cross-attention that begins as: look about where you are, say what stands there."""
    for layer in model.model.decoder.layers:
        attention = layer.encoder_attn
        eye = torch.eye(attention.embed_dim)
        for projection, scale in (
            (attention.v_proj, 1.0),
            (attention.out_proj, 1.0),
            (attention.q_proj, 0.4),
            (attention.k_proj, 0.4),
        ):
            projection.weight.mul_(0.3).add_(scale * eye)


class SmoothedLoss(torch.autograd.Function):
    """Mean cross entropy with label smoothing, its gradient made in place: a fifth less time a step than PyTorch's own
    on the CPU, where the softmax over the vocabulary is the largest part."""

    @staticmethod
    def forward(context: Any, logits: torch.Tensor, target: torch.Tensor, smoothing: float) -> torch.Tensor:
        """The loss; keeps the gradient, not the logits."""
        count, choices = logits.shape
        right = target[:, None]
        gradient = torch.softmax(logits, dim=1, dtype=torch.float32)
        chosen = logits.gather(1, right)[:, 0].float()
        total = chosen - gradient.gather(1, right)[:, 0].clamp_min(1e-30).log()
        losses = total - (1 - smoothing) * chosen - smoothing * logits.mean(1, dtype=torch.float32)
        gradient.sub_(smoothing / choices)
        gradient.scatter_add_(1, right, torch.full_like(right, -(1 - smoothing), dtype=gradient.dtype))
        context.save_for_backward(gradient.div_(count).to(logits.dtype))
        return losses.mean()

    @staticmethod
    def backward(context: Any, *gradients: torch.Tensor) -> tuple[torch.Tensor, None, None]:
        """The kept gradient, scaled."""
        (kept,) = context.saved_tensors
        return kept * gradients[0].to(kept.dtype), None, None


def pad(rows: list[list[int]], value: int) -> torch.Tensor:
    """Lists of ids as one padded tensor."""
    longest = max(map(len, rows))
    return torch.tensor([row + [value] * (longest - len(row)) for row in rows])


def choices(seen: torch.Tensor, vocabulary: int, negatives: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The pieces that a batch's softmax runs over, and what to add to their logits: all that the batch holds, and some
    of the rest that stand for the whole rest. All pieces where `negatives` is 0."""
    if not negatives:
        return torch.arange(vocabulary, device=seen.device), torch.zeros(vocabulary, device=seen.device)
    absent = torch.ones(vocabulary, dtype=torch.bool, device=seen.device)
    absent[seen] = False
    held, rest = (~absent).nonzero()[:, 0], absent.nonzero()[:, 0]
    some = rest[torch.randperm(len(rest), device=seen.device)[:negatives]]
    shift = torch.zeros(len(held) + len(some), device=seen.device)
    shift[len(held) :] = math.log(len(rest) / max(1, len(some)))
    return torch.cat([held, some]), shift


@cache
def multiplies_bf16(device: torch.device) -> bool:
    """Whether the device has instructions for bf16; a processor without them takes several times as long with it."""
    if device.type != "cpu":
        return True
    able = getattr(torch.cpu, "get_capabilities", dict)()
    return any(able.get(name) for name in ("avx512_bf16", "amx_bf16", "bf16"))


def loss(
    model: MarianMTModel,
    batch: list[tuple[list[int], list[int]]],
    smoothing: float,
    device: torch.device,
    negatives: int = 0,
) -> tuple[torch.Tensor, int]:
    """Mean label-smoothed loss per target token, and how many those were; the pad token is no choice."""
    blank = model.config.pad_token_id
    source = pad([s for s, _ in batch], blank).to(device)
    target = pad([t for _, t in batch], blank).to(device)
    fed = torch.cat([torch.full_like(target[:, :1], blank), target[:, :-1]], dim=1)
    with torch.autocast(device.type, torch.bfloat16, enabled=multiplies_bf16(device)):
        out = model.model(
            input_ids=source, attention_mask=(source != blank).long(), decoder_input_ids=fed, use_cache=False
        )
        kept = target != blank
        ids, shift = choices(torch.cat([source[source != blank], target[kept]]), blank, negatives)
        weight = model.get_input_embeddings().weight
        logits = functional.linear(out.last_hidden_state[kept], weight[ids] if negatives else weight[:-1], shift)
    place = torch.zeros(blank, dtype=torch.long, device=device)
    place[ids] = torch.arange(len(ids), device=device)
    return SmoothedLoss.apply(logits, place[target[kept]], smoothing), int(kept.sum())


def tensors(model: MarianMTModel) -> dict[str, torch.Tensor]:
    """The trained tensors by name."""
    return {name: weight.detach() for name, weight in model.named_parameters()}


def save(path: Path, values: dict[str, torch.Tensor]) -> None:
    """Write tensors under a temporary name, then replace."""
    part = path.with_suffix(".part")
    save_file({k: v.contiguous() for k, v in values.items()}, str(part))
    part.replace(path)


def restore(model: MarianMTModel, path: Path) -> None:
    """Put saved tensors into a model."""
    values = load_file(str(path))
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.copy_(values[name])
