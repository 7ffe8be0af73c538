#!/usr/bin/python3
# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes what train_wordmap.cpp learns from: a vocabulary, a graph of meanings and sentences.

A meaning is a synset of WordNet or an entry of a dictionary. It has names, words that describe it and links to others,
each with a weight. Forms of a word are counted as the word itself by the rules that the reader has, in WordPlacer.

Text, one record a line, all numbers whole: "words N", N lines "word count", "forms N", N lines "form word", "nodes N",
N lines "start|name weight …|word weight …|node weight …", "sentences N", N lines of words. Words and nodes are numbers.

Needs the Debian packages that README.md names. usage: make_wordmap_corpus.py OUT
"""
import collections
import math
import re
import sys

import dictionaries
import wordnet

WORDS = 90_000
RELATIONS = {"@": 1.0, "~": 1.0, "@i": 0.6, "~i": 0.3, "&": 1.0, "+": 1.0, "#p": 0.7, "%p": 0.7, "#m": 0.4, "%m": 0.4,
             "#s": 0.5, "%s": 0.5, "*": 0.8, ">": 0.8, "^": 0.8, "$": 0.9, "=": 0.7, "<": 0.6, "\\": 0.8, "!": 0.3,
             ";c": 0.2, "-c": 0.1}
OTHER_RELATION = 0.05
LIFE = (5, 20)  # WordNet's files of animals and plants: capitals there are scientific names, which come last
# WordPlacer has the same list and takes off in the same order.
ENDINGS = [("ies", "y"), ("es", "e"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", "e"), ("ed", ""), ("ing", "e"),
           ("ing", ""), ("n't", ""), ("'t", ""), ("'s", ""), ("'re", ""), ("'ll", ""), ("'ve", ""), ("'d", ""),
           ("'m", "")]
COMPARISONS = [("iest", "y"), ("est", ""), ("est", "e"), ("ier", "y"), ("er", ""), ("er", "e")]
FUNCTION_FORMS = {"are": "be", "is": "be", "was": "be", "were": "be", "am": "be", "been": "be", "being": "be",
                  "has": "have", "had": "have", "having": "have", "does": "do", "did": "do", "done": "do",
                  "made": "make", "men": "man", "women": "woman", "found": "find", "said": "say", "got": "get", "went": "go",
                  "an": "a", "these": "this", "those": "that", "us": "we", "me": "i", "him": "he", "them": "they"}
TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


def whole(weight):
    return round(weight * 1000)


def tokens(text):
    return TOKEN.findall(text.lower().replace("\u2019", "'").replace("\u00e9", "e"))


def stems(token, endings=ENDINGS):
    """What a form may be of, the likeliest first."""
    for ending, instead in endings:
        stem = token[: len(token) - len(ending)]
        if token.endswith(ending) and len(stem + instead) >= (1 if "'" in ending else 3):
            yield stem + instead
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


class Lexicon:
    """Which words have a row of their own, and the row's word for every other form."""

    def __init__(self, synsets, tagged, entries):
        self.lemmas = {name.lower() for synset in synsets for name in synset.lemmas}
        self.adjectives = {name for synset in synsets if synset.pos == "a" for name in synset.lemmas}
        self.heads = {head.lower() for entry in entries for head in entry.heads}
        self.own = collections.Counter()
        for (lemma, _), count in tagged.items():
            self.own[lemma] += count
        self.irregular = {form: base for form, base in wordnet.read_exceptions().items()
                          if base in self.lemmas and base != form and self.own[form] == 0
                          and not (form in self.lemmas and form.endswith("a"))}  # cola is no plural of colon
        self.irregular.update(FUNCTION_FORMS)
        self.cache = {}

    def base(self, token):
        if token not in self.cache:
            self.cache[token] = self._find_base(token)
        return self.cache[token]

    def _find_base(self, token):
        if token in self.irregular:
            return self.irregular[token]
        if token in self.lemmas:
            return token
        for candidate in stems(token):
            if candidate in self.irregular:
                return self.irregular[candidate]
            if candidate in self.lemmas:
                return candidate
        known = [candidate for candidate in stems(token, COMPARISONS) if candidate in self.adjectives]
        known += [c for c in (token, *stems(token)) if c in self.heads and (c == token or len(c) > 3)]
        return known[0] if known else token


