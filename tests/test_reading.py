"""Reading: every format, titles, turns, and files that can't be read."""

import io
import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from wivtext import reading
from wivtext.errors import DocumentError
from wivtext.reading.readers import labels

LABELS = json.loads((Path(__file__).parent / "cases" / "labels.json").read_text(encoding="utf-8"))


@pytest.fixture
def write(tmp_path):
    """A file of that name and content; text becomes UTF-8."""

    def _write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return _write


def texts(document):
    return [sentence.text for sentence in document.sentences]


def check_spans(document):
    for span in (*document.paragraphs, *document.sentences):
        assert document.text[span.start : span.end] == span.text
    assert [sentence.index for sentence in document.sentences] == list(range(len(document.sentences)))
    for sentence in document.sentences:
        paragraph = document.paragraphs[sentence.paragraph]
        assert paragraph.start <= sentence.start < sentence.end <= paragraph.end


# Plain text


def test_first_line_is_the_title_when_a_blank_line_follows(write):
    document = reading.read(write("a.txt", "Plant opens early\n\nThe plant opened. It is big.\nExports rose."))
    assert document.title == "Plant opens early"
    assert texts(document) == ["The plant opened.", "It is big.", "Exports rose."]
    assert document.text.startswith("Plant opens early")
    assert document.paragraphs[0].kind == "heading"
    check_spans(document)


def test_a_text_keeps_its_characters_so_that_offsets_fit_the_file(write):
    content = "标题\n\n　　第一段。“好。”他说。\n\n  第二段：３５％。  \n"
    document = reading.read(write("a.txt", content))
    assert document.text == content
    check_spans(document)


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (
            "CHONGQING, July 30 (Xinhua) -- A conference opened in Chongqing, with experts.\nMore.",
            "A conference opened in Chongqing",
        ),
        ("新华社重庆7月30日电 大会在重庆开幕。代表来自各国。", "大会在重庆开幕"),
        ("***\n...", None),
    ],
)
def test_title_of_a_text_that_names_none(write, content, title):
    if title is None:
        with pytest.raises(DocumentError):
            reading.read(write("a.txt", content))
    else:
        assert reading.read(write("a.txt", content)).title.startswith(title[:20])


def test_running_text_is_no_title():
    document = reading.read_text("The plant opened on Monday. It is big.\n\nExports rose.")
    assert texts(document)[0] == "The plant opened on Monday."


@pytest.mark.parametrize(
    "title",
    ["One machine replaces 72 parts. Then what?", "BYD opens plant in the U.S.", "“我们赢了”", "谁来埋单？", "A: B"],
)
def test_titles(title):
    assert reading.read_text(f"{title}\n\nThe plant opened.\n").title == title


@pytest.mark.parametrize(
    "lead",
    [
        "OSLO, May 3 (Reuters) - Ferries stopped on Monday.",
        "A strike that has grounded a third of the country's ferries entered its second week as talks failed.",
        "本报讯 渡轮停航一周。",
    ],
)
def test_a_first_sentence_is_no_title(lead):
    document = reading.read_text(f"{lead}\n\nTalks went on.\n")
    assert document.sentences[0].text == lead and document.title


def test_a_text_of_one_line_is_no_title():
    assert texts(reading.read_text("Sales rose.\n\n")) == ["Sales rose."]


def test_captions_are_marked_and_nothing_is_lost():
    document = reading.read_text("Title here\n\nText one.\n\nThe hall at night. (Photo/WIV)\n\n图为开幕式现场。")
    assert [paragraph.kind for paragraph in document.paragraphs] == ["heading", "text", "caption", "caption"]
    assert "图为开幕式现场。" in texts(document)


def test_hard_wrapped_text_runs_over_line_ends():
    wrapped = (
        "Plant opens\n\nThe first overseas plant of the company was inaugurated on February\n"
        "26 in Rayong Province, 14 months after the foundation stone was laid.\n"
        "Exports will start in June, said Mr. Li.\n"
    )
    document = reading.read_text(wrapped)
    assert len(document.paragraphs) == 2
    assert [" ".join(text.split()) for text in texts(document)] == [
        "The first overseas plant of the company was inaugurated on February "
        "26 in Rayong Province, 14 months after the foundation stone was laid.",
        "Exports will start in June, said Mr. Li.",
    ]
    check_spans(document)


