#!/usr/bin/python3
# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes wordmap.bin, the word vectors of the model wordmap-256, from WordNet.

Two words are close when short walks over WordNet pass both: a walk goes from synset to synset along weighted relations
and at each emits a lemma or a word of the definition. The expected co-occurrences are worked out exactly by diffusion
(no sampling), turned into positive pointwise mutual information and factorised; the vectors are centred and rotated to
their principal axes, so that a prefix of a vector is the best shorter one. Takes about ten minutes on one core.

Needs the Debian packages wordnet-base and python3-numpy. usage: make_wordmap.py [OUT]
"""
import collections
import math
import os
import re
import struct
import sys

os.environ["OPENBLAS_NUM_THREADS"] = "2"
import numpy as np  # noqa: E402

import wordnet  # noqa: E402

WORDS, DIMENSIONS = 17000, 256
STEPS, CONTINUE = 4, 0.75
RELATION = {"@": 1.0, "~": 1.0, "@i": 0.6, "~i": 0.3, "&": 1.0, "+": 1.0, "#p": 0.7, "%p": 0.7, "#m": 0.4, "%m": 0.4, "#s": 0.5,
            "%s": 0.5, "*": 0.8, ">": 0.8, "^": 0.8, "$": 0.9, "=": 0.7, "<": 0.6, "\\": 0.8, "!": 0.3, ";c": 0.2, "-c": 0.1}
GLOSS_SHARE = 0.45


class Sparse:
    """A matrix in compressed rows that can be multiplied with a dense one."""

    def __init__(self, rows, columns, values, shape):
        order = np.lexsort((columns, rows))
        self.rows, self.columns = rows[order], columns[order]
        self.values, self.shape = values[order].astype(np.float32), shape

    def transposed(self):
        return Sparse(self.columns, self.rows, self.values, self.shape[::-1])

    def times(self, dense, chunk=60000):
        out = np.zeros((self.shape[0], dense.shape[1]), np.float32)
        for start in range(0, len(self.rows), chunk):
            rows = self.rows[start : start + chunk]
            part = dense[self.columns[start : start + chunk]] * self.values[start : start + chunk, None]
            first = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]])
            out[rows[first]] += np.add.reduceat(part, first, axis=0)
        return out


def lemmatiser(lemmas, exceptions):
    """Mirrors WordMap's own rules: irregular forms, then the plainest endings, if what is left is a known lemma."""
    endings = [("ies", "y"), ("es", "e"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")]
    cache = {}

    def base(word):
        if word not in cache:
            cache[word] = word
            if word in exceptions and exceptions[word] in lemmas:
                cache[word] = exceptions[word]
            elif word not in lemmas:
                for ending, instead in endings:
                    stem = word[: len(word) - len(ending)] + instead
                    if word.endswith(ending) and len(stem) > 2 and stem in lemmas:
                        cache[word] = stem
                        break
                else:
                    if len(word) > 5 and word[-3:] in ("ing",) and word[-4] == word[-5] and word[:-4] in lemmas:
                        cache[word] = word[:-4]
                    elif len(word) > 4 and word.endswith("ed") and word[-3] == word[-4] and word[:-3] in lemmas:
                        cache[word] = word[:-3]
        return cache[word]

    return base


def tokens(text):
    return re.findall(r"[a-z]+(?:'[a-z]+)?|[0-9]+", text.lower())


def main():
    synsets = wordnet.read_synsets()
    number = {synset.key: i for i, synset in enumerate(synsets)}
    tagged = wordnet.read_sense_counts()
    exceptions = wordnet.read_exceptions()
    lemmas = {lemma.lower() for synset in synsets for lemma in synset.lemmas}
    base = lemmatiser(lemmas, exceptions)

    glosses = [[base(t) for t in tokens(s.definition + " " + " ".join(s.examples))] for s in synsets]
    frequency = collections.Counter(t for gloss in glosses for t in gloss)
    documents = collections.Counter(t for gloss in glosses for t in set(gloss))
    popularity = collections.Counter(frequency)
    for (lemma, _), count in tagged.items():
        popularity[lemma] += 3 * count
    names = collections.Counter()
    for synset in synsets:
        for lemma in synset.lemmas:
            names[lemma.lower()] += 1
            popularity[lemma.lower()] += 1 if lemma.islower() else 0
    chosen = [w for w in popularity if re.fullmatch(r"[a-z]+(?:'[a-z]+)?", w)]
    chosen = sorted(chosen, key=lambda w: (-popularity[w], w))[:WORDS]
    vocabulary = sorted(chosen)
    index = {word: i for i, word in enumerate(vocabulary)}

    emission = emissions(synsets, tagged, glosses, documents, index)
    transition = transitions(synsets, number)
    similarity = cooccurrences(emission, transition, len(vocabulary))
    vectors = factorise(similarity)
    total = sum(popularity.values())
    probability = np.array([popularity[w] / total for w in vocabulary], np.float32)
    common = common_component(glosses, index, vectors, probability)
    write(sys.argv[1] if len(sys.argv) > 1 else "wordmap.bin", vocabulary, probability, vectors, common, exceptions, index)


def emissions(synsets, tagged, glosses, documents, index):
    rows, columns, values = [], [], []
    senses = collections.Counter()
    for synset in synsets:
        for lemma in synset.lemmas:
            senses[lemma.lower()] += tagged.get((lemma.lower(), synset.key), 0) + 1
    for i, synset in enumerate(synsets):
        share = {}
        for lemma in synset.lemmas:
            word = lemma.lower()
            weight = ((tagged.get((word, synset.key), 0) + 1) / senses[word]) ** 0.75
            parts = re.split(r"[_-]", word)
            for part in parts:
                if part in index:
                    share[part] = share.get(part, 0) + (weight if len(parts) == 1 else 0.25)
        gloss = {}
        for word in glosses[i]:
            if word in index and documents[word] < 12000:
                gloss[word] = gloss.get(word, 0) + math.log(len(synsets) / documents[word])
        scale = GLOSS_SHARE / sum(gloss.values()) if gloss else 0
        for word, weight in gloss.items():
            share[word] = share.get(word, 0) + weight * scale * 2
        for word, weight in share.items():
            rows.append(i), columns.append(index[word]), values.append(weight)
    return Sparse(np.array(rows), np.array(columns), np.array(values), (len(synsets), len(index)))


def transitions(synsets, number):
    rows, columns, values = [], [], []
    degree = np.array([max(1, len(s.relations)) for s in synsets], np.float64) ** -0.35
    for i, synset in enumerate(synsets):
        links = [(number[key], RELATION.get(symbol, 0.1)) for symbol, key in synset.relations]
        total = sum(weight * degree[j] for j, weight in links)
        for j, weight in links:
            rows.append(i), columns.append(j), values.append(weight * degree[j] / total)
    return Sparse(np.array(rows), np.array(columns), np.array(values), (len(synsets), len(synsets)))


def cooccurrences(emission, transition, words, block=500):
    similarity = np.zeros((words, words), np.float32)
    back = emission.transposed()
    for start in range(0, words, block):
        inside = (emission.columns >= start) & (emission.columns < start + block)
        width = min(block, words - start)
        step = np.zeros((emission.shape[0], width), np.float32)
        step[emission.rows[inside], emission.columns[inside] - start] = emission.values[inside]
        reach = step * 0.5
        for i in range(STEPS):
            step = transition.times(step)
            reach += step * CONTINUE ** (i + 1)
        similarity[:, start : start + width] = back.times(reach)
        print(f"\r{start + width}/{words}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for start in range(0, words, block):  # in place: the matrix is large
        for other in range(start, words, block):
            rows, columns = slice(start, start + block), slice(other, other + block)
            both = similarity[rows, columns] + similarity[columns, rows].T
            similarity[rows, columns] = both
            similarity[columns, rows] = both.T
    return similarity


def factorise(similarity):
    words = len(similarity)
    marginal = similarity.sum(axis=1, dtype=np.float64)
    context = marginal**0.75
    context *= marginal.sum() / context.sum()
    total = marginal.sum()
    for i in range(words):
        # Half of each way of smoothing keeps the matrix symmetric.
        expected = (marginal[i] * context + context[i] * marginal) / (2 * total)
        with np.errstate(divide="ignore"):
            similarity[i] = np.maximum(0, np.log(similarity[i] / np.maximum(expected, 1e-30)))
    random = np.random.RandomState(20060101)
    basis = random.standard_normal((words, DIMENSIONS + 64)).astype(np.float32)
    for _ in range(6):
        basis, _ = np.linalg.qr(similarity @ basis)
    small = basis.T @ (similarity @ basis)
    eigenvalues, rotation = np.linalg.eigh((small + small.T) / 2)
    best = np.argsort(-eigenvalues)[:DIMENSIONS]
    vectors = (basis @ rotation[:, best]) * np.sqrt(np.maximum(eigenvalues[best], 0))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    vectors -= vectors.mean(axis=0)
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    vectors = vectors @ axes[:, ::-1]
    vectors *= np.sign(vectors[np.argmax(np.abs(vectors), axis=0), np.arange(DIMENSIONS)])
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def common_component(glosses, index, vectors, probability):
    sentences = []
    for gloss in glosses[:: len(glosses) // 6000]:
        known = [index[w] for w in gloss if w in index]
        if known:
            weights = 1e-3 / (1e-3 + probability[known])
            sentence = (vectors[known] * weights[:, None]).sum(axis=0)
            sentences.append(sentence / np.linalg.norm(sentence))
    _, axes = np.linalg.eigh(np.array(sentences).T @ np.array(sentences))
    return axes[:, -1].astype(np.float32)


def write(path, vocabulary, probability, vectors, common, exceptions, index):
    """Little-endian: magic, counts; common component; word offsets; probabilities; scales; rows; texts; irregular forms."""
    def packed(texts):
        data = [text.encode() for text in texts]
        offsets = np.cumsum([0] + [len(d) for d in data]).astype("<u4")
        return offsets.tobytes(), b"".join(data)

    scale = np.abs(vectors).max(axis=1) / 127
    rows = np.rint(vectors / scale[:, None]).astype(np.int8)
    irregular = sorted(form for form, lemma in exceptions.items() if lemma in index and form not in index)
    offsets, text = packed(vocabulary)
    form_offsets, form_text = packed(irregular)
    form_words = np.array([index[exceptions[form]] for form in irregular], "<u4")
    padding = lambda data: data + b"\0" * (-len(data) % 4)
    with open(path, "wb") as out:
        out.write(b"DPWMAP01" + struct.pack("<6I", len(vocabulary), DIMENSIONS, len(irregular), len(padding(text)),
                                            len(padding(form_text)), 0))
        out.write(common.astype("<f4").tobytes())
        out.write(offsets + probability.astype("<f4").tobytes() + scale.astype("<f4").tobytes())
        out.write(form_offsets + form_words.tobytes())
        out.write(padding(text) + padding(form_text) + rows.tobytes())


if __name__ == "__main__":
    main()
