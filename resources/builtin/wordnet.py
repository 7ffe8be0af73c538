# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the WordNet 3.0 database files of the Debian package wordnet-base."""
import collections
import re

FOLDER = "/usr/share/wordnet"
POS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}


class Synset:
    __slots__ = ("key", "pos", "topic", "lemmas", "relations", "antonyms", "definition", "examples")


def read_synsets():
    """All synsets in file order; relations are (pointer symbol, key of the other synset), antonyms (number of the lemma, key of
    the other synset, number of its lemma)."""
    synsets = []
    for name, pos in POS.items():
        with open(f"{FOLDER}/data.{name}", encoding="utf-8", errors="replace") as lines:
            synsets.extend(_parse(line, pos) for line in lines if not line.startswith("  "))
    return synsets


def _parse(line, pos):
    head, _, gloss = line.partition(" | ")
    fields = head.split()
    synset = Synset()
    synset.key = pos + fields[0]
    synset.pos = pos
    synset.topic = int(fields[1])  # number of the lexicographer's file
    count = int(fields[3], 16)
    # "(a)", "(p)", "(ip)" after an adjective say where it may stand.
    synset.lemmas = [re.sub(r"\(\w+\)$", "", fields[4 + 2 * i]) for i in range(count)]
    at = 4 + 2 * count
    pointers = int(fields[at])
    synset.relations, synset.antonyms = [], []
    for i in range(pointers):
        symbol, offset, other, lemmas = fields[at + 1 + 4 * i : at + 5 + 4 * i]
        synset.relations.append((symbol, ("a" if other == "s" else other) + offset))
        if symbol == "!":
            synset.antonyms.append((int(lemmas[:2], 16) - 1, synset.relations[-1][1], int(lemmas[2:], 16) - 1))
    synset.examples = re.findall(r'"([^"]+)"', gloss)
    definition = re.sub(r'"[^"]*"?', "", gloss)
    synset.definition = re.sub(r"[\s;]+$", "", definition).strip()
    return synset


def read_sense_order():
    """(lemma, part of speech) -> keys of its synsets, the commonest sense first."""
    senses = {}
    for name, pos in POS.items():
        with open(f"{FOLDER}/index.{name}", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("  "):
                    continue
                fields = line.split()
                number = int(fields[2])
                senses[(fields[0], pos)] = [pos + offset for offset in fields[-number:]]
    return senses


def read_sense_counts():
    """(lemma, synset key) -> how often the sense was tagged in the concordance."""
    senses = read_sense_order()
    kinds = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
    counts = collections.Counter()
    with open(f"{FOLDER}/cntlist.rev", encoding="utf-8") as lines:
        for line in lines:
            sense, number, tagged = line.split()
            lemma, _, rest = sense.partition("%")
            keys = senses.get((lemma, kinds[rest[0]]), [])
            if int(number) <= len(keys):
                counts[(lemma, keys[int(number) - 1])] += int(tagged)
    return counts


def read_exceptions():
    """Irregular form -> base form, e.g. mice -> mouse."""
    forms = {}
    for name in POS:
        with open(f"{FOLDER}/{name}.exc", encoding="utf-8") as lines:
            for line in lines:
                form, *bases = line.split()
                if "_" not in form and "_" not in bases[0]:
                    forms.setdefault(form, bases[0])
    return forms