def test_mixed_document():
    document = reading.read_text(
        "大会开幕了，来自各国的代表出席。\nThe conference opened with delegates from many countries."
    )
    assert document.mixed
    assert [sentence.language for sentence in document.sentences] == ["zh", "en"]


def test_english_names_do_not_make_a_document_mixed():
    document = reading.read_text("BYD和Mercedes-Benz China出席了大会。Wang Chuanfu没有出席，Li Na说。")
    assert (document.language, document.mixed, document.script) == ("zh", False, "simplified")


def test_language_can_be_given():
    assert reading.read_text("BYD 2025", language="zh").language == "zh"


# Transcripts


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry["label"]) for entry in LABELS])
def test_label(entry):
    found = labels.label(entry["input"])
    assert (found and found.name) == entry["expected"]


def test_transcript_in_text():
    document = reading.read_text(
        "主持人：欢迎各位。今天谈标准。\n张伟（澜驰汽车总裁）：我们支持统一标准。\n主持人：为什么？\n张伟：因为成本。\n注：内容有删节。"
    )
    assert [paragraph.label for paragraph in document.paragraphs] == ["主持人", "张伟", "主持人", "张伟", None]
    assert document.sentences[0].text == "主持人：欢迎各位。"


def test_an_article_with_colons_is_no_transcript():
    document = reading.read_text(
        "Market report\n\nRange: 600 km\n\nPrice: 200,000 yuan\n\nHe made one demand: more money.\n\n"
        "Sales rose in May.\n\nNote: rounded."
    )
    assert all(paragraph.label is None for paragraph in document.paragraphs)


# Markdown


def test_markdown(write):
    document = reading.read(
        write(
            "a.md",
            "---\ntitle: 大会开幕\ndate: 2025-07-30\nsource: 例报\nurl: https://example.com/a\nlanguage: zh\n---\n"
            "# 大会开幕\n\n第一段有**重点**、*斜体*和[链接](https://example.com)，行末换行\n后继续。\n\n"
            "## 出海\n\n- 第一项\n- 第二项\n\n"
            "> “引文。”他说。\n\n| 品牌 | 销量 |\n|---|---|\n| 甲 | 100 |\n\n![图](a.png)\n\n<!-- 注释 -->\n",
        )
    )
    assert document.title == "大会开幕"
    assert document.origin == {"date": "2025-07-30", "source": "例报", "url": "https://example.com/a", "language": "zh"}
    assert [(paragraph.kind, paragraph.text) for paragraph in document.paragraphs][1:] == [
        ("text", "第一段有重点、斜体和链接，行末换行后继续。"),
        ("heading", "出海"),
        ("item", "第一项"),
        ("item", "第二项"),
        ("text", "“引文。”他说。"),
        ("text", "品牌 | 销量"),
        ("text", "甲 | 100"),
    ]
    assert "大会开幕" not in texts(document)
    check_spans(document)


def test_markdown_transcript(write):
    document = reading.read(
        write("a.md", "# Panel\n\n**Host:** Welcome. Why now?\n\n**Li Na:** Costs fell.\n\n**Host:** Thanks.\n")
    )
    assert [paragraph.label for paragraph in document.paragraphs] == [None, "Host", "Li Na", "Host"]
    assert document.sentences[0].text == "Host: Welcome."


@pytest.mark.parametrize("matter", ["title: [a", "just words:\n\t- x\n", "- a\n"])
def test_front_matter_that_is_not_yaml(write, matter):
    path = write("a.md", f"---\ntitle: x\n{matter}\n---\nText.")
    with pytest.raises(DocumentError, match="front matter"):
        reading.read(path)


def test_a_rule_is_no_front_matter(write):
    assert "Text" in reading.read(write("a.md", "---\n\nText here.\n\n---\n\nMore.")).text


