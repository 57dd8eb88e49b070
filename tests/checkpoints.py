"""Checkpoints of real architectures, as small as can be, with weights drawn at random: they speak nonsense.

torch and transformers are imported on use, so that a test can skip first where they are missing.
"""

from __future__ import annotations

from pathlib import Path

CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def tiny_chat(folder: Path, *, brief: bool = False) -> Path:
    """A Qwen2 chat model of two layers with a byte tokenizer and a chat template, as safetensors in `folder`.

    It never comes to an end; a `brief` one soon does, because every fourth byte counts as the end.
    """
    import torch
    from transformers import Qwen2Config, Qwen2ForCausalLM

    tokenizer = _byte_tokenizer()
    torch.manual_seed(0)
    config = Qwen2Config(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=8192,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    model = Qwen2ForCausalLM(config)
    if brief:
        model.generation_config.eos_token_id = [tokenizer.eos_token_id, *range(0, 256, 4)]
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _byte_tokenizer():
    """A token for every byte: it can write any text, and no training text is needed."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={byte: number for number, byte in enumerate(alphabet)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token="<|im_end|>",
        pad_token="<|pad|>",
        additional_special_tokens=["<|im_start|>"],
        model_max_length=8192,
    )
    fast.chat_template = CHAT_TEMPLATE
    return fast


def in_hub_cache(cache: Path, model: str) -> Path:
    """The folder for the files of `model` in a hub cache laid out by hand, as if they had been fetched from main."""
    commit = "0123456789abcdef0123456789abcdef01234567"
    place = cache / f"models--{model.replace('/', '--')}"
    folder = place / "snapshots" / commit
    folder.mkdir(parents=True)
    (place / "refs").mkdir()
    (place / "refs" / "main").write_text(commit)
    return folder
