# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the dictionaries and handbooks from which wordmap.bin is made, besides WordNet."""
import glob
import gzip
import html
import os
import re

# Debian package -> the pages to read
HANDBOOKS = {
    "debian-handbook": "/usr/share/doc/debian-handbook/html/en-US/*.html",
    "debian-reference-en": "/usr/share/debian-reference/*.en.html",
}


class Entry:
    __slots__ = ("heads", "text", "references")

    def __init__(self, heads, lines):
        self.heads = heads
        body = "\n".join(lines)
        self.references = [re.sub(r"\s+", " ", found) for found in re.findall(r"\{([^{}]+)\}", body)]
        self.text = body


def _entries(name, is_head):
    """An entry begins with a line that is not indented; more such lines are other names of it."""
    with gzip.open(f"/usr/share/dictd/{name}.dict.dz", "rt", encoding="utf-8", errors="replace") as lines:
        heads, body = [], []
        for line in lines:
            line = line.rstrip("\n")
            if line and not line[0].isspace() and is_head(line):
                if body:
                    yield Entry(heads, body)
                    heads, body = [], []
                heads.append(line)
            elif heads and (line or body):
                body.append(line)
        if body:
            yield Entry(heads, body)


def read_gcide():
    for entry in _entries("gcide", lambda line: "\\" in line):
        head = entry.heads[-1]
        rest = head[head.rfind("\\") + 1 :]
        text = rest + "\n" + entry.text
        for _ in range(2):  # one within another
            text = re.sub(r"\[[^\[\]]*\]", " ", text)
        text = re.sub(r"--\s*[A-Z][\w.' ]*(\n\s+[xivl]+\. [\w.]+)?", " ", text)  # who is quoted
        text = re.sub(r"\([^)]*[*\"^~=`][^)]*\)", " ", text)  # how it is spoken
        text = re.sub(r"\([A-Z][\w&. ]*\.\)", " ", text)  # of which science
        entry.text = re.sub(r"^[^.]{0,40}?\b(n|a|v|t|i|adv|prep|pl|p|imp|vb)\.", " ", text)
        entry.heads = [re.split(r"\s*\\", head)[0].strip()]
        yield entry


def read_foldoc():
    for entry in _entries("foldoc", lambda line: True):
        text = re.sub(r"\(\d{4}-\d\d-\d\d\)|https?://\S+|ftp://\S+|<[^<>@]*@[^<>]*>", " ", entry.text)
        entry.text = re.sub(r"\[[^\[\]]*\]", " ", text)
        yield entry


def read_jargon():
    for entry in _entries("jargon", lambda line: True):
        entry.text = re.sub(r"/[^/\s]+/,?|https?://\S+", " ", entry.text)
        yield entry


def read_modern_words():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "modernwords.txt"), encoding="ascii") as lines:
        for line in lines:
            if not line.startswith("#"):
                heads, text = line.split(": ", 1)
                yield Entry(heads.split(", "), [text])


def read_handbooks():
    """Paragraphs of text."""
    for pages in HANDBOOKS.values():
        for path in sorted(glob.glob(pages)):
            with open(path, encoding="utf-8") as page:
                text = page.read()
            text = re.sub(r"(?s)<(script|style|head|pre|code|screen|info|license)\b.*?</\1>", " ", text)
            text = re.sub(r"</?(p|div|li|h\d|title|td|tr|dt|dd|item)\b[^>]*>", "\n\n", text)
            text = html.unescape(re.sub(r"<[^>]*>", " ", text))
            for paragraph in re.split(r"\n\s*\n", text):
                if paragraph.count(" ") >= 4:
                    yield paragraph
