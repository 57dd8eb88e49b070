"""The embedded engine against the architecture of opus-mt: speed, memory and time to load, on one machine in one run.

    python benchmarks/translate_speed.py [TEXT ...] [--from en] [--sentences 48] [--tokens 32] [--rounds 3] [--json]
        [--threads 1] [--checkpoint DIR]

TEXT are documents of one language; the English ones of `corpus/` by default. opus-mt is not downloaded: its shape
(Marian 6+6, width 512, 65,001 pieces) is built with weights drawn at random, which cost as much to compute as trained
ones. As random weights never end a sentence, every engine is made to write exactly `--tokens` target tokens for each,
so tokens a second compare the engines and say nothing of their quality. Each engine has a process of its own, asked
in turns; all get the same pieces of the same sentences, the longest first; the best round counts, because other work
on the machine only makes rounds longer. A second of the processor (CPU s) is one of any thread, and counts other work
hardly at all. Needs the `models` extra.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from wivtext.engines import Segment
from wivtext.engines.decoding import CTranslate2Decoder, processors
from wivtext.engines.embedded import SHIPPED, EmbeddedTokens, EmbeddedTranslator
from wivtext.engines.marian import MarianTokens
from wivtext.engines.tokens import quiet
from wivtext.records import Language
from wivtext.settings import Settings, TranslationSettings

CORPUS = Path(__file__).parent.parent / "corpus"
OPUS_MT = {
    "d_model": 512,
    "encoder_layers": 6,
    "decoder_layers": 6,
    "encoder_attention_heads": 8,
    "decoder_attention_heads": 8,
    "encoder_ffn_dim": 2048,
    "decoder_ffn_dim": 2048,
    "vocab_size": 65001,
    "max_position_embeddings": 512,
    "activation_function": "swish",
}
ROWS = {
    "transformers": "opus-mt architecture, transformers, float32",
    "ctranslate2": "opus-mt architecture, CTranslate2 int8",
    "embedded": "embedded",
    "embedded-alone": "embedded, one sentence at a time",
    "embedded-greedy": "embedded, beam 1",
    "embedded-free": "embedded, ending where it ends",
}
TOGETHER = 16  # sentences that transformers pads to one length

Run = Callable[[Sequence[str], int], int]


@dataclass
class Row:
    """What is measured of one engine; seconds by round, on the clock and of the processor; tokens of a round."""

    name: str
    sentences: int
    tokens: int = 0
    load_seconds: float = 0.0
    peak_mb: float = 0.0
    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)

    @property
    def tokens_per_second(self) -> float:
        """Of the best round."""
        return self.tokens / min(self.seconds)

    @property
    def tokens_per_cpu_second(self) -> float:
        """Of the best round."""
        return self.tokens / min(self.cpu_seconds)

    @property
    def sentences_per_second(self) -> float:
        """Of the best round."""
        return self.sentences / min(self.seconds)


# The engines, each in a process of its own


def by_ctranslate2(folder: Path, tokens: Any, beam: int, threads: int) -> Run:
    """The package's own decoder, with a fixed length."""
    decoder = CTranslate2Decoder(folder, threads=threads)

    def run(texts: Sequence[str], length: int) -> int:
        rows = [[*tokens.start, *tokens.encode(Segment(text)), *tokens.end] for text in texts]
        fixed = {"min_decoding_length": length, "max_decoding_length": length}
        found = [h[0].tokens for h in decoder.decode(rows, beam_size=beam, disable_unk=True, **fixed)]
        assert all(tokens.decode(row) for row in found)
        return sum(map(len, found))

    return run


def by_transformers(folder: Path, threads: int) -> Run:
    """As the documentation of transformers has it, in batches of sentences of like length."""
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    torch.set_num_threads(threads)
    with quiet():
        tokenizer = AutoTokenizer.from_pretrained(folder)
        model = AutoModelForSeq2SeqLM.from_pretrained(folder).eval()

    def run(texts: Sequence[str], length: int) -> int:
        written = 0
        for start in range(0, len(texts), TOGETHER):
            batch = tokenizer(texts[start : start + TOGETHER], return_tensors="pt", padding=True)
            with torch.inference_mode():
                found = model.generate(**batch, num_beams=4, min_new_tokens=length, max_new_tokens=length)
            tokenizer.batch_decode(found, skip_special_tokens=True)
            written += found[:, 1:].numel()
        return written

    return run


