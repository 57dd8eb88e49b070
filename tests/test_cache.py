import logging
import sqlite3
from concurrent.futures import ProcessPoolExecutor

import pytest

from wivtext.engines import Candidate, Segment
from wivtext.records import TermPair
from wivtext.translation.cache import TranslationCache, cache_key, default_path


def fill(path, name):
    cache = TranslationCache(path)
    for batch in range(10):
        cache.put({f"{name}-{batch}-{i}": [Candidate("译文", -0.1)] for i in range(20)})
    return True


def test_kept_and_found_again(tmp_path):
    answers = {f"key{i}": [Candidate(f"译文{i}", -0.25), Candidate("又", None)] for i in range(1200)}
    TranslationCache(tmp_path / "a.sqlite").put(answers)
    assert TranslationCache(tmp_path / "a.sqlite").get([*answers, "unknown"]) == answers


def test_folder_or_file(tmp_path):
    assert TranslationCache(tmp_path).path.parent == tmp_path
    assert TranslationCache(tmp_path / "x.sqlite").path == tmp_path / "x.sqlite"
    assert TranslationCache().path == default_path()


@pytest.mark.parametrize(
    "other",
    [
        cache_key(Segment("b"), "en", "zh", "engine"),
        cache_key(Segment("a", (TermPair("a", "甲"),)), "en", "zh", "engine"),
        cache_key(Segment("a"), "zh", "en", "engine"),
        cache_key(Segment("a"), "en", "zh", "engine;beam 5"),
        cache_key(Segment("a"), "en", "zh", "engine", "4 alternatives"),
    ],
)
def test_key_depends_on_everything(other):
    assert other != cache_key(Segment("a"), "en", "zh", "engine")


def test_damaged_file_is_set_aside(tmp_path, caplog):
    cache = TranslationCache(tmp_path)
    cache.path.write_bytes(b"no database at all" * 100)
    with caplog.at_level(logging.WARNING):
        assert cache.get(["key"]) == {}
    assert "damaged" in caplog.text
    cache.put({"key": [Candidate("译文")]})
    assert cache.get(["key"]) == {"key": [Candidate("译文")]}
    assert (tmp_path / "translations.sqlite.damaged").read_bytes().startswith(b"no database")


def test_damage_inside_the_file(tmp_path):
    cache = TranslationCache(tmp_path)
    cache.put({f"{i:064}": [Candidate("译文" * 100)] for i in range(500)})
    content = bytearray(cache.path.read_bytes())
    content[4096 : len(content) // 2] = b"\xa5" * (len(content) // 2 - 4096)
    cache.path.write_bytes(content)
    cache.get([f"{i:064}" for i in range(500)])
    cache.put({"key": [Candidate("新")]})
    cache.put({"key": [Candidate("新")]})
    assert cache.get(["key"]) == {"key": [Candidate("新")]}


def test_a_cache_of_another_version_is_set_aside(tmp_path, caplog):
    cache = TranslationCache(tmp_path)
    with sqlite3.connect(cache.path) as connection:
        connection.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, source TEXT, target TEXT)")
        connection.execute("INSERT INTO answers VALUES (1, 'Up.', '上升。')")
    connection.close()
    cache.put({"key": [Candidate("新")]})
    assert cache.get(["key"]) == {"key": [Candidate("新")]}
    assert "another version" in caplog.text
    with sqlite3.connect(cache.path.with_name(cache.path.name + ".damaged")) as connection:
        assert connection.execute("SELECT target FROM answers").fetchone() == ("上升。",)


def test_no_place_for_a_cache(tmp_path, caplog):
    (tmp_path / "file").write_text("in the way")
    cache = TranslationCache(tmp_path / "file" / "folder")
    cache.put({"key": [Candidate("译文")]})
    assert cache.get(["key"]) == {}
    assert "without the cache" in caplog.text


def test_two_processes_at_once(tmp_path):
    with ProcessPoolExecutor(2) as pool:
        assert all(pool.map(fill, [tmp_path] * 2, ["a", "b"]))
    with sqlite3.connect(TranslationCache(tmp_path).path) as connection:
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (400,)