def sentences_of(text):
    return [s for s in re.split(r"(?<=[.;:!?])\s+|\n\s*\n", text) if s.count(" ") >= 2]


class Corpus:
    def __init__(self):
        self.synsets = wordnet.read_synsets()
        self.tagged = wordnet.read_sense_counts()
        self.gcide = list(dictionaries.read_gcide())
        self.modern = list(dictionaries.read_modern_words())
        self.computing = list(dictionaries.read_foldoc()) + list(dictionaries.read_jargon())
        self.lexicon = Lexicon(self.synsets, self.tagged, self.gcide + self.computing + self.modern)
        self.sentences = []
        self.popularity = collections.Counter()
        self.documents = collections.Counter()  # in how many glosses a word comes
        self.glosses = []

    def words(self, text):
        return [self.lexicon.base(token) for token in tokens(text)]

    def add_text(self, text, worth):
        for sentence in sentences_of(text):
            words = self.words(sentence)
            self.sentences.append(words)
            for word in words:
                self.popularity[word] += worth

    def read(self):
        for (lemma, _), count in sorted(self.tagged.items()):
            self.popularity[self.lexicon.base(lemma)] += 3 * count
        for synset in self.synsets:
            self.glosses.append(self.words(synset.definition + " " + " ".join(synset.examples)))
            name = synset.lemmas[0].replace("_", " ")
            self.add_text(f"{name}: {synset.definition}. " + " . ".join(synset.examples), 1)
            for name in synset.lemmas:
                self.popularity[name.lower()] += 2 if name.islower() else -3 if synset.topic in LIFE else 1
        for entry in self.gcide:
            self.add_entry(entry, 0.25)
        for entry in self.computing:
            self.add_entry(entry, 1)
            for head in entry.heads:
                self.popularity[head.lower()] += 4
        for entry in self.modern:
            for _ in range(4):
                self.add_text(" ".join(entry.heads) + " " + entry.text, 1)
            self.glosses.append(self.words(entry.text))
            for head in entry.heads:
                self.popularity[head] += 10
        for paragraph in dictionaries.read_handbooks():
            self.add_text(paragraph, 1)
        for gloss in self.glosses:
            self.documents.update(set(gloss))

    def add_entry(self, entry, worth):
        self.glosses.append(self.words(entry.text))
        self.add_text(entry.heads[0] + ": " + entry.text, worth)

    def vocabulary(self):
        known = self.lexicon.lemmas | self.lexicon.heads
        usable = [w for w in self.popularity if re.fullmatch(r"[a-z][a-z0-9]*|[0-9]{1,2}", w)
                  and (self.popularity[w] >= (3 if w in known else 8) or w in self.lexicon.lemmas)
                  and w not in self.lexicon.irregular]
        return sorted(usable, key=lambda w: (-self.popularity[w], w))[:WORDS]