def as_used(source: Language, target: Language, threads: int) -> Run:
    """The engine as the package asks it, its sentences as long as it makes them."""
    engine = EmbeddedTranslator("", Settings(translation=TranslationSettings(threads=threads)))
    tokens = EmbeddedTokens(SHIPPED / f"{source}-{target}", target, source)

    def run(texts: Sequence[str], length: int) -> int:
        found = engine.translate([Segment(text) for text in texts], source, target)
        return sum(len(tokens.encode(Segment(candidate.text))) + 1 for candidate in found)

    return run


def engine(kind: str, checkpoint: Path, source: Language, target: Language, threads: int) -> Run:
    """The engine of a row."""
    if kind == "transformers":
        return by_transformers(checkpoint, threads)
    if kind == "ctranslate2":
        return by_ctranslate2(checkpoint / "int8", MarianTokens(checkpoint, target, ""), 4, threads)
    if kind == "embedded-free":
        return as_used(source, target, threads)
    folder = SHIPPED / f"{source}-{target}"
    beam = 1 if kind == "embedded-greedy" else 4
    run = by_ctranslate2(folder, EmbeddedTokens(folder, source, target), beam, threads)
    if kind == "embedded-alone":
        return lambda texts, length: sum(run([text], length) for text in texts)
    return run


def work(run: Run) -> None:
    """Answer requests, a JSON object a line: seconds, tokens and the most memory."""
    for line in sys.stdin:
        request = json.loads(line)
        started, cpu_started = perf_counter(), process_time()
        tokens = run(request["texts"], request["tokens"])
        answer = {"seconds": perf_counter() - started, "cpu_seconds": process_time() - cpu_started, "tokens": tokens}
        print(json.dumps(answer | {"peak_mb": peak_mb()}), flush=True)


def peak_mb() -> float:
    """The most memory that this process ever had, in MB; not that of the process it was forked from."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1000
    except (OSError, IndexError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def build(folder: Path, shape: dict[str, Any]) -> None:
    """A checkpoint of opus-mt's shape and its int8 form; its first pieces are those of the embedded models."""
    import sentencepiece
    import torch
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    from wivtext.engines.conversion import convert

    spm = (SHIPPED / "en-zh" / "tokenizer.model").read_bytes()
    pieces = sentencepiece.SentencePieceProcessor(model_proto=spm)
    names = dict.fromkeys(["</s>", "<unk>", *(pieces.id_to_piece(i) for i in range(pieces.get_piece_size()))])
    pad = shape["vocab_size"] - 1
    filled = [*names, *(f"▁{number}" for number in range(pad - len(names))), "<pad>"]
    files = [folder / name for name in ("source.spm", "target.spm", "vocab.json")]
    for file, content in zip(files, (spm, spm, json.dumps({n: i for i, n in enumerate(filled)}).encode()), strict=True):
        file.write_bytes(content)
    MarianTokenizer(*map(str, files)).save_pretrained(folder)
    torch.manual_seed(0)
    ids = {"pad_token_id": pad, "decoder_start_token_id": pad, "eos_token_id": 0, "forced_eos_token_id": 0}
    options = {"scale_embedding": True, "share_encoder_decoder_embeddings": True, "bos_token_id": None}
    model = MarianMTModel(MarianConfig(**shape, **ids, **options))
    model.generation_config.bad_words_ids = [[pad]]
    with quiet():
        model.save_pretrained(folder)
    convert(folder, folder / "int8", "int8")


# Measuring


