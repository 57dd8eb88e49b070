"""Every regular expression of the package against texts that keep it busy, made from the expression itself.

A sentence has 2,000 characters at most, so that what grows with the square of a sentence is bounded; what grows faster,
or doubles with each character, is found here: `python tests/patterns.py [NAME ...]`, half a minute. test_hostile.py
does the same with shorter texts.
"""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import wivtext
from wivtext.reading.sentences import LONGEST

REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
SAMPLES = "a1 A-\"\t,.(中“”:|'\n<"
SLOW = 1.0  # seconds of processor for one text; what is sound takes a hundredth
# What only ever sees so many characters.
BOUNDED = {"wivtext.reading.readers.text._SENTENCES": 200}


def patterns() -> dict[str, re.Pattern[Any]]:
    """The expressions in the modules: compiled ones by name, those within functions by line."""
    found: dict[str, re.Pattern[Any]] = {}
    for info in pkgutil.walk_packages(wivtext.__path__, "wivtext."):
        if ".embedded" in info.name or info.name.endswith("__main__"):
            continue
        module = import_module(info.name)
        for name, value in vars(module).items():
            values = (
                value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else (value,)
            )
            several = [one for one in values if isinstance(one, re.Pattern)]
            found |= {f"{info.name}.{name}{f' {i}' if i else ''}": one for i, one in enumerate(several)}
        found |= {f"{info.name}:{line}": one for line, one in _inline(module)}
    return {name: one for name, one in found.items() if one.pattern}


def _inline(module: ModuleType) -> Iterator[tuple[int, re.Pattern[Any]]]:
    """Expressions that are written where they are used; what only the call knows is left out."""
    tree = ast.parse(inspect.getsource(module))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in (node for function in functions for node in ast.walk(function)):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
        if called and isinstance(node.func.value, ast.Name) and node.func.value.id == "re":
            with suppress(NameError):
                written = eval(compile(ast.Expression(node.args[0]), module.__name__, "eval"), vars(module))
                if isinstance(written, str | bytes):
                    yield node.lineno, re.compile(written)


def slow_texts(name: str, pattern: re.Pattern[Any], length: int, most: float) -> Iterator[str]:
    """Texts of a length that take more than `most` seconds of processor."""
    for text in texts(pattern, min(length, BOUNDED.get(name, length))):
        subject = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "ignore")
        started = time.process_time()
        pattern.sub(subject[:0], subject)
        if time.process_time() - started > most:
            yield text


def texts(pattern: re.Pattern[Any], length: int) -> set[str]:
    """What leads up to each repetition and then repeats it, and ends otherwise."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    made = set()
    for before, unit in _repeated(tree, ""):
        times = length // len(unit)
        made |= {before + unit * times + "\0", (before + unit) * (length // len(before + unit))}
    return made


def _repeated(tree: Iterable[Any], before: str) -> Iterator[tuple[str, str]]:
    for node in tree:
        code, value = node
        inner = value[2] if code in REPEATS else None
        if inner is not None and value[1] > 20:
            yield from ((before, unit) for unit in dict.fromkeys((_sample([*inner]), *_choices(inner))) if unit)
        for part in _parts(node):
            yield from _repeated(part, before)
        before += _sample([node])


def _parts(node: Any) -> list[Any]:
    code, value = node
    if code in REPEATS:
        return [value[2]]
    if code is codes.BRANCH:
        return list(value[1])
    if code is codes.SUBPATTERN:
        return [value[3]]
    if code is codes.ATOMIC_GROUP:
        return [value]
    return [value[1]] if code in (codes.ASSERT, codes.ASSERT_NOT) else []


def _choices(tree: Iterable[Any]) -> list[str]:
    """Other texts that the repeated part may be."""
    found = []
    for node in tree:
        if node[0] is codes.BRANCH:
            found += [_sample(branch) for branch in node[1][1]]
        elif node[0] is codes.IN:
            found += [one for one in SAMPLES if _is_in(node[1], one)]
        elif node[0] is codes.SUBPATTERN:
            found += _choices(node[1][3])
    return found[:3]


def _sample(tree: Iterable[Any]) -> str:
    """A short text that a part of an expression matches, more or less."""
    made = ""
    for code, value in tree:
        if code is codes.LITERAL:
            made += chr(value)
        elif code in (codes.ANY, codes.NOT_LITERAL):
            made += "a"
        elif code is codes.IN:
            made += next((one for one in SAMPLES if _is_in(value, one)), _first(value))
        elif code in REPEATS:
            made += _sample(value[2]) * value[0]
        elif code not in (codes.ASSERT, codes.ASSERT_NOT):
            made += "".join(map(_sample, _parts((code, value))[:1]))
    return made


def _is_in(items: Any, one: str) -> bool:
    """Whether a set of characters has this one."""
    written = repr(items)
    if written not in _sets:
        tree = parser.parse("a")
        tree.data = [(codes.IN, items)]
        _sets[written] = re._compiler.compile(tree)  # type: ignore[attr-defined]
    return _sets[written].fullmatch(one) is not None


_sets: dict[str, re.Pattern[str]] = {}


def _first(items: Any) -> str:
    return next((chr(v if c is codes.LITERAL else v[0]) for c, v in items if c in (codes.LITERAL, codes.RANGE)), "a")


def main(names: list[str]) -> int:
    """Name each expression before it is tried, and those that are slow."""
    known, slow = patterns(), 0
    for name in names or known:
        print(f"\r{name:80}", end="", file=sys.stderr, flush=True)
        text = next(slow_texts(name, known[name], LONGEST, SLOW), None)
        if text is not None:
            print(f"{name} is slow on {text[:40]!r}", flush=True)
            slow += 1
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
