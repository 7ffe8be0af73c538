#!/usr/bin/python3
# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes dictionary.bin, the definitions and relations that the model guide quotes, from WordNet.

The commonest synsets are kept, with everything above them, so that "is a whale a mammal?" finds its way. Words and synsets
are cut into blocks of some 40 KB, each compressed for itself: a look-up inflates one of each. Which words are common is
judged by WordNet's counts and by the size of the spelling list that first has them; nothing else is taken from the lists.

Needs the Debian packages wordnet-base, wamerican-small, wamerican and wamerican-large; takes ten seconds.
usage: make_dictionary.py [OUT]
"""
import collections
import math
import re
import struct
import sys
import zlib

import wordnet

SYNSETS, MOST_EXAMPLES = 48500, 6000
SYNSETS_IN_BLOCK, WORDS_IN_BLOCK = 384, 2000
MOST_KINDS, MOST_PARTS = 16, 16
UP, DOWN = {"@", "@i"}, {"~", "~i"}
PARTS, WHOLES = {"%p", "%m", "%s"}, {"#p", "#m", "#s"}
# A list of kinds or synonyms is no place to meet these.
ABUSE = re.compile(
    r"^\(.*\b(offensive|disparaging|derogatory|obscene|vulgar)"
    r"|\b(ethnic slur|(offensive|obscene|disparaging|derogatory|vulgar) (term|name|word|slang)|terms? of abuse)"
)


def folded(lemma):
    return lemma.replace("_", " ").lower()


def familiarity():
    """Word -> 6, 4 or 1: it is in the small, the usual or the large spelling list."""
    known = {}
    for name, value in (("american-english-large", 1), ("american-english", 4), ("american-english-small", 6)):
        with open(f"/usr/share/dict/{name}", encoding="utf-8") as words:
            known.update((word.strip().lower(), value) for word in words)
    return known


def scores(synsets, tagged):
    """How likely each synset is asked for: tagged uses, how familiar its words are, how much hangs on it."""
    known = familiarity()
    uses = collections.Counter()
    for synset in synsets:
        uses.update(re.findall(r"[a-z]+", (synset.definition + " " + " ".join(synset.examples)).lower()))
    order = wordnet.read_sense_order()
    result = {}
    for synset in synsets:
        best = 0
        for lemma in synset.lemmas:
            word = folded(lemma)
            count = tagged.get((word.replace(" ", "_"), synset.key), 0)
            parts = re.split(r"[ -]", word)
            common = min(uses[part] for part in parts)
            place = order[(word.replace(" ", "_"), synset.pos)].index(synset.key)  # 0: the commonest sense
            familiar = min(known.get(part, 0) for part in parts) * (1 if len(parts) == 1 else 0.4)
            score = 2 * math.log2(1 + count) + 0.5 * math.log2(1 + common) + 3.5 * familiar / (1 + place)
            score -= 0.6 * (len(parts) - 1)
            best = max(best, score)
        below = sum(symbol in DOWN for symbol, _ in synset.relations)
        result[synset.key] = best + 0.7 * math.log2(1 + below) + 0.3 * math.log2(1 + len(synset.relations)) - penalty(synset)
    return result


def penalty(synset):
    named = synset.lemmas[0] != synset.lemmas[0].lower()
    if ABUSE.search(synset.definition):
        return 1000
    taxon = re.search(r"\b(genus|family of|families|order of|suborder|phylum|subclass|type genus)\b", synset.definition)
    return 4 if named and taxon else 0


def chosen_synsets(synsets, score):
    by_key = {synset.key: synset for synset in synsets}
    kept = {}
    for synset in sorted(synsets, key=lambda s: (-score[s.key], s.key)):
        waiting = [synset.key]
        while waiting:
            key = waiting.pop()
            if key not in kept:
                kept[key] = None
                waiting.extend(other for symbol, other in by_key[key].relations if symbol in UP)
        if len(kept) >= SYNSETS:
            break
    return [synset for synset in synsets if synset.key in kept]


def relation_fields(synset, number, score):
    def listed(symbols, most):
        keys = [key for symbol, key in synset.relations if symbol in symbols and key in number]
        keys = sorted(dict.fromkeys(keys), key=lambda key: (-score[key], key))[:most]
        return " ".join(str(number[key]) for key in keys)

    return [listed(UP, 99), listed(DOWN, MOST_KINDS), listed(PARTS, MOST_PARTS), listed(WHOLES, 8), listed({"&"}, 12)]


def synset_lines(kept, number, score):
    by_key = {synset.key: synset for synset in kept}
    with_example = set(sorted(by_key, key=lambda key: (-score[key], key))[:MOST_EXAMPLES])
    for synset in kept:
        lemmas = [lemma.replace("_", " ") for lemma in synset.lemmas]
        examples = [text for text in synset.examples if len(text) < 90] if synset.key in with_example else []
        opposites = []
        for own, key, other in synset.antonyms:
            if key in by_key:
                opposites.append(f"{lemmas[own]}>{by_key[key].lemmas[other].replace('_', ' ')}")
        # A few glosses have stray examples without quotes after their end.
        definition = re.split(r";\s*;", synset.definition)[0].strip()
        fields = [synset.pos, "|".join(lemmas), definition, examples[0] if examples else ""]
        fields += relation_fields(synset, number, score) + ["|".join(opposites)]
        yield "\t".join(fields).rstrip("\t")


def word_lines(kept, number, tagged):
    senses = collections.defaultdict(list)
    for synset in kept:
        for lemma in synset.lemmas:
            senses[(folded(lemma), synset.pos)].append(number[synset.key])
    order = wordnet.read_sense_order()
    words = collections.defaultdict(list)
    for (word, pos), found in senses.items():
        for place, key in enumerate(order.get((word.replace(" ", "_"), pos), [])):
            if key in number and number[key] in found:
                words[word].append((-tagged.get((word.replace(" ", "_"), key), 0), place, "nvar".index(pos), number[key]))
    lines = {word: " ".join(str(entry[3]) for entry in sorted(entries)) for word, entries in words.items()}
    for form, base in wordnet.read_exceptions().items():
        if base in words and form not in words:
            lines[form] = "=" + base
    return [f"{word}\t{lines[word]}" for word in sorted(lines)]


def blocks(lines, size):
    for start in range(0, len(lines), size):
        text = "\n".join(lines[start : start + size]).encode()
        yield struct.pack(">I", len(text)) + zlib.compress(text, 9)


def main():
    synsets = wordnet.read_synsets()
    tagged = wordnet.read_sense_counts()
    score = scores(synsets, tagged)
    kept = chosen_synsets(synsets, score)
    number = {synset.key: i for i, synset in enumerate(kept)}
    words = word_lines(kept, number, tagged)
    word_blocks = list(blocks(words, WORDS_IN_BLOCK))
    synset_blocks = list(blocks(list(synset_lines(kept, number, score)), SYNSETS_IN_BLOCK))
    first_words = "\n".join(line.split("\t")[0] for line in words[::WORDS_IN_BLOCK]).encode()
    offsets = [0]
    for block in word_blocks + synset_blocks:
        offsets.append(offsets[-1] + len(block))
    with open(sys.argv[1] if len(sys.argv) > 1 else "dictionary.bin", "wb") as out:
        out.write(b"DPDICT01" + struct.pack("<4I", len(word_blocks), len(synset_blocks), SYNSETS_IN_BLOCK, len(first_words)))
        out.write(struct.pack(f"<{len(offsets)}I", *offsets))
        out.write(first_words + b"\0" * (-len(first_words) % 4))
        out.write(b"".join(word_blocks + synset_blocks))
    print(f"{len(kept)} synsets, {len(words)} words and forms", file=sys.stderr)


if __name__ == "__main__":
    main()