class Worker:
    """A process with one engine."""

    def __init__(self, kind: str, checkpoint: Path, source: Language, first: str, threads: int) -> None:
        started = perf_counter()
        options = ["--from", source, "--threads", str(threads), "--checkpoint", str(checkpoint)]
        command = [sys.executable, __file__, *options, "--work", kind]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ask([first], 4)
        self.load_seconds = perf_counter() - started

    def ask(self, texts: Sequence[str], tokens: int) -> dict[str, float]:
        """Have texts translated."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"texts": texts, "tokens": tokens}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self._process.args!r} ended with {self._process.wait()}")
        found: dict[str, float] = json.loads(answer)
        return found

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


@contextmanager
def workers(checkpoint: Path, source: Language, first: str, threads: int) -> Iterator[dict[str, Worker]]:
    """A worker for each row, started one after the other."""
    started: dict[str, Worker] = {}
    try:
        for kind in ROWS:
            started[kind] = Worker(kind, checkpoint, source, first, threads)
        yield started
    finally:
        for worker in started.values():
            worker.close()


def measure(texts: Sequence[str], checkpoint: Path, options: argparse.Namespace) -> list[Row]:
    """Every engine, in turns; the first turn only warms up, on a few sentences."""
    rows = {kind: Row(name, len(texts)) for kind, name in ROWS.items()}
    ordered = sorted(texts, key=len, reverse=True)
    with workers(checkpoint, options.source, ordered[-1], options.threads) as started:
        for number in range(options.rounds + 1):
            for kind, worker in started.items():
                answer = worker.ask(ordered if number else ordered[:4], options.tokens)
                row = rows[kind]
                if number:
                    row.seconds.append(answer["seconds"])
                    row.cpu_seconds.append(answer["cpu_seconds"])
                row.tokens, row.peak_mb, row.load_seconds = (
                    int(answer["tokens"]),
                    answer["peak_mb"],
                    worker.load_seconds,
                )
    return list(rows.values())


def sentences(files: Sequence[Path], language: Language, count: int) -> list[str]:
    """The first sentences of documents, evenly from each, none of them very short or very long."""
    from wivtext.reading import read

    documents = [read(file) for file in files]
    fitting = [
        [s.text for s in document.sentences if 40 <= len(s.text) * (1 if language == "en" else 3) <= 300]
        for document in documents
        if document.language == language
    ]
    share = -(-count // max(1, len(fitting)))
    return [text for texts in fitting for text in texts[:share]][:count]


def table(rows: Sequence[Row]) -> str:
    """Markdown; the first row is what the others are compared with."""
    heads = ("engine", "sentences/s", "target tokens/s", "ratio", "tokens/CPU s", "ratio", "peak memory, MB", "load, s")
    lines = [f"| {' | '.join(heads)} |", "|---" + "|---:" * (len(heads) - 1) + "|"]
    for row in rows:
        speed, cpu_speed = row.tokens_per_second, row.tokens_per_cpu_second
        cells = (
            f"{row.sentences_per_second:.1f}",
            f"{speed:.0f}",
            f"{speed / rows[0].tokens_per_second:.1f}",
            f"{cpu_speed:.0f}",
            f"{cpu_speed / rows[0].tokens_per_cpu_second:.1f}",
            f"{row.peak_mb:.0f}",
            f"{row.load_seconds:.1f}",
        )
        lines.append(f"| {row.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def report(rows: Sequence[Row], options: argparse.Namespace) -> str:
    """The table or the JSON, with what it was measured on."""
    conditions = {
        "sentences": rows[0].sentences,
        "source": options.source,
        "target_tokens_per_sentence": options.tokens,
        "beam": 4,
        "rounds": options.rounds,
        "threads": options.threads,
    }
    if options.json:
        figures = [asdict(r) | {"tokens_per_second": round(r.tokens_per_second, 1)} for r in rows]
        return json.dumps({**conditions, "engines": figures}, ensure_ascii=False, indent=1)
    return (
        f"{table(rows)}\n\n{', '.join(f'{name} {value}' for name, value in conditions.items())}; the best of the rounds"
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", type=Path, default=sorted(CORPUS.glob("*.*")), metavar="TEXT")
    parser.add_argument("--from", choices=("en", "zh"), default="en", dest="source", help="language of the texts")
    parser.add_argument("--sentences", type=int, default=48)
    parser.add_argument("--tokens", type=int, default=32, help="target tokens of every sentence")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=processors())
    parser.add_argument("--checkpoint", type=Path, metavar="DIR", help="where opus-mt's shape is built, or is already")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--work", choices=ROWS, help=argparse.SUPPRESS)
    return parser.parse_args()


def compare(checkpoint: Path, options: argparse.Namespace) -> None:
    """Build what is not built yet, measure and print."""
    files = [file for file in options.texts if file.suffix not in (".tsv", ".tmx")]
    texts = sentences(files, options.source, options.sentences)
    if not texts:
        raise SystemExit(f"no sentences in {options.source} among {len(files)} files; give others, or --from")
    if not (checkpoint / "int8").is_dir():
        checkpoint.mkdir(parents=True, exist_ok=True)
        build(checkpoint, OPUS_MT)
    print(report(measure(texts, checkpoint, options), options))


def main() -> None:
    options = arguments()
    if options.work:
        target: Language = "zh" if options.source == "en" else "en"
        work(engine(options.work, options.checkpoint, options.source, target, options.threads))
    elif options.checkpoint:
        compare(options.checkpoint, options)
    else:
        with tempfile.TemporaryDirectory() as folder:
            compare(Path(folder), options)


if __name__ == "__main__":
    main()