# HTML

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>智能网联汽车大会开幕（组图）_例网</title>
<meta property="og:title" content="智能网联汽车大会开幕"><meta name="publishdate" content="2025-07-30">
<link rel="canonical" href="https://example.com/a.html"></head>
<body><nav><ul><li><a href="/">首页导航</a></li></ul></nav>
<article><h1>智能网联汽车大会开幕</h1><p>大会于30日在重庆开幕，来自２０个国家的代表出席：“智能汽车是未来。”主席张伟说（掌声）。占比达３５％。</p>
<h2>出海</h2><p>“我们必须竞争，<b>靠技术</b>和服务。”他说。<br>第二行讲的是标准与合作。</p><ul><li>第一项：电池技术</li></ul></article>
<div id="comments" class="comments"><p>网友评论：支持国产汽车，加油，我觉得非常棒的大会。</p></div>
<footer>版权所有 例网</footer></body></html>"""


@pytest.mark.parametrize(("charset", "codec"), [("utf-8", "utf-8"), ("gb2312", "gb18030")])
def test_html(write, charset, codec):
    document = reading.read(write("a.html", PAGE.format(charset=charset).encode(codec)))
    assert document.title == "智能网联汽车大会开幕"
    assert document.origin["date"] == "2025-07-30"
    assert document.origin["url"] == "https://example.com/a.html"
    assert "代表出席：“智能汽车是未来。”主席张伟说（掌声）。占比达３５％。" in document.text
    assert "评论" not in document.text
    assert "首页" not in document.text
    assert "“我们必须竞争，靠技术和服务。”他说。" in texts(document)
    check_spans(document)


def test_html_without_an_article(write):
    document = reading.read(
        write("a.htm", "<body><div>第一段文字，<b>粗体</b>字。</div><div>第二段。<br>第三行。</div></body>")
    )
    assert texts(document) == ["第一段文字，粗体字。", "第二段。", "第三行。"]


@pytest.mark.parametrize("tag", ["article", "div"])
def test_html_keeps_an_answer_that_is_given_twice(write, tag):
    lines = [
        line
        for year in range(6)
        for line in (f"Reporter: Did the market grow in year {year}, as reported?", "Li Na: Yes.")
    ]
    page = f"<body><{tag}><h1>A talk</h1>" + "".join(f"<p>{line}</p>" for line in lines) + f"</{tag}></body>"
    assert [paragraph.text for paragraph in reading.read(write("a.html", page)).paragraphs][1:] == lines


def test_html_with_nothing_to_read(write):
    with pytest.raises(DocumentError, match="no article"):
        reading.read(write("a.html", "<html><head><title>x</title></head><body><nav>a</nav></body></html>"))


# Word


def word(build):
    import docx

    document = docx.Document()
    build(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_docx(write):
    def build(document):
        document.add_heading("大会开幕", 0)
        document.add_paragraph("“我们赢了。”他说。会议持续三天。")
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = "品牌", "销量"
        document.add_heading("出海", 1)
        document.add_paragraph("第一项", style="List Bullet")

    document = reading.read(write("a.docx", word(build)))
    assert document.title == "大会开幕"
    assert [(paragraph.kind, paragraph.text) for paragraph in document.paragraphs] == [
        ("heading", "大会开幕"),
        ("text", "“我们赢了。”他说。会议持续三天。"),
        ("text", "品牌 | 销量"),
        ("heading", "出海"),
        ("item", "第一项"),
    ]
    assert texts(document)[0] == "“我们赢了。”他说。"
    check_spans(document)


def archive(entries):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries.items():
            target.writestr(name, content)
    return file.getvalue()


def test_a_docx_that_unpacks_to_too_much(write, monkeypatch):
    monkeypatch.setattr("wivtext.reading.readers.docx.LARGEST", 1_000_000)
    with pytest.raises(DocumentError, match="unpacked"):
        reading.read(write("a.docx", archive({"word/document.xml": b" " * 2_000_000})))


# Captions

VTT = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v Li Na>Costs fell by half</v>

00:00:03.000 --> 00:00:05.000
<v Li Na>in two years. That &amp; more.</v>

00:00:05.000 --> 00:00:07.000
<v Host>Why?</v>
<v Li Na>Batteries.</v>
"""
ROLLING = """WEBVTT

00:00:01.000 --> 00:00:02.000
the market grew

00:00:02.000 --> 00:00:03.000
the market grew
by<00:00:02.500><c> half</c> last year

00:00:03.000 --> 00:00:04.000
by half last year
and exports rose.
"""
SRT = """1
00:00:01,000 --> 00:00:03,000
主持人：欢迎各位来到

2
00:00:03,000 --> 00:00:05,000
今天的论坛。

3
00:00:05,000 --> 00:00:07,000
张伟：谢谢。我们增长了
35%。
"""


