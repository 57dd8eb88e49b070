"""The server engine against a real OpenAI-compatible server with a tiny model, and one that misbehaves on cue."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import pytest
from checkpoints import in_hub_cache, tiny_chat

from wivtext.engines import AlternativesTranslator, Candidate, Passage, Segment, completions, summarizer, translator
from wivtext.errors import EngineError
from wivtext.records import Point, Sentence, TermPair
from wivtext.settings import ServerSettings, Settings, SummarySettings

SENTENCES = ("Sales rose 12% in May.", "The fair opened in Shanghai.", "BYD will build a plant in Hungary.")


def passage(*texts: str, limit: int = 2) -> Passage:
    return Passage(tuple(Sentence(10 + i, 0, len(text), text, 0, "en") for i, text in enumerate(texts)), "en", limit)


# A real server: `transformers serve`, offline, with two models in its hub cache.


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    missing = [name for name in ("torch", "accelerate", "fastapi", "uvicorn", "openai") if find_spec(name) is None]
    if missing:
        pytest.skip(f"`transformers serve` needs {', '.join(missing)}")
    home = tmp_path_factory.mktemp("hub")
    port = _free_port()
    transformers = "from transformers.cli.transformers import main; main()"
    options = ["--device", "cpu", "--host", "127.0.0.1", "--port", str(port)]
    command = [sys.executable, "-c", transformers, "serve", *options]
    environment = {**os.environ, "HF_HOME": str(home), "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    for name in ("HF_HUB_CACHE", "TRANSFORMERS_CACHE"):
        environment.pop(name, None)
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        tiny_chat(in_hub_cache(home / "hub", "tiny/brief"), brief=True)  # while the server starts: it loads them on use
        tiny_chat(in_hub_cache(home / "hub", "tiny/endless"))
        _wait_for_health(f"http://127.0.0.1:{port}/health", server, home / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for_health(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            if httpx.get(url, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.25)
    raise AssertionError(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def test_a_real_server_translates_each_sentence_in_its_place(served: str) -> None:
    engine = translator(f"server:{served}#tiny/brief")
    together = engine.translate([Segment(text) for text in SENTENCES], "en", "zh")
    alone = [engine.translate([Segment(text)], "en", "zh")[0] for text in SENTENCES]
    assert together == alone
    assert len(together) == len(SENTENCES)


def test_a_real_server_gives_whole_answers(served: str) -> None:
    server = completions.Server(f"{served}#tiny/brief", ServerSettings())
    answer = server.answer(completions.Request([{"role": "user", "content": SENTENCES[0]}], 300))
    assert not answer.cut


def test_a_model_of_a_real_server_that_never_ends_is_left_out(served: str, caplog: pytest.LogCaptureFixture) -> None:
    engine = translator(f"server:{served}#tiny/endless")
    assert [candidate.text for candidate in engine.translate([Segment("你好。"), Segment("")], "zh", "en")] == ["", ""]
    assert "does not come to an end" in caplog.text


def test_a_real_server_summarizes_with_support(served: str) -> None:
    points = summarizer(f"server:{served}#tiny/brief").summarize([passage(*SENTENCES), passage(SENTENCES[0])])
    assert len(points) == 2
    assert all(set(point.sentences) <= {10, 11, 12} for point in points[0])
    assert points[1] == (Point(SENTENCES[0], (10,)),)


def test_a_real_server_names_its_models(served: str) -> None:
    with pytest.raises(EngineError, match=r"has no model tiny/other; it serves: tiny/brief, tiny/endless") as error:
        translator(f"server:{served}#tiny/other").translate([Segment("Hello.")], "en", "zh")
    assert "\n" not in str(error.value)
    with pytest.raises(EngineError, match="say which model"):
        translator(f"server:{served}").translate([Segment("Hello.")], "en", "zh")


# A server that says what the test tells it to.

Reply = tuple[int, Any]


class Scripted:
    """Answers request number n to `chat/completions` with `replies[n]`, the last one ever after."""

    def __init__(self) -> None:
        self.replies: list[Reply | Callable[[dict[str, Any]], Reply]] = []
        self.models: list[str] = ["m"]
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients that gave up
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def reply(self, headers: dict[str, str], body: dict[str, Any]) -> Reply:
        with self._lock:
            self.bodies.append(body)
            self.headers.append(headers)
            chosen = self.replies[min(len(self.bodies), len(self.replies)) - 1]
        return chosen(body) if callable(chosen) else chosen

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


def _handler(script: Scripted) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status = 200 if script.models else 500
            self._send(status, {"data": [{"id": name} for name in script.models]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            status, payload = script.reply({name.lower(): value for name, value in self.headers.items()}, body)
            if status == 0:  # hang up without a word
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            self._send(status, payload)

        def _send(self, status: int, payload: Any) -> None:
            content = payload.encode() if isinstance(payload, str) else json.dumps(payload).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


def says(text: str, finish: str = "stop", **message: str) -> Reply:
    return 200, {"choices": [{"message": {"content": text, **message}, "finish_reason": finish}]}


def error(status: int, message: str) -> Reply:
    return status, {"error": {"message": message}}


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scripted]:
    monkeypatch.setattr(completions, "FIRST_WAIT", 0.001)
    for name in ("WIVTEXT_SERVER_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    server = Scripted()
    yield server
    server.close()


def translate(script: Scripted, *texts: str, **server: Any) -> list[str]:
    engine = translator(f"server:{script.url}#m", Settings(server=ServerSettings(**server)))
    return [candidate.text for candidate in engine.translate([Segment(text) for text in texts], "en", "zh")]


def test_order_is_kept_when_answers_come_late(script: Scripted) -> None:
    def late(body: dict[str, Any]) -> Reply:
        number = int(body["messages"][-1]["content"].split()[1])
        time.sleep(0.05 * (4 - number))
        return says(f"第{number}")

    script.replies = [late]
    assert translate(script, *(f"{n} cars" for n in range(4))) == ["第0", "第1", "第2", "第3"]


def test_the_request_is_repeatable_and_carries_the_terms(script: Scripted) -> None:
    script.replies = [says("比亚迪增长。")]
    engine = translator(f"server:{script.url}/v1/#m")
    engine.translate([Segment("BYD grew.", (TermPair("BYD", "比亚迪"),))], "en", "zh")
    body = script.bodies[0]
    assert (body["model"], body["temperature"], body["seed"]) == ("m", 0, 0)
    assert "BYD = 比亚迪" in body["messages"][-1]["content"]


def test_the_only_model_needs_no_name(script: Scripted) -> None:
    script.models, script.replies = ["the-one"], [says("你好。")]
    engine = translator(f"server:{script.url}")
    assert engine.translate([Segment("Hello.")], "en", "zh")[0].text == "你好。"
    assert script.bodies[0]["model"] == "the-one"


@pytest.mark.parametrize("failure", [error(429, "slow down"), error(500, "oops"), error(503, "loading"), (0, "")])
def test_what_passes_is_tried_again(script: Scripted, failure: Reply) -> None:
    script.replies = [failure, failure, says("你好。")]
    assert translate(script, "Hello.") == ["你好。"]


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (error(429, "quota used up"), r"answers 429 \(quota used up\)"),
        (error(500, "out of memory\nstack"), r"answers 500 \(out of memory\)"),
        ((0, ""), "drops the connection"),
        (error(401, "bad key"), r"refuses the key \(bad key\); set WIVTEXT_SERVER_KEY"),
        (error(400, "This model's maximum context length is 10 tokens"), "too long for m"),
        ((200, "<html>a web page</html>"), r"does not answer as .*<html>a web page</html>.*check the address"),
        ((200, {"choices": []}), "does not answer as"),
        ((404, "nothing here"), r"no chat completions at .*nothing here"),
    ],
)
def test_what_does_not_pass_is_one_line(script: Scripted, reply: Reply, message: str) -> None:
    script.replies = [reply]
    with pytest.raises(EngineError, match=message) as caught:
        translate(script, "Hello.")
    assert "\n" not in str(caught.value)
    assert script.url in str(caught.value)


def test_a_model_that_is_not_served(script: Scripted) -> None:
    script.models, script.replies = ["a", "b"], [error(404, "model not found")]
    with pytest.raises(EngineError, match="has no model m; it serves: a, b"):
        translate(script, "Hello.")


def test_a_server_that_can_not_name_its_models(script: Scripted) -> None:
    script.models, script.replies = [], [error(500, "oops")]
    with pytest.raises(EngineError, match=r"answers 500 \(oops\)"):
        translate(script, "Hello.")
    with pytest.raises(EngineError, match=r"say which model, .* it names none"):
        translator(f"server:{script.url}").translate([Segment("Hello.")], "en", "zh")


def test_a_slow_server(script: Scripted) -> None:
    def slow(body: dict[str, Any]) -> Reply:
        time.sleep(0.4)
        return says("你好。")

    script.replies = [slow]
    with pytest.raises(EngineError, match=r"no answer in 0\.1 s: set server\.timeout higher"):
        translate(script, "Hello.", timeout=0.1)


def test_no_server() -> None:
    with pytest.raises(EngineError, match=r"no server answers at http://127\.0\.0\.1:9/v1: start it or check the addr"):
        translator("server:http://127.0.0.1:9#m").translate([Segment("Hello.")], "en", "zh")
    with pytest.raises(EngineError, match="write server:URL#MODEL"):
        translator("server:#m")


def test_a_cut_answer_gets_more_room(script: Scripted) -> None:
    script.replies = [says("今年", "length"), says("今年销量增长。")]
    assert translate(script, "Sales grew this year.") == ["今年销量增长。"]
    assert script.bodies[1]["max_tokens"] > script.bodies[0]["max_tokens"]


def test_a_reasoning_model_gets_room_to_think(script: Scripted) -> None:
    script.replies = [says("<think>Well, this", "length"), says("<think>Well.</think>\n\n你好。")]
    assert translate(script, "Hello.") == ["你好。"]
    assert script.bodies[1]["max_tokens"] == completions.REASONING_ROOM


def test_a_translation_that_stays_cut_is_not_shipped(script: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    script.replies = [says("今年今年今年", "length")]
    assert translate(script, "This year.") == [""]
    assert len(script.bodies) == 2
    assert "'This year.'" in caplog.text


def test_a_template_without_a_system_role(script: Scripted) -> None:
    def picky(body: dict[str, Any]) -> Reply:
        roles = [message["role"] for message in body["messages"]]
        return error(400, "System role not supported") if "system" in roles else says("你好。")

    script.replies = [picky]
    assert translate(script, *(f"Hello {n}." for n in range(8))) == ["你好。"] * 8


def test_the_key_comes_from_the_environment_and_shows_nowhere(
    script: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIVTEXT_SERVER_KEY", "s3cret")
    script.replies = [error(403, "no")]
    engine = translator(f"server:{script.url}#m")
    with pytest.raises(EngineError) as caught:
        engine.translate([Segment("Hello.")], "en", "zh")
    assert script.headers[0]["authorization"] == "Bearer s3cret"
    assert "s3cret" not in engine.signature + str(caught.value)


def test_a_password_in_the_address_shows_nowhere(script: Scripted) -> None:
    script.replies = [error(403, "no")]
    engine = translator(f"server:{script.url.replace('//', '//user:passw0rd@')}#m")
    with pytest.raises(EngineError) as caught:
        engine.translate([Segment("Hello.")], "en", "zh")
    assert script.headers[0]["authorization"].startswith("Basic ")
    assert "passw0rd" not in engine.signature + str(caught.value)


def test_other_answers_are_sampled_each_with_its_seed(script: Scripted) -> None:
    script.replies = [lambda body: says("你好。" if body["seed"] % 2 else "您好。")]
    engine = translator(f"server:{script.url}#m")
    assert isinstance(engine, AlternativesTranslator)
    found = engine.alternatives([Segment("Hello."), Segment("Hi.")], "en", "zh", 3)
    assert [[candidate.text for candidate in candidates] for candidates in found] == [["你好。", "您好。"]] * 2
    assert sorted(body["seed"] for body in script.bodies) == [1, 1, 2, 2, 3, 3]
    assert all(body["temperature"] > 0 for body in script.bodies)


def test_points_cite_sentences_of_the_passage(script: Scripted) -> None:
    script.replies = [
        says('{"text": "The fair has opened in Shanghai.", "sentences": [2]}\n{"text": "Sales fell 40%."')
    ]
    engine = summarizer(f"server:{script.url}#m")
    assert engine.summarize([passage(*SENTENCES)]) == [
        (Point("The fair has opened in Shanghai.", (11,), generated=True),)
    ]


def test_long_documents_are_summarized_in_parts_and_nothing_is_cut(script: Scripted) -> None:
    texts = [f"In town number {n} the makers sold {n * 7 + 100} cars to buyers." for n in range(40)]

    def points(body: dict[str, Any]) -> Reply:
        lines = [line for line in body["messages"][-1]["content"].splitlines() if line.startswith("[")]
        return says(
            "\n".join(json.dumps({"text": line.split("] ")[1], "sentences": [i]}) for i, line in enumerate(lines, 1))
        )

    script.replies = [points]
    settings = Settings(server=ServerSettings(passage_tokens=200))
    found = summarizer(f"server:{script.url}#m", settings).summarize([passage(*texts, limit=3)])[0]
    asked = "\n".join(body["messages"][-1]["content"] for body in script.bodies)
    assert all(text in asked for text in texts)
    assert len(script.bodies) > 4
    assert len(found) == 3
    assert all(point.text == texts[point.sentences[0] - 10] for point in found)


def test_parts_shrink_until_the_model_takes_them(script: Scripted) -> None:
    def small(body: dict[str, Any]) -> Reply:
        if len(body["messages"][-1]["content"]) > 3000:
            return error(400, "the request exceeds the available context size")
        return says('{"text": "Sales rose 12% in May.", "sentences": [1]}')

    script.replies = [small]
    long = passage(*(f"Sales rose 12% in May. ({n})" for n in range(200)))
    points = summarizer(f"server:{script.url}#m").summarize([long])[0]
    assert points


def test_an_unreadable_summary_gives_way_to_sentences_of_the_source(script: Scripted) -> None:
    script.replies = [says("")]
    settings = Settings(summary=SummarySettings(min_points=1))
    points = summarizer(f"server:{script.url}#m", settings).summarize([passage(*SENTENCES)])[0]
    assert points
    assert all(not point.generated and point.text in SENTENCES for point in points)


def test_a_draft_is_corrected_with_the_terms_it_lacks(script: Scripted) -> None:
    script.replies = [says("比亚迪在合肥增长了。")]
    engine = translator(f"server:{script.url}#m")
    segment = Segment("BYD grew in Hefei.", (TermPair("BYD", "比亚迪"), TermPair("Hefei", "合肥")))
    assert engine.place_terms([segment], ["它在合肥增长了。"], "en", "zh") == [[Candidate("比亚迪在合肥增长了。")]]  # type: ignore[attr-defined]
    asked = script.bodies[-1]["messages"][-1]["content"]
    assert "BYD = 比亚迪" in asked and "= 合肥" not in asked and "它在合肥增长了。" in asked