class Graph:
    def __init__(self, corpus, index):
        self.corpus, self.index = corpus, index
        self.nodes = []  # (start, names, words, links): numbers and weights
        self.senses = collections.Counter()
        for synset in corpus.synsets:
            for name in synset.lemmas:
                self.senses[name.lower()] += self.tags(name, synset) + 1
        self.links = collections.defaultdict(dict)

    def tags(self, name, synset):
        return self.corpus.tagged.get((name.lower(), synset.key), 0)

    def build(self):
        glosses = iter(self.corpus.glosses)
        for synset in self.corpus.synsets:
            self.add_synset(synset, next(glosses))
        number = {synset.key: i for i, synset in enumerate(self.corpus.synsets)}
        for i, synset in enumerate(self.corpus.synsets):
            for symbol, key in synset.relations:
                self.links[i][number[key]] = RELATIONS.get(symbol, OTHER_RELATION)
        self.dampen(len(self.nodes))
        of_word = collections.defaultdict(list)
        for i, synset in enumerate(self.corpus.synsets):
            for name in synset.lemmas:
                of_word[name.lower()].append((i, (self.tags(name, synset) + 1) / self.senses[name.lower()]))
        for entry in self.corpus.gcide:
            head = entry.heads[0].lower()
            self.add_entry([head], next(glosses), 0.5 if head in of_word else 0.25, of_word)
        first = len(self.nodes)
        named = {}
        for i, entry in enumerate(self.corpus.computing):
            for head in entry.heads:
                named.setdefault(head.lower(), first + i)
        for i, entry in enumerate(self.corpus.computing):
            self.add_entry([head.lower() for head in entry.heads], next(glosses), 2, {})
            for reference in sorted({named.get(r.lower(), -1) for r in entry.references} - {-1, first + i}):
                self.links[first + i][reference] = 1.0
                self.links[reference].setdefault(first + i, 0.5)
        for entry in self.corpus.modern:
            self.add_entry(entry.heads, next(glosses), 25, of_word)

    def dampen(self, count):
        """A node with many links is met too often."""
        degrees = [max(1, len(self.links[i])) for i in range(count)]
        for i in range(count):
            damped = {j: weight * degrees[j] ** -0.35 for j, weight in self.links[i].items()}
            total = sum(damped.values())
            self.links[i] = {j: weight / total for j, weight in damped.items()}

    def add_synset(self, synset, gloss):
        names = collections.Counter()
        for name in synset.lemmas:
            weight = ((self.tags(name, synset) + 1) / self.senses[name.lower()]) ** 0.75
            self.add_name(names, name.lower(), weight)
        tagged = sum(self.tags(name, synset) for name in synset.lemmas)
        self.nodes.append((1 + 1.5 * math.log2(1 + tagged), names, self.describing(gloss)))

    def add_name(self, names, name, weight):
        parts = re.split(r"[_ -]", name)
        for part in parts:
            word = self.corpus.lexicon.base(part)
            if word in self.index:
                names[self.index[word]] += weight if len(parts) == 1 else 0.3 * weight / len(parts)

    def describing(self, gloss):
        words = collections.Counter()
        total = len(self.corpus.glosses)
        for word in gloss:
            if word in self.index and self.corpus.documents[word] < total / 10:
                words[self.index[word]] += math.log(total / self.corpus.documents[word])
        return words

    def add_entry(self, heads, gloss, start, of_word):
        number = len(self.nodes)
        names = collections.Counter()
        for head in heads:
            self.add_name(names, head, 1)
        self.nodes.append((start if names else 0, names, self.describing(gloss)))
        for synset, share in of_word.get(heads[0], []) if names else []:
            self.links[number][synset] = share
            self.links[synset][number] = 0.3 * share


def write(out, corpus, vocabulary, graph):
    index = graph.index
    print("words", len(vocabulary), file=out)
    for word in vocabulary:
        print(word, round(100 * corpus.popularity[word]), file=out)
    forms = sorted((form, base) for form, base in corpus.lexicon.irregular.items() if base in index)
    print("forms", len(forms), file=out)
    for form, base in forms:
        print(form, index[base], file=out)
    print("nodes", len(graph.nodes), file=out)
    for i, (start, *lists) in enumerate(graph.nodes):
        parts = [sorted((key, whole(weight)) for key, weight in part.items()) for part in (*lists, graph.links[i])]
        print(whole(start), *(" ".join(f"{k} {w}" for k, w in part if w > 0) for part in parts), sep="|", file=out)
    print("sentences", len(corpus.sentences), file=out)
    for sentence in corpus.sentences:
        print(*(index[word] for word in sentence if word in index), file=out)


def main():
    corpus = Corpus()
    corpus.read()
    vocabulary = corpus.vocabulary()
    graph = Graph(corpus, {word: i for i, word in enumerate(vocabulary)})
    graph.build()
    with open(sys.argv[1], "w", encoding="ascii") as out:
        write(out, corpus, vocabulary, graph)
    print(len(vocabulary), "words,", len(graph.nodes), "meanings,", len(corpus.sentences), "sentences,",
          sum(map(len, corpus.sentences)), "words of text", file=sys.stderr)


if __name__ == "__main__":
    main()