def test_vtt(write):
    document = reading.read(write("a.vtt", VTT))
    assert [(paragraph.label, paragraph.text) for paragraph in document.paragraphs] == [
        ("Li Na", "Costs fell by half in two years. That & more."),
        ("Host", "Why?"),
        ("Li Na", "Batteries."),
    ]
    assert {paragraph.kind for paragraph in document.paragraphs} == {"turn"}
    check_spans(document)


def test_rolling_captions(write):
    assert reading.read(write("a.vtt", ROLLING)).text == "the market grew by half last year and exports rose."


def test_srt(write):
    document = reading.read(write("forum-panel.srt", SRT.replace("\n", "\r\n").encode("utf-8-sig")))
    assert [(paragraph.label, paragraph.text) for paragraph in document.paragraphs] == [
        ("主持人", "主持人：欢迎各位来到今天的论坛。"),
        ("张伟", "张伟：谢谢。我们增长了35%。"),
    ]
    assert document.title == "forum panel"


# Files that can't be read


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n", "empty"),
        ("a.txt", bytes(range(256)) * 4, "binary"),
        ("a.pdf", b"%PDF-1.7", "save it as .docx or .txt"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "save it as .docx or .txt"),
        ("a.xyz", b"text", r"\.docx, \.htm, \.html, \.markdown, \.md, \.srt, \.txt, \.vtt"),
        ("a", b"text", "unknown format"),
        ("a.docx", b"not a zip", "damaged"),
        ("a.docx", archive({"a.txt": b"text"}), "zip archive"),
        ("a.docx", archive({"[Content_Types].xml": b"<broken"}), "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1", "old or encrypted"),
        ("a.docx", word(lambda document: None), "no text"),
        ("a.vtt", b"Not captions at all", "not SubRip"),
        ("a.srt", b"Not captions at all", "not SubRip"),
        ("a.vtt", b"WEBVTT\n\n", "no captions"),
        ("a.txt", b"--- ***\n...", "nothing to read"),
    ],
)
def test_a_file_that_cannot_be_read(write, name, content, words):
    path = write(name, content)
    with pytest.raises(DocumentError, match=words) as caught:
        reading.read(path)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_files_and_folders(tmp_path):
    with pytest.raises(DocumentError, match="no such file"):
        reading.read(tmp_path / "a.txt")
    with pytest.raises(DocumentError, match="folder"):
        reading.read(tmp_path)


def test_files_that_are_too_large(write):
    path = write("a.txt", "x" * ((1 << 20) + 1))
    with pytest.raises(DocumentError, match=r"1 MB, more than 1 MB; split it, or set reading\.largest"):
        reading.read(path, largest=1)
    assert reading.read(path, largest=2).name == "a"


def test_empty_text():
    with pytest.raises(DocumentError, match="empty"):
        reading.read_text(" \n")


# Cost


def test_a_long_line_is_read_in_time(write):
    line = "“我们必须竞争，靠技术和服务。”张伟说。The market grew by 3.5 percent, said Mr. Li. "
    started = time.process_time()
    document = reading.read(write("a.txt", line * 8_000))
    assert len(document.sentences) == 16_000
    assert time.process_time() - started < 10


def test_reading_text_loads_no_heavy_modules():
    code = (
        "import sys; from wivtext.reading import read_text; read_text('Sales rose. Exports fell.');"
        "heavy = {'trafilatura', 'docx', 'webvtt', 'lxml', 'torch', "
        "'transformers', 'pandas', 'markdown_it'} & set(sys.modules);"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
