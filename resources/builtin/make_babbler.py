#!/usr/bin/python3
# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes babbler.bin, the corpus of the models babbler-5 and babbler-3, from WordNet's definitions and examples and the user's guide.

The file holds the corpus as token numbers and its suffix array, so that the words that followed any context are one
range of the array, whatever its length. The same input gives the same bytes.

Needs the Debian packages wordnet-base and python3-numpy. usage: make_babbler.py [OUT]
"""
import collections
import glob
import os
import re
import struct
import sys

import numpy as np

import wordnet

TOKENS = 525_000  # five bytes each
ORDER = 5
PARAGRAPH = "\n\n"  # token 0
SYNSETS_IN_PARAGRAPH = 4


def sentence(text):
    text = re.sub(r"\([^)]*\)", "", text).replace("`", "'").strip(" ;,")
    text = re.sub(r"\s+", " ", text)
    if not re.search("[a-z]", text):
        return None
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?" else text + "."


def definition(synset):
    gloss = re.sub(r"\([^)]*\)", "", synset.definition).split(";")[0].strip(" ,:")
    lemma = synset.lemmas[0].replace("_", " ")
    if not gloss or not re.fullmatch(r"[A-Za-z' -]+", lemma):
        return None
    if synset.pos == "n":
        article = "" if lemma[0].isupper() else "An " if lemma[0] in "aeiou" else "A "
        return sentence(f"{article}{lemma} is {gloss}")
    if synset.pos == "v":
        return sentence(f"To {lemma} is to {gloss}")
    return sentence(f"{lemma} means {gloss}") if synset.pos == "a" else None


def tokenised(text):
    words = re.findall(r"[A-Za-z](?:[A-Za-z'-]*[A-Za-z])?|[0-9]+|[.,;:!?]", text)
    return [w if w in ".,;:!?" else " " + w for w in words]


def guide_sentences():
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "guide")
    for path in sorted(glob.glob(os.path.join(folder, "*.md"))):
        with open(path, encoding="utf-8") as page:
            text = re.sub(r"<!--.*?-->", "", page.read(), flags=re.S)
        paragraphs = [p for p in text.split("\n\n") if p and p.strip()[0] not in "#|-1"]
        for paragraph in paragraphs:
            yield tokenised(re.sub(r"[*`_]", "", paragraph))


def paragraphs():
    """Lists of (weight, tokens); the weight says which sentences are kept first."""
    tagged = collections.Counter()
    for (_, key), count in wordnet.read_sense_counts().items():
        tagged[key] += count
    paragraph = []
    for i, synset in enumerate(wordnet.read_synsets()):
        text = definition(synset)
        if text:
            paragraph.append((1 + tagged[synset.key], tokenised(text)))
        for example in synset.examples:
            if " " in example and sentence(example):
                paragraph.append((3 + tagged[synset.key], tokenised(sentence(example))))
        if i % SYNSETS_IN_PARAGRAPH == SYNSETS_IN_PARAGRAPH - 1:
            yield paragraph
            paragraph = []
    yield paragraph
    yield [(10**9, tokens) for tokens in guide_sentences()]


def build_corpus():
    everything = list(paragraphs())
    counts = collections.Counter(t for p in everything for _, tokens in p for t in tokens)
    usable = [[(w, t) for w, t in p if len(t) <= 40 and min(counts[x] for x in t) >= 4] for p in everything]
    weights = sorted(((w, len(t)) for p in usable for w, t in p), reverse=True)
    total, threshold = 0, 0
    for weight, length in weights:
        total += length
        if total > TOKENS:
            threshold = weight
            break
    corpus = [PARAGRAPH]
    for paragraph in usable:
        kept = [t for w, t in paragraph if w >= threshold]
        if kept and len(corpus) + sum(map(len, kept)) < TOKENS or any(w == 10**9 for w, _ in paragraph):
            corpus.extend(token for tokens in kept for token in tokens)
            corpus.append(PARAGRAPH)
    return corpus


def suffix_array(ids):
    padded = np.concatenate([ids, np.zeros(ORDER + 1, ids.dtype)])
    keys = [padded[i : i + len(ids)] for i in range(ORDER + 1)]
    return np.lexsort([np.arange(len(ids))] + keys[::-1])


def three_discounts(counts):
    """For counts of one, two and more. Source: S. Chen, J. Goodman, 1998, equation 26."""
    n = [max(1, int((counts == i).sum())) for i in range(1, 5)]
    y = n[0] / (n[0] + 2 * n[1])
    return [min(max(0.05, i - (i + 1) * y * n[i] / n[i - 1]), i) for i in (1, 2, 3)]


def discounts(ids):
    """For each order: of how often the words came in a row, and of how many different words stood before them."""
    often, different = [], []
    for order in range(1, ORDER + 1):
        grams = np.lib.stride_tricks.sliding_window_view(ids, order)
        _, counts = np.unique(grams, axis=0, return_counts=True)
        often.append(three_discounts(counts))
        longer = np.unique(np.lib.stride_tricks.sliding_window_view(ids, order + 1), axis=0)
        _, counts = np.unique(longer[:, 1:], axis=0, return_counts=True)
        different.append(three_discounts(counts))
    return often + different


def main():
    corpus = build_corpus()
    counts = collections.Counter(corpus)
    vocabulary = [PARAGRAPH] + sorted(t for t in counts if t != PARAGRAPH)
    number = {token: i for i, token in enumerate(vocabulary)}
    ids = np.array([number[t] for t in corpus], np.uint16)
    suffixes = suffix_array(ids).astype("<u4")
    pairs = np.unique(np.lib.stride_tricks.sliding_window_view(ids, 2), axis=0)
    continuations = np.bincount(pairs[:, 1], minlength=len(vocabulary)).astype("<u4")
    text = [t.encode() for t in vocabulary]
    offsets = np.cumsum([0] + [len(t) for t in text]).astype("<u4")
    padding = lambda data: data + b"\0" * (-len(data) % 4)
    text = padding(b"".join(text))
    with open(sys.argv[1] if len(sys.argv) > 1 else "babbler.bin", "wb") as out:
        out.write(b"DPBABB02" + struct.pack("<4I", len(vocabulary), len(ids), len(text), ORDER))
        out.write(np.array(discounts(ids), "<f4").tobytes())
        out.write(offsets.tobytes() + continuations.tobytes() + text)
        out.write(padding(ids.astype("<u2").tobytes()))
        out.write(padding(suffixes.view(np.uint8).reshape(-1, 4)[:, :3].tobytes()))
    print(len(vocabulary), "words,", len(ids), "tokens", file=sys.stderr)


if __name__ == "__main__":
    main()
