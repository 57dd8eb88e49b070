"""A client of servers that speak OpenAI's chat completions: vLLM, llama.cpp, Ollama, `transformers serve` and others.

Retries what passes by itself (429, 5xx, dropped connections), asks again with more room when an answer was cut off, and
turns what doesn't pass into one line that says what to do.
"""

from __future__ import annotations

import ipaddress
import os
import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import httpx

from wivtext.engines.chat import Message, without_system
from wivtext.errors import EngineError
from wivtext.settings import ServerSettings

TRIES = 5
FIRST_WAIT = 0.5  # seconds; doubles with every try
LONGEST_WAIT = 60.0
SAMPLING_TEMPERATURE = 0.7
REASONING_ROOM = 8192  # tokens for models that think before they answer

_VERSION = re.compile(r"/(?:v\d\w*|openai)$")
_TOO_LONG = re.compile(r"context.{0,40}(?:length|size|window)|too long|too many tokens|exceeds", re.IGNORECASE)


class PassageTooLong(EngineError):
    """The request has more tokens than the model can take."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, and how many tokens the answer may have. A `seed` other than 0 asks for another answer."""

    messages: Sequence[Message]
    room: int
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote; `cut` where it was still writing when its room was used up."""

    text: str
    cut: bool = False


class Server:
    """One model of a server: `address` is URL#MODEL, or just URL where it serves a single one."""

    def __init__(self, address: str, settings: ServerSettings) -> None:
        url, _, self._named = address.partition("#")
        self._base = _base(url)
        self._settings = settings
        self._folds_system = False

    @property
    def url(self) -> str:
        """The address without user name and password, for messages and signatures."""
        return str(self._base.copy_with(username=None, password=None))

    @cached_property
    def model(self) -> str:
        """The model's name; asks the server where none was given."""
        if self._named:
            return self._named
        served = self._served()
        if len(served) != 1:
            offers = f"it serves: {', '.join(served)}" if served else "it names none"
            raise EngineError(f"server at {self.url}: say which model, as in server:{self.url}#MODEL; {offers}")
        return served[0]

    def answers(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers in the order of the requests, a few of which are under way at a time."""
        with ThreadPoolExecutor(self._settings.requests) as pool:
            futures = [pool.submit(self.answer, request) for request in requests]
            try:
                return [future.result() for future in futures]
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def answer(self, request: Request) -> Answer:
        """One answer, asked again with more room if that was too little."""
        answer, thinks = self._complete(request)
        if answer.cut:
            answer, _ = self._complete(replace(request, room=REASONING_ROOM if thinks else 3 * request.room))
        return answer

    def _complete(self, request: Request) -> tuple[Answer, bool]:
        folded = self._folds_system
        messages = without_system(request.messages) if folded else list(request.messages)
        temperature = SAMPLING_TEMPERATURE if request.seed else 0
        body = {
            "model": self.model,
            "messages": messages,
            "max_tokens": request.room,
            "temperature": temperature,
            "seed": request.seed,
        }
        response = self._send("POST", "chat/completions", body)
        if response.status_code != 200:
            refuses_system = response.status_code in (400, 422) and "system role" in response.text.lower()
            if refuses_system and not folded:
                self._folds_system = True
                return self._complete(request)
            raise self._refusal(response)
        return self._read(response)

    def _read(self, response: httpx.Response) -> tuple[Answer, bool]:
        """The answer, and whether the model reasoned before it."""
        try:
            choice = response.json()["choices"][0]
            text, reasoning = choice["message"].get("content") or "", choice["message"].get("reasoning_content")
            if not isinstance(text, str):  # a list of parts, as some servers have it
                text = "".join(part.get("text", "") for part in text)
            thinks = bool(reasoning) or "<think>" in text or not text.strip()
            return Answer(text, choice.get("finish_reason") == "length"), thinks
        except (ValueError, LookupError, TypeError, AttributeError):
            said = _first_line(response.text)
            if _breaks_off(response):
                raise EngineError(f"an answer of the server at {self.url} breaks off ({said}); see its log") from None
            raise EngineError(
                f"server at {self.url} does not answer as an OpenAI-compatible one does ({said}); check the address"
            ) from None

    def _send(self, method: str, path: str, body: dict[str, Any] | None = None, tries: int = TRIES) -> httpx.Response:
        """The first response that asking again would not better, or the last one."""
        for wait in [FIRST_WAIT * 2**number for number in range(tries - 1)] + [None]:
            try:
                response = self._client.request(method, path, json=body)
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
                if "certificate" in str(error).lower():
                    raise EngineError(
                        f"the certificate of {self.url} can't be verified ({error}); see SSL_CERT_FILE"
                    ) from None
                raise EngineError(f"no server answers at {self.url}: start it or check the address") from None
            except httpx.TimeoutException:
                seconds = self._settings.timeout
                raise EngineError(
                    f"server at {self.url} gave no answer in {seconds:g} s: set server.timeout higher or choose a "
                    "smaller model"
                ) from None
            except httpx.TransportError as error:
                if wait is None:
                    raise EngineError(f"server at {self.url} drops the connection ({error}); see its log") from None
                time.sleep(wait)
                continue
            if wait is None or not (self._may_pass(response) or _breaks_off(response)):
                return response
            time.sleep(_wait(response, wait))
        raise AssertionError("the last try returns or raises")

    def _may_pass(self, response: httpx.Response) -> bool:
        """Whether asking again may help. `transformers serve` answers 500 for a model that it has not."""
        if response.status_code == 500 and response.request.method == "POST":
            served = self._served()
            return not served or self.model in served
        return response.status_code == 429 or response.status_code >= 500

    def _refusal(self, response: httpx.Response) -> EngineError:
        """Why the server would not answer, and what to do about it."""
        status, said = response.status_code, _message(response)
        if status in (401, 403):
            return EngineError(f"server at {self.url} refuses the key ({said}); set WIVTEXT_SERVER_KEY")
        if status == 413 or (status in (400, 422) and _TOO_LONG.search(said)):
            return PassageTooLong(f"server at {self.url}: the text is too long for {self.model} ({said})")
        served = self._served()
        if served and self.model not in served:
            return EngineError(f"server at {self.url} has no model {self.model}; it serves: {', '.join(served)}")
        if status == 404:
            return EngineError(f"no chat completions at {self.url} ({said}); check the address")
        return EngineError(f"server at {self.url} answers {status} ({said}); see its log")

    def _served(self) -> list[str]:
        """The models that the server names; [] where it does not tell."""
        response = self._send("GET", "models", tries=2)  # uvicorn drops the connection after a 500
        if response.status_code in (401, 403):
            raise self._refusal(response)
        try:
            return sorted(str(model["id"]) for model in response.json()["data"])
        except (ValueError, LookupError, TypeError):
            return []

    @cached_property
    def _client(self) -> httpx.Client:
        key = os.environ.get("WIVTEXT_SERVER_KEY") or os.environ.get("OPENAI_API_KEY")
        return httpx.Client(
            base_url=self._base,
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(self._settings.timeout, connect=min(10.0, self._settings.timeout)),
            trust_env=not _is_loopback(self._base.host),  # a proxy can't reach this machine
        )


def _base(url: str) -> httpx.URL:
    """The address that "chat/completions" and "models" follow.

    >>> str(_base("localhost:8000")), str(_base("http://localhost:8000/v1/"))
    ('http://localhost:8000/v1', 'http://localhost:8000/v1')
    """
    text = url.strip().rstrip("/").removesuffix("/chat/completions")
    if "://" not in text:
        text = f"http://{text}"
    if not _VERSION.search(text):
        text = f"{text}/v1"
    try:
        base = httpx.URL(text)
    except httpx.InvalidURL:
        base = httpx.URL()
    if base.scheme not in ("http", "https") or not base.host:
        raise EngineError(
            f"server:{url}: no address; write server:URL#MODEL, as in server:http://localhost:8000#qwen3-4b"
        )
    return base


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _breaks_off(response: httpx.Response) -> bool:
    """Whether an answer begins as JSON and has no end, which a proxy or a dying server does."""
    text = response.text.strip()
    return response.status_code == 200 and text.startswith("{") and not text.endswith("}")


def _wait(response: httpx.Response, otherwise: float) -> float:
    asked = response.headers.get("retry-after", "")
    return min(float(asked), LONGEST_WAIT) if asked.isdecimal() else otherwise


def _message(response: httpx.Response) -> str:
    """What the server says of an error: OpenAI's `error.message`, FastAPI's `detail`, or the first line of its body."""
    try:
        body = response.json()
        error = body.get("error", body.get("detail", body))
        said = error.get("message", error) if isinstance(error, dict) else error
    except (ValueError, AttributeError):
        said = response.text
    return _first_line(str(said)) or response.reason_phrase


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[0][:160]
