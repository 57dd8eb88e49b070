"""Checkpoints of real architectures, as small as can be, with weights drawn at random: they speak nonsense.

torch and transformers are imported on use, so that a test can skip first where they are missing.
"""

from __future__ import annotations

import shutil
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


PAIRS = (
    ("The plant opened on 26 February.", "工厂于2月26日开业。"),
    ("Sales rose 12.5% in March.", "3月销量增长12.5%。"),
    ("We will invest more, he said.", "他说，我们将加大投入。"),
    ("The company sold 4,270 cars.", "公司售出4270辆汽车。"),
    ("Prices fell again.", "价格再次下降。"),
    ("The meeting was held in Beijing.", "会议在北京举行。"),
    ("“Demand is strong,” she said.", "“需求强劲，”她说。"),
    ("The new model uses less power.", "新车型耗电更少（见下）。"),
)


def tiny_marian(folder: Path, languages: str = "") -> Path:
    """An English-Chinese Marian model that has learnt `PAIRS`; `languages` are target tokens like ">>cmn_Hans<<"."""
    import json

    from transformers import MarianTokenizer

    english = _sentencepiece(folder / "source.spm", [en for en, _ in PAIRS], 150)
    chinese = _sentencepiece(folder / "target.spm", [zh for _, zh in PAIRS], 110)
    pieces = dict.fromkeys(["</s>", "<unk>", *languages.split(), *english, *chinese])
    vocabulary = {piece: number for number, piece in enumerate([*pieces, "<pad>"])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    files = [str(folder / name) for name in ("source.spm", "target.spm", "vocab.json")]
    tokenizer = MarianTokenizer(*files, source_lang="en", target_lang="zh")
    tokenizer.save_pretrained(folder)
    before = f"{languages.split()[0]} " if languages else ""
    rows = [(tokenizer(before + en).input_ids, tokenizer(text_target=zh).input_ids) for en, zh in PAIRS]
    _taught(_marian(len(vocabulary)), rows).save_pretrained(folder)
    return folder


def tiny_m2m(folder: Path) -> Path:
    """An M2M100 model that has learnt `PAIRS`, from English to Chinese."""
    import json

    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer

    pieces = _sentencepiece(folder / "sentencepiece.bpe.model", [text for pair in PAIRS for text in pair], 220)
    ordered = dict.fromkeys(["<s>", "<pad>", "</s>", "<unk>", *pieces])
    (folder / "vocab.json").write_text(json.dumps({piece: i for i, piece in enumerate(ordered)}), encoding="utf-8")
    tokenizer = M2M100Tokenizer(
        str(folder / "vocab.json"), str(folder / "sentencepiece.bpe.model"), src_lang="en", tgt_lang="zh"
    )
    tokenizer.save_pretrained(folder)
    torch_seed()
    config = M2M100Config(
        vocab_size=len(ordered) + len(tokenizer.lang_code_to_id) + tokenizer.num_madeup_words,
        encoder_layerdrop=0.0,
        decoder_layerdrop=0.0,
        decoder_start_token_id=2,
        **SHAPE,
    )
    rows = [(tokenizer(en).input_ids, tokenizer(text_target=zh).input_ids) for en, zh in PAIRS]
    _taught(M2M100ForConditionalGeneration(config), rows).save_pretrained(folder)
    return folder


def tiny_t5(folder: Path) -> Path:
    """An mT5 model that has learnt to repeat the English of `PAIRS`: a summarizer."""
    import sentencepiece
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
    from transformers import MT5Config, MT5ForConditionalGeneration, PreTrainedTokenizerFast

    texts = [text for pair in PAIRS for text in pair]
    _sentencepiece(folder / "pieces.model", texts, 220)
    spm = sentencepiece.SentencePieceProcessor(model_file=str(folder / "pieces.model"))
    scored = [(spm.id_to_piece(i), spm.get_score(i)) for i in range(2, spm.get_piece_size())]
    backend = Tokenizer(models.Unigram([("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *scored], unk_id=2))
    backend.pre_tokenizer = pre_tokenizers.Metaspace()
    backend.decoder = decoders.Metaspace()
    backend.post_processor = processors.TemplateProcessing(single=["$A", "</s>"], special_tokens=[("</s>", 1)])
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=backend, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=512
    )
    tokenizer.save_pretrained(folder)
    (folder / "pieces.model").unlink()
    torch_seed()
    config = MT5Config(
        vocab_size=len(tokenizer), d_model=32, d_kv=8, d_ff=64, num_layers=2, num_decoder_layers=1, num_heads=4,
        dropout_rate=0.0, pad_token_id=0, eos_token_id=1, decoder_start_token_id=0, tie_word_embeddings=False,
    )  # fmt: skip
    rows = [(tokenizer(en).input_ids, tokenizer(en).input_ids) for en, _ in PAIRS]
    _taught(MT5ForConditionalGeneration(config), rows).save_pretrained(folder)
    return folder


SHAPE = {
    "d_model": 32, "encoder_layers": 2, "decoder_layers": 1, "encoder_attention_heads": 4, "decoder_attention_heads": 4,
    "encoder_ffn_dim": 64, "decoder_ffn_dim": 64, "max_position_embeddings": 128, "dropout": 0.0,
    "attention_dropout": 0.0, "activation_dropout": 0.0,
}  # fmt: skip


STEPS = 120


def torch_seed() -> None:
    """The same weights every time."""
    import torch

    torch.set_num_threads(1)  # such small models are slower with more
    torch.manual_seed(0)


def _marian(size: int, positions: int = 128):
    from transformers import MarianConfig, MarianMTModel

    torch_seed()
    pad = size - 1
    config = MarianConfig(
        vocab_size=size, pad_token_id=pad, decoder_start_token_id=pad, eos_token_id=0, forced_eos_token_id=0,
        bos_token_id=None, scale_embedding=True, share_encoder_decoder_embeddings=True, init_std=0.2,
        **SHAPE | {"max_position_embeddings": positions},
    )  # fmt: skip
    model = MarianMTModel(config)
    model.generation_config.bad_words_ids = [[pad]]
    return model


def _sentencepiece(file: Path, lines: list[str], size: int, symbols: tuple[str, ...] = ()) -> list[str]:
    """A SentencePiece model of `lines`; its pieces."""
    import sentencepiece

    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines * 3), model_prefix=str(file.with_suffix("")), vocab_size=size,
        hard_vocab_limit=False, normalization_rule_name="identity", eos_id=0, unk_id=1, bos_id=-1, pad_id=-1,
        minloglevel=2, user_defined_symbols=list(symbols),
    )  # fmt: skip
    file.with_suffix(".model").rename(file)
    file.with_suffix(".vocab").unlink()
    spm = sentencepiece.SentencePieceProcessor(model_file=str(file))
    return [spm.id_to_piece(i) for i in range(2, spm.get_piece_size())]


def _taught(model, rows: list[tuple[list[int], list[int]]], steps: int = STEPS):
    """The model after some steps on `rows`, so that its answers hang on the source and come to an end."""
    import torch

    pad = model.config.pad_token_id
    width, wide = max(len(source) for source, _ in rows), max(len(target) for _, target in rows)
    source = torch.tensor([row + [pad] * (width - len(row)) for row, _ in rows])
    target = torch.tensor([row + [-100] * (wide - len(row)) for _, row in rows])
    optimizer = torch.optim.Adam(model.parameters(), lr=4e-3)
    model.train()
    for _ in range(steps):
        optimizer.zero_grad()
        model(input_ids=source, attention_mask=(source != pad).long(), labels=target).loss.backward()
        optimizer.step()
    with torch.no_grad():
        if model.config.model_type == "marian":
            model.get_input_embeddings().weight[pad] = 0
    return model.eval()


def tiny_embedded(folder: Path) -> Path:
    """Embedded models as they are shipped, en-zh and zh-en, that have learnt `PAIRS`."""
    import hashlib
    import json

    from ctranslate2.converters import TransformersConverter
    from transformers import MarianTokenizer

    from wivtext.engines.markup import to_model
    from wivtext.engines.quantization import quantize

    pairs = [(to_model(en, "en"), to_model(zh, "zh")) for en, zh in PAIRS]
    for source, target in ((0, 1), (1, 0)):
        checkpoint = folder / "checkpoint"
        checkpoint.mkdir()
        texts = [text for pair in pairs for text in pair]
        pieces = _sentencepiece(checkpoint / "source.spm", texts, 220, ("<term>", "<as>", "</term>"))
        (checkpoint / "target.spm").write_bytes((checkpoint / "source.spm").read_bytes())
        vocabulary = {piece: number for number, piece in enumerate(["</s>", "<unk>", *pieces, "<pad>"])}
        (checkpoint / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
        files = [str(checkpoint / name) for name in ("source.spm", "target.spm", "vocab.json")]
        tokenizer = MarianTokenizer(*files)
        tokenizer.save_pretrained(checkpoint)
        rows = [(tokenizer(pair[source]).input_ids, tokenizer(pair[target]).input_ids) for pair in pairs]
        _taught(_marian(len(vocabulary), positions=512), rows).save_pretrained(checkpoint)
        shipped = folder / ("en-zh" if source == 0 else "zh-en")
        TransformersConverter(str(checkpoint)).convert(str(shipped), quantization="float32")
        quantize(shipped / "model.bin")
        config = json.loads((shipped / "config.json").read_text()) | {"add_source_eos": True}
        (shipped / "config.json").write_text(json.dumps(config))
        (checkpoint / "source.spm").rename(shipped / "tokenizer.model")
        names = ("config.json", "model.bin", "shared_vocabulary.json", "tokenizer.model")
        digests = {name: hashlib.sha256((shipped / name).read_bytes()).hexdigest() for name in names}
        (shipped / "model.json").write_text(json.dumps({"version": "0.0", "sha256": digests}))
        shutil.rmtree(checkpoint)
    return folder


def tiny_nllb(folder: Path) -> Path:
    """An NLLB model that has learnt `PAIRS`, from English to Chinese, letter by letter."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    letters = sorted({letter for pair in PAIRS for text in pair for letter in text} - {" "})
    vocabulary = {token: i for i, token in enumerate(["<s>", "<pad>", "</s>", "<unk>", "▁", *letters])}
    tokenizer = NllbTokenizer(vocab=vocabulary, merges=[], src_lang="eng_Latn", tgt_lang="zho_Hans")
    tokenizer.save_pretrained(folder)
    torch_seed()
    config = M2M100Config(
        vocab_size=len(tokenizer), encoder_layerdrop=0.0, decoder_layerdrop=0.0, decoder_start_token_id=2, **SHAPE
    )
    rows = [(tokenizer(en).input_ids, tokenizer(text_target=zh).input_ids) for en, zh in PAIRS]
    _taught(M2M100ForConditionalGeneration(config), rows).save_pretrained(folder)
    return folder


def tiny_bart(folder: Path) -> Path:
    """A BART model that has learnt to repeat "ab" and "ba": a summarizer, of sorts."""
    from tokenizers import processors
    from transformers import BartConfig, BartForConditionalGeneration

    tokenizer = _byte_tokenizer()
    tokenizer.add_special_tokens({"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"})
    ids = {token: tokenizer.convert_tokens_to_ids(token) for token in ("<s>", "</s>")}
    tokenizer.backend_tokenizer.post_processor = processors.TemplateProcessing(
        single=["<s>", "$A", "</s>"], special_tokens=list(ids.items())
    )
    tokenizer.save_pretrained(folder)
    torch_seed()
    config = BartConfig(
        vocab_size=len(tokenizer), bos_token_id=ids["<s>"], eos_token_id=ids["</s>"],
        pad_token_id=tokenizer.pad_token_id, decoder_start_token_id=ids["</s>"], forced_bos_token_id=ids["<s>"],
        forced_eos_token_id=ids["</s>"], **SHAPE,
    )  # fmt: skip
    model = BartForConditionalGeneration(config)
    model.generation_config.forced_bos_token_id = ids["<s>"]
    model.generation_config.max_length = 60
    _taught(model, [(tokenizer(text).input_ids, tokenizer(text).input_ids) for text in ("ab", "ba")]).save_pretrained(
        folder
    )
    return folder


def _scored(file: Path, lines: list[str], size: int) -> list[tuple[str, float]]:
    """The pieces of a SentencePiece model of `lines`, with their scores, for tokenizers that want no file."""
    import sentencepiece

    _sentencepiece(file, lines, size)
    spm = sentencepiece.SentencePieceProcessor(model_file=str(file))
    file.unlink()
    return [(spm.id_to_piece(i), spm.get_score(i)) for i in range(2, spm.get_piece_size())]


def tiny_pegasus(folder: Path) -> Path:
    """A Pegasus model that has learnt to repeat the English of `PAIRS`; "<n>" stands between its sentences."""
    from transformers import PegasusConfig, PegasusForConditionalGeneration, PegasusTokenizer

    masks = ["<pad>", "</s>", "<mask_1>", "<mask_2>", *(f"<unk_{i}>" for i in range(2, 103)), "<unk>"]
    pieces = _scored(folder / "pieces.model", [text for pair in PAIRS for text in pair], 220)
    vocabulary = [*((token, 0.0) for token in masks), ("<n>", 0.0), *pieces]
    tokenizer = PegasusTokenizer(vocab=vocabulary, model_max_length=64)
    tokenizer.save_pretrained(folder)
    torch_seed()
    config = PegasusConfig(
        vocab_size=len(tokenizer), pad_token_id=0, eos_token_id=1, decoder_start_token_id=0, forced_eos_token_id=1,
        scale_embedding=True, **SHAPE | {"max_position_embeddings": 64},
    )  # fmt: skip
    model = PegasusForConditionalGeneration(config)
    model.generation_config.update(num_beams=4, length_penalty=0.8, max_length=64, forced_eos_token_id=1)
    rows = [(tokenizer(en).input_ids, tokenizer(en).input_ids) for en, _ in PAIRS]
    _taught(model, rows).save_pretrained(folder)
    return folder


def tiny_mbart(folder: Path, *, first: bool = False) -> Path:
    """An mBART-50 model that has learnt `PAIRS` from English to Chinese, and to repeat the English.

    The `first` mBART has the codes of languages after a text, and begins a target with its code.
    """
    from transformers import MBart50Tokenizer, MBartConfig, MBartForConditionalGeneration, MBartTokenizer

    pieces = _scored(folder / "pieces.model", [text for pair in PAIRS for text in pair], 220)
    kind, special = (MBartTokenizer, ("<s>", "<pad>", "</s>", "<unk>")) if first else (MBart50Tokenizer, SENTENCEPIECE)
    tokenizer = kind(vocab=[*((token, 0.0) for token in special), *pieces], src_lang="en_XX", tgt_lang="zh_CN")
    tokenizer.save_pretrained(folder)
    torch_seed()
    code = tokenizer.convert_tokens_to_ids("zh_CN")
    config = MBartConfig(
        vocab_size=len(tokenizer), bos_token_id=0, pad_token_id=1, eos_token_id=2, forced_eos_token_id=2,
        decoder_start_token_id=code if first else 2, scale_embedding=True, **SHAPE,
    )  # fmt: skip
    model = MBartForConditionalGeneration(config)
    model.generation_config.update(forced_eos_token_id=2, max_length=120)
    sides = [(_as(tokenizer, "en_XX", en), _as(tokenizer, "zh_CN", zh)) for en, zh in PAIRS]
    # The model's own classes put the last token of a target, which is its code in the first mBART, before it.
    _taught(model, [*sides, *((en, en) for en, _ in sides)], steps=STEPS + 60).save_pretrained(folder)
    return folder


SENTENCEPIECE = ("<unk>", "<s>", "</s>")


def _as(tokenizer, language: str, text: str) -> list[int]:
    """The tokens of a text with its language's code."""
    tokenizer.src_lang = language
    return tokenizer(text).input_ids
